"""Everything that may have been meant, with its posterior probability.

One sum of log-likelihood ratios runs over the whole sentence, from both ends: everyday words,
county and place from the front; everyday words and a name (of a pharmacy or a road) from the
back. Where the two meet best is the likelihood of a reading. So a county supports a district, a
district a name, and the other way round. The sums are `shared/compiled/sentence.c`'s.
"""

import ctypes
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from shared.compiled import library
from shared.names.background import Around
from shared.names.gazetteer import Places
from shared.names.index import NameIndex
from shared.names.posterior import Posterior, Ranked
from shared.names.prior import Prior
from shared.names.resolution import Meant
from shared.names.tables import LIKELIEST, TOLD, CFound, CSentence, HeardSounds
from shared.phonetics.confusions import Matrix

_NAMES = 1024  # of which there is room at first; some 370 are candidates
_POSTINGS = 4096


def likelihoods(heard: HeardSounds, around: Around, index: NameIndex, prior: Prior) -> Posterior:
    """What `heard`, at least one sound, may mean.

    `around`: how well everyday words explain what stands around a name.
    """
    written, offered = _numbers(prior.written), _numbers(prior.names)
    sentence = CSentence(
        ctypes.addressof(heard.table),
        around.front.buffer_info()[0],
        around.tail.buffer_info()[0],
        prior.places.ctypes.data,
        ctypes.addressof(written),
        ctypes.addressof(offered),
        around.nothing,
        len(heard.sounds),
        len(heard.arrays[0].classes),
        len(written),
        len(offered),
    )
    return _posterior(_weighed(sentence, index), index)


def _numbers(names: Sequence[int]) -> "ctypes.Array[ctypes.c_ssize_t]":
    several = set(names)
    return (ctypes.c_ssize_t * len(several))(*several)


@dataclass(frozen=True, slots=True, eq=False)
class _Pass:
    """What came out of one pass, as `Found` of lexicon.h has it."""

    floats: Matrix
    best: Places
    names: Places
    postings: Places
    beside: Places


def _weighed(sentence: CSentence, index: NameIndex) -> _Pass:
    most_names, most_postings = _NAMES, _POSTINGS
    while True:
        floats = np.empty(_floats(index) + 3 * most_names + most_postings, np.float32)
        postings = _BEST + most_names  # where in `numbers` they begin
        beside = postings + most_postings
        numbers = np.empty(beside + most_postings, np.intp)
        at, size = numbers.ctypes.data, numbers.itemsize
        pointers = (at + size * first for first in (0, _BEST, postings, beside))
        found = CFound(floats.ctypes.data, *pointers, most_names, most_postings)
        done = library().weigh(
            ctypes.byref(index.tables.lexicon), ctypes.byref(sentence), ctypes.byref(found)
        )
        if done < 0:
            raise MemoryError
        if done == 0:
            break
        most_names = max(most_names, found.name_count)
        most_postings = max(most_postings, found.posting_count)
    count = found.posting_count
    return _Pass(
        floats,
        numbers[:_BEST],
        numbers[_BEST : _BEST + found.name_count],
        numbers[postings : postings + count],
        numbers[beside : beside + count],
    )


def _floats(index: NameIndex) -> int:
    """How many come out beside those of names and postings."""
    known = index.tables.lexicon
    every = known.places + known.counties + known.districts
    return int(2 * (every + 1) + len(_KINDS) + 1 + _BEST)


_KINDS = (Meant.PHARMACY, Meant.ROAD, Meant.DISTRICT, Meant.LANDMARK, Meant.COUNTY)
"""as lexicon.h numbers them"""
_BEST = len(_KINDS) * (TOLD + LIKELIEST)


def _posterior(found: _Pass, index: NameIndex) -> Posterior:
    known = index.tables.lexicon
    places, counties, count = known.places, known.counties, known.districts
    names, postings = len(found.names), len(found.postings)
    sizes = (places, counties, 1, names, places, count, counties, 1, names, postings, count, names)
    floats, ends = [], 0
    for size in sizes:
        floats.append(found.floats[ends : ends + size])
        ends += size
    place_ratio, county_ratio, shop, name_ratio, *readings, in_district, of_name = floats
    place, unlisted, county, none, alone, there = readings
    kinds = len(_KINDS)
    scores = found.floats[ends : ends + kinds + 1 + _BEST].tolist()
    ranked = list(zip(scores[kinds + 1 :], found.best.tolist(), strict=True))
    return Posterior(
        place=place,
        unlisted=unlisted,
        county=county,
        names=found.names,
        alone=alone,
        postings=found.postings,
        there=there,
        beside=found.beside,
        nothing=none.item(),
        of_kind=dict(zip(_KINDS, scores, strict=False)),
        unlisted_share=scores[kinds],
        in_district=in_district,
        of_name=of_name,
        place_ratio=place_ratio,
        county_ratio=county_ratio,
        name_ratio=name_ratio,
        shop_ratio=shop.item(),
        told=_by_kind(ranked, 0, TOLD),
        likeliest=_by_kind(ranked, TOLD, LIKELIEST),
    )


def _by_kind(ranked: Ranked, first: int, count: int) -> Mapping[Meant, Ranked]:
    """`count` of each kind's candidates from its `first` one on, as far as there are so many."""
    starts = range(first, _BEST, TOLD + LIKELIEST)
    return {
        kind: [one for one in ranked[start : start + count] if one[1] >= 0]
        for kind, start in zip(_KINDS, starts, strict=True)
    }
