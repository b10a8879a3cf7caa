"""Tokens of a note → clauses: times, dates and purposes that stand together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import time

from shared.hours.clock import Written
from shared.hours.note_tokens import WEEK, Date, Days, Token, Unread, Word


@dataclass(frozen=True, slots=True)
class Times:
    """A time or a range."""

    start: time
    end: time | None = None
    """None: open, or until none is left"""


@dataclass(frozen=True, slots=True)
class Dates:
    """From one date to another; one day where both are the same."""

    first: Date
    last: Date | None = None
    """None: from then on"""


@dataclass(frozen=True, slots=True)
class When:
    """The days for which something holds; what is not set does not limit them."""

    weekdays: frozenset[int] = frozenset()
    normally: bool = False
    """nothing is said of the other weekdays"""
    dates: tuple[Dates, ...] = ()
    """on one of them"""
    holidays: bool = False
    """on public holidays"""

    @property
    def some_weekdays(self) -> bool:
        """Whether it holds for some weekdays and not for others."""
        return 0 < len(self.weekdays) < len(WEEK)


ALWAYS = When()


@dataclass(frozen=True, slots=True)
class Clause:
    """What stands together in a note: "on these days", "from then to then", "sold"."""

    when: When = ALWAYS
    marks: tuple[str, ...] = ()
    """what is spoken of, in order: kinds of `note_words.yaml`, "times" for the next of `times`"""
    times: tuple[Times, ...] = ()


Part = Times | Dates | Days | Word

_END = Word("|")
_DASH = Word("-")
_SILENT = {"start", "sold_out", "from"}
"""Words that tell nothing more where they stand alone: 「開始販售」, 「售完為止」."""

_NEVER_ALONE = {"-", "after", "until"}
"""Words that change the meaning of something that was not recognised beside them."""


def clauses_of(tokens: Sequence[Token]) -> Iterator[Clause]:
    """The clauses in order: they end at a stop, and before days that come after times."""
    clause = Clause()
    for part in _parts(tokens):
        if part == _END or (clause.times and (_names_days(part) or _new_topic(part, clause))):
            if clause != Clause():
                yield clause
            clause = Clause()
        clause = _with(clause, part)
    if clause != Clause():
        yield clause


def _names_days(part: Part) -> bool:
    return isinstance(part, Days | Dates) or part == Word("holiday")


def _new_topic(part: Part, clause: Clause) -> bool:
    """「營業時間10:00-22:00口罩18:00販售」: the masks begin something else."""
    return part == Word("topic") and set(clause.marks) > {"times"}


def _with(clause: Clause, part: Part) -> Clause:
    when, marks = clause.when, clause.marks
    match part:
        case Times():
            return replace(clause, marks=(*marks, "times"), times=(*clause.times, part))
        case Days(weekdays, normally):
            days, loose = when.weekdays | weekdays, when.normally or normally
            return replace(clause, when=replace(when, weekdays=days, normally=loose))
        case Dates():
            return replace(clause, when=replace(when, dates=(*when.dates, part)))
        case Word("holiday"):
            return replace(clause, when=replace(when, holidays=True))
        case Word("|"):
            return clause
        case Word(kind):
            same = marks[-1:] == (kind,)
            return clause if same else replace(clause, marks=(*marks, kind))
    raise Unread(str(part))


def _parts(tokens: Sequence[Token]) -> Iterator[Part]:
    """Tokens with ranges put together. Raises Unread for a dash that joins nothing."""
    place = 0
    while place < len(tokens):
        token = tokens[place]
        rest = tokens[place + 1 :]
        if isinstance(token, Written):
            part, used = _times(token, rest)
            yield part
        elif isinstance(token, Date):
            since = place > 0 and tokens[place - 1] == Word("from")
            dates, used = _dates(token, rest, since=since)
            yield dates
        elif isinstance(token, Days):
            yield token
            used = 0
        elif token == Word("everyday"):
            yield Days(frozenset(WEEK))
            used = 0
        else:
            used = 0
            if token == _DASH and _kinds(rest, 1) == ["sold_out"]:
                pass
            elif token.kind in _NEVER_ALONE:
                raise Unread(token.kind)
            elif token.kind not in _SILENT:
                yield token
        place += 1 + used


def _kinds(tokens: Sequence[Token], count: int) -> list[str]:
    """What the next `count` tokens are; "" after the end."""
    kinds = []
    for place in range(count):
        token = tokens[place] if place < len(tokens) else Word("")
        kinds.append(token.kind if isinstance(token, Word) else type(token).__name__)
    return kinds


def _times(first: Written, rest: Sequence[Token]) -> tuple[Times, int]:
    """The times that start with `first`, and how many of the tokens after it they take."""
    start = first.read()
    if start is None:
        raise Unread(str(first))
    used = 1 if _kinds(rest, 1) == ["start"] else 0
    match _kinds(rest[used:], 2):
        case ["-", "Written"]:
            last = rest[used + 1]
            end = last.read(first) if isinstance(last, Written) else None
            if end is None or end <= start:
                raise Unread(f"{first} to {last}")
            used += 2
            return Times(start, end), used + (_kinds(rest[used:], 1) == ["until"])
        case ["-", "start" | "sold_out" | "|" | ""]:
            return Times(start), used + 1
        case ["after", _]:
            return Times(start), used + 1
    return Times(start), used


def _dates(first: Date, rest: Sequence[Token], *, since: bool) -> tuple[Dates, int]:
    """The dates that start with `first`, and how many of the tokens after it they take."""
    used = 1 if _kinds(rest, 1) == ["start"] else 0
    if _kinds(rest[used:], 2) == ["-", "Date"]:
        last = rest[used + 1]
        assert isinstance(last, Date)  # noqa: S101  just compared
        used += 2
        return Dates(first, last), used + (_kinds(rest[used:], 1) == ["until"])
    return Dates(first, None if used or since else first), used
