"""Spans of an utterance that name something: what the finders found, whatever was decided."""

from shared.names.finding import UtteranceForms
from shared.names.index import NameIndex
from shared.names.lexicon import all_places
from shared.names.posterior import Posterior
from shared.names.resolution import Mention, MentionKind
from shared.names.similarity import AlignedName
from shared.names.transcript import Transcript
from shared.phonetics.confusions import Matrix
from shared.places.districts import District, all_counties
from shared.places.landmarks import Landmark

_LEAST = 4.0
"""log-likelihood ratio below which a span mentions nothing"""
_SHOWN = 3
_BEHIND = 2.0  # a candidate this much less likely than the best is not listed

_WEAKER = 5.0
"""a landmark this much less likely than a district is its shadow: 板橋車站 of 板橋"""


def mentions_of(
    heard: UtteranceForms, posterior: Posterior, index: NameIndex
) -> tuple[Mention, ...]:
    """The best mention of each kind that overlaps no better one, in the order of the utterance."""
    found = [
        *_names(heard, posterior, index),
        *_places(heard, posterior, index),
        *_county(heard, posterior, index),
    ]
    found.sort(key=lambda mention: -mention.ratio)
    kept: list[Mention] = []
    for mention in found:
        if all(mention.end <= other.start or other.end <= mention.start for other in kept):
            kept.append(mention)
    return tuple(sorted(kept, key=lambda mention: mention.start))


def _names(heard: UtteranceForms, posterior: Posterior, index: NameIndex) -> list[Mention]:
    found = []
    ranked, roads = _ranked(posterior.name_ratio), posterior.roads.tolist()
    for kind, is_road in ((MentionKind.PHARMACY, False), (MentionKind.ROAD, True)):
        best = _best([one for one in ranked if roads[one[1]] is is_road])
        if best:
            numbers = [int(posterior.names[i]) for _, i in best]
            close = heard.close.of(numbers[0], index.spoken, backwards=True)
            names = tuple(index.names.texts[number] for number in numbers)
            found += _mention(heard.transcript, close, kind, names, best[0][0])
    return found


def _places(heard: UtteranceForms, posterior: Posterior, index: NameIndex) -> list[Mention]:
    found = []
    ranked, every = _ranked(posterior.place_ratio), all_places()
    for kind, of_kind in ((MentionKind.DISTRICT, District), (MentionKind.LANDMARK, Landmark)):
        best = _best([one for one in ranked if isinstance(every[one[1]], of_kind)])
        if best:
            close = heard.close.nearest(best[0][1], index.places)
            names = tuple(
                one.key if isinstance(one := every[i], District) else one.spoken[0] for _, i in best
            )
            found += _mention(heard.transcript, close, kind, names, best[0][0])
    return found


def _county(heard: UtteranceForms, posterior: Posterior, index: NameIndex) -> list[Mention]:
    best = _best(_ranked(posterior.county_ratio))
    if not best:
        return []
    close = heard.close.nearest(best[0][1], index.counties)
    names = tuple(all_counties()[i].name for _, i in best)
    return _mention(heard.transcript, close, MentionKind.COUNTY, names, best[0][0])


Ranked = list[tuple[float, int]]
"""candidates with their ratios, the best first"""


def _ranked(ratios: Matrix) -> Ranked:
    """All that are not much weaker than the best, nor too weak."""
    floor = max(_LEAST, float(ratios.max(initial=0)) - _WEAKER)
    near = (ratios >= floor).nonzero()[0]
    return sorted(zip(ratios[near].tolist(), near.tolist(), strict=True), key=lambda one: -one[0])


def _best(ranked: Ranked) -> Ranked:
    """Of some the best: at most three, none far behind the first."""
    return [one for one in ranked[:_SHOWN] if one[0] > ranked[0][0] - _BEHIND]


def _mention(
    transcript: Transcript,
    close: AlignedName,
    kind: MentionKind,
    names: tuple[str, ...],
    ratio: float,
) -> list[Mention]:
    if close.end <= close.start:
        return []
    start, end = transcript.span(close.start, close.end)
    return [Mention(start, end, kind, names, round(ratio, 2))]
