"""A hand-written note (看診備註) read into values, by topic.

What is understood is told and the rest is left out, but what could turn the meaning of something
(改為, 除外, 不定期) holds that back: a time told wrong costs a walk.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from shared.hours.clock_times import Times
from shared.hours.note_clauses import clauses_of
from shared.hours.note_grounds import Grounds, grounds_of
from shared.hours.note_held import Held, held_by
from shared.hours.note_offs import (
    against,
    clash,
    free_saturday,
    half_off,
    in_force,
    not_sold,
    period_of,
    plates_of,
    sold_by_date,
    sold_these_days,
    vague_days,
)
from shared.hours.note_parts import parts_of
from shared.hours.note_reading import SALE, SHORT_H, Statement
from shared.hours.note_sessions import (
    breaks_of,
    closed_early,
    cut,
    ended_at,
    highest,
    minutes_of,
    sessions_of,
    start_of,
)
from shared.hours.note_statements import statements_of
from shared.hours.note_text import plain
from shared.hours.note_today import on_the_day
from shared.hours.note_tokens import tokens_of
from shared.hours.note_words import topic_words
from shared.hours.values import SaleNote, Span
from shared.hours.when import WEEK

log = logging.getLogger(__name__)

LONGEST = 300
"""Characters. Of 15,954 real notes all but a few are shorter; what is far longer is no note."""

MOST_DAYS = 4
FEW_DAYS = 3
"""Who names fewer weekdays tells of these and leaves the others open: 「週日1:00販發」."""

_OF_SALE = frozenset({*SALE, "until", "no_plates"})


@dataclass(frozen=True, slots=True)
class Note:
    """What a note tells."""

    statements: tuple[Statement, ...]
    named: frozenset[str]
    """the products that it names"""
    children: tuple[Statement, ...]
    """what it tells of children's alone"""
    adults: bool
    """its times stand beside adults alone"""
    grounds: Grounds
    """what it says outright"""
    held: Held
    """what of it is held back"""

    def on(self, day: date, holiday: bool, topic: str = "mask") -> SaleNote | None:
        """What the note tells of `topic` on `day`; None where that is nothing."""
        ours = [one for one in self.statements if self._is_of(one, topic)]
        today = [one for one in ours if one.when.holds(day, holiday)]
        if self._doubted(today, day):
            return None
        sale = [one for one in today if one.about in SALE]
        off = [one for one in today if one.about in ("closed", "unsold", "stopped")]
        if off and not self.grounds.says_off(day, holiday):
            return None
        if clash([one for one in sale if one.times], off, day):
            return None
        if not self.closed_on(day, holiday):  # 「假日公休，週六9:00販售」
            off = [one for one in off if one.about != "closed"]
        if off and (sold_these_days(sale, day) or free_saturday(sale, off, day)):
            return None
        if off and not sold_by_date(sale, off, day):
            return not_sold(off, sale, day)
        if not self.held.tells(day, holiday) or self._other_days(today, day) or vague_days(today):
            return None
        return self._sold(ours, today, day, holiday)

    def _sold(
        self, ours: Sequence[Statement], today: Sequence[Statement], day: date, holiday: bool
    ) -> SaleNote | None:
        """What is told of a day that is not off."""
        sale = [one for one in today if one.about in SALE]
        off = any(one.about in ("unsold", "stopped") for one in today)
        told = self._told(today, day, holiday)
        if told is None:
            return None
        if not told.see_door and self._elsewhere(ours, day) and not self._spoken_of(day):
            off_today = self.held.plain and not told.plates_from
            return SaleNote(not_today=True) if off_today else None
        if told == SaleNote():
            return SaleNote(sold_today=True) if off else None
        since, until = period_of(ours, sale, day)
        return replace(told, since=since, until=until)

    def for_children(self) -> "Note":
        """The same note as it is read for a child: their own times in place of the others'."""
        if not self.children and not self.adults:
            return self
        own = self.adults or any(one.times for one in self.children)
        kept = [one for one in self.statements if one.about not in _OF_SALE or not own]
        return replace(self, statements=(*kept, *self.children), children=())

    def open_on(self, day: date, holiday: bool) -> tuple[Span, ...]:
        """The opening hours of `day` by the clock; () where the note tells none."""
        held = not self.held.plain or not self.held.tells(day, holiday)
        if held or self.closed_on(day, holiday):
            return ()
        told = [one for one in self.statements if one.about in ("open", "doubt")]
        today = [one for one in told if one.when.holds(day, holiday)]
        if any(one.about == "doubt" for one in today):
            return ()
        sessions = sessions_of(today, day)
        for one in self.statements:
            if one.half and one.when.holds(day, holiday):
                sessions = cut(sessions, half_off(one))
        early = [one for one in self.statements if one.about == "open_until"]
        sessions = closed_early(sessions, [one for one in early if one.when.holds(day, holiday)])
        spans = tuple((start_of(one), one.end) for one in sessions or () if one.end)
        minutes = sum(minutes_of(end) - minutes_of(start) for start, end in spans)
        return spans if minutes >= SHORT_H * 60 else ()

    def closed_on(self, day: date, holiday: bool) -> bool:
        """Whether the note says that the pharmacy is closed on `day`."""
        today = [one for one in self.statements if one.when.holds(day, holiday)]
        closed = [one for one in today if one.about == "closed"]
        if not closed or not self.grounds.says_off(day, holiday):
            return False
        sale = [one for one in today if one.times]
        unsure = against(today, closed, day) or free_saturday(sale, closed, day)
        return not unsure and not clash(sale, closed, day)

    def names(self, weekday: int) -> bool:
        """Whether it names that weekday as one on which it is open or sells."""
        spoken_of = (one.when for one in self.statements if one.about in (*SALE, "open"))
        return any(weekday in when.weekdays and when.weekdays != WEEK for when in spoken_of)

    def _spoken_of(self, day: date) -> bool:
        """「…，週六僅上午營業」: whether it speaks of that weekday without telling of a sale."""
        said = [
            one.when
            for one in self.statements
            if one.about in ("named", "open", "open_until", "off", "unsold", "closed")
        ]
        return any(day.weekday() in when.weekdays for when in said)

    def _other_days(self, today: Sequence[Statement], day: date) -> bool:
        """「星期1-5，每日9:00」: most weekdays are named, not this one; no sale keeps to them."""
        named = [one.when for one in self.statements if one.about == "named"]
        return any(
            len(when.weekdays) >= MOST_DAYS and day.weekday() not in when.weekdays for when in named
        ) and any(not one.when.weekdays for one in today)

    def _is_of(self, statement: Statement, topic: str) -> bool:
        if statement.about in ("closed", "off", "open", "break"):
            return True
        named = statement.topics or self.named
        return topic in named if named else True

    def _doubted(self, today: Sequence[Statement], day: date) -> bool:
        if any(dates.misnamed(day) for one in self.statements for dates in one.when.dates):
            return True
        doubts = [one for one in today if one.about == "doubt"]
        if not doubts:
            return False
        others = [one for one in today if one.about in (*SALE, "closed", "unsold")]
        return not others or highest(doubts, day)[0] >= highest(others, day)[0]

    def _told(self, today: Sequence[Statement], day: date, holiday: bool) -> SaleNote | None:
        """What is told of a day on which it may be sold; None where it contradicts itself."""
        sold = sessions_of([one for one in today if one.about == "sold"], day)
        if sold == () and any(one.as_open for one in today):
            sold = tuple(Times(*span) for span in self.open_on(day, holiday))
        sold = ended_at(sold, [one for one in today if one.about == "until"])
        sold = closed_early(sold, [one for one in today if one.about == "open_until"])
        plates = sessions_of(plates_of(today), day, last=False)
        if any(one.about == "no_plates" and one.when.weekdays for one in today):
            plates = plates and ()
        for one in today:
            if one.half:
                sold, plates = cut(sold, half_off(one)), cut(plates, half_off(one))
        if sold is None:
            return None
        if plates and sold and start_of(plates[0]) > start_of(sold[-1]):
            return None
        until = sold[-1].end if sold and all(one.end for one in sold) else None
        pauses = [one for one in today if one.about == "break"]
        return SaleNote(
            plates_from=plates[0].start if plates else None,
            sold_from=sold[0].start if sold else None,
            sold_until=until,
            no_plates=any(one.about == "no_plates" for one in today) and not plates,
            see_door=any(one.about == "see_door" for one in today),
            breaks=breaks_of(sold if until else sold[:1], pauses),
        )

    def _elsewhere(self, ours: Sequence[Statement], day: date) -> bool:
        """Whether it is sold on other weekdays, of which this is none."""
        sold = [one for one in ours if one.about in ("sold", "until")]
        sale = sold or [one for one in ours if one.about == "plates"]
        return (
            all(one.when.weekdays and not one.when.normally for one in sale)
            and all(in_force(one, day) for one in sale if one.when.dates)
            and len(frozenset().union(*(one.when.weekdays for one in sale))) >= FEW_DAYS
            and not any(day.weekday() in one.when.weekdays for one in sale)
        )


@lru_cache(maxsize=8192)
def read_note(text: str, seen: date | None = None) -> Note | None:
    """What `text` tells; None where that is nothing (and for no text).

    `seen`: the day that it calls today; None: nobody knows, and what it tells of that day is not
    told.
    """
    if not text.strip():
        return None
    if len(text) > LONGEST:
        log.warning("sale note of %d characters left out: %.40r", len(text), text)
        return None
    parts = tuple(parts_of(tuple(on_the_day(tuple(tokens_of(text)), seen))))
    statements, reading = statements_of(clauses_of(parts))
    told = tuple(one for one in statements if one.about not in ("other", "?"))
    if all(one.about == "named" for one in (*told, *reading.children)):
        log.info("sale note not read: %.60r", text)
        return None
    written = plain(text)
    named = frozenset(topic for word, topic in topic_words().items() if word in written)
    return Note(
        told,
        named,
        children=tuple(dict.fromkeys(reading.children)),
        adults=reading.adults,
        grounds=grounds_of(parts),
        held=held_by(parts, (*statements, *reading.children)),
    )
