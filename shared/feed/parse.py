"""Bytes of a feed → a snapshot, and every row that was refused with its reason."""

import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from shared.catalog import Catalog, Hours, Kind, Location, Pharmacy, Snapshot, Stock
from shared.errors import FeedUnreadable
from shared.feed.known import Layout, recognise
from shared.places.locate import locate
from shared.places.telephone import parse_phone

TAIPEI = ZoneInfo("Asia/Taipei")

_ID = re.compile(r"[0-9A-Z]{10}")

_HEALTH_CENTRE = re.compile(r"衛生所|健康服務中心|衛生室|衛生局")


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row, or a cell of it, that was not taken."""

    line: int
    """1 is the line of the titles"""
    reason: str
    """in English, with the cell that is meant"""
    whole_row: bool = True
    """False: the row was taken without this cell"""


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one line that count, cleaned, before places are looked up."""

    id: str
    name: str
    address: str
    phone: str
    time: datetime
    stock: Stock
    location: Location | None


@dataclass(frozen=True, slots=True)
class Extras:
    """What other files tell about pharmacies."""

    hours: Mapping[str, Hours]
    """by pharmacy id"""
    locations: Mapping[str, Location]
    """by pharmacy id"""


NO_EXTRAS = Extras({}, {})


@dataclass(frozen=True, slots=True)
class Parsed:
    """A file, read."""

    snapshot: Snapshot
    refusals: tuple[Refusal, ...]
    described: Mapping[str, tuple[str, str, str]]
    """pharmacy id → name, address, phone as read: when they stay, the catalog stays"""
    extras: Extras


def parse_feed(
    content: bytes,
    *,
    before: Parsed | None = None,
    extras: Extras = NO_EXTRAS,
    recorded: bool = False,
    demo: bool = False,
) -> Parsed:
    """Read a whole file; FeedUnreadable where it is none, or holds no row that can be taken.

    `before`: what was read last; where only counts changed its catalog is kept, the same object.
    """
    lines = csv.reader(io.StringIO(decode(content), newline=""))
    titles = next(lines, None)
    if not titles:
        raise FeedUnreadable("the file is empty")
    layout = recognise(titles)
    rows, refusals = _read_rows(lines, layout)
    if not rows:
        raise FeedUnreadable("the file has its titles but no row that can be taken")
    described = {row.id: (row.name, row.address, row.phone) for row in rows}
    if before and before.described == described and before.extras is extras:
        catalog = before.snapshot.catalog
        unplaced: list[Refusal] = []
    else:
        catalog, unplaced = _build_catalog(rows, extras)
    snapshot = Snapshot(
        feed=layout.feed.name,
        products=layout.feed.products,
        catalog=catalog,
        stocks={row.id: row.stock for row in rows if row.id in catalog.by_id},
        source_time=max(row.time for row in rows),
        demo=demo,
        recorded=recorded,
    )
    return Parsed(snapshot, (*refusals, *unplaced), described, extras)


def decode(content: bytes) -> str:
    """The text of a file: UTF-8 with or without BOM, else Big5; FeedUnreadable for neither."""
    start = content[:512].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith((b"<!doctype", b"<html", b"<?xml", b"<head")):
        raise FeedUnreadable("the file is a web page (HTML), not a table")
    for encoding in ("utf-8-sig", "cp950"):
        try:
            return content.decode(encoding).replace("\x00", "")
        except UnicodeDecodeError:
            continue
    cut = content.rfind(b"\n")
    if cut > 0 and len(content) - cut < 2_000:  # cut off in the middle of a character
        try:
            return content[: cut + 1].decode("utf-8-sig").replace("\x00", "")
        except UnicodeDecodeError:
            pass
    raise FeedUnreadable("the file is neither UTF-8 nor Big5 text")


def _read_rows(lines: Iterator[list[str]], layout: Layout) -> tuple[list[Row], list[Refusal]]:
    rows: dict[str, Row] = {}
    refusals: list[Refusal] = []
    number = 1
    while True:
        number += 1
        try:
            cells = next(lines)
        except StopIteration:
            return list(rows.values()), refusals
        except csv.Error as problem:
            refusals.append(Refusal(number, f"not a line of a table: {problem}"))
            continue
        if not any(cell.strip() for cell in cells):
            continue
        row = _read_row(cells, layout, number, refusals)
        if row and row.id in rows:
            row = _add_up(rows[row.id], row)
        if row:
            rows[row.id] = row


def _add_up(first: Row, second: Row) -> Row:
    """A pharmacy that stands there once a brand has the sum of its brands."""
    total = Counter(first.stock)
    total.update(second.stock)
    return replace(first, stock=dict(total), time=max(first.time, second.time))


def _read_row(
    cells: Sequence[str], layout: Layout, line: int, refusals: list[Refusal]
) -> Row | None:
    """One line; None (and the reason among `refusals`) where it cannot be taken."""
    if len(cells) < layout.width:
        refusals.append(Refusal(line, f"cut off: {len(cells)} cells of {layout.width}"))
        return None
    if len(cells) > layout.width + 2:
        refusals.append(Refusal(line, f"too long: {len(cells)} cells of {layout.width}"))
        return None
    cell = {key: cells[place].strip() for key, place in layout.places.items()}
    identity = unicodedata.normalize("NFKC", cell["id"]).upper()
    name = clean_name(cell["name"])
    time = parse_time(cell["time"])
    for fault in (
        "" if _ID.fullmatch(identity) else f"the id {cell['id'][:20]!r} is not 10 characters",
        "" if name else "no name",
        "" if cell["address"] else "no address",
        "" if time else f"the time {cell['time'][:30]!r} cannot be read",
    ):
        if fault:
            refusals.append(Refusal(line, fault))
            return None
    assert time is not None  # noqa: S101  refused above
    stock = _read_stock(cells, layout, line, refusals)
    location = parse_location(cell.get("longitude", ""), cell.get("latitude", ""))
    return Row(identity, name, cell["address"], cell.get("phone", ""), time, stock, location)


def _read_stock(
    cells: Sequence[str], layout: Layout, line: int, refusals: list[Refusal]
) -> dict[str, int]:
    """The counts of a row; one that is no stock counts as none left, and is told."""
    stock = {}
    for product, place in layout.counts.items():
        text = unicodedata.normalize("NFKC", cells[place]).strip().replace(",", "")
        try:
            count = int(text or "0")
        except ValueError:
            count = -1
        if not 0 <= count <= layout.feed.most:
            reason = f"{product}: {cells[place].strip()[:20]!r} is no count; told as none left"
            refusals.append(Refusal(line, reason, whole_row=False))
            count = 0
        stock[product] = count
    return stock


@lru_cache(maxsize=20_000)  # names come again with every renewal
def clean_name(text: str) -> str:
    """A pharmacy's name half-width, with 台 for 臺.

    >>> clean_name("  臺大　藥局（總店） ")
    '台大藥局(總店)'
    """
    return "".join(unicodedata.normalize("NFKC", text).replace("臺", "台").split())


@lru_cache(maxsize=256)  # nearly every row of a file bears the same time
def parse_time(text: str) -> datetime | None:
    """2020/03/03 11:23:40 in Taipei, also with - for /, also without seconds; None otherwise."""
    plain = unicodedata.normalize("NFKC", text).strip().replace("-", "/")
    for form in ("%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M", "%Y/%m/%dT%H:%M:%S"):
        try:
            return datetime.strptime(plain, form).replace(tzinfo=TAIPEI)
        except ValueError:
            continue
    return None


def parse_location(longitude: str, latitude: str) -> Location | None:
    """A point in Taiwan's reach (Kinmen and Matsu too); None for any other."""
    try:
        x, y = float(longitude), float(latitude)
    except ValueError:
        return None
    return Location(x, y) if 118.0 <= x <= 122.5 and 21.5 <= y <= 26.8 else None


def _build_catalog(rows: Sequence[Row], extras: Extras) -> tuple[Catalog, list[Refusal]]:
    refusals = []
    pharmacies = []
    places = locate([(row.id, row.address) for row in rows])
    for row, (district, address) in zip(rows, places, strict=True):
        if district is None:
            text = f"{row.id} {row.name}: no district in {row.address[:40]!r}"
            refusals.append(Refusal(0, text))
            continue
        kind = Kind.HEALTH_CENTRE if _HEALTH_CENTRE.search(row.name) else Kind.PHARMACY
        pharmacies.append(
            Pharmacy(
                id=row.id,
                name=row.name,
                kind=kind,
                district=district,
                address=address,
                phone=parse_phone(row.phone, district),
                location=row.location or extras.locations.get(row.id),
                hours=extras.hours.get(row.id),
            )
        )
    return Catalog.of(tuple(pharmacies)), refusals
