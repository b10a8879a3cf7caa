"""Belief → an answer: what is meant, the best of it, and whether it is sure."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from shared.names.index import NameIndex, Places
from shared.names.resolution import Meant, PharmacyMatch, PlaceMatch, Resolution
from shared.names.sounds import Matrix, Sound
from shared.names.weigh import Belief
from shared.places.districts import all_counties, all_districts

_SHOWN = 3
_LEAST = 0.03  # a match with a smaller share is not worth asking about
_ONE_OF_NAMESAKES = 0.75  # the share that one of several same-named places must have to be it
_SURE = 0.7


def judge(heard: str, sounds: Sequence[Sound], belief: Belief, index: NameIndex) -> Resolution:
    """The answer that `belief` supports."""
    found = _pharmacies(belief, index)
    places = _districts(belief, index)
    meant = _meant(belief)
    sure = False
    districts = tuple(PlaceMatch(all_districts()[i], s) for i, s in places)
    if meant is Meant.NOTHING:
        return Resolution(heard)
    if meant is Meant.PHARMACY:
        sure = found.one and found.share > _SURE
    elif meant is Meant.DISTRICT:
        sure = places[0][1] > _SURE
    best = int(belief.county.argmax())
    county = all_counties()[best] if belief.county[best] > 0.5 else None
    return Resolution(heard, meant, districts, found.matches, county, (), sure, found.namesakes)


def _meant(belief: Belief) -> Meant:
    pharmacy = float(belief.alone.sum() + belief.there.sum())
    district = float(belief.district.sum())
    unlisted = float(belief.unlisted.sum())
    county = float(belief.county.sum())
    options = [
        (belief.nothing, Meant.NOTHING),
        (pharmacy, Meant.PHARMACY),
        (district + unlisted, Meant.DISTRICT),
        (county, Meant.COUNTY),
    ]
    return max(options)[1]


def _districts(belief: Belief, index: NameIndex) -> list[tuple[int, float]]:
    """The likeliest districts, however they were meant, with their shares."""
    shares = (belief.district + belief.unlisted).astype(np.float64)
    np.add.at(shares, index.names.posting_district[belief.postings], belief.there)
    best = np.argsort(-shares)[:_SHOWN]
    return [(int(i), float(shares[i])) for i in best if shares[i] > _LEAST]


@dataclass(frozen=True, slots=True)
class Found:
    """The likeliest pharmacies."""

    matches: tuple[PharmacyMatch, ...]
    share: float
    """of the best name"""
    one: bool
    """only one pharmacy of that name fits what was heard"""
    namesakes: int


def _pharmacies(belief: Belief, index: NameIndex) -> Found:
    """The likeliest pharmacies: of three names, or three of one name where that is certain."""
    by_name = belief.alone.astype(np.float64)
    np.add.at(by_name, belief.beside, belief.there)
    ranked = [int(i) for i in np.argsort(-by_name)[:_SHOWN] if by_name[i] > _LEAST]
    if not ranked:
        return Found((), 0.0, False, 0)
    matches = [
        PharmacyMatch(
            index.catalog.pharmacies[_bearers(name, belief, index)[0]], float(by_name[name])
        )
        for name in ranked
    ]
    bearers = _bearers(ranked[0], belief, index)
    return Found(tuple(matches), float(by_name[ranked[0]]), len(bearers) == 1, len(bearers))


def _bearers(name: int, belief: Belief, index: NameIndex) -> list[int]:
    """The pharmacies of a candidate name that fit, the likeliest first, by place in the catalogue."""
    postings, _ = index.names.borne.under(belief.names[name : name + 1])
    heard = belief.beside == name
    shares = {
        int(p): float(s) for p, s in zip(belief.postings[heard], belief.there[heard], strict=True)
    }
    alone = float(belief.alone[name])
    weight = {int(p): shares.get(int(p), 0.0) + alone / len(postings) for p in postings}
    best = sorted(weight, key=lambda p: -weight[p])
    total = sum(weight.values())
    if weight[best[0]] > _ONE_OF_NAMESAKES * total:
        best = best[:1]
    pharmacies, _ = index.names.bearers.under(np.array(best, np.intp))
    return [int(p) for p in pharmacies]
