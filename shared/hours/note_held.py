"""What holds the times of a note back: what is not understood and could turn them.

A time told wrong costs a walk. So a run of signs that is unread holds the days it touches back,
unless it is harmless (`note_tails`); so do numbers that are neither times nor telephones, parts of
the day that are no time's, and days of which nothing is understood.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from shared.hours.note_clauses import WITH, narrows
from shared.hours.note_grounds import links
from shared.hours.note_parts import OFF, part_after, part_before
from shared.hours.note_reading import Statement
from shared.hours.note_tails import could_turn
from shared.hours.note_tokens import Part
from shared.hours.when import When

PHONE = 7
"""Signs. A longer number that is no time is a telephone's."""

_HOURS = re.compile(r"[01]\d{3}-[012]\d{3}")
"""No telephone begins so: 「0000-2300」 are hours of which some signs got lost."""

_MONEY = frozenset({"50", "100", "200", "500", "1000"})
_SEPARATORS = frozenset({"soft", "stop", "open_bracket", "close_bracket"})
_TURNED = frozenset(
    {"turn", "except", "except_alone", "change", "today", "half", "number", "number_of", "other"}
)
"""What makes a note more than a list of days and their times."""


@dataclass(frozen=True, slots=True)
class Held:
    """What of a note is held back."""

    plain: bool
    """nothing: it names days, times and the sale, and nothing that is unread or could turn them"""
    sure: bool
    """not every time of it"""
    unsure: tuple[When, ...]
    """the times of these days"""

    def tells(self, day: date, holiday: bool) -> bool:
        """Whether nothing holds the times of `day` back."""
        return self.sure and not any(when.holds(day, holiday) for when in self.unsure)


def held_by(parts: Sequence[Part], statements: Sequence[Statement]) -> Held:
    """What is held back of the note with these parts, read as these statements."""
    touched = [
        _touched(parts, place)
        for place, part in enumerate(parts)
        if could_turn(part) or _stray_half(parts, place)
    ]
    unsure = [when for days in touched for when in days]
    return Held(
        plain=all(_is_plain(part) for part in parts),
        sure=all(touched) and not any(_is_odd(parts, place) for place in range(len(parts))),
        unsure=(*unsure, *_lost(parts, statements)),
    )


def _lost(parts: Sequence[Part], statements: Sequence[Statement]) -> tuple[When, ...]:
    """The days that no statement keeps to: 「國假依營業公告」."""
    kept = [one.when for one in statements if one.about != "named" or one.when.weekdays]
    days = (
        part.value
        for place, part in enumerate(parts)
        if isinstance(part.value, When)
        and part_before(parts, place).text not in WITH
        and not narrows(part_after(parts, place), part)
    )
    return tuple(
        when
        for when in days
        if not any(
            when.weekdays <= other.weekdays
            and set(when.dates) <= set(other.dates)
            and (other.holidays or not when.holidays)
            for other in kept
        )
    )


def _is_odd(parts: Sequence[Part], place: int) -> bool:
    """Whether what stands at `place` leaves every time of the note open."""
    match parts[place].kind:
        case "number":
            text = parts[place].text  # 「0521快篩7:00」, 「0000-1750」
            return (len(text) < PHONE and text not in _MONEY) or bool(_HOURS.fullmatch(text))
        case "except":
            return not _excepts(parts, place)
        case "closed":
            days = part_before(parts, place).value, part_after(parts, place).value
            return [isinstance(one, When) for one in days] == [False, True]  # 「例休週日」
        case "except_end":
            return all(part.kind != "except" for part in parts[:place])  # 「9-11點以外」
    return False


def _stray_half(parts: Sequence[Part], place: int) -> bool:
    """「中午後憑號碼牌」: a part of the day that is no time's, nor off itself."""
    if parts[place].kind != "half":
        return False
    for part in parts[place:]:
        if part.kind in ("times", *OFF):
            return False
        if part.kind not in ("open_bracket", "close_bracket", "soft", "space", "half", "filler"):
            return True
    return True


def _touched(parts: Sequence[Part], place: int) -> list[When]:
    """The days of which the unread run at `place` speaks: 「週六僅…」, 「遇假日」; none: all."""
    found: list[When] = []
    for part in reversed(parts[:place]):
        if part.kind in _SEPARATORS:
            break
        if part.kind == "times":
            return found  # 「六7:00-18:00 星期日視診所而定」
        if isinstance(part.value, When):
            found.append(part.value)
    behind = part_after(parts, place).value
    if not found and isinstance(behind, When):
        found.append(behind)
    return found


def _is_plain(part: Part) -> bool:
    return part.kind not in _TURNED and not could_turn(part)


def _excepts(parts: Sequence[Part], place: int) -> bool:
    """Whether days are excepted at `place` and no more: 「除週日外」, but 「除週二訂為14:00」."""
    for part in parts[place + 1 :]:
        if part.kind not in ("when", "filler", "space", "topic") and not links(part):
            return part.kind in (*OFF, "except_end", "soft", "stop", "close_bracket")
    return False
