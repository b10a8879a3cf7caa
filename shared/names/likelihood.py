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
from shared.names.gazetteer import Places, firsts
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
_WITH_COUNTY = math.log(0.11)  # a county, no district, and a name
_UNLISTED = math.log(0.02)  # a pharmacy that no name of the catalogue fits
_NOTHING = math.log(0.05)
_COUNTY_ALONE = math.log(0.02)
_VERBATIM = 4.0  # a name written just so, where others sound the same (健安, 建安)
_OFFERED = 4.0  # a name that was just read out

_WORTH = 2.0  # what a name must add to the likelihood, to be considered at all
_NEVER = -1e4

_TEMPER = 1.35
"""likelihoods of neighbouring syllables are not independent: a bad line is bad throughout"""

_FORMS = 500
"""surface forms of places that are aligned exactly; of 610 rows that nothing was fitted on 200 find
1.4 % fewer districts among three, and 1.6 % fewer pharmacies; all 1,530 find no more"""
_CLOSE = 8  # districts whose every name is looked at
_CLOSE_NAMES = 150
_LIKELY = 48  # districts that may support a name


@dataclass(frozen=True, slots=True, eq=False)
class _Ahead:
    """What may stand before a name, by the position where it ends."""

    front: Matrix
    """(positions, 1): everyday words only"""
    in_county: Matrix
    """(positions, 22): each county"""
    in_form: Matrix
    """(positions, forms): each form of a place, with its county said or not"""
    owners: Places
    """(forms,): the place of each form"""

    def before(self, behind: Matrix, index: NameIndex) -> tuple[Matrix, Matrix]:
        """(22,), (places,): each county and each place with the best of what stands `behind` it.

        `behind`: (positions, 1), by the position where it begins.
        """
        county = (self.in_county + behind).max(axis=0)
        place = np.full(len(index.county_of), _NEVER, np.float32)
        np.maximum.at(place, self.owners, (self.in_form + behind).max(axis=0))
        return county, place

    def in_districts(self, districts: Places, index: NameIndex) -> Matrix:
        """(positions, districts): some of them, each by its best form or by its county alone."""
        counties = index.county_of[districts]
        found: Matrix = self.in_county.take(counties, axis=1, mode="clip") + _WITH_COUNTY
        at = np.full(len(index.county_of), -1)
        at[districts] = np.arange(len(districts))
        columns = at[self.owners]
        forms = columns.argsort(kind="stable")[(columns < 0).sum() :]
        if len(forms):
            columns = columns[forms]
            first = firsts(columns)
            best = np.maximum.reduceat(self.in_form.take(forms, axis=1, mode="clip"), first, axis=1)
            found[:, columns[first]] = np.maximum(found[:, columns[first]], best)
        return found


@dataclass(frozen=True, slots=True, eq=False)
class _Behind:
    """Names and what stands behind them, by the position where it begins."""

    names: Places
    """(names,): candidates, by their number in the index"""
    named: Matrix
    """(positions, names): each of them"""
    kind: Matrix
    """(positions, 1): 藥局 or its like there or later, of whatever name"""


@dataclass(frozen=True, slots=True, eq=False)
class _Alone:
    """Readings of the whole sentence without a name."""

    county: Matrix
    """(22,)"""
    places: Matrix
    """(places,)"""
    whole: Matrix
    """(districts,): each district, or its county"""
    nothing: float
    """no place either"""


def likelihoods(
    sounds: Sequence[Pronunciation], rows: Matrix, around: Around, index: NameIndex, prior: Prior
) -> Posterior:
    """What `sounds` may mean.

    `rows`: their evidence from `Inventory.rows`, at least one; `around`: how well everyday
    words explain what stands around a name.
    """
    heard = rows.max(axis=0)
    heard[-1] = 0  # the silent sound
    count, of_district = index.districts_count, index.county_of[: index.districts_count]
    ahead = _ahead(rows, heard, around, index, prior)
    county, places = ahead.before(around.tail[::-1, None], index)
    whole = np.maximum(places[:count], county[of_district] + _WITH_COUNTY)
    alone = _Alone(county, places, whole, around.nothing)
    found = index.names.heard_in(sounds, rows, heard)
    behind = _behind(rows, _candidates(found, heard, index, places, prior), around, index)
    evidence = (ahead.front + behind.named).max(axis=0)
    name, postings, beside, there = _names(rows, behind, evidence, ahead, alone, index, prior)
    later = _led_to(np.append(behind.kind[1:], [[_NEVER]], axis=0), rows, index)
    in_county, in_place = ahead.before(later, index)
    unlisted = np.maximum(in_place[:count], in_county[of_district] + _WITH_COUNTY)
    some = float((ahead.front[:-1] + behind.kind[1:]).max())
    size = math.log(max(1, len(index.pharmacies)))
    shares = _shares(
        (
            places + index.place_share,
            unlisted + (_DISTRICT + _UNLISTED - math.log(count)),
            county + (_COUNTY_ALONE - math.log(22)),
            name + (_PHARMACY + _WITHOUT - size),
            there + (_PHARMACY + _WITH_DISTRICT - size),
            np.array([max(alone.nothing, some + _UNLISTED) + _NOTHING]),
        )
    )
    where = index.names.posting_district[postings]
    return Posterior(
        place=shares[0],
        unlisted=shares[1],
        county=shares[2],
        names=behind.names,
        roads=index.names.roads[behind.names],
        alone=shares[3],
        postings=postings,
        there=shares[4],
        beside=beside,
        nothing=float(shares[5][0]),
        in_district=shares[0][:count] + shares[1] + np.bincount(where, shares[4], count),
        of_name=shares[3] + np.bincount(beside, shares[4], len(behind.names)),
        place_ratio=places - alone.nothing,
        county_ratio=county - alone.nothing,
        name_ratio=evidence - alone.nothing,
        shop_ratio=some - alone.nothing,
    )


def _ahead(rows: Matrix, heard: Matrix, around: Around, index: NameIndex, prior: Prior) -> _Ahead:
    """What may stand before a name. `heard`: (known + 1,) the best evidence of each sound."""
    front = around.front[:, None]
    in_county = index.counties.best(follow(rows, index.counties.patterns, front))
    start = np.maximum(front + _COUNTY_UNSAID, in_county + _COUNTY_SAID)
    np.maximum(start[1:], start[:-1] + _STRAY, out=start[1:])
    forms = index.places
    chosen = forms.likely(heard, _FORMS)
    owners = forms.owners[chosen]
    by_form = start.take(index.county_of[owners], axis=1, mode="clip")
    in_form = follow(rows, forms.patterns.of(chosen), by_form)
    in_form += forms.priors[chosen] + prior.places[owners]
    return _Ahead(front, in_county, in_form, owners)


def _led_to(behind: Matrix, rows: Matrix, index: NameIndex) -> Matrix:
    """`behind`, (positions, …), with 「的」 before it or stray syllables, by where these begin."""
    possessive = np.maximum(rows[:, index.possessive, None], _BETWEEN)
    slope = (_BETWEEN * np.arange(len(behind), dtype=np.float32))[:, None]
    led: Matrix = np.maximum.accumulate((behind + slope)[::-1], axis=0)[::-1] - slope
    np.maximum(led[:-1], behind[1:] + possessive, out=led[:-1])
    return led


def _behind(rows: Matrix, names: Places, around: Around, index: NameIndex) -> _Behind:
    """The `names`, and 藥局 or its like, with everyday words behind them."""
    kinds = len(index.kinds)
    patterns = index.spoken.of(np.concatenate((index.kinds, names)))
    reached = follow(rows, patterns, around.tail[::-1, None], backwards=True)
    kind = np.maximum.accumulate(reached[::-1, :kinds].max(axis=1))[::-1, None]
    return _Behind(names, reached[:, kinds:], kind)


def _candidates(
    found: Places, heard: Matrix, index: NameIndex, place: Matrix, prior: Prior
) -> Places:
    """The names worth aligning: those `found` by their sound, near a likely place, or hinted at."""
    names = index.names
    near = names.named_in.all_of(_top(place[: index.districts_count], _CLOSE))
    telling = names.telling.take(near, axis=1, mode="clip")
    near = near[_top(heard.take(telling).sum(axis=0), _CLOSE_NAMES)]
    every = np.concatenate((found, near, np.array(prior.names + prior.written, np.intp)))
    every.sort()
    return every[firsts(every)]


def _top(scores: Matrix, count: int) -> Places:
    """Where the `count` highest scores stand, in no order."""
    if len(scores) <= count:
        return np.arange(len(scores))
    return np.argpartition(scores, len(scores) - count)[len(scores) - count :]


def _names(
    rows: Matrix,
    behind: _Behind,
    evidence: Matrix,
    ahead: _Ahead,
    alone: _Alone,
    index: NameIndex,
    prior: Prior,
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
    name = np.where(evidence < alone.nothing + _WORTH, _NEVER, evidence + np.log(bearers + 1e-6))
    name += known
    likely = _top(alone.whole, _LIKELY)
    at = np.full(len(alone.whole), -1)
    at[likely] = np.arange(len(likely))
    column = at[where]
    kept = (column >= 0).nonzero()[0]
    postings, beside, where, size = postings[kept], beside[kept], where[kept], size[kept]
    reached = ahead.in_districts(likely, index).take(column[kept], axis=1, mode="clip")
    reached += _led_to(behind.named, rows, index).take(beside, axis=1, mode="clip")
    there = reached.max(axis=0)
    there = np.where(there < alone.whole[where] + _WORTH, _NEVER, there + size)
    there += known[beside]
    return name, postings, beside, there


def _shares(readings: Sequence[Matrix]) -> list[Matrix]:
    """Evidence → probabilities that sum to 1 over all readings."""
    shares = np.concatenate(readings, dtype=np.float32)
    shares -= shares.max()
    shares /= _TEMPER
    np.exp(shares, out=shares)
    shares /= shares.sum()
    ends = [0, *accumulate(len(reading) for reading in readings)]
    return [shares[start:end] for start, end in pairwise(ends)]
