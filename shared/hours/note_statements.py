"""Clauses of a note → statements: what happens on which days at which times."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from shared.hours.note_clauses import ALONE, PURPOSES, SEPARATORS, Clause
from shared.hours.note_parts import Part, Times
from shared.hours.note_purposes import and_sold, purpose_of
from shared.hours.note_reading import SALE, SHORT_H, Reading, Statement
from shared.hours.note_said import of_words
from shared.hours.when import ALWAYS, When

LONG_BREAK_H = 6
"""Hours. Of clinics that rest from noon until evening the longest rest six."""

_TIMED = (*SALE, "open", "other")

_HEADS = {"open": "open", "sold_noun": "sold", "other": "other"}
"""What is the heading of times behind a stop: 「營業時間！08:00~21:30」."""

_EVIDENCE = frozenset(
    {
        "sold",
        "sold_out",
        "plates",
        "no_plates",
        "by_plates",
        "from",
        "topic",
        "unsold",
        "stopped",
        "none",
    }
)
_APART = ({"open", "sold"}, {"break", "sold"})
"""Purposes of which one time is never another's: 「9:00-12:00 15:00-21:00營業時間購買」."""

_ENDS = ("停止", "停售", "停賣", "停販", "停發")
_SELLS = ("sold", "sold_noun", "by_plates")

_UNSURE = ("不一定", "不固定", "不定")
_IF = ("如", "若", "倘", "沒", "sat", "sun")


def statements_of(clauses: Iterable[Clause]) -> tuple[list[Statement], Reading]:
    """What the clauses tell, and the reading: what of children's masks apart."""
    reading = Reading()
    known = [
        clause
        for clause in clauses
        if clause.says or clause.whens or clause.topics or clause.doubted or clause.parts
    ]
    reading.evidence = any(
        part.kind in _EVIDENCE or "排隊" in part.text for clause in known for part in clause.parts
    )
    reading.opening = any(part.kind == "open" for clause in known for part in clause.parts)
    for index, clause in enumerate(known):
        _read(reading, clause, last=index == len(known) - 1)
    _settle(reading)
    if not any(part.kind in _SELLS for clause in known for part in clause.parts):
        reading.told[:] = _by_plates(reading.told)
    return list(dict.fromkeys(reading.told)), reading


def _read(reading: Reading, clause: Clause, *, last: bool) -> None:
    topics = frozenset(clause.topics) or reading.topics
    reading.topics = topics
    for when in clause.doubted:
        reading.told.append(Statement("doubt", when))
    closing = any(part.kind in ("closed", "rest", "unsold") for part in clause.parts)
    for when, half in clause.halved:
        off = Statement("off", when, half=half)
        reading.told.append(off if closing else Statement("doubt", when))
    when = clause.when
    dated = any(one.single for one in when.dates)
    if not dated and any(one.weekdays for one in clause.doubted):
        without = frozenset().union(*(one.weekdays for one in clause.doubted))
        when = replace(when, without=without)
    parts, doubtful = _without_hazards(reading, clause)
    timed = any(part.kind == "times" for part in parts)
    said = timed or any(part.kind in ALONE for part in parts)
    if doubtful and not when.free and (not said or doubtful == "all"):
        reading.told.append(Statement("doubt", when))
        if not timed:
            return
    if not said:
        if doubtful:
            return
        _heading(reading, clause, when, last)
        if when.some_days:
            reading.told.append(Statement("named", when))
        return
    when = _narrowed(reading, when, parts)
    told = list(_statements(reading, parts, when, topics))
    kept = [one for one in told if one.about != "?"]
    if not told and when.some_days:
        reading.told.append(Statement("named", when))
    reading.told.extend(kept)
    reading.pending.extend(one for one in told if one.about == "?")
    sale = [one for one in kept if one.about in SALE and one.times]
    heading = not timed and not when.some_days and any(one.about == "sold" for one in kept)
    if (sale or (heading and when.dates)) and not any(one.single for one in when.dates):
        reading.when = when  # 「自2/11-2/29口罩販售週一三五，9:00-12:00」
    period = tuple(one for one in when.dates if not one.single)
    if period and any(one.about == "?" for one in told):
        reading.when = When(dates=period)  # 「自2/11-2/29週一9:00、週六18:30販售」
    purposes = {one.about for one in kept if one.times and one.about in _TIMED}
    if len(purposes) == 1:
        reading.purpose = purposes.pop()
    elif purposes or (topics and clause.topics):
        reading.purpose = "" if purposes else "sold"
    if not timed:
        heads = [_HEADS[part.kind] for part in parts if part.kind in _HEADS]
        reading.purpose = heads[-1] if heads else reading.purpose
    if [part.kind for part in parts[-1:]] == ["colon"] and parts[-2:-1]:
        reading.purpose = _HEADS.get(parts[-2].kind, reading.purpose)  # 「…，營業時間：」
    if _headed(clause) or (timed and reading.awaited):
        reading.headed |= bool(sale)
    elif kept and reading.pending and not reading.headed:
        _join_pending(reading, kept)
    reading.awaited = not timed and any(part.kind in ("topic", "sold_noun") for part in parts)


def _join_pending(reading: Reading, kept: Sequence[Statement]) -> None:
    """「週一至週五15:00~17:00 週六10:00~12:00販售」: the purpose stands behind all times."""
    about = next((one.about for one in kept if one.times and one.about in _TIMED), None)
    if about is None and any(one.about == "sold" for one in kept):
        about = "sold"
    opening = about == "plates" and any(t.end for one in reading.pending for t in one.times)
    if about and not opening:
        reading.told.extend(replace(one, about=about) for one in reading.pending)
        reading.pending.clear()


def _headed(clause: Clause) -> bool:
    """「8:00-21:00。口罩販售時間週一至週五14:00」: what stands before its own time is of that."""
    for part in clause.parts[clause.taken :]:
        if part.kind == "times":
            return False
        if part.kind in ("sold_noun", "topic"):
            return True
    return False


def _heading(reading: Reading, clause: Clause, when: When, last: bool) -> None:
    """「週一至週六：」 — days alone are of what follows, or behind all of what went before."""
    if clause.topics:
        reading.purpose = "sold"
    if when.free:
        return
    sales = [one for one in reading.told if one.about in SALE]
    if clause.loose and not when.some_days:
        return
    if any(part.kind == "unknown" for part in clause.parts):
        reading.when = when if not last else reading.when
        return  # 「8:00開始（星期日滾動式調整）」
    if last and sales and all(one.when.free and not one.when.every_day for one in sales):
        reading.told[:] = [
            replace(one, when=when) if one.about in SALE else one for one in reading.told
        ]
        return
    reading.when = when


def _narrowed(reading: Reading, own: When, parts: Sequence[Part]) -> When:
    """The days of a clause: its own, else those spoken of; a period of validity goes on."""
    spoken_of = reading.when
    kinds = {part.kind for part in parts}
    if own.free and not own.every_day:
        return spoken_of if kinds & {"times", "plates"} else own
    period = tuple(one for one in spoken_of.dates if not one.single)
    if period and not own.dates and kinds & {"times", "plates"}:
        return own.with_dates(period)
    return own


def _without_hazards(reading: Reading, clause: Clause) -> tuple[list[Part], str]:
    """The parts that are sure; and whether something was left out: "", "some", "all"."""
    kept: list[Part] = []
    doubtful = ""
    conditional, reading.conditional = reading.conditional, False
    kinds = {part.kind for part in clause.parts}
    timed_days = clause.when.some_days or clause.when.dates
    for segment in _segments(clause.parts):
        here = {part.kind for part in segment}
        says = here & (ALONE | {"times"})
        reading.conditional = not says and any(
            part.kind == "turn" and part.text.startswith(_IF) for part in segment
        )  # 「如有剩餘，星期日9:00發放」
        adults = any(part.text.startswith(("成人", "大人")) for part in segment)
        apart = "adult_only" not in kinds and not adults
        alone = (adults or "adult_only" in here) and "child_only" not in here
        reading.adults |= alone and "times" in here
        if "child_only" in here and apart and says - {"sold_out"}:
            if here & {"times", "unsold", "stopped"}:
                reading.children.extend(_of_children(reading, clause, segment))
                continue
        if "other" in here and "times" in here and "topic" not in here and not here & {"plates"}:
            segment = [p for p in segment if p.kind not in ("sold", "sold_noun", "open")]
        if "number_of" in here and "times" in kinds:
            reading.told.append(Statement("doubt", ALWAYS))
        if "other" in here and here & {"closed", "rest", "unsold", "stopped", "none"}:
            doubtful = "some"
            continue
        if conditional and "times" in here:
            doubtful, conditional = "all", False
            continue
        if "adult_only" in here and any("停" in p.text for p in segment if p.kind == "turn"):
            reading.told.append(Statement("doubt", ALWAYS))  # 「成人暫停中」
        if not timed_days and _at_no_fixed_time(segment):
            reading.told.append(Statement("doubt", ALWAYS))
        if here & {"turn", "today"}:
            sold_before = any(part.kind == "times" for part in kept)
            conditional = not sold_before and any(p.text.startswith(_IF) for p in segment)
            unsure = says - {"sold_out", "by_plates", "other"}
            if "other" in here and not unsure:
                continue
            doubtful = "all" if unsure else doubtful or "some"
            continue
        if "change" in here and clause.when.free and "times" in here:
            if any(one.about in SALE and one.times for one in reading.told):
                reading.told.append(Statement("doubt", ALWAYS))
        kept.extend(segment)
    if doubtful == "all" and _keeps_purpose(kept):
        doubtful = "some"  # 「每日9:00販售，若…」: the times stand before what is not sure
    return kept, doubtful


def _keeps_purpose(kept: Sequence[Part]) -> bool:
    """「週一9:30 發號碼牌並取…」: whether a time is left, and what it is the time of."""
    kinds = {part.kind for part in kept}
    return "times" in kinds and bool(kinds & PURPOSES or "topic" in kinds)


def _of_children(reading: Reading, clause: Clause, segment: list[Part]) -> Iterator[Statement]:
    """「兒童口罩10:00販售」 beside the adults' time; a time alone is that of their sale."""
    when = _narrowed(reading, clause.when, segment)
    if {"turn", "today", "change"} & {part.kind for part in segment}:
        yield Statement("doubt", when)
        return
    alone = Reading(purpose="sold", topics=reading.topics)
    for one in _statements(alone, segment, when, frozenset(clause.topics) or reading.topics):
        yield replace(one, about="sold") if one.about == "?" else one


def _at_no_fixed_time(segment: Sequence[Part]) -> bool:
    """「每日販賣時間不一定，最快9:30」; that of the delivery is another."""
    if not any(part.kind in ("sold", "sold_noun") for part in segment):
        return False
    for part, following in pairwise(segment):
        if part.text.endswith(("時間", "時段")) and following.text.startswith(_UNSURE):
            return True
    return False


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
    purposes: list[str] = []
    for index, part in enumerate(parts):
        if part.kind == "times" and isinstance(part.value, Times):
            purpose = purpose_of(reading, parts, index, used)
            if {*purposes[-1:], purpose} in _APART and _in_a_row(parts, index):
                yield Statement("doubt", when)
            value = part.value
            if purpose == "unsold" and purposes[-1:] == ["sold"]:
                end = _end_of(found["sold"][-1], value, parts[:index], parts[index + 1])
                purpose, value = ("sold", end) if end else (purpose, value)
            purposes.append(purpose)
            found.setdefault(purpose, []).append(value)
    if "plates" in found and "sold" not in found and and_sold(parts):
        found["sold"] = [Times(one.start) for one in found["plates"] if one.start]
    grouped = "sold" in found and any(one.about == "sold" for one in reading.told)
    for purpose, times in found.items():
        # 「週一至五8-19，週六8-16，午休12-14」: the break is that of all groups of days
        days = ALWAYS if purpose == "break" and grouped else when
        if purpose == "break" and not any(part.kind == "sold" for part in parts):
            times = [one for one in times if one.start]
        yield from _of_times(purpose, times, days, topics)
    yield from of_words(reading, parts, when, topics, used, timed=found)


def _end_of(sold: Times, told: Times, before: Sequence[Part], word: Part) -> Times | None:
    """「14:00開始販售，18:00停止販售」: the end of the sale that stands right before."""
    start = sold.start if sold.clear and not sold.end else None
    last = told.start if told.clear and not told.end else None
    ends = word.kind == "unsold" and word.text.startswith(_ENDS)
    pause = any(part.kind in ("break", "rest") for part in before)  # 「中午休息12:00停售」
    return Times(None, last) if ends and not pause and start and last and last > start else None


def _in_a_row(parts: Sequence[Part], index: int) -> bool:
    """「9:00-12:00 15:00-21:00」: whether but a sign stands between it and the time before."""
    for part in reversed(parts[:index]):
        if part.kind == "times":
            return True
        if part.kind not in ("space", "soft") and part.text not in ("及", "和", "與", "&"):
            return False
    return False


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
    vague = len(starts) + len(ends) < len(times)
    if purpose == "plates":
        starts = tuple(one for one in times if one.start is not None)
        vague = False
    if vague and purpose in ("sold", "?"):
        yield Statement("doubt", when, topics=topics)
        return
    if starts:
        yield Statement(purpose, when, starts, topics)
    if ends and (purpose == "sold" or (purpose == "break" and not when.free)):
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
    if reading.headed:  # 「週一至週日8:30-22:00，口罩販售時間13:00」: the days it is open
        days = (one.when for one in reading.pending if one.when.weekdays and not _is_short(one))
        reading.told.extend(Statement("named", when) for when in days)
    for one in () if reading.headed else reading.pending:
        short = _is_short(one)
        if not reading.opening and (reading.evidence or reading.topics or short):
            reading.told.append(replace(one, about="sold"))
        elif not one.when.free:
            reading.told.append(replace(one, about="doubt", times=()))
    reading.pending.clear()


def _is_short(statement: Statement) -> bool:
    """Whether no pharmacy is open for so short a time."""
    return all(
        one.end and one.start and one.end.hour - one.start.hour <= SHORT_H
        for one in statement.times
    )


def _by_plates(told: Sequence[Statement]) -> Iterator[Statement]:
    """「平日9:45 週六10:15發號碼牌」, and no word of a sale: whose times are the other days'?"""
    days = frozenset().union(*(one.when.weekdays for one in told if one.about == "plates"))
    for one in told:
        apart = days and one.when.weekdays and not one.when.weekdays & days
        unsure = apart and one.about == "sold" and one.times
        yield replace(one, about="doubt", times=()) if unsure else one
