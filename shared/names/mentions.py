"""Spans of an utterance that name something: what the finders found, whatever was decided."""

import numpy as np

from shared.names.finding import Heard
from shared.names.index import NameIndex
from shared.names.lexicon import all_places
from shared.names.posterior import Posterior, best_of
from shared.names.resolution import Mention, MentionKind
from shared.names.similarity import Similarity
from shared.names.transcript import Transcript
from shared.phonetics.confusions import Matrix
from shared.places.districts import District, all_counties

_LEAST = 4.0
"""log-likelihood ratio below which a span mentions nothing"""
_SHOWN = 3
_BEHIND = 2.0  # a candidate this much less likely than the best is not listed

_WEAKER = 5.0
"""a landmark this much less likely than a district is its shadow: 板橋車站 of 板橋"""


def mentions_of(heard: Heard, posterior: Posterior, index: NameIndex) -> tuple[Mention, ...]:
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


def _names(heard: Heard, posterior: Posterior, index: NameIndex) -> list[Mention]:
    found = []
    roads = index.names.roads[posterior.names]
    for kind, mask in ((MentionKind.PHARMACY, ~roads), (MentionKind.ROAD, roads)):
        ratios = np.where(mask, posterior.name_ratio, -1)
        if not len(ratios) or ratios.max() < max(_LEAST, posterior.name_ratio.max() - _WEAKER):
            continue
        best = _best(ratios)
        close = heard.close.backwards(int(posterior.names[best[0]]), index.spoken)
        names = tuple(index.names.texts[posterior.names[i]] for i in best)
        found += _mention(heard.transcript, close, kind, names, float(ratios[best[0]]))
    return found


def _places(heard: Heard, posterior: Posterior, index: NameIndex) -> list[Mention]:
    found = []
    count = index.districts_count
    every = all_places()
    for kind, first, last in (
        (MentionKind.DISTRICT, 0, count),
        (MentionKind.LANDMARK, count, len(every)),
    ):
        ratios = posterior.place_ratio[first:last]
        if not len(ratios) or ratios.max() < max(_LEAST, posterior.place_ratio.max() - _WEAKER):
            continue
        best = [first + i for i in _best(ratios)]
        forms = index.places.forms_of(best[0])
        _, close = heard.close.nearest(forms, index.places.patterns)
        names = tuple(
            one.key if isinstance(one := every[i], District) else one.spoken[0] for i in best
        )
        found += _mention(heard.transcript, close, kind, names, float(ratios.max()))
    return found


def _county(heard: Heard, posterior: Posterior, index: NameIndex) -> list[Mention]:
    ratios = posterior.county_ratio
    if ratios.max() < _LEAST:
        return []
    best = _best(ratios)
    forms = index.counties.forms_of(best[0])
    _, close = heard.close.nearest(forms, index.counties.patterns)
    names = tuple(all_counties()[i].name for i in best)
    return _mention(heard.transcript, close, MentionKind.COUNTY, names, float(ratios.max()))


def _best(ratios: Matrix) -> list[int]:
    """The best candidates: at most three, none far behind the first."""
    order = best_of(ratios, _SHOWN)
    return [i for i in order if ratios[i] > ratios[order[0]] - _BEHIND]


def _mention(
    transcript: Transcript,
    close: Similarity,
    kind: MentionKind,
    names: tuple[str, ...],
    ratio: float,
) -> list[Mention]:
    if close.end <= close.start:
        return []
    start, end = transcript.span(close.start, close.end)
    return [Mention(start, end, kind, names, round(ratio, 2))]
