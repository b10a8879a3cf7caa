"""A note that could not be read, made fit for the ear: as it stands, or left out as noise."""

import re
from functools import lru_cache

from shared.hours.note_text import plain
from shared.numbers import say_count, say_digits, say_number

LONGEST_SPOKEN = 60
"""Characters: some 17 s at 3.5 syllables a second, as much as a listener keeps."""

_NOISE = re.compile(
    r"<[a-z/!][^<>]*>|&\w{1,32};|https?:|www\.|[a-z]{4}|[{}=\\^_|][^{}=\\^_|]*[{}=\\^_|]"
)
"""Markup, addresses, code. One stray sign alone is none of these."""

_KEPT = re.compile(r"[^\u4e00-\u9fff\d:/,.;!?()a-z~\- ]")
"""What has no sound: emoji, ornaments, control characters, a stray < { or #."""

_HALVES = {"a": "早上", "p": "下午"}
_DAYS = "一二三四五六日"

_DASH = r"\s*[-~]+\s*"


@lru_cache(maxsize=8192)
def spoken(note: str) -> str:
    """`note` with its numbers and signs as words, in Chinese; "" where it is noise.

    Nothing in it is read into a meaning, so nothing can be read wrongly.

    >>> spoken("視進貨狀況,約09:30~10:00間開賣")
    '視進貨狀況，約九點三十分到十點間開賣'
    """
    if len(note) > 4 * LONGEST_SPOKEN or _NOISE.search(text := plain(note)):
        return ""
    text = _KEPT.sub(" ", text)
    text = re.sub(r"(?<=\d:\d\d)(?=\d{1,2}:\d\d)", "-", text)  # 「08:0020:00」
    text = re.sub(r"(?<!\d)(0\d{1,2})-(?=\d{6,8}(?!\d))", r"\1,", text)  # a telephone number
    text = _as_said(text)
    text = re.sub(r"(\d{1,2}):(\d\d)(?!\d)", _clock, text)
    text = re.sub(r"(?<!\d)2(?=[點点片份張人個位組盒包])", "兩", text)
    text = re.sub(r"(\d{1,2})/(\d{1,2})(?![\d/])日?", _month_and_day, text)
    text = re.sub(rf"(?<=[日一二三四五六點分\d]){_DASH}(?=[\u4e00-\u9fff\d])", "到", text)
    text = re.sub(r"\d+", _number, text)
    text = re.sub(r"[\s,.;!?():/~\-]+", "，", text).strip("，")
    chinese = len(re.findall(r"[\u4e00-\u9fff]", text))
    if chinese < 2 or len(text) > LONGEST_SPOKEN:
        return ""
    return text


_WEEKDAY = re.compile(r"週([1-7])(?!\d)")
_HALF_BEFORE = re.compile(r"([ap])\.?m\.?\s*(?=\d)")
_HALF_BEHIND = re.compile(r"(\d{1,2}(?::\d\d)?)\s*([ap])\.?m\.?")
_MILITARY = r"([01]\d|2[0-3])([0-5]\d)"
_FROM = re.compile(rf"(?<![\d:./]){_MILITARY}(?=\s*[-~]\s*[0-2]\d[0-5]\d)")
_TO = re.compile(rf"(?<=\d:\d\d)(\s*[-~]\s*){_MILITARY}(?!\d)")
_AT = re.compile(r"(?<![\d:./])([01]\d|2[0-3])([0-5][05])(?=[\u4e00-\u9fff])(?![片份張人個元])")
_POINTED = re.compile(r"(早上|上午|中午|下午|晚上|早|晚)(\d{1,2})\.([0-5]\d)(?![\d.])")
_YEAR = re.compile(r"(?<!\d)1[01]\d(?=年|[./-]\d{1,2}[./-]\d)")
_SPAN = re.compile(r"(?<![\d:])(\d{1,2})(\s*[-~]\s*\d{1,2}點)")


def _as_said(text: str) -> str:
    """As a person reads it: 「0900-1130」 are times, 「am」 is a word, 「109年」 is a year.

    >>> _as_said("週1 am9.30, 0900-1130, 109年3月, 下午2-4點")
    '週一 早上9:30, 09:00-11:30, 一零九年3月, 下午2點-4點'
    """
    text = _WEEKDAY.sub(lambda day: "週" + _DAYS[int(day[1]) - 1], text)
    text = _HALF_BEFORE.sub(lambda half: _HALVES[half[1]], text)
    text = _HALF_BEHIND.sub(lambda time: _HALVES[time[2]] + time[1], text)
    text = _TO.sub(r"\1\2:\3", _FROM.sub(r"\1:\2", text))
    text = _POINTED.sub(r"\1\2:\3", _AT.sub(r"\1:\2", text))
    return _SPAN.sub(r"\1點\2", _YEAR.sub(lambda year: say_digits(year[0]), text))


def _clock(found: re.Match[str]) -> str:
    hour, minute = int(found[1]), int(found[2])
    return say_count(hour, "點") + (f"{say_number(minute)}分" if minute else "")


def _month_and_day(found: re.Match[str]) -> str:
    month, day = int(found[1]), int(found[2])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return found[0]
    return f"{say_number(month)}月{say_number(day)}日"


def _number(found: re.Match[str]) -> str:
    """Below a thousand as a number, else digit by digit: a telephone number, 「0900」."""
    digits = found[0]
    if len(digits) > 3 or (len(digits) > 1 and digits[0] == "0"):
        return say_digits(digits)
    return say_number(int(digits))
