"""Spans of an utterance that name something: what the finders found, whatever was decided."""

from collections.abc import Sequence

from shared.names.finding import UtteranceForms
from shared.names.index import NameIndex
from shared.names.lexicon import all_places
from shared.names.posterior import Posterior, Ranked
from shared.names.resolution import Meant, Mention, MentionKind
from shared.places.districts import all_counties

_LEAST = 4.0
"""log-likelihood ratio below which a span mentions nothing"""
_BEHIND = 2.0  # a candidate this much less likely than the best is not listed

_WEAKER = 5.0
"""a landmark this much less likely than a district is its shadow: 板橋車站 of 板橋"""


_RIVALS = (Meant.PHARMACY, Meant.ROAD), (Meant.DISTRICT, Meant.LANDMARK), (Meant.COUNTY,)
"""Kinds of which one may be the shadow of another."""


def mentions_of(
    heard: UtteranceForms, posterior: Posterior, index: NameIndex
) -> tuple[Mention, ...]:
    """The best mention of each kind that overlaps no better one, in the order of the utterance."""
    found = [
        mention
        for rivals in _RIVALS
        for least in [_least(posterior, rivals)]
        for meant in rivals
        if (best := _best(posterior.told[meant], least))
        if (mention := _mention(meant, best, heard, posterior, index))
    ]
    found.sort(key=lambda mention: -mention.ratio)
    kept: list[Mention] = []
    for mention in found:
        if all(mention.end <= other.start or other.end <= mention.start for other in kept):
            kept.append(mention)
    return tuple(sorted(kept, key=lambda mention: mention.start))


def _least(posterior: Posterior, rivals: Sequence[Meant]) -> float:
    """The ratio below which a candidate of these kinds is weak, or the shadow of a better one."""
    best = [max(told)[0] for kind in rivals if (told := posterior.told[kind])]
    return max(_LEAST, max(best, default=_LEAST) - _WEAKER)


def _best(told: Ranked, least: float) -> Ranked:
    """Of some the best: none weak, none far behind the first."""
    behind = max(told)[0] - _BEHIND if told else least
    return [one for one in told if one[0] >= least and one[0] > behind]


def _mention(
    meant: Meant, best: Ranked, heard: UtteranceForms, posterior: Posterior, index: NameIndex
) -> Mention | None:
    """Where the first of the `best` was heard, and what they are called; None where it was not."""
    (ratio, first), *_ = best
    if meant in (Meant.PHARMACY, Meant.ROAD):
        numbers = [posterior.names.item(i) for _, i in best]
        names = [index.names.texts[number] for number in numbers]
        close = heard.close.of(posterior.names.item(first), index.spoken)
    elif meant is Meant.COUNTY:
        names = [all_counties()[i].name for _, i in best]
        close = heard.close.nearest(first, index.counties)
    else:
        names = [all_places()[i].key for _, i in best]
        close = heard.close.nearest(first, index.places)
    if close.end == close.start:
        return None
    start, end = heard.transcript.span(close.start, close.end)
    return Mention(start, end, MentionKind(meant), tuple(names), round(ratio, 2))
