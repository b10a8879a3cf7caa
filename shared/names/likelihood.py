"""Everything that may have been meant, with its posterior probability.

One sum of log-likelihood ratios runs over the whole sentence, from both ends: everyday words,
county and place from the front; everyday words and a name (of a pharmacy or a road) from the
back. Where the two meet best is the likelihood of a reading. So a county supports a district, a
district a name, and the other way round.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np

from shared.names.background import Around
from shared.names.gazetteer import Places
from shared.names.index import NameIndex
from shared.names.posterior import Posterior
from shared.names.prior import Prior
from shared.phonetics.bulk import follow
from shared.phonetics.confusions import Matrix
from shared.phonetics.pronunciations import Pronunciation

# How often callers say what, as logarithms. Only their rough size matters.
_COUNTY_SAID = math.log(0.5)
_COUNTY_UNSAID = math.log(0.5)
_STRAY = -0.5  # a syllable between county and district that belongs to neither
_BETWEEN = -1.0  # a syllable between a place and a name
_DISTRICT = math.log(0.5)
_LANDMARK = math.log(0.1)
_PHARMACY = math.log(0.5)
_WITH_DISTRICT = math.log(0.75)
_WITHOUT = math.log(0.25)
_WITH_COUNTY = math.log(0.2)  # a county, no district, and a name
_UNLISTED = math.log(0.02)  # a pharmacy that no name of the catalogue fits
_NOTHING = math.log(0.05)
_COUNTY_ALONE = math.log(0.02)
_VERBATIM = 4.0  # a name written just so, where others sound the same (健安, 建安)
_OFFERED = 4.0  # a name that was just read out

_WORTH = 2.0  # what a name must add to the likelihood, to be considered at all
_NEVER = -1e4

_TEMPER = 1.6
"""likelihoods of neighbouring syllables are not independent: a bad line is bad throughout"""

_FORMS = 500
"""surface forms of places that are aligned exactly; of 610 rows that nothing was fitted on 200 find
1.4 % fewer districts among three, and 1.6 % fewer pharmacies; all 1,530 find no more"""
_CLOSE = 8  # districts whose every name is looked at
_CLOSE_NAMES = 150
_LIKELY = 48  # districts that may support a name


@dataclass(frozen=True, slots=True, eq=False)
class _Ahead:
    """What may stand before a name, or alone."""

    front: Matrix
    """(positions, 1): everyday words only"""
    places: Matrix
    """(places,): each place in the whole sentence, and no name"""
    county: Matrix
    """(22,): each county, and no more"""
    districts: Matrix
    """(positions, districts): each district, or its county, and what leads on to a name"""
    whole: Matrix
    """(districts,): each district, or its county, in the whole sentence, and no name"""
    nothing: float
    """the whole sentence without place and name"""


@dataclass(frozen=True, slots=True, eq=False)
class _Behind:
    """Names and what stands behind them."""

    names: Places
    """(names,): candidates, by their number in the index"""
    named: Matrix
    """(positions, names): each of them beginning there"""
    kind: Matrix
    """(positions,): 藥局 or its like beginning there or later, of whatever name"""


def likelihoods(
    sounds: Sequence[Pronunciation], rows: Matrix, around: Around, index: NameIndex, prior: Prior
) -> Posterior:
    """What `sounds` may mean.

    `rows`: their evidence from `Inventory.rows`, at least one; `around`: how well everyday
    words explain what stands around a name.
    """
    heard = rows.max(axis=0)
    heard[-1] = 0  # the silent sound
    ahead = _ahead(rows, heard, around, index, prior)
    found = index.names.heard_in(sounds, rows, heard)
    names = _candidates(found, heard, index, ahead.places, prior)
    behind = _behind(rows, names, around, index)
    evidence = (ahead.front + behind.named).max(axis=0)
    alone, postings, beside, there = _names(index, behind, evidence, ahead, prior)
    unlisted = (ahead.districts[:-1] + behind.kind[1:, None]).max(axis=0)
    some = float((ahead.front[:-1, 0] + behind.kind[1:]).max()) + _UNLISTED
    size = math.log(max(1, len(index.pharmacies)))
    readings = (
        ahead.places + index.place_share,
        unlisted + np.float32(_DISTRICT + _UNLISTED - math.log(index.districts_count)),
        ahead.county + np.float32(_COUNTY_ALONE - math.log(22)),
        alone + np.float32(_PHARMACY + _WITHOUT - size),
        there + np.float32(_PHARMACY + _WITH_DISTRICT - size),
        np.array([max(ahead.nothing, some) + _NOTHING], np.float32),
    )
    shares = _shares(readings)
    return Posterior(
        place=shares[0],
        unlisted=shares[1],
        county=shares[2],
        names=names,
        roads=index.names.roads[names],
        alone=shares[3],
        postings=postings,
        there=shares[4],
        beside=beside,
        nothing=float(shares[5][0]),
        in_district=shares[0][: index.districts_count]
        + shares[1]
        + np.bincount(index.names.posting_district[postings], shares[4], index.districts_count),
        of_name=shares[3] + np.bincount(beside, shares[4], len(names)),
        place_ratio=ahead.places - ahead.nothing,
        county_ratio=ahead.county - ahead.nothing,
        name_ratio=evidence - ahead.nothing,
    )


def _ahead(rows: Matrix, heard: Matrix, around: Around, index: NameIndex, prior: Prior) -> _Ahead:
    """All that may stand before a name. `heard`: (known + 1,) the best evidence of each sound."""
    front, rest = around.front[:, None], around.tail[::-1, None]
    in_county = index.counties.best(follow(rows, index.counties.patterns, front))
    in_place = _places(rows, heard, index, front, in_county)
    in_place += prior.places
    place = (in_place + rest).max(axis=0)
    county = (in_county + rest).max(axis=0)
    count = index.districts_count
    of_district = index.county_of[:count]
    ahead = in_county.take(of_district, axis=1) + _WITH_COUNTY
    np.maximum(ahead, in_place[:, :count], out=ahead)
    return _Ahead(
        front,
        place,
        county,
        _leading_on(ahead, rows[:, index.possessive, None]),
        np.maximum(place[:count], county.take(of_district) + _WITH_COUNTY),
        around.nothing,
    )


def _places(
    rows: Matrix, heard: Matrix, index: NameIndex, front: Matrix, in_county: Matrix
) -> Matrix:
    """(positions, places): evidence of each place ending there, with its county said or not."""
    start = np.maximum(front + _COUNTY_UNSAID, in_county + _COUNTY_SAID)
    np.maximum(start[1:], start[:-1] + _STRAY, out=start[1:])
    forms = index.places
    chosen = forms.likely(heard, _FORMS)
    owners = forms.owners[chosen]
    by_form = start.take(index.county_of[owners], axis=1)
    reached = follow(rows, forms.patterns.of(chosen), by_form)
    reached += forms.priors[chosen]
    order = owners.argsort(kind="stable")
    owners = owners[order]
    first = _firsts(owners)
    every = np.full((len(start), len(index.county_of)), _NEVER, np.float32)
    every[:, owners[first]] = np.maximum.reduceat(reached.take(order, axis=1), first, axis=1)
    return every


def _leading_on(ahead: Matrix, possessive: Matrix) -> Matrix:
    """`ahead` with 「的」 behind it, or stray syllables. Both are (positions, …)."""
    possessed = ahead[:-1] + np.maximum(possessive, _BETWEEN)
    slope = (_BETWEEN * np.arange(len(ahead), dtype=np.float32))[:, None]
    found: Matrix = np.maximum.accumulate(ahead - slope, axis=0)
    found += slope
    np.maximum(found[1:], possessed, out=found[1:])
    return found


def _behind(rows: Matrix, names: Places, around: Around, index: NameIndex) -> _Behind:
    """The `names`, and 藥局 or its like, with everyday words behind them."""
    kinds = len(index.kinds)
    patterns = index.spoken.of(np.concatenate((index.kinds, names)))
    reached = follow(rows, patterns, around.tail[::-1, None], backwards=True)
    kind = np.maximum.accumulate(reached[::-1, :kinds].max(axis=1))[::-1]
    return _Behind(names, reached[:, kinds:], kind)


def _candidates(
    found: Places, heard: Matrix, index: NameIndex, place: Matrix, prior: Prior
) -> Places:
    """The names worth aligning: those `found` by their sound, near a likely place, or hinted at."""
    names = index.names
    near = names.named_in.all_of(_top(place[: index.districts_count], _CLOSE))
    near = near[_top(heard.take(names.telling.take(near, axis=1)).sum(axis=0), _CLOSE_NAMES)]
    every = np.concatenate((found, near, np.array(prior.names + prior.written, np.intp)))
    every.sort()
    return every[_firsts(every)]


def _firsts(ordered: Places) -> Places:
    """Where each number stands for the first time."""
    return np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1]))[: len(ordered)])


def _top(scores: Matrix, count: int) -> Places:
    """Where the `count` highest scores stand, in no order."""
    if len(scores) <= count:
        return np.arange(len(scores))
    return np.argpartition(scores, len(scores) - count)[len(scores) - count :]


def _names(
    index: NameIndex, behind: _Behind, evidence: Matrix, ahead: _Ahead, prior: Prior
) -> tuple[Matrix, Places, Places, Matrix]:
    """Evidence of each name alone, and of each name in a likely district."""
    names = behind.names
    postings, beside = index.names.borne.under(names)
    where = index.names.posting_district[postings]
    size = index.names.posting_log_size[postings]
    bearers = np.bincount(beside, np.exp(size + prior.places[where]), len(names))
    known = index.names.prior[names]
    for likelier, gain in ((prior.written, _VERBATIM), (prior.names, _OFFERED)):
        if likelier:
            known[names.searchsorted(sorted(set(likelier)))] += gain  # candidates, all of them
    alone = np.where(evidence < ahead.nothing + _WORTH, _NEVER, evidence + np.log(bearers + 1e-6))
    alone += known
    likely = np.zeros(len(ahead.whole), bool)
    likely[_top(ahead.whole, _LIKELY)] = True
    kept = likely[where]
    postings, beside, where, size = postings[kept], beside[kept], where[kept], size[kept]
    reached = ahead.districts.take(where, axis=1)
    reached += behind.named.take(beside, axis=1)
    there = reached.max(axis=0)
    there = np.where(there < ahead.whole[where] + _WORTH, _NEVER, there + size)
    there += known[beside]
    return alone, postings, beside, there


def _shares(readings: Sequence[Matrix]) -> list[Matrix]:
    """Evidence → probabilities that sum to 1 over all readings."""
    shares = np.concatenate(readings, dtype=np.float32)
    shares -= shares.max()
    shares /= _TEMPER
    np.exp(shares, out=shares)
    shares /= shares.sum()
    ends = [0, *accumulate(len(reading) for reading in readings)]
    return [shares[start:end] for start, end in pairwise(ends)]
