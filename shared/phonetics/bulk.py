"""Many names aligned with what was heard at once, as sums of evidence, in numpy.

An *inventory* knows every sound that the names of an index consist of, and gives for a heard
sound its evidence for each of them. *Patterns* are names as rows of the inventory's sounds.
`follow` carries each of them over what was heard: column by column the best evidence of having
got so far.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shared.phonetics.confusions import Matrix
from shared.phonetics.pronunciations import Pronunciation

Numbers = NDArray[np.int16]
"""of sounds; Mandarin has some 1,500"""

EXTRA = np.array(-3.5, np.float32)
"""a heard syllable inside a name that does not belong to it"""
_OTHER_READING = np.float32(2.0)  # evidence lost where an unusual reading is taken
_NEVER = np.float32(-1e4)
_ROWS_KEPT = 2048  # of heard sounds: about 10 MB


@dataclass(frozen=True, slots=True)
class Pattern:
    """One name: its sounds, and what it costs where one of them was not heard."""

    sounds: tuple[Pronunciation, ...]
    gaps: tuple[float, ...]
    """evidence, below 0, one for each sound"""


@dataclass(frozen=True, slots=True, eq=False)
class Patterns:
    """Names side by side, the longest first; shorter ones are filled up with a silent sound."""

    sounds: NDArray[np.integer[Any]]
    """(longest, names): numbers of the inventory's sounds"""
    gaps: Matrix
    """(longest, names)"""
    lengths: NDArray[np.intp]
    """(names,): how many sounds each has"""

    def of(self, chosen: NDArray[np.intp]) -> "Patterns":
        """Only the `chosen` names (the longest first), cut to the longest of them."""
        lengths = self.lengths.take(chosen)
        longest = int(lengths[0]) if len(lengths) else 0
        sounds = self.sounds[:longest].take(chosen, axis=1).astype(np.intp)  # to take by
        return Patterns(sounds, self.gaps[:longest].take(chosen, axis=1), lengths)

    def counts(self) -> list[int]:
        """(longest,): how many of them are longer than that."""
        shorter = np.searchsorted(self.lengths[::-1], np.arange(len(self.gaps)), "right")
        counts: list[int] = (len(self.lengths) - shorter).tolist()
        return counts

    def one(self, number: int) -> tuple[list[int], list[float]]:
        """The sounds of one name, and their gaps."""
        length = int(self.lengths[number])
        return self.sounds[:length, number].tolist(), self.gaps[:length, number].tolist()


class Inventory:
    """Evidence of heard sounds for the sounds that names consist of."""

    def __init__(self, evidence: Matrix) -> None:
        """`evidence`: (heard, said) syllables, as `channel.evidence` gives it."""
        self._evidence = evidence
        self._numbers: dict[Pronunciation, int] = {}
        self._sounds: tuple[Pronunciation, ...] = ()
        self._readings = np.zeros((0, 1), np.intp)
        self._unusual = np.zeros((0, 1), np.float32)
        self._rows: dict[Pronunciation, Matrix] = {}
        self.full: Matrix = np.zeros(1, np.float32)
        """(known + 1,): the evidence of each known sound where it was heard as itself"""

    @property
    def silent(self) -> int:
        """The number of the sound that fills up patterns: no heard sound is evidence for it."""
        return len(self._numbers)

    def number(self, sound: Pronunciation) -> int:
        """The number of a sound of a name; sounds are learned before the first row is asked."""
        return self._numbers.setdefault(sound, len(self._numbers))

    def sounds(self) -> tuple[Pronunciation, ...]:
        """Every known sound, by its number."""
        return self._sounds or tuple(self._numbers)

    def learn(self, patterns: Sequence[Pattern], *, backwards: bool = False) -> Numbers:
        """The `patterns` as rows of numbers, filled up with −1: (patterns, longest)."""
        longest = max((len(pattern.sounds) for pattern in patterns), default=0)
        table = np.full((len(patterns), longest), -1, np.int16)
        for row, pattern in enumerate(patterns):
            numbers = [self.number(sound) for sound in pattern.sounds]
            table[row, : len(numbers)] = numbers[::-1] if backwards else numbers
        return table

    def settle(self) -> None:
        """No further sounds are learned."""
        self._sounds = tuple(self._numbers)
        widest = max((len(sound) for sound in self._numbers), default=1)
        self._readings = np.array(
            [[*sound, *[sound[0]] * (widest - len(sound))] for sound in self._numbers], np.intp
        ).reshape(-1, widest)
        self._unusual = np.zeros(self._readings.shape, np.float32)
        self._unusual[:, 1:] = _OTHER_READING
        self.full = np.append(self._evidence.diagonal()[self._readings[:, 0]], 0)

    def rows(self, heard: Sequence[Pronunciation]) -> Matrix:
        """Evidence of each heard sound for each known sound: (heard, known + 1)."""
        if len(self._rows) > _ROWS_KEPT:
            self._rows.clear()
        found = np.empty((len(heard), self.silent + 1), np.float32)
        for index, sound in enumerate(heard):
            row = self._rows.get(sound)
            if row is None:
                row = self._rows[sound] = self._row(sound)
            found[index] = row
        return found

    def _row(self, sound: Pronunciation) -> Matrix:
        readings = self._evidence[list(sound)].copy()
        readings[1:] -= _OTHER_READING
        said = readings.max(axis=0)[self._readings] - self._unusual
        return np.append(said.max(axis=1), _NEVER).astype(np.float32)


def lay_out(
    inventory: Inventory, patterns: Sequence[Pattern], numbers: Numbers, *, backwards: bool = False
) -> Patterns:
    """The `patterns` whose `numbers` the settled `inventory` has learned, ready to be followed."""
    gaps = np.zeros(numbers.shape, np.float32)
    for row, pattern in enumerate(patterns):
        kept = pattern.gaps[::-1] if backwards else pattern.gaps
        gaps[row, : len(kept)] = kept
    sounds = np.where(numbers < 0, inventory.silent, numbers)
    lengths = np.array([len(pattern.sounds) for pattern in patterns], np.intp)
    return Patterns(np.ascontiguousarray(sounds.T, np.int16), np.ascontiguousarray(gaps.T), lengths)


def follow(rows: Matrix, patterns: Patterns, start: Matrix, *, backwards: bool = False) -> Matrix:
    """The best evidence of each pattern ending at each place: (heard + 1, patterns).

    `rows`: (heard, known + 1) from `Inventory.rows`; `start`: (heard + 1, patterns) or
    (heard + 1, 1), the evidence of all that stands before the pattern, by the place where it
    begins. `backwards`: the patterns are laid out so, and what stands behind them is known.

    One syllable of all patterns is taken at a time, at all places in one go; what is done is set
    aside, for numpy is several times faster on arrays without holes.
    """
    width = len(patterns.lengths)
    found = np.empty((len(rows) + 1, width), np.float32)
    reached = np.empty_like(found)
    reached[:] = start
    for sounds, gaps, count in zip(patterns.sounds, patterns.gaps, patterns.counts(), strict=True):
        if count < width:
            found[:, count:width] = reached[:, count:]
            reached, width = reached[:, :count].copy(), count
        before, behind = (reached[1:], reached[:-1]) if backwards else (reached[:-1], reached[1:])
        step = rows.take(sounds[:count], axis=1, mode="clip")  # in half the time of "raise"
        step += before  # heard
        reached += gaps[:count]  # not heard
        np.maximum(behind, step, out=behind)
        np.add(before, EXTRA, out=step)  # and something that does not belong to it
        np.maximum(behind, step, out=behind)
    found[:, :width] = reached
    return found
