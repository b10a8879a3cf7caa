"""What a feed tells us, as frozen values: pharmacies, products, stock, snapshots."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from shared.places.address import Address
from shared.places.districts import District

Stock = Mapping[str, int]
"""product id → whole number left, never negative."""


class Kind(StrEnum):
    """Whether a place that sells is a pharmacy or a health centre (衛生所)."""

    PHARMACY = "pharmacy"
    HEALTH_CENTRE = "health_centre"


@dataclass(frozen=True, slots=True)
class ProductName:
    """How a product is spoken of in one locale."""

    name: str
    """成人口罩, adult mask"""
    unit: str
    """the measure word: 片, 份; in English the plural noun phrase (adult masks)"""


@dataclass(frozen=True, slots=True)
class Product:
    """Something that is counted."""

    id: str
    """adult_mask, child_mask, rapid_test"""
    names: Mapping[str, ProductName]
    """locale → its spoken name"""
    topic: str = ""
    """what pharmacies' notes call it, whoever it is for: mask, rapid_test (`products.yaml`)"""
    for_children: bool = False
    """notes may tell other times for them"""


@dataclass(frozen=True, slots=True)
class Hours:
    """Opening hours as the daily file gives them, unread; `shared.hours` reads them."""

    periods: str
    """21 characters: mornings Mon–Sun, afternoons, evenings; N open, Y closed"""
    note: str = ""
    """看診備註, free text by the pharmacy"""
    remark: str = ""
    """備註 of the feed itself, about what the feed counts; goes before `note`"""
    topic: str = ""
    """what the feed counts: mask, rapid_test"""
    seen: date | None = None
    """the day on which `note` was first seen, which it calls 「今天」; None where nobody knows"""


@dataclass(frozen=True, slots=True)
class Location:
    """A point on the map, WGS 84."""

    longitude: float
    latitude: float


@dataclass(frozen=True, slots=True)
class Pharmacy:
    """A place that sells: everything about it but what is left."""

    id: str
    """醫事機構代碼, 10 characters"""
    name: str
    """as the feed writes it"""
    kind: Kind
    district: District
    address: Address
    phone: str
    """digits with the area code (0227653147), or "" when unknown"""
    location: Location | None = None
    hours: Hours | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Catalog:
    """All pharmacies of a feed. Lives on through renewals in which only counts changed.

    Compared by identity, so that what is derived from it (indexes) can be kept beside it.
    """

    pharmacies: tuple[Pharmacy, ...]
    by_id: Mapping[str, Pharmacy]
    by_district: Mapping[District, tuple[Pharmacy, ...]]

    @classmethod
    def of(cls, pharmacies: tuple[Pharmacy, ...]) -> "Catalog":
        """Group `pharmacies` by id and by district."""
        groups: dict[District, list[Pharmacy]] = {}
        for pharmacy in pharmacies:
            groups.setdefault(pharmacy.district, []).append(pharmacy)
        return cls(
            pharmacies,
            {pharmacy.id: pharmacy for pharmacy in pharmacies},
            {district: tuple(group) for district, group in groups.items()},
        )


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One whole feed as of its `source_time`; replaced, never edited."""

    feed: str
    """its key in products.yaml: masks, rapid_tests"""
    products: tuple[Product, ...]
    """what it counts; the first is what a caller means who names none"""
    catalog: Catalog
    stocks: Mapping[str, Stock]
    """pharmacy id → stock"""
    source_time: datetime
    """when the counts were taken; aware, Asia/Taipei"""
    demo: bool = False
    """made by the demo feed: invented pharmacies"""
    recorded: bool = False
    """a file kept from another day, replayed as of its own time (see docs/decisions)"""

    def now(self, clock: datetime) -> datetime:
        """The time at which questions about this snapshot are asked.

        A recording is asked about its own day, whatever the `clock` says.
        """
        return self.source_time if self.recorded else clock

    def left(self, pharmacy: Pharmacy, product: Product) -> int:
        """How many of `product` are left at `pharmacy`; 0 where none are listed, or not known."""
        stock = self.stocks.get(pharmacy.id)
        return stock.get(product.id, 0) if stock else 0

    def known(self, pharmacy: Pharmacy, product: Product) -> bool:
        """Whether the feed tells a count: -1, 99999999 and the like are none, and no 0 either."""
        return product.id in self.stocks.get(pharmacy.id, {})
