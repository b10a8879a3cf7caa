"""A pharmacy named beside the road it lies on: 「中正路那間安立藥局」.

Of all names there are some 7,800, of which many sound like what was heard; on one road lie some ten
pharmacies, or two hundred on the 中正路 of all Taiwan. So what is said beside the road is held
against the names on it alone.
"""

import math
from collections.abc import Mapping, Sequence

from shared.names.finding import TOLD, UtteranceForms
from shared.names.gazetteer import plain_name
from shared.names.index import NameIndex
from shared.names.posterior import Posterior, weighed_postings
from shared.names.resolution import Meant, PharmacyMatch
from shared.names.similarity import AlignedName, Alignments
from shared.names.tables import TEMPER

_WHOLE = 0.5
"""evidence of a name, as a share of what its very sounds would give, below which it was not said:
of 88 spoken sentences with a road alone one has more than 0.25, for a place"""
_TELLS = 7.0
"""log-likelihood ratio of a name against everyday words in its place, from which it was said: of 31
spoken pharmacies beside their road 30 have at least 9; of 790 written sentences with a road and
藥局 alone some 80 pass the former, and the nearest, 「哪一家藥局」 where 一加藥局 lies, has 5.7"""
_THERE = 0.05  # of the likeliest district's share: the road of that name is not in another


def pharmacies_on_road(
    heard: UtteranceForms, posterior: Posterior, index: NameIndex
) -> tuple[PharmacyMatch, ...]:
    """The pharmacies on the road that was heard best whose names were heard beside it, nearest
    first; each with the chance that it is meant, given that the road is. () where none was."""
    if posterior.shop_ratio < TOLD or not posterior.told[Meant.ROAD] or not heard.transcript.at:
        return ()
    road = posterior.told[Meant.ROAD][0][1]
    span = heard.close.of(posterior.names.item(road), index.spoken, backwards=True)
    sounds = heard.transcript.without(span.start, span.end).sounds
    if not sounds:
        return ()
    everyday = _everyday_beside(heard.around.everyday, span.start, span.end)
    close = Alignments(index.tables.heard(sounds), index.tables, index.inventory)
    near: dict[int, AlignedName] = {}
    for shop in _shops(road, posterior, index):
        number = index.names.numbers[plain_name(index.pharmacies[shop].name)]
        found = close.of(number, index.spoken, backwards=True)
        if found.whole < _WHOLE or not _ends_heard(found):
            continue
        if found.evidence() - everyday[found.end] + everyday[found.start] > _TELLS:
            near[shop] = found
    return _matches(near, index)


def _everyday_beside(everyday: Sequence[float], start: int, end: int) -> list[float]:
    """How well everyday words explain the first n sounds, without those from `start` to `end`."""
    without = everyday[end] - everyday[start]
    return [*everyday[:start], *(one - without for one in everyday[end:])]


def _shops(road: int, posterior: Posterior, index: NameIndex) -> list[int]:
    """Those on a candidate road, in the districts that fit, by place in the index."""
    weights = weighed_postings(road, posterior, index)
    least = _THERE * max(weights.values())
    there = [posting for posting, weight in weights.items() if weight > least]
    return [shop for posting in there for shop in index.names.bearers.of(posting).tolist()]


def _ends_heard(found: AlignedName) -> bool:
    """Whether 藥局 was heard, or two syllables for it: 淡水 beside its 中山路 is no 淡水藥局."""
    return bool(min(found.found.places[:2]) >= 0)  # names are laid out backwards


def _matches(near: Mapping[int, AlignedName], index: NameIndex) -> tuple[PharmacyMatch, ...]:
    evidence = {shop: found.evidence() for shop, found in near.items()}
    best = sorted(near, key=lambda shop: -evidence[shop])
    likely = {shop: math.exp((evidence[shop] - evidence[best[0]]) / TEMPER) for shop in best}
    total = sum(likely.values())
    return tuple(
        PharmacyMatch(index.pharmacies[shop], near[shop].whole * likely[shop] / total)
        for shop in best
    )
