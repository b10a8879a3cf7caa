"""The best candidate of one kind, and what tells how far it can be relied on.

Two chances are summed from the same features, by weights that `bench.names_calibrate` fits:
`confidence`, that it is right, and `named`, that anything is named at all.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from shared.names.background import Around
from shared.names.index import NameIndex
from shared.names.lexicon import Forms, all_places
from shared.names.posterior import Posterior, best_of, namesakes
from shared.names.resolution import Meant
from shared.names.similarity import TONE, AlignedName, Alignments, Calibration
from shared.names.transcript import Transcript
from shared.phonetics.pronunciations import fold_all, read
from shared.places.districts import all_districts
from shared.places.landmarks import Landmark

TOLD = 2.0  # log-likelihood ratio below which nothing in the sentence names a place
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
        return _chance({**self.features, "is_name": float(kind == "name")}, weights["named"])


def _chance(features: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The logistic of a weighed sum; a feature that the kind lacks counts as 0."""
    total = weights["bias"]
    total += sum(weight * features.get(name, 0.0) for name, weight in weights.items())
    return 1 / (1 + math.exp(-total))


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
        places = posterior.in_district
        best = int(places.argmax())
        share = posterior.place[namesakes()[all_districts()[best].name]].sum()
        district = _as_place(_nearest(best, index.places, heard), float(share), heard, posterior)
        return _with_unlisted(district, posterior, written=best in heard.written)
    if meant is Meant.COUNTY:
        best = int(posterior.county.argmax())
        found = _nearest(best, index.counties, heard)
        return _as_place(found, float(posterior.county[best]), heard, posterior)
    if meant is Meant.LANDMARK:
        landmarks = posterior.place[index.districts_count :]
        best = int(landmarks.argmax())
        every = all_places()[index.districts_count :]
        alike = [bool(called(one) & called(every[best])) for one in every]
        share = landmarks[alike].sum()
        found = _nearest(index.districts_count + best, index.places, heard)
        return _as_place(found, float(share), heard, posterior)
    names = np.where(posterior.roads == (meant is Meant.ROAD), posterior.of_name, 0)
    return _name_finding(int(names.argmax()), names, heard, posterior, index)


def _with_unlisted(district: Finding, posterior: Posterior, *, written: bool) -> Finding:
    """`district`, with the share of a pharmacy there by a name that is not known, and whether it
    stands written."""
    unlisted = float(posterior.unlisted.sum())
    share = unlisted / (unlisted + district.share + 1e-6)
    more = {"unlisted": share, "written": float(written)}
    return replace(district, features={**district.features, **more})


def called(place: object) -> set[str]:
    """All that a landmark is called; nothing else is called anything."""
    return set(place.spoken) if isinstance(place, Landmark) else set()


def _log_odds(share: float) -> float:
    return min(6.0, max(-4.0, math.log((share + 1e-6) / (1 - share + 1e-4))))


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
    chance = min(posterior.nothing, HOPELESS)
    tones = 0.0 if heard.transcript.at else TONE * (found.end - found.start)
    return min(1.5, (tones - math.log((chance + 1e-7) / (1 - chance))) / 10)


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
    best: int,
    names: NDArray[np.floating],
    heard: UtteranceForms,
    posterior: Posterior,
    index: NameIndex,
) -> Finding:
    """What the best name is to be judged by, with its district if that was heard."""
    found = heard.close.of(int(posterior.names[best]), index.spoken, backwards=True)
    close = found.similarity()
    mine = posterior.there_of(best)
    there = posterior.there[mine]
    place = None
    if len(there) and there.max() > _PLACED * names[best]:
        posting = posterior.postings[mine][int(there.argmax())]
        district = int(index.names.posting_district[posting])
        county = max(0.0, float(posterior.county_ratio[index.county_of[district]]))
        if posterior.place_ratio[district] > county + TOLD:  # more than its county was heard
            place = _nearest(district, index.places, heard).similarity()
    share = float(names[_as_said(best, names, posterior, index)].sum())
    features = {
        "posterior": _log_odds(share),
        "something": _something(posterior, heard, found),
        "near": close.near,
        "alike": close.alike,
        "least": close.least,
        "whole": found.whole,
        "placed": float(place is not None),
        "road": float(posterior.roads[best]),
        "shop_in_road": float(posterior.roads[best]) * max(0.0, _shop(posterior)),
        "near_place": place.near if place else _USUAL_PLACE,
        "least_place": place.least if place else _USUAL_PLACE,
        "digits": _in_digits(heard, found),
        "shop": _shop(posterior),
        **_beside(found, close.near, heard),
    }
    return Finding(share, features)


def _as_said(
    best: int, names: NDArray[np.floating], posterior: Posterior, index: NameIndex
) -> list[int]:
    """The candidates that are sections of the road of the `best` one, or pharmacies that sound as
    it does: which of these was meant is another question than how well it was heard."""
    texts, number = index.names.texts, posterior.names[best]
    if not posterior.roads[best]:
        own = sound_of(texts[number])
        likely = best_of(names, _LOOKED_AT)
        return [i for i in likely if sound_of(texts[posterior.names[i]]) == own]
    road = whole_road(texts[number])
    roads = np.flatnonzero(posterior.roads).tolist()
    return [i for i in roads if whole_road(texts[posterior.names[i]]) == road]


_LOOKED_AT = 6  # likeliest names among which some sound the same


@lru_cache(maxsize=4096)
def sound_of(name: str) -> tuple[tuple[str, str], ...]:
    """The sounds of a name without its tones, accents made one: of 御安 as of 裕安."""
    return fold_all(read(name))


def whole_road(road: str) -> str:
    """忠孝東路四段 → 忠孝東路."""
    return road[:-2] if road.endswith("段") else road


_USUAL_PLACE = 0.8  # how near a district usually is; stands in where none was heard


def _nearest(number: int, forms: Forms, heard: UtteranceForms) -> AlignedName:
    """The form of a place that is nearest."""
    return heard.close.nearest(number, forms)


def _in_digits(heard: UtteranceForms, found: AlignedName) -> float:
    """1 where digits stand in a name (桃園48.7家): the recogniser wrote down something else."""
    if found.end <= found.start:
        return 0.0
    start, end = heard.transcript.span(found.start, found.end)
    return float(any(character.isdigit() for character in heard.transcript.text[start:end]))
