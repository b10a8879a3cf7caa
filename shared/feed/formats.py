"""The feeds that `products.yaml` declares."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml

from shared.catalog import Product, ProductName
from shared.errors import FeedUnreadable


@dataclass(frozen=True, slots=True)
class FeedFormat:
    """One kind of file: its columns and what it counts."""

    name: str
    """masks, rapid_tests"""
    columns: Mapping[str, tuple[str, ...]]
    """id, name, address, phone, time … → spellings of the column's title"""
    counts: Mapping[str, tuple[str, ...]]
    """product id → spellings of its column's title"""
    products: tuple[Product, ...]
    most: int
    """a count above this is a mistake"""


@dataclass(frozen=True, slots=True)
class ColumnLayout:
    """Where the columns of a known feed stand in one file."""

    feed: FeedFormat
    places: Mapping[str, int]
    """column name (id, name …) → its place in a row; only those the file has"""
    counts: Mapping[str, int]
    """product id → the place of its column"""
    width: int
    """cells in a whole row"""


_TITLES_SHOWN = 80
_REQUIRED = ("id", "name", "address", "time")


@cache
def feed_formats() -> tuple[FeedFormat, ...]:
    """Every feed of the data file."""
    return parse_formats(
        resources.files(__package__).joinpath("products.yaml").read_text(encoding="utf-8")
    )


def parse_formats(text: str) -> tuple[FeedFormat, ...]:
    """The feeds that a data file declares."""
    data = yaml.safe_load(text)
    products = {
        key: Product(
            key,
            {
                locale: ProductName(**words)
                for locale, words in spec.items()
                if isinstance(words, dict)
            },
            topic=str(spec.get("topic", "")),
            for_children=bool(spec.get("for_children")),
        )
        for key, spec in data["products"].items()
    }
    return tuple(
        FeedFormat(
            name=name,
            columns={key: tuple(titles) for key, titles in spec["columns"].items()},
            counts={key: tuple(titles) for key, titles in spec["counts"].items()},
            products=tuple(products[key] for key in spec["counts"]),
            most=spec["most"],
        )
        for name, spec in data["feeds"].items()
    )


def recognise_format(titles: Sequence[str]) -> ColumnLayout:
    """The known feed whose columns `titles` are; FeedUnreadable names what is missing."""
    titles = [title.strip() for title in titles]
    missing: dict[str, list[str]] = {}
    known: dict[str, int] = {}
    for feed in feed_formats():
        places = _find(feed.columns, titles)
        counts = _find(feed.counts, titles)
        lacking = [feed.columns[key][0] for key in _REQUIRED if key not in places]
        lacking += [feed.counts[key][0] for key in feed.counts if key not in counts]
        if not lacking:
            return ColumnLayout(feed, places, counts, len(titles))
        missing[feed.name] = lacking
        known[feed.name] = len(places) + len(counts)
    nearest = max(known, key=lambda name: (known[name], -len(missing[name])))
    if not known[nearest]:  # in another language: any feed that was named would be a guess
        told = "、".join(titles)[:_TITLES_SHOWN]
        raise FeedUnreadable(f"not a known feed: no feed has columns such as {told}")
    raise FeedUnreadable(
        f"not a known feed: as {nearest} it lacks the columns {'、'.join(missing[nearest])}"
    )


def _find(columns: Mapping[str, tuple[str, ...]], titles: Sequence[str]) -> dict[str, int]:
    found = {}
    for key, spellings in columns.items():
        place = next((titles.index(title) for title in spellings if title in titles), None)
        if place is not None:
            found[key] = place
    return found
