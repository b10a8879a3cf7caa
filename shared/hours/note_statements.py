"""Clauses of a note → statements: what happens on which days at which times."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from shared.hours.clock import Half
from shared.hours.note_clauses import ALONE, PURPOSES, SEPARATORS, Clause
from shared.hours.note_parts import Part, Times
from shared.hours.when import ALWAYS, When

SHORT_H = 3
"""No pharmacy opens for less: 「14:00-16:00」 alone is the sale, and 「營業時間9:00-10:00」 ends in
the evening."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that a note tells."""

    about: str
    """plates, sold, open, break, closed, unsold, stopped, no_plates, see_door; until: a sale ends
    at …; off: closed in a part of the day; doubt: nothing is sure on these days"""
    when: When
    times: tuple[Times, ...] = ()
    topics: frozenset[str] = frozenset()
    """empty: whatever the note is about"""
    as_open: bool = False
    """sold while it is open"""
    half: Half | None = None
    """off"""


@dataclass(slots=True)
class _Reading:
    """What is known where the next clause begins."""

    purpose: str = ""
    topics: frozenset[str] = frozenset()
    when: When = ALWAYS
    told: list[Statement] = field(default_factory=list)
    pending: list[Statement] = field(default_factory=list)
    """times whose purpose is not told yet"""
    evidence: bool = False
    """something speaks of a sale: 排隊, 售完, 號碼牌"""
    split: bool = False
    """children's and adults' are sold apart"""


_SALE = ("plates", "sold")
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
_IF = ("如", "若", "倘", "沒", "sat", "sun")
_AGAIN = ("停止", "停售", "停賣", "停販", "停發", "不再", "停")


def statements_of(clauses: Iterable[Clause]) -> tuple[list[Statement], bool]:
    """What the clauses tell, and whether children's masks are spoken of apart."""
    reading = _Reading()
    known = [
        clause
        for clause in clauses
        if clause.says or clause.whens or clause.topics or clause.doubted or clause.parts
    ]
    reading.evidence = any(
        part.kind in _EVIDENCE or "排隊" in part.text for clause in known for part in clause.parts
    )
    for index, clause in enumerate(known):
        _read(reading, clause, last=index == len(known) - 1)
    _settle(reading)
    return _consistent(reading.told), reading.split


def _read(reading: _Reading, clause: Clause, *, last: bool) -> None:
    topics = frozenset(clause.topics) or reading.topics
    reading.topics = topics
    for when in clause.doubted:
        reading.told.append(Statement("doubt", when))
    when = clause.when
    if clause.doubted and any(one.weekdays for one in clause.doubted):
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
        return
    when = _narrowed(reading, when, parts)
    told = list(_statements(reading, parts, when, topics))
    kept = [one for one in told if one.about != "?"]
    reading.told.extend(kept)
    reading.pending.extend(one for one in told if one.about == "?")
    sale = [one for one in kept if one.about in _SALE and one.times]
    if sale and not any(one.single for one in when.dates):
        reading.when = when
    purposes = {one.about for one in kept if one.times and one.about in (*_SALE, "open", "other")}
    if len(purposes) == 1:
        reading.purpose = purposes.pop()
    elif purposes or (topics and clause.topics):
        reading.purpose = "" if purposes else "sold"
    if not timed:
        heads = [_HEADS[part.kind] for part in parts if part.kind in _HEADS]
        reading.purpose = heads[-1] if heads else reading.purpose
    if kept and reading.pending:
        _join_pending(reading, kept, clause)


def _join_pending(reading: _Reading, kept: Sequence[Statement], clause: Clause) -> None:
    """「週一至週五15:00~17:00 週六10:00~12:00販售」: the purpose stands behind all times."""
    about = next((one.about for one in kept if one.times), None)
    if about is None and any(one.about == "sold" for one in kept):
        about = "sold"
    if about and not clause.topics - reading.topics:
        reading.told.extend(replace(one, about=about) for one in reading.pending)
        reading.pending.clear()


def _heading(reading: _Reading, clause: Clause, when: When, last: bool) -> None:
    """「週一至週六：」 — days alone are of what follows, or behind all of what went before."""
    if clause.topics:
        reading.purpose = "sold"
    if when.free:
        return
    sales = [one for one in reading.told if one.about in _SALE]
    if last and sales and all(one.when.free and not one.when.every_day for one in sales):
        reading.told[:] = [
            replace(one, when=when) if one.about in _SALE else one for one in reading.told
        ]
        return
    reading.when = when


def _narrowed(reading: _Reading, own: When, parts: Sequence[Part]) -> When:
    """The days of a clause: its own, else those spoken of; a period of validity goes on."""
    spoken_of = reading.when
    kinds = {part.kind for part in parts}
    if own.free and not own.every_day:
        return spoken_of if kinds & {"times", "plates"} else own
    period = tuple(one for one in spoken_of.dates if not one.single)
    if period and not own.dates and kinds & {"times", "plates"}:
        return own.with_dates(period)
    return own


def _without_hazards(reading: _Reading, clause: Clause) -> tuple[list[Part], str]:
    """The parts that are sure; and whether something was left out: "", "some", "all"."""
    kept: list[Part] = []
    doubtful = ""
    conditional = False
    kinds = {part.kind for part in clause.parts}
    for segment in _segments(clause.parts):
        here = {part.kind for part in segment}
        says = here & (ALONE | {"times"})
        if "child_only" in here and "adult_only" not in kinds and says - {"sold_out"}:
            if here & {"times", "unsold", "stopped"}:
                reading.split = True
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
        if here & {"turn", "today"}:
            sold_before = any(part.kind == "times" for part in kept)
            conditional = not sold_before and any(p.text.startswith(_IF) for p in segment)
            doubtful = "all" if says - {"sold_out", "by_plates"} else doubtful or "some"
            continue
        if "change" in here and clause.when.free and "times" in here:
            if any(one.about in _SALE and one.times for one in reading.told):
                reading.told.append(Statement("doubt", ALWAYS))
        kept.extend(segment)
    if doubtful == "all" and any(part.kind == "times" for part in kept):
        doubtful = "some"  # 「每日9:00販售，若…」: the times stand before what is not sure
    return kept, doubtful


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
    reading: _Reading, parts: Sequence[Part], when: When, topics: frozenset[str]
) -> Iterator[Statement]:
    found: dict[str, list[Times]] = {}
    used: set[int] = set()
    for index, part in enumerate(parts):
        if part.kind == "times" and isinstance(part.value, Times):
            purpose = _purpose(reading, parts, index, used)
            found.setdefault(purpose, []).append(part.value)
    if "plates" in found and "sold" not in found and _and_sold(parts):
        found["sold"] = [Times(one.start) for one in found["plates"] if one.start]
    grouped = "sold" in found and any(one.about == "sold" for one in reading.told)
    for purpose, times in found.items():
        # 「週一至五8-19，週六8-16，午休12-14」: the break is that of all groups of days
        days = ALWAYS if purpose == "break" and grouped else when
        if purpose == "break" and not any(part.kind == "sold" for part in parts):
            times = [one for one in times if one.start]
        yield from _of_times(purpose, times, days, topics)
    yield from _of_words(reading, parts, when, topics, used, timed=found)


def _purpose(reading: _Reading, parts: Sequence[Part], index: int, used: set[int]) -> str:
    """What the time at `index` is the time of; "?" where that is not told."""
    behind, adjacent = _behind(parts, index)
    before = _before(parts, index)
    if behind is not None and adjacent and not (before is not None and _heads(parts, behind)):
        used.add(behind)
        return _simple(parts, behind)
    if before is not None:
        used.add(before)
        return _simple(parts, before)
    if behind is not None and parts[behind].kind not in ("rest", "unsold", "other"):
        used.add(behind)
        return _simple(parts, behind)
    if any(part.kind == "topic" for part in parts):
        return "sold"
    return reading.purpose or "?"


def _and_sold(parts: Sequence[Part]) -> bool:
    """「8:00發號碼牌並依序販售」: both at the same time."""
    for place, part in enumerate(parts[:-2]):
        if part.kind == "plates":
            behind = parts[place + 1 : place + 3]
            if behind[0].text == "並" and behind[1].kind == "sold":
                return True
    return False


def _simple(parts: Sequence[Part], index: int) -> str:
    """The purpose of a word: that of its kind, but 「口罩服務時間」 is that of the sale."""
    kind = parts[index].kind
    if kind == "open":
        for part in reversed(parts[:index]):
            if part.kind in ("topic", "sold", "sold_noun"):
                return "sold"
            if part.kind not in ("filler", "space", "from", "open_bracket"):
                break
    return {"sold_noun": "sold", "rest": "break"}.get(kind, kind)


def _behind(parts: Sequence[Part], index: int) -> tuple[int | None, bool]:
    """The next purpose before the next time, and whether nothing separates it."""
    adjacent = True
    for place in range(index + 1, len(parts)):
        kind = parts[place].kind
        if kind == "times":
            break
        if kind in PURPOSES:
            return place, adjacent
        if kind in SEPARATORS:
            adjacent = False
    return None, False


def _before(parts: Sequence[Part], index: int) -> int | None:
    """The purpose that stands before the time; a day off only where it touches."""
    adjacent = True
    for place in range(index - 1, -1, -1):
        kind = parts[place].kind
        if kind in PURPOSES and kind != "unsold" and (adjacent or kind != "rest"):
            if kind == "break" and not adjacent:
                continue
            return place
        if kind in SEPARATORS or kind == "times":
            adjacent = False
    return None


def _heads(parts: Sequence[Part], place: int) -> bool:
    """Whether the purpose at `place` is that of the next time: 「13:45 販售時間14:00」."""
    noun = parts[place].text.endswith(("時間", "時段", "期間"))
    for part in parts[place + 1 :]:
        if part.kind == "times":
            return noun or _unnamed_last(parts)
        if part.kind in SEPARATORS or part.kind in PURPOSES:
            return False
    return False


def _unnamed_last(parts: Sequence[Part]) -> bool:
    """Whether purposes stand before their times in this clause: none follows the last one."""
    last = max(index for index, part in enumerate(parts) if part.kind == "times")
    return _behind(parts, last)[0] is None


def _of_times(
    purpose: str, times: Sequence[Times], when: When, topics: frozenset[str]
) -> Iterator[Statement]:
    if purpose == "unsold":
        yield Statement("doubt", when)
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


def _of_words(
    reading: _Reading,
    parts: Sequence[Part],
    when: When,
    topics: frozenset[str],
    used: set[int],
    timed: dict[str, list[Times]],
) -> Iterator[Statement]:
    """What is said without a time."""
    kinds = [part.kind for part in parts]
    for index, part in enumerate(parts):
        if index in used:
            continue
        match part.kind:
            case "closed" | "rest":
                yield from _closed(parts, index, when, timed)
            case "unsold" | "stopped" | "none":
                yield from _unsold(reading, part, when, topics, timed, kinds)
            case "no_plates" | "see_door":
                yield Statement(part.kind, when, topics=topics)
            case "as_open":
                if (
                    not ({"sold", "plates"} & timed.keys())
                    and ({"sold", "sold_noun", "topic", "as_open"} & set(kinds))
                    and (topics or "sold" in kinds)
                ):
                    yield Statement("sold", when, topics=topics, as_open=True)
            case "sold" if not timed and "see_door" not in kinds:
                yield Statement("sold", when, topics=topics)


def _closed(
    parts: Sequence[Part], index: int, when: When, timed: dict[str, list[Times]]
) -> Iterator[Statement]:
    before = parts[index - 1] if index else None
    while before and before.kind in ("filler", "space") and index > 1:
        index -= 1
        before = parts[index - 1]
    if before and before.kind == "half" and isinstance(before.value, Half):
        yield Statement("off", when, half=before.value)
    elif before and before.kind == "unknown" and set(before.text) & set("早午晚半診上下"):
        yield Statement("doubt", when)
    elif timed and before and before.kind == "times":
        return
    elif not (when.some_days or when.dates):
        if not timed:
            yield Statement("doubt", when)
    else:
        yield Statement("closed", when)


def _unsold(
    reading: _Reading,
    part: Part,
    when: When,
    topics: frozenset[str],
    timed: dict[str, list[Times]],
    kinds: Sequence[str],
) -> Iterator[Statement]:
    ending = part.kind == "stopped" or (
        part.text.lstrip("均皆都也亦已").startswith(_AGAIN) and "一" not in part.text
    )
    since = bool(when.dates) and all(one.first and not one.last for one in when.dates)
    if not (when.some_days or when.dates):
        if "break" in timed or "closed" in kinds or "rest" in kinds:
            return
        told = any(one.about in _SALE and one.times for one in reading.told)
        if ending and not timed and (part.kind == "stopped" or not told):
            yield Statement("stopped", when, topics=topics)
        elif timed or told:
            yield Statement("doubt", when, topics=topics)
        else:
            yield Statement("unsold", when, topics=topics)
    elif ending and since and not when.weekdays and not when.holidays:
        yield Statement("stopped", when, topics=topics)
    else:
        yield Statement("unsold", when, topics=topics)


def _settle(reading: _Reading) -> None:
    """Times to which no purpose came: the sale's where they cannot be the opening hours'."""
    for one in reading.pending:
        short = all(t.end and t.start and t.end.hour - t.start.hour <= SHORT_H for t in one.times)
        if reading.evidence or reading.topics or short:
            reading.told.append(replace(one, about="sold"))
        elif not one.when.free:
            reading.told.append(replace(one, about="doubt", times=()))
    reading.pending.clear()


def _consistent(told: list[Statement]) -> list[Statement]:
    """Without doubles, in order."""
    return list(dict.fromkeys(told))
