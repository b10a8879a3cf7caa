"""Which pharmacies would serve a question, best first.

Good choices first (in stock, open, near), and callers spread over equally good ones in proportion
to their stock, so that the line makes no queues. One seed always sees the same order.
"""

import hashlib
import math
from collections.abc import Iterable
from datetime import datetime

from shared.catalog import Location, Pharmacy, Product, Snapshot
from shared.hours import OpeningState, opening_at
from shared.places.districts import District, all_districts
from shared.query.near import great_circle_metres, nearest

BAND_M = 500
"""Pharmacies within the same 500 m are equally near: some seven minutes' walk."""

NEARBY_COUNT = 60
"""How many of the nearest are looked through for stock."""

NEIGHBOURS = 4
"""How many districts next to a sold-out one are looked through."""


def find_pharmacies(
    snapshot: Snapshot,
    district: District,
    product: Product,
    now: datetime,
    *,
    seed: int = 0,
    road: str = "",
    near: Location | None = None,
) -> tuple[Pharmacy, ...]:
    """Those of `district` with `product` in stock, best first.

    `road`: pharmacies on it come before all others; `near`: nearer ones before farther ones.
    """
    here = snapshot.catalog.by_district.get(district, ())
    return _best_first(snapshot, here, product, now, seed=seed, road=road, near=near)


def find_nearby(
    snapshot: Snapshot, location: Location, product: Product, now: datetime, *, seed: int = 0
) -> tuple[Pharmacy, ...]:
    """Those around `location` with `product` in stock, best first, across districts."""
    around = nearest(snapshot.catalog, location, NEARBY_COUNT)
    return _best_first(snapshot, around, product, now, seed=seed, near=location)


def neighbours_with_stock(
    snapshot: Snapshot, district: District, product: Product, now: datetime, *, seed: int = 0
) -> tuple[Pharmacy, ...]:
    """Those in the districts next to `district` with `product` in stock, nearest district first."""
    found: list[Pharmacy] = []
    for neighbour in _next_to(district)[:NEIGHBOURS]:
        found.extend(find_pharmacies(snapshot, neighbour, product, now, seed=seed))
    return tuple(found)


def _next_to(district: District) -> list[District]:
    """Other districts of the county, the nearest postal codes first: codes run along the roads."""
    others = [
        other for other in all_districts() if other.county == district.county and other != district
    ]
    code = int(district.postal_code)
    return sorted(others, key=lambda other: abs(int(other.postal_code) - code))


def _best_first(
    snapshot: Snapshot,
    pharmacies: Iterable[Pharmacy],
    product: Product,
    now: datetime,
    *,
    seed: int,
    road: str = "",
    near: Location | None = None,
) -> tuple[Pharmacy, ...]:
    ranked = []
    for pharmacy in pharmacies:
        left = snapshot.left(pharmacy, product)
        if left > 0:
            off_road = bool(road) and pharmacy.address.road != road
            rank = (_closed(pharmacy, now), off_road, _band(pharmacy, near))
            ranked.append((rank, _turn_in_queue(seed, pharmacy, left), pharmacy))
    ranked.sort(key=lambda item: item[:2])
    return tuple(pharmacy for _, _, pharmacy in ranked)


def _closed(pharmacy: Pharmacy, now: datetime) -> int:
    """0 open or unknown, 1 opens later today, 2 closed for today."""
    opening = opening_at(pharmacy, now)
    if opening is None or opening.state not in (
        OpeningState.OPENS_LATER,
        OpeningState.CLOSED_TODAY,
    ):
        return 0
    return 1 if opening.state is OpeningState.OPENS_LATER else 2


def _band(pharmacy: Pharmacy, near: Location | None) -> int:
    if near is None:
        return 0
    if pharmacy.location is None:
        return 1_000
    return int(great_circle_metres(near, pharmacy.location) // BAND_M)


def _turn_in_queue(seed: int, pharmacy: Pharmacy, left: int) -> float:
    """The smaller, the earlier; smallest with a chance in proportion to `left`.

    Weighted sampling without replacement (Efraimidis and Spirakis 2006): -ln(u) / weight, with u
    drawn from the conversation's seed and the pharmacy's id.
    """
    digest = hashlib.blake2s(f"{seed}:{pharmacy.id}".encode(), digest_size=8).digest()
    u = (int.from_bytes(digest) + 1) / (2**64 + 1)
    return -math.log(u) / left
