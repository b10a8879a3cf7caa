"""Distances between points, and the pharmacies nearest to one."""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from shared.catalog import Catalog, Location, Pharmacy

EARTH_RADIUS_M = 6_371_008.8
"""Mean radius of the Earth (IUGG)."""

DETOUR = 1.3
"""A walk beside the straight line: pedestrian networks measure 1.2 to 1.4 in dense cities."""


def great_circle_metres(a: Location, b: Location) -> float:
    """Metres between two points along the Earth's surface (haversine)."""
    lat_a, lat_b = math.radians(a.latitude), math.radians(b.latitude)
    half_lat = math.sin((lat_b - lat_a) / 2)
    half_lon = math.sin(math.radians(b.longitude - a.longitude) / 2)
    chord = half_lat**2 + math.cos(lat_a) * math.cos(lat_b) * half_lon**2
    return 2 * EARTH_RADIUS_M * math.asin(math.sqrt(min(1.0, chord)))


def walking_metres(a: Location, b: Location) -> float:
    """About how far one walks between two points, in metres."""
    return great_circle_metres(a, b) * DETOUR


@dataclass(frozen=True, slots=True, eq=False)
class _Points:
    pharmacies: tuple[Pharmacy, ...]
    unit: npt.NDArray[np.float64]
    """one row a pharmacy: its point on the unit sphere, x y z"""


@lru_cache(maxsize=2)
def _points(catalog: Catalog) -> _Points:
    located = tuple(pharmacy for pharmacy in catalog.pharmacies if pharmacy.location)
    return _Points(located, np.array([_unit(p.location) for p in located]).reshape(-1, 3))


def _unit(location: Location | None) -> tuple[float, float, float]:
    assert location is not None  # noqa: S101  only located pharmacies are asked
    lon, lat = math.radians(location.longitude), math.radians(location.latitude)
    return math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)


def nearest(catalog: Catalog, location: Location, count: int) -> tuple[Pharmacy, ...]:
    """The `count` pharmacies nearest to `location`, nearest first; those without a point never.

    The order of dot products on the unit sphere is the order of great-circle distances.
    """
    points = _points(catalog)
    if not points.pharmacies or count < 1:
        return ()
    closeness = points.unit @ np.array(_unit(location))
    count = min(count, len(points.pharmacies))
    best = np.argpartition(-closeness, count - 1)[:count]
    order = best[np.argsort(-closeness[best], kind="stable")]
    return tuple(points.pharmacies[place] for place in order)
