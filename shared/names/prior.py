"""What is likelier before the words are heard: the one place where hints become numbers.

All are logarithms to be added to a log-likelihood.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from shared.names.exact import words_too, written_heads
from shared.names.gazetteer import plain_name
from shared.names.index import NameIndex
from shared.names.lexicon import SHORT, all_places, form_owners, standing_in
from shared.names.resolution import Hints
from shared.names.transcript import LONGEST
from shared.phonetics.confusions import Matrix
from shared.places.districts import District, by_county
from shared.places.landmarks import Landmark
from shared.places.telephone_numbers import counties_of

_AREA = 3.0
"""a landline asks about its own area: 大安區 from 02 is 台北, from 04 台中"""
_LAST_PLACE = 2.5
_LAST_COUNTY = 1.0
"""a landmark or a road of the county that the conversation was about"""
_OFFERED_PLACE = 4.0
_HEARD_PLACE = 3.0
"""one that sounded like what was said a turn before, and was not offered"""
_VERBATIM = 6.0
"""a place that stands written, by a name that is no other word: of 480 written questions (80 ways,
six places) 4 finds 95.6 % of the places, 6 finds 97.3 and 8 finds 98.3; but 8 loses spoken
districts to what a recogniser happened to write"""

_LANDMARK_VERBATIM = 4.0
"""the same of a landmark, at most: 埔心 is a part of 楊梅, and 埔心鄉"""

_NEARER_VERBATIM = _VERBATIM - SHORT
"""the same of a landmark nearby whose name a district elsewhere has too: as much as a district, and
what a name of two syllables lost"""

MARGIN = 0.5
"""hints that differ by less favour neither"""


@dataclass(frozen=True, slots=True, eq=False)
class Prior:
    """What is known beforehand."""

    places: Matrix
    """(places,): districts, and behind them landmarks; from hints and what stands written"""
    hinted: Matrix
    """(places,): from hints alone"""
    names: tuple[int, ...] = ()
    """the names just read out, by their number in the index"""
    written: tuple[int, ...] = ()
    """names that stand there character by character, by their number in the index"""
    written_places: frozenset[int] = frozenset()
    """the places that stand there by a name that is no everyday word"""

    def favoured(self, places: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Which of several places of one name the hints leave: those they favour most."""
        hinted = self.hinted[places]
        kept: NDArray[np.bool_] = hinted >= hinted.max() - MARGIN
        return kept


def prior_of(text: str, hints: Hints, index: NameIndex) -> Prior:
    """What `hints` make likelier, and the characters of `text` (in those of Taiwan)."""
    text = text[:LONGEST]
    hinted = _from_where(hints.area_code, hints.place)
    named: tuple[District | Landmark, ...] = (*hints.offered_places, *hints.offered_landmarks)
    if named or hints.doubtful_places:
        hinted, numbers = hinted.copy(), _numbers()
        for offered_place in named:
            hinted[numbers[offered_place]] += _OFFERED_PLACE
        for doubtful_place in hints.doubtful_places:
            hinted[numbers[doubtful_place]] += _HEARD_PLACE
    written = _written(text, hinted)
    places = hinted.copy() if written else hinted
    for place, (weight, _) in written.items():
        places[place] += weight
    offered = (
        index.names.numbers.get(plain_name(p.name))
        for p in (*hints.offered_pharmacies, *hints.doubtful_pharmacies)
    )
    return Prior(
        places,
        hinted,
        tuple(number for number in offered if number is not None),
        _names_in(text, index),
        frozenset(place for place, (_, clear) in written.items() if clear),
    )


def _names_in(text: str, index: NameIndex) -> tuple[int, ...]:
    """The names that stand in `text`, character by character."""
    numbers, ends = index.names.numbers, index.name_ends
    parts = (
        text[start:end]
        for end, last in enumerate(map("".join, pairwise(text)), 2)
        if last in ends
        for start in range(end)
    )
    return tuple({numbers[part] for part in parts if part in numbers})


def _written(text: str, hinted: Matrix) -> Mapping[int, tuple[float, bool]]:
    """What it adds to a place that it stands in `text` as written (冬山鄉, not 東山區), and whether
    by a name that is no everyday word.

    `hinted`: (places,), what hints make likelier.
    """
    written: dict[int, tuple[float, bool]] = {}
    for _, form in standing_in(text, written_heads()):
        clear = form not in words_too()
        weight = _VERBATIM if clear else 0.0
        owners = form_owners()[form]
        nearer = _nearer_landmarks(owners, hinted)
        for owner in nearer or owners:
            most, by_name = written.get(owner, (0.0, False))
            gain = weight if _is_district(owner) else min(weight, _LANDMARK_VERBATIM)
            gain = _NEARER_VERBATIM if owner in nearer else gain
            written[owner] = max(most, gain), by_name or clear
    return written


def _nearer_landmarks(owners: Sequence[int], hinted: Matrix) -> list[int]:
    """Of places of one name the landmarks that hints favour before each district: who rings from
    Taipei means the 公館 there, and not 公館鄉."""
    districts = list(filter(_is_district, owners))
    if not districts:
        return []
    usual = hinted[districts].max() + MARGIN
    return [owner for owner in owners if owner not in districts and hinted[owner] > usual]


def _is_district(number: int) -> bool:
    return isinstance(all_places()[number], District)


@cache
def _numbers() -> dict[District | Landmark, int]:
    return {place: number for number, place in enumerate(all_places())}


def _district(place: District | Landmark) -> District:
    return place if isinstance(place, District) else place.district


@lru_cache(maxsize=1024)
def _from_where(code: str, last: District | None) -> Matrix:
    """(places,): likelier are the places in the counties that `code` is rung from, and where the
    conversation was about the `last` district, that, its landmarks and those of its county."""
    places = _by_area(code).copy()
    if last:
        landmarks, number = _landmarks_by_district(), _numbers()
        there = [landmarks.get(one, []) for one in by_county()[last.county]]
        places[[mark for marks in there for mark in marks]] += _LAST_COUNTY
        places[[number[last], *landmarks.get(last, [])]] += _LAST_PLACE
    places.setflags(write=False)
    return places


@cache
def _landmarks_by_district() -> Mapping[District, list[int]]:
    """District → the numbers of its landmarks."""
    found: dict[District, list[int]] = {}
    for number, place in enumerate(all_places()):
        if isinstance(place, Landmark):
            found.setdefault(place.district, []).append(number)
    return found


@cache
def _by_area(code: str) -> Matrix:
    """(places,): the places in the counties that `code` is rung from are likelier."""
    counties = counties_of(code)
    near = [_district(place).county in counties for place in all_places()]
    return np.where(near, _AREA, 0).astype(np.float32)
