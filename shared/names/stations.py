"""The station of a place, by no name of its own: 「火車站附近」 after 板橋, 「員林的火車站」."""

import re
from collections.abc import Sequence
from functools import cache
from math import cos, hypot, radians

from shared.names.decision import decide_stated
from shared.names.exact import station_words
from shared.names.resolution import Hints, Meant, Resolution
from shared.names.stated import landmarks_named
from shared.places.districts import County, District
from shared.places.landmarks import Landmark, LandmarkKind, landmarks
from shared.places.middles import middle_of

_NAMELESS = (
    r"(?:^|(?<=[在到去離從近往是那這找有區市鎮鄉縣的の，。、])|(?<=[^\x00-\x7f] )"
    r"|(?<=\bthe )|(?<=\bnear )|(?<=\bnearest )|(?<=\ba ))"
)
"""What a station without a name stands behind: behind other words its name was misheard."""

_WITHIN_KM = {LandmarkKind.RAILWAY: 8.0, LandmarkKind.HIGH_SPEED_RAIL: 30.0}
"""So far from the middle of a town people call a station theirs: 台中車站 in 西屯, 6 km."""

_DEGREE_KM = 111.2


def station_of_place(found: Resolution, hints: Hints) -> Resolution:
    """`found`; where it is a place or nothing sure and 「火車站」 stands beside it, its station."""
    if found.sure and found.meant not in (Meant.DISTRICT, Meant.COUNTY):
        return found
    for kind, pattern in _patterns():
        spoken = pattern.search(found.heard)
        station = _station(_place(found, hints), kind) if spoken else None
        if spoken and station:
            return decide_stated(found.heard, landmarks_named([station], spoken.span()))
    return found


def _place(found: Resolution, hints: Hints) -> District | County | None:
    """Whose station: of what is named beside it, else of what was talked about or asked for."""
    if found.sure:
        return found.districts[0].district if found.meant is Meant.DISTRICT else found.county
    asked = {one.county for one in hints.offered_places}
    return hints.place or (asked.pop() if len(asked) == 1 else None)


def _station(place: District | County | None, kind: LandmarkKind) -> Landmark | None:
    """Of those near `place` the one called like it, else like its county, else the nearest."""
    if place is None:
        return None
    county = place if isinstance(place, County) else place.county
    every = [one for one in landmarks() if one.kind is kind]
    if isinstance(place, County):
        return _called(county, [one for one in every if one.district.county == county])
    far = {one.name: _km(place, one) for one in every}
    near = [one for one in every if far[one.name] <= _WITHIN_KM[kind]]
    nearest = min(near, key=lambda one: far[one.name], default=None)
    return _called(place, near) or _called(county, near) or nearest


def _called(place: District | County, stations: Sequence[Landmark]) -> Landmark | None:
    return next((one for one in stations if one.name == place.name[:-1]), None)


def _km(place: District, station: Landmark) -> float:
    """Kilometres from the middle of `place`, as on a plane: less than 1 % off within 30."""
    longitude, latitude = middle_of(place)
    east = (station.longitude - longitude) * cos(radians(latitude))
    return _DEGREE_KM * hypot(east, station.latitude - latitude)


@cache
def _patterns() -> tuple[tuple[LandmarkKind, re.Pattern[str]], ...]:
    """Kind → what a station of it is called where it has no name, in any language."""
    return tuple(
        (LandmarkKind(kind), re.compile(_NAMELESS + "(?:" + "|".join(map(re.escape, words)) + ")"))
        for kind, words in station_words().items()
    )
