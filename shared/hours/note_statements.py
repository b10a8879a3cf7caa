"""Clauses of a note → statements: each time with its purpose and its days."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from shared.hours.note_clauses import ALWAYS, Clause, Times, When
from shared.hours.note_tokens import Unread

_SIDE_REMARKS = ("no_plates", "see_door")
_TIMED = ("plates", "sold", "open", "plates+sold", "open+sold")

_REWRITES = (
    # 「發放號碼牌並販售」: the time is for both
    (r"\b(?:plates and sold|sold and plates)\b", "plates+sold"),
    (r"\band\b ?", ""),
    (r"\bopen sold\b", "sold"),  # 「營業販售時間」
    (r"\b(\w+)(?: \1)+\b(?<!times)", r"\1"),  # 「開始販賣口罩時間」
)
"""What stands beside each other and is one purpose."""

_OF_ONE_TIME = (
    # 「販售時間為08:00發放號碼牌」, 「發放號碼牌販售時間08:00」: it is the plates'
    (r"^sold times plates", "times plates"),
    (r"\b(?:sold plates|plates sold)\b", "plates"),
)
"""The same in a clause with a single time."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that a note says: on these days, at these times, that."""

    about: str
    """plates, sold, open, break, closed, unsold, also_sold, no_plates, see_door"""
    when: When = ALWAYS
    times: tuple[Times, ...] = ()


@dataclass(slots=True)
class _Reading:
    """What is remembered from clause to clause."""

    when: When = ALWAYS
    """the days spoken of"""
    purpose: str = ""
    """what the last times were for; "plates+sold" for both"""
    waiting: str = ""
    """a purpose whose times follow: 「口罩販售時間：」"""
    pending: Clause | None = None
    """times whose purpose follows: 「10:00開始。為販賣口罩時間」"""
    opened: list[Statement] = field(default_factory=list)
    """opening hours, for 「口罩販售同營業時間」"""


def statements_of(clauses: Iterable[Clause]) -> Iterator[Statement]:
    """What the clauses say together. Raises Unread where that is not clear."""
    reading = _Reading()
    for clause in clauses:
        for remark in _SIDE_REMARKS:
            if remark in clause.marks:
                yield Statement(remark, clause.when)
        marks = _simplified([mark for mark in clause.marks if mark not in _SIDE_REMARKS])
        if clause.times:
            yield from _timed(reading, clause, marks)
        elif marks:
            yield from _untimed(reading, clause, marks)
        elif clause.when != ALWAYS:
            _heading(reading, clause.when)
    if reading.pending:
        raise Unread("times without a purpose")
    yield from _days_alone(reading)


def _simplified(marks: Sequence[str]) -> list[str]:
    """Marks with one name a purpose."""
    text = " ".join(marks)
    named = [mark for mark in marks if mark not in ("topic", "times")]
    text = re.sub(r"\btopic\b ?", "" if named else "sold ", text)
    if "times" in marks:
        text = re.sub(r"\bas_open\b ?", "", text)
    elif "as_open" in marks:
        text = "open+sold"
    rewrites = _REWRITES + (_OF_ONE_TIME if marks.count("times") == 1 else ())
    for pattern, instead in rewrites:
        text = re.sub(pattern, instead, text)
    return text.split()


def _heading(reading: _Reading, when: When) -> None:
    """「週一至週六：」 — days alone are those of what follows, unless they may belong before."""
    if reading.purpose and reading.when == ALWAYS:
        raise Unread("days after times")
    if reading.pending:
        raise Unread("days after times without a purpose")
    reading.when = _narrowed(reading.when, when)


def _narrowed(spoken_of: When, own: When) -> When:
    """The days of a clause: its own, else those spoken of; a period of validity goes on."""
    if own == ALWAYS:
        return spoken_of
    period = tuple(item for item in spoken_of.dates if item.first != item.last)
    if own.dates or not own.weekdays:
        return own
    return replace(own, dates=period)


def _timed(reading: _Reading, clause: Clause, marks: Sequence[str]) -> Iterator[Statement]:
    """A clause with times: alone, or with their purposes."""
    if set(marks) == {"times"}:
        purpose = reading.waiting or reading.purpose
        reading.waiting = ""
        if purpose:
            yield from _stated(reading, purpose, clause.when, clause.times)
        elif reading.pending:
            reading.pending = _joined(reading, clause, [*marks, "sold"])
        else:
            reading.pending = clause
        return
    if reading.pending and set(marks) != {"times", "break"}:
        clause = _joined(reading, clause, marks)
        marks = ["times"] * len(clause.times) + ["sold"]
    for purpose, times in _pairs(marks, clause.times):
        yield from _stated(reading, purpose, clause.when, times)


def _joined(reading: _Reading, clause: Clause, marks: Sequence[str]) -> Clause:
    """「09:00-12:00，14:00-17:00販售」 — the first of two sessions was cut off by its comma."""
    pending, reading.pending = reading.pending, None
    assert pending is not None  # noqa: S101  the caller asked
    sessions = (*pending.times, *clause.times)
    alike = marks[-1] == "sold" and set(marks[:-1]) == {"times"} and clause.when == ALWAYS
    if not alike or any(times.end is None for times in sessions):
        raise Unread("times without a purpose")
    return replace(clause, when=pending.when, times=sessions)


def _stated(
    reading: _Reading, purpose: str, own: When, times: tuple[Times, ...]
) -> Iterator[Statement]:
    if purpose == "break":
        if any(item.end is None for item in times):
            raise Unread("a break without an end")
    elif purpose in _TIMED:
        reading.purpose, reading.waiting = purpose, ""
        reading.when = _narrowed(reading.when, own)
    else:
        raise Unread(f"times of {purpose}")
    for name in purpose.split("+"):
        statement = Statement(name, _narrowed(reading.when, own), times)
        if name == "open":
            reading.opened.append(statement)
        yield statement


def _pairs(
    marks: Sequence[str], times: tuple[Times, ...]
) -> Iterator[tuple[str, tuple[Times, ...]]]:
    """Each purpose with its times, where it is clear which stand before and which behind."""
    groups = [(mark, len(list(same))) for mark, same in groupby(marks)]
    shape = "".join("x" if mark == "times" else "p" for mark, _ in groups)
    names = [mark for mark, _ in groups if mark != "times"]
    counts = [count for mark, count in groups if mark == "times"]
    if shape == "pxp" and names[0] == names[1]:
        names = names[:1]
    elif shape == "pxp" and names[1] == "break" and counts[0] > 1:
        counts = [counts[0] - 1, 1]  # 「販售09:00-17:00 12:00-13:00休息」
    elif not re.fullmatch("(px)+|(xp)+|xppx", shape):
        raise Unread("times between purposes")
    for name, count in zip(names, counts, strict=True):
        yield name, times[:count]
        times = times[count:]


def _untimed(reading: _Reading, clause: Clause, marks: Sequence[str]) -> Iterator[Statement]:
    """A clause without times: days off, or a purpose whose times stand elsewhere."""
    if len(marks) > 1:
        raise Unread(" ".join(marks))
    purpose = marks[0]
    if purpose in _TIMED:
        yield from _purpose_alone(reading, purpose, clause)
    elif purpose == "unsold" or (clause.when != ALWAYS and purpose != "break"):
        yield Statement(purpose, clause.when)
    elif clause.when != ALWAYS:  # 「週日休息」
        yield Statement("closed", clause.when)
    else:
        raise Unread(f"{purpose} on no day")


def _purpose_alone(reading: _Reading, purpose: str, clause: Clause) -> Iterator[Statement]:
    if reading.pending:
        pending, reading.pending = reading.pending, None
        if clause.when != ALWAYS and pending.when != ALWAYS:
            raise Unread("days twice")
        own = clause.when if pending.when == ALWAYS else pending.when
        yield from _stated(reading, purpose, own, pending.times)
        return
    if purpose == "open+sold" and reading.opened:
        yield from (replace(statement, about="sold") for statement in reading.opened)
        return
    yield from _days_alone(reading)
    reading.waiting = purpose
    if clause.when != ALWAYS:
        reading.when, reading.purpose = _narrowed(reading.when, clause.when), ""


def _days_alone(reading: _Reading) -> Iterator[Statement]:
    """「週一至週五販售」 — days without times."""
    if reading.waiting == "sold" and reading.when != ALWAYS:
        yield Statement("sold", reading.when)
    elif reading.waiting and reading.waiting != "sold" and reading.when != ALWAYS:
        raise Unread("days without times")
