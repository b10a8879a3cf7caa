"""Which pharmacies would serve a question, best first.

Good choices first: number plates soon, then sold now or open, then soonest; what is over, and what
is not sold today, comes last, and who has stopped never. Then: on the road or near, not nearly sold
out. Callers are spread over equally good ones in proportion to their stock, so that the line makes
no queues. One seed always sees the same order.
"""

import math
from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta
from itertools import groupby
from operator import itemgetter

from shared.catalog import Catalog, Location, Pharmacy, Product, Snapshot
from shared.hours import Opening, OpeningState, opening_at
from shared.hours.periods import PARTS
from shared.places.districts import District
from shared.query.near import nearest, points_of, walking_metres
from shared.query.next_to import districts_next_to
from shared.query.spread import Group, spread

BAND_M = 500
"""Within the same 500 m of walk (seven minutes) pharmacies are equally near."""

UNKNOWN_BAND = math.inf
"""After all whose distance is known."""

FEW = 10
"""So few may be gone on arrival: a buyer takes two or three, and counts are minutes old."""

SHARE = 3
"""Fewer are not enough for one buyer, who takes two or three a week (`shared.rules`): such a
pharmacy comes after all that have enough, however near it is."""

NEARBY_COUNT = 60
"""How many of the nearest are looked through for stock."""

NEIGHBOURS = 4
"""How many districts next to a sold-out one are looked through."""

NEVER = timedelta.max
"""The wait for one that is not known to open again."""

PLATES_SOON = timedelta(hours=1)
"""Whoever sets out now is there when the plates are handed out, and has one: the walk, and a queue
before the door. Where masks are sold without plates the queue is there already."""

_SOON = -1
"""The wait where plates are handed out soon: before what is sold already."""

_SHUT = (OpeningState.OPENS_LATER, OpeningState.CLOSED_TODAY)

_HALF_HOUR = timedelta(minutes=30)

Ranked = tuple[tuple[int, int, bool, float, bool], Pharmacy, int]
"""how good (smaller is better), who, how many are left"""

_Page = tuple[Snapshot | None, datetime | None, dict[tuple[str, str], tuple[Group, ...]]]


class _Shelf:
    """The groups of the districts that were asked about within this minute."""

    def __init__(self) -> None:
        self._page: _Page = (None, None, {})

    def groups(
        self, snapshot: Snapshot, district: District, product: Product, now: datetime
    ) -> tuple[Group, ...]:
        """Those of a whole district."""
        minute = _minute(now)
        page, when, made = self._page
        if page is not snapshot or when != minute:
            made = {}
            self._page = snapshot, minute, made  # in one step: other threads read it
        found = made.get((district.key, product.id))
        if found is None:
            here = snapshot.catalog.by_district.get(district, ())
            found = made[district.key, product.id] = _groups(snapshot, here, product, minute)
        return found


_SHELF = _Shelf()


def find_pharmacies(
    snapshot: Snapshot,
    district: District,
    product: Product,
    now: datetime,
    *,
    seed: int,
    road: str = "",
    near: Location | None = None,
) -> tuple[Pharmacy, ...]:
    """Those of `district` with `product` in stock, best first.

    `road`: pharmacies on it (忠孝東路, or 忠孝東路4段) come before all others that sell as soon,
    then those nearer to it;
    `near`: nearer ones before farther ones.
    """
    if near is None:
        return tuple(in_order(snapshot, district, product, now, seed=seed, road=road))
    here = snapshot.catalog.by_district.get(district, ())
    return _best_first(snapshot, here, product, now, seed=seed, road=road, near=near)


def in_order(
    snapshot: Snapshot,
    district: District,
    product: Product,
    now: datetime,
    *,
    seed: int,
    road: str = "",
) -> Iterator[Pharmacy]:
    """As `find_pharmacies`, one by one: the first is known long before the others' order is."""
    if road:
        here = snapshot.catalog.by_district.get(district, ())
        near = _point_on(snapshot.catalog, here, road)
        groups = _groups(snapshot, here, product, now, road=road, near=near)
    else:
        groups = _SHELF.groups(snapshot, district, product, now)
    for group in groups:
        yield from spread(seed, group)


def has_stock(snapshot: Snapshot, district: District, product: Product, now: datetime) -> bool:
    """Whether any pharmacy of `district` that still sells `product` has some of it."""
    return bool(_SHELF.groups(snapshot, district, product, now))


def find_nearby(
    snapshot: Snapshot, location: Location, product: Product, now: datetime, *, seed: int
) -> tuple[Pharmacy, ...]:
    """Those around `location` with `product` in stock, best first, across districts."""
    around = nearest(snapshot.catalog, location, NEARBY_COUNT)
    return _best_first(snapshot, around, product, now, seed=seed, near=location)


def find_around(
    snapshot: Snapshot, pharmacy: Pharmacy, product: Product, now: datetime, *, seed: int
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
    snapshot: Snapshot, district: District, product: Product, now: datetime, *, seed: int
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
    groups = _groups(snapshot, pharmacies, product, now, road=road, near=near)
    return tuple(pharmacy for group in groups for pharmacy in spread(seed, group))


def _groups(
    snapshot: Snapshot,
    pharmacies: Iterable[Pharmacy],
    product: Product,
    now: datetime,
    *,
    road: str = "",
    near: Location | None = None,
) -> tuple[Group, ...]:
    """Those with `product` in stock by how good they are, best first.

    One that has stopped selling is left out: its stock is stale, and would lead the list.
    """
    minute = _minute(now)
    points = points_of(snapshot.catalog) if near else {}
    ranked: list[Ranked] = []
    for pharmacy in pharmacies:
        left = snapshot.left(pharmacy, product)
        if left <= 0:
            continue
        opening = opening_at(pharmacy, minute)
        if opening and opening.stopped:
            continue
        off_road = pharmacy.address.off(road)
        band = _band(points.get(pharmacy.id), near)
        rank = (_wait(opening, minute), off_road, left < SHARE, band, left < FEW)
        ranked.append((rank, pharmacy, left))
    ranked.sort(key=lambda item: (item[0], item[1].id))
    alike = (list(group) for _, group in groupby(ranked, key=itemgetter(0)))
    return tuple(
        Group.of([one for _, one, _ in group], [left for _, _, left in group]) for group in alike
    )


def _point_on(catalog: Catalog, here: Iterable[Pharmacy], road: str) -> Location | None:
    """Where a pharmacy stands that is on that road; None where none is known."""
    on_road = (one for one in here if one.address.off(road) == 0)
    points = points_of(catalog)
    return next((point for one in on_road if (point := points.get(one.id))), None)


def _wait(opening: Opening | None, now: datetime) -> int:
    """Half hours until it sells; 0 for open and for unknown, `_SOON` for plates soon."""
    if opening is None:
        return 0
    if _plates_soon(opening, now):
        return _SOON
    waits = [timedelta(0)]
    if opening.state in _SHUT:
        waits.append(_until(opening, now))
    if sale := opening.sale:
        if sale.not_today or opening.sale_over:
            waits.append(timedelta(days=1))
        elif sale.sold_from:
            waits.append(datetime.combine(now, sale.sold_from, now.tzinfo) - now)
    return max(waits) // _HALF_HOUR


def _plates_soon(opening: Opening, now: datetime) -> bool:
    """Whether number plates are handed out within the hour, at a pharmacy that is open then."""
    sale = opening.sale
    if sale is None or sale.plates_from is None or sale.not_today:
        return False
    plates = datetime.combine(now, sale.plates_from, now.tzinfo)
    if opening.state in _SHUT and (opening.at is None or opening.at > plates):
        return False
    return now < plates <= now + PLATES_SOON


def _until(opening: Opening, now: datetime) -> timedelta:
    if opening.at is not None:
        return opening.at - now
    if opening.opens_on and opening.opens_in:
        start = PARTS[opening.opens_in][0]
        return max(datetime.combine(opening.opens_on, start, now.tzinfo) - now, _HALF_HOUR)
    return NEVER


def _band(point: Location | None, near: Location | None) -> float:
    return walking_metres(near, point) // BAND_M if near and point else UNKNOWN_BAND


def _minute(now: datetime) -> datetime:
    """The full minute: hours begin and end on one, and not within it."""
    return datetime.combine(now, time(now.hour, now.minute), now.tzinfo)
