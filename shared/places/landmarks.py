"""Places that callers name instead of a district: stations, hospitals, markets, parts of town.

`landmarks.csv` holds them with their district and their point (WGS 84).

Stations, to four decimals: TDX, the Ministry of Transportation's open data (Government Open Data
License), and Taipei's open data. The others: the street is that of their address; the point was set
by hand, from knowing where the place lies, because no list with coordinates was within reach: not
surveyed, most right to some 300 m. The tests hold every point against the pharmacies of its
district and of its street.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from shared.places.districts import District, by_key, rows_of


class LandmarkKind(StrEnum):
    """What a landmark is."""

    RAILWAY = "railway"
    HIGH_SPEED_RAIL = "high_speed_rail"
    METRO = "metro"
    HOSPITAL = "hospital"
    UNIVERSITY = "university"
    MARKET = "market"
    AREA = "area"
    """a part of town: 西門町, 天母, 公館"""
    TEMPLE = "temple"
    GOVERNMENT = "government"
    """of a county or city: 新北市政府"""
    VILLAGE = "village"
    """村 or 里 of a district; these stand in `villages.csv`"""


_STATIONS = {
    LandmarkKind.RAILWAY: ("{}車站", "{}火車站"),
    LandmarkKind.HIGH_SPEED_RAIL: ("高鐵{}站", "{}高鐵站"),
    LandmarkKind.METRO: ("捷運{}站", "{}捷運站", "{}站"),
}
"""How people call a station named so."""


@dataclass(frozen=True, slots=True)
class Landmark:
    """A place that everybody knows."""

    kind: LandmarkKind
    name: str
    """of a station without what it is: 板橋, 龍山寺; of others the name that is no other's"""
    said: tuple[str, ...]
    """other names and short ones, which several may share: 榮總, 機場"""
    district: District
    road: str
    """the street of its address; "" where it has none, and for stations"""
    longitude: float
    latitude: float

    @property
    def key(self) -> str:
        """Its full name, which is no other's: 板橋車站."""
        return self.spoken[0]

    @property
    def spoken(self) -> tuple[str, ...]:
        """What callers say, the full name first: 板橋車站, 板橋火車站; 台中榮總, 榮總."""
        base = self.name.removesuffix("車站").removesuffix("站")
        patterns = _STATIONS.get(self.kind, (self.name,))
        return (*(pattern.format(base) for pattern in patterns), *self.said)


@cache
def landmark_named() -> Mapping[str, Landmark]:
    """The first of what callers say → the landmark; of several of one name the first."""
    return {found.key: found for found in reversed(landmarks())}


@cache
def landmarks_called() -> Mapping[str, tuple[Landmark, ...]]:
    """All that callers say → the landmarks it may mean, in the order of the file."""
    found: dict[str, list[Landmark]] = defaultdict(list)
    for landmark in landmarks():
        for name in landmark.spoken:
            found[name].append(landmark)
    return {name: tuple(called) for name, called in found.items()}


@cache
def landmarks() -> tuple[Landmark, ...]:
    """All of them, in the order of the file."""
    return tuple(
        Landmark(
            LandmarkKind(row["kind"]),
            row["name"],
            tuple(row["said"].split()),
            by_key()[row["district"]],
            row["road"],
            float(row["longitude"]),
            float(row["latitude"]),
        )
        for row in rows_of("landmarks.csv")
    )
