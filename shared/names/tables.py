"""What is known of one catalogue's names beforehand, as `shared/compiled/sentence.c` takes it.

With the weights of what callers say: logarithms, of which only the rough size matters.
"""

import ctypes
import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shared.compiled import CPatterns, fields
from shared.names.gazetteer import Groups, Names
from shared.phonetics.bulk import EXTRA, Inventory
from shared.phonetics.confusions import Matrix
from shared.phonetics.pronunciations import Pronunciation
from shared.phonetics.syllables import syllables
from shared.places.districts import all_counties

_COUNTY_SAID = math.log(0.5)
_COUNTY_UNSAID = math.log(0.5)
_DISTRICT_SAID = math.log(0.75)  # the district of a landmark, before it: 萬華西門町
_STRAY = -0.5  # a syllable between county, district and landmark that belongs to none
_BETWEEN = -1.0  # a syllable between a place and a name
DISTRICT = math.log(0.5)
LANDMARK = math.log(0.1)
PHARMACY = math.log(0.5)
WITH_DISTRICT = math.log(0.75)
WITHOUT = math.log(0.25)
_WITH_COUNTY = math.log(0.11)  # a county, no district, and a name
UNLISTED = math.log(0.02)  # a pharmacy that no name of the catalogue fits
_NOTHING = math.log(0.05)
_COUNTY_ALONE = math.log(0.02)
_VERBATIM = 4.0  # a name written just so, where others sound the same (健安, 建安)
_OFFERED = 4.0  # a name that was just read out

TEMPER = 1.35
"""likelihoods of neighbouring syllables are not independent: a bad line is bad throughout"""

_WORTH = 2.0  # what a name must add to the likelihood, to be considered at all

_FORMS = 500
"""surface forms of places that are aligned exactly; of 610 rows that nothing was fitted on 200 find
1.4 % fewer districts among three, and 1.6 % fewer pharmacies; all 1,530 find no more"""
_CLOSE = 8  # districts whose every name is looked at
_CLOSE_NAMES = 150
_LIKELY = 48  # districts that may support a name; at most 64
_MOST_PAIRS = 380  # of pairs whose names are looked at, a pair heard twice counting twice
_CANDIDATES = 225  # names aligned exactly, one found by two pairs counting twice
_LOW = -6.0  # evidence of a pair below which its names are not looked at
_ANYWHERE = 0.25  # how much a name's telling sounds count, wherever, beside its best pair


class _CEntries(ctypes.Structure):
    _fields_ = fields(pointers="first all")


_ENTRY = np.dtype([("name", np.int32), ("pairs", np.int32, 3), ("telling", np.int16, 4)])
_POSTING = np.dtype([("district", np.int32), ("log_size", np.float32), ("size", np.float32)])
_PAIRS = np.dtype([("known", np.uint64), ("before", np.int64)])
"""as lexicon.h has them"""


_WEIGHTS: Mapping[str, float] = {
    "extra": EXTRA,
    "stray": _STRAY,
    "between": _BETWEEN,
    "county_said": _COUNTY_SAID,
    "county_unsaid": _COUNTY_UNSAID,
    "district_said": _DISTRICT_SAID,
    "with_county": _WITH_COUNTY,
    "worth": _WORTH,
    "low": _LOW,
    "anywhere": _ANYWHERE,
    "verbatim": _VERBATIM,
    "offered": _OFFERED,
    "unlisted": UNLISTED,
    "temper": TEMPER,
    "of_nothing": _NOTHING,
    "of_county": _COUNTY_ALONE - math.log(len(all_counties())),
}
_LIMITS: Mapping[str, int] = {
    "forms": _FORMS,
    "pairs_looked_at": _MOST_PAIRS,
    "candidates": _CANDIDATES,
    "close": _CLOSE,
    "close_names": _CLOSE_NAMES,
    "likely": _LIKELY,
}


class _CLexicon(ctypes.Structure):
    _fields_ = (
        fields("known counties districts places names pairs classes possessive")
        + [(name, CPatterns) for name in ("county_forms", "place_forms", "spoken")]
        + fields(pointers="place_heads county_of district_of pairs_known")
        + [(name, _CEntries) for name in ("filed", "named_in")]
        + fields(pointers="postings place_share roads pair_best marked")
        + [(name, ctypes.c_double) for name in (*_WEIGHTS, "of_unlisted", "of_name", "of_posting")]
        + fields(" ".join(_LIMITS))
    )


class CSentence(ctypes.Structure):
    """`Sentence` of lexicon.h."""

    _fields_ = (
        *fields(pointers="sounds front tail place_prior written offered"),
        ("around", ctypes.c_double),
        *fields("heard likely_count written_count offered_count"),
    )


TOLD, LIKELIEST = 3, 6
"""candidates of each kind, by their ratio and by their share; as lexicon.h has it"""


class CFound(ctypes.Structure):
    """`Found` of lexicon.h."""

    _fields_ = fields(pointers="floats best names postings beside") + fields(
        "name_count posting_count"
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Sound:
    row: Matrix
    classes: NDArray[np.int32]
    scores: Matrix
    at: tuple[int, int, int]
    """the addresses of the three"""


@dataclass(frozen=True, slots=True, eq=False)
class HeardSounds:
    """What was heard, for C."""

    sounds: tuple[Pronunciation, ...]
    table: ctypes.Array[ctypes.c_void_p]
    """(heard, 3): `Sound` of patterns.h"""
    arrays: tuple[_Sound, ...]
    """what the table points to"""
    toneless: bool
    """none of them has a tone, as nothing in Latin letters has"""


class Tables:
    """One catalogue's names in C, and the evidence of heard sounds for them."""

    def __init__(self, inventory: Inventory, names: Names, **values: object) -> None:
        """`values`: fields of `Lexicon` beside those of the two; see `NameIndex.of`."""
        self._inventory, self._names = inventory, names
        self._sounds: dict[Pronunciation, _Sound] = {}
        self._arrays: list[NDArray[np.generic]] = [inventory.full]
        self.full = inventory.full.ctypes.data
        """address of `Inventory.full`"""
        pairs = len(names.pairs)
        self.lexicon = _CLexicon()
        self._fill(
            known=inventory.silent,
            names=len(names.texts),
            pairs=pairs,
            classes=names.classes,
            pairs_known=_known(names.pairs, names.classes),
            filed=names.filed,
            named_in=names.named_in,
            postings=_postings(names),
            roads=names.roads,
            pair_best=np.full(len(names.filed.first), _LOW, np.float32),  # and one of no pair
            marked=np.zeros(max(pairs, len(names.texts)) // _BITS + 2, np.uint64),
            **values,
            **_WEIGHTS,
            **_LIMITS,
        )

    def _fill(self, **values: object) -> None:
        for name, value in values.items():
            match value:
                case np.ndarray():
                    setattr(self.lexicon, name, self._address(value))
                case Groups():
                    setattr(self.lexicon, name, self._entries(value))
                case _:
                    setattr(self.lexicon, name, value)

    def _entries(self, groups: Groups) -> _CEntries:
        every = np.zeros(len(groups.members), _ENTRY)
        every["name"] = groups.members
        every["pairs"] = self._names.pairs_of[groups.members]
        every["telling"] = self._names.telling[groups.members]
        return _CEntries(self._address(groups.first.astype(np.int32)), self._address(every))

    def _address(self, array: NDArray[np.generic]) -> int:
        self._arrays.append(np.ascontiguousarray(array))
        return self._arrays[-1].ctypes.data

    def heard(self, sounds: tuple[Pronunciation, ...]) -> HeardSounds:
        """The evidence of `sounds`. What was computed once is kept: of some 2,000, 6 MB."""
        known = self._sounds
        found = tuple(known.get(sound) or self._sound(sound) for sound in sounds)
        at = [address for one in found for address in one.at]
        toneless = not any(syllables()[one].tone for sound in sounds for one in sound)
        return HeardSounds(sounds, (ctypes.c_void_p * len(at))(*at), found, toneless)

    def _sound(self, sound: Pronunciation) -> _Sound:
        row = self._inventory.row(sound)
        classes, scores = self._names.likely(row)
        at = (row.ctypes.data, classes.ctypes.data, scores.ctypes.data)
        self._sounds[sound] = found = _Sound(row, classes, scores, at)
        return found


def _postings(names: Names) -> NDArray[np.void]:
    postings = np.zeros(len(names.posting_district), _POSTING)
    postings["district"] = names.posting_district
    postings["log_size"] = names.posting_log_size
    postings["size"] = np.exp(names.posting_log_size)
    return postings


_BITS = 64
"""of a word of lexicon.h"""


def _known(pairs: NDArray[np.intp], classes: int) -> NDArray[np.void]:
    """Which of all pairs of `classes` are among those, 64 to an entry."""
    found = np.zeros(classes * classes // _BITS + 1, _PAIRS)
    bits = np.uint64(1) << (pairs % _BITS).astype(np.uint64)
    np.bitwise_or.at(found["known"], pairs // _BITS, bits)
    found["before"] = np.searchsorted(pairs, np.arange(len(found)) * _BITS)
    return found
