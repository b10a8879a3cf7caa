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

Numbers = NDArray[np.int32]

EXTRA = np.float32(-2.5)
"""a heard syllable inside a name that does not belong to it"""
_OTHER_READING = np.float32(0.6)  # evidence lost where an unusual reading is taken
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

    sounds: Numbers
    """(longest, names): numbers of the inventory's sounds"""
    gaps: Matrix
    """(longest, names)"""
    lengths: NDArray[np.intp]
    """(names,): how many sounds each has"""

    def of(self, chosen: NDArray[np.intp]) -> "Patterns":
        """Only the `chosen` names (the longest first), cut to the longest of them."""
        lengths = self.lengths[chosen]
        longest = int(lengths.max(initial=0))
        sounds = self.sounds[:longest].take(chosen, axis=1)
        return Patterns(sounds, self.gaps[:longest].take(chosen, axis=1), lengths)

    def one(self, number: int) -> tuple[list[int], list[float]]:
        """The sounds of one name, and their gaps."""
        length = int(self.lengths[number])
        return self.sounds[:length, number].tolist(), self.gaps[:length, number].tolist()

    def beside(self, others: "Patterns") -> "Patterns":
        """These and then the `others`, in no good order: see `longest_first`."""
        longest = max(len(self.gaps), len(others.gaps))
        return Patterns(
            np.hstack([_filled(patterns.sounds, longest) for patterns in (self, others)]),
            np.hstack([_filled(patterns.gaps, longest) for patterns in (self, others)]),
            np.concatenate((self.lengths, others.lengths)),
        )

    def longest_first(self) -> tuple["Patterns", NDArray[np.intp]]:
        """The same in their order, and where each of these now stands."""
        order = np.argsort(-self.lengths, kind="stable")
        return self.of(order), np.argsort(order)


def _filled(table: NDArray[Any], longest: int) -> NDArray[Any]:
    filled = np.zeros((longest, table.shape[1]), table.dtype)
    filled[: len(table)] = table
    return filled


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
        table = np.full((len(patterns), longest), -1, np.int32)
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
    return Patterns(np.ascontiguousarray(sounds.T, np.int32), np.ascontiguousarray(gaps.T), lengths)


def by_sound(rows: Matrix) -> Matrix:
    """`rows` from `Inventory.rows` as `follow` takes them: (known + 1, heard + 1), after a silence.

    Twice, one below the other: as it was heard, and backwards.
    """
    heard, known = rows.shape
    table = np.empty((2 * known, heard + 1), np.float32)
    table[:, 0] = _NEVER
    table[:known, 1:] = rows.T
    table[known:, 1:] = rows[::-1].T
    return table


def follow(rows: Matrix, patterns: Patterns, start: Matrix, *, extra: bool = True) -> Matrix:
    """The best evidence of each pattern ending at each place: (patterns, heard + 1).

    `rows`: (known + 1, heard + 1) from `by_sound`; `start`: (heard + 1,) or (patterns, heard + 1),
    the evidence of all that stands before the pattern, by the place where it begins. `extra`:
    whether a syllable may stand inside a name that does not belong to it.

    A step from one place to the next is one element on, for all patterns in one go: those that
    lead from the end of one pattern into the next are never taken.
    """
    counts = len(patterns.lengths) - np.searchsorted(
        patterns.lengths[::-1], np.arange(len(patterns.gaps)), "right"
    )
    places = rows.shape[1]
    reached = np.empty((len(patterns.lengths), places), np.float32)
    reached[:] = start
    every = reached.reshape(-1)
    beyond = np.full(reached.shape if extra else (0, places), EXTRA)
    beyond[:, 0] = _NEVER
    extras = beyond.reshape(-1)
    for sounds, gaps, count in zip(patterns.sounds, patterns.gaps, counts.tolist(), strict=True):
        end = count * places  # the shorter ones are done
        step = rows.take(sounds[:count], axis=0).reshape(-1)[1:]
        before, behind = every[: end - 1], every[1:end]
        step += before  # heard
        reached[:count] += gaps[:count, None]  # not heard
        np.maximum(behind, step, out=behind)
        if extra:  # and something that does not belong to it
            np.add(before, extras[1:end], out=step)
            np.maximum(behind, step, out=behind)
    return reached
