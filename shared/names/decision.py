"""Posterior → an answer: what is meant, the best of it, its score, and whether it is sure.

The one place that decides. A *finding* is the best candidate of one kind with the features that its
confidence is summed from; every score and every `sure` comes from that confidence.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from shared.catalog import Pharmacy
from shared.names.background import Around
from shared.names.gazetteer import Places, streets
from shared.names.index import NameIndex
from shared.names.lexicon import Forms, all_places
from shared.names.likelihood import Posterior
from shared.names.mentions import mentions_of
from shared.names.prior import Prior
from shared.names.resolution import (
    Meant,
    Mention,
    MentionKind,
    PharmacyMatch,
    PlaceMatch,
    Resolution,
    RoadMatch,
)
from shared.names.similarity import Similarity, similarity
from shared.names.transcript import Transcript
from shared.phonetics.alignment import best_cost
from shared.phonetics.confusions import Matrix
from shared.phonetics.pronunciations import fold_all, read
from shared.places.districts import all_counties, all_districts
from shared.places.landmarks import Landmark

_SHOWN = 3
_LOOKED_AT = 6  # names, of which some may mean the same shop
_LEAST = 0.01  # a match with a smaller share is not worth asking about
_ONE_OF_NAMESAKES = 0.75  # the share that one of several same-named places must have to be it
_SURE = 0.95
"""confidence from which no question is asked back; `bench.names` tells what it costs, held out"""
_NOTHING = 0.1
"""confidence below which nothing was recognised: of 1,798 everyday sentences it leaves 7 %"""
_NOTHING_ASKED = 0.02
"""the same where 口罩 is heard, which names stand beside: 藥局 tells less, for
「給我接藥局」 names none"""
_ASKED = ("口罩",)
_AS_SAID = 0.3  # confusion cost a syllable up to which a word was heard
_BESIDE = 12.0  # log-likelihood ratio of a pharmacy named beside a landmark or road
_HOPELESS = 0.99  # posterior of no name from which no candidate is looked at
_PLACED = 0.5  # of the posterior of a name: it was heard with its district
_ONE_NAME = 0.6  # the share from which a name is likely enough to offer its namesakes only
_DOUBTED = 0.5  # the most confidence that a finding with a foreign syllable deserves
_SHARED = 0.4  # a landmark of the best one's name with at least so much of its share may be meant
_TOLD = 2.0  # log-likelihood ratio below which nothing in the sentence names a place


Mentions = tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Heard:
    """An utterance, in the forms in which it is looked at."""

    transcript: Transcript
    rows: Matrix
    around: Around
    """how well everyday words explain what stands around a name"""


@dataclass(frozen=True, slots=True)
class Finding:
    """The best candidate of one kind."""

    share: float
    """of the posterior, in the name as it was said (大安區, wherever it is)"""
    features: Mapping[str, float]
    doubtful: bool
    """a syllable that tells was heard as something else altogether"""

    def confidence(self, weights: Mapping[str, float]) -> float:
        """The chance that it is right and was heard well enough to be relied on."""
        total = weights["bias"] + sum(weights[name] * x for name, x in self.features.items())
        chance = 1 / (1 + math.exp(-total))
        return min(chance, _DOUBTED) if self.doubtful else chance


KIND_OF = {
    Meant.COUNTY: "place",
    Meant.DISTRICT: "place",
    Meant.LANDMARK: "place",
    Meant.PHARMACY: "name",
    Meant.ROAD: "name",
}
"""Places are judged by one set of weights, names by another."""


def decide(heard: Heard, posterior: Posterior, index: NameIndex, prior: Prior) -> Resolution:
    """The answer that the `posterior` supports."""
    text = heard.transcript.text
    meant = meant_by(posterior, index)
    if posterior.nothing > _HOPELESS or not _is_told(meant, posterior):
        return Resolution(text)
    finding = finding_of(meant, heard, posterior, index)
    confidence = finding.confidence(index.weights[KIND_OF[meant]])
    if confidence < _NOTHING_ASKED or (confidence < _NOTHING and not _asks(heard)):
        return Resolution(text)
    mentions = mentions_of(heard.transcript, heard.rows, posterior, index)
    if meant in (Meant.LANDMARK, Meant.ROAD) and any(
        mention.kind is MentionKind.PHARMACY and mention.ratio > _BESIDE for mention in mentions
    ):  # 台大醫院旁邊的和平藥局
        meant = Meant.PHARMACY
    if meant is Meant.COUNTY:
        county = all_counties()[int(posterior.county.argmax())]
        return Resolution(text, meant, county=county, mentions=mentions)
    scale = confidence / max(finding.share, confidence)
    sure = confidence > _SURE
    places = _district_shares(posterior, index)
    districts = _districts(places, posterior)
    if meant is Meant.LANDMARK:
        return _landmark(text, posterior, index, prior, scale, sure, mentions)
    if meant is Meant.ROAD:
        return _road(heard, posterior, index, prior, scale, sure, districts, mentions)
    found = _pharmacies(posterior, index, mentions, named=meant is Meant.PHARMACY)
    if meant is Meant.DISTRICT:
        return Resolution(
            text, meant, tuple(PlaceMatch(m.district, m.score * scale) for m in districts),
            found.matches, sure=sure and _only(places), namesakes=found.namesakes,
            mentions=mentions,
        )  # fmt: skip
    return Resolution(
        text, meant, districts,
        tuple(PharmacyMatch(m.pharmacy, m.score * scale) for m in found.matches),
        sure=sure and found.one, namesakes=found.namesakes, mentions=mentions,
    )  # fmt: skip


def _asks(heard: Heard) -> bool:
    """Whether what the line is about is heard: a name is then to be expected."""
    return any(best_cost(read(word), heard.transcript.sounds) < _AS_SAID for word in _ASKED)


def _is_told(meant: Meant, posterior: Posterior) -> bool:
    """Whether anything in the sentence names what is `meant`: many weak candidates are none."""
    match meant:
        case Meant.PHARMACY | Meant.ROAD:
            best = posterior.name_ratio.max(initial=0)
        case Meant.COUNTY:
            best = posterior.county_ratio.max()
        case _:
            best = posterior.place_ratio.max()
    return bool(best > _TOLD)


def meant_by(posterior: Posterior, index: NameIndex) -> Meant:
    """The kind of name that has most of the posterior; whether there is one is told later."""
    roads = index.names.roads[posterior.names]
    names = _name_shares(posterior)
    count = index.districts_count
    options = (
        (float(names[~roads].sum()), Meant.PHARMACY),
        (float(names[roads].sum()), Meant.ROAD),
        (float(posterior.place[:count].sum() + posterior.unlisted.sum()), Meant.DISTRICT),
        (float(posterior.place[count:].sum()), Meant.LANDMARK),
        (float(posterior.county.sum()), Meant.COUNTY),
    )
    return max(options, key=lambda option: option[0])[1]


def finding_of(meant: Meant, heard: Heard, posterior: Posterior, index: NameIndex) -> Finding:
    """The best candidate of the kind that is `meant`; also for the calibration."""
    if meant is Meant.DISTRICT:
        places = _district_shares(posterior, index)
        best = int(places.argmax())
        share = posterior.place[_namesakes()[all_districts()[best].name]].sum()
        return _as_place(_nearest(best, index.places, heard, index), float(share), heard, posterior)
    if meant is Meant.COUNTY:
        best = int(posterior.county.argmax())
        close = _nearest(best, index.counties, heard, index)
        return _as_place(close, float(posterior.county[best]), heard, posterior)
    if meant is Meant.LANDMARK:
        landmarks = posterior.place[index.districts_count :]
        best = int(landmarks.argmax())
        every = all_places()[index.districts_count :]
        alike = [bool(_called(one) & _called(every[best])) for one in every]
        share = landmarks[alike].sum()
        close = _nearest(index.districts_count + best, index.places, heard, index)
        return _as_place(close, float(share), heard, posterior)
    roads = index.names.roads[posterior.names]
    names = np.where(roads == (meant is Meant.ROAD), _name_shares(posterior), 0)
    return _name_finding(int(names.argmax()), names, heard, posterior, index)


def _district_shares(posterior: Posterior, index: NameIndex) -> NDArray[np.float64]:
    """(districts,): the share of the posterior in each district, however it was meant."""
    shares = (posterior.place[: index.districts_count] + posterior.unlisted).astype(np.float64)
    np.add.at(shares, index.names.posting_district[posterior.postings], posterior.there)
    return shares


def _name_shares(posterior: Posterior) -> NDArray[np.float64]:
    """(candidates,): the share of the posterior in each name, wherever it is borne."""
    shares = posterior.alone.astype(np.float64)
    np.add.at(shares, posterior.beside, posterior.there)
    return shares


def _districts(shares: NDArray[np.float64], posterior: Posterior) -> tuple[PlaceMatch, ...]:
    """The likeliest districts, each of which something in the sentence names."""
    best = np.argsort(-shares)[:_SHOWN]
    return tuple(
        PlaceMatch(all_districts()[i], float(shares[i]))
        for i in best
        if shares[i] > _LEAST and posterior.place_ratio[i] > _TOLD
    )


@cache
def _namesakes() -> Mapping[str, list[int]]:
    """District name → its numbers: 大安區 is two districts."""
    groups: dict[str, list[int]] = {}
    for number, district in enumerate(all_districts()):
        groups.setdefault(district.name, []).append(number)
    return groups


def _landmark(
    text: str,
    posterior: Posterior,
    index: NameIndex,
    prior: Prior,
    scale: float,
    sure: bool,
    mentions: Mentions,
) -> Resolution:
    shares = posterior.place[index.districts_count :]
    every = all_places()[index.districts_count :]
    order = np.argsort(-shares, kind="stable")
    order = order[shares[order] > _SHARED * shares.max()]
    alike = [i for i in order.tolist() if _called(every[i]) & _called(every[order[0]])]
    left = prior.favoured(np.array(alike) + index.districts_count)
    best = [i for i, kept in zip(alike, left, strict=True) if kept][:_SHOWN]
    named = tuple(one for i in best if isinstance(one := every[i], Landmark))
    places = tuple(
        PlaceMatch(one.district, float(shares[i]) * scale)
        for i, one in zip(best, named, strict=True)
    )
    return Resolution(
        text,
        Meant.LANDMARK,
        places,
        sure=sure and len(named) == 1,
        landmarks=named,
        mentions=mentions,
    )


def _called(place: object) -> set[str]:
    return set(place.spoken) if isinstance(place, Landmark) else set()


def _road(
    heard: Heard, posterior: Posterior, index: NameIndex, prior: Prior, scale: float, sure: bool,
    districts: tuple[PlaceMatch, ...], mentions: Mentions,
) -> Resolution:  # fmt: skip
    """The road that was heard best, in the districts that fit; sure where it is one."""
    roads = index.names.roads[posterior.names]
    shares = np.where(roads, _name_shares(posterior), 0)
    best = int(shares.argmax())
    name = _said_section(index.names.texts[int(posterior.names[best])], heard)
    whole = np.flatnonzero(posterior.names == index.names.numbers[name])
    postings, weights = _weighed_postings(int(whole[0]) if len(whole) else best, posterior, index)
    where = index.names.posting_district[postings]
    weights = np.where(prior.favoured(where), weights, 0)
    order = np.argsort(-weights, kind="stable")
    kept = [i for i in order[:_SHOWN] if weights[i] > _SHARED_ROAD * weights[order[0]]]
    scale *= float(shares[best]) / max(float(weights.sum()), 1e-9)
    matches = tuple(
        RoadMatch(all_districts()[int(where[i])], _written(name), float(weights[i]) * scale)
        for i in kept
    )
    return Resolution(
        heard.transcript.text,
        Meant.ROAD,
        districts,
        roads=matches,
        sure=sure and len(kept) == 1,
        mentions=mentions,
    )


_SHARED_ROAD = 0.05


def _said_section(road: str, heard: Heard) -> str:
    """The road without its section where another number was said: 「中山北路九段」 has no shop."""
    if not road.endswith("段"):
        return road
    said = fold_all(heard.transcript.sounds)
    section = fold_all(read(road[-2:]))
    there = any(said[i : i + 2] == section for i in range(len(said) - 1))
    return road if there else road[:-2]


def _written(road: str) -> str:
    """A road as `Address.street` writes it: 忠孝東路四段 → 忠孝東路4段."""
    if not road.endswith("段"):
        return road
    return road[:-2] + str("零一二三四五六七八九".index(road[-2])) + "段"


@dataclass(frozen=True, slots=True)
class Found:
    """The likeliest pharmacies."""

    matches: tuple[PharmacyMatch, ...] = ()
    one: bool = False
    """no other bears the first one's name and fits"""
    namesakes: int = 0
    """how many do, where all matches bear that name"""


def _pharmacies(
    posterior: Posterior, index: NameIndex, mentions: Mentions, *, named: bool
) -> Found:
    """The likeliest pharmacies: of three names, or of one that is likely and has several.

    `named`: a pharmacy is what the sentence names.
    """
    roads = index.names.roads[posterior.names]
    shares = np.where(roads, 0, _name_shares(posterior))
    best = [int(i) for i in np.argsort(-shares)[:_LOOKED_AT] if shares[i] > _LEAST]
    best = [i for i in best if posterior.name_ratio[i] > _TOLD]
    if not best:
        return Found()
    bearers = _bearers(best[0], posterior, index, mentions)
    alike = [i for i in best[1:] if named and _sounds_alike(best[0], i, posterior, index)]
    for name in alike:  # 御安 and 裕安: told apart by where they are
        bearers = np.concatenate((bearers, _bearers(name, posterior, index, mentions)))
    share = float(shares[[best[0], *alike]].sum())
    together = len(bearers) > 1 and named and share > _ONE_NAME
    if together:
        chosen = dict.fromkeys(bearers[:_SHOWN].tolist(), share)
    else:  # a shop may come twice, by its own name and by its chain's
        chosen = {int(bearers[0]): float(shares[best[0]])}
        for name in best[1:]:
            if len(chosen) < _SHOWN and name not in alike:
                chosen.setdefault(
                    int(_bearers(name, posterior, index, mentions)[0]), float(shares[name])
                )
    matches = [PharmacyMatch(index.pharmacies[shop], share) for shop, share in chosen.items()]
    return Found(tuple(matches), len(bearers) == 1, len(bearers) if together else 1)


def _sounds_alike(one: int, other: int, posterior: Posterior, index: NameIndex) -> bool:
    texts = index.names.texts
    return _folded(texts[posterior.names[one]]) == _folded(texts[posterior.names[other]])


def _folded(text: str) -> tuple[tuple[str, str], ...]:
    return fold_all(read(text))


def _only(shares: NDArray[np.float64]) -> bool:
    """Whether the likeliest district is far likelier than others of its name."""
    best = int(shares.argmax())
    return bool(
        shares[best] > _ONE_OF_NAMESAKES * shares[_namesakes()[all_districts()[best].name]].sum()
    )


def _log_odds(share: float) -> float:
    return min(6.0, max(-4.0, math.log((share + 1e-6) / (1 - share + 1e-4))))


def _as_place(close: Similarity, share: float, heard: Heard, posterior: Posterior) -> Finding:
    """What the best county, district or landmark is to be judged by."""
    features = {
        "posterior": _log_odds(share),
        "something": _something(posterior, heard, close),
        "near": close.near,
        "alike": close.alike,
        "length": min(len(heard.transcript.sounds), 20) / 10,
        **_beside(close, heard),
    }
    return Finding(share, features, close.least == 0 or _in_digits(heard, close))


def _something(posterior: Posterior, heard: Heard, close: Similarity) -> float:
    """Log-odds of any name against none, in tens; in English, as if the tones were there too."""
    chance = min(posterior.nothing, _HOPELESS)
    tones = 0.0 if heard.transcript.at else _TONE * (close.end - close.start)
    return min(1.5, (tones - math.log((chance + 1e-7) / (1 - chance))) / 10)


_TONE = 1.2  # log-likelihood ratio of a tone that is the same


_ENGLISH = 1.0  # as a Chinese sentence has it where each word beside the name is known


def _beside(close: Similarity, heard: Heard) -> Mapping[str, float]:
    """How well what stands beside a name is known, and whether all but the name was heard well.

    Where a recogniser writes down every other word rightly, it hardly mishears the name alone.
    """
    if not heard.transcript.at:  # of an English sentence only names are left
        return {"known": _ENGLISH, "odd": 0.0}
    count = len(heard.transcript.sounds)
    rest = count - (close.end - close.start)
    around = heard.around
    known = (float(around.front[close.start]) + float(around.tail[count - close.end])) / (rest + 2)
    return {"known": known / 5, "odd": max(0.0, known) / 5 * (1 - close.near)}


def _name_finding(
    best: int, names: NDArray[np.float64], heard: Heard, posterior: Posterior, index: NameIndex
) -> Finding:
    """What the best name is to be judged by, with its district if that was heard."""
    close = name_similarity(int(posterior.names[best]), heard, index)
    mine = np.flatnonzero(posterior.beside == best)
    there = posterior.there[mine]
    place = None
    if len(mine) and there.max() > _PLACED * names[best]:
        posting = posterior.postings[mine[int(there.argmax())]]
        district = int(index.names.posting_district[posting])
        if posterior.place_ratio[district] > _TOLD:
            place = _nearest(district, index.places, heard, index)
    share = float(names[_of_one_road(best, posterior, index)].sum())
    features = {
        "posterior": _log_odds(share),
        "something": _something(posterior, heard, close),
        "near": close.near,
        "alike": close.alike,
        "whole": close.whole,
        "placed": float(place is not None),
        "near_place": place.near if place else _USUAL_PLACE,
        **_beside(close, heard),
    }
    foreign = close.least == 0 or (place is not None and place.least == 0)
    return Finding(share, features, foreign or _in_digits(heard, close))


def _of_one_road(best: int, posterior: Posterior, index: NameIndex) -> list[int]:
    """The candidates that are sections of the road of the `best` one; of a pharmacy itself."""
    number = posterior.names[best]
    if not index.names.roads[number]:
        return [best]
    road = _whole_road(index.names.texts[number])
    roads = np.flatnonzero(index.names.roads[posterior.names]).tolist()
    return [i for i in roads if _whole_road(index.names.texts[posterior.names[i]]) == road]


def _whole_road(road: str) -> str:
    """忠孝東路四段 → 忠孝東路."""
    return road[:-2] if road.endswith("段") else road


_USUAL_PLACE = 0.8  # how near a district usually is; stands in where none was heard


def _nearest(number: int, forms: Forms, heard: Heard, index: NameIndex) -> Similarity:
    """The similarity of the form of a place that is nearest."""
    mine = forms.forms_of(number)
    found = [
        similarity(form, forms.patterns, heard.rows, heard.transcript.sounds, index.inventory)
        for form in mine
    ]
    best = max(range(len(mine)), key=lambda i: found[i].whole)
    return replace(found[best], text=forms.texts[mine[best]])


def name_similarity(number: int, heard: Heard, index: NameIndex) -> Similarity:
    """The similarity of a name, which is laid out backwards; its span counts forwards."""
    back = heard.transcript.sounds[::-1]
    close = similarity(number, index.spoken, heard.rows[::-1], back, index.inventory)
    return replace(close.turned(len(back)), text=index.names.texts[number])


def _in_digits(heard: Heard, close: Similarity) -> bool:
    """Digits in a name (桃園48.7家) tell that the recogniser wrote down something else."""
    start, end = heard.transcript.span(close.start, max(close.end, close.start + 1))
    return any(character.isdigit() for character in heard.transcript.text[start:end])


def _weighed_postings(
    name: int, posterior: Posterior, index: NameIndex
) -> tuple[Places, NDArray[np.float64]]:
    """The postings of a candidate name, and how much of the posterior lies in each."""
    borne = index.names.borne
    number = posterior.names[name]
    postings = borne.members[borne.first[number] : borne.first[number + 1]]
    mine = posterior.beside == name
    sizes = np.exp(index.names.posting_log_size[postings])
    weights = float(posterior.alone[name]) * sizes / sizes.sum()
    weights[np.searchsorted(postings, posterior.postings[mine])] += posterior.there[mine]
    return postings, weights


def _bearers(name: int, posterior: Posterior, index: NameIndex, mentions: Mentions) -> Places:
    """The pharmacies of a candidate name that fit, likeliest first, by place in the index."""
    bearers = index.names.bearers
    postings, weights = _weighed_postings(name, posterior, index)
    order = np.argsort(-weights, kind="stable")
    if len(postings) > 1 and weights[order[0]] > _ONE_OF_NAMESAKES * weights.sum():
        order = order[:1]
    found = bearers.under(postings[order])[0]
    return _supported(found, index, mentions) if len(found) > 1 else found


def _supported(bearers: Places, index: NameIndex, mentions: Mentions) -> Places:
    """Those on the road or in the place that is mentioned beside the name; all if none is."""
    for mention in mentions:
        fits = [
            shop
            for shop in bearers.tolist()
            if mention.candidates[0] in _where(index.pharmacies[shop])
        ]
        if fits:
            return np.array(fits, np.intp)
    return bearers


def _where(pharmacy: Pharmacy) -> tuple[str, ...]:
    return pharmacy.district.key, *streets(pharmacy.address)
