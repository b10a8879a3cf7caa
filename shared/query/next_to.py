"""The districts to which one goes when one's own has none left."""

from functools import lru_cache

from shared.catalog import Catalog
from shared.places.districts import District, all_districts
from shared.query.near import great_circle_metres, middles

REACH_M = 12_000
"""As far as an elder may be sent; adjoining towns in the plains are 5 to 8 km apart."""

ISLANDS = frozenset(
    {
        *("連江縣南竿鄉", "連江縣北竿鄉", "連江縣莒光鄉", "連江縣東引鄉"),
        *("金門縣烏坵鄉", "金門縣烈嶼鄉", "澎湖縣望安鄉", "澎湖縣七美鄉"),
        *("屏東縣琉球鄉", "台東縣綠島鄉", "台東縣蘭嶼鄉"),
    }
)
"""Districts that no bridge joined to another while masks were rationed: nobody is sent by boat."""

_SEAS = frozenset({"澎湖縣", "金門縣", "連江縣"})
"""Counties that lie across the sea from every other."""


@lru_cache(maxsize=1024)
def districts_next_to(catalog: Catalog, district: District) -> tuple[District, ...]:
    """Districts that can be reached from `district` over land, nearest first.

    Near by the points of their pharmacies; without points those of the county, the nearest postal
    codes first, since these run along the roads.
    """
    if district.key in ISLANDS:
        return ()
    others = [
        other
        for other in all_districts()
        if other != district and other.key not in ISLANDS and _same_land(other, district)
    ]
    middle = middles(catalog)
    here = middle.get(district)
    if here is None:
        others = [other for other in others if other.county == district.county]
        return tuple(sorted(others, key=lambda other: _codes_between(other, district)))
    far = {other: great_circle_metres(here, middle[other]) for other in others if other in middle}
    return tuple(sorted((o for o in far if far[o] <= REACH_M), key=lambda other: far[other]))


def _same_land(one: District, other: District) -> bool:
    return one.county == other.county or not {one.county.name, other.county.name} & _SEAS


def _codes_between(one: District, other: District) -> int:
    return abs(int(one.postal_code) - int(other.postal_code))
