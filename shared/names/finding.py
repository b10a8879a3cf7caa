"""The best candidate of one kind, and what tells how far it can be relied on.

Two chances are summed from the same features, by weights that `bench.names_calibrate` fits:
`confidence`, that it is right, and `named`, that anything is named at all.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache

import numpy as np

from shared.names.background import Around
from shared.names.index import NameIndex
from shared.names.lexicon import all_places
from shared.names.posterior import Posterior, namesakes
from shared.names.resolution import Meant
from shared.names.similarity import TONE, AlignedName, Alignments, Calibration, Similarity
from shared.names.transcript import Transcript
from shared.phonetics.pronunciations import fold_all, read
from shared.places.districts import all_districts
from shared.places.landmarks import Landmark

_TOLD = 2.0  # log-likelihood ratio below which nothing in the sentence names a place
HOPELESS = 0.99  # posterior of no name from which no candidate is looked at
_PLACED = 0.5  # of the posterior of a name: it was heard with its district


@dataclass(frozen=True, slots=True)
class UtteranceForms:
    """An utterance, in the forms in which it is looked at."""

    transcript: Transcript
    close: Alignments
    around: Around
    """how well everyday words explain what stands around a name"""
    written: frozenset[int] = frozenset()
    """the places that stand there by a name that is no everyday word"""


@dataclass(frozen=True, slots=True)
class Finding:
    """The best candidate of one kind."""

    share: float
    """of the posterior, in the name as it was said (大安區, wherever it is)"""
    features: Mapping[str, float]

    def confidence(self, kind: str, weights: Calibration) -> float:
        """The chance that it is right and was heard well enough to be relied on."""
        return _chance(self.features, weights[kind])

    def named(self, kind: str, weights: Calibration) -> float:
        """The chance that anything is named, this or something like it."""
        return _chance({**self.features, "is_name": kind == "name"}, weights["named"])


def _chance(features: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The logistic of a weighed sum of those that have a weight."""
    weighed = (weights[name] * value for name, value in features.items() if name in weights)
    return 1 / (1 + math.exp(-weights["bias"] - sum(weighed)))


KIND_OF = {
    Meant.COUNTY: "place",
    Meant.DISTRICT: "place",
    Meant.LANDMARK: "place",
    Meant.PHARMACY: "name",
    Meant.ROAD: "name",
}
"""Places are judged by one set of weights, names by another."""


def kinds_of(posterior: Posterior) -> tuple[Meant, ...]:
    """The kinds of name that may be meant, that with most of the posterior first.

    Which of them it is the confidence in each tells, and whether there is one at all.
    """
    shares = posterior.of_kind
    best = max(shares, key=shares.__getitem__)
    least = _RIVAL * shares[best]
    rivals = [kind for kind in shares if kind not in (best, Meant.COUNTY) and shares[kind] > least]
    return best, *rivals


_RIVAL = 0.15
"""a kind with less of the posterior, as a part of the likeliest one's, is not meant; nor is a
county that is not the likeliest, for a district lies in it"""


def finding_of(
    meant: Meant, heard: UtteranceForms, posterior: Posterior, index: NameIndex
) -> Finding:
    """The best candidate of the kind that is `meant`; also for the calibration."""
    if meant is Meant.DISTRICT:
        best = posterior.best(meant)
        share = sum(map(posterior.place.item, namesakes()[all_districts()[best].name]))
        district = _as_place(heard.close.nearest(best, index.places), share, heard, posterior)
        return _with_unlisted(district, posterior, written=best in heard.written)
    if meant is Meant.COUNTY:
        share, best = posterior.likeliest[meant][0]
        return _as_place(heard.close.nearest(best, index.counties), share, heard, posterior)
    if meant is Meant.LANDMARK:
        best = posterior.best(meant)
        share = sum(map(posterior.place.item, _called_alike(best)))
        return _as_place(heard.close.nearest(best, index.places), share, heard, posterior)
    return _name_finding(meant, heard, posterior, index)


def _with_unlisted(district: Finding, posterior: Posterior, *, written: bool) -> Finding:
    """`district`, with the share of a pharmacy there by a name that is not known, and whether it
    stands written."""
    unlisted = posterior.unlisted_share
    share = unlisted / max(unlisted + district.share, _NEXT_TO_NONE)
    more = {"unlisted": share, "written": float(written)}
    return replace(district, features={**district.features, **more})


def tells(ratio: float) -> bool:
    """Whether something in the sentence names what has such a log-likelihood ratio."""
    return ratio > _TOLD


def called(place: object) -> set[str]:
    """All that a landmark is called; nothing else is called anything."""
    return set(place.spoken) if isinstance(place, Landmark) else set()


@cache
def _called_alike(landmark: int) -> tuple[int, ...]:
    """It and those that share a name with it, by their numbers among all places."""
    every = all_places()
    names = called(every[landmark])
    return tuple(i for i, one in enumerate(every) if called(one) & names)


def _log_odds(share: float) -> float:
    share = min(max(share, _LEAST_SHARE), _MOST_SHARE)
    return math.log(share / (1 - share))


_LEAST_SHARE, _MOST_SHARE = 0.018, 0.9975
"""beyond which a share tells no more: log-odds of -4 and 6"""


def _as_place(
    found: AlignedName, share: float, heard: UtteranceForms, posterior: Posterior
) -> Finding:
    """What the best county, district or landmark is to be judged by."""
    close = found.similarity()
    features = {
        "posterior": _log_odds(share),
        "something": _something(posterior, heard, found),
        "near": close.near,
        "alike": close.alike,
        "least": close.least,
        "length": min(len(heard.transcript.sounds), 20) / 10,
        "digits": _in_digits(heard, found),
        "shop": _shop(posterior),
        **_beside(found, close.near, heard),
    }
    return Finding(share, features)


def _something(posterior: Posterior, heard: UtteranceForms, found: AlignedName) -> float:
    """Log-odds of any name against none, in tens; in English, as if the tones were there too."""
    chance = min(max(posterior.nothing, _NEXT_TO_NONE), HOPELESS)
    tones = 0.0 if heard.transcript.at else TONE * (found.end - found.start)
    return min(1.5, (tones - math.log(chance / (1 - chance))) / 10)


_NEXT_TO_NONE = 1e-7  # a chance below which none is told apart
_ENGLISH = 1.0  # as a Chinese sentence has it where each word beside the name is known


def _shop(posterior: Posterior) -> float:
    """Log-likelihood ratio, in tens, that 藥局 is heard: then a place or road may not be all."""
    return min(1.5, max(-1.0, posterior.shop_ratio / 10))


def _beside(found: AlignedName, near: float, heard: UtteranceForms) -> Mapping[str, float]:
    """How well what stands beside a name is known, and whether all but the name was heard well.

    Where a recogniser writes down every other word rightly, it hardly mishears the name alone.
    """
    if not heard.transcript.at:  # of an English sentence only names are left
        return {"known": _ENGLISH, "odd": 0.0}
    count = len(heard.transcript.sounds)
    rest = count - (found.end - found.start)
    around = heard.around
    known = (float(around.front[found.start]) + float(around.tail[count - found.end])) / (rest + 2)
    return {"known": known / 5, "odd": max(0.0, known) / 5 * (1 - near)}


def _name_finding(
    meant: Meant, heard: UtteranceForms, posterior: Posterior, index: NameIndex
) -> Finding:
    """What the best name is to be judged by, with its district if that was heard."""
    best = posterior.best(meant)
    found = heard.close.of(posterior.names.item(best), index.spoken)
    close = found.similarity()
    place = _place_beside(best, heard, posterior, index)
    share = sum(map(posterior.of_name.item, _as_said(best, meant, posterior, index)))
    road = float(meant is Meant.ROAD)
    features = {
        "posterior": _log_odds(share),
        "something": _something(posterior, heard, found),
        "near": close.near,
        "alike": close.alike,
        "least": close.least,
        "whole": found.whole,
        "placed": float(place is not None),
        "road": road,
        "shop_in_road": road * max(0.0, _shop(posterior)),
        "near_place": place.near if place else _USUAL_PLACE,
        "least_place": place.least if place else _USUAL_PLACE,
        "digits": _in_digits(heard, found),
        "shop": _shop(posterior),
        **_beside(found, close.near, heard),
    }
    return Finding(share, features)


def _place_beside(
    name: int, heard: UtteranceForms, posterior: Posterior, index: NameIndex
) -> Similarity | None:
    """How near the district is that most of a name's share lies in; None where it was not heard."""
    mine = posterior.there_of(name)
    there = posterior.there[mine].tolist()
    if not there or (most := max(there)) <= _PLACED * posterior.of_name.item(name):
        return None
    posting = posterior.postings[mine].item(there.index(most))
    district = index.names.posting_district.item(posting)
    county = max(0.0, posterior.county_ratio.item(index.county_of.item(district)))
    if posterior.place_ratio.item(district) <= county + _TOLD:  # no more than its county was heard
        return None
    return heard.close.nearest(district, index.places).similarity()


def _as_said(best: int, meant: Meant, posterior: Posterior, index: NameIndex) -> list[int]:
    """The candidates that are sections of the road of the `best` one, or pharmacies that sound as
    it does: which of these was meant is another question than how well it was heard."""
    texts, number = index.names.texts, posterior.names.item
    if meant is Meant.PHARMACY:
        own = sound_of(texts[number(best)])
        likely = [i for _, i in posterior.likeliest[meant]]
        return [i for i in likely if sound_of(texts[number(i)]) == own]
    road = whole_road(texts[number(best)])
    roads = np.flatnonzero(index.names.roads[posterior.names]).tolist()
    return [i for i in roads if whole_road(texts[number(i)]) == road]


@lru_cache(maxsize=4096)
def sound_of(name: str) -> tuple[tuple[str, str], ...]:
    """The sounds of a name without its tones, accents made one: of 御安 as of 裕安."""
    return fold_all(read(name))


def whole_road(road: str) -> str:
    """忠孝東路四段 → 忠孝東路."""
    return road[:-2] if road.endswith("段") else road


_USUAL_PLACE = 0.8  # how near a district usually is; stands in where none was heard


def _in_digits(heard: UtteranceForms, found: AlignedName) -> float:
    """1 where digits stand in a name (桃園48.7家): the recogniser wrote down something else."""
    if found.end == found.start:
        return 0.0
    start, end = heard.transcript.span(found.start, found.end)
    return float(any(character.isdigit() for character in heard.transcript.text[start:end]))
