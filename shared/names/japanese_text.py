"""A Japanese sentence → the names in it as Mandarin writes them, with pauses for all else.

    「シーリンの薬局に在庫はありますか」 → 「士林、藥局」
    「台中の西屯に住んでいます」 → 「台中、西屯」

Signs of Japan become those of Taiwan (区, 渓), readings and kana of places the places; kana that
are no place stay, to be found by their sound: 「ジウフー薬局」. Whatever else is Japanese names
nothing.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib import resources
from itertools import chain
from typing import TypedDict

import yaml
from opencc import OpenCC
from rapidfuzz import fuzz

from shared.names.transcript import READ_AT_MOST
from shared.phonetics.kana import close_kana, in_katakana
from shared.places.districts import all_counties, all_districts
from shared.places.landmarks import landmarks_called

KANA = re.compile(r"[ぁ-ゖァ-ヺ]")
"""Any of it tells that a text is Japanese."""

_SIGNS_OF_JAPAN = re.compile("[駅薬渓荘県竜塩沢]|[東西南北中]区")
"""What neither Taiwan nor China writes so, 「台北駅」 has no kana; and 「北区」, read alike."""

_PAUSE = "、"
_PARTICLES = "のではにをがもとへや"
_KATAKANA = re.compile(r"[ァ-ヺー・]{2,}")
_HIRAGANA = re.compile(r"[ぁ-ゖ]+")
_OTHER_SIGNS = str.maketrans("内歩臺鄕", "內步台鄉")
"""What OpenCC leaves as in Japan."""

_LEAST_READING, _LONG_READING = 3, 4
"""Kana of a place at least where no level stands behind it, for かぎ is a key as well; and where
other kana stand before it."""

_LEVELS = {"く": "区", "し": "市", "けん": "県", "えき": "駅"}
"""What a caller in hiragana writes behind a place."""

_NUMERALS = "〇一二三四五六七八九十百千万0-9"
_LONGEST_RUN = 16  # kana of two places that stand together: タイペイソンシャン


class _Data(TypedDict):
    readings: dict[str, str]
    heard: dict[str, list[str]]
    landmarks: dict[str, str]
    words: dict[str, str]
    verbs: str
    ignored: list[str]
    loanwords: list[str]


def readings() -> Mapping[str, str]:
    """Name of a place → what it is called in Japan; the longest first."""
    known = _data()["readings"]
    return {name: known[name] for name in sorted(known, key=len, reverse=True)}


def landmark_words() -> Mapping[str, str]:
    """The parts of landmarks' names that Japan calls otherwise → how; the longest first."""
    return dict(sorted(_data()["landmarks"].items(), key=lambda item: -len(item[0])))


def is_japanese(text: str) -> bool:
    """Whether kana stand in `text`, or signs that are of Japan alone."""
    return KANA.search(text) is not None or _SIGNS_OF_JAPAN.search(text) is not None


@lru_cache(maxsize=64)
def as_written(text: str) -> str:
    """What a Japanese `text` names, as it is written in Taiwan; see above."""
    text = unicodedata.normalize("NFKC", text[:READ_AT_MOST])
    text = _in_hiragana().sub(_place_read, text)
    text = _exchanged().sub(lambda met: _words()[met[0]], text)
    text = _nothing_or_place().sub(lambda met: met["place"] or _PAUSE, text)
    text = _KATAKANA.sub(_place_of, text)
    text = _HIRAGANA.sub(_PAUSE, text)
    text = _STATION.sub(_station, _signs(text))
    return re.sub(f"[{_PAUSE}\\s。]+", _PAUSE, text).strip(_PAUSE)


_STATION = re.compile("(?P<name>[一-鿿]{2,4})車站")


def _station(met: re.Match[str]) -> str:
    """A station as it is called: 新埔車站 is none of the railway, 新埔站 one of the metro."""
    name = met["name"]
    names = (name[at:] for at in range(len(name)))
    known = next((one for one in names if {one + "車站", one + "站"} & _stations()), "")
    return met[0] if known + "車站" in _stations() or not known else name + "站"


@cache
def _stations() -> frozenset[str]:
    return frozenset(name for name in landmarks_called() if name.endswith("站"))


def _place_of(met: re.Match[str]) -> str:
    """The place that a run of katakana names, or two; the run where it is none."""
    run = met[0]
    if run in _loanwords():
        return _PAUSE
    level = _signs(met.string[met.end() : met.end() + 1]).replace("車", "站")
    if place := place_in_kana(run, level) or _in_katakana(run, met):
        return place
    if len(run) > _LONGEST_RUN:
        return run
    for at in range(len(run)):
        if (first := place_in_kana(run[:at])) and (second := place_in_kana(run[at:])):
            return first + second
    return run


@lru_cache(maxsize=256)
def place_in_kana(run: str, level: str = "") -> str:
    """The place that is written so by ear; "" for none, and where two are alike.

    `level`: what stands behind it, 區 or 站, tells two apart; without one a stop of the metro is
    meant, for few know the districts of its sound: 西門 and not 石門.

    >>> place_in_kana("シーリン"), place_in_kana("カオシュン"), place_in_kana("ドンシャン")
    ('士林', '高雄', '')
    """
    named = _by_kana().get(close_kana(run), ())
    known = [one for one in named if one[1] + level in _whole_names()]
    known = known or [one for one in named if one[1] in _places()] or list(named)
    alike = [(fuzz.ratio(run, kana), place) for kana, place in known]
    best = max((likeness for likeness, _ in alike), default=None)
    places = {place for likeness, place in alike if likeness == best}
    stops = {place for place in places if place in _stops()} if len(places) > 1 else places
    return stops.pop() if len(stops) == 1 else ""


@cache
def _by_kana() -> Mapping[str, Sequence[tuple[str, str]]]:
    """Kana by ear → (kana, place) of counties, districts, landmarks."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for place in (*_places(), *_stops().difference(_places())):
        found[close_kana(kana := in_katakana(place))].append((kana, place))
    for place, kana in _all_readings():
        if _KATAKANA.fullmatch(kana):
            found[close_kana(kana)].append((kana, place))
    return found


@cache
def _stops() -> frozenset[str]:
    """Stops of the metro, by names that no district has: 雙連."""
    called = (name.removesuffix("站") for name in landmarks_called() if name.endswith("站"))
    stops = {name for name in called if "捷運" + name + "站" in _stations() and len(name) > 1}
    return frozenset(stops.difference(one.short for one in all_districts()))


@cache
def _places() -> list[str]:
    names = [county.short for county in all_counties()]
    names += [one.short for one in all_districts()]
    names += [name for name in landmarks_called() if not name.isascii()]
    return [name for name in dict.fromkeys(names) if len(name) > 1]


@cache
def _whole_names() -> frozenset[str]:
    names = [one.name for one in all_counties()]
    return _stations().union(names, (one.name for one in all_districts()))


def _all_readings() -> list[tuple[str, str]]:
    """(place, kana)."""
    data = _data()
    made = list(data["readings"].items())
    return made + [(place, kana) for place, many in data["heard"].items() for kana in many]


@cache
def _by_reading() -> Mapping[str, Sequence[str]]:
    """Reading in hiragana → the places that have it."""
    found: dict[str, list[str]] = defaultdict(list)
    for place, kana in _all_readings():
        if _HIRAGANA.fullmatch(kana):
            found[kana].append(place)
    return found


@cache
def _in_hiragana() -> re.Pattern[str]:
    """A reading that begins a word and ends one: 「たかおの」, 「ちゅうれきには」.

    A short one before its level alone, 「かぎ市」; a long one behind particles too.
    """
    begins = "(?:(?<![ぁ-ゖ])|(?<=の)|(?<=えっと)|(?<=えーと)|(?<=じゃあ))"
    behind = f"(?:{begins}|(?<=[かはがにをもとへやあえ])|(?<=いま)|(?<=なくて))"
    ends = f"(?:$|(?=[^ぁ-ゖ]|[{_PARTICLES}]|です|って|から|まで|じゃ|だ|あたり))"
    sign = f"[市区県郷鎮駅]|(?:{'|'.join(_LEVELS)})?{ends}"
    return re.compile(
        f"(?P<reading>{begins}(?:{_readings(2)})(?=[市区県郷鎮駅])"
        f"|{begins}(?:{_readings(_LEAST_READING)})(?={sign})"
        f"|{behind}(?:{_readings(_LONG_READING)})(?={sign}))"
        f"(?P<level>(?:{'|'.join(_LEVELS)})(?={ends}))?"
    )


def _readings(least: int) -> str:
    """A pattern of those of so many kana, the longest first."""
    names = (kana for kana in _by_reading() if len(kana) >= least)
    return "|".join(sorted(names, key=len, reverse=True))


def _place_read(met: re.Match[str]) -> str:
    """The place of a reading, with its level in the sign of it."""
    return _of_reading(met["reading"], met.string) + _LEVELS.get(met["level"] or "", "")


def _of_reading(kana: str, text: str) -> str:
    """The place that is read so, of several the one in a county that `text` names; "" for none."""
    places = _by_reading().get(kana, ())
    there = (one for one in places if _lies_in_one_of(one, text))
    return next(chain(there, places), "")


def _lies_in_one_of(place: str, text: str) -> bool:
    """Whether a district called `place` lies in a county that `text` names."""
    counties = {one.county.short for one in all_districts() if one.short == place}
    read = _data()["readings"]
    return any(name in text or read.get(name, name) in text for name in counties)


def _in_katakana(run: str, met: re.Match[str]) -> str:
    """The place whose reading is written in katakana: 「サエイ区」; "" for a pharmacy's name."""
    if len(run) < _LEAST_READING or re.match("薬局|藥局|薬店", met.string[met.end() :]):
        return ""
    return _of_reading("".join(chr(ord(one) - 0x60) for one in run if one != "ー"), met.string)


@cache
def _words() -> Mapping[str, str]:
    """What Japan writes → what Taiwan does."""
    said = {word: name for name, word in landmark_words().items() if len(word) > _PLAIN}
    return said | _data()["words"]


_PLAIN = 3
"""Characters of a word for a landmark that may be another: 公園, 市政府, MRT."""


@cache
def _exchanged() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, _words()), key=len, reverse=True)))


@cache
def _nothing_or_place() -> re.Pattern[str]:
    """The same, but first the places in whose names such a word stands: 斗六, 瑪家."""
    nothing = _nothing()
    known = (*_places(), *(one.name for one in all_districts()))
    kept = sorted({name for name in known if nothing.search(name + "です")}, key=len, reverse=True)
    return re.compile(f"(?P<place>{'|'.join(kept)})|{nothing.pattern}")


@cache
def _nothing() -> re.Pattern[str]:
    """Words that name nothing, and verbs by what follows them."""
    data = _data()
    verbs = re.sub(r"\s", "", data["verbs"])
    words = "|".join(sorted(map(re.escape, data["ignored"]), key=len, reverse=True))
    return re.compile(
        f"{words}|[{verbs}](?=[ぁ-ゖ])(?![{_PARTICLES}])|(?<=[ぁ-ゖ])(?:[所店方]|[区市県町](?![一-鿿]))"
        "|(?:^|(?<=[ぁ-ゖ、。 ]))(?:薬局|薬店)"
        f"|(?<![一-鿿])[母父兄姉弟妹](?=[{_PARTICLES}、])"
        f"|[{_NUMERALS}]{{1,6}}時半?|[夜朝昼晩](?=[ぁ-ゖ、。 {_NUMERALS}]|$)"
        f"|(?<![{_NUMERALS}])[{_NUMERALS}]{{1,6}}(?=です|だ|なん|で|番|枚|軒|時|円|以上|人)"
    )


@cache
def _loanwords() -> frozenset[str]:
    return frozenset(_data()["loanwords"])


def _signs(text: str) -> str:
    """`text` with the signs of Taiwan for those of Japan: 渓 → 溪."""
    return str(_converter().convert(text)).translate(_as_in_taiwan())


@cache
def _as_in_taiwan() -> Mapping[int, int]:
    """What OpenCC writes otherwise than Taiwan writes its places: 鎭 for 鎮."""
    used = set("".join([*_places(), *(one.key for one in all_districts()), "衛生所藥局"]))
    changed = {str(_converter().convert(sign)): sign for sign in used}
    return {
        **{ord(other): ord(sign) for other, sign in changed.items() if other not in used},
        **_OTHER_SIGNS,
    }


@cache
def _converter() -> OpenCC:
    return OpenCC("jp2t")


@cache
def _data() -> _Data:
    text = resources.files(__package__).joinpath("japanese.yaml").read_text(encoding="utf-8")
    data: _Data = yaml.safe_load(text)
    return data
