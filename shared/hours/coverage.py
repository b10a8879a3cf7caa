"""How many of a feed's notes are read, and the words that stand in the way of the others."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from shared.catalog import Pharmacy
from shared.hours.note import LONGEST, read_note
from shared.hours.note_tails import without_tails
from shared.hours.note_tokens import tokens_of
from shared.hours.sales import ANY, sale_in

SHORTEST_WORD = 2
"""Signs. A single one that is not known is seldom a word: 「和」, 「及」."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Of the pharmacies that have a note; a note that many wrote counts once for each."""

    notes: int
    read: int
    """something in it is understood"""
    today: int
    """it tells something of the sale on that day"""
    unread: tuple[tuple[str, int], ...]
    """words that are not known, in notes of which something or all is not read, commonest first"""


def coverage_of(pharmacies: Iterable[Pharmacy], day: date, most: int = 10) -> Coverage:
    """What is read of the notes of `pharmacies`, with the `most` commonest unread words."""
    with_note = [one.hours for one in pharmacies if one.hours and (one.hours.note.strip())]
    texts = Counter(hours.note for hours in with_note)
    unread: Counter[str] = Counter()
    for text, times in texts.items():
        for word in set(unread_words(text)):
            unread[word] += times
    return Coverage(
        notes=len(with_note),
        read=sum(times for text, times in texts.items() if read_note(text)),
        today=sum(sale_in(hours, hours.topic or ANY, day) is not None for hours in with_note),
        unread=tuple(unread.most_common(most)),
    )


def unread_words(text: str) -> list[str]:
    """The runs of signs of `text` that are no word of `note_words.yaml`, no day and no time, nor
    made of the harmless ones of `note_tails.yaml`.

    >>> unread_words("口罩9:00販售，西藥房旁邊，甲")
    ['西藥房旁邊']
    """
    unknown = (token.text for token in tokens_of(text[:LONGEST]) if token.kind == "unknown")
    return [word for word in unknown if len(without_tails(word)) >= SHORTEST_WORD]
