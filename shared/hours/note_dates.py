"""Dates and months in a note, at one place of the text."""

import re
from datetime import date

from shared.hours.note_days import WEEKDAYS
from shared.hours.when import Date, Dates, When
from shared.numbers import read_number

NUMBER = r"(?:\d{1,2}|[一二兩三四五六七八九十]{1,3})"
_WEEKDAY_OF_DATE = (
    r"(?: ?[(\[]?(?:週|星期)([一二三四五六日天])[)\]]?| ?[(\[]([一二三四五六日])[)\]])?"
)
_DATE = re.compile(
    rf"(?:(20\d\d|1[01]\d)[年/.\-] ?)?({NUMBER}) ?[月/] ?({NUMBER})(?!\d|[點時](?![間段])|:\d)[日號]?{_WEEKDAY_OF_DATE}"
)
_DOTTED = re.compile(
    rf"(?:(20\d\d|1[01]\d)[./\-])?(\d{{1,2}})[.\-](\d{{1,2}})[日號]?{_WEEKDAY_OF_DATE}"
    r"(?= ?(?:起|日|號|公休|休|停|今天|以後|後|當天|不|無|暫|止|前))"
)

_COMPACT = re.compile(
    r"(?<!\d)(20\d\d)?(1[0-2]|0?[1-9])([0-3]\d)日? ?(?:[(\[](?:週|星期)?([一二三四五六日])[)\]])()"
)
"""「0308(日)」"""

_DAY_AFTER = re.compile(
    rf"([-~至到]| ?[.、,和及&] ?|(?<=[日號])(?=\d{{1,2}}[日號]))(\d{{1,2}})(?![\d/:點時月片份個元人張盒])[日號]?{_WEEKDAY_OF_DATE}"
)
_FOUNDED = 1911
"""The year before the first of the Republic."""

_TO = ("-", "~", "至", "到")
_MONTH = re.compile(rf"({NUMBER}) ?月(?:份|底|(?=起|開始)|(?! ?\d))")
_ANOTHER = re.compile(r" ?[.、和及&] ?")
_SINCE = re.compile(r" ?(?:起|開始|恢復|以後|之後|後)")
_LAST = re.compile(r" ?(?:止|截止|為止|前|以前|之前)")
_FROM = ("自", "從", "由")
_UNTIL_DATE = re.compile(r" ?(下午|晚上|中午)?[-~至到]{1,2} ?")


def dates_at(text: str, place: int) -> tuple[When, int] | None:
    """「3/7(六)」, 「4/1~4/30」, 「110/2/11.12.13」, 「4月5日起」 at `place`, and where they end."""
    first = _date_at(text, place)
    return _listed(text, *_from(text, place, *first)) if first else _month_at(text, place)


def _listed(text: str, when: When, end: int) -> tuple[When, int]:
    """With the dates that follow in a list: 「4/30.5/1無販售」."""
    while (more := _ANOTHER.match(text, end)) and (first := _date_at(text, more.end())):
        others, end = _from(text, end, *first)
        when = When(dates=when.dates + others.dates)
    return when, end


def _from(text: str, place: int, day: Date, end: int) -> tuple[When, int]:
    """The dates of which `day` is the first."""
    found: list[Dates] = []
    while True:
        to = _UNTIL_DATE.match(text, end)
        last = _date_at(text, to.end()) if to else None
        if last is None and text[end - 1] == "日":
            last = _date_at(text, end)  # 「3月1日3月31日」: its sign got lost
        if last:
            found.append(Dates(_day_after(day) if to and to[1] else day, last[0]))
            end = last[1]
        more = _DAY_AFTER.match(text, end)
        following = _made(day.year, day.month, int(more[2]), more[3] or more[4]) if more else None
        if more and following and more[1] in _TO:
            found.append(Dates(day, following))
            end = more.end()
            break
        if not last:
            found.append(Dates(day, day))
        if not more or not following:
            break
        day, end = following, more.end()
    return _extended(text, place, found, end)


def _day_after(day: Date) -> Date:
    """「3/3下午至3/5休息」: of the first day it tells a part."""
    return Date(day.month, day.day + 1, day.year)


def _extended(text: str, place: int, found: list[Dates], end: int) -> tuple[When, int]:
    """With what stands behind: 起, 止."""
    *earlier, last = found
    since = _SINCE.match(text, end)
    if since and last.single:
        return When(dates=(*earlier, Dates(last.first))), since.end()
    until = _LAST.match(text, end)
    if until and last.single:
        return When(dates=(*earlier, Dates(None, last.first))), until.end()
    if until:
        end = until.end()
    if last.single and text[:place].rstrip().endswith(_FROM):
        return When(dates=(Dates(last.first),)), end
    return When(dates=tuple(found)), end


def _date_at(text: str, place: int) -> tuple[Date, int] | None:
    for pattern in (_DATE, _DOTTED, _COMPACT):
        found = pattern.match(text, place)
        if found:
            day = _made(
                int(found[1]) if found[1] else None,
                read_number(found[2]), read_number(found[3]), found[4] or found[5],
            )  # fmt: skip
            if day:
                return day, found.end()
    return None


def _made(year: int | None, month: int, day: int, weekday: str | None) -> Date | None:
    if year:
        year = _FOUNDED + year % _FOUNDED  # 「109」 is 2020
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return Date(month, day, year, WEEKDAYS[weekday] if weekday else None)


def _month_at(text: str, place: int) -> tuple[When, int] | None:
    found = _MONTH.match(text, place)
    if not found or not 1 <= read_number(found[1]) <= 12:
        return None
    month = read_number(found[1])
    since = _SINCE.match(text, found.end())
    first = Date(month, 1)
    if since:
        return When(dates=(Dates(first),)), since.end()
    return When(dates=(Dates(first, Date(month, 31)),)), found.end()


def on_days(days: tuple[date, ...]) -> When:
    """On each of these days."""
    dates = (Date(day.month, day.day, day.year) for day in days)
    return When(dates=tuple(Dates(day, day) for day in dates))
