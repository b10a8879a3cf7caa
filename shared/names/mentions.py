"""Spans of an utterance that name something: what the finders found, whatever was decided."""

from shared.names.finding import UtteranceForms
from shared.names.index import NameIndex
from shared.names.lexicon import all_places
from shared.names.posterior import Posterior, Ranked
from shared.names.resolution import Meant, Mention, MentionKind
from shared.names.similarity import AlignedName
from shared.names.transcript import Transcript
from shared.places.districts import all_counties

_LEAST = 4.0
"""log-likelihood ratio below which a span mentions nothing"""
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
    kinds = (Meant.PHARMACY, MentionKind.PHARMACY), (Meant.ROAD, MentionKind.ROAD)
    least = _least(posterior, Meant.PHARMACY, Meant.ROAD)
    for meant, kind in kinds:
        if best := _best(posterior.told[meant], least):
            numbers = [posterior.names.item(i) for _, i in best]
            close = heard.close.of(numbers[0], index.spoken)
            names = tuple(index.names.texts[number] for number in numbers)
            found += _mention(heard.transcript, close, kind, names, best[0][0])
    return found


def _places(heard: UtteranceForms, posterior: Posterior, index: NameIndex) -> list[Mention]:
    found = []
    kinds = (Meant.DISTRICT, MentionKind.DISTRICT), (Meant.LANDMARK, MentionKind.LANDMARK)
    least, every = _least(posterior, Meant.DISTRICT, Meant.LANDMARK), all_places()
    for meant, kind in kinds:
        if best := _best(posterior.told[meant], least):
            close = heard.close.nearest(best[0][1], index.places)
            names = tuple(every[i].key for _, i in best)
            found += _mention(heard.transcript, close, kind, names, best[0][0])
    return found


def _county(heard: UtteranceForms, posterior: Posterior, index: NameIndex) -> list[Mention]:
    best = _best(posterior.told[Meant.COUNTY], _LEAST)
    if not best:
        return []
    close = heard.close.nearest(best[0][1], index.counties)
    names = tuple(all_counties()[i].name for _, i in best)
    return _mention(heard.transcript, close, MentionKind.COUNTY, names, best[0][0])


def _least(posterior: Posterior, *rivals: Meant) -> float:
    """The ratio below which a candidate of these kinds is weak, or the shadow of a better one."""
    return max([_LEAST, *(one[0] - _WEAKER for kind in rivals for one in posterior.told[kind])])


def _best(told: Ranked, least: float) -> Ranked:
    """Of some the best: none weak, none far behind the first."""
    return [one for one in told if one[0] >= least and one[0] > told[0][0] - _BEHIND]


def _mention(
    transcript: Transcript,
    close: AlignedName,
    kind: MentionKind,
    names: tuple[str, ...],
    ratio: float,
) -> list[Mention]:
    if close.end == close.start:
        return []
    start, end = transcript.span(close.start, close.end)
    return [Mention(start, end, kind, names, round(ratio, 2))]
