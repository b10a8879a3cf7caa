"""Everything that may have been meant, with its posterior probability.

One sum of log-likelihood ratios runs over the whole sentence, from both ends: everyday words,
county and place from the front; everyday words and a name (of a pharmacy or a road) from the
back. Where the two meet best is the likelihood of a reading. So a county supports a district, a
district a name, and the other way round. The sums are `shared/compiled/sentence.c`'s.
"""

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shared.compiled import library
from shared.names.background import Around
from shared.names.gazetteer import Places
from shared.names.index import NameIndex
from shared.names.posterior import Posterior
from shared.names.prior import Prior
from shared.names.resolution import Meant
from shared.names.tables import CFound, CSentence, HeardSounds
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
    """What came out of one pass."""

    floats: Matrix
    """as `Found` of sentence.c has them"""
    sums: NDArray[np.float64]
    names: Places
    postings: Places
    beside: Places


def _weighed(sentence: CSentence, index: NameIndex) -> _Pass:
    most_names, most_postings = _NAMES, _POSTINGS
    places, counties = len(index.county_of), len(index.counties.first)
    others = 2 * (places + counties + 1) + index.districts_count
    while True:
        floats = np.empty(others + 2 * most_names + most_postings, np.float32)
        sums = np.empty(len(_KINDS) + index.districts_count + most_names)
        numbers = np.empty(most_names + 2 * most_postings, np.intp)
        at, size = numbers.ctypes.data, numbers.itemsize
        found = CFound(
            floats.ctypes.data,
            sums.ctypes.data,
            at,
            at + most_names * size,
            at + (most_names + most_postings) * size,
            most_names,
            most_postings,
        )
        done = library().weigh(
            ctypes.byref(index.tables.lexicon), ctypes.byref(sentence), ctypes.byref(found)
        )
        if done < 0:
            raise MemoryError
        if done == 0:
            break
        most_names = max(most_names, found.name_count)
        most_postings = max(most_postings, found.posting_count)
    postings = numbers[most_names : most_names + found.posting_count]
    beside = numbers[most_names + most_postings :][: found.posting_count]
    return _Pass(floats, sums, numbers[: found.name_count], postings, beside)


_KINDS = (Meant.PHARMACY, Meant.ROAD, Meant.DISTRICT, Meant.LANDMARK, Meant.COUNTY)
"""as sentence.c numbers them"""


def _posterior(found: _Pass, index: NameIndex) -> Posterior:
    places, counties = len(index.county_of), len(index.counties.first)
    count, names, postings = index.districts_count, len(found.names), len(found.postings)
    floats, ends = [], 0
    for size in (places, counties, 1, names, places, count, counties, 1, names, postings):
        floats.append(found.floats[ends : ends + size])
        ends += size
    place_ratio, county_ratio, shop, name_ratio, *readings = floats
    place, unlisted, county, none, alone, there = readings
    of_kind, kinds = found.sums.item, len(_KINDS)
    return Posterior(
        place=place,
        unlisted=unlisted,
        county=county,
        names=found.names,
        roads=index.names.roads[found.names],
        alone=alone,
        postings=found.postings,
        there=there,
        beside=found.beside,
        nothing=none.item(),
        of_kind={kind: of_kind(number) for number, kind in enumerate(_KINDS)},
        in_district=found.sums[kinds : kinds + count],
        of_name=found.sums[kinds + count :][:names],
        place_ratio=place_ratio,
        county_ratio=county_ratio,
        name_ratio=name_ratio,
        shop_ratio=shop.item(),
    )
