"""Everything that may have been meant, with its posterior probability.

One sum of log-likelihood ratios runs over the whole sentence, from both ends: everyday words,
county and place from the front; everyday words and a name (of a pharmacy or a road) from the
back. Where the two meet best is the likelihood of a reading. So a county supports a district, a
district a name, and the other way round. The sums are `shared/compiled/sentence.c`'s.
"""

import ctypes
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

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
        len(heard.arrays[0].classes),  # as many as of any other
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
    names, postings = len(index.names.texts), len(index.names.posting_district)
    floats = np.empty(sum(_sizes(index, names, postings)), np.float32)
    numbers = [np.empty(room, np.intp) for room in (_BEST, names, postings, postings)]
    found = CFound(floats.ctypes.data, *(one.ctypes.data for one in numbers))
    lexicon = index.tables.lexicon
    if library().weigh(ctypes.byref(lexicon), ctypes.byref(sentence), ctypes.byref(found)):
        raise MemoryError
    best, candidates, posted, beside = numbers
    count = found.posting_count
    return _Pass(floats, best, candidates[: found.name_count], posted[:count], beside[:count])


def _sizes(index: NameIndex, names: int, postings: int) -> tuple[int, ...]:
    """How many floats come out of so many candidates, in the order of lexicon.h."""
    known = index.tables.lexicon
    places, counties, districts = known.places, known.counties, known.districts
    ratios = places, counties, 1, names
    readings = places, districts, counties, 1, names, postings
    return (*ratios, *readings, districts, names, len(_KINDS), 1, math.prod(_BEST))


_KINDS = (Meant.PHARMACY, Meant.ROAD, Meant.DISTRICT, Meant.LANDMARK, Meant.COUNTY)
"""as lexicon.h numbers them"""
_BEST = len(_KINDS), TOLD + LIKELIEST


def _posterior(found: _Pass, index: NameIndex) -> Posterior:
    sizes = _sizes(index, len(found.names), len(found.postings))
    floats = (found.floats[a:b] for a, b in pairwise(accumulate(sizes, initial=0)))
    place_ratio, county_ratio, shop, name_ratio, *readings, kinds, unlisted_share, scores = floats
    place, unlisted, county, none, alone, there, in_district, of_name = readings
    scores = scores.reshape(_BEST)
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
        of_kind=dict(zip(_KINDS, kinds.tolist(), strict=True)),
        unlisted_share=unlisted_share.item(),
        in_district=in_district,
        of_name=of_name,
        place_ratio=place_ratio,
        county_ratio=county_ratio,
        name_ratio=name_ratio,
        shop_ratio=shop.item(),
        told=_by_kind(scores[:, :TOLD], found.best[:, :TOLD]),
        likeliest=_by_kind(scores[:, TOLD:], found.best[:, TOLD:]),
    )


def _by_kind(scores: Matrix, best: Places) -> Mapping[Meant, Ranked]:
    """The candidates of each kind, as far as there are so many."""
    ranked = zip(_KINDS, scores.tolist(), best.tolist(), strict=True)
    return {
        kind: [one for one in zip(shares, numbers, strict=True) if one[1] >= 0]
        for kind, shares, numbers in ranked
    }
