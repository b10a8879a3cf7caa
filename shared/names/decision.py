"""Posterior → an answer: what is meant, its score, and whether it is sure, to be asked, or nothing.

The one place that decides by sound; a name that stands in full is `stated.py`'s. Every `sure` comes
from the confidence in the best finding, every score from that confidence by a curve (`scores.py`),
and whether there is an answer at all from the chance that anything was named.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from shared.names import matches
from shared.names.beside import pharmacies_in_district, pharmacies_on_road
from shared.names.finding import (
    HOPELESS,
    KIND_OF,
    Finding,
    UtteranceForms,
    finding_of,
    kinds_of,
    tells,
    whole_road,
)
from shared.names.index import NameIndex
from shared.names.mentions import mentions_of
from shared.names.posterior import Posterior, namesakes
from shared.names.prior import Prior
from shared.names.resolution import (
    Meant,
    MentionKind,
    PharmacyMatch,
    PlaceMatch,
    Resolution,
)
from shared.names.scores import Scale, names_beside, places_beside, score_of
from shared.places.districts import all_counties, all_districts

SURE = {"place": 0.85, "name": 0.8}
"""confidence from which no question is asked back. Asking costs one turn, a wrong place some six:
sure is cheaper from some 0.85 on. A wrong pharmacy costs a walk, ten turns at least; but of 30
findings of names between 0.8 and 0.9, of voices that nothing was fitted on, 1 was wrong"""
_SURE_THERE = 0.9
"""the same of a pharmacy beside its district, whose chance is the root of that of other names"""
_PHARMACY_TOO = 0.2
"""share of the posterior from which a pharmacy may be meant as well, and no place is sure
(「中西區的旁邊要去」). Of some 1,100 sure places in 3,244 spoken rows, each set of them heard
through tables fitted without it, 3 right and 5 wrong ones have more; in other voices 1 and 3"""
_NOTHING = 0.031
"""chance that anything was named, below which nothing is offered: 感恩 thanks, unless there is a
感恩藥局. Few misheard names are lost by it; who asks back weighs `Resolution.named` first"""
_LIKELIER = 0.1
"""a kind with less of the posterior is meant where its confidence is higher by more than this:
「三重藥局」 asks for a place, and is a part of 大樹三重藥局 too"""
_BESIDE = 12.0  # log-likelihood ratio of a pharmacy or road named beside the other, or a landmark
_BESIDE_NEAR = 0.8
"""how near it must be, by its telling syllables and as a whole: of 3,000 sentences with a landmark
alone 504 had such a ratio, none so near (median -0.1); of 795 with a pharmacy beside it 781"""


def decide(
    heard: UtteranceForms, posterior: Posterior, index: NameIndex, prior: Prior
) -> Resolution:
    """The answer that the `posterior` supports."""
    text = heard.transcript.text
    kinds = [kind for kind in kinds_of(posterior) if _is_told(kind, posterior)]
    if posterior.nothing > HOPELESS or not kinds:
        return Resolution(text)
    findings = {kind: finding_of(kind, heard, posterior, index) for kind in kinds}
    chances = {kind: one.confidence(KIND_OF[kind], index.weights) for kind, one in findings.items()}
    order = sorted(kinds, key=lambda kind: -chances[kind] - _LIKELIER * (kind is kinds[0]))
    first = findings[order[0]]
    named = first.named(KIND_OF[order[0]], index.weights)
    if named < _NOTHING:
        return Resolution(text)
    mentions = mentions_of(heard, posterior, index)
    for meant in order:
        finding, confidence = findings[meant], chances[meant]
        written = finding.features.get("written") == 1
        # to ask about 「鳳山區藥局」 sounds deaf
        sure = written or confidence > SURE[KIND_OF[meant]]
        sure = sure and (KIND_OF[meant] != "place" or _of_pharmacies(posterior) < _PHARMACY_TOO)
        score = score_of(KIND_OF[meant], confidence, index.weights)
        shown = _share_shown(meant, finding, posterior)
        scale = Scale.of(finding.share, shown, confidence, score)
        answer = Resolution(
            text, meant, sure=sure, named=named, heard_well=scale.heard_well, written=written,
            mentions=mentions,
        )  # fmt: skip
        answer = _filled(answer, _Weighed(heard, posterior, index, prior, scale))
        if answer.holds:
            return replace(answer, sure=answer.sure or _is_written_road(answer))
    return Resolution(text)


def _is_written_road(answer: Resolution) -> bool:
    """Whether the best road stands written beside its district: 大安區和平東路二段."""
    if answer.meant is not Meant.ROAD or not answer.roads:
        return False
    best = answer.road
    return whole_road(best.road) in answer.heard and best.district.name in answer.heard


@dataclass(frozen=True, slots=True)
class _Weighed:
    """An utterance with all that was found out about it."""

    heard: UtteranceForms
    posterior: Posterior
    index: NameIndex
    prior: Prior
    scale: Scale


def _of_pharmacies(posterior: Posterior) -> float:
    """The share of all pharmacies, of those by a name that is not known too."""
    return posterior.of_kind[Meant.PHARMACY] + posterior.unlisted_share


def _share_shown(meant: Meant, finding: Finding, posterior: Posterior) -> float:
    """What the best matches are shown by: of a district what lies in those of its name, however it
    was meant."""
    if meant is not Meant.DISTRICT:
        return finding.share
    best = posterior.best(meant)
    alike = namesakes()[all_districts()[best].name]
    return max(finding.share, sum(map(posterior.in_district.item, alike)))


def _is_told(meant: Meant, posterior: Posterior) -> bool:
    """Whether anything in the sentence names what is `meant`: many weak candidates are none."""
    return any(tells(ratio) for kind in _ALIKE[meant] for ratio, _ in posterior.told[kind])


_ALIKE = {
    Meant.PHARMACY: (Meant.PHARMACY, Meant.ROAD),
    Meant.ROAD: (Meant.PHARMACY, Meant.ROAD),
    Meant.DISTRICT: (Meant.DISTRICT, Meant.LANDMARK),
    Meant.LANDMARK: (Meant.DISTRICT, Meant.LANDMARK),
    Meant.COUNTY: (Meant.COUNTY,),
}


def _filled(answer: Resolution, weighed: _Weighed) -> Resolution:
    """The `answer` with its matches."""
    posterior, index = weighed.posterior, weighed.index
    weights = index.weights
    if shop := _on_road(answer, weighed) or _in_district(answer, weighed):
        return shop
    if shop := _beside(answer, weighed):
        return shop
    if answer.meant is Meant.COUNTY:
        county = all_counties()[posterior.best(Meant.COUNTY)]
        # 彰化 is a city in 彰化縣 too
        places = places_beside(matches.districts(posterior), weights)
        return replace(answer, districts=places, county=county, sure=False)
    if answer.meant is Meant.LANDMARK:
        return _with_landmark(answer, weighed)
    places = matches.districts(posterior)
    of_shop = answer.meant is Meant.PHARMACY
    shops = matches.pharmacies(posterior, index, named=of_shop)
    if answer.meant is Meant.ROAD:
        roads = matches.roads(weighed.heard, posterior, index, weighed.prior)
        scaled = weighed.scale.roads(roads)
        sure = answer.sure and len(roads) == 1
        return replace(
            answer,
            districts=places_beside(places, weights),
            pharmacies=names_beside(shops.matches, weights),
            roads=scaled,
            sure=sure,
        )
    if of_shop:
        places = places_beside(places, weights)
        found = weighed.scale.pharmacies(shops.matches)
        sure = answer.sure and shops.one
    else:
        places = weighed.scale.districts(places)
        found = names_beside(shops.matches, weights)
        sure = answer.sure and _only(posterior)
    return replace(answer, districts=places, pharmacies=found, sure=sure, namesakes=shops.namesakes)


def _on_road(answer: Resolution, weighed: _Weighed) -> Resolution | None:
    """The pharmacy named beside the road it lies on: 中正路那間安立藥局."""
    if all(m.kind is not MentionKind.ROAD or m.ratio < _BESIDE for m in answer.mentions):
        return None
    found = pharmacies_on_road(weighed.heard, weighed.posterior, weighed.index)
    return _there(answer, found, weighed, SURE["name"])


def _in_district(answer: Resolution, weighed: _Weighed) -> Resolution | None:
    """The pharmacy named before the district it lies in: 安立藥局還有嗎，在永和."""
    if answer.meant is not Meant.DISTRICT:
        return None
    found = pharmacies_in_district(weighed.heard, weighed.posterior, weighed.index)
    return _there(answer, found, weighed, _SURE_THERE)


def _there(
    answer: Resolution, found: Sequence[PharmacyMatch], weighed: _Weighed, least: float
) -> Resolution | None:
    """`answer`, of the pharmacies that were `found` beside where they lie, surely from a confidence
    of `least` on; None for none."""
    if not found:
        return None
    best = found[0]
    sure = answer.sure and best.score * weighed.scale.trusted > least
    there = answer.as_pharmacies(weighed.scale.pharmacies(found), sure=sure)
    return replace(there, namesakes=sum(one.pharmacy.name == best.pharmacy.name for one in found))


def _beside(answer: Resolution, weighed: _Weighed) -> Resolution | None:
    """The pharmacy named beside a landmark or a road: 台大醫院旁邊的和平藥局.

    Of two readings of one sentence it has all but nothing of the posterior, so its share is that of
    what is left once a pharmacy is meant.
    """
    posterior = weighed.posterior
    if answer.meant not in (Meant.LANDMARK, Meant.ROAD) or not tells(posterior.shop_ratio):
        return None
    if all(m.kind is not MentionKind.PHARMACY or m.ratio < _BESIDE for m in answer.mentions):
        return None
    if _nearness_of_shop(weighed) < _BESIDE_NEAR:  # 「南勢角附近的藥局」 names none
        return None
    given = posterior.of_kind[Meant.PHARMACY]
    shops = matches.pharmacies(posterior, weighed.index, named=True, given=given)
    if not shops.matches:
        return None
    return replace(
        answer,
        meant=Meant.PHARMACY,
        districts=places_beside(matches.districts(posterior), weighed.index.weights),
        pharmacies=weighed.scale.pharmacies(shops.matches),
        sure=answer.sure and shops.one and shops.matches[0].score > SURE["name"],
        namesakes=shops.namesakes,
    )


def _nearness_of_shop(weighed: _Weighed) -> float:
    """How near the pharmacy heard best is to what was heard, by its telling syllables and with its
    藥局, whichever is less: 「文山景美」 names no 景美藥局."""
    posterior, index = weighed.posterior, weighed.index
    number = posterior.names.item(posterior.told[Meant.PHARMACY][0][1])
    found = weighed.heard.close.of(number, index.spoken)
    return min(found.similarity().near, found.whole)


def _with_landmark(answer: Resolution, weighed: _Weighed) -> Resolution:
    found = matches.landmarks(weighed.posterior, weighed.index, weighed.prior)
    return replace(
        answer,
        districts=tuple(PlaceMatch(m.district, weighed.scale.share(share)) for m, share in found),
        landmarks=tuple(one for one, _ in found),
        sure=answer.sure and len(found) == 1,
    )


def _only(posterior: Posterior) -> bool:
    """Whether the likeliest district is far likelier than others of its name."""
    share, best = posterior.likeliest[Meant.DISTRICT][0]
    alike = sum(map(posterior.in_district.item, namesakes()[all_districts()[best].name]))
    return share > matches.ONE_OF_NAMESAKES * alike
