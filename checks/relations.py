"""Checks beyond a schema: relations between the rows of a file, and with other files."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import chain, pairwise
from typing import Any

from checks.documents import Document, Fault, read_document
from checks.schema_formats import ROOT, like
from shared.places.middles import kilometres

_FARTHEST_KM = 25.0
"""From a landmark to the middle of its district: 台中榮總 and the like lie at most 12 km away, the
stations of 和平區 and 秀林鄉 farther."""

_FARTHEST_VILLAGE_KM = 60.0
"""梅山 of 桃源區 lies 40 km from where most of its people live."""

_KM_OFF, _SHARE_OFF = 0.7, 0.1
"""Two neighbours' kilometres were counted from the villages themselves, and the middles are rounded
medians of these: they differ by so much, and by so much of the way in the mountains."""


def districts(document: Document) -> Iterator[Fault]:
    """Each occurs once, and a county has one English name."""
    yield from _twice(document, ("county", "district"))
    english: dict[str, str] = {}
    for number, row in enumerate(document.value):
        known = english.setdefault(row.get("county", ""), row.get("county_en", ""))
        if row.get("county_en") != known:
            what = f"{row.get('county')} is {row.get('county_en')} here and {known} above"
            yield document.fault((number,), what, "give a county one English name")


def landmarks(document: Document) -> Iterator[Fault]:
    """Each name of a kind once, and none far from its district."""
    yield from _twice(document, ("kind", "name"))
    yield from _far(document, "name", _FARTHEST_KM)


def villages(document: Document) -> Iterator[Fault]:
    """Each name of a district once, and none far from its district."""
    yield from _twice(document, ("district", "village"))
    yield from _far(document, "village", _FARTHEST_VILLAGE_KM)


def _far(document: Document, name: str, most: float) -> Iterator[Fault]:
    """What lies farther from the middle of its district than `most` kilometres."""
    middles = _middles()
    for number, row in enumerate(document.value):
        middle, here = middles.get(row.get("district", "")), _point(row)
        if middle and here and (km := kilometres(middle, here)) > most:
            what = f"{row.get(name)} lies {km:.0f} km from the middle of {row['district']}"
            yield document.fault((number,), what, "put its district or its point right")


def middles(document: Document) -> Iterator[Fault]:
    """Every district has one."""
    yield from _twice(document, ("district",))
    there = {row.get("district") for row in document.value}
    for key in sorted(set(like("district")) - there):
        yield document.fault((), f"{key} has no middle", "give it a row")


def neighbours(document: Document) -> Iterator[Fault]:
    """Each pair once, no district its own neighbour, and the kilometres as between the middles."""
    middles, seen = _middles(), set[frozenset[str]]()
    for number, row in enumerate(document.value):
        one, other = row.get("district", ""), row.get("neighbour", "")
        if one == other:
            yield document.fault((number,), f"{one} is its own neighbour", "delete the row")
        elif frozenset((one, other)) in seen:
            yield document.fault((number,), f"{one} and {other} stand there twice", "keep one")
        seen.add(frozenset((one, other)))
        if one in middles and other in middles and re.fullmatch(r"[\d.]+", row.get("km", "")):
            km = kilometres(middles[one], middles[other])
            if abs(km - float(row["km"])) > _KM_OFF + km * _SHARE_OFF:
                what = f"{row['km']} km between {one} and {other}"
                yield document.fault((number,), what, f"give what middles.csv tells: {km:.1f}")


def area_codes(document: Document) -> Iterator[Fault]:
    """Every county has a code; what is dialled in a town is a code."""
    codes, callers = (document.value[name] for name in ("codes", "callers"))
    served = set(chain.from_iterable(codes.values()))
    for county in sorted(set(like("county")) - served):
        yield document.fault(("codes",), f"{county} has no area code", "give it one")
    for part in ("towns", "second"):
        for town, code in document.value[part].items():
            if code not in codes:
                what = f"{town}: {code!r} is none of the codes above"
                yield document.fault((part, town), what, f"take one of {', '.join(codes)}")
    for digits in callers:
        if not any(digits.startswith(code) for code in codes):
            what = f"{digits}: no area code begins so"
            yield document.fault(("callers", digits), what, "begin with a code of the list above")


def former(document: Document) -> Iterator[Fault]:
    """A former name is not one of today."""
    for part, today in (("counties", like("county")), ("districts", like("district"))):
        for name in document.value[part]:
            if name in today:
                what = f"{name} is the name of today"
                yield document.fault((part, name), what, "delete the line")


def products(document: Document) -> Iterator[Fault]:
    """What a feed counts, and what a product is about, is declared; no column is two things."""
    topics, declared, feeds = (document.value[part] for part in ("topics", "products", "feeds"))
    for product, words in declared.items():
        if words["topic"] not in topics:
            what = f"{words['topic']} is no topic of the list above"
            yield document.fault(
                ("products", product, "topic"), what, f"take one of {', '.join(topics)}"
            )
        if not any(product in feed["counts"] for feed in feeds.values()):
            what = f"no feed counts {product}"
            yield document.fault(("products", product), what, "name its column in a feed")
    for name, feed in feeds.items():
        for product in feed["counts"]:
            if product not in declared:
                what = f"{product} is no product of the list above"
                place = ("feeds", name, "counts", product)
                yield document.fault(place, what, f"take one of {', '.join(declared)}")
        columns = [*feed["columns"].values(), *feed["counts"].values()]
        for title, times in Counter(chain.from_iterable(columns)).items():
            if times > 1:
                what = f"{title} is the title of two columns"
                yield document.fault(("feeds", name), what, "a column is one thing")


_FIRST_RULE = (
    *("adult", "child", "days", "price", "parity", "child_any_day", "child_age", "child_size"),
    *("bring", "proxy", "proxy_child", "pack", "free_market"),
)
"""What the first row of a feed must say, since there is none before it."""


def rules(document: Document) -> Iterator[Fault]:
    """The first row says everything, each row is later than the one before."""
    for feed, rows in document.value.items():
        missing = [key for key in _FIRST_RULE if key not in rows[0]]
        if missing:
            what = f"{feed}: the first row lacks {', '.join(missing)}"
            yield document.fault((feed, 0), what, "give them: there is no row before it")
        yield from _in_order(document, (feed,), [row.get("since") for row in rows])
        for number, row in enumerate(rows[:-1]):
            if row.get("over"):
                what = "the scheme is over, and goes on below"
                yield document.fault((feed, number), what, "only the last row may say over")


def holidays(document: Document) -> Iterator[Fault]:
    """Each day lies in its year, and they stand in order; a name is one feast's."""
    for year, days in document.value.items():
        if not year.isdigit():
            continue
        yield from _in_order(document, (year,), days)
        for number, day in enumerate(days):
            if isinstance(day, date) and str(day.year) != year:
                what = f"{day} does not lie in {year}"
                yield document.fault((year, number), what, "move it to its year")
    yield from _feast_names(document)


def _feast_names(document: Document) -> Iterator[Fault]:
    bearers: dict[str, str] = {}
    for feast, spec in document.value["feasts"].items():
        for name in spec["names"]:
            if bearers.setdefault(name, feast) != feast:
                what = f"{name} is a name of {bearers[name]} and of {feast}"
                yield document.fault(("feasts", feast, "names"), what, "give it to one")


def chains(document: Document) -> Iterator[Fault]:
    """What people say is one chain's."""
    bearers: dict[str, int] = {}
    for number, row in enumerate(document.value):
        for name in row["said"]:
            if bearers.setdefault(name, number) != number:
                what = f"{name} is said of the chain in line {document.line((bearers[name],))} too"
                yield document.fault((number,), what, "say it of one of them")


def map_steps(document: Document) -> Iterator[Fault]:
    """A product is one of products.yaml; the numbers rise."""
    for product, steps in document.value.items():
        if product != "other" and product not in like("product"):
            what = f"{product} is no product of products.yaml"
            yield document.fault((product,), what, f"take one of {', '.join(like('product'))}")
        if list(steps) != sorted(steps):
            yield document.fault((product,), f"{steps} do not rise", "write the least first")


def _in_order(document: Document, place: tuple[str, ...], days: list[Any]) -> Iterator[Fault]:
    for number, (earlier, later) in enumerate(pairwise(days)):
        if isinstance(earlier, date) and isinstance(later, date) and later <= earlier:
            what = f"{later} stands behind {earlier}"
            yield document.fault((*place, number + 1), what, "put the days in order, each once")


def _twice(document: Document, columns: tuple[str, ...]) -> Iterator[Fault]:
    seen: dict[tuple[str, ...], int] = {}
    for number, row in enumerate(document.value):
        key = tuple(row.get(column, "") for column in columns)
        if key in seen:
            what = f"{''.join(key)} stands also in line {document.line((seen[key],))}"
            yield document.fault((number,), what, "keep one of them")
        seen.setdefault(key, number)


def _middles() -> Mapping[str, tuple[float, float]]:
    rows = read_document(ROOT / "shared/places/middles.csv").value or []
    return {row.get("district", ""): point for row in rows if (point := _point(row))}


def _point(row: Mapping[str, str]) -> tuple[float, float] | None:
    """Longitude and latitude; None where they are no numbers."""
    try:
        return float(row["longitude"]), float(row["latitude"])
    except (KeyError, ValueError):
        return None
