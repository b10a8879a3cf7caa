"""Belief → an answer: what is meant, the best of it, and whether it is sure."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from shared.names.closely import Closeness, closeness
from shared.names.index import NameIndex
from shared.names.naming import Places
from shared.names.patterns import Patterns
from shared.names.resolution import Meant, PharmacyMatch, PlaceMatch, Resolution
from shared.names.weigh import Belief
from shared.phonetics.confusions import Matrix
from shared.phonetics.pronunciations import Pronunciation
from shared.places.districts import all_counties, all_districts

_SHOWN = 3
_LOOKED_AT = 6  # names, of which some may mean the same shop
_LEAST = 0.01  # a match with a smaller share is not worth asking about
_ONE_OF_NAMESAKES = 0.75  # the share that one of several same-named places must have to be it
_SURE = 0.9
"""trust from which no question is asked back; `bench.names` tells what it costs, held out"""
_NOTHING = 0.045
"""trust below which nothing was recognised: of 406 right answers the least trusted has 0.05"""
_PLACED = 0.5  # of the belief in a name: it was heard with its district
_ONE_NAME = 0.6  # the share from which a name is likely enough to offer its namesakes only
_DOUBTED = 0.5  # the most trust that a reading with a foreign syllable deserves


@dataclass(frozen=True, slots=True)
class Heard:
    """What was heard, in the forms in which it is looked at."""

    text: str
    sounds: Sequence[Pronunciation]
    rows: Matrix


@dataclass(frozen=True, slots=True)
class Reading:
    """The best reading of one kind."""

    share: float
    """of the belief, in the name as it was said (大安區, wherever it is)"""
    features: Mapping[str, float]
    doubtful: bool
    """a syllable that tells was heard as something else altogether"""

    def trust(self, weights: Mapping[str, float]) -> float:
        """The chance that this reading is right and was heard well enough to be relied on."""
        total = weights["bias"] + sum(weights[name] * x for name, x in self.features.items())
        trust = 1 / (1 + math.exp(-total))
        return min(trust, _DOUBTED) if self.doubtful else trust


def judge(heard: Heard, belief: Belief, index: NameIndex) -> Resolution:
    """The answer that `belief` supports."""
    meant = _meant(belief)
    reading = reading_of(heard, belief, index)
    trust = reading.trust(index.weights[meant.value]) if reading else 1.0
    if meant is Meant.NOTHING or trust < _NOTHING:
        return Resolution(heard.text)
    places = _district_shares(belief, index)
    found = _pharmacies(belief, index, named=meant is Meant.PHARMACY)
    districts = _districts(places)
    pharmacies = found.matches
    one = False
    if reading and meant is Meant.DISTRICT:
        scale = trust / max(reading.share, trust)
        districts = tuple(PlaceMatch(match.district, match.score * scale) for match in districts)
        one = _only(places)
    elif reading and pharmacies:
        scale = trust / max(reading.share, trust)
        pharmacies = tuple(PharmacyMatch(m.pharmacy, m.score * scale) for m in pharmacies)
        one = found.one
    county = all_counties()[int(belief.county.argmax())] if meant is Meant.COUNTY else None
    sure = one and trust > _SURE
    return Resolution(
        heard.text,
        meant,
        districts,
        pharmacies,
        county,
        sure=sure,
        namesakes=found.namesakes,
    )


def reading_of(heard: Heard, belief: Belief, index: NameIndex) -> Reading | None:
    """The best reading, where a district or a pharmacy is meant; for the calibration."""
    match _meant(belief):
        case Meant.DISTRICT:
            return _district_reading(heard, belief, _district_shares(belief, index), index)
        case Meant.PHARMACY:
            return _pharmacy_reading(heard, belief, _name_shares(belief), index)
    return None


def _meant(belief: Belief) -> Meant:
    options = (
        (belief.nothing, Meant.NOTHING),
        (float(belief.alone.sum() + belief.there.sum()), Meant.PHARMACY),
        (float(belief.district.sum() + belief.unlisted.sum()), Meant.DISTRICT),
        (float(belief.county.sum()), Meant.COUNTY),
    )
    return max(options, key=lambda option: option[0])[1]


def _district_shares(belief: Belief, index: NameIndex) -> NDArray[np.float64]:
    """(368,): the share of the belief in each district, however it was meant."""
    shares = (belief.district + belief.unlisted).astype(np.float64)
    np.add.at(shares, index.names.posting_district[belief.postings], belief.there)
    return shares


def _name_shares(belief: Belief) -> NDArray[np.float64]:
    """(candidates,): the share of the belief in each name, wherever it is borne."""
    shares = belief.alone.astype(np.float64)
    np.add.at(shares, belief.beside, belief.there)
    return shares


def _districts(shares: NDArray[np.float64]) -> tuple[PlaceMatch, ...]:
    best = np.argsort(-shares)[:_SHOWN]
    return tuple(
        PlaceMatch(all_districts()[i], float(shares[i])) for i in best if shares[i] > _LEAST
    )


@cache
def _namesakes() -> Mapping[str, list[int]]:
    """District name → its numbers: 大安區 is two districts."""
    groups: dict[str, list[int]] = {}
    for number, district in enumerate(all_districts()):
        groups.setdefault(district.name, []).append(number)
    return groups


@dataclass(frozen=True, slots=True)
class Found:
    """The likeliest pharmacies."""

    matches: tuple[PharmacyMatch, ...] = ()
    one: bool = False
    """no other bears the first one's name and fits"""
    namesakes: int = 0
    """how many do, where all matches bear that name"""


def _pharmacies(belief: Belief, index: NameIndex, *, named: bool) -> Found:
    """The likeliest pharmacies: of three names, or of one that is likely and has several.

    `named`: a pharmacy is what the sentence names.
    """
    shares = _name_shares(belief)
    best = [int(i) for i in np.argsort(-shares)[:_LOOKED_AT] if shares[i] > _LEAST]
    if not best:
        return Found()
    bearers = _bearers(best[0], belief, index)
    together = len(bearers) > 1 and named and shares[best[0]] > _ONE_NAME
    if together:
        chosen = dict.fromkeys(bearers[:_SHOWN].tolist(), float(shares[best[0]]))
    else:  # a shop may come twice, by its own name and by its chain's
        chosen = {int(bearers[0]): float(shares[best[0]])}
        for name in best[1:]:
            if len(chosen) < _SHOWN:
                chosen.setdefault(int(_bearers(name, belief, index)[0]), float(shares[name]))
    matches = [PharmacyMatch(index.pharmacies[shop], share) for shop, share in chosen.items()]
    return Found(tuple(matches), len(bearers) == 1, len(bearers) if together else 1)


def _only(shares: NDArray[np.float64]) -> bool:
    """Whether the likeliest district is far likelier than others of its name."""
    best = int(shares.argmax())
    return bool(
        shares[best] > _ONE_OF_NAMESAKES * shares[_namesakes()[all_districts()[best].name]].sum()
    )


def _log_odds(share: float) -> float:
    return min(6.0, max(-4.0, math.log((share + 1e-6) / (1 - share + 1e-4))))


def _district_reading(
    heard: Heard, belief: Belief, places: NDArray[np.float64], index: NameIndex
) -> Reading:
    """What the best district is to be judged by."""
    best = int(places.argmax())
    share = float(belief.district[_namesakes()[all_districts()[best].name]].sum())
    close = _place(best, heard, index)
    features = {
        "belief": _log_odds(share),
        "near": close.near,
        "alike": close.alike,
        "length": min(len(heard.sounds), 20) / 10,
    }
    return Reading(share, features, close.least == 0 or _in_digits(heard.text))


def _pharmacy_reading(
    heard: Heard, belief: Belief, names: NDArray[np.float64], index: NameIndex
) -> Reading:
    """What the best name of a pharmacy is to be judged by, with its district if that was heard."""
    best = int(names.argmax())
    back = Heard(heard.text, heard.sounds[::-1], heard.rows[::-1])
    close = _closeness(int(belief.names[best]), index.spoken, back, index)
    mine = np.flatnonzero(belief.beside == best)
    there = belief.there[mine]
    place = None
    if len(mine) and there.max() > _PLACED * names[best]:
        posting = belief.postings[mine[int(there.argmax())]]
        place = _place(int(index.names.posting_district[posting]), heard, index)
    share = float(names[best])
    features = {
        "belief": _log_odds(share),
        "near": close.near,
        "alike": close.alike,
        "whole": close.whole,
        "placed": float(place is not None),
        "near_place": place.near if place else _USUAL_PLACE,
    }
    foreign = close.least == 0 or (place is not None and place.least == 0)
    return Reading(share, features, foreign or _in_digits(heard.text))


_USUAL_PLACE = 0.8  # how near a district usually is; stands in where none was heard


def _place(number: int, heard: Heard, index: NameIndex) -> Closeness:
    """The closeness of the form of a district that is nearest."""
    forms = index.districts
    mine = np.flatnonzero(forms.owners == number).tolist()
    found = [_closeness(form, forms.patterns, heard, index) for form in mine]
    return max(found, key=lambda close: close.whole)


def _closeness(number: int, patterns: Patterns, heard: Heard, index: NameIndex) -> Closeness:
    return closeness(number, patterns, heard.rows, heard.sounds, index.ear)


def _in_digits(text: str) -> bool:
    """Digits in a name (桃園48.7家) tell that the recogniser wrote down something else."""
    return any(character.isdigit() for character in text)


def _bearers(name: int, belief: Belief, index: NameIndex) -> Places:
    """The pharmacies of a candidate name that fit, likeliest first, by place in the index."""
    borne, bearers = index.names.borne, index.names.bearers
    number = belief.names[name]
    postings = borne.members[borne.first[number] : borne.first[number + 1]]
    best = postings[:1]
    if len(postings) > 1:
        mine = belief.beside == name
        weight = np.full(len(postings), float(belief.alone[name]) / len(postings))
        weight[np.searchsorted(postings, belief.postings[mine])] += belief.there[mine]
        order = np.argsort(-weight, kind="stable")
        only = weight[order[0]] > _ONE_OF_NAMESAKES * weight.sum()
        best = postings[order[:1] if only else order]
    if len(best) == 1:
        return bearers.members[bearers.first[best[0]] : bearers.first[best[0] + 1]]
    return bearers.under(best)[0]
