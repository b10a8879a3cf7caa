"""Of which purpose a time is: the words that stand before and behind it."""

from collections.abc import Sequence

from shared.hours.note_clauses import PURPOSES, SEPARATORS
from shared.hours.note_parts import part_after
from shared.hours.note_reading import Reading
from shared.hours.note_said import half_before
from shared.hours.note_tails import is_unread
from shared.hours.note_tokens import Part

_HANDED_OUT = ("發", "發放", "發送", "開始發放", "領取", "開始領取", "抽取")
"""Behind 「號碼牌9:00」 what happens to the plates."""

_PAUSES = ("break", "rest", "unsold")
_AND = ("即刻", "立即", "馬上", "隨即", "並", "及", "和", "同時", "且", "即", "與", "&")


def purpose_of(reading: Reading, parts: Sequence[Part], index: int, used: set[int]) -> str:
    """What the time at `index` is the time of; "?" where that is not told."""
    behind, adjacent = _behind(parts, index)
    before = _before(parts, index)
    if before is not None and behind is not None and _handed_out(parts, before, behind):
        return "plates"
    if behind is not None and adjacent and _again(parts, index, behind):
        used.add(behind)
        return "plates"
    if behind is not None and adjacent and not (before is not None and _heads(parts, behind)):
        used.add(behind)
        return _simple(parts, behind)
    if before is not None:
        used.add(before)
        return _simple(parts, before)
    if behind is not None and parts[behind].kind not in ("rest", "unsold", "other"):
        return reading.purpose or _simple(parts, behind)
    ahead = next((part for part in parts[index + 1 :] if part.kind != "after"), parts[index])
    if is_unread(ahead) and ahead.text not in _AND:
        return "other"  # 「15:00後電詢」
    if reading.purpose != "other" and any(part.kind == "topic" for part in parts):
        return "sold"
    return reading.purpose or ("?" if behind is None else "other")  # 「8:30-11:00(一般門診)」


def _handed_out(parts: Sequence[Part], before: int, behind: int) -> bool:
    """「號碼牌於早上7:30發放」; 「口罩代售：9:00，發號碼牌」: what stands last is of the time."""
    if _names_plates(parts[before]) and _hands_out(parts, behind):
        return True
    heading = parts[before + 1].kind == "colon"
    return heading and parts[behind].kind == "plates" and behind == len(parts) - 1


def _again(parts: Sequence[Part], index: int, behind: int) -> bool:
    """「號碼牌9:00發放，15:00發放」: the same word once more is of the plates once more."""
    said = [place for place in range(index) if parts[place].kind in PURPOSES]
    return (
        len(said) > 1
        and _names_plates(parts[said[0]])
        and all(parts[place].text == parts[behind].text for place in said[1:])
        and _hands_out(parts, behind)
    )


def _names_plates(part: Part) -> bool:
    return part.kind == "plates" and part.text.startswith("號碼")


def _hands_out(parts: Sequence[Part], place: int) -> bool:
    """「發放」, and not 「發放口罩」."""
    return parts[place].text in _HANDED_OUT and part_after(parts, place).kind != "topic"


def _simple(parts: Sequence[Part], index: int) -> str:
    """The purpose of a word: that of its kind, but 「口罩服務時間」 is that of the sale."""
    kind = parts[index].kind
    if kind == "open":
        for part in reversed(parts[:index]):
            if part.kind in ("topic", "sold", "sold_noun"):
                return "sold"
            if part.kind not in ("filler", "space", "from", "open_bracket", "unknown"):
                break  # but 「口罩販賣機服務時間」
    return {"sold_noun": "sold", "rest": "break", "closed": "break"}.get(kind, kind)


def _behind(parts: Sequence[Part], index: int) -> tuple[int | None, bool]:
    """The next purpose before the next time, and whether nothing separates it."""
    adjacent = True
    for place in range(index + 1, len(parts)):
        kind = parts[place].kind
        if kind == "times":
            break
        if kind in PURPOSES or (kind == "closed" and adjacent):  # 「9:30後公休」
            off = kind in ("rest", "unsold") and half_before(parts, place)
            return (None, False) if off else (place, adjacent)
        if kind in SEPARATORS:
            adjacent = False
    return None, False


def _before(parts: Sequence[Part], index: int) -> int | None:
    """The purpose that stands before the time; a day off only where it touches."""
    adjacent = True
    for place in range(index - 1, -1, -1):
        kind = parts[place].kind
        if kind in PURPOSES:
            heading = part_after(parts, place).kind == "colon"  # 「休息：12:00-14:00，17:00-18:00」
            if heading or (adjacent and kind != "unsold") or kind not in _PAUSES:
                return place
        if kind in SEPARATORS or kind == "times":
            adjacent = False
    return None


def _heads(parts: Sequence[Part], place: int) -> bool:
    """Whether the purpose at `place` is that of the next time: 「13:45 販售時間14:00」."""
    noun = parts[place].text.endswith("時間")
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


def and_sold(parts: Sequence[Part]) -> bool:
    """「8:00發號碼牌並依序販售」: both at the same time."""
    parts = [part for part in parts if part.kind != "space"]
    return any(
        part.kind == "plates" and link.text in _AND and following.kind == "sold"
        for part, link, following in zip(parts, parts[1:], parts[2:], strict=False)
    )
