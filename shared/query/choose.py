"""Which pharmacies would serve a question, best first.

Good choices first: open (or opening soonest), on the road or near, not nearly sold out. Callers are
spread over equally good ones in proportion to their stock, so that the line makes no queues. One
seed always sees the same order.
"""

import hashlib
import math
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import accumulate, groupby
from operator import itemgetter

from shared.catalog import Location, Pharmacy, Product, Snapshot
from shared.hours import Opening, OpeningState, opening_at
from shared.hours.periods import starts
from shared.places.address import Address
from shared.places.districts import District
from shared.query.near import nearest, points_of, walking_metres
from shared.query.next_to import districts_next_to

BAND_M = 500
"""Within the same 500 m of walk (seven minutes) pharmacies are equally near."""

UNKNOWN_BAND = 1_000
"""After all whose distance is known."""

FEW = 10
"""So few may be gone on arrival: a buyer takes two or three, and counts are minutes old."""

BUSY = 10_000
"""Calls over which the spread must be even: a district's on a bad day."""

CHANCE = 2.0
"""Standard deviations by which chance may favour one of them. With it, among 10,000 callers with
random seeds some pharmacy got over 1.2 times its share of the stock in 3 % of the districts of the
feed of 2020-03-03, without it in 18 %."""

LEAST = 0.1
"""A small stock keeps at least this part of its weight."""

NEARBY_COUNT = 60
"""How many of the nearest are looked through for stock."""

NEIGHBOURS = 4
"""How many districts next to a sold-out one are looked through."""

NEVER = timedelta(days=30)
"""The wait for one that is not known to open again."""

_HALF_HOUR = timedelta(minutes=30)

_GOLDEN = 0x9E3779B97F4A7C15
"""2⁶⁴ divided by the golden ratio: its multiples spread evenly (Fibonacci hashing)."""

Ranked = tuple[tuple[int, int, int, bool], Pharmacy, int]
"""how good (smaller is better), who, how many are left"""


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

    `road`: pharmacies on it (忠孝東路, or 忠孝東路4段) come before all others;
    `near`: nearer ones before farther ones.
    """
    here = snapshot.catalog.by_district.get(district, ())
    return _best_first(snapshot, here, product, now, seed=seed, road=road, near=near)


def find_nearby(
    snapshot: Snapshot, location: Location, product: Product, now: datetime, *, seed: int = 0
) -> tuple[Pharmacy, ...]:
    """Those around `location` with `product` in stock, best first, across districts."""
    around = nearest(snapshot.catalog, location, NEARBY_COUNT)
    return _best_first(snapshot, around, product, now, seed=seed, near=location)


def find_around(
    snapshot: Snapshot, pharmacy: Pharmacy, product: Product, now: datetime, *, seed: int = 0
) -> tuple[Pharmacy, ...]:
    """Those around `pharmacy` with `product` in stock, best first, without itself.

    Where its point is not known: the same road, then its district, then neighbouring ones.
    """
    point = points_of(snapshot.catalog).get(pharmacy.id)
    if point is not None:
        found = find_nearby(snapshot, point, product, now, seed=seed)
    else:
        place, road = pharmacy.district, pharmacy.address.road
        found = find_pharmacies(snapshot, place, product, now, seed=seed, road=road)
        found += neighbours_with_stock(snapshot, place, product, now, seed=seed)
    return tuple(other for other in found if other.id != pharmacy.id)


def neighbours_with_stock(
    snapshot: Snapshot, district: District, product: Product, now: datetime, *, seed: int = 0
) -> tuple[Pharmacy, ...]:
    """Those in the districts next to `district` with `product` in stock, nearest district first."""
    found: list[Pharmacy] = []
    for neighbour in districts_next_to(snapshot.catalog, district)[:NEIGHBOURS]:
        found.extend(find_pharmacies(snapshot, neighbour, product, now, seed=seed))
    return tuple(found)


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
    points = points_of(snapshot.catalog) if near else {}
    ranked: list[Ranked] = []
    for pharmacy in pharmacies:
        left = snapshot.left(pharmacy, product)
        if left > 0:
            off_road = _off_road(pharmacy.address, road)
            band = _band(points.get(pharmacy.id), near)
            wait = _wait(opening_at(pharmacy, now), now) if pharmacy.hours else 0
            ranked.append(((wait, off_road, band, left < FEW), pharmacy, left))
    ranked.sort(key=lambda item: (item[0], item[1].id))
    groups = (list(group) for _, group in groupby(ranked, key=itemgetter(0)))
    return tuple(pharmacy for group in groups for pharmacy in _spread(seed, group))


def _off_road(address: Address, road: str) -> int:
    """0 on the road that was named, 1 on another section of it, 2 elsewhere."""
    if road in ("", address.road, address.street):
        return 0
    return 1 if address.road and road.startswith(address.road) else 2


def _wait(opening: Opening | None, now: datetime) -> int:
    """Half hours until it sells; 0 for open and for unknown."""
    if opening is None:
        return 0
    waits = [timedelta(0)]
    if opening.state in (OpeningState.OPENS_LATER, OpeningState.CLOSED_TODAY):
        waits.append(_until(opening, now))
    sale, clock = opening.sale, now.timetz().replace(tzinfo=None)
    if sale:
        if sale.not_today or (sale.sold_until and clock >= sale.sold_until):
            waits.append(timedelta(days=1))
        elif sale.sold_from and clock < sale.sold_from:
            waits.append(datetime.combine(now, sale.sold_from) - datetime.combine(now, clock))
    return max(waits) // _HALF_HOUR


def _until(opening: Opening, now: datetime) -> timedelta:
    if opening.at is not None:
        return max(opening.at - now, timedelta(0))
    if opening.opens_on is None or opening.opens_in is None:
        return NEVER
    opens = datetime.combine(opening.opens_on, starts(opening.opens_in), now.tzinfo)
    return max(opens - now, _HALF_HOUR)


def _band(point: Location | None, near: Location | None) -> int:
    if near is None:
        return 0
    return UNKNOWN_BAND if point is None else int(walking_metres(near, point) // BAND_M)


def _spread(seed: int, group: list[Ranked]) -> Iterator[Pharmacy]:
    """Equally good choices in an order of this caller's own.

    Who comes first: the weights laid end to end, and the caller's multiple of the golden ratio on
    them; over many callers each comes first in proportion to its weight, and callers numbered in a
    row more evenly than by lot. The others follow by lot in the same proportion (Efraimidis and
    Spirakis 2006: -ln(u) / weight).
    """
    weights = _weights([left for _, _, left in group])
    mark = (seed * _GOLDEN % 2**64) / 2**64 * sum(weights)
    ends = list(accumulate(weights))
    first = min(bisect_right(ends, mark), len(group) - 1)
    yield group[first][1]
    lots = _lots(seed, group)
    others = sorted((lot / weights[place], place) for place, lot in enumerate(lots))
    for _, place in others:
        if place != first:
            yield group[place][1]


def _weights(stocks: list[int]) -> list[float]:
    """The stocks, each less what chance may send too many of many callers to it.

    A share p of n callers swings by √(p·n), for a small stock by much of what it has.
    """
    total = sum(stocks)
    swings = (CHANCE * math.sqrt(left * total / BUSY) for left in stocks)
    return [max(left - swing, left * LEAST) for left, swing in zip(stocks, swings, strict=True)]


def _lots(seed: int, group: list[Ranked]) -> Iterator[float]:
    """-ln(u) for each of them, u drawn from the conversation's seed and the pharmacy's id."""
    begun = hashlib.blake2s(f"{seed}:".encode(), digest_size=8)
    for _, pharmacy, _ in group:
        drawn = begun.copy()
        drawn.update(pharmacy.id.encode())
        yield -math.log((int.from_bytes(drawn.digest()) + 1) / (2**64 + 1))
