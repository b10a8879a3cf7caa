"""What a note says outright, and what of it is not understood.

A time told wrong costs a walk, so what is only concluded (not today, because other days are named)
and what could be a heading of something else is told where nothing in the note is unread. Of 108
days told "not today" that draws of notes labelled before any output showed to be wrong, in three
states of the reader, 93 had no word of it right behind their days; of 409 told rightly 20.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

import yaml

from shared.hours.note_parts import Part
from shared.hours.note_text import plain
from shared.hours.when import When

_OFF = frozenset({"closed", "rest", "unsold", "none", "stopped"})
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

PHONE = 7
"""Signs. A longer number that is no time is a telephone's."""

_MONEY = frozenset({"50", "100", "200", "500", "1000"})
_NEAR = 4
"""So many parts may stand between 「晚上」 and its time, or 「公休」."""

_SEPARATORS = frozenset({"soft", "stop", "open_bracket", "close_bracket"})
_CARRIED = frozenset({"sold", "topic", "filler", "space"})
_ALL_DAY = ("全天", "全日", "整天", "整日")
_AND = frozenset("及和與或、&日.")

_UNSURE = frozenset(
    "一二三四五六七八九十兩週月日天晨早午晚夜半時間期整刻不無未沒非勿停休僅只但除改調更變延提恢超過遇逢若如另"
    "暫至到起止前後第輪隔單雙補班診連續最"
)
"""Signs of days, hours, numbers, limits, denial and change: an unread run that holds one outside
of the known tails (note_tails.yaml) could turn what stands around it."""

_TURNED = frozenset(
    {"turn", "except", "except_alone", "change", "today", "half", "number", "number_of", "other"}
)
"""What makes a note more than a list of days and their times."""


@dataclass(frozen=True, slots=True)
class Grounds:
    """What stands behind what is told of a note."""

    off: tuple[When, ...] = ()
    """days with a word right behind them that they are off"""
    flat: bool = False
    """it says that it is not sold (any more), and nothing else"""
    plain: bool = True
    """it names days, times and the sale, and nothing that is unread or could turn them"""
    sure: bool = True
    """nothing in it is unread that could turn its times"""
    unsure: tuple[When, ...] = ()
    """days of which something unread is said that could turn their times, and no others'"""

    def tells(self, day: date, holiday: bool) -> bool:
        """Whether nothing unread could turn the times of `day`."""
        return self.sure and not any(when.holds(day, holiday) for when in self.unsure)

    def says_off(self, day: date, holiday: bool) -> bool:
        """Whether the note says outright that `day` is off."""
        return self.flat or any(when.holds(day, holiday) for when in self.off)


def grounds_of(parts: Sequence[Part]) -> Grounds:
    """What the note says outright."""
    off = [when for place, part in enumerate(parts) if part.kind in _OFF
           for when in _days_before(parts, place)]  # fmt: skip
    flat = any(part.kind in ("unsold", "stopped", "none") for part in parts) and all(
        (part.kind in _FLAT and not _counts_days(part)) or _is_tail(part) for part in parts
    )
    if flat and any(part.kind == "sold" for part in parts):
        flat = any(part.kind == "stopped" for part in parts)
    touched = [
        _touched(parts, place)
        for place, part in enumerate(parts)
        if _could_turn(part) or _stray_half(parts, place)
    ]
    sure = all(touched) and not any(_is_odd(parts, place) for place in range(len(parts)))
    return Grounds(
        off=tuple(off),
        flat=flat,
        plain=all(_is_plain(part) for part in parts),
        sure=sure,
        unsure=tuple(when for days in touched for when in days),
    )


def unsure_words(parts: Sequence[Part]) -> list[str]:
    """The unread runs of a note that could turn something in it."""
    return [part.text for part in parts if _could_turn(part)]


def _could_turn(part: Part) -> bool:
    return part.kind == "unknown" and not _is_tail(part)


def _is_odd(parts: Sequence[Part], place: int) -> bool:
    """Whether what stands at `place` leaves every time of the note open."""
    match parts[place].kind:
        case "number":
            text = parts[place].text  # 「0521快篩7:00」, 「0000-1750」
            return len(text) < PHONE and text not in _MONEY
        case "except":
            return not _excepts(parts, place)
        case "except_end":
            return all(part.kind != "except" for part in parts[:place])  # 「9-11點以外」
        case "open_bracket":
            return _either(parts, place)
    return False


def _stray_half(parts: Sequence[Part], place: int) -> bool:
    """「中午後憑號碼牌」: a part of the day that is no time's (「晚上】7:00」) and not off itself."""
    if parts[place].kind != "half":
        return False
    days = place > 0 and isinstance(parts[place - 1].value, When)
    for part in parts[place + 1 : place + 1 + _NEAR]:
        if part.kind in ("times", *_OFF):
            return False
        linked = part.kind in ("close_bracket", "soft", "space", "half", "filler")
        if not linked and not (days and (part.kind == "when" or _links(part))):
            return True
    return True


def _touched(parts: Sequence[Part], place: int) -> list[When]:
    """The days of which the unread run at `place` speaks: 「週六僅…」, 「遇假日」; none: all."""
    found: list[When] = []
    for part in reversed(parts[:place]):
        if part.kind in _SEPARATORS:
            break
        if part.kind == "times":
            return []
        if isinstance(part.value, When) and not part.value.free:
            found.append(part.value)
    behind = parts[place + 1].value if place + 1 < len(parts) else None
    if not found and isinstance(behind, When) and not behind.free:
        found.append(behind)
    return found


def _either(parts: Sequence[Part], place: int) -> bool:
    """「9:00販售口罩至18:30(21:00)」: a second time in brackets, for nobody knows what."""
    kinds = [part.kind for part in parts[place : place + 3]]
    if kinds != ["open_bracket", "times", "close_bracket"]:
        return False
    before = (part.kind for part in reversed(parts[:place]))
    return next((kind for kind in before if kind not in _CARRIED), "") == "times"


def _counts_days(part: Part) -> bool:
    """「至15日」, 「3天」."""
    return part.kind == "count" and part.text.endswith(("日", "天", "週", "月", "年"))


def _is_plain(part: Part) -> bool:
    return (
        not _counts_days(part)
        and part.kind not in _TURNED
        and (part.kind != "unknown" or _is_tail(part))
    )


def _is_tail(part: Part) -> bool:
    return part.kind == "unknown" and not _UNSURE & set(_without_tails(part.text))


def _days_before(parts: Sequence[Part], place: int) -> list[When]:
    """The days right before the word at `place`: 「週六、週日公休」; none that are excepted."""
    if any(part.kind == "except_alone" for part in parts[place + 1 : place + 3]):
        return []
    found: list[When] = []
    index = place - 1
    while index >= 0:
        part = parts[index]
        if isinstance(part.value, When):
            found.append(part.value)
        elif part.kind in ("soft", "space", "stop") and found:
            if part.kind == "stop" or not _goes_on(parts, index):
                break
        elif part.kind not in (*_PASSED, *_OFF, "soft") and not _links(part):
            if part.kind == "turn" or (part.kind == "except" and _others(parts[index:place])):
                return []
            break
        index -= 1
    return [when for when in found if not when.free]


def _excepts(parts: Sequence[Part], place: int) -> bool:
    """Whether days are excepted at `place` and no more: 「除週日外」, but 「除週二訂為14:00」."""
    for part in parts[place + 1 :]:
        if part.kind not in ("when", "filler", "space", "topic") and not _links(part):
            return part.kind in (*_OFF, "except_end", "soft", "stop", "close_bracket")
    return False


def _others(parts: Sequence[Part]) -> bool:
    """「除週日，其餘休息」; 「除週日休息」 is of Sunday."""
    return any(part.kind == "soft" or part.text.startswith("其") for part in parts)


def _links(part: Part) -> bool:
    return (
        _is_tail(part)
        or (part.kind == "unknown" and set(part.text) <= _AND)
        or part.text.startswith(_ALL_DAY)
    )


def _goes_on(parts: Sequence[Part], place: int) -> bool:
    """Whether the list of days began before the sign at `place`."""
    index = place - 1
    while index >= 0 and (
        parts[index].kind in ("space", "filler")
        or (parts[index].kind == "unknown" and set(parts[index].text) <= _AND)
    ):
        index -= 1
    return index >= 0 and isinstance(parts[index].value, When)


@cache
def _tails() -> dict[str, tuple[str, ...]]:
    """First sign → the tails that begin so, longest first."""
    source = resources.files(__package__).joinpath("note_tails.yaml").read_text(encoding="utf-8")
    found: dict[str, set[str]] = {}
    for group in yaml.safe_load(source).values():
        for entry in group:
            for word in entry if isinstance(entry, list) else [entry]:
                found.setdefault(plain(word)[0], set()).add(plain(word))
    return {
        sign: tuple(sorted(words, key=lambda word: (-len(word), word)))
        for sign, words in found.items()
    }


def _without_tails(text: str) -> str:
    """What is left of an unread run without the tails that are known.

    >>> _without_tails("請見諒週")
    '請週'
    """
    left, place = "", 0
    while place < len(text):
        known = next((w for w in _tails().get(text[place], ()) if text.startswith(w, place)), "")
        left += "" if known else text[place]
        place += len(known) or 1
    return left
