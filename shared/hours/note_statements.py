"""Clauses of a note → statements: what happens on which days at which times."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from shared.hours.clock_times import Times
from shared.hours.note_clauses import ALONE, SEPARATORS, Clause
from shared.hours.note_parts import OFF, part_after
from shared.hours.note_purposes import and_sold, purpose_of
from shared.hours.note_reading import SALE, SHORT_H, Reading, Statement
from shared.hours.note_said import of_words
from shared.hours.note_tokens import Part
from shared.hours.when import ALWAYS, When

_TIMED = (*SALE, "open", "other")

_HEADS = {"open": "open", "sold_noun": "sold", "other": "other"}
"""What is the heading of times behind a stop: 「營業時間！08:00~21:30」."""

_EVIDENCE = frozenset({"sold_out", "no_plates", "from", "unsold"})
_APART = ({"open", "sold"}, {"break", "sold"})
"""Purposes of which one time is never another's: 「9:00-12:00 15:00-21:00營業時間購買」."""

LONG_BREAK_H = 6
"""Hours. Of clinics that rest from noon until evening the longest rest six."""

_SAYS = (ALONE | {"times"}) - {"sold_out", "by_plates", "other"}
"""What is unsure where it stands beside a word that turns its meaning."""

_HEADINGS = ("sold_noun", "topic")
_LEADING = (*_HEADINGS, "times")

_IF = ("如", "若", "倘", "sat", "sun")
_ENDS = ("停止", "停售")


def statements_of(clauses: Iterable[Clause]) -> tuple[list[Statement], Reading]:
    """What the clauses tell, and the reading: what of children's masks apart."""
    reading = Reading()
    known = list(clauses)
    parts = [part for clause in known for part in clause.parts]
    reading.evidence = any(part.kind in _EVIDENCE or "排隊" in part.text for part in parts)
    reading.opening = any(part.kind == "open" for part in parts)
    for clause in known:
        _read(reading, clause)
    _settle(reading)
    if not any(part.kind in ("sold", "sold_noun") for part in parts):
        reading.told[:] = _by_plates(reading.told)
    return list(dict.fromkeys(reading.told)), reading


def _by_plates(told: Sequence[Statement]) -> Iterator[Statement]:
    """「平日9:45 週六10:15發號碼牌」, and no word of a sale: whose times are the other days'?"""
    days = frozenset().union(*(one.when.weekdays for one in told if one.about == "plates"))
    for one in told:
        apart = days and one.when.weekdays and not one.when.weekdays & days
        unsure = apart and one.about == "sold"
        yield replace(one, about="doubt", times=()) if unsure else one


def _read(reading: Reading, clause: Clause) -> None:
    reading.topics = clause.topics or reading.topics
    reading.told.extend(Statement("doubt", when) for when in clause.doubted)
    when = clause.when
    parts, left_out = _without_hazards(reading, clause)
    kinds = {part.kind for part in parts}
    if kinds & ALONE or ("times" in kinds and ("topic" in kinds or not left_out & _SAYS)):
        _tell(reading, clause, parts)
    elif left_out and not when.free:
        reading.told.append(Statement("doubt", when))
    else:
        _heading(reading, clause)


def _heading(reading: Reading, clause: Clause) -> None:
    """「週一至週六：」 — days alone are of what follows, or behind all of what went before."""
    if clause.when.free:
        return
    reading.when = clause.when
    reading.told.append(Statement("named", clause.when))
    sales = [one for one in reading.told if one.about in SALE]
    known = all(part.kind != "unknown" for part in clause.parts)
    if known and all(one.when.free and not one.when.every_day for one in sales):
        reading.told[:] = [
            replace(one, when=clause.when) if one in sales else one for one in reading.told
        ]


def _tell(reading: Reading, clause: Clause, parts: Sequence[Part]) -> None:
    """What a clause tells, and what is known of the next one then."""
    when = _narrowed(reading, clause.when, parts)
    told = list(_statements(reading, parts, when, reading.topics))
    if not told:
        told = [Statement("named", when)]
    kept = [one for one in told if one.about != "?"]
    waiting = [one for one in told if one.about == "?"]
    reading.told.extend(kept)
    reading.pending.extend(waiting)
    timed = any(part.kind == "times" for part in parts)
    sale = [one for one in kept if one.about in SALE and (one.times or (when.dates and not timed))]
    if sale and not any(one.single for one in when.dates):
        reading.when = when  # 「自2/11-2/29口罩販售週一三五，9:00-12:00」
    if waiting and when.period:
        reading.when = When(dates=when.period)  # 「自2/11-2/29週一9:00、週六18:30販售」
    purposes = {one.about for one in kept if one.times and one.about in _TIMED}
    if len(purposes) == 1:
        reading.purpose = purposes.pop()
    elif purposes or clause.topics:
        reading.purpose = "" if purposes else "sold"
    head = next((_HEADS[part.kind] for part in reversed(parts) if part.kind in _HEADS), "")
    if head and not timed:
        reading.purpose = head
    if _headed(clause):
        reading.headed |= bool(sale)
    elif not reading.headed:
        _join_pending(reading, kept)


def _join_pending(reading: Reading, kept: Sequence[Statement]) -> None:
    """「週一至週五15:00~17:00 週六10:00~12:00販售」: the purpose stands behind all times."""
    about = next((one.about for one in kept if one.times and one.about in _TIMED), None)
    opening = about == "plates" and any(t.end for one in reading.pending for t in one.times)
    if about and not opening:
        reading.told.extend(replace(one, about=about) for one in reading.pending)
        reading.pending.clear()


def _headed(clause: Clause) -> bool:
    """「8:00-21:00。口罩販售時間週一至週五14:00」: what stands before its own time is of that."""
    kinds = (part.kind for part in clause.parts)
    return next((kind for kind in kinds if kind in _LEADING), "") in _HEADINGS


def _narrowed(reading: Reading, own: When, parts: Sequence[Part]) -> When:
    """The days of a clause: its own, else those spoken of; a period of validity goes on."""
    if not any(part.kind in ("times", "plates") for part in parts):
        return own
    if own.free and not own.every_day:
        return reading.when
    return own if own.dates else own.with_dates(reading.when.period)


def _without_hazards(reading: Reading, clause: Clause) -> tuple[list[Part], set[str]]:
    """The parts that are sure, and the kinds of those that were left out."""
    kept: list[Part] = []
    left_out: set[str] = set()
    conditional = reading.conditional
    for segment in _segments(clause.parts):
        here = {part.kind for part in segment}
        adults = any(part.text.startswith(("成人", "大人")) for part in segment)
        reading.adults |= adults and "times" in here and "child_only" not in here
        apart = not adults and all(part.kind != "adult_only" for part in clause.parts)
        if "child_only" in here and apart and here & {"times", "unsold", "stopped"}:
            when = _narrowed(reading, clause.when, segment)
            alone = Reading(purpose="sold")  # a time alone is that of their sale
            reading.children.extend(_statements(alone, segment, when, reading.topics))
            continue
        changed = "change" in here and any(one.about in SALE and one.times for one in reading.told)
        if "number_of" in here or (changed and clause.when.free):
            reading.told.append(Statement("doubt", ALWAYS))
        says = here & (ALONE | {"times"})
        condition = any(part.kind == "turn" and part.text.startswith(_IF) for part in segment)
        unsure = here & {"turn", "today"} or (conditional and "times" in here)
        conditional = condition or (conditional and "times" not in here)
        reading.conditional = condition and not says  # 「若有餘量，週日9:00販售」
        if unsure or ("other" in here and here & OFF):
            left_out |= here
            continue
        if {"other", "times"} <= here and "topic" not in here:
            segment = [p for p in segment if p.kind not in ("sold", "sold_noun", "open")]
        kept.extend(segment)
    return kept, left_out


def _segments(parts: Sequence[Part]) -> Iterator[list[Part]]:
    segment: list[Part] = []
    for part in parts:
        segment.append(part)
        if part.kind in SEPARATORS or part.kind == "space":
            yield segment
            segment = []
    if segment:
        yield segment


def _statements(
    reading: Reading, parts: Sequence[Part], when: When, topics: frozenset[str]
) -> Iterator[Statement]:
    found: dict[str, list[Times]] = {}
    used: set[int] = set()
    last = ""
    for index, part in enumerate(parts):
        times = part.value
        if isinstance(times, Times):
            purpose = purpose_of(reading, parts, index, used)
            if {last, purpose} in _APART and _in_a_row(parts, index):
                yield Statement("doubt", when)
            ends = not times.end and part_after(parts, index).text.startswith(_ENDS)
            if any(one.kind in ("break", "rest") for one in parts[:index]):
                ends = False  # 「中午休息12:00停售」
            if ends and (last, purpose) == ("sold", "unsold"):
                purpose, times = "sold", Times(None, times.start)  # 「14:00販售，18:00停止販售」
            found.setdefault(purpose, []).append(times)
            last = purpose
    if "plates" in found and "sold" not in found and and_sold(parts):
        found["sold"] = [Times(one.start) for one in found["plates"]]
    grouped = "sold" in found and any(one.about == "sold" for one in reading.told)
    for purpose, spans in found.items():
        # 「週一至五8-19，週六8-16，午休12-14」: the break is that of all groups of days
        days = ALWAYS if purpose == "break" and grouped else when
        yield from _of_times(purpose, spans, days, topics)
    yield from of_words(reading, parts, when, topics, used, timed=found)


def _in_a_row(parts: Sequence[Part], index: int) -> bool:
    """「9:00-12:00 15:00-21:00」: whether but a sign stands between it and the time before."""
    signs = ("及", "和", "與", "&")
    before = (part for part in reversed(parts[:index]) if part.text not in signs)
    return next((part.kind for part in before if part.kind not in ("space", "soft")), "") == "times"


def _of_times(
    purpose: str, times: Sequence[Times], when: When, topics: frozenset[str]
) -> Iterator[Statement]:
    if purpose == "unsold":
        spans = tuple(one for one in times if one.start and one.end and one.clear)
        sure = len(spans) == len(times)  # 「12:00-14:00不販售」
        yield Statement("break", when, spans) if sure else Statement("doubt", when)
        return
    if purpose == "break" and any(_all_day(one) for one in times):
        yield Statement("doubt", when)  # 「09:00~12:00.午休14:00~21:00」
        return
    ends = tuple(one for one in times if one.start is None and one.end and one.clear)
    starts = tuple(one for one in times if one.start is not None and one.clear)
    if purpose in ("sold", "?") and len(starts) + len(ends) < len(times):
        yield Statement("doubt", when, topics=topics)
        return
    if starts:
        yield Statement(purpose, when, starts, topics)
    if ends and purpose == "sold":
        yield Statement("until", when, ends, topics)
    elif ends and purpose == "open" and when.some_days:
        yield Statement("open_until", when, ends)


def _all_day(times: Times) -> bool:
    """Whether it is too long for a break."""
    if times.start is None or times.end is None:
        return False
    return times.end.hour - times.start.hour > LONG_BREAK_H


def _settle(reading: Reading) -> None:
    """Times to which no purpose came: the sale's where they cannot be the opening hours'."""
    for one in reading.pending:
        short = _is_short(one)
        if reading.headed:  # 「週一至週日8:30-22:00，口罩販售時間13:00」: the days it is open
            if one.when.weekdays and not short:
                reading.told.append(Statement("named", one.when))
        elif not reading.opening and (reading.evidence or reading.topics or short):
            reading.told.append(replace(one, about="sold"))
        elif not one.when.free:
            reading.told.append(replace(one, about="doubt", times=()))


def _is_short(statement: Statement) -> bool:
    """Whether no pharmacy is open for so short a time."""
    return all(
        one.end and one.start and one.end.hour - one.start.hour <= SHORT_H
        for one in statement.times
    )
