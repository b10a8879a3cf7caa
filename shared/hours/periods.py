"""The 21 periods of the daily file → when a pharmacy is open on a weekday.

The file tells only 上午, 下午, 晚上, no clock times. The nominal times below serve to tell which
part of the day it is; they are never spoken as a time.
"""

import re
from datetime import time
from functools import lru_cache

from shared.hours.values import DayPart, Span

MORNING: Span = (time(8), time(12))
AFTERNOON: Span = (time(13), time(18))
EVENING: Span = (time(18), time(22))
"""Nominal. Health centres and clinics sit from 8 to 12 and from 13:30 to 17:30; pharmacies with
evening hours close between 21 and 22 (hours-sample.csv: open at 8 to 9, close at 21 to 22)."""

PARTS = {
    DayPart.MORNING: MORNING,
    DayPart.AFTERNOON: AFTERNOON,
    DayPart.EVENING: EVENING,
}
"""for comparing, never to be spoken"""
WEEK = 7

Week = tuple[tuple[Span, ...], ...]
"""Monday to Sunday, each the spans in which it is open, in order."""


@lru_cache(maxsize=4096)
def parse_periods(periods: str) -> Week | None:
    """The week that 21 characters of N (open) and Y (closed) tell; None for anything else.

    Parts that follow each other make one span, since most pharmacies stay open at noon.

    >>> week = parse_periods("NNNNNNN" "YYYYYYY" "NNNNNNY")
    >>> [len(day) for day in week or ()]
    [2, 2, 2, 2, 2, 2, 1]
    """
    if not re.fullmatch(r"[NY]{21}", periods):
        return None
    return tuple(_day(periods[day::WEEK]) for day in range(WEEK))


def _day(parts: str) -> tuple[Span, ...]:
    """`parts`: morning, afternoon, evening of one day, N or Y each."""
    spans = list(PARTS.values())
    runs = re.finditer("N+", parts)
    return tuple((spans[run.start()][0], spans[run.end() - 1][1]) for run in runs)


def part_of(start: time) -> DayPart:
    """The part of the day in which a nominal span starts."""
    return next(part for part, span in PARTS.items() if span[0] == start)
