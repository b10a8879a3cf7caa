"""Whether a pharmacy is open, from its periods, its note and the holidays."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from shared.catalog import Hours, Pharmacy
from shared.clock import TAIPEI
from shared.hours.holidays import is_holiday
from shared.hours.note import Note, read_note
from shared.hours.periods import AFTERNOON, MORNING, PARTS, WEEK, parse_periods, part_of
from shared.hours.sales import ANY, sale_in
from shared.hours.spoken import spoken
from shared.hours.values import Opening, OpeningState, SaleNote, Span

SOON = timedelta(minutes=30)
"""Closing is near: a walk of ten minutes and a short queue still fit in."""

FRINGE = timedelta(hours=1)
"""How far real hours lie from nominal ones: those of hours-sample.csv open from 8 to 10 and close
from 21 to 22. In the first hour nothing is claimed, in the last it closes soon."""


@dataclass(frozen=True, slots=True)
class _Day:
    """The hours of one day."""

    spans: tuple[Span, ...]
    exact: bool
    """clock times from the note, not nominal ones"""


def opening_at(pharmacy: Pharmacy, now: datetime) -> Opening | None:
    """What is known of the hours of `pharmacy` at `now` (aware); None where none are listed."""
    if pharmacy.hours is None:
        return None
    return _opening(pharmacy.hours, now.astimezone(TAIPEI))


def _opening(hours: Hours, now: datetime) -> Opening:
    note = read_note(hours.note, hours.seen)
    today = now.date()
    opening = _state(hours, now)
    day = _day(hours, today)
    told = sale_in(hours, hours.topic or ANY, today)
    stopped = told is not None and told.sale.stopped
    if day and not day.spans and not day.exact and not hours.remark and not stopped:
        return opening  # 「營業日09:00販售」 tells nothing of a day off
    if told is None:
        return replace(opening, spoken_note=_unread(hours, note, today))
    return replace(opening, sale=told.sale, sale_over=_is_over(told.sale, now.time()))


def _unread(hours: Hours, note: Note | None, today: date) -> str:
    """The note as it stands, where nothing in it could be told of what the feed counts."""
    if note and (note.open_on(today, is_holiday(today)) or note.named - {hours.topic}):
        return ""
    return spoken(hours.remark or hours.note)


def _is_over(sale: SaleNote | None, clock: time) -> bool:
    if sale is None or sale.sold_until is None or sale.not_today:
        return False
    return clock >= sale.sold_until


def _state(hours: Hours, now: datetime) -> Opening:
    today = now.date()
    day = _day(hours, today)
    if day is None:
        return Opening(OpeningState.UNKNOWN)
    for start, end in day.spans:
        begins, ends = _moment(today, start), _moment(today, end)
        if now < begins:
            return _opens(OpeningState.OPENS_LATER, today, day, start)
        if now < ends:
            if not day.exact and (now - begins < FRINGE or _noon(now.time())):
                return Opening(OpeningState.UNKNOWN)
            near = ends - now <= (SOON if day.exact else FRINGE)
            state = OpeningState.CLOSES_SOON if near else OpeningState.OPEN
            return Opening(state, at=ends if day.exact else None)
    for later in (today + timedelta(days=ahead) for ahead in range(1, WEEK + 1)):
        day = _day(hours, later)
        if day is None:
            break
        if day.spans:
            return _opens(OpeningState.CLOSED_TODAY, later, day, day.spans[0][0])
    return Opening(OpeningState.CLOSED_TODAY)


def _noon(clock: time) -> bool:
    """Between the morning's nominal end and the afternoon's begin: some close for lunch."""
    return MORNING[1] <= clock < AFTERNOON[0]


def _opens(state: OpeningState, on: date, day: _Day, start: time) -> Opening:
    if day.exact:
        return Opening(state, at=_moment(on, start), opens_on=on)
    return Opening(state, opens_on=on, opens_in=part_of(start))


def _moment(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, TAIPEI)


@lru_cache(maxsize=65_536)
def _day(hours: Hours, day: date) -> _Day | None:
    """The hours of `day`; None where they are not known: a holiday, periods that cannot be read.

    Clock times of the note go before the periods, unless the two contradict each other.
    """
    holiday, note = is_holiday(day), read_note(hours.note, hours.seen)
    if note and note.closed_on(day, holiday):
        return _Day((), exact=True)
    week = parse_periods(hours.periods)
    if holiday or week is None:
        return None
    listed = week[day.weekday()]
    told = note.open_on(day, holiday) if note else ()
    if not listed and note and note.names(day.weekday()):
        return None
    if not listed or _contradict(told, listed):
        return _Day(listed, exact=False)
    return _Day(told or listed, exact=bool(told))


def _contradict(told: tuple[Span, ...], listed: tuple[Span, ...]) -> bool:
    """Whether the note is open for long in a part of the day that the periods close."""
    closed = [part for part in PARTS.values() if not any(a <= part[0] < b for a, b in listed)]
    return any(_overlap(span, part) > FRINGE for span in told for part in closed)


def _overlap(one: Span, other: Span) -> timedelta:
    start, end = max(one[0], other[0]), min(one[1], other[1])
    return datetime.combine(date.min, end) - datetime.combine(date.min, start)
