"""A note → its tokens. Each pattern is tried at one place and takes a bounded number of signs, so
the time grows with the length of the note and no faster."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from shared.hours.clock_times import HALVES, Half, Times, Written
from shared.hours.holidays import feast_days
from shared.hours.note_dates import NUMBER, dates_at, on_days
from shared.hours.note_days import weekdays_at
from shared.hours.note_text import plain
from shared.hours.note_words import word_at
from shared.hours.when import WEEK, When
from shared.numbers import read_number


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a note."""

    kind: str
    """a kind of `note_words.yaml`; when, topic, the kinds of `_SIGNS`, number, unknown; of a token
    time, and of what `note_parts` makes of tokens times, half, turn"""
    text: str = ""
    value: Written | Times | Half | When | str | None = None


_DASH = r"[-~至到]"
_HALF = "(?:" + "|".join(map(re.escape, HALVES)) + "|中(?=\\d))"
_COUNTED = r" ?[片份張人組名位包個盒元歲號樓折輪劑支萬月天年%顆枚筆]| ?日(?! ?\d)| ?週(?![一二三四五六日])|分鐘| ?小時|公尺"

_CLOCK = re.compile(
    rf"({_HALF})?[ :.]?(\d{{1,2}}) ?[:;] ?([0-5]\d)(?:(?!\d)|(?=\d{{1,2}}[:;]\d\d))(?:分|整)?(?: ?(am|pm)(?! ?\d))?"
)
_POINTED = re.compile(
    rf"({_HALF})?[ :.]?(\d{{1,2}})\.([0-5][05]|[0-5]\d(?= ?[-~至到] ?\d{{1,2}}\.\d\d))(?![\d/]|\.\d)(?:分|整)?(?: ?(am|pm)(?! ?\d))?(?!{_COUNTED})"
)
_MILITARY = re.compile(
    rf"({_HALF})?[ :.]?((?:[01]\d|2[0-4]))([0-5][05]|[0-5]\d(?= ?[-~至到] ?\d{{4}}))(?![\d:/]|{_COUNTED})(?:分)?(?: ?(am|pm)(?! ?\d))?"
)
_POINT = re.compile(
    rf"({_HALF})?[ :.]?({NUMBER}) ?[點時](?!間|段|候|刻)(?:整|鐘|正)?(半|一刻|{NUMBER} ?分|\d\d(?!\d|{_COUNTED}|[點時:]))?()"
)
_SUFFIXED = re.compile(r"()(\d{1,2})() ?(am|pm)(?! ?\d)")
_SHORT = re.compile(
    rf"({_HALF})[ :.]?(\d{{1,2}})(?![\d:點時/.月]|{_COUNTED})()()(?= ?(?:開始|起|販|發|領|賣|營業|[-~至到]|,|\)|$))"
)
_BARE = re.compile(
    rf"({_HALF})?[ :.]?({NUMBER})(?= ?(?:{_DASH}{{1,2}}|[&、]) ?(?:{_HALF})? ?{NUMBER} ?(?:[點時](?!間)|:\d)|(?: ?[,、] ?\d{{1,2}}){{1,4}} ?點)()()"
)
_HOURS = re.compile(
    rf"({_HALF})?[ :.]?(\d{{1,2}}) ?{_DASH}{{1,2}} ?({_HALF})?[ :.]?(\d{{1,2}})(?![\d/.:點]|{_COUNTED})"
)
_COUNT = re.compile(rf"(?<!\d)\d{{1,5}}(?:{_COUNTED}|人份|ml|cc|g)")
_CHINESE_COUNT = re.compile(
    r"[一二兩三四五六七八九十]{1,3}(?:片|份|張|人|組|名|位|包|個|盒|歲|樓|輪|劑)"
)
_NUMBERING = re.compile(r"[1-9a-c]{1}[.、)](?! ?\d{1,2}(?:[:點.]|$))(?=\D|\d{1,2}[/月:])|\([1-9]\)")
_LINK = re.compile(r"(?:https?:|www\.)[a-z0-9:/._?=&%-]{1,100}|[a-z]{3,20}")
_DIGITS = re.compile(r"[\d]{1,20}(?:-\d{3,8}){0,2}")
_MORNING_BY_CLOCK = 7
"""「7:30」 with a colon is the morning's; the evening's is written 19:30 or with its word."""

_SIGNS = {
    **dict.fromkeys("。!?★☆◎●※■◆*|·•▲△▶◇□♥❤→#;\"'「」『』=+^", "stop"),
    **dict.fromkeys(",、./…", "soft"),
    **dict.fromkeys("-~至到", "dash"),
    **dict.fromkeys("([<{【《〈", "open_bracket"),
    **dict.fromkeys(")]>}】》〉", "close_bracket"),
    ":": "colon",
    " ": "space",
}


def tokens_of(text: str) -> Iterator[Part]:
    """The tokens of a note in order; what is not known comes as `unknown`, run by run."""
    text = plain(text)
    place, unknown = 0, ""
    fresh = True
    while place < len(text):
        found = _at(text, place, fresh)
        if found is None:
            unknown += text[place]
            place += 1
            fresh = False
            continue
        if unknown:
            yield Part("unknown", unknown)
            unknown = ""
        tokens, place = found
        fresh = tokens[-1].kind in ("stop", "space")
        yield from tokens
    if unknown:
        yield Part("unknown", unknown)


def _at(text: str, place: int, fresh: bool) -> tuple[list[Part], int] | None:
    sign = text[place]
    if (fresh or sign == "(") and (numbering := _NUMBERING.match(text, place)):
        return [Part("stop", numbering[0])], numbering.end()
    if (count := _COUNT.match(text, place)) and not dates_at(text, place):
        return [Part("count", count[0])], count.end()
    if (days := dates_at(text, place)) or (days := weekdays_at(text, place)):
        return [Part("when", text[place : days[1]], days[0])], days[1]
    times = _times_at(text, place)
    if times:
        return times
    if found := word_at(text, place):
        return _word(text, place, found)
    if count := _CHINESE_COUNT.match(text, place):
        return [Part("count", count[0])], count.end()
    if kind := _SIGNS.get(sign):
        return [Part(kind, sign)], place + 1
    if found_link := _LINK.match(text, place):
        return [Part("filler", found_link[0])], found_link.end()
    if digits := _DIGITS.match(text, place):
        return [Part("number", digits[0])], digits.end()
    return None


_WHENS = {
    "everyday": When(every_day=True),
    "business": When(WEEK - {6}, holidays=False, normally=True),
    "weekdays": When(WEEK - {5, 6}, holidays=False, normally=True),
    "weekend": When(frozenset({5, 6}), holidays=True),
    "saturday_sunday": When(frozenset({5, 6})),
    "holidays": When(holidays=True),
}
_LONG = ("連續假期", "連續假日", "連假", "假期", "期間")


def _word(text: str, place: int, found: tuple[str, str, int]) -> tuple[list[Part], int]:
    kind, value, length = found
    end = place + length
    written = text[place:end]
    if kind == "days_off":
        days = _WHENS["saturday_sunday"]
        return [Part("when", written, days), Part("closed", written)], end
    if kind in _WHENS:
        return [Part("when", written, _WHENS[kind])], end
    if kind == "feast":
        following = next((word for word in _LONG if text.startswith(word, end)), "")
        dates = feast_days(value, long=bool(following))
        return [Part("when", written + following, on_days(dates))], end + len(following)
    return [Part(kind, written, value)], end


def _times_at(text: str, place: int) -> tuple[list[Part], int] | None:
    if not (text[place].isdigit() or text[place] in _STARTS):
        return None
    hours = _HOURS.match(text, place)
    if hours and _is_span(hours):
        first = Written(int(hours[2]), 0, HALVES.get(hours[1] or ""), len(hours[2]) == 2)
        last = Written(int(hours[4]), 0, HALVES.get(hours[3] or ""))
        tokens = [Part("time", "", first), Part("dash", "~"), Part("time", "", last)]
        return tokens, hours.end()
    for pattern in (_CLOCK, _POINT, _BARE, _POINTED, _MILITARY, _SUFFIXED, _SHORT):
        found = pattern.match(text, place)
        if found and (written := _written(found, pattern)):
            return [Part("time", found[0], written)], found.end()
    return None


def _is_span(found: re.Match[str]) -> bool:
    """「9-12」 without a word before it are hours only where they can be nothing else."""
    first, last = int(found[2]), int(found[4])
    return bool(found[1] or found[3]) or 6 <= first < last <= 24


_STARTS = frozenset(word[0] for word in HALVES) | set("中一二兩三四五六七八九十")


def _written(found: re.Match[str], pattern: re.Pattern[str]) -> Written | None:
    half = HALVES.get(found[4] or found[1] or "")
    hour, minute = read_number(found[2]), found[3] or ""
    if hour > 24:
        return None
    if minute == "半":
        minutes = 30
    elif minute == "一刻":
        minutes = 15
    else:
        minutes = read_number(minute.strip().removesuffix("分").strip()) if minute else 0
    clock = pattern is _CLOCK and hour == _MORNING_BY_CLOCK
    padded = (len(found[2]) == 2 and found[2].isdigit()) or clock
    return Written(hour, minutes, half, padded)
