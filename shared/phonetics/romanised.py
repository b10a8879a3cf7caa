"""Mandarin in Latin letters → its sounds: Hanyu Pinyin, Wade–Giles, Tongyong, marks or not.

    Da'an, Daan, Taan, Ta-an, T'a-an → 大安, 塔安 (one spelling may be several syllables)

What an English sentence puts behind (a pharmacy in Daan District, Taipei City) comes out in the
Chinese order: county, district, name.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any

from shared.data_tables import table_of
from shared.phonetics.kana import pinyin_of
from shared.phonetics.pronunciations import Pronunciation, fewest, read
from shared.phonetics.syllables import Syllable, numbers, parse_syllable, syllables
from shared.places.districts import all_counties, all_districts
from shared.places.landmarks import LandmarkKind, landmarks

_WADE = {
    "b": "p", "d": "t", "g": "k", "j": "ch", "q": "ch", "zh": "ch", "z": "ts", "c": "ts", "x": "hs",
    "r": "j", "0": "",
}  # fmt: skip
_TONGYONG = {"zh": "jh", "q": "c", "x": "s", "0": ""}
_PART = re.compile(
    r"(?:(?<!\s)\s+)?(?:,|;|\bin\b|\bat\b|\bon\b|\bof\b|\bnear\b|(?<=district)\s|(?<=township)\s)\s*"
)
_ROAD = re.compile(r"\b(?:road|rd|street|st|avenue|boulevard|blvd)\b")
_SECTION = re.compile(r"\b(?:section|sec) (\d|one|two|three|four|five|six|seven)\b")
_NUMBER = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7"}
_AMOUNT = re.compile(
    r"\b\d{1,4} ?(?:hours?|hrs?|[ap]m|oclock|masks?|minutes?|days?|years?|kids|people)\b"
)
"""A number that counts something: 24 hours is no 二四."""
_WORD = re.compile(r"[a-zü]+")
_SELLER = "藥局"
_LONGEST = 6  # letters of a syllable: zhuang, shuang


@dataclass(frozen=True, slots=True)
class Spelled:
    """A part of an English or romanised sentence."""

    sounds: tuple[Pronunciation, ...]
    places: tuple[str, ...]
    """districts and landmarks whose spelling stands in it: no sound needs to be weighed for them"""


def spell(text: str) -> list[Spelled]:
    """The parts of an English or romanised `text` that have sounds, in the order of an address."""
    plain = _heard(unicodedata.normalize("NFKC", text).replace("’", "'"))
    plain = _AMOUNT.sub(" ", plain)
    plain = _in_chinese(plain, _parted_names())
    plain = _HYPHENED.sub(_county_in_one, plain)
    plain = _counties().sub(r", \g<0>, ", plain)
    parts = [part for part in _PART.split(plain) if part]
    parts.sort(key=_rank)
    spelled = dict.fromkeys(map(_part, parts))  # "Nanzi, so check Nanzi": once
    return [one for one in spelled if one.sounds]


def _in_chinese(text: str, names: Mapping[str, str]) -> str:
    for name, chinese in names.items():
        text = re.sub(rf"\b{name}\b", chinese, text)
    return text


@cache
def _parted_names() -> Mapping[str, str]:
    """Names in which a word stands that parts others: "University of Technology"."""
    return {name: told for name, told in _data()["names"].items() if _PART.search(name)}


_HYPHENED = re.compile(r"\b[a-z]+-[a-z]+\b")


def _county_in_one(met: re.Match[str]) -> str:
    """A county that is written with a hyphen as it is without: Hsin-chu."""
    written = met[0].replace("-", "")
    return written if _counties().fullmatch(written) else met[0]


def _rank(part: str) -> int:
    """Counties come first, then districts, what may be one, roads, and names of pharmacies."""
    if _counties().fullmatch(part):
        return 0
    if re.search(r"\b(?:pharmac|drug|chemist|station|hospital|university|market)", part):
        return 4
    if _ROAD.search(part):
        return 3
    return 1 if re.search(r"\b(?:district|dist|township|town)\b", part) else 2


@cache
def _counties() -> re.Pattern[str]:
    """An English county name at the end of a part, or with City or County behind it."""
    names = {county.short_english.lower() for county in all_counties()}
    names |= {name.removeprefix("new ") for name in names}
    either = "|".join(sorted(names, key=len, reverse=True))
    return re.compile(
        rf"\b(?:{either})\b(?: (?:city|county)\b(?! (?:hall|government|god)\b)|(?=\s*[,.?!]|\s*$))"
    )


_METRO_FIRST = re.compile(r"\b(?:mrt|metro) ((?:[a-z0-9'’-]+ ){1,3})station\b")
_METRO_ALONE = re.compile(
    r"\b(?:mrt|metro)(?=$| (?:that|with|has|have|is|and|please|open|for|there|exit)\b)"
)
"""What people leave out of "Xinpu MRT station", and how our own answers put it."""


def _part(part: str) -> Spelled:
    data = _data()
    part = _METRO_ALONE.sub("mrt station", _METRO_FIRST.sub(r"\1mrt station", part))
    part = _in_chinese(part, data["names"])
    part = _SECTION.sub(lambda met: _NUMBER.get(met[1], met[1]) + "段", part)
    tokens, places = _with_places(re.findall(r"[a-zü]+(?:-[a-zü]+)*|[㐀-鿿]+|[^\sa-zü-]", part))
    sounds: list[Pronunciation] = []
    for at, token in enumerate(tokens):
        if "-" in token:  # Ta-an: no English words
            for syllable in token.split("-"):
                sounds += _split(syllable)
        elif not _WORD.match(token):
            sounds += read(token)
        elif token in data["words"]:
            word = data["words"][token]
            if sounds or word != _SELLER:  # "is there a pharmacy in Nangang" names none
                sounds += read(word)
        elif token not in data["ignored"] or _in_pieces(tokens, at):
            sounds += _split(token)
    return Spelled(tuple(sounds), places)


def _in_pieces(tokens: Sequence[str], at: int) -> bool:
    """Whether an English word is a syllable of a name that was written in pieces: Da An."""
    if tokens[at] not in _plain_syllables():
        return False
    known = _data()["ignored"], _data()["words"]
    beside = [tokens[one] for one in (at - 1, at + 1) if 0 <= one < len(tokens)]
    return any(
        one in _plain_syllables() and not any(one in words for words in known) for one in beside
    )


def _with_places(tokens: list[str]) -> tuple[list[str], tuple[str, ...]]:
    """`tokens`, but a place as Mandarin writes it where its spelling is no other's; the places."""
    known, ignored = _places(), _data()["ignored"]
    made: list[str] = []
    places: list[str] = []
    at = 0
    while at < len(tokens):
        for end in range(min(len(tokens), at + _MOST_PIECES), at, -1):
            written = "".join(tokens[at:end]).replace("-", "")
            if written in known and written not in ignored:
                if [one for one in made if one not in ignored][-1:] != [known[written]]:
                    places.append(known[written])  # "Nanzi so check Nanzi": once
                    made.append(known[written])
                at = end
                break
        else:
            made.append(tokens[at])
            at += 1
    return made, tuple(places)


_MOST_PIECES = 5  # of a name that is written in pieces: Ban Qiao; shilin 夜 市


@cache
def _places() -> Mapping[str, str]:
    """Spelling of a district or landmark, in one piece → its name; none that two share."""
    known = _by_spelling(_spelt_places())
    stops = _by_spelling(_spelt_stops())
    all_known = stops | known  # 公館 is no stop alone, 雙連 nothing else
    return {spelling: min(names) for spelling, names in all_known.items() if len(names) == 1}


def _by_spelling(spelt: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for name, spelling in spelt:
        found.setdefault(spelling, set()).add(name)
    return found


def _spelt_stops() -> Iterator[tuple[str, str]]:
    """(name, spelling without its ending) of what is a stop of the metro."""
    for mark in landmarks():
        if mark.kind is LandmarkKind.METRO and len(mark.name) > 1:
            yield from ((f"{mark.name}站", spelling) for spelling in _in_systems(mark.name))


def _spelt_places() -> Iterator[tuple[str, str]]:
    """(name, spelling) in each system, and as the English list of districts has it."""
    for one in all_districts():
        name = one.short
        if len(name) < 2:  # East District, which is written in two words
            yield one.name, _joined(one.english)
            continue
        yield name, name
        yield name, _joined(re.sub(r" (?:District|Township|City)$", "", one.english))
        yield from ((name, spelling) for spelling in _in_systems(name))
    for name in (spoken for mark in landmarks() for spoken in mark.spoken):
        yield name, name
        ending = next((one for one in _ENDINGS if name.endswith(one) and name != one), "")
        yield from ((name, spelling) for spelling in _in_systems(name))
        stem = name.removesuffix(ending)
        yield from ((name, spelling + ending) for spelling in _in_systems(stem) if ending)


_ENDINGS = ("夜市", "火車站", "車站", "捷運站", "高鐵站", "醫院", "大學", "市場", "機場", "寺")
"""What English has words of its own for."""


def _joined(text: str) -> str:
    return re.sub(r"[^a-zü]", "", text.lower())


def _in_systems(name: str) -> Iterator[str]:
    """`name` in one piece, in Hanyu Pinyin, Tongyong and Wade-Giles."""
    parts = [parse_syllable(pinyin) for pinyin in pinyin_of(name)]
    known = [one for one in parts if one]
    if len(known) == len(name):
        for system in (_hanyu, _tongyong, _wade):
            choices = [system(one.initial, one.final) for one in known]
            yield from ("".join(chosen) for chosen in product(*choices))


@cache
def _plain_syllables() -> frozenset[str]:
    """The syllables in Hanyu Pinyin."""
    bare = {(one.initial, one.final) for one in syllables()}
    return frozenset(spelling for pair in bare for spelling in _hanyu(*pair))


@cache
def _data() -> Mapping[str, Any]:
    data: dict[str, Any] = table_of(__package__, "romanised.yaml")
    own = {county.short_english.lower(): county.short for county in all_counties()}
    data["landmarks"] = _longest_first(data["landmarks"])
    landmarks_ = reversed(data["landmarks"].items())  # of two called so the longest
    own |= {_heard(said): name for name, said in landmarks_ if " " in said}
    data["names"] = _longest_first(own | data["names"])
    return data


def _heard(said: str) -> str:
    """As a recogniser may write it: St. Mary's → st marys."""
    return re.sub(r"[.']", "", said.lower())


def _longest_first(names: Mapping[str, str]) -> dict[str, str]:
    return dict(sorted(names.items(), key=lambda item: -len(item[0])))


def english_of_landmarks() -> Mapping[str, str]:
    """The parts of landmarks' names with words of their own in English; the longest first.

    >>> english_of_landmarks()["美麗島"]
    'Formosa Boulevard'
    """
    words: Mapping[str, str] = _data()["landmarks"]
    return words


def _split(word: str) -> list[Pronunciation]:
    """`word` as the fewest syllables that cover it; [] where none do."""
    return [sound for _, sound in fewest(word, _LONGEST, _spellings().get)]


@cache
def _spellings() -> Mapping[str, Pronunciation]:
    """Every spelling of a syllable → the syllables it may be; Hanyu Pinyin's first."""
    table: dict[str, list[int]] = {}
    bare = sorted({(s.initial, s.final) for s in syllables()})
    for system in (_hanyu, _tongyong, _wade):
        for initial, final in bare:
            number = numbers()[Syllable(initial, final, 0)]
            for spelling in system(initial, final):
                table.setdefault(spelling, []).append(number)
    return {spelling: tuple(dict.fromkeys(found)) for spelling, found in table.items()}


@cache
def letters_of(number: int) -> str:
    """A syllable in Hanyu Pinyin, without its tone, ü as yu.

    >>> from shared.phonetics.pronunciations import pronunciation_of
    >>> letters_of(pronunciation_of("綠")[0])
    'lyu'
    """
    found = syllables()[number]
    return _hanyu(found.initial, found.final)[0].replace("ü", "yu")


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
