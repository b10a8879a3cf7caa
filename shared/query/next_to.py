"""The districts to which one goes when one's own has none left."""

from functools import lru_cache

from shared.catalog import Catalog
from shared.places.districts import District, all_districts
from shared.places.neighbours import neighbours_of
from shared.query.near import great_circle_metres, middles

REACH_KM = 12
"""As far as an elder may be sent; adjoining towns in the plains are 5 to 8 km apart."""

_SEAS = frozenset({"澎湖縣", "金門縣", "連江縣"})
"""Counties that lie across the sea from every other."""


@lru_cache(maxsize=1024)
def districts_next_to(catalog: Catalog, district: District) -> tuple[District, ...]:
    """Districts that can be reached from `district` over land, nearest first.

    Near by the points of their pharmacies; without points those that border on it. An island has
    none and is nobody's: no one is sent by boat.
    """
    if not neighbours_of(district):
        return ()
    middle = middles(catalog)
    here = middle.get(district)
    if here is None:
        return neighbours_of(district, REACH_KM)
    far = {
        other: great_circle_metres(here, middle[other])
        for other in all_districts()
        if other in middle and neighbours_of(other) and _same_land(other, district)
    }
    within = (one for one in far if one != district and far[one] <= REACH_KM * 1_000)
    return tuple(sorted(within, key=far.__getitem__))


def _same_land(one: District, other: District) -> bool:
    return one.county == other.county or not {one.county.name, other.county.name} & _SEAS
