"""A pharmacy that is sought where none is called so: 「豐原的太平洋藥局」, 「左營的南億藥局」.

Its district and its 藥局 stand written, and a name of that district between them is known by its
sound: of 81 spoken rows with a written district 73 were sure, and 4 of the 6 that are asked about
score above `_THERE`; of the same rows without that pharmacy on the list, 20 of 48 do.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from shared.catalog import Catalog, Kind, Pharmacy
from shared.names.exact import districts_before, of_any_pharmacy, pharmacies_called
from shared.names.index import NameIndex
from shared.names.resolution import SHOWN, Hints, Meant, PharmacyMatch, PlaceMatch, Resolution
from shared.names.road_beside import without_road
from shared.names.stated import STATED
from shared.names.transcript import READ_AT_MOST
from shared.places.districts import District

_THERE = 0.6
"""From this score on a pharmacy of that district may be the one that was named, misheard."""

_SHOP = re.compile("(?:健保|特約|社區|連鎖|藥師|中西|大|中|西|老|新)?藥[局房]")
_LEAD = "的有那一間家叫做，, "
"""What stands between a place and a name: 「豐原有一間叫做阿財藥局」."""
_NAME = re.compile(
    r"[^\W\d_有沒在的是要找我您你他哪那這什怎到去點幾間多少嗎呢跟與]{2,}(?<![區市鎮鄉縣里村])"
)
"""What a pharmacy on no list is called before its 藥局: no word of a question."""

_LENGTHS = range(7, 0, -1)
"""Characters of it."""

_MOST_SHOPS = 3
"""So many 藥局 of a text are looked at."""

_SHORTEST_PART = 2
"""Characters of a part of a name that tells which one is meant."""


@dataclass(frozen=True, slots=True)
class _Sought:
    """What stands before 藥局, and where that is sought."""

    name: str
    """without 健保 or 大"""
    places: Sequence[District]
    called: Sequence[Pharmacy]
    """those of that very name anywhere"""

    @property
    def near(self) -> Sequence[Pharmacy]:
        """Those of that very name in the county."""
        counties = {place.county for place in self.places}
        return [one for one in self.called if one.district.county in counties]


def sought_in_vain(found: Resolution, index: NameIndex, hints: Hints) -> Resolution:
    """`found`, with the district in which the pharmacy that is named was sought where there is none
    of that name: then the one so called elsewhere in its county, else the district itself. Where
    the name is a part of one there, that."""
    if found.meant in (Meant.COUNTY, Meant.LANDMARK) or found.chain or found.kind:
        return found
    on_road = found.meant is Meant.ROAD
    sought = _sought(without_road(found) if on_road else found.heard, index, hints)
    if sought is None or any(one.district in sought.places for one in sought.called):
        return found
    if on_road:
        place = found.road.district
        return replace(found, sought=place) if place in sought.places else found
    sure = found.sure and found.meant is Meant.PHARMACY
    if sure and not (sought.called and found.pharmacy.name not in found.heard):
        return _as_elsewhere(found, sought.places)
    if partly := _called_partly(sought, index.catalog):
        return _as_those(found, partly)
    return _elsewhere(found, sought)


def _sought(heard: str, index: NameIndex, hints: Hints) -> _Sought | None:
    """None where neither the place nor a name stands written. Of several readings that whose name
    is on the list, then that beside a district."""
    return min(_readings(heard, index, hints), key=_in_doubt, default=None)


def _in_doubt(sought: _Sought) -> tuple[bool, bool]:
    """Whether none is called so, and whether the place may be several."""
    return not sought.called, len({place.name for place in sought.places}) > 1


def _readings(heard: str, index: NameIndex, hints: Hints) -> Iterator[_Sought]:
    """Those by the longest names first: 「三重太平洋藥局」 lies in no 太平."""
    for shop in islice(_SHOP.finditer(heard[:READ_AT_MOST]), _MOST_SHOPS):
        for length in _LENGTHS:
            start = shop.start() - length
            if start < 2:
                continue
            name = heard[start : shop.start()]
            called = pharmacies_called(heard[start : shop.end() - 1] + "局", index.catalog)
            if not (called or _is_name(name)):
                continue
            at = len(heard[:start].rstrip(_LEAD))
            if places := districts_before(heard, at, hints):
                yield _Sought(name, places, called)


def _called_partly(sought: _Sought, catalog: Catalog) -> Sequence[Pharmacy]:
    """Those there of whose names it is a part: 「土城的全家藥局」 for 全家健康藥局. () for more
    than can be asked about, as 健康 is."""
    if len(sought.name) < _SHORTEST_PART:
        return ()
    there = (one for place in sought.places for one in catalog.by_district.get(place, ()))
    found = [one for one in there if sought.name in one.name and one.kind is Kind.PHARMACY]
    return found if len(found) <= SHOWN else ()


def _elsewhere(found: Resolution, sought: _Sought) -> Resolution:
    """`found`, to be asked about where one there sounds like it; else as those of that name near,
    else as the place."""
    places = sought.places
    there = [one for one in found.pharmacies if one.pharmacy.district in places]
    alike = [one for one in there if one.score >= _THERE]
    if alike:
        found = _among(found, alike, sought.near)
    elif sought.near:
        found = _as_those(found, sought.near)
    elif len(places) == 1:
        found = _in_place(found, places[0], sought.called)
    else:
        return found
    return replace(found, sought=_sought_at(found, places))


def _is_name(text: str) -> bool:
    """Whether `text` may be what a pharmacy is called: 太平洋, and not 便宜 nor 附近."""
    of_any = any(word in text for word in of_any_pharmacy())
    return _NAME.fullmatch(text) is not None and not of_any


def _as_elsewhere(found: Resolution, places: Sequence[District]) -> Resolution:
    """`found`, a pharmacy that is surely named, beside a place where it is not: 「三民區的永恒健康
    生活藥局」, in 梓官區. A place may be a part of its name: 「大肚新庄藥局」."""
    shop = found.pharmacy
    if shop.district in places or any(place.short in shop.name for place in places):
        return found
    return replace(found, sought=_sought_at(found, places))


def _sought_at(found: Resolution, places: Sequence[District]) -> District:
    """Of several `places` of one name that in the county of what was found."""
    shops = found.pharmacies[:1]
    there = (place for shop in shops for place in places if _in_county_of(place, shop.pharmacy))
    return next(there, places[0])


def _in_county_of(place: District, shop: Pharmacy) -> bool:
    return place.county == shop.district.county


def _among(
    found: Resolution, there: Sequence[PharmacyMatch], near: Sequence[Pharmacy]
) -> Resolution:
    """`found`, to be asked about: one there that sounds like it, and those of that name near."""
    others = [PharmacyMatch(one, there[0].score) for one in near]
    return found.as_pharmacies([*there[:1], *others, *there[1:]], sure=False)


def _as_those(found: Resolution, shops: Sequence[Pharmacy]) -> Resolution:
    """`found`, as any of these pharmacies."""
    matches = [PharmacyMatch(one, STATED / len(shops)) for one in shops]
    namesakes = len(shops) if len({one.name for one in shops}) == 1 else 1
    those = found.as_pharmacies(matches, sure=len(shops) == 1)
    return replace(those, namesakes=namesakes, named=STATED)


def _in_place(found: Resolution, place: District, called: Sequence[Pharmacy]) -> Resolution:
    """`found`, as the district, with those of that name in other counties."""
    return replace(
        found,
        meant=Meant.DISTRICT,
        districts=(PlaceMatch(place, STATED),),
        pharmacies=tuple(PharmacyMatch(one, 0.0) for one in called[:1]),
        sure=True,
        namesakes=0,
        named=STATED,
        written=True,
    )
