"""Places that callers name instead of a district: the stations of railway and metro.

`landmarks.csv` holds them with their district and their point (WGS 84, four decimals: 11 m). Source
of the facts: the stations of TDX, the Ministry of Transportation's open data (Government Open Data
License), and of Taipei's open data; each point lies among pharmacies of its district.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources

from shared.places.districts import District, by_key


class LandmarkKind(StrEnum):
    """What a landmark is."""

    RAILWAY = "railway"
    HIGH_SPEED_RAIL = "high_speed_rail"
    METRO = "metro"


_SPOKEN = {
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
    """without what it is: 板橋, 龍山寺"""
    district: District
    longitude: float
    latitude: float

    @property
    def spoken(self) -> tuple[str, ...]:
        """What callers say: 板橋車站, 板橋火車站."""
        base = self.name.removesuffix("車站").removesuffix("站")
        return tuple(pattern.format(base) for pattern in _SPOKEN[self.kind])


@cache
def landmark_called() -> Mapping[str, Landmark]:
    """What callers say → the landmark; of several of one name the first."""
    return {name: found for found in reversed(landmarks()) for name in found.spoken}


@cache
def landmarks() -> tuple[Landmark, ...]:
    """All of them, in the order of the file."""
    with resources.files(__package__).joinpath("landmarks.csv").open(encoding="utf-8") as file:
        return tuple(
            Landmark(
                LandmarkKind(row["kind"]),
                row["name"],
                by_key()[row["district"]],
                float(row["longitude"]),
                float(row["latitude"]),
            )
            for row in csv.DictReader(file)
        )
