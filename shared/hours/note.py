"""A hand-written note (看診備註) read into values, or not at all.

A time told wrong costs a walk and an unread note does not, so a note is read only when every word
of it is known and all of it fits together.
"""

import logging
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import lru_cache
from itertools import pairwise

from shared.hours.note_clauses import Dates, Times, When, clauses_of
from shared.hours.note_statements import Statement, statements_of
from shared.hours.note_tokens import WEEK, Date, Unread, tokens_of
from shared.hours.values import SaleNote, Span

log = logging.getLogger(__name__)

_BUSINESS = ("plates", "sold", "open", "also_sold")

LONGEST = 300
"""Characters. The notes of the sample have up to 61; what is far longer is no note."""

IN_FORCE = timedelta(days=150)
"""A date without its year is that of the last five months: 「8/15起」 in December is in force, in
March it is of another year."""

SHORTEST_OPENING_H = 3
"""No pharmacy opens for less; 「營業時間9:00-10:00」 ends in the evening."""


@dataclass(frozen=True, slots=True)
class Note:
    """A note of which every word was understood."""

    statements: tuple[Statement, ...]

    def on(self, day: date, holiday: bool, topic: str = "mask") -> SaleNote | None:  # noqa: ARG002
        """What the note tells of `day`; None where that is nothing."""
        sold = self._told("sold", day, holiday)
        sessions = sorted(sold, key=lambda times: times.start)
        spans = [(a.end, b.start) for a, b in pairwise(sessions) if a.end]
        spans += [(t.start, t.end) for t in self._told("break", day, holiday) if t.end]
        plates = self._told("plates", day, holiday)
        told = SaleNote(
            plates_from=plates[0].start if plates else None,
            sold_from=sessions[0].start if sessions else None,
            sold_until=sessions[-1].end if sessions else None,
            no_plates=self._stated("no_plates", day, holiday),
            see_door=self._stated("see_door", day, holiday),
            breaks=tuple(sorted(spans)),
            not_today=self._unsold(day, holiday),
        )
        if told.not_today:
            return SaleNote(not_today=True)
        return told if told != SaleNote() else None

    def open_on(self, day: date, holiday: bool) -> tuple[Span, ...]:
        """The opening hours of `day` by the clock; () where the note tells none."""
        told = self._told("open", day, holiday)
        return tuple(sorted((times.start, times.end) for times in told if times.end))

    def closed_on(self, day: date, holiday: bool) -> bool:
        """Whether the note says that the pharmacy is closed on `day`."""
        return self._stated("closed", day, holiday)

    def names(self, weekday: int) -> bool:
        """Whether it names that weekday as one on which it is open or sells."""
        spoken_of = (s.when for s in self.statements if s.about in _BUSINESS)
        return any(when.some_weekdays and weekday in when.weekdays for when in spoken_of)

    def _stated(self, about: str, day: date, holiday: bool) -> bool:
        return any(s.about == about and _holds(s.when, day, holiday) for s in self.statements)

    def _told(self, about: str, day: date, holiday: bool) -> tuple[Times, ...]:
        """Times of the statements for `day`; those for its weekday go before those for all days."""
        ours = [s for s in self.statements if s.about == about and _holds(s.when, day, holiday)]
        own = [s for s in ours if s.when.some_weekdays] or ours
        return tuple(times for statement in own for times in statement.times)

    def _unsold(self, day: date, holiday: bool) -> bool:
        if self._stated("unsold", day, holiday) or self.closed_on(day, holiday):
            return True
        sold = [s for s in self.statements if s.about in ("sold", "also_sold")]
        by_weekday = [s for s in sold if s.when.weekdays and _in_force(s.when.dates, day)]
        everyday = len(by_weekday) < len(sold)
        if any(s.when.normally for s in by_weekday):
            return False
        return (
            bool(by_weekday)
            and not everyday
            and not any(day.weekday() in s.when.weekdays for s in by_weekday)
        )


@lru_cache(maxsize=8192)
def read_note(text: str) -> Note | None:
    """`text` read whole; None where that cannot be done for sure (and for no text)."""
    if not text.strip():
        return None
    if len(text) > LONGEST:
        log.warning("sale note of %d characters left out: %.40r", len(text), text)
        return None
    try:
        note = Note(tuple(statements_of(clauses_of(tuple(tokens_of(text))))))
        _check(note)
    except Unread as reason:
        log.info("sale note not read, at %s: %.60r", reason, text)
        return None
    return note


def _check(note: Note) -> None:
    """Raises Unread where two things that the note says do not go together."""
    for weekday in WEEK:
        told = {"plates": [], "sold": [], "open": []}  # type: dict[str, list[Times]]
        for about, times in told.items():
            ours = [s for s in note.statements if s.about == about]
            own = [s for s in ours if weekday in s.when.weekdays and s.when.some_weekdays]
            everyday = [s for s in ours if not s.when.some_weekdays]
            for statement in own or everyday:
                times.extend(statement.times)
            times.sort(key=lambda t: t.start)
        plates, sold, opened = told["plates"], told["sold"], told["open"]
        if len(plates) > 1 or (plates and sold and plates[0].start > sold[0].start):
            raise Unread("number plates at two times, or after the sale")
        for sessions in (sold, opened):
            if any(a.end is None or a.end > b.start for a, b in pairwise(sessions)):
                raise Unread("times overlap")
        if opened and sum(_minutes(t) for t in opened) < SHORTEST_OPENING_H * 60:
            raise Unread("open for too short a time")


def _minutes(times: Times) -> int:
    if times.end is None:
        raise Unread("opening without an end")
    return _since_midnight(times.end) - _since_midnight(times.start)


def _since_midnight(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def _holds(when: When, day: date, holiday: bool) -> bool:
    """Whether `day` is one of `when`; weekdays and holidays add up, dates limit both."""
    if when.dates and not _in_force(when.dates, day):
        return False
    if not when.weekdays and not when.holidays:
        return True
    return day.weekday() in when.weekdays or (when.holidays and holiday)


def _in_force(dates: tuple[Dates, ...], day: date) -> bool:
    return not dates or any(_covers(item, day) for item in dates)


def _covers(dates: Dates, day: date) -> bool:
    start = _last_occurrence(dates.first, day)
    if start is None:
        return False
    if dates.last is None:
        return day - start <= IN_FORCE or dates.first.year is not None
    end = _in_year(dates.last, dates.last.year or start.year)
    if end < start:
        end = _in_year(dates.last, start.year + 1)
    return start <= day <= end


def _last_occurrence(written: Date, day: date) -> date | None:
    """The latest day on or before `day` that `written` may mean."""
    for year in (written.year,) if written.year else (day.year, day.year - 1):
        if year >= 1 and _in_year(written, year) <= day:
            return _in_year(written, year)
    return None


def _in_year(written: Date, year: int) -> date:
    """That date in `year`; one that the month does not have is its last day: 2/29, 2/30."""
    for day in range(written.day, 27, -1):
        try:
            return date(year, written.month, day)
        except ValueError:
            continue
    return date(year, written.month, min(written.day, 28))
