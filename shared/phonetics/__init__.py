"""The sounds of Mandarin: syllables, pronunciations, confusion costs, alignment, romanisation.

What names, roads, landmarks and the understanding of commands share, with one table of confusions
(`confusions.yaml`):

    text ─ read ─→ pronunciations (each character's syllables by number, the usual one first)
    costs          how far each pronunciation of a phrase lies from each of an utterance, 0 to 1
    align          where in the utterance a short phrase was said, and at what cost
    distances      the cost of every syllable for every other, by number
"""

from shared.phonetics.alignment import (
    Alignment,
    Costs,
    align,
    best_cost,
    costs,
    to_syllables,
    whole_cost,
)
from shared.phonetics.confusions import Matrix, distances, gaps
from shared.phonetics.pronunciations import Pronunciation, fold_all, pronunciation_of, read
from shared.phonetics.syllables import Syllable, folded, parse_syllable, syllables

__all__ = [
    "Alignment",
    "Costs",
    "Matrix",
    "Pronunciation",
    "Syllable",
    "align",
    "best_cost",
    "costs",
    "distances",
    "fold_all",
    "folded",
    "gaps",
    "parse_syllable",
    "pronunciation_of",
    "read",
    "syllables",
    "to_syllables",
    "whole_cost",
]
