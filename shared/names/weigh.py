"""Everything that may have been meant, with its share of the belief.

One sum of evidence runs over the whole sentence, from both ends: question words, county and
district from the front; question words and the name of a pharmacy from the back. Where the two meet
best is the evidence of a reading. So a county supports a district, a district a name, and the other
way round; whatever no reading explains counts neither for nor against it.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

from shared.names.index import NameIndex
from shared.names.naming import Places
from shared.names.patterns import by_sound, follow
from shared.phonetics.confusions import Matrix

# How often callers say what, as logarithms. Only their rough size matters.
_FILLER = -3.0  # one of some fifty question words
_COUNTY_SAID = math.log(0.5)
_COUNTY_UNSAID = math.log(0.5)
_STRAY = -0.5  # a syllable between county and district that belongs to neither
_DISTRICT = math.log(0.5)
_PHARMACY = math.log(0.5)
_PHARMACY_WITH_DISTRICT = math.log(0.75)
_PHARMACY_ALONE = math.log(0.25)
_UNLISTED = math.log(0.02)  # a pharmacy that no name of the catalogue fits
_NOTHING = math.log(0.05)
_COUNTY_ALONE = math.log(0.02)
_VERBATIM = 4.0  # a name written just so, where others sound the same (健安, 建安)
_OFFERED = 4.0  # a name that was just read out

_WORTH = 2.0  # what a name must add to the evidence, to be believed at all
_NEVER = -1e4

_TEMPER = 1.6
"""evidence of neighbouring syllables is not independent: a bad line is bad throughout"""

_PAIRS = 256  # of classes whose names are looked at
_CANDIDATES = 200  # names aligned exactly
_FORMS = 200  # of 522 of districts
_CLOSE = 4  # districts whose every name is looked at
_CLOSE_NAMES = 100
_LIKELY = 48  # districts that may support a name


@dataclass(frozen=True, slots=True, eq=False)
class Belief:
    """Shares of the belief, summing to 1, and what they are about."""

    district: Matrix
    """(368,): that district and no pharmacy"""
    unlisted: Matrix
    """(368,): a pharmacy in that district, by a name that fits none"""
    county: Matrix
    """(22,): that county alone"""
    names: Places
    """(names,): candidates, by their number in the index"""
    alone: Matrix
    """(names,): that name, wherever"""
    postings: Places
    """(postings,): candidates, by their number in the index"""
    there: Matrix
    """(postings,): that name in that district"""
    beside: Places
    """(postings,): the place of their name in `names`"""
    nothing: float
    """no place and no pharmacy"""


@dataclass(frozen=True, slots=True, eq=False)
class Prior:
    """What is known before the words are heard, as logarithms to be added."""

    districts: Matrix
    """(368,)"""
    names: tuple[int, ...] = ()
    """the names just read out, by their number in the index"""
    written: tuple[int, ...] = ()
    """names that stand there character by character, by their number in the index"""


@dataclass(frozen=True, slots=True, eq=False)
class Ahead:
    """What may stand before the name of a pharmacy."""

    front: Matrix
    """(places,): question words only"""
    places: Matrix
    """(places, 368): each district"""
    district: Matrix
    """(368,): each district in the whole sentence, and no name"""
    nothing: float
    """the whole sentence without district and name"""


def weigh(rows: Matrix, index: NameIndex, prior: Prior) -> Belief:
    """What was heard may mean. `rows`: its evidence from `Ear.rows`, at least one."""
    table = by_sound(rows)
    forth, back = table[: rows.shape[1]], table[rows.shape[1] :]
    front, tail = _ends(table, index)
    rest = tail[::-1]
    in_county = index.counties.best(follow(forth, index.counties.patterns, front))
    heard = rows.max(axis=0)
    heard[-1] = 0  # the silent sound
    in_district = _districts(forth, heard, index, front, in_county) + prior.districts
    district = (in_district + rest[:, None]).max(axis=0)
    nothing = float((front + rest).max())
    ahead = _before_name(in_district, rows[:, index.possessive])
    names = _candidates(heard, index, district, prior)
    every = np.concatenate((names, index.kinds))
    order = np.argsort(-index.spoken.lengths[every], kind="stable")
    where = np.argsort(order)
    patterns = index.spoken.of(every[order])
    reached = follow(back, patterns, tail)
    from_name = np.ascontiguousarray(reached.take(where[: len(names)], axis=0).T[::-1])
    some = _running(reached.take(where[len(names) :], axis=0).max(axis=0))[::-1]
    alone, postings, beside, there = _pharmacies(
        index, names, from_name, Ahead(front, ahead, district, nothing), prior
    )
    size = math.log(max(1, len(index.pharmacies)))
    readings = (
        district + _DISTRICT - math.log(len(district)),
        (ahead[:-1] + some[1:, None]).max(axis=0) + _DISTRICT + _UNLISTED - math.log(len(district)),
        (in_county + rest).max(axis=1) + _COUNTY_ALONE - math.log(22),
        alone + _PHARMACY + _PHARMACY_ALONE - size,
        there + _PHARMACY + _PHARMACY_WITH_DISTRICT - size,
        np.array([max(nothing, (front[:-1] + some[1:]).max() + _UNLISTED) + _NOTHING]),
    )
    shares = _shares(readings)
    return Belief(
        shares[0], shares[1], shares[2], names, shares[3], postings, shares[4], beside, shares[5][0]
    )


def _ends(table: Matrix, index: NameIndex) -> tuple[Matrix, Matrix]:
    """The best evidence of question words, from the front and (backwards) from the back."""
    start = np.zeros(table.shape[1], np.float32)
    reached = follow(table, index.around, start, extra=False) + _FILLER
    before, after = (reached.take(where, axis=0) for where in (index.before, index.after))
    return _running(before.max(axis=0)), _running(after.max(axis=0))


def _running(evidence: Matrix) -> Matrix:
    """The best so far: what follows may be anything, at no gain."""
    best: Matrix = np.maximum.accumulate(np.maximum(evidence, 0))
    return best


def _districts(
    rows: Matrix, heard: Matrix, index: NameIndex, front: Matrix, in_county: Matrix
) -> Matrix:
    """(places, 368): evidence of each district ending there, with its county said or not."""
    start = np.maximum(front + _COUNTY_UNSAID, in_county + _COUNTY_SAID)
    np.maximum(start[:, 1:], start[:, :-1] + _STRAY, out=start[:, 1:])
    forms = index.districts
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


def _before_name(in_district: Matrix, possessive: Matrix) -> Matrix:
    """Evidence of a district and 「的」 behind it, or a stray syllable."""
    ahead = in_district.copy()
    step = np.maximum(possessive, 2 * _STRAY)[:, None]
    np.maximum(ahead[1:], in_district[:-1] + step, out=ahead[1:])
    return ahead


def _candidates(heard: Matrix, index: NameIndex, district: Matrix, prior: Prior) -> Places:
    """The names worth aligning: those that share telling syllables with what was heard."""
    names = index.names
    by_class = np.maximum.reduceat(heard[index.classes], index.class_first)
    pairs = by_class[names.pair_classes[0]] + by_class[names.pair_classes[1]]
    found = names.filed.under(_top(pairs, _PAIRS))[0]
    found = found[_top(heard.take(names.telling.take(found, axis=1)).sum(axis=0), _CANDIDATES)]
    near, _ = names.posted_in.under(_top(district, _CLOSE))
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


def _pharmacies(
    index: NameIndex, names: Places, from_name: Matrix, ahead: Ahead, prior: Prior
) -> tuple[Matrix, Places, Places, Matrix]:
    """Evidence of each name alone, and of each name in a likely district."""
    postings, beside = index.names.borne.under(names)
    where = index.names.posting_district[postings]
    size = index.names.posting_log_size[postings]
    bearers = np.bincount(beside, np.exp(size + prior.districts[where]), minlength=len(names))
    alone = (ahead.front[:, None] + from_name).max(axis=0)
    alone = np.where(alone < ahead.nothing + _WORTH, _NEVER, alone + np.log(bearers + 1e-6))
    known = index.names.prior[names]
    for likelier, gain in ((prior.written, _VERBATIM), (prior.names, _OFFERED)):
        known[names.searchsorted(sorted(set(likelier)))] += gain  # candidates, all of them
    alone += known
    likely = np.zeros(len(ahead.district), bool)
    likely[_top(ahead.district, _LIKELY)] = True
    kept = likely[where]
    postings, beside, where, size = postings[kept], beside[kept], where[kept], size[kept]
    there = (ahead.places.take(where, axis=1) + from_name.take(beside, axis=1)).max(axis=0)
    there = np.where(there < ahead.district[where] + _WORTH, _NEVER, there + size)
    there += known[beside]
    return alone, postings, beside, there


def _shares(readings: Sequence[NDArray[np.floating]]) -> list[Matrix]:
    """Evidence → shares of the belief that sum to 1 over all readings."""
    tempered = np.concatenate(readings) / _TEMPER
    belief = np.exp(tempered - tempered.max())
    belief /= belief.sum()
    belief = belief.astype(np.float32)
    ends = [0, *accumulate(len(reading) for reading in readings)]
    return [belief[start:end] for start, end in pairwise(ends)]
