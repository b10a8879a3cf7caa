"""A note → its tokens: times, dates, weekdays and words. What is unknown ends the reading."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml

from shared.hours.clock import HALVES, Half, Written

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"兩": 2}
_WEEKDAYS = {char: day for day, char in enumerate("一二三四五六日")} | {"天": 6}

WEEK = range(7)
"""Weekdays, 0 Monday."""

_DASH = r"[-~至到]+"
_HALF = "(?:" + "|".join(re.escape(word) for word in sorted(HALVES, key=len, reverse=True)) + ")"
_NUMBER = r"(?:\d{1,2}|[一二兩三四五六七八九十]{1,3})"
_COUNTED = r"\d|\s*[片份張人組名位包個號]"

_CLOCK = re.compile(rf"({_HALF})?\s*(\d{{1,2}}):(\d\d)(?!\d:)(?:\s*(am|pm))?")
_MILITARY = re.compile(rf"({_HALF})?\s*(\d\d)(00|15|30|45)(?!{_COUNTED}|年|元|\.)()")
_POINT = re.compile(
    rf"({_HALF})?\s*({_NUMBER})[點点時](?!間)(?:整|鐘)?(半|一刻|{_NUMBER}分|\d\d(?!{_COUNTED}))?()"
)
_BARE = re.compile(rf"({_HALF})?\s*({_NUMBER})(?=\s*{_DASH}\s*{_HALF}?\s*{_NUMBER}[點点時])()()")
_DATE = re.compile(
    rf"(?:(20\d\d|1\d\d)[年/.])?({_NUMBER})[月/]({_NUMBER})[日號]?(?:\([一二三四五六日]\))?(?![\d/])"
)
_DAY = r"[一二三四五六日天](?![一二三四五六七八九十]?[點点時月人片年])"
_PREFIX = "(?:週|周|星期|禮拜)"
_DAYS = re.compile(
    rf"每?{_PREFIX}(?:{_DAY})+(?:\s*(?:[、,和及與跟&]|{_DASH})\s*{_PREFIX}?(?:{_DAY})+)*"
)
_HOLIDAY = re.compile("國定(?:例)?假日")
_SEPARATOR = re.compile(r"(?:\s*[,。.;!?()\[\]★☆◎●※■◆*|]+(?:\s*\d[.、)](?!\d))?|\s+\d[.、)](?!\d))")
_NUMBERING = re.compile(r"\s*\d[.、)](?!\d)")
_DASHES = re.compile(_DASH)
_SOFT = re.compile(r"[\s:、\"'「」]+")
_SAME = str.maketrans("臺〜～–—−－─﹣∼︰∶：", "台~~------~:::")


@dataclass(frozen=True, slots=True)
class Days:
    """Weekdays, 0 Monday."""

    weekdays: frozenset[int]
    normally: bool = False
    """「平日」: nothing is said of the other days"""


@dataclass(frozen=True, slots=True)
class Date:
    """A date."""

    year: int | None
    """None where it is not written"""
    month: int
    day: int


@dataclass(frozen=True, slots=True)
class Word:
    """A kind of `note_words.yaml`, or "|" the end of a clause, "-" a dash, "holiday"."""

    kind: str


_NAMED_DAYS = {
    "平日": Days(frozenset(range(5)), normally=True),
    "週末": Days(frozenset({5, 6})),
    "周末": Days(frozenset({5, 6})),
}

Token = Written | Days | Date | Word


class Unread(Exception):  # noqa: N818  no fault: people write what they like
    """The note holds something that is not known for sure."""


def plain(note: str) -> str:
    """`note` half-width, in lower case, with one kind of dash, colon and space."""
    text = unicodedata.normalize("NFKC", note.translate(_SAME)).translate(_SAME).lower()
    text = re.sub(r"\s+", " ", text).strip()
    return re.sub(r"\s*:\s*(?=\d)", ":", text)


def tokens_of(note: str) -> Iterator[Token]:
    """The tokens of `note` in order, without fillers. Raises Unread at the first unknown thing."""
    text = plain(note)
    numbering = _NUMBERING.match(text)
    place = numbering.end() if numbering else 0
    before, ended = None, -1
    while place < len(text):
        token, end = _token(text, place)
        if isinstance(token, Written):
            if before and ended == place and before.padded and token.padded and not token.half:
                yield Word("-")  # 「08:0020:00」: joined, its dash was lost
            before, ended = token, end
        if isinstance(token, Word) and token.kind in ("filler", "number"):
            token = None
        if token:
            yield token
        place = end


def _token(text: str, place: int) -> tuple[Token | None, int]:
    """The token at `place` (None for what means nothing) and where it ends."""
    if found := _SEPARATOR.match(text, place):
        return Word("|"), found.end()
    if found := _DATE.match(text, place):
        year, month, day = found.groups()
        return _date(year, _number(month), _number(day)), found.end()
    if found := _DAYS.match(text, place):
        return Days(_weekdays(found[0])), found.end()
    if named := next((name for name in _NAMED_DAYS if text.startswith(name, place)), None):
        return _NAMED_DAYS[named], place + len(named)
    for pattern in (_CLOCK, _MILITARY, _POINT, _BARE):
        if found := pattern.match(text, place):
            return _written(*found.groups()), found.end()
    if found := _HOLIDAY.match(text, place):
        return Word("holiday"), found.end()
    if found := _SOFT.match(text, place):
        return None, found.end()
    return _word(text, place)


def _word(text: str, place: int) -> tuple[Token, int]:
    """The longest known word at `place`; of two equally long ones the kind that is listed first."""
    best, kind = place, ""
    for name, patterns in _words().items():
        for pattern in patterns:
            found = pattern.match(text, place)
            if found and found.end() > best:
                best, kind = found.end(), name
    if kind:
        return Word(kind), best
    if dash := _DASHES.match(text, place):
        return Word("-"), dash.end()
    raise Unread(text[place : place + 10])


@cache
def _words() -> dict[str, tuple[re.Pattern[str], ...]]:
    """Kind → its patterns, from `note_words.yaml`."""
    source = resources.files(__package__).joinpath("note_words.yaml").read_text(encoding="utf-8")
    kinds: dict[str, list[str]] = yaml.safe_load(source)
    return {kind: tuple(re.compile(part) for part in parts) for kind, parts in kinds.items()}


def _written(half: str | None, hour: str, minute: str | None, suffix: str | None) -> Written:
    if half and suffix:
        raise Unread(f"{half} {suffix}")
    part: Half | None = HALVES.get(half or suffix or "")
    padded = len(hour) == 2 and hour.isdigit()
    return Written(_number(hour), _minutes(minute or ""), part, padded)


def _minutes(text: str) -> int:
    special = {"": 0, "半": 30, "一刻": 15}
    return special[text] if text in special else _number(text.removesuffix("分"))


def _number(text: str) -> int:
    """A number below 100 in digits or characters. Raises Unread for 「十三五」."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if len(tens) > 1 or len(ones) > 1 or (not ten and len(text) > 1):
        raise Unread(text)
    units = _DIGITS[ones] if ones else 0
    return units + (10 * (_DIGITS[tens] if tens else 1) if ten else 0)


def _date(year: str | None, month: int, day: int) -> Date:
    if not (1 <= month <= 12 and 1 <= day <= 31):
        raise Unread(f"{month}/{day}")
    western = int(year) + (1911 if len(year) == 3 else 0) if year else None
    return Date(western, month, day)


def _weekdays(text: str) -> frozenset[int]:
    """「週一至週五」, 「週一三五」, 「星期六、日」 → their days."""
    days: set[int] = set()
    dash, last = False, -1
    for char in re.sub("每|週|周|星期|禮拜", "", text):
        if char in "-~至到":
            dash = True
        elif char in _WEEKDAYS:
            day = _WEEKDAYS[char]
            if dash:
                days.update(_range(last, day))
            days.add(day)
            dash, last = False, day
    return frozenset(days)


def _range(first: int, last: int) -> range:
    if first == 6:  # 「週日至週五」
        return range(last + 1)
    if last <= first:
        raise Unread("weekdays run backwards")
    return range(first, last + 1)
