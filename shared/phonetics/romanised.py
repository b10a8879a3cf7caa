"""Mandarin in Latin letters → its sounds: Hanyu Pinyin, Wade–Giles, Tongyong, marks or not.

    Da'an, Daan, Taan, Ta-an, T'a-an → 大安, 塔安 (one spelling may be several syllables)

What an English sentence puts behind (a pharmacy in Daan District, Taipei City) comes out in the
Chinese order: county, district, name.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any

import yaml

from shared.phonetics.pronunciations import Pronunciation, read
from shared.phonetics.syllables import Syllable, number_of, syllables
from shared.places.districts import County, all_counties

_WADE = {
    "b": "p", "d": "t", "g": "k", "j": "ch", "q": "ch", "zh": "ch", "z": "ts", "c": "ts", "x": "hs",
    "r": "j", "0": "",
}  # fmt: skip
_TONGYONG = {"zh": "jh", "q": "c", "x": "s", "0": ""}
_PART = re.compile(
    r"(?:(?<!\s)\s+)?(?:,|;|\bin\b|\bat\b|\bof\b|\bnear\b|(?<=district)\s|(?<=township)\s)\s*"
)
_WORD = re.compile(r"[a-zü]+")
_LONGEST = 6  # letters of a syllable: zhuang, shuang


def spell(text: str) -> list[tuple[Pronunciation, ...]]:
    """The sounds of the parts of an English or romanised `text`, in the order of an address."""
    plain = unicodedata.normalize("NFKC", text).lower().replace("'", "").replace("’", "")
    plain = _counties().sub(r", \g<0>, ", plain)
    parts = [part for part in _PART.split(plain) if part]
    parts.sort(key=_rank)
    return [sounds for part in parts if (sounds := tuple(_part(part)))]


def _rank(part: str) -> int:
    """Counties come first, names of pharmacies last."""
    if re.search(r"\b(?:pharmac|drug|chemist|station|hospital|university|market)", part):
        return 3
    if _counties().fullmatch(part):
        return 0
    return 2 if re.search(r"\b(?:district|dist|township|town)\b", part) else 1


@cache
def _counties() -> re.Pattern[str]:
    """An English county name at the end of a part, or with City or County behind it."""
    names = {_base(county) for county in all_counties()}
    names |= {name.removeprefix("new ") for name in names}
    either = "|".join(sorted(names, key=len, reverse=True))
    return re.compile(rf"\b(?:{either})\b(?: (?:city|county)\b|(?=\s*[,.?!]|\s*$))")


def _base(county: County) -> str:
    """kaohsiung"""
    return re.sub(r" (?:City|County)$", "", county.english).lower()


def _part(part: str) -> Iterator[Pronunciation]:
    data = _data()
    for name, chinese in data["names"].items():
        part = re.sub(rf"\b{name}\b", chinese, part)
    for token in re.findall(r"[a-zü]+(?:-[a-zü]+)*|[^\sa-zü-]", part):
        if "-" in token:  # Ta-an: no English words
            for syllable in token.split("-"):
                yield from _split(syllable)
        elif not _WORD.fullmatch(token):
            yield from read(token)
        elif token in data["words"]:
            yield from read(data["words"][token])
        elif token not in data["ignored"]:
            yield from _split(token)


@cache
def _data() -> Mapping[str, Any]:
    text = resources.files(__package__).joinpath("romanised.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.safe_load(text)
    own = {_base(county): county.name[:-1] for county in all_counties()}
    data["names"] = dict(sorted((own | data["names"]).items(), key=lambda item: -len(item[0])))
    return data


def _split(word: str) -> list[Pronunciation]:
    """`word` as the fewest syllables that cover it; [] where none do."""
    if len(word) > 40:
        return []
    best: list[list[Pronunciation] | None] = [[]] + [None] * len(word)
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - _LONGEST), end):
            before, sound = best[start], _spellings().get(word[start:end])
            if before is None or sound is None:
                continue
            here = best[end]
            if here is None or len(before) + 1 < len(here):
                best[end] = [*before, sound]
    return best[-1] or []


@cache
def _spellings() -> Mapping[str, Pronunciation]:
    """Every spelling of a syllable → the syllables it may be; Hanyu Pinyin's first."""
    table: dict[str, list[int]] = {}
    bare = sorted({(s.initial, s.final) for s in syllables()})
    for system in (_hanyu, _tongyong, _wade):
        for initial, final in bare:
            number = number_of(Syllable(initial, final, 0))
            for spelling in system(initial, final):
                table.setdefault(spelling, []).append(number)
    return {spelling: tuple(dict.fromkeys(found)) for spelling, found in table.items()}


def _hanyu(initial: str, final: str) -> list[str]:
    if initial == "0":
        return _glides(final, {"iu": "you", "ui": "wei", "un": "wen", "ueng": "weng"})
    plain = final.replace("ï", "i").replace("ê", "e")
    if initial in "jqx":
        return [initial + plain.replace("ü", "u")]
    return [initial + plain] + ([initial + plain.replace("ü", "u")] if "ü" in plain else [])


def _glides(final: str, special: Mapping[str, str]) -> list[str]:
    """A syllable without initial: i → y, u → w, ü → yu."""
    if final in special:
        return [special[final]]
    if final[0] == "ü":
        return ["yu" + final[1:]]
    if final[0] == "i":
        return ["y" + (final if final in ("i", "in", "ing") else final[1:])]
    if final[0] == "u":
        return ["w" + (final if final == "u" else final[1:])]
    return [final.replace("ê", "e")]


def _tongyong(initial: str, final: str) -> list[str]:
    if initial == "0":
        return _glides(final, {"iu": "you", "ui": "wei", "un": "wun", "ueng": "wong"})
    plain = {"ï": "ih", "iu": "iou", "ui": "uei", "iong": "yong"}.get(final, final)
    if initial in "bpmf" and plain == "eng":
        plain = "ong"
    return [_TONGYONG.get(initial, initial) + plain.replace("ü", "yu")]


def _wade(initial: str, final: str) -> list[str]:
    if initial == "0":
        glides = {"i": "i", "ie": "yeh", "ian": "yen", "iu": "yu", "iong": "yung", "üe": "yueh"}
        plain = _glides(final, {"ui": "wei", "un": "wen", "er": "erh", **glides})
        return [*plain, "yi"] if final == "i" else plain
    start = _WADE.get(initial, initial)
    if final == "ï":
        return {"z": ["tzu"], "c": ["tzu"], "s": ["szu", "ssu"]}.get(initial, [start + "ih"])
    changed = {
        "ie": ["ieh"], "üe": ["ueh"], "ian": ["ien"], "iong": ["iung"], "ong": ["ung"],
        "uo": ["o", "uo"], "e": ["e", "o"], "ui": ["ui", "uei"], "ü": ["u"], "üan": ["uan"],
        "ün": ["un"],
    }  # fmt: skip
    return [start + end for end in changed.get(final, [final])]
