"""Distances between points, and the pharmacies nearest to one."""

import logging
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from statistics import median

import numpy as np
import numpy.typing as npt

from shared.catalog import Catalog, Location, Pharmacy
from shared.places.districts import District

log = logging.getLogger(__name__)

EARTH_RADIUS_M = 6_371_008.8
"""Mean radius of the Earth (IUGG)."""

DETOUR = 1.3
"""A walk beside the straight line: pedestrian networks measure 1.2 to 1.4 in dense cities."""

ASTRAY_M = 60_000
"""A point farther than this from the middle of its district is wrong: in the sea, or another place
of the same name. In locations.csv the farthest right one is 38 km off (梨山 in 台中市和平區)."""


def great_circle_metres(a: Location, b: Location) -> float:
    """Metres between two points along the Earth's surface (haversine)."""
    lat_a, lat_b = math.radians(a.latitude), math.radians(b.latitude)
    half_lat = math.sin((lat_b - lat_a) / 2)
    half_lon = math.sin(math.radians(b.longitude - a.longitude) / 2)
    chord = half_lat**2 + math.cos(lat_a) * math.cos(lat_b) * half_lon**2
    return 2 * EARTH_RADIUS_M * math.asin(math.sqrt(chord))


def walking_metres(a: Location, b: Location) -> float:
    """About how far one walks between two points, in metres."""
    return great_circle_metres(a, b) * DETOUR


@lru_cache(maxsize=4)
def middles(catalog: Catalog) -> Mapping[District, Location]:
    """District → the middle (median) of its pharmacies' points; absent where there are none."""
    found = {}
    for district, pharmacies in catalog.by_district.items():
        points = [pharmacy.location for pharmacy in pharmacies if pharmacy.location]
        if points:
            longitude = median(point.longitude for point in points)
            found[district] = Location(longitude, median(point.latitude for point in points))
    return found


@lru_cache(maxsize=4)
def points_of(catalog: Catalog) -> Mapping[str, Location]:
    """Pharmacy id → its point; those without one, or with one that went astray, are absent."""
    found, astray = {}, []
    middle = middles(catalog)
    for pharmacy in catalog.pharmacies:
        if pharmacy.location is None:
            continue
        if great_circle_metres(pharmacy.location, middle[pharmacy.district]) > ASTRAY_M:
            astray.append(pharmacy.id)
        else:
            found[pharmacy.id] = pharmacy.location
    if astray:
        log.warning("%d points lie far from their district: %s", len(astray), ", ".join(astray[:5]))
    return found


def walk_between(catalog: Catalog, one: Pharmacy, other: Pharmacy) -> int | None:
    """About how many metres one walks between two pharmacies; None where a point is not known."""
    points = points_of(catalog)
    if one.id not in points or other.id not in points:
        return None
    return round(walking_metres(points[one.id], points[other.id]))


@dataclass(frozen=True, slots=True, eq=False)
class _Sphere:
    pharmacies: tuple[Pharmacy, ...]
    unit: npt.NDArray[np.float64]
    """one row a pharmacy: its point on the unit sphere, x y z"""


@lru_cache(maxsize=4)
def _sphere(catalog: Catalog) -> _Sphere:
    points = points_of(catalog)
    located = tuple(pharmacy for pharmacy in catalog.pharmacies if pharmacy.id in points)
    return _Sphere(located, np.array([_unit(points[p.id]) for p in located]))


def _unit(location: Location) -> tuple[float, float, float]:
    lon, lat = math.radians(location.longitude), math.radians(location.latitude)
    return math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)


def nearest(catalog: Catalog, location: Location, count: int) -> tuple[Pharmacy, ...]:
    """The `count` pharmacies nearest to `location`, nearest first; those without a point never.

    The order of chords through the unit sphere is that of great-circle distances. A pass over all
    of some 6,000 takes less than a tenth of a millisecond, so there is no tree.
    """
    sphere = _sphere(catalog)
    if not sphere.pharmacies:
        return ()
    chords = ((sphere.unit - np.array(_unit(location))) ** 2).sum(axis=1)
    count = min(count, len(sphere.pharmacies))
    best = np.argpartition(chords, count - 1)[:count]
    order = best[np.argsort(chords[best], kind="stable")]
    return tuple(sphere.pharmacies[place] for place in order)
