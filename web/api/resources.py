"""Districts and pharmacies as plain JSON."""

from collections.abc import Mapping
from datetime import datetime

from shared.catalog import Location, Pharmacy, Snapshot, Stock
from shared.hours import Opening, opening_at
from shared.places.districts import District, all_districts
from shared.query.age import USELESS_AFTER, too_old
from shared.query.near import great_circle_metres, points_of, walking_metres
from shared.speech.places import WALKING_METRES_A_MINUTE

Facts = dict[str, object]

WITHHELD = (
    f"The counts are older than {USELESS_AFTER.days * 24} hours, so none are told: "
    "ask the pharmacy by telephone."
)


def about(snapshot: Snapshot, clock: datetime) -> Facts:
    """The members of each answer that describe the feed and the age of its counts."""
    age = snapshot.now(clock) - snapshot.source_time
    return {
        "feed": snapshot.feed,
        "demo": snapshot.demo,
        "recorded": snapshot.recorded,
        "source_time": snapshot.source_time.isoformat(),
        "age_seconds": max(0, round(age.total_seconds())),
        "withheld": WITHHELD if too_old(snapshot, clock) else None,
    }


def left_by_district(snapshot: Snapshot) -> Mapping[District, Stock]:
    """How many of each product are left in each of the 368 districts."""
    stocks = snapshot.stocks
    found: dict[District, Stock] = {}
    for district in all_districts():
        left = dict.fromkeys((product.id for product in snapshot.products), 0)
        for pharmacy in snapshot.catalog.by_district.get(district, ()):
            for product, count in stocks.get(pharmacy.id, {}).items():
                left[product] += count
        found[district] = left
    return found


def district_facts(district: District, snapshot: Snapshot, left: Stock | None) -> Facts:
    """A district; `left` None where counts are withheld."""
    return {
        "key": district.key,
        "county": district.county.name,
        "district": district.name,
        "postal_code": district.postal_code,
        "english": f"{district.english}, {district.county.english}",
        "pharmacies": len(snapshot.catalog.by_district.get(district, ())),
        "left": left,
    }


def pharmacy_facts(pharmacy: Pharmacy, snapshot: Snapshot, clock: datetime) -> Facts:
    """A pharmacy; `left` None where counts are withheld, without products of unknown count."""
    now = snapshot.now(clock)
    hours = pharmacy.hours
    opening = opening_at(pharmacy, now)
    return {
        "id": pharmacy.id,
        "name": pharmacy.name,
        "kind": pharmacy.kind,
        "county": pharmacy.district.county.name,
        "district": pharmacy.district.name,
        "postal_code": pharmacy.district.postal_code,
        "address": pharmacy.address.text,
        "phone": pharmacy.phone,
        "location": _point(points_of(snapshot.catalog).get(pharmacy.id)),
        "hours": {"periods": hours.periods, "note": hours.note} if hours else None,
        "opening": _opening(opening),
        "sale": _sale(opening),
        "left": None if too_old(snapshot, clock) else dict(snapshot.stocks.get(pharmacy.id, {})),
    }


def walk_facts(here: Location, there: Location) -> Facts:
    """How far a pharmacy is."""
    minutes = walking_metres(here, there) / WALKING_METRES_A_MINUTE
    return {"metres": round(great_circle_metres(here, there)), "walk_minutes": round(minutes)}


def _point(location: Location | None) -> Facts | None:
    return {"lat": location.latitude, "lon": location.longitude} if location else None


def _opening(opening: Opening | None) -> Facts | None:
    if opening is None:
        return None
    return {"state": opening.state, "at": opening.at.isoformat() if opening.at else None}


def _sale(opening: Opening | None) -> Facts | None:
    """What the note says about the sale today."""
    sale = opening.sale if opening else None
    if sale is None:
        return None
    times = {
        name: clock.strftime("%H:%M") if clock else None
        for name, clock in (
            ("plates_from", sale.plates_from),
            ("sold_from", sale.sold_from),
            ("sold_until", sale.sold_until),
        )
    }
    return times | {"today": not sale.not_today, "stopped": sale.stopped}
