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
from numpy.typing import NDArray

from shared.names.background import Around
from shared.names.gazetteer import Places
from shared.names.index import NameIndex
from shared.names.posterior import Posterior
from shared.names.prior import Prior
from shared.phonetics.bulk import by_sound, follow
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
class Ahead:
    """What may stand before a name."""

    front: Matrix
    """(positions,): everyday words only"""
    districts: Matrix
    """(positions, districts): each district, or its county"""
    whole: Matrix
    """(districts,): the same in the whole sentence, and no name"""
    nothing: float
    """the whole sentence without place and name"""


def likelihoods(
    sounds: Sequence[Pronunciation], rows: Matrix, around: Around, index: NameIndex, prior: Prior
) -> Posterior:
    """What `sounds` may mean.

    `rows`: their evidence from `Inventory.rows`, at least one; `around`: how well everyday
    words explain what stands around a name.
    """
    table = by_sound(rows)
    forth, back = table[: rows.shape[1]], table[rows.shape[1] :]
    front, tail = around.front, around.tail
    rest = tail[::-1]
    in_county = index.counties.best(follow(forth, index.counties.patterns, front))
    heard = rows.max(axis=0)
    heard[-1] = 0  # the silent sound
    in_place = _places(forth, heard, index, front, in_county) + prior.places
    place = (in_place + rest[:, None]).max(axis=0)
    county = (in_county + rest).max(axis=1)
    nothing = around.nothing
    ahead = _before_name(in_place, in_county, rows[:, index.possessive], index)
    whole = np.maximum(
        place[: index.districts_count],
        county[index.county_of[: index.districts_count]] + _WITH_COUNTY,
    )
    found = index.names.heard_in(sounds, rows, heard)
    names = _candidates(found, heard, index, place, prior)
    every = np.concatenate((names, index.kinds))
    order = np.argsort(-index.spoken.lengths[every], kind="stable")
    where = np.argsort(order)
    patterns = index.spoken.of(every[order])
    reached = follow(back, patterns, tail)
    from_name = np.ascontiguousarray(reached.take(where[: len(names)], axis=0).T[::-1])
    some = np.maximum.accumulate(reached.take(where[len(names) :], axis=0).max(axis=0))[::-1]
    ratio = (
        (front[:, None] + from_name).max(axis=0) - nothing
        if len(names)
        else np.zeros(0, np.float32)
    )
    alone, postings, beside, there = _names(
        index, names, from_name, Ahead(front, ahead, whole, nothing), prior
    )
    size = math.log(max(1, len(index.pharmacies)))
    unlisted = (ahead[:-1] + some[1:, None]).max(axis=0)
    readings = (
        place + index.place_share,
        unlisted + _DISTRICT + _UNLISTED - math.log(index.districts_count),
        county + _COUNTY_ALONE - math.log(22),
        alone + _PHARMACY + _WITHOUT - size,
        there + _PHARMACY + _WITH_DISTRICT - size,
        np.array([max(nothing, (front[:-1] + some[1:]).max() + _UNLISTED) + _NOTHING]),
    )
    shares = _shares(readings)
    in_district = (shares[0][: index.districts_count] + shares[1]).astype(np.float64)
    np.add.at(in_district, index.names.posting_district[postings], shares[4])
    of_name = shares[3].astype(np.float64)
    np.add.at(of_name, beside, shares[4])
    return Posterior(
        shares[0], shares[1], shares[2], names, shares[3], postings, shares[4], beside,
        float(shares[5][0]), in_district, of_name, place - nothing, county - nothing, ratio,
    )  # fmt: skip


def _places(
    rows: Matrix, heard: Matrix, index: NameIndex, front: Matrix, in_county: Matrix
) -> Matrix:
    """(positions, places): evidence of each place ending there, with its county said or not."""
    start = np.maximum(front + _COUNTY_UNSAID, in_county + _COUNTY_SAID)
    np.maximum(start[:, 1:], start[:, :-1] + _STRAY, out=start[:, 1:])
    forms = index.places
    chosen = forms.likely(heard, _FORMS)
    owners = forms.owners[chosen]
    by_form = start.take(index.county_of[owners], axis=0)
    reached = follow(rows, forms.patterns.of(chosen), by_form) + forms.priors[chosen][:, None]
    order = owners.argsort(kind="stable")
    owners = owners[order]
    first = _firsts(owners)
    every = np.full((start.shape[1], len(index.county_of)), _NEVER, np.float32)
    every[:, owners[first]] = np.maximum.reduceat(reached.take(order, axis=0), first, axis=0).T
    return every


def _before_name(
    in_place: Matrix, in_county: Matrix, possessive: Matrix, index: NameIndex
) -> Matrix:
    """Evidence of a district (or its county alone) and 「的」 behind it, or stray syllables."""
    count = index.districts_count
    ahead = np.maximum(
        in_place[:, :count], in_county.T.take(index.county_of[:count], axis=1) + _WITH_COUNTY
    )
    possessed = ahead[:-1] + np.maximum(possessive, _BETWEEN)[:, None]
    slope = (_BETWEEN * np.arange(len(ahead), dtype=np.float32))[:, None]
    ahead = np.maximum.accumulate(ahead - slope, axis=0) + slope
    np.maximum(ahead[1:], possessed, out=ahead[1:])
    found: Matrix = ahead
    return found


def _candidates(
    found: Places, heard: Matrix, index: NameIndex, place: Matrix, prior: Prior
) -> Places:
    """The names worth aligning: those `found` by their sound, near a likely place, or hinted at."""
    names = index.names
    near = names.posted_in.all_of(_top(place[: index.districts_count], _CLOSE))
    near = names.posting_name[near]
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
    index: NameIndex, names: Places, from_name: Matrix, ahead: Ahead, prior: Prior
) -> tuple[Matrix, Places, Places, Matrix]:
    """Evidence of each name alone, and of each name in a likely district."""
    postings, beside = index.names.borne.under(names)
    where = index.names.posting_district[postings]
    size = index.names.posting_log_size[postings]
    districts = prior.places[: index.districts_count]
    bearers = np.bincount(beside, np.exp(size + districts[where]), minlength=len(names))
    alone = (ahead.front[:, None] + from_name).max(axis=0)
    alone = np.where(alone < ahead.nothing + _WORTH, _NEVER, alone + np.log(bearers + 1e-6))
    known = index.names.prior[names]
    for likelier, gain in ((prior.written, _VERBATIM), (prior.names, _OFFERED)):
        known[names.searchsorted(sorted(set(likelier)))] += gain  # candidates, all of them
    alone += known
    likely = np.zeros(len(ahead.whole), bool)
    likely[_top(ahead.whole, _LIKELY)] = True
    kept = likely[where]
    postings, beside, where, size = postings[kept], beside[kept], where[kept], size[kept]
    there = (ahead.districts.take(where, axis=1) + from_name.take(beside, axis=1)).max(axis=0)
    there = np.where(there < ahead.whole[where] + _WORTH, _NEVER, there + size)
    there += known[beside]
    return alone, postings, beside, there


def _shares(readings: Sequence[NDArray[np.floating]]) -> list[Matrix]:
    """Evidence → probabilities that sum to 1 over all readings."""
    tempered = np.concatenate(readings) / _TEMPER
    shares = np.exp(tempered - tempered.max())
    shares /= shares.sum()
    shares = shares.astype(np.float32)
    ends = [0, *accumulate(len(reading) for reading in readings)]
    return [shares[start:end] for start, end in pairwise(ends)]
