"""Spans of an utterance that name something: what the finders found, whatever was decided."""

from collections.abc import Iterable

import numpy as np

from shared.names.finding import Heard
from shared.names.index import NameIndex
from shared.names.lexicon import all_places
from shared.names.posterior import Posterior
from shared.names.resolution import Mention, MentionKind
from shared.names.similarity import Alignment
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
    ratios, roads = posterior.name_ratio, posterior.roads
    floor = _floor(ratios)
    near = np.flatnonzero(ratios >= floor - _BEHIND).tolist()
    for kind, is_road in ((MentionKind.PHARMACY, False), (MentionKind.ROAD, True)):
        best = _best([i for i in near if roads[i] == is_road], ratios, floor)
        if best:
            close = heard.close.of(int(posterior.names[best[0]]), index.spoken, backwards=True)
            names = tuple(index.names.texts[posterior.names[i]] for i in best)
            found += _mention(heard.transcript, close, kind, names, float(ratios[best[0]]))
    return found


def _places(heard: Heard, posterior: Posterior, index: NameIndex) -> list[Mention]:
    found = []
    ratios, every = posterior.place_ratio, all_places()
    floor = _floor(ratios)
    near = np.flatnonzero(ratios >= floor - _BEHIND).tolist()
    for kind, of_kind in ((MentionKind.DISTRICT, District), (MentionKind.LANDMARK, Landmark)):
        best = _best([i for i in near if isinstance(every[i], of_kind)], ratios, floor)
        if best:
            forms = index.places.forms_of(best[0])
            close = heard.close.nearest(forms, index.places.patterns)
            names = tuple(
                one.key if isinstance(one := every[i], District) else one.spoken[0] for i in best
            )
            found += _mention(heard.transcript, close, kind, names, float(ratios[best[0]]))
    return found


def _county(heard: Heard, posterior: Posterior, index: NameIndex) -> list[Mention]:
    ratios = posterior.county_ratio
    best = _best(np.flatnonzero(ratios >= _LEAST - _BEHIND).tolist(), ratios, _LEAST)
    if not best:
        return []
    forms = index.counties.forms_of(best[0])
    close = heard.close.nearest(forms, index.counties.patterns)
    names = tuple(all_counties()[i].name for i in best)
    return _mention(heard.transcript, close, MentionKind.COUNTY, names, float(ratios[best[0]]))


def _floor(ratios: Matrix) -> float:
    """The ratio below which a kind is not mentioned."""
    return max(_LEAST, float(ratios.max(initial=0)) - _WEAKER)


def _best(candidates: Iterable[int], ratios: Matrix, floor: float) -> list[int]:
    """The best of some: at most three, none far behind the first; none where that is too weak."""
    order = sorted(candidates, key=lambda i: -ratios[i])[:_SHOWN]
    if not order or ratios[order[0]] < floor:
        return []
    return [i for i in order if ratios[i] > ratios[order[0]] - _BEHIND]


def _mention(
    transcript: Transcript,
    close: Alignment,
    kind: MentionKind,
    names: tuple[str, ...],
    ratio: float,
) -> list[Mention]:
    if close.end <= close.start:
        return []
    start, end = transcript.span(close.start, close.end)
    return [Mention(start, end, kind, names, round(ratio, 2))]
