"""Parts of a note → clauses: days, times and purposes that stand together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from shared.hours.clock_times import Times
from shared.hours.note_parts import OFF, part_after, part_before
from shared.hours.note_sessions import FEW
from shared.hours.note_tokens import Part
from shared.hours.when import ALWAYS, When

PURPOSES = frozenset({"plates", "sold", "sold_noun", "open", "break", "rest", "other", "unsold"})
"""What a time may be the time of."""

_SAID = {"closed", "stopped", "no_plates", "see_door", "as_open", "by_plates", "sold_out", "none"}
ALONE = PURPOSES | _SAID | {"any_hour"}
"""What can be said without a time."""

WITH = ("含", "包含", "包括")
"""「每日(含例假日)」: the days behind it are among those before."""

_COMPLETE = OFF | {"no_plates", "see_door"}

SEPARATORS = frozenset({"soft", "open_bracket", "close_bracket"})


@dataclass(slots=True)
class Clause:
    """What stands together: "on these days", "from then to then", "sold"."""

    whens: list[When] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    doubted: list[When] = field(default_factory=list)
    """days that it excepts"""
    bracketed: bool = False
    """it ends with its bracket"""
    limited: bool = False
    """its days stand behind its times: 「9:00-12:00(週一至週五)」"""

    @property
    def when(self) -> When:
        """The days of which it speaks."""
        found = ALWAYS
        for one in self.whens:
            found = found.joined(one)
        return found

    @property
    def topics(self) -> frozenset[str]:
        """What it speaks of."""
        return frozenset(str(part.value) for part in self.parts if part.kind == "topic")

    def has(self, kinds: frozenset[str]) -> bool:
        """Whether a part of such a kind stands in it."""
        return any(part.kind in kinds for part in self.parts)

    @property
    def complete(self) -> bool:
        """Whether days that follow belong to something else."""
        if self.whens:
            return self.has(_TIMES | ALONE)
        headed = bool(self.parts) and self.parts[-1].kind == "colon"  # 「休診：3/7、3/8」
        return self.has(_TIMES) or (not headed and self.has(_COMPLETE))


_TIMES = frozenset({"times"})
_SELLS = ("sold", "sold_noun", "unsold", "adult_only", "child_only")


def clauses_of(parts: Sequence[Part]) -> Iterator[Clause]:
    """The clauses in order: they end at a stop, before days that follow times, at a new topic."""
    clause = Clause()
    excepted = False
    inside = 0
    for place, part in enumerate(parts):
        kind, days = part.kind, part.value
        if place < inside:
            continue
        if isinstance(days, When):
            before = part_before(parts, place)
            if before.text in WITH and clause.when.every_day:
                continue
            if excepted or _unsure_before(parts, place):
                clause.doubted.append(days)
            elif clause.whens and (inside := _of_its_own(parts, place)):
                yield from clauses_of(parts[place:inside])
            elif _begins_days(parts, place, clause):
                if _another_end(parts, place):
                    clause.doubted.append(days)
                heading = _taken_from(clause)
                yield clause
                clause = Clause([days], heading, bracketed=before.kind == "open_bracket")
            else:
                _set_apart(clause)
                if narrows(part, before):
                    last = clause.whens.pop() if clause.whens else ALWAYS
                    days = replace(last, weekdays=days.weekdays, dates=days.dates)
                clause.limited = clause.has(_TIMES)
                clause.whens.append(days)
        elif excepted and kind in OFF and clause.doubted:
            yield Clause([clause.doubted.pop()], [part])  # 「(除3/8不販售)」
        elif kind == "except_alone":
            if clause.parts and clause.parts[-1].kind == "closed":
                clause.parts.pop()  # 「…公休日除外」: when it is closed it is not sold
            else:
                clause.doubted.extend(clause.whens)
                clause.whens.clear()
        elif _ends(parts, place, clause):
            yield clause
            clause, excepted = Clause(), False
            if kind in ("times", "topic"):
                clause.parts.append(part)
        else:
            excepted = kind == "except" or (excepted and kind not in _EXCEPTED)
            clause.parts.append(part)
    yield clause


_EXCEPTED = ("times", "soft", "except_end")
"""Behind them days are no longer excepted: 「除週日外，每日9:00」."""


def _ends(parts: Sequence[Part], place: int, clause: Clause) -> bool:
    """Whether the clause ends before what stands at `place`, or with it."""
    match parts[place].kind:
        case "stop":
            return not _between_times(parts, place)
        case "close_bracket":
            return clause.bracketed
        case "times":
            return clause.limited or _told_before(clause)
        case "topic":
            return _begins_another(parts, place, clause)
    return False


def _begins_days(parts: Sequence[Part], place: int, clause: Clause) -> bool:
    """Whether the days at `place` are of something else than what went before."""
    comma = part_before(parts, place).text == ","
    before = part_before(parts, place - comma).value
    ranged = isinstance(before, When) and len(before.weekdays) > FEW
    if ranged and part_after(parts, place).kind in OFF:  # 「…週一到週五 週六週日不賣」
        return True
    if part_before(parts, place).kind == "when":  # 「週一至週六每日」
        return False
    return clause.complete and not _belongs_before(parts, place, clause)


def _another_end(parts: Sequence[Part], place: int) -> bool:
    """「18:30前(週日12:00)領取」: whether the time of the bracket may be an end too."""
    time = part_before(parts, place - 1).value
    return isinstance(time, Times) and not time.start and part_after(parts, place).kind == "times"


def _unsure_before(parts: Sequence[Part], place: int) -> bool:
    """「隔週日」, 「最後一個週日」: a word that makes the days unsure touches them."""
    near = part_before(parts, place).kind, part_before(parts, place - 1).kind
    return near[0] in ("turn", "number_of") or near == ("unknown", "turn")


def _set_apart(clause: Clause) -> None:
    """「週六晚上及週日公休」, 「週日不定期，3/8休息」: what is told of later days is not theirs."""
    apart = {"half", "turn"}
    if clause.whens and clause.has(frozenset(apart)) and not clause.has(ALONE | _TIMES):
        clause.doubted.extend(clause.whens)
        clause.whens.clear()
        clause.parts = [part for part in clause.parts if part.kind not in apart]


def _of_its_own(parts: Sequence[Part], place: int) -> int:
    """「週一~週六(週四下午休息)」: the end of a bracket that tells of its own days; 0 for none."""
    if part_before(parts, place).kind != "open_bracket":
        return 0
    inside = list(takewhile(lambda part: part.kind != "close_bracket", parts[place:]))
    kinds = {part.kind for part in inside}
    return place + len(inside) if kinds & OFF and "times" not in kinds else 0


def narrows(part: Part, before: Part) -> bool:
    """「雙十連假10/8~10/9」, 「營業日週一至週五」: of the days before it these."""
    days, those = part.value, before.value
    if not (isinstance(days, When) and isinstance(those, When)):
        return False
    feast = bool(those.dates and days.dates) and not any(sign.isdigit() for sign in before.text)
    return feast or (those.normally and frozenset() < days.weekdays < those.weekdays)


def _told_before(clause: Clause) -> bool:
    """「週日不賣，9點開賣」: what is said of days without a time is over at its comma."""
    over = False
    for part in clause.parts:
        if part.kind == "times":
            return False
        over = over or part.kind in OFF
        if over and part.kind in SEPARATORS:
            return True
    return False


def _taken_from(clause: Clause) -> list[Part]:
    """「…販售，酒精週日15:00」: the words right before new days are theirs."""
    place = len(clause.parts)
    while place and clause.parts[place - 1].kind not in (*SEPARATORS, "space", "times"):
        place -= 1
    taken = clause.parts[place:]
    kinds = {part.kind for part in taken}
    before = [part.kind for part in clause.parts[:place] if part.kind not in ("space", "filler")]
    heads = kinds & {"topic", "other", "sold_noun"} and "plates" not in kinds
    if not place or not (heads or kinds == {"open"}):  # 「…販售，營業時間週日9:00」
        return []
    if taken[0].kind == "sold" and before[-2:-1] not in (["open"], ["sold_noun"], ["colon"]):
        return []  # 「9:00發口罩週日休」
    del clause.parts[place:]
    return taken


def _between_times(parts: Sequence[Part], place: int) -> bool:
    """「8:30~11:30;15:00~20:30」."""
    before = next((part.kind for part in reversed(parts[:place]) if part.kind != "space"), "")
    behind = next((part.kind for part in parts[place + 1 :] if part.kind != "space"), "")
    return parts[place].text == ";" and before == behind == "times"


def _belongs_before(parts: Sequence[Part], place: int, clause: Clause) -> bool:
    """「14:00販售(週一到週五，六日無)」: days in brackets behind what they limit."""
    if clause.whens:
        return False
    if parts[place].text[0] in "([<":  # 「14:00-17:00(一~五)」
        return part_after(parts, place).kind != "times"
    ends = part_after(parts, place).kind in ("close_bracket", "soft")
    return ends and part_before(parts, place).kind == "open_bracket"


def _begins_another(parts: Sequence[Part], place: int, clause: Clause) -> bool:
    """「營業時間10:00-22:00口罩18:00販售」, 「口罩…14:00 快篩…15:00」."""
    last = part_before(parts, place)
    if clause.topics:
        joined = last.kind == "topic" or _AND.issuperset(last.text)
        other = parts[place].value not in clause.topics and not joined
        return other and clause.has(frozenset({"times", "unsold", "stopped"}))
    if clause.has(frozenset({"closed", "rest"})):
        return True
    if last.text == "為" or last.kind in _SELLS:
        return False  # 「8:00-21:00為口罩販售時間」
    ahead = any(part.kind == "times" for part in parts[place + 1 :])
    return clause.has(_TIMES) and (ahead or clause.has(PURPOSES))


_AND = frozenset("及和與或跟至起")
"""「口罩及快篩」."""
