"""Many names as they are aligned with what was heard, by sums of evidence.

An *inventory* knows every sound that the names of an index consist of, and gives for a heard
sound its evidence for each of them. *Patterns* are names as rows of the inventory's sounds, which
`shared/compiled/patterns.h` follows through what was heard.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shared.compiled import SOUNDS, CPatterns
from shared.phonetics.confusions import Matrix
from shared.phonetics.pronunciations import Pronunciation

Numbers = NDArray[np.int16]
"""of sounds; Mandarin has some 1,500"""

EXTRA = -3.5
"""a heard syllable inside a name that does not belong to it"""
_OTHER_READING = np.float32(2.0)  # evidence lost where an unusual reading is taken
_NEVER = np.float32(-1e4)


@dataclass(frozen=True, slots=True)
class Pattern:
    """One name: its sounds, and what it costs where one of them was not heard."""

    sounds: tuple[Pronunciation, ...]
    gaps: tuple[float, ...]
    """evidence, below 0, one for each sound"""


_RECORD = np.dtype(
    [
        ("gaps", np.float32, SOUNDS),
        ("sounds", np.int16, SOUNDS),
        ("length", np.int16),
        ("prior", np.float32),
        ("owner", np.int32),
    ],
    align=True,
)


@dataclass(frozen=True, slots=True, eq=False)
class Patterns:
    """Names below one another; those that are shorter are filled up with a silent sound."""

    records: NDArray[np.void]
    """(names,): `Pattern` of patterns.h"""
    sounds: NDArray[np.int16]
    """(names, SOUNDS): numbers of the inventory's sounds"""
    gaps: Matrix
    """(names, SOUNDS): evidence lost where each was not heard"""
    lengths: NDArray[np.int16]
    """(names,): how many sounds each has"""
    table: CPatterns
    """the records for C; it lasts as long as they do"""

    @classmethod
    def of(cls, count: int) -> "Patterns":
        """Room for so many, each in a line of the processor's cache."""
        room = np.zeros((count + 1) * _RECORD.itemsize, np.uint8)
        start = -room.ctypes.data % _RECORD.itemsize
        return cls._of(room[start:][: count * _RECORD.itemsize].view(_RECORD))

    @classmethod
    def _of(cls, records: NDArray[np.void]) -> "Patterns":
        parts = records["sounds"], records["gaps"], records["length"]
        return cls(records, *parts, CPatterns(records.ctypes.data, len(records)))

    def first(self, count: int) -> "Patterns":
        """The first `count` of them."""
        return self._of(self.records[:count])

    def owned(self, priors: Matrix, owners: NDArray[np.intp]) -> "Patterns":
        """The same, with the prior of each as a logarithm, and the number of what is called so."""
        self.records["prior"][: len(priors)], self.records["owner"][: len(owners)] = priors, owners
        return self


class Inventory:
    """Evidence of heard sounds for the sounds that names consist of."""

    def __init__(self, evidence: Matrix) -> None:
        """`evidence`: (heard, said) syllables, as `channel.evidence` gives it."""
        self._evidence = evidence
        self._numbers: dict[Pronunciation, int] = {}
        self._sounds: tuple[Pronunciation, ...] = ()
        self._readings = np.zeros((0, 1), np.intp)
        self._unusual = np.zeros((0, 1), np.float32)
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
        """The `patterns` as rows of numbers, filled up with −1: (patterns, SOUNDS)."""
        table = np.full((len(patterns), SOUNDS), -1, np.int16)
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
        full = self._evidence.diagonal()[self._readings[:, 0]]
        self.full = np.append(full, 0).astype(np.float32)

    def row(self, sound: Pronunciation) -> Matrix:
        """Evidence of a heard sound for each known one, and none for the silent: (known + 1,)."""
        readings = self._evidence[list(sound)].copy()
        readings[1:] -= _OTHER_READING
        said = readings.max(axis=0)[self._readings] - self._unusual
        return np.append(said.max(axis=1), _NEVER).astype(np.float32)


def lay_out(
    inventory: Inventory, patterns: Sequence[Pattern], numbers: Numbers, *, backwards: bool = False
) -> Patterns:
    """The `patterns` whose `numbers` the settled `inventory` has learned, ready to be followed."""
    laid_out = Patterns.of(len(patterns))
    for row, pattern in enumerate(patterns):
        kept = pattern.gaps[::-1] if backwards else pattern.gaps
        laid_out.gaps[row, : len(kept)] = kept
    laid_out.lengths[:] = [len(pattern.sounds) for pattern in patterns]
    laid_out.sounds[:] = np.where(numbers < 0, inventory.silent, numbers)
    return laid_out
