"""The sessions of one day: which statements hold, in order, without contradiction."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time, timedelta
from itertools import pairwise

from shared.hours.clock_times import Times
from shared.hours.note_reading import Statement
from shared.hours.values import Span

ONE_DAY = 3
"""The rank of what is said of one date alone."""

_APART = timedelta(hours=3)
"""Two starts so far apart are two sales a day; nearer ones contradict each other."""

FEW = 2
"""So many weekdays may have a time of their own within a range."""

_PAUSE = timedelta(minutes=30)
"""So much lies between two sessions of a day."""


def sessions_of(
    statements: Sequence[Statement], day: date, *, last: bool = True
) -> tuple[Times, ...] | None:
    """The times of `day` in order, from what speaks of it most narrowly; None where they clash.

    `last`: ends matter.
    """
    timed = [one for one in statements if one.times]
    if not timed:
        return ()
    ranks = {one: one.when.rank(day) for one in timed}
    best = max(ranks.values())
    narrow = [one for one in timed if ranks[one] == best]
    wider = [one for one in timed if ranks[one][0] == best[0] and one.when.weekdays]
    sessions = {times for one in narrow for times in one.times}
    if best[0] == 0 and (_overlap(narrow, timed) or _added(sessions, narrow, timed)):
        return None
    more = sessions.union(*(one.times for one in wider))
    both = _ordered(more)
    if both and all(_apart(a.end, b.start) >= _PAUSE for a, b in pairwise(both)):
        sessions = more
    return _ordered(sessions) if last else tuple(sorted(sessions, key=start_of))


def _overlap(narrow: Sequence[Statement], timed: Sequence[Statement]) -> bool:
    """「週一~週六9:00，週一~五8:00-12:00」: groups of days that share most and begin apart."""
    starts = {times.start for one in narrow for times in one.times}
    return any(
        len(one.when.weekdays & other.when.weekdays) > FEW
        and not starts & {times.start for times in other.times}
        and not all(times.end for times in (*one.times, *other.times))
        for one in narrow
        for other in timed
        if other not in narrow
    )


def _added(sessions: set[Times], narrow: Sequence[Statement], timed: Sequence[Statement]) -> bool:
    """「週一~六9:10，週二、五18:30」: a later sale beside the earlier, or in its place?"""
    first = min(map(start_of, sessions))
    for one in timed:
        if one in narrow or not one.when.weekdays:
            continue
        earlier = [times for times in one.times if _apart(start_of(times), first) >= _APART]
        if earlier and not any(times.end for times in earlier):
            return True
    return False


def start_of(times: Times) -> time:
    return times.start or time.min


def _ordered(sessions: set[Times]) -> tuple[Times, ...] | None:
    """In order, without doubles; None where two of them clash."""
    by_start: dict[time, Times] = {}
    for one in sorted(sessions, key=lambda one: (start_of(one), one.end or time.min)):
        twin = by_start.get(start_of(one))
        if twin and twin.end:
            return None
        by_start[start_of(one)] = one
    found = tuple(by_start.values())
    for one, other in pairwise(found):
        if one.end and one.end > start_of(other):
            return None
        if one.end is None and _apart(start_of(one), start_of(other)) < _APART:
            return None
    return found


def _apart(one: time | None, other: time | None) -> timedelta:
    return timedelta(minutes=minutes_of(other or time.min) - minutes_of(one or time.min))


def minutes_of(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def ended_at(sold: tuple[Times, ...] | None, ends: Sequence[Statement]) -> tuple[Times, ...] | None:
    """With the end that a day has of its own: 「星期日賣到12點」."""
    if not ends or not sold:
        return sold
    end = _end(ends)
    kept = tuple(one for one in sold if start_of(one) < end)
    if not kept or (kept[-1].end is None and len(kept) < len(sold)):
        return None
    return (*kept[:-1], Times(kept[-1].start, end))


def _end(ends: Sequence[Statement]) -> time:
    """The one that is told last."""
    return ends[-1].times[0].end or time.max


def closed_early(
    sold: tuple[Times, ...] | None, ends: Sequence[Statement]
) -> tuple[Times, ...] | None:
    """What is left where the pharmacy closes earlier: 「週六營業至12點」."""
    if not ends or not sold:
        return sold
    end = _end(ends)
    kept = tuple(one for one in sold if start_of(one) < end)
    return tuple(replace(one, end=min(one.end, end)) if one.end else one for one in kept) or None


def cut(sessions: tuple[Times, ...] | None, off: Span) -> tuple[Times, ...] | None:
    """Without those in a part of the day that is off; None where one goes through it."""
    if not sessions:
        return sessions
    kept = tuple(one for one in sessions if not off[0] <= start_of(one) < off[1])
    through = any(one.end and start_of(one) < off[0] < one.end for one in kept)
    return None if through or not kept else kept


def breaks_of(sold: tuple[Times, ...], pauses: Sequence[Statement]) -> tuple[Span, ...]:
    spans = {(one.end, start_of(other)) for one, other in pairwise(sold) if one.end}
    for statement in pauses:
        for times in statement.times:
            if not times.start or not times.end:
                continue
            inside = not sold or any(
                start_of(one) < times.end and (one.end is None or times.end < one.end)
                for one in sold
            )
            if inside:
                spans.add((times.start, times.end))
    ordered = sorted(span for span in spans if span[0] < span[1])
    clash = any(one[1] > other[0] for one, other in pairwise(ordered))
    return () if clash else tuple(ordered)


def by_date(statement: Statement, day: date) -> tuple[int, int]:
    """How narrowly it speaks of `day`: a period of sale is no date, days off in a row are."""
    dated, weekly = statement.when.rank(day)
    period = statement.about in ("closed", "unsold") and dated == ONE_DAY - 1
    return (dated if dated == ONE_DAY or period else 0), weekly


def highest(statements: Sequence[Statement], day: date) -> tuple[int, int]:
    return max(one.when.rank(day) for one in statements)
