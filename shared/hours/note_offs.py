"""Days and parts of days that are off, against what else a note says of them."""

from collections.abc import Sequence
from datetime import date, time, timedelta

from shared.hours.clock_times import Half
from shared.hours.note_reading import SALE, Statement
from shared.hours.note_sessions import FEW, ONE_DAY, by_date
from shared.hours.values import SaleNote, Span
from shared.hours.when import WEEK

SATURDAY = 5

_OFF: dict[Half, Span] = {
    Half.MORNING: (time.min, time(12)),
    Half.NOON: (time(12), time(13)),
    Half.AFTERNOON: (time(13), time(17, 30)),
    Half.EVENING: (time(17), time.max),
}


def sold_these_days(sale: Sequence[Statement], day: date) -> bool:
    """「(5/1-5/2有販售)…國定假日公休」: a few dates that a weekly day off contradicts."""
    return any(
        dates.covers(day) and not dates.single and dates.short(day)
        for one in sale
        for dates in one.when.dates
    )


def half_off(statement: Statement) -> Span:
    """The part of the day that is off: 「週六下午公休」 is to the night, 「下午不賣」 is not."""
    half = statement.half or Half.EVENING
    start, end = _OFF[half]
    some = statement.when.some_days or any(one.single for one in statement.when.dates)
    return (start, time.max) if half is Half.AFTERNOON and some else (start, end)


def in_force(statement: Statement, day: date) -> bool:
    """Whether its dates cover `day`."""
    return any(dates.covers(day) for dates in statement.when.dates)


def not_sold(off: Sequence[Statement], sale: Sequence[Statement], day: date) -> SaleNote | None:
    """Not today, or no more; None where what is narrower says that it is sold."""
    on = max((by_date(one, day) for one in sale), default=(0, 0))
    no = max(by_date(one, day) for one in off)
    if on > no:
        return None  # 「假日休」 against 「週日10:00販售」: who knows
    stopped = any(one.about == "stopped" for one in off)
    return SaleNote(not_today=True, stopped=stopped)


def period_of(
    ours: Sequence[Statement], sale: Sequence[Statement], day: date
) -> tuple[date | None, date | None]:
    """Since when and until when these times hold."""
    since = until = None
    for one in sale:
        for dates in one.when.dates:
            if dates.covers(day) and not dates.single:
                since, until = dates.span(day)
    for one in ours:
        if one.about == "stopped":
            starts = [start for dates in one.when.dates if (start := dates.span(day)[0])]
            if min(starts, default=day) > day:
                until = min(starts) - timedelta(days=1)
    return since, until


def sold_by_date(sale: Sequence[Statement], off: Sequence[Statement], day: date) -> bool:
    """「週日不販售，3/15有販售」: a date goes before a day of the week."""
    dated = max(by_date(one, day)[0] for one in off)
    return any(by_date(one, day)[0] > dated for one in sale)


def against(today: Sequence[Statement], closed: Sequence[Statement], day: date) -> bool:
    """Whether a date or a few that the note names speak against a weekly day off."""
    if any(by_date(one, day)[0] == ONE_DAY for one in today):  # 「週六休息，5/7加開」
        return not any(by_date(one, day)[0] == ONE_DAY for one in closed)
    return sold_these_days([one for one in today if one.about in SALE], day)


def clash(sale: Sequence[Statement], off: Sequence[Statement], day: date) -> bool:
    """「週日9:00販售，週日公休」: the same weekdays are said to be both."""
    on = [one.when for one in sale if one.about in SALE and one.when.weekdays]
    return any(
        not by_date(one, day)[0] and one.when.weekdays == when.weekdays
        for one in off
        for when in on
    )


def free_saturday(sale: Sequence[Statement], off: Sequence[Statement], day: date) -> bool:
    """「週一至週六8:30，例假日休」: whether a Saturday is named and off as a holiday."""
    named = any(one.times and day.weekday() in one.when.weekdays for one in sale)
    return day.weekday() == SATURDAY and named and all(one.when.holidays for one in off)


def vague_days(today: Sequence[Statement]) -> bool:
    """「8:30開始，週日依公告販售」: whether the narrowest that is said of the day has no time."""
    timed = [one for one in today if one.about in SALE and one.times]
    named = [one.when.weekdays for one in today if one.about == "named"]
    return bool(timed) and any(
        0 < len(weekdays) <= FEW
        and all(len(one.when.weekdays or WEEK) > len(weekdays) for one in timed)
        for weekdays in named
    )


def plates_of(today: Sequence[Statement]) -> list[Statement]:
    """Those of the day: where a weekday has a sale of its own, the plates of all days are not."""
    plates = [one for one in today if one.about == "plates"]
    sizes = {len(one.when.weekdays or WEEK) for one in today if one.about == "sold" and one.times}
    if len(sizes) > 1 and min(sizes) <= FEW:
        return [one for one in plates if len(one.when.weekdays or WEEK) == min(sizes)]
    return plates
