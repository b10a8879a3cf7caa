"""The names a caller is likely to say next, for a recogniser that heeds them."""

from collections.abc import Iterator

from shared.catalog import Snapshot
from shared.dialog.values import State
from shared.names.index import index_of
from shared.names.resolution import Hints, Meant
from shared.names.resolve import resolve
from shared.places.districts import District, all_districts, by_key
from shared.places.telephone_numbers import counties_of
from sip.recogniser import NAMES_LIMIT

LOCALE = "zh-TW"
"""An ear that is set to another language writes no Chinese names."""


def likely_names(state: State | None, snapshot: Snapshot | None, area_code: str) -> list[str]:
    """At most NAMES_LIMIT: the pharmacies just told of and those around, then the districts.

    Districts alone do harm to pharmacies: a recogniser that knows 三重區 and no 康希藥局 writes
    another district for the name. So what was not understood surely is written down once more with
    `names_in` (docs/decisions/sip.md has the figures).
    """
    if state is not None and state.locale != LOCALE:
        return []
    names = dict.fromkeys([*_pharmacies(state, snapshot), *districts_around(state, area_code)])
    return list(names)[:NAMES_LIMIT]


def districts_around(state: State | None, area_code: str) -> list[str]:
    """Those of the county talked about, else of the caller's own; [] where neither is known."""
    here = by_key().get(state.place) if state else None
    counties = {here.county} if here else set(counties_of(area_code)) if area_code else set()
    return [one.name for one in all_districts() if one.county in counties]


def names_in(heard: str, snapshot: Snapshot | None, area_code: str = "") -> list[str]:
    """What `heard` may have meant, and the pharmacies around: for writing it down once more.

    [] where it was understood surely, where nothing in it is like a name, and where several
    districts bear the name that was heard (大安區), or one and a part of another town (公館): no
    second hearing tells which.
    """
    if snapshot is None:
        return []
    meant = resolve(heard, index_of(snapshot.catalog), Hints(area_code=area_code))
    one_name = len({match.district.name for match in meant.districts}) == 1
    called_alike = meant.meant is Meant.LANDMARK and len(meant.districts) > len(meant.landmarks)
    if meant.sure or ((one_name or called_alike) and not meant.pharmacies):
        return []
    pharmacies = [match.pharmacy for match in meant.pharmacies]
    districts = dict.fromkeys(
        [match.district for match in meant.districts] + [one.district for one in pharmacies]
    )
    around = [name for one in districts for name in _around(one, snapshot)]
    names = dict.fromkeys(
        [*(one.name for one in pharmacies), *(one.name for one in districts), *around]
    )
    return list(names)[:NAMES_LIMIT]


def _pharmacies(state: State | None, snapshot: Snapshot | None) -> Iterator[str]:
    if state is None or snapshot is None:
        return
    for key in state.told:
        if pharmacy := snapshot.catalog.by_id.get(key):
            yield pharmacy.name
    if district := by_key().get(state.place):
        yield from _around(district, snapshot)[: NAMES_LIMIT // 2]


def _around(district: District, snapshot: Snapshot) -> list[str]:
    return [one.name for one in snapshot.catalog.by_district.get(district, ())]
