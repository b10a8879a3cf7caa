"""Posterior → an answer: what is meant, its score, and whether it is sure, to be asked, or nothing.

The one place that decides. Every score and every `sure` comes from the confidence in the best
finding, and whether there is an answer at all from the chance that anything was named.
"""

from dataclasses import dataclass, replace

from shared.names import matches
from shared.names.finding import HOPELESS, KIND_OF, TOLD, Heard, finding_of, meant_by
from shared.names.index import NameIndex
from shared.names.mentions import mentions_of
from shared.names.posterior import Posterior, namesakes
from shared.names.prior import Prior
from shared.names.resolution import Meant, MentionKind, PlaceMatch, Resolution
from shared.places.districts import all_counties, all_districts

_SURE = 0.95
"""confidence from which no question is asked back; `bench.names` tells what it costs, held out"""
_NOTHING = 0.05
"""chance that anything was named, below which nothing is offered. Of 2,128 everyday sentences that
nothing was fitted on it leaves 25 %, of misheard names of another voice 98 %; who asks back weighs
`Resolution.named` first"""
_BESIDE = 12.0  # log-likelihood ratio of a pharmacy named beside a landmark or road


def decide(heard: Heard, posterior: Posterior, index: NameIndex, prior: Prior) -> Resolution:
    """The answer that the `posterior` supports."""
    text = heard.transcript.text
    meant = meant_by(posterior, index)
    if posterior.nothing > HOPELESS or not _is_told(meant, posterior):
        return Resolution(text)
    finding = finding_of(meant, heard, posterior, index)
    named = finding.named(KIND_OF[meant], index.weights)
    if named < _NOTHING:
        return Resolution(text)
    confidence = finding.confidence(KIND_OF[meant], index.weights)
    mentions = mentions_of(heard, posterior, index)
    answer = Resolution(text, meant, sure=confidence > _SURE, named=named, mentions=mentions)
    scale = confidence / max(finding.share, confidence)
    return _filled(answer, _Weighed(heard, posterior, index, prior, scale))


@dataclass(frozen=True, slots=True)
class _Weighed:
    """An utterance with all that was found out about it."""

    heard: Heard
    posterior: Posterior
    index: NameIndex
    prior: Prior
    scale: float
    """share of the posterior → confidence"""


def _is_told(meant: Meant, posterior: Posterior) -> bool:
    """Whether anything in the sentence names what is `meant`: many weak candidates are none."""
    match meant:
        case Meant.PHARMACY | Meant.ROAD:
            best = posterior.name_ratio.max(initial=0)
        case Meant.COUNTY:
            best = posterior.county_ratio.max()
        case _:
            best = posterior.place_ratio.max()
    return bool(best > TOLD)


def _filled(answer: Resolution, weighed: _Weighed) -> Resolution:
    """The `answer` with its matches."""
    posterior, index = weighed.posterior, weighed.index
    if answer.meant in (Meant.LANDMARK, Meant.ROAD) and any(
        one.kind is MentionKind.PHARMACY and one.ratio > _BESIDE for one in answer.mentions
    ):  # 台大醫院旁邊的和平藥局
        answer = replace(answer, meant=Meant.PHARMACY)
    if answer.meant is Meant.COUNTY:
        county = all_counties()[int(posterior.county.argmax())]
        return replace(answer, county=county, sure=False)
    if answer.meant is Meant.LANDMARK:
        return _with_landmark(answer, weighed)
    places = matches.districts(posterior)
    if answer.meant is Meant.ROAD:
        roads = matches.roads(weighed.heard, posterior, index, weighed.prior)
        scaled = tuple(replace(m, score=m.score * weighed.scale) for m in roads)
        sure = answer.sure and len(roads) == 1
        return replace(answer, districts=places, roads=scaled, sure=sure)
    of_shop = answer.meant is Meant.PHARMACY
    shops = matches.pharmacies(posterior, index, answer.mentions, named=of_shop)
    if of_shop:
        found = tuple(replace(m, score=m.score * weighed.scale) for m in shops.matches)
        sure = answer.sure and shops.one
    else:
        places = tuple(replace(m, score=m.score * weighed.scale) for m in places)
        found, sure = shops.matches, answer.sure and _only(posterior)
    return replace(answer, districts=places, pharmacies=found, sure=sure, namesakes=shops.namesakes)


def _with_landmark(answer: Resolution, weighed: _Weighed) -> Resolution:
    found = matches.landmarks(weighed.posterior, weighed.index, weighed.prior)
    return replace(
        answer,
        districts=tuple(PlaceMatch(one.district, share * weighed.scale) for one, share in found),
        landmarks=tuple(one for one, _ in found),
        sure=answer.sure and len(found) == 1,
    )


def _only(posterior: Posterior) -> bool:
    """Whether the likeliest district is far likelier than others of its name."""
    shares = posterior.in_district
    best = int(shares.argmax())
    alike = shares[namesakes()[all_districts()[best].name]].sum()
    return bool(shares[best] > matches.ONE_OF_NAMESAKES * alike)
