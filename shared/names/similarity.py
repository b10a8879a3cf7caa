"""A second, closer look at the best reading: how alike are its syllables to what was heard?

The posterior tells which candidate is best; it is certain of the best of bad ones too. Whether to
be sure is decided by how near its telling syllables are to what was heard.
"""

import ctypes
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

import yaml

from shared.compiled import CAlignment, library
from shared.names.lexicon import Forms
from shared.names.tables import HeardSounds, Tables
from shared.phonetics.bulk import EXTRA, Inventory, Patterns
from shared.phonetics.pronunciations import Pronunciation
from shared.phonetics.syllables import folded

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

    found: CAlignment
    patterns: Patterns
    within: "Alignments"

    @property
    def whole(self) -> float:
        """Evidence of the whole name, 藥局 and 區 with it, as a share."""
        return float(self.found.whole)

    @property
    def start(self) -> int:
        """Its first heard sound."""
        return int(self.found.start)

    @property
    def end(self) -> int:
        """The one after its last; `start` where none was heard."""
        return int(self.found.end)

    @property
    def length(self) -> int:
        """The syllables of the name that can be read."""
        return int(self.patterns.lengths.item(self.found.number))

    def evidence(self) -> float:
        """The same as a log-likelihood ratio: of two as near ones the longer tells more."""
        sounds = self.patterns.sounds[self.found.number, : self.length]
        return self.whole * float(self.within.inventory.full[sounds].sum())

    def similarity(self) -> Similarity:
        """How near its telling syllables are to what was heard."""
        number, full = self.found.number, self.within.inventory.full.item
        length = self.patterns.lengths.item(number)
        gaps = self.patterns.gaps[number].tolist()[:length]
        said, places = self.patterns.sounds[number].tolist(), self.found.places
        known, heard = self.within.inventory.sounds(), self.within.heard.sounds
        near, alike = [], []
        for i in [i for i, gap in enumerate(gaps) if gap <= _TELLS] or range(length):
            if (at := places[i]) < 0:
                near.append(_NOT_HEARD)
                alike.append(0.0)
                continue
            near.append(self.found.told[i] / full(said[i]))
            alike.append(_alike(known[said[i]], heard[at]))
        return Similarity(sum(near) / len(near), sum(alike) / len(alike), min(alike))


@dataclass(frozen=True, slots=True, eq=False)
class Alignments:
    """What was heard, to be aligned with single names; each is aligned once."""

    heard: HeardSounds
    tables: Tables
    inventory: Inventory
    _found: dict[tuple[int, int], AlignedName] = field(default_factory=dict)

    def of(self, number: int, spoken: Patterns) -> AlignedName:
        """The name of that `number`; they are laid out backwards, and spans count forwards."""
        key = (id(spoken), number)
        if key not in self._found:
            only = ctypes.c_ssize_t(number)
            self._found[key] = self._nearest(ctypes.addressof(only), 1, spoken, True)
        return self._found[key]

    def nearest(self, owner: int, forms: Forms) -> AlignedName:
        """Of the forms of an owner the nearest."""
        key = (id(forms), owner)
        if key not in self._found:
            self._found[key] = self._nearest(*forms.forms_of(owner), forms.patterns, False)
        return self._found[key]

    def _nearest(
        self, numbers: int, count: int, patterns: Patterns, backwards: bool
    ) -> AlignedName:
        """Of the patterns whose `numbers` stand there the nearest."""
        sounds, found = self.heard.sounds, CAlignment()
        # Of Latin letters no tone was ever there to be missed.
        tone = TONE if self.heard.toneless else 0.0
        library().align(
            patterns.table.all,
            numbers,
            count,
            self.heard.table,
            len(sounds),
            self.tables.full,
            tone,
            EXTRA,
            backwards,
            ctypes.byref(found),
        )
        return AlignedName(found, patterns, self)


TONE = 1.2  # log-likelihood ratio of a tone that is the same
_NOT_HEARD = -0.5  # as near as a syllable that was heard as something quite different


def _alike(said: Pronunciation, heard: Pronunciation) -> float:
    """The share of initial and final that are the same in the readings most alike."""
    if said[0] == heard[0]:  # as mostly
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
