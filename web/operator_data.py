"""What the operator's page draws of a snapshot: the pharmacies, their stock, their sale notes.

Bodies of JSON, each made once for each catalogue, snapshot or day, compressed, and named by its own
digest, so that a browser which has it gets 304:

- places: `{"products": [{"id", "names", "steps"}], "districts": [{"county", "district",
  "county_en", "district_en", "postal_code"}], "pharmacies": [[id, name, district's place in
  `districts`, address, telephone, longitude or null, latitude or null], …]}`
- stock: `{"places": version of the places, "source_time", "left": {product: [count, …]}, "stopped":
  {product: [place, …]}}`, in the order of the pharmacies; `stopped`: those whose notes say that
  they do not sell it any more. Their counts are stale, and given as 0.
- notes: `{"notes", "read", "today", "unread": [[word, how many notes], …]}`: how many are
  understood on the snapshot's day, and which words are not
"""

import json
from dataclasses import asdict
from functools import cache
from importlib import resources

import yaml

from shared.catalog import Pharmacy, Product, Snapshot
from shared.hours import has_stopped
from shared.hours.coverage import coverage_of
from shared.places.districts import District, all_districts
from web.kept import Body, Kept


class PageData:
    """`places`, `stock` and `notes`: each snapshot → its body."""

    def __init__(self) -> None:
        self.places = Kept(_places, by=lambda snapshot: snapshot.catalog).of
        self.stock = Kept(lambda snapshot: _stock(snapshot, self.places(snapshot).version)).of
        self.notes = Kept(_notes, by=lambda it: (it.catalog, it.source_time.date())).of


def _body(value: object) -> Body:
    return Body.of(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def _places(snapshot: Snapshot) -> Body:
    at = {district: number for number, district in enumerate(all_districts())}
    return _body(
        {
            "products": [_product(product) for product in snapshot.products],
            "districts": [_district(district) for district in all_districts()],
            "pharmacies": [_pharmacy(pharmacy, at) for pharmacy in snapshot.catalog.pharmacies],
        }
    )


def _product(product: Product) -> dict[str, object]:
    names = {lang: {"name": it.name, "unit": it.unit} for lang, it in product.names.items()}
    return {"id": product.id, "names": names, "steps": steps_of(product.id)}


def _district(district: District) -> dict[str, str]:
    return {
        "county": district.county.name,
        "district": district.name,
        "county_en": district.county.english,
        "district_en": district.english,
        "postal_code": district.postal_code,
    }


def _pharmacy(pharmacy: Pharmacy, at: dict[District, int]) -> list[object]:
    where = pharmacy.location
    return [
        pharmacy.id,
        pharmacy.name,
        at[pharmacy.district],
        pharmacy.address.text,
        pharmacy.phone,
        round(where.longitude, 5) if where else None,  # to a metre
        round(where.latitude, 5) if where else None,
    ]


def _stock(snapshot: Snapshot, places: str) -> Body:
    pharmacies = snapshot.catalog.pharmacies
    today = snapshot.source_time.date()
    left: dict[str, list[int]] = {}
    stopped: dict[str, list[int]] = {}
    for product in snapshot.products:
        here = [at for at, one in enumerate(pharmacies) if has_stopped(one, product, today)]
        gone = set(here)
        stopped[product.id] = here
        left[product.id] = [
            0 if at in gone else snapshot.left(pharmacy, product)
            for at, pharmacy in enumerate(pharmacies)
        ]
    when = snapshot.source_time.isoformat()
    return _body({"places": places, "source_time": when, "left": left, "stopped": stopped})


def _notes(snapshot: Snapshot) -> Body:
    return _body(asdict(coverage_of(snapshot.catalog.pharmacies, snapshot.source_time.date())))


@cache
def steps_of(product: str) -> tuple[int, int, int]:
    """From which counts on a product is drawn as little, some, much."""
    file = resources.files(__package__).joinpath("map_steps.yaml")
    steps = yaml.safe_load(file.read_text(encoding="utf-8"))
    little, some, much = steps.get(product, steps["other"])
    return little, some, much
