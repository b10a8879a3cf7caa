"""Hand-made catalogues around 大安區, with hours and points."""

from dataclasses import replace
from datetime import datetime

from shared.catalog import Catalog, Hours, Kind, Location, Pharmacy, Snapshot
from shared.clock import TAIPEI
from shared.places.address import Address
from shared.places.districts import by_key
from tests.products import ADULT

NOW = datetime(2020, 3, 3, 11, 0, tzinfo=TAIPEI)
"""A Tuesday."""

HERE = Location(121.5435, 25.0330)

OPEN = Hours("N" * 21)
EVENINGS = Hours("Y" * 14 + "N" * 7)
AFTERNOONS = Hours("Y" * 7 + "N" * 14)
SHUT = Hours("Y" * 21)


def north(metres: float) -> Location:
    """The point so far north of HERE (a degree of latitude is 111,195 m)."""
    return Location(HERE.longitude, HERE.latitude + metres / 111_195)


def pharmacy(
    number: int,
    *,
    place: str = "台北市大安區",
    hours: Hours | None = None,
    at: Location | None = None,
    road: str = "",
    section: str = "",
) -> Pharmacy:
    """The one with the id 9001060000 + `number`."""
    identity = f"9001{60000 + number:06d}"
    bare = Pharmacy(
        identity,
        f"藥局{number}",
        Kind.PHARMACY,
        by_key()[place],
        Address("", road=road, section=section),
        "",
    )
    return replace(bare, hours=hours, location=at)


def snapshot(*stocked: tuple[Pharmacy, int], when: datetime = NOW) -> Snapshot:
    """A feed of these pharmacies with so many adult masks each."""
    return Snapshot(
        feed="masks",
        products=(ADULT,),
        catalog=Catalog.of(tuple(one for one, _ in stocked)),
        stocks={one.id: {"adult_mask": left} for one, left in stocked},
        source_time=when,
    )


def numbers(found: tuple[Pharmacy, ...]) -> list[int]:
    """Which they are."""
    return [int(one.id) - 9001060000 for one in found]
