"""What was heard → which place or pharmacy was meant: sure, ask, or nothing."""

from collections.abc import Sequence
from functools import cache

import numpy as np

from shared.names.everyday import is_everyday
from shared.names.exact import which_county, written_pharmacy, written_place
from shared.names.health_centres import find_centre, with_centre
from shared.names.hearing import by_code, hear, traditional
from shared.names.index import NameIndex
from shared.names.judge import Heard, Reading, judge, reading_of
from shared.names.landmarks import among_offered, find_landmark, with_landmark
from shared.names.naming import plain_name
from shared.names.resolution import Hints, Meant, PlaceMatch, Resolution
from shared.names.roads import find_road, roads_of, with_road
from shared.names.weigh import Belief, Prior, weigh
from shared.phonetics.confusions import Matrix
from shared.phonetics.pronunciations import Pronunciation
from shared.places.districts import all_districts
from shared.places.telephone import counties_of

# What a hint adds to the evidence of a place, as a logarithm: a factor of 4, 12 and 55.
_AREA = 3.0  # a landline asks about its own area: 大安區 from 02 is 台北, from 04 台中
_LAST_PLACE = 2.5
_OFFERED_PLACE = 4.0
_VERBATIM = 0.7  # a district whose very characters were written; a recogniser guesses them


_LOOKED_AT = 40  # characters in which names are looked for as they are written
_LONGEST = 10  # characters of such a name
_LAST = "局所店心院樹一丁獅鳥全倫康美氏生天青赫品國力"  # with which names and chains end
_ENDINGS = "區鄉鎮市"

NO_HINTS = Hints()


def resolve(heard: str, index: NameIndex, hints: Hints = NO_HINTS) -> Resolution:
    """The places and pharmacies that `heard` names. Any text is answered, and in milliseconds."""
    coded = by_code(heard)
    if coded:
        shares = tuple(PlaceMatch(district, 1 / len(coded)) for district in coded[:3])
        return Resolution(heard, Meant.DISTRICT, shares, sure=len(coded) == 1)
    if written := written_pharmacy(heard, index.catalog):
        return written
    sounds = hear(heard)
    if is_everyday(sounds):
        return Resolution(heard)
    return which_county(_place_in(heard, sounds, index, hints), sounds, hints)


def _place_in(
    heard: str, sounds: Sequence[Pronunciation], index: NameIndex, hints: Hints
) -> Resolution:
    found = _judge(heard, sounds, index, hints)
    if centre := find_centre(heard, sounds):
        beside = _without(centre.start, centre.end, sounds)
        place = _judge(heard, beside, index, hints)
        written = written_place(centre.text_beside, hints, place)
        near = None if written else find_landmark(centre.text_beside, beside)
        if near and len(near.named) == 1:
            place = with_landmark(place, place, near, hints)
        place = written or place
        return with_centre(found, place, index.catalog)
    if chosen := among_offered(heard, hints):
        return chosen
    landmark = find_landmark(heard, sounds)
    if landmark and not landmark.yields_to(found):
        beside = _without(landmark.start, landmark.end, sounds)
        found = with_landmark(found, _judge(heard, beside, index, NO_HINTS), landmark, hints)
        if found.meant is Meant.LANDMARK:
            return found
    if written := written_place(heard, hints, found):
        return written
    road = find_road(sounds, roads_of(index.catalog))
    if road is None:
        return found
    beside = _without(road.start, road.end, sounds)
    return with_road(found, _judge(heard, beside, index, hints), road, hints)


def _without(start: int, end: int, sounds: Sequence[Pronunciation]) -> tuple[Pronunciation, ...]:
    return (*sounds[:start], *sounds[end:])


def _judge(
    heard: str, sounds: Sequence[Pronunciation], index: NameIndex, hints: Hints
) -> Resolution:
    found = _hear(heard, sounds, index, hints)
    return judge(*found, index) if found else Resolution(heard)


def best_reading(heard: str, index: NameIndex) -> Reading | None:
    """What the best reading of `heard` is judged by; for the calibration."""
    found = _hear(heard, hear(heard), index, NO_HINTS)
    return reading_of(*found, index) if found else None


def _hear(
    text: str, sounds: Sequence[Pronunciation], index: NameIndex, hints: Hints
) -> tuple[Heard, Belief] | None:
    """What was heard and what to believe; None where nothing in it can be read aloud."""
    if not sounds:
        return None
    rows = index.ear.rows(sounds)
    return Heard(text, sounds, rows), weigh(rows, index, _prior(text, hints, index))


def _prior(text: str, hints: Hints, index: NameIndex) -> Prior:
    """What `hints` make likelier, and the characters that were written."""
    text = traditional(text)
    districts = _by_area(hints.area_code) + _VERBATIM * _written(text[:_LOOKED_AT])
    if hints.place or hints.offered_places:
        numbers = _numbers()
        if hints.place:
            districts[numbers[hints.place.key]] += _LAST_PLACE
        for place in hints.offered_places:
            districts[numbers[place.key]] += _OFFERED_PLACE
    offered = (index.names.numbers.get(plain_name(p.name)) for p in hints.offered_pharmacies)
    return Prior(
        districts,
        tuple(number for number in offered if number is not None),
        _names_in(text[:_LOOKED_AT], index),
    )


def _names_in(text: str, index: NameIndex) -> tuple[int, ...]:
    """The names that stand in `text`, character by character."""
    numbers = index.names.numbers
    parts = (
        text[start:end]
        for end in range(2, len(text) + 1)
        if text[end - 1] in _LAST
        for start in range(max(0, end - _LONGEST), end - 1)
    )
    return tuple({numbers[part] for part in parts if part in numbers})


def _written(text: str) -> Matrix:
    """(368,): which districts stand in `text`, character by character (冬山鄉, not 東山區)."""
    written = np.zeros(len(all_districts()), np.float32)
    for end in range(2, len(text) + 1):
        if text[end - 1] in _ENDINGS:
            for length in (2, 3, 4):
                written[_by_name().get(text[max(0, end - length) : end], [])] = 1
    return written


@cache
def _by_name() -> dict[str, list[int]]:
    names: dict[str, list[int]] = {}
    for number, district in enumerate(all_districts()):
        names.setdefault(district.name, []).append(number)
    return names


@cache
def _numbers() -> dict[str, int]:
    return {district.key: number for number, district in enumerate(all_districts())}


@cache
def _by_area(code: str) -> Matrix:
    """(368,): the districts of the counties that `code` is rung from are likelier."""
    counties = counties_of(code)
    near = [district.county in counties for district in all_districts()]
    return np.where(near, _AREA, 0).astype(np.float32)
