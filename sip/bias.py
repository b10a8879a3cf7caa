"""The names a caller is likely to say next, for a recogniser that heeds them."""

from collections.abc import Iterator

from shared.catalog import Snapshot
from shared.dialog.values import State
from shared.places.districts import all_districts, by_key
from shared.places.telephone import counties_of
from sip.recogniser import NAMES_LIMIT

LOCALE = "zh-TW"
"""An ear that is set to another language writes no Chinese names."""


def likely_names(state: State | None, snapshot: Snapshot | None, area_code: str) -> list[str]:
    """At most NAMES_LIMIT: the pharmacies just told of and those around, then the districts.

    Districts alone do harm: a recogniser that knows 三重區 and no 康希藥局 writes another district
    for the pharmacy's name. Not measured here yet: which list helps most is open.
    """
    if state is not None and state.locale != LOCALE:
        return []
    names = dict.fromkeys([*_pharmacies(state, snapshot), *_districts(state, area_code)])
    return list(names)[:NAMES_LIMIT]


def _pharmacies(state: State | None, snapshot: Snapshot | None) -> Iterator[str]:
    if state is None or snapshot is None:
        return
    for key in state.told:
        if pharmacy := snapshot.catalog.by_id.get(key):
            yield pharmacy.name
    district = by_key().get(state.place)
    around = snapshot.catalog.by_district.get(district, ()) if district else ()
    yield from (pharmacy.name for pharmacy in around[: NAMES_LIMIT // 2])


def _districts(state: State | None, area_code: str) -> Iterator[str]:
    here = by_key().get(state.place) if state else None
    counties = {here.county} if here else set(counties_of(area_code)) if area_code else set()
    yield from (one.name for one in all_districts() if one.county in counties)
