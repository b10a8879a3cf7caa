"""The snapshot as GeoJSON, in the form of the `json/points.json` that the maps of 2020 read.

The form is that of 藥局口罩採購地圖 (github.com/kiang/pharmacies), from which many maps took their
data; docs/api.md describes how they read it. Names and types of the properties are theirs.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from shared.catalog import Catalog, Location, Pharmacy, Snapshot, Stock
from shared.hours import has_stopped
from shared.places.districts import District
from shared.query.near import points_of
from shared.speech.telephone import phone_groups
from web.kept import Body

MASKS = {"adult_mask": "mask_adult", "child_mask": "mask_child"}
"""Product → the property that holds its count. Other products have a property named by their id, so
that no map labels rapid tests as masks."""

_DAYS = "一二三四五六日"
_PARTS = ("上午", "下午", "晚上")
_SERVED = {"N": "看診", "Y": "休診"}

_HARMLESS = str.maketrans({"<": "＜", ">": "＞"})
"""The maps put name, address and note into their page as HTML, so these must hold no tag."""


@dataclass(frozen=True, slots=True)
class _Fragment:
    """A feature's text before and after its counts: all that stays from snapshot to snapshot."""

    id: str
    before: str
    after: str


def make_points(snapshot: Snapshot, *, told: bool = True) -> Body:
    """The pharmacies whose coordinates are known, as a FeatureCollection (RFC 7946).

    `told`: with their counts; else as those maps write what is not known, counts of 0 and no time.
    """
    time = f"{snapshot.source_time:%Y/%m/%d %H:%M:%S}"
    nothing: Stock = {}
    stocks: Mapping[str, Stock] = _sold(snapshot) if told else {}
    features = ",\n".join(
        fragment.before + _counts(stocks.get(fragment.id, nothing), time) + fragment.after
        for fragment in _fragments(snapshot.catalog)
    )
    return Body.of(f'{{"type":"FeatureCollection","features":[\n{features}\n]}}\n')


def _sold(snapshot: Snapshot) -> Mapping[str, Stock]:
    """The counts, 0 where a pharmacy's note says that it does not sell the product any more: its
    count is stale, and it would be the greenest point of the map."""
    today, products = snapshot.source_time.date(), {one.id: one for one in snapshot.products}
    sold = dict(snapshot.stocks)
    for pharmacy in snapshot.catalog.pharmacies:
        if pharmacy.hours and pharmacy.id in sold:
            sold[pharmacy.id] = {
                product: 0 if has_stopped(pharmacy, products[product], today) else count
                for product, count in sold[pharmacy.id].items()
            }
    return sold


def _counts(stock: Stock, time: str) -> str:
    """The members that change, as JSON text; products that those maps do not know come first."""
    others = "".join(f'"{key}":{left},' for key, left in stock.items() if key not in MASKS)
    adult, child = (stock.get(product, 0) for product in MASKS)
    updated = time if stock else ""
    return f'{others}"mask_adult":{adult},"mask_child":{child},"updated":"{updated}"'


@lru_cache(maxsize=2)
def _fragments(catalog: Catalog) -> tuple[_Fragment, ...]:
    points = points_of(catalog)
    return tuple(
        _Fragment(
            pharmacy.id,
            f'{{"type":"Feature","geometry":{_geometry(points[pharmacy.id])},'
            f'"properties":{{{_inside(_before(pharmacy))},',
            f",{_inside(_after(pharmacy))}}}}}",
        )
        for pharmacy in catalog.pharmacies
        if pharmacy.id in points
    )


def _geometry(point: Location) -> str:
    return json.dumps({"type": "Point", "coordinates": [point.longitude, point.latitude]})


def _before(pharmacy: Pharmacy) -> dict[str, object]:
    return {
        "id": pharmacy.id,
        "name": pharmacy.name.translate(_HARMLESS),
        "phone": _phone(pharmacy.phone),
        "address": _address(pharmacy).translate(_HARMLESS),
    }


def _after(pharmacy: Pharmacy) -> dict[str, object]:
    periods = pharmacy.hours.periods if pharmacy.hours else ""
    return {
        "available": _available(periods),
        "note": pharmacy.hours.note.translate(_HARMLESS) if pharmacy.hours else "",
        "custom_note": "",
        "website": "",
        "county": _official(pharmacy.district.county.name),
        "town": _official(pharmacy.district.name),
        "cunli": pharmacy.address.village.translate(_HARMLESS),
        "service_periods": periods,
    }


def _inside(values: dict[str, object]) -> str:
    """The members of a JSON object without its braces."""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))[1:-1]


@lru_cache(maxsize=512)  # there are few different weeks
def _available(periods: str) -> str:
    """星期一上午看診、星期二上午看診 … for each of the 21 periods; "" where they are not known."""
    names = (f"星期{day}{part}" for part in _PARTS for day in _DAYS)
    return "、".join(
        name + _SERVED[period] for name, period in zip(names, periods, strict=bool(periods))
    )


def _phone(number: str) -> str:
    """(02)27653147, as the feed writes it; mobile and freephone numbers without brackets."""
    if not number or number.startswith(("09", "0800")):
        return number
    code, *local = phone_groups(number)
    return f"({code}){''.join(local)}"


def _address(pharmacy: Pharmacy) -> str:
    text, key = pharmacy.address.text, pharmacy.district.key
    return _place(pharmacy.district) + text[len(key) :] if text.startswith(key) else text


def _place(district: District) -> str:
    return _official(district.county.name) + _official(district.name)


def _official(name: str) -> str:
    """臺北市, as the maps' lists of counties have it; this project writes 台 throughout."""
    return name.replace("台", "臺")
