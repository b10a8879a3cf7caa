"""What is answered with: the likeliest districts, landmarks, roads and pharmacies."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shared.names.exact import stands_in
from shared.names.finding import UtteranceForms, called, sound_of, tells, whole_road
from shared.names.index import NameIndex
from shared.names.lexicon import all_places
from shared.names.posterior import Posterior, weighed_postings
from shared.names.prior import MARGIN, Prior
from shared.names.resolution import SHOWN, Meant, PharmacyMatch, PlaceMatch, RoadMatch
from shared.phonetics.pronunciations import fold_all, read
from shared.places.districts import District, all_districts
from shared.places.landmarks import Landmark

_LEAST = 0.001  # a match with a smaller share is none; which are worth asking is told by the score
_LEAST_PLACE = 0.0002  # the same of a district: 松山 where 中山 was heard
ONE_OF_NAMESAKES = 0.75  # the share that one of several same-named places must have to be it
_ONE_NAME = 0.6  # the share from which a name is likely enough to offer its namesakes only
_SHARED = 0.4  # a landmark of the best one's name with at least so much of its share may be meant
_SHARED_ROAD = 0.05


def districts(posterior: Posterior) -> tuple[PlaceMatch, ...]:
    """The likeliest districts, each of which something in the sentence names."""
    return tuple(
        PlaceMatch(all_districts()[i], share)
        for share, i in posterior.likeliest[Meant.DISTRICT][:SHOWN]
        if share > _LEAST_PLACE and tells(posterior.place_ratio.item(i))
    )


def landmarks(
    posterior: Posterior, index: NameIndex, prior: Prior
) -> tuple[tuple[Landmark, float], ...]:
    """The likeliest landmark and its namesakes (榮總) that the hints leave, with their shares."""
    shares = posterior.place[index.districts_count :]
    every = all_places()[index.districts_count :]
    near = np.flatnonzero(shares > _SHARED * shares.max())
    order = near[np.argsort(-shares[near], kind="stable")].tolist()
    alike = [i for i in order if called(every[i]) & called(every[order[0]])]
    left = prior.favoured(np.array(alike) + index.districts_count)
    best = np.array(alike)[left][:SHOWN].tolist()
    return tuple((one, float(shares[i])) for i in best if isinstance(one := every[i], Landmark))


def roads(
    heard: UtteranceForms, posterior: Posterior, index: NameIndex, prior: Prior
) -> tuple[RoadMatch, ...]:
    """The road that was heard best, in the districts that fit."""
    share, best = posterior.likeliest[Meant.ROAD][0]
    name = _said_section(index.names.texts[int(posterior.names[best])], heard)
    if _runs_nearer(name, posterior, index, prior):
        name = whole_road(name)
    whole = np.flatnonzero(posterior.names == index.names.numbers[name])
    weighed = weighed_postings(whole.item() if len(whole) else best, posterior, index)
    where = index.names.posting_district[list(weighed)]
    weights = np.where(prior.favoured(where), list(weighed.values()), 0)
    order = np.argsort(-weights, kind="stable")
    kept = [i for i in order[:SHOWN] if weights[i] > _SHARED_ROAD * weights[order[0]]]
    return tuple(
        RoadMatch(
            all_districts()[int(where[i])],
            as_in_address(name),
            share * float(weights[i] / weights.sum()),
        )
        for i in kept
    )


def _said_section(road: str, heard: UtteranceForms) -> str:
    """The road without its section where another number was said: 「中山北路九段」 has no shop."""
    if not road.endswith("段"):
        return road
    said = fold_all(heard.transcript.sounds)
    section = fold_all(read(road[-2:]))
    return road if stands_in(section, said) else road[:-2]


def _runs_nearer(road: str, posterior: Posterior, index: NameIndex, prior: Prior) -> bool:
    """Whether the whole road lies where hints favour it, and no shop on this section of it: from
    Taipei 「中山北路二段」 is the one there, and not that of 楊梅, unless 楊梅 is said."""
    numbers = index.names.numbers
    here = _districts_of(numbers[road], index)
    if any(map(tells, posterior.place_ratio[here])):
        return False
    nearest = prior.hinted[_districts_of(numbers[whole_road(road)], index)].max()
    return bool(nearest > prior.hinted[here].max() + MARGIN)


def districts_of(road: str, index: NameIndex) -> list[District]:
    """The districts in which pharmacies lie on a `road`, as it is spoken."""
    number = index.names.numbers.get(road)
    places = () if number is None else _districts_of(number, index)
    return [all_districts()[int(place)] for place in places]


def _districts_of(name: int, index: NameIndex) -> NDArray[np.intp]:
    """The districts in which a name is borne, by their numbers."""
    return index.names.posting_district[list(index.names.postings_of(name))]


def as_in_address(road: str) -> str:
    """A road as `Address.street` writes it: 忠孝東路四段 → 忠孝東路4段."""
    if not road.endswith("段"):
        return road
    return road[:-2] + str("零一二三四五六七八九".index(road[-2])) + "段"


@dataclass(frozen=True, slots=True)
class Shops:
    """The likeliest pharmacies."""

    matches: tuple[PharmacyMatch, ...] = ()
    one: bool = False
    """no other bears the first one's name and fits"""
    namesakes: int = 0
    """how many do, where all matches bear that name"""


def pharmacies(
    posterior: Posterior,
    index: NameIndex,
    *,
    named: bool,
    given: float = 1.0,
) -> Shops:
    """The likeliest pharmacies: of three names, or of one that is likely and has several.

    `named`: a pharmacy is what the sentence names; `given`: the part of the posterior of which
    their shares are told. Of a name that more bear than can be asked about
    only two are shown, so that a name which sounds like it has its place.
    """
    likely = posterior.likeliest[Meant.PHARMACY]
    told = posterior.name_ratio.item
    shares = {i: share / given for share, i in likely if share > _LEAST * given and tells(told(i))}
    best = list(shares)
    if not best:
        return Shops()
    alike = [i for i in best if named and _sounds_alike(best[0], i, posterior, index)]
    names = alike or best[:1]
    groups = {name: _bearers(name, posterior, index) for name in names}
    firsts = [(name, group[0]) for name, group in groups.items()]
    bearers = firsts + [(name, shop) for name, group in groups.items() for shop in group[1:]]
    share = sum(shares[name] for name in groups)  # 御安 and 裕安: told apart by where they are
    together = named and share > _ONE_NAME
    shown = 1 if not together else len(bearers) if len(bearers) <= SHOWN else SHOWN - 1
    chosen: dict[int, float] = {}
    for name, shop in sorted(bearers[:shown], key=lambda one: -shares[one[0]]):
        chosen.setdefault(shop, shares[name])
    for name in best:  # a shop may come twice, by its own name and by its chain's
        group = groups.get(name) or _bearers(name, posterior, index)
        chosen.setdefault(group[0], shares[name])
    for name, shop in (
        bearers[shown:] if together else ()
    ):  # no other name is left: 安心, 安欣, 安馨
        chosen.setdefault(shop, shares[name])
    matches = [PharmacyMatch(index.pharmacies[shop], share) for shop, share in chosen.items()]
    return Shops(tuple(matches[:SHOWN]), len(bearers) == 1, len(bearers) if together else 1)


def _sounds_alike(one: int, other: int, posterior: Posterior, index: NameIndex) -> bool:
    texts = index.names.texts
    return sound_of(texts[posterior.names[one]]) == sound_of(texts[posterior.names[other]])


def _bearers(name: int, posterior: Posterior, index: NameIndex) -> list[int]:
    """The pharmacies of a candidate name that fit, likeliest first, by place in the index."""
    only = index.names.postings_of(posterior.names.item(name))
    several = len(only) > 1
    weights = weighed_postings(name, posterior, index) if several else dict.fromkeys(only, 1.0)
    postings = sorted(weights, key=lambda posting: -weights[posting])
    if weights[postings[0]] > ONE_OF_NAMESAKES * sum(weights.values()):
        postings = postings[:1]
    bearers = index.names.bearers
    return [shop for posting in postings for shop in bearers.of(posting).tolist()]
