"""A pharmacy named beside the road or district it lies in: 「中正路那間安立藥局」.

Of all names there are some 7,800, of which many sound like what was heard; on one road lie some ten
pharmacies, or two hundred on the 中正路 of all Taiwan, and in a district eighteen. So what is said
beside it is held against the names there alone.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from shared.catalog import Kind
from shared.names.exact import alone, words_around
from shared.names.finding import UtteranceForms, tells
from shared.names.gazetteer import plain_name
from shared.names.index import NameIndex
from shared.names.posterior import Posterior, namesakes, weighed_postings
from shared.names.resolution import Meant, PharmacyMatch
from shared.names.similarity import AlignedName, Alignments
from shared.names.tables import TEMPER
from shared.names.transcript import Transcript
from shared.places.districts import all_districts

_WHOLE = 0.5
"""evidence of a name, as a share of what its very sounds would give, below which it was not said:
of 88 spoken sentences with a road alone one has more than 0.25, for a place"""
_TELLS = 7.0
"""log-likelihood ratio of a name against everyday words in its place, from which it was said: of 31
spoken pharmacies beside their road 30 have at least 9; of 790 written sentences with a road and
藥局 alone some 80 pass the former, and the nearest, 「哪一家藥局」 where 一加藥局 lies, has 5.7"""
_TELLS_THERE = 8.0
"""the same of a district, where more names are looked at: of 1,456 sentences with a district and
藥局 alone none has so much; 「請問永康區哪一家藥局有」 has 7.1 of the 一加藥局 there"""
_TELLING = 0.55
"""how near the telling syllables must be: of 174 garbled names of the district 169 are so near, and
of 890 names that are borne elsewhere only some 57, whose 藥局 makes 254 near enough as a whole"""
_RIGHT_OFTENER = 0.5
"""exponent from such a chance to how often it is right: of 138 names garbled by the table of
confusions before their district 95, 97 and 99 % were right where it was 0.5, 0.6 and 0.7"""
_SHORTEST = 3
"""syllables of a name with its 藥局; of 927藥局 nothing else can be read"""
_THERE = 0.05  # of the likeliest district's share: the road of that name is not in another


def pharmacies_on_road(
    heard: UtteranceForms, posterior: Posterior, index: NameIndex
) -> tuple[PharmacyMatch, ...]:
    """The pharmacies on the road that was heard best whose names were heard beside it, nearest
    first; each with the chance that it is meant, given that the road is. () where none was."""
    if not tells(posterior.shop_ratio) or not heard.transcript.at:
        return ()
    road = posterior.told[Meant.ROAD][0][1]
    span = heard.close.of(posterior.names.item(road), index.spoken)
    beside = span.start, span.end
    return _matches(_near(_shops(road, posterior, index), beside, heard, index, _TELLS), index)


def pharmacies_in_district(
    heard: UtteranceForms, posterior: Posterior, index: NameIndex
) -> tuple[PharmacyMatch, ...]:
    """The same of the district that was heard best, whatever its county is called."""
    if not heard.transcript.at:
        return ()
    place = posterior.best(Meant.DISTRICT)
    span = heard.close.nearest(place, index.places)
    start, end = span.start, span.end
    county = heard.close.nearest(index.county_of.item(place), index.counties)
    if county.end == start:
        start = county.start
    if not _any_words_beside(heard.transcript, start, end):
        return ()
    shops = _shops_in(_alike(place, posterior), posterior, index)
    near = _near(shops, (start, end), heard, index, _TELLS_THERE)
    near = {shop: one for shop, one in near.items() if one.similarity().near > _TELLING}
    found = _matches(near, index)
    return tuple(replace(one, score=one.score**_RIGHT_OFTENER) for one in found)


def _any_words_beside(heard: Transcript, start: int, end: int) -> bool:
    """Whether more was heard than what lies from `start` to `end`, and the words of a question."""
    first, behind = heard.span(start, end)
    return bool(alone(heard.text[:first] + heard.text[behind:]))


def _near(
    shops: Sequence[int],
    place: tuple[int, int],
    heard: UtteranceForms,
    index: NameIndex,
    least: float,
) -> dict[int, AlignedName]:
    """Those of `shops` whose names were heard beside what stands at `place`, by more than `least`
    against everyday words."""
    beside = heard.transcript.without(*place)
    sounds = beside.sounds
    if not sounds or not shops:
        return {}
    everyday = index.background.around(sounds).everyday
    close = Alignments(index.tables.heard(sounds), index.tables, index.inventory)
    number = index.names.numbers
    names = {shop: plain_name(index.pharmacies[shop].name) for shop in shops}
    aligned = {shop: close.of(number[name], index.spoken) for shop, name in names.items()}
    return {
        shop: found
        for shop, found in aligned.items()
        if _is_name(found, beside)
        if found.evidence() - everyday[found.end] + everyday[found.start] > least
    }


def _is_name(found: AlignedName, beside: Transcript) -> bool:
    """Whether enough was heard, and no word of a question: 「附近藥局」 is no 富景藥局."""
    if found.whole < _WHOLE or found.length < _SHORTEST or not _ends_heard(found):
        return False
    start, end = beside.span(found.start, found.end)
    return beside.text[start:end][:-2] not in words_around()[1]


def _shops(road: int, posterior: Posterior, index: NameIndex) -> list[int]:
    """Those on a candidate road, in the districts that fit, by place in the index."""
    weights = weighed_postings(road, posterior, index)
    least = _THERE * max(weights.values())
    there = [posting for posting, weight in weights.items() if weight > least]
    return [shop for posting in there for shop in index.names.bearers.of(posting).tolist()]


def _alike(place: int, posterior: Posterior) -> list[int]:
    """A district and those of its name that may be meant as well: either 大安區."""
    alike = namesakes()[all_districts()[place].name]
    least = _THERE * posterior.in_district.item(place)
    return [one for one in alike if posterior.in_district.item(one) >= least]


def _shops_in(districts: Sequence[int], posterior: Posterior, index: NameIndex) -> list[int]:
    """Those in some districts whose names are candidates, by place in the index; a health centre is
    no 藥局."""
    there = np.isin(index.names.posting_district[posterior.postings], districts)
    bearers = map(index.names.bearers.of, posterior.postings[there].tolist())
    shops = sorted({shop for some in bearers for shop in some.tolist()})
    return [shop for shop in shops if index.pharmacies[shop].kind is Kind.PHARMACY]


def _ends_heard(found: AlignedName) -> bool:
    """Whether 藥局 was heard, or two syllables for it: 淡水 beside its 中山路 is no 淡水藥局."""
    return bool(min(found.found.places[:2]) >= 0)  # names are laid out backwards


def _matches(near: Mapping[int, AlignedName], index: NameIndex) -> tuple[PharmacyMatch, ...]:
    likely = {shop: math.exp(found.evidence() / TEMPER) for shop, found in near.items()}
    total = sum(likely.values())
    return tuple(
        PharmacyMatch(index.pharmacies[shop], near[shop].whole * likely[shop] / total)
        for shop in sorted(near, key=lambda shop: -likely[shop])
    )
