"""How far a phrase lies from an utterance, wherever in it it was said.

    pronunciations ─ costs ─→ matrix of confusion costs ─ align ─→ place and cost

Costs are graded between 0 (the same) and 1 (unrelated); the table and its sources stand in
`confusions.yaml`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

import numpy as np

from shared.phonetics.confusions import Matrix, distances, gaps, other_reading
from shared.phonetics.pronunciations import Pronunciation


@lru_cache(maxsize=2048)
def to_syllables(sound: Pronunciation) -> Matrix:
    """The distance of `sound` to every syllable: (syllables,), float32."""
    rows = distances()[list(sound)].copy()
    rows[1:] += np.float32(other_reading())
    row: Matrix = rows.min(axis=0)
    row.setflags(write=False)
    return row


class Costs:
    """How far each sound of a pattern lies from heard ones."""

    def __init__(self, pattern: Sequence[Pronunciation]) -> None:
        """`pattern`: not empty."""
        self._first = list(accumulate(map(len, pattern), initial=0))[:-1]
        self._readings = np.array([reading for sound in pattern for reading in sound])
        self._unusual = np.full(len(self._readings), other_reading(), np.float32)
        self._unusual[self._first] = 0
        self._rows: dict[Pronunciation, tuple[Matrix, int]] = {}

    def row(self, heard: Pronunciation) -> Matrix:
        """(len(pattern),), float32."""
        to = to_syllables(heard).take(self._readings) + self._unusual
        row: Matrix = np.minimum.reduceat(to, self._first)
        return row

    def address(self, heard: Pronunciation) -> int:
        """Where C finds that row, for as long as this lives."""
        found = self._rows.get(heard)
        if found is None:
            row = self.row(heard)
            found = self._rows[heard] = row, row.ctypes.data
        return found[1]


def costs(pattern: Sequence[Pronunciation], heard: Sequence[Pronunciation]) -> Matrix:
    """How far each sound of `pattern` lies from each heard one: (len(pattern), len(heard))."""
    if not pattern or not heard:
        return np.empty((len(pattern), len(heard)), np.float32)
    row = Costs(pattern).row
    matrix: Matrix = np.array([row(sound) for sound in heard]).T
    return matrix


@dataclass(frozen=True, slots=True)
class Alignment:
    """Where a pattern was found in what was heard."""

    cost: float
    """the sum of distances and gaps; 0 the same; len(pattern) × 0.75 not heard at all"""
    start: int
    """first heard sound that belongs to it"""
    end: int
    """one behind the last"""


def align(pattern: Sequence[Pronunciation], heard: Sequence[Pronunciation]) -> Alignment:
    """The place in `heard` that sounds most like the whole of `pattern`, wherever it lies."""
    missing, extra = gaps()
    distance = costs(pattern, heard).tolist()
    before, begun = [0.0] * (len(heard) + 1), list(range(len(heard) + 1))
    for row in distance:
        here, since = before[0] + missing, begun[0]
        costs_here, starts = [here], [since]
        for column, step in enumerate(row):
            # The cheapest of the three ways here, and of equal ones that which begins first.
            gap, skipped = before[column + 1] + missing, here + extra
            here, left = before[column] + step, since
            since = begun[column]
            if gap < here or (gap == here and begun[column + 1] < since):
                here, since = gap, begun[column + 1]
            if skipped < here or (skipped == here and left < since):
                here, since = skipped, left
            costs_here.append(here)
            starts.append(since)
        before, begun = costs_here, starts
    end = min(range(len(before)), key=before.__getitem__)
    return Alignment(before[end], begun[end], end)


def best_cost(pattern: Sequence[Pronunciation], heard: Sequence[Pronunciation]) -> float:
    """The cost of `align`, a syllable: 0 the same; from about 0.3 on it is chance."""
    return align(pattern, heard).cost / len(pattern) if pattern and heard else 1.0


def whole_cost(pattern: Sequence[Pronunciation], heard: Sequence[Pronunciation]) -> float:
    """As `best_cost`, but all of `heard` must be the pattern: what is left over costs too."""
    if not pattern or not heard:
        return 1.0
    found = align(pattern, heard)
    over = len(heard) - (found.end - found.start)
    return (found.cost + over * gaps()[1]) / max(len(pattern), len(heard))
