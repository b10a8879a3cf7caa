"""Parts of a note → clauses: days, times and purposes that stand together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from shared.hours.clock_times import Half
from shared.hours.note_parts import Part, Times, part_after, part_before
from shared.hours.when import ALWAYS, When

PURPOSES = frozenset({"plates", "sold", "sold_noun", "open", "break", "rest", "other", "unsold"})
"""What a time may be the time of."""

ALONE = frozenset(
    {
        *PURPOSES,
        "closed",
        "stopped",
        "no_plates",
        "see_door",
        "as_open",
        "by_plates",
        "sold_out",
        "none",
        "any_hour",
    }
)
"""What can be said without a time."""

_COMPLETE = frozenset({"closed", "rest", "unsold", "none", "stopped", "no_plates", "see_door"})

FEW_DAYS = 3
"""More weekdays than these before a comma are a range and no list: 「週一、週三，週五休息」."""

_AND = frozenset("及和與或跟至起")
"""「週六下午及週日」, 「週六下午起至週日」."""

WITH = ("含", "包含", "包括")
"""「每日(含例假日)」: the days behind it are among those before."""

SEPARATORS = frozenset({"soft", "open_bracket", "close_bracket"})

_IS_OFF = frozenset({"closed", "rest", "unsold", "none"})


@dataclass(slots=True)
class Clause:
    """What stands together: "on these days", "from then to then", "sold"."""

    whens: list[When] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    topics: set[str] = field(default_factory=set)
    doubted: list[When] = field(default_factory=list)
    """days that it excepts"""
    halved: list[tuple[When, Half]] = field(default_factory=list)
    """days of a part of which it speaks before its own: 「週六晚上及週日公休」"""
    bracketed: bool = False
    """it ends with its bracket"""
    taken: int = 0
    """so many of its parts stood before its days, behind other times"""
    ends: bool = False
    """its times are ends, as the one before its bracket: 「18:30前(週日12:00)領取」"""
    loose: bool = False
    """its days stand behind words that are not known: 「(數量是3/4的)」"""
    limited: bool = False
    """its days stand behind its times"""

    @property
    def when(self) -> When:
        """The days of which it speaks."""
        found = ALWAYS
        for one in self.whens:
            found = found.joined(one)
        return found

    @property
    def timed(self) -> bool:
        """Whether a time stands in it."""
        return any(part.kind == "times" for part in self.parts)

    @property
    def complete(self) -> bool:
        """Whether days that follow belong to something else."""
        headed = not self.whens and bool(self.parts) and self.parts[-1].kind == "colon"
        closed = not headed and any(part.kind in _COMPLETE for part in self.parts)
        return self.timed or closed or (bool(self.whens) and self.says)

    @property
    def says(self) -> bool:
        """Whether it says more than days."""
        return any(part.kind == "times" or part.kind in ALONE for part in self.parts)

    def limit(self, days: When) -> None:
        """Put `days` in the place of the last ones."""
        if self.whens:
            self.whens.pop()
        self.whens.append(days)


def clauses_of(parts: Sequence[Part]) -> Iterator[Clause]:
    """The clauses in order: they end at a stop, before days that follow times, at a new topic."""
    clause = Clause()
    excepted = False
    inside = 0
    for place, part in enumerate(parts):
        kind = part.kind
        if place < inside:
            continue
        if kind == "when" and clause.whens and (inside := _of_its_own(parts, place, clause)):
            yield from clauses_of(parts[place:inside])
        elif kind == "when" and _included(parts, place, clause):
            continue
        elif kind == "except":
            excepted = True
        elif kind == "when" and isinstance(part.value, When):
            if excepted:
                clause.doubted.append(part.value)
            elif _unsure_before(parts, place):
                clause.doubted.append(part.value)  # 「最後一個週日」
            elif _off_alone(parts, place):
                yield clause
                clause = Clause([part.value])
            elif _after_days(parts, place):
                _limit(clause, part.value, part_before(parts, place))
            elif clause.complete and not _belongs_before(parts, place, clause):
                heading = _taken_from(clause)
                yield clause
                bracketed = part_before(parts, place).kind == "open_bracket"
                ends = bracketed and _ended(parts, place)
                clause = Clause([part.value], heading, bracketed=bracketed, ends=ends)
                clause.taken = len(heading)
                clause.loose = _behind_unknown(parts, place)
                clause.topics = {str(one.value) for one in heading if one.kind == "topic"}
            else:
                _set_apart(clause)
                clause.limited = clause.timed
                clause.whens.append(part.value)
        elif excepted and kind in ("unsold", "closed", "rest") and clause.doubted:
            yield Clause([clause.doubted.pop()], [part])  # 「(除3/8不販售)」
        elif kind == "dash" and clause.whens and _ends_in_doubt(parts, place):
            clause.limit(replace(clause.whens[-1], normally=True))  # its end is not known
            clause.parts.append(part)
        elif kind == "except_end":
            excepted = False
        elif (
            kind == "except_alone" and clause.parts and clause.parts[-1].kind in ("closed", "rest")
        ):
            clause.parts.pop()  # 「…公休日除外」: when it is closed it is not sold
        elif kind == "except_alone":
            clause.doubted.extend(clause.whens)
            clause.whens.clear()
        elif kind == "stop" and not _between_times(parts, place):
            yield clause
            clause, excepted = Clause(), False
        elif kind == "close_bracket" and clause.bracketed:
            yield clause
            clause = Clause()
        elif kind == "times" and (clause.limited or _told_before(clause)):
            yield clause  # 「9:00-12:00(週一至週五) 14:00-17:00(週六)」
            clause = Clause([], [part])
        elif kind == "times" and clause.ends and isinstance(part.value, Times):
            clause.parts.append(replace(part, value=Times(None, part.value.start)))
        elif kind == "topic":
            if _begins_another(parts, place, clause):
                yield clause
                clause = Clause()
            clause.topics.add(str(part.value))
            clause.parts.append(part)
        else:
            excepted = excepted and kind not in ("times", "soft")
            clause.parts.append(part)
    yield clause


def _ended(parts: Sequence[Part], place: int) -> bool:
    """Whether the time right before the bracket at `place` is an end."""
    time = part_before(parts, place - 1).value
    return isinstance(time, Times) and time.start is None


def _of_its_own(parts: Sequence[Part], place: int, clause: Clause) -> int:
    """「週一~週六(週四下午休息)」: the end of a bracket that tells of its own days; 0 for none."""
    here = parts[place].value
    weekly = clause.when.some_days or (isinstance(here, When) and here.some_days)
    if part_before(parts, place).kind != "open_bracket" or not weekly:
        return 0
    for end in range(place + 1, len(parts)):
        if parts[end].kind in ("times", "stop"):
            return 0
        if parts[end].kind == "close_bracket":
            told = {part.kind for part in parts[place:end]}
            return end if told & _IS_OFF else 0
    return 0


def _included(parts: Sequence[Part], place: int, clause: Clause) -> bool:
    """「每日(含例假日)」."""
    return part_before(parts, place).text in WITH and clause.when.every_day


def _ends_in_doubt(parts: Sequence[Part], place: int) -> bool:
    """「週一至?五」: days, a dash, and no day behind it; 「每日-早上9:00」 is a heading."""
    days = part_before(parts, place).value
    times = part_after(parts, place).kind == "times"
    return isinstance(days, When) and bool(days.weekdays) and not times


def _behind_unknown(parts: Sequence[Part], place: int) -> bool:
    for part in reversed(parts[:place]):
        if part.kind in ("unknown", *SEPARATORS, "stop", "space", "times"):
            return part.kind == "unknown"
    return False


def _set_apart(clause: Clause) -> None:
    """「週六晚上及週日公休」, 「週日不定期，3/8休息」: what is told of later days is not theirs."""
    if not clause.whens or clause.says:
        return
    last = [part for part in clause.parts if part.kind not in (*SEPARATORS, "space")][-1:]
    turned = [part.kind for part in last] == ["turn"]
    halves = [part.value for part in clause.parts if isinstance(part.value, Half)]
    plain = all(part.kind != "unknown" or _AND.issuperset(part.text) for part in clause.parts)
    if halves and plain and not turned:
        clause.halved = [(when, half) for when in clause.whens for half in halves]
        clause.whens.clear()
    elif turned or halves or any(_is_half(part) for part in clause.parts):
        clause.doubted.extend(clause.whens)
        clause.whens.clear()
    kept = [part for part in clause.parts if not (turned and part is last[0])]
    clause.parts = [part for part in kept if not _is_half(part) and part.kind != "half"]


def _is_half(part: Part) -> bool:
    """「週六午晚」, 「週六只上半天」."""
    return part.kind == "unknown" and bool(set("早午晚半") & set(part.text))


def _after_days(parts: Sequence[Part], place: int) -> bool:
    """「週一至週六每日」: days behind days."""
    return part_before(parts, place).kind == "when"


def _off_alone(parts: Sequence[Part], place: int) -> bool:
    """「…週一到週五 週六週日不賣」, 「週一至週六，週日休息」: behind a range, with a word that they
    are off."""
    apart = part_before(parts, place).text == ","
    days = part_before(parts, place - apart).value
    ranged = isinstance(days, When) and len(days.weekdays) > FEW_DAYS
    spaced = apart or parts[place].text[:1] == " "
    return ranged and spaced and part_after(parts, place).kind in _IS_OFF


def _limit(clause: Clause, days: When, part: Part) -> None:
    """「營業日週一至週五」: among the days of business these; 「週六每日」: these too."""
    last = clause.whens[-1] if clause.whens else ALWAYS
    if limited(part, days):
        clause.limit(days)  # 「雙十連假10/8~10/9」: of the feast these
    elif _narrows(last, days):
        clause.limit(replace(last, weekdays=days.weekdays))
    else:
        clause.whens.append(days)


def limited(part: Part, days: object) -> bool:
    """Whether the days of `part`, those of a feast, are limited by the dates right behind it."""
    feast = isinstance(part.value, When) and part.value.dates and not part.value.weekdays
    written = isinstance(days, When) and days.dates and not days.weekdays
    return bool(feast and written) and not any(sign.isdigit() for sign in part.text)


def narrowed(parts: Sequence[Part], place: int) -> bool:
    """Whether the days at `place` are limited by those right behind them, whichever way."""
    part, days = parts[place], part_after(parts, place).value
    both = isinstance(part.value, When) and isinstance(days, When)
    return both and (limited(part, days) or _narrows(part.value, days))  # type: ignore[arg-type]


def _narrows(before: When, days: When) -> bool:
    return before.normally and bool(days.weekdays) and days.weekdays < before.weekdays


def _unsure_before(parts: Sequence[Part], place: int) -> bool:
    """「隔週日」, 「最後一個週日」: a word that makes the days unsure touches them."""
    near = [part.kind for part in parts[max(0, place - 2) : place]]
    if near[-1:] == ["number_of"]:
        return True  # 「奇數週日」
    return near == ["turn", "unknown"] or (near[-1:] == ["turn"] and near[0] != "when")


def _told_before(clause: Clause) -> bool:
    """「週日不賣，9點開賣」: what is said of days without a time is over at its comma."""
    place = len(clause.parts) - 1
    while place >= 0 and clause.parts[place].kind not in SEPARATORS:
        place -= 1
    over = _COMPLETE - {"no_plates", "see_door"}
    return not clause.timed and any(part.kind in over for part in clause.parts[: max(place, 0)])


def _taken_from(clause: Clause) -> list[Part]:
    """「…販售，酒精週日15:00」: the words right before new days are theirs."""
    place = len(clause.parts)
    while place and clause.parts[place - 1].kind not in (*SEPARATORS, "space", "times"):
        place -= 1
    taken = clause.parts[place:]
    heads = {"topic", "other", "sold_noun"}
    if taken and taken[-1].kind == "open" and len(taken) == 1 and place:
        heads.add("open")  # 「…販售，營業時間週日9:00」
    if (
        not place
        or not heads & {one.kind for one in taken}
        or {"closed", "rest", "unsold", "plates"} & {one.kind for one in taken}
        or (taken[0].kind == "sold" and _wants_purpose(clause.parts[:place]))
    ):
        return []
    del clause.parts[place:]
    return taken


def _wants_purpose(parts: Sequence[Part]) -> bool:
    """「14:00開賣口罩固定週一至週六」: a verb right behind a time is that time's if it has none."""
    kinds = [part.kind for part in parts if part.kind not in ("space", "filler")]
    return kinds[-1:] == ["times"] and kinds[-2:-1] not in (["open"], ["sold_noun"], ["colon"])


def _between_times(parts: Sequence[Part], place: int) -> bool:
    """「8:30~11:30;15:00~20:30」."""
    before = [part.kind for part in parts[max(0, place - 2) : place] if part.kind != "space"]
    behind = [part.kind for part in parts[place + 1 : place + 3] if part.kind != "space"]
    return parts[place].text == ";" and before[-1:] == behind[:1] == ["times"]


def _belongs_before(parts: Sequence[Part], place: int, clause: Clause) -> bool:
    """「14:00販售(週一到週五，六日無)」: days in brackets behind what they limit."""
    before = [part.kind for part in parts[max(0, place - 3) : place] if part.kind != "filler"]
    if clause.whens:
        return False
    if parts[place].text[:1] in ("(", "[", "<"):  # 「14:00-17:00(一~五)」
        following = [part.kind for part in parts[place + 1 :] if part.kind != "space"]
        return following[:1] != ["times"]
    if before[-1:] != ["open_bracket"]:
        return False
    for part in parts[place + 1 :]:
        if part.kind in ("close_bracket", "soft", "stop"):
            return True
        if part.kind not in ("when", "filler", "sold", "space", "sold_noun"):
            return False
    return True


def _begins_another(parts: Sequence[Part], place: int, clause: Clause) -> bool:
    """「營業時間10:00-22:00口罩18:00販售」, 「口罩…14:00 快篩…15:00」."""
    if any(part.kind in ("closed", "rest") for part in clause.parts) and not clause.topics:
        return True
    last = part_before(parts, place)
    joined = last.kind == "topic" or _AND.issuperset(last.text)
    other = bool(clause.topics) and parts[place].value not in clause.topics and not joined
    if other and any(part.kind in ("unsold", "stopped") for part in clause.parts):
        return True  # 「口罩4/30停止販售.快篩7:30」
    if not clause.timed:
        return False
    if other:
        return True
    before = next(
        (
            p
            for p in reversed(parts[max(0, place - 8) : place])
            if p.kind not in ("space", "filler")
        ),
        None,
    )
    marks = [part for part in clause.parts if part.kind in PURPOSES]
    if before and before.kind in ("sold", "sold_noun", "unsold", "adult_only", "child_only"):
        return False
    if last.text == "為":
        return False  # 「8:00-21:00為口罩販售時間」
    if clause.topics:
        return False
    return bool(marks) or _headed(parts, place)


def _headed(parts: Sequence[Part], place: int) -> bool:
    """Whether a time follows the topic: 「09:00-21:00，口罩14:00」."""
    for part in parts[place + 1 :]:
        if part.kind == "times":
            return True
        if part.kind in ("stop", "soft", "open_bracket"):
            return False
    return False
