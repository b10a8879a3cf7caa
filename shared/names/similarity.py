"""A second, closer look at the best reading: how alike are its syllables to what was heard?

The posterior tells which candidate is best; it is certain of the best of bad ones too. Whether to
be sure is decided by how near its telling syllables are to what was heard.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

import yaml

from shared.phonetics.bulk import EXTRA, Inventory, Patterns
from shared.phonetics.confusions import Matrix
from shared.phonetics.pronunciations import Pronunciation
from shared.phonetics.syllables import folded, syllables

Calibration = Mapping[str, Mapping[str, float]]
"""district, pharmacy → feature of a reading → its weight in the sum that trust is made of"""

_TELLS = -2.0
"""a syllable whose gap costs less (區, 藥局) tells too little to be looked at"""


@dataclass(frozen=True, slots=True)
class Similarity:
    """How near a name is to what was heard; 1 is the same."""

    near: float
    """mean evidence of its telling syllables, as a share of what the very syllable would give"""
    alike: float
    """mean of initials and finals that are the same, accents aside"""
    least: float
    """the same of the syllable least alike: 0, 0.5 or 1"""


@dataclass(frozen=True, slots=True, eq=False)
class AlignedName:
    """A name where it was heard best."""

    said: Sequence[Pronunciation]
    heard: Sequence[Pronunciation]
    gaps: Sequence[float]
    """(said,)"""
    evidence: Sequence[Sequence[float]]
    """(said, heard)"""
    full: Sequence[float]
    """(said,): evidence of the very syllable"""
    places: Sequence[int]
    """(said,): where each was heard; −1: nowhere"""
    whole: float
    """evidence of the whole name, 藥局 and 區 with it, as a share"""
    start: int
    end: int
    """its first heard sound and the one after its last; equal where none was heard"""

    def similarity(self) -> Similarity:
        """How near its telling syllables are to what was heard."""
        near, alike = [], []
        for i in [i for i, gap in enumerate(self.gaps) if gap <= _TELLS] or range(len(self.gaps)):
            at = self.places[i]
            near.append(self.evidence[i][at] / self.full[i] if at >= 0 else _NOT_HEARD)
            alike.append(_alike(self.said[i], self.heard[at]) if at >= 0 else 0.0)
        return Similarity(sum(near) / len(near), sum(alike) / len(alike), min(alike))


@dataclass(frozen=True, slots=True, eq=False)
class Alignments:
    """What was heard, to be aligned with single names; each is aligned once."""

    rows: Matrix
    """(heard, known + 1), from `Inventory.rows`"""
    sounds: Sequence[Pronunciation]
    inventory: Inventory
    _found: dict[tuple[int, int], AlignedName] = field(default_factory=dict)

    def of(self, number: int, patterns: Patterns, *, backwards: bool = False) -> AlignedName:
        """The pattern of that `number`; `backwards`: it is laid out so. Spans count forwards."""
        key = (id(patterns), number)
        if key not in self._found:
            self._found[key] = self._aligned(*patterns.one(number), backwards=backwards)
        return self._found[key]

    def nearest(self, numbers: Sequence[int], patterns: Patterns) -> AlignedName:
        """Of several patterns the nearest."""
        return max((self.of(number, patterns) for number in numbers), key=lambda one: one.whole)

    def _aligned(self, sounds: list[int], gaps: list[float], *, backwards: bool) -> AlignedName:
        rows, heard = self.rows, self.sounds
        if backwards:
            rows, heard = rows[::-1], heard[::-1]
        evidence = rows.take(sounds, axis=1).T.tolist()
        if not syllables()[heard[0][0]].tone:  # Latin letters: a tone was never there to be missed
            evidence = [[cell + _TONE for cell in row] for row in evidence]
        score, places = _trace(evidence, gaps)
        on = [at for at in places if at >= 0]
        start, end = min(on, default=0), max(on, default=-1) + 1
        if backwards:
            start, end = len(heard) - end, len(heard) - start
        full = self.inventory.full.take(sounds).tolist()
        known = self.inventory.sounds()
        said = [known[sound] for sound in sounds]
        whole = score / sum(full)
        return AlignedName(said, heard, gaps, evidence, full, places, whole, start, end)


_TONE = 1.2  # evidence of a tone that is the same
_NOT_HEARD = -0.5  # as near as a syllable that was heard as something quite different


def _trace(evidence: list[list[float]], gaps: list[float]) -> tuple[float, list[int]]:
    """The best evidence of the name anywhere, and where each syllable was heard (−1: nowhere)."""
    extra = float(EXTRA)
    lines = [[0.0] * (len(evidence[0]) + 1)]
    for row, gap in zip(evidence, gaps, strict=True):
        before = lines[-1]
        diagonal = before[0]
        last = diagonal + gap
        line = [last]
        for cell, above in zip(row, before[1:], strict=True):
            missed, heard, last = above + gap, diagonal + cell, last + extra
            if missed > last:  # max() takes twice as long
                last = missed
            if heard > last:
                last = heard
            line.append(last)
            diagonal = above
        lines.append(line)
    score = max(lines[-1])
    column = lines[-1].index(score)
    places = [-1] * len(gaps)
    for index in range(len(gaps) - 1, -1, -1):
        before, line, row = lines[index], lines[index + 1], evidence[index]
        while column and line[column] == line[column - 1] + extra:
            column -= 1
        if column and line[column] == before[column - 1] + row[column - 1]:
            column -= 1
            places[index] = column
    return score, places


def _alike(said: Pronunciation, heard: Pronunciation) -> float:
    """The share of initial and final that are the same in the readings most alike."""
    if said[0] == heard[0]:
        return 1.0
    parts = folded()
    return max(
        ((parts[a][0] == parts[b][0]) + (parts[a][1] == parts[b][1])) / 2
        for a in said
        for b in heard
    )


@cache
def calibration() -> Calibration:
    """The weights that trust is summed with, for a district and for a pharmacy."""
    text = resources.files(__package__).joinpath("calibration.yaml").read_text(encoding="utf-8")
    weights: Calibration = yaml.safe_load(text)
    return weights
