"""The snapshot as GeoJSON, in the form of the `json/points.json` that the maps of 2020 read.

The form is that of 藥局口罩採購地圖 (github.com/kiang/pharmacies), from which many maps took their
data; docs/api.md describes how they read it. Names and types of the properties are theirs.
"""

import json
from functools import lru_cache

from shared.catalog import Hours, Location, Pharmacy, Snapshot, Stock
from shared.hours import has_stopped
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


_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def make_points(snapshot: Snapshot, *, told: bool = True) -> Body:
    """The pharmacies whose coordinates are known, as a FeatureCollection (RFC 7946).

    `told`: with their counts; else as those maps write what is not known, counts of 0 and no time.
    """
    time = f"{snapshot.source_time:%Y/%m/%d %H:%M:%S}"
    points = points_of(snapshot.catalog)
    features = (
        _feature(one, points[one.id], _sold(one, snapshot) if told else {}, time)
        for one in snapshot.catalog.pharmacies
        if one.id in points
    )
    lines = ",\n".join(map(_JSON.encode, features))  # one by one: all at once held the calls up
    return Body.of(f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n')


def _sold(pharmacy: Pharmacy, snapshot: Snapshot) -> Stock:
    """The counts, 0 where a pharmacy's note says that it does not sell the product any more: its
    count is stale, and it would be the greenest point of the map."""
    stock, today = snapshot.stocks.get(pharmacy.id, {}), snapshot.source_time.date()
    stopped = {one.id for one in snapshot.products if has_stopped(pharmacy, one, today)}
    return {product: 0 if product in stopped else count for product, count in stock.items()}


def _feature(pharmacy: Pharmacy, point: Location, stock: Stock, time: str) -> dict[str, object]:
    hours = pharmacy.hours or Hours("")
    properties = {
        "id": pharmacy.id,
        "name": pharmacy.name.translate(_HARMLESS),
        "phone": _phone(pharmacy.phone),
        "address": _address(pharmacy).translate(_HARMLESS),
        **{product: left for product, left in stock.items() if product not in MASKS},
        **{name: stock.get(product, 0) for product, name in MASKS.items()},
        "updated": time if stock else "",
        "available": _available(hours.periods),
        "note": hours.note.translate(_HARMLESS),
        "custom_note": "",
        "website": "",
        "county": _official(pharmacy.district.county.name),
        "town": _official(pharmacy.district.name),
        "cunli": pharmacy.address.village.translate(_HARMLESS),
        "service_periods": hours.periods,
    }
    geometry = {"type": "Point", "coordinates": [point.longitude, point.latitude]}
    return {"type": "Feature", "geometry": geometry, "properties": properties}


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
    return _official(key) + text[len(key) :] if text.startswith(key) else text


def _official(name: str) -> str:
    """臺北市, as the maps' lists of counties have it; this project writes 台 throughout."""
    return name.replace("台", "臺")
