"""What a note says outright: that days are off, in a word right behind them.

Of 108 days told "not today" that draws of notes labelled before any output showed to be wrong, in
three states of the reader, 93 had no such word; of 409 told rightly 20.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from shared.hours.note_parts import OFF, part_before
from shared.hours.note_tails import is_tail, is_unread
from shared.hours.note_tokens import Part
from shared.hours.when import When

_PASSED = frozenset(
    {
        "filler",
        "space",
        "topic",
        "open_bracket",
        "close_bracket",
        "colon",
        "child_only",
        "adult_only",
        "from",
        "count",
    }
)
"""What may stand between days and the word that closes them."""

_FLAT = frozenset(
    {*_PASSED, "soft", "stop", "unsold", "stopped", "none", "sold_out", "dash", "sold", "see_door"}
)
"""What a note holds that says nothing but 「已停止販售口罩」."""

_ALL_DAY = ("全天", "全日", "整天", "整日")


@dataclass(frozen=True, slots=True)
class Grounds:
    """What stands behind a day that is told to be off."""

    off: tuple[When, ...]
    """days with a word right behind them that they are off"""
    flat: bool
    """it says that it is not sold (any more), and nothing else"""

    def says_off(self, day: date, holiday: bool) -> bool:
        """Whether the note says outright that `day` is off."""
        return self.flat or any(when.holds(day, holiday) for when in self.off)


def grounds_of(parts: Sequence[Part]) -> Grounds:
    """What the note says outright."""
    off = [when for place, part in enumerate(parts) if part.kind in OFF
           for when in _days_before(parts, place)]  # fmt: skip
    flat = any(part.kind in ("unsold", "stopped", "none") for part in parts) and all(
        (part.kind in _FLAT and not counts_days(part)) or is_tail(part) for part in parts
    )
    return Grounds(tuple(off), flat)


def counts_days(part: Part) -> bool:
    """「至15日」, 「3天」."""
    return part.kind == "count" and part.text.endswith(("日", "天", "週", "月", "年"))


def _days_before(parts: Sequence[Part], place: int) -> list[When]:
    """The days right before the word at `place`: 「週六、週日公休」; none that are excepted."""
    behind = parts[place + 1 : place + 3]
    if behind and _is_another(behind):
        return []
    found: list[When] = []
    for index in reversed(range(place)):
        part = parts[index]
        if isinstance(part.value, When):
            found.append(part.value)
        elif part.kind in ("soft", "space", "stop") and found:
            if part.kind == "stop" or not _goes_on(parts[:index]):
                break
        elif part.kind == "soft" and _lasting(parts, index):
            pass
        elif part.kind not in (*_PASSED, *OFF) and not links(part):
            if part.kind == "turn":
                return []
            break
    return [when for when in found if not when.free]


def _is_another(behind: Sequence[Part]) -> bool:
    """Whether what stands behind 「休息」 makes it another word than of its days."""
    kinds = [part.kind for part in behind]
    # 「3/27起不再發碼牌」 is of something else; 「例假日(休息日)販賣時間9:00」
    return (
        "except_alone" in kinds or is_unread(behind[0]) or kinds == ["close_bracket", "sold_noun"]
    )


def _lasting(parts: Sequence[Part], place: int) -> bool:
    """「4/9起，停止販售」, but 「販售至4/30，不再販售」: what may stand before a comma."""
    days = part_before(parts, place).value
    return isinstance(days, When) and not any(one.single for one in days.dates)


def links(part: Part) -> bool:
    """Whether `part` may stand between days and their word: 「週日整天休」, 「週六和週日」."""
    return is_tail(part) or part.text.startswith(_ALL_DAY)


def _goes_on(before: Sequence[Part]) -> bool:
    """Whether the list of days began right before a sign: 「3/5 ，3/19」."""
    words = [part.value for part in before if part.kind != "space"]
    return bool(words) and isinstance(words[-1], When)
