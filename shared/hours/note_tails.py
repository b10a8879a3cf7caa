"""The words that change nothing of a note: what is unread and made of them alone is harmless."""

from functools import cache

from shared.data_tables import table_of
from shared.hours.note_text import plain
from shared.hours.note_tokens import Part

_UNSURE = frozenset(
    "一二三四五六七八九十兩週月日天今晨早午晚夜半時間期整刻不無未沒非勿停休僅只但除改調更變延提恢超過遇逢若如另"
    "暫至到起止前後第輪隔單雙補班診連續最"
)
"""Signs of days, hours, numbers, limits, denial and change: an unread run that holds one outside
of the known tails (note_tails.yaml) could turn what stands around it."""


def is_tail(part: Part) -> bool:
    """Whether `part` is unread and could turn nothing."""
    return part.kind == "unknown" and not _UNSURE & set(without_tails(part.text))


def is_unread(part: Part) -> bool:
    """Whether `part` is unread, and not made of tails alone."""
    return part.kind == "unknown" and bool(without_tails(part.text))


def could_turn(part: Part) -> bool:
    """Whether `part` is unread and could turn what stands around it."""
    return part.kind == "unknown" and not is_tail(part)


@cache
def _tails() -> dict[str, tuple[str, ...]]:
    """First sign → the tails that begin so, longest first."""
    found: dict[str, set[str]] = {}
    for group in table_of(__package__, "note_tails.yaml").values():
        for entry in group:
            for word in entry if isinstance(entry, list) else [entry]:
                found.setdefault(plain(word)[0], set()).add(plain(word))
    return {
        sign: tuple(sorted(words, key=lambda word: (-len(word), word)))
        for sign, words in found.items()
    }


def without_tails(text: str) -> str:
    """What is left of an unread run without the tails that are known.

    >>> without_tails("請見諒週"), without_tails("週請見諒")
    ('週', '週')
    """
    left, place = "", 0
    while place < len(text):
        known = next((w for w in _tails().get(text[place], ()) if text.startswith(w, place)), "")
        left += "" if known else text[place]
        place += len(known) or 1
    return left
