"""What the dialogue may look at: the snapshot, the time, the channel, and what was seen before."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from typing import Protocol

from shared.catalog import Location, Pharmacy, Product, Snapshot
from shared.dialog.values import Channel, State
from shared.hours import AskedTime, serves
from shared.names.chains import chains
from shared.places.districts import County, District, all_districts, by_county, by_key
from shared.places.landmarks import Landmark, LandmarkKind, landmark_named, landmarks
from shared.places.telephone_numbers import counties_around
from shared.places.villages import villages
from shared.query import (
    find_around,
    find_nearby,
    has_stock,
    in_order,
    neighbours_with_stock,
    walk_between,
    walking_metres,
)


class History(Protocol):
    """What was seen in the snapshots before this one; `conversation.history` keeps it."""

    def restocked_at(self, pharmacy_id: str, product: str, day: date) -> time | None:
        """When the count last rose on `day`; None when that was not seen."""

    def sells_out_about(self, pharmacy_id: str, product: str) -> time | None:
        """The usual time at which none is left; None when too little was seen."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything outside the conversation that an answer rests on."""

    snapshot: Snapshot
    clock: datetime
    channel: Channel
    history: History | None = None

    @property
    def now(self) -> datetime:
        """The time the questions are about: the recording's own for a recording."""
        return self.snapshot.now(self.clock)

    def can_ring(self, pharmacy: Pharmacy) -> bool:
        """Whether the caller can be connected with `pharmacy`; invented numbers are never rung."""
        return self.channel.dials_pharmacies and bool(pharmacy.phone) and not self.snapshot.demo

    def product(self, state: State) -> Product:
        """What `state` asks about; the feed's first product where none was named."""
        return self.product_of(state.product)

    def product_of(self, product_id: str) -> Product:
        """The product of that id; the feed's first for any other."""
        products = self.snapshot.products
        return next((product for product in products if product.id == product_id), products[0])

    def pharmacy(self, pharmacy_id: str) -> Pharmacy | None:
        """The pharmacy of that id; None when the feed no longer has it."""
        return self.snapshot.catalog.by_id.get(pharmacy_id)

    def talked_about(self, state: State) -> Pharmacy | None:
        """The pharmacy just told of; None when there is none."""
        here = state.told[state.at :]
        return self.pharmacy(here[0]) if here else None

    def walk_to(self, pharmacy: Pharmacy, state: State) -> int | None:
        """Metres on foot from what `state` asked to be near to; None where that is unknown."""
        if (point := point_in(state.near)) and pharmacy.location:
            return round(walking_metres(point, pharmacy.location))
        near = self.near(state)
        if isinstance(near, Pharmacy) and near is not pharmacy:
            return walk_between(self.snapshot.catalog, near, pharmacy)
        if isinstance(near, Landmark) and pharmacy.location:
            return round(walking_metres(_point(near), pharmacy.location))
        return None

    def near(self, state: State) -> Pharmacy | Landmark | None:
        """What `state` asked to be near to; None for nothing, for a point, for what is gone."""
        if known := self.pharmacy(state.near) or landmark_named().get(state.near):
            return known
        place = by_key().get(state.place) if state.near else None
        return villages(place).get(state.near) if place else None

    def metro_near(self, pharmacy: Pharmacy) -> Landmark | None:
        """The nearest station of the metro to which one would walk; None where none is known."""
        place = pharmacy.location
        if place is None:
            return None
        far = {one: walking_metres(_point(one), place) for one in landmarks() if one.kind is _METRO}
        nearest = min(far, key=far.__getitem__)
        return nearest if far[nearest] < WALKED_M else None

    def example(self, state: State) -> District | None:
        """A district that this caller knows, to say 「像是…」 with: that with the most pharmacies
        of the county that was talked about, or that her number is of; None for neither."""
        place = by_key().get(state.place)
        homes = counties_around(place, state.area_code)
        sellers = self.snapshot.catalog.by_district
        near = by_county()[homes[0]] if homes else ()
        return max(near, key=lambda one: len(sellers.get(one, ())), default=None)

    def has_stock(self, district: District, product: Product) -> bool:
        """Whether any pharmacy of `district` that still sells `product` has some of it."""
        return has_stock(self.snapshot, district, product, self.now)

    def left(self, pharmacy: Pharmacy, product: Product) -> int | None:
        """How many of `product` are left at `pharmacy`; None where that is not known."""
        known = self.snapshot.known(pharmacy, product)
        return self.snapshot.left(pharmacy, product) if known else None

    def mostly_unknown(self, district: District, product: Product) -> bool:
        """Whether more counts of `product` in `district` are not known than are."""
        here = self.snapshot.catalog.by_district.get(district, ())
        known = sum(self.snapshot.known(pharmacy, product) for pharmacy in here)
        return known < len(here) - known

    def in_place(self, place: District | County) -> tuple[Pharmacy, ...]:
        """All that sell in a district, or in a county."""
        catalog = self.snapshot.catalog
        if isinstance(place, District):
            return catalog.by_district.get(place, ())
        return tuple(one for one in catalog.pharmacies if one.district.county == place)

    def in_stock(
        self, place: District | County, product: Product, chain: str = ""
    ) -> list[tuple[int, Pharmacy]]:
        """How many are left at each that has some; at the shops of the chain of that key alone, ""
        for all."""
        run = chains().get(chain)
        here = (one for one in self.in_place(place) if run is None or run.runs(one))
        counted = ((self.snapshot.left(one, product), one) for one in here)
        return [(left, one) for left, one in counted if left > 0]

    def beyond(self, state: State, but: Collection[str] = ()) -> Pharmacy | None:
        """The first next to the district that `state` asks about, not yet told of, and in none of
        the districts of the keys `but`."""
        if state.place not in by_key():
            return None
        district, product = by_key()[state.place], self.product(state)
        found = neighbours_with_stock(self.snapshot, district, product, self.now, seed=state.seed)
        wanted = self._wanted(found, state)
        return next((one for one in wanted if one.district.key not in but), None)

    def choices(self, state: State) -> Iterator[Pharmacy]:
        """Those that would serve what `state` asks, best first, none that was told of."""
        return self._wanted(self._best_first(state), state)

    def choice(self, state: State) -> Pharmacy | None:
        """The first of `choices`; where there is none at all, the first next to the place."""
        if best := next(self.choices(state), None):
            return best
        if self.near(state) or point_in(state.near) or self.told_here(state):
            return None
        return None if state.kind or state.chain or state.open_at else self.beyond(state)

    def told_here(self, state: State) -> bool:
        """Whether any in the place that `state` asks about was told of."""
        told = (self.pharmacy(one) for one in state.told)
        return any(one and one.district.key == state.place for one in told)

    def _best_first(self, state: State) -> Iterator[Pharmacy]:
        product, now, seed = self.product(state), self.now, state.seed
        near, point = self.near(state), point_in(state.near)
        if point:
            yield from find_nearby(self.snapshot, point, product, now, seed=seed)
        elif isinstance(near, Pharmacy):
            yield from find_around(self.snapshot, near, product, now, seed=seed)
        elif near:
            yield from find_nearby(self.snapshot, _point(near), product, now, seed=seed)
        elif state.place in by_key():
            district = by_key()[state.place]
            yield from in_order(self.snapshot, district, product, now, seed=seed, road=state.road)

    def _wanted(self, found: Iterable[Pharmacy], state: State) -> Iterator[Pharmacy]:
        """Those of the kind and the chain that are wanted, open when it is, not yet told of."""
        chain, asked = chains().get(state.chain), AskedTime.read(state.open_at)
        return (
            one
            for one in found
            if one.id not in state.told
            and state.kind in ("", str(one.kind))
            and (chain is None or chain.runs(one))
            and (asked is None or serves(one, asked))
        )


_METRO = LandmarkKind.METRO

WALKED_M = 3_000
"""Nobody walks farther from a station of the metro: it takes three quarters of an hour."""

_POINT = "@"


def written_point(point: Location) -> str:
    """`point` as `State.near` holds it: to some 100 m, for it tells where somebody lives.

    >>> written_point(Location(121.52758, 25.02662))
    '@25.027,121.528'
    """
    return f"{_POINT}{point.latitude:.3f},{point.longitude:.3f}"


def point_in(near: str) -> Location | None:
    """The point that `State.near` holds; None where it holds another thing.

    >>> point_in("@25.027,121.528")
    Location(longitude=121.528, latitude=25.027)
    """
    latitude, _, longitude = near.removeprefix(_POINT).partition(",")
    try:
        return Location(float(longitude), float(latitude)) if near.startswith(_POINT) else None
    except ValueError:
        return None


def _point(landmark: Landmark) -> Location:
    return Location(landmark.longitude, landmark.latitude)


@cache
def shared_names() -> frozenset[str]:
    """Names that districts of several counties bear: 大安區, 東區 …"""
    names = [district.name for district in all_districts()]
    return frozenset(name for name in names if names.count(name) > 1)


def needs_county(district: District) -> bool:
    """Whether the county must be said for the district to be known."""
    return district.name in shared_names()
