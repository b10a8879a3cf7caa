"""Utterance → which place or pharmacy was meant.

    transcript ─ phonetics ─→ likelihood ─┬─→ posterior ─ decision ─→ Resolution: sure, ask, nothing
    hints ────── prior ───────────────────┘        └─ mentions: span, candidates, ratio

`resolve` is all that others call; `index_of` makes what it needs of a catalogue.
"""

from shared.names.index import NameIndex, index_of
from shared.names.resolution import (
    Hints,
    Meant,
    Mention,
    MentionKind,
    PharmacyMatch,
    PlaceMatch,
    Resolution,
    RoadMatch,
)
from shared.names.resolve import resolve

__all__ = [
    "Hints",
    "Meant",
    "Mention",
    "MentionKind",
    "NameIndex",
    "PharmacyMatch",
    "PlaceMatch",
    "Resolution",
    "RoadMatch",
    "index_of",
    "resolve",
]
