"""The lines of a feed → what each says, and every line or cell that was refused."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from operator import itemgetter

from shared.catalog import Location, Stock
from shared.clock import TAIPEI
from shared.feed.formats import ColumnLayout
from shared.feed.table import BROKEN, LONGEST_LINE

_ID = re.compile(r"[0-9A-Z]{10}")
_WHO = ("id", "name", "address", "phone", "longitude", "latitude", "remark")
NOWHERE = -1
"""Where a column stands that the file lacks: an empty cell is put after the last."""

LONGEST_REMARK = 500
"""Characters; what is longer is no remark, and would take long to read."""

_SHOWN = 60

_COUNT = re.compile(r"[0-9]{1,9}")

LAND = (
    (119.95, 122.1, 21.85, 25.7),
    (119.2, 119.8, 23.1, 23.85),
    (118.1, 118.55, 24.1, 24.65),
    (119.4, 119.55, 24.9, 25.1),
    (119.85, 120.6, 25.9, 26.45),
)
"""West, east, south, north, in degrees: Taiwan with Lanyu and the northern islets; Penghu; Kinmen;
Wuqiu; Matsu. Tight enough that most of the strait lies outside."""


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A line, or a cell of it, that was not taken."""

    line: int
    """1 is the line of the titles"""
    reason: str
    """in English, with the cell that is meant"""
    whole_row: bool = True
    """False: the row was taken without this cell"""


@dataclass(frozen=True, slots=True)
class Who:
    """What a line says of the place that sells, cleaned."""

    id: str
    name: str
    address: str
    phone: str
    location: Location | None
    remark: str = ""
    """備註, free text by the pharmacy; those of all its lines, each once"""


@dataclass(frozen=True, slots=True)
class Row:
    """A line that counts, or several that were added up."""

    line: int
    who: Who
    time: datetime
    stock: Stock
    """without the products whose count was refused: nothing is told of them"""


def read_rows(
    lines: Iterable[tuple[int, list[str]]], layout: ColumnLayout
) -> tuple[list[Row], list[RejectedRow]]:
    """One row for each pharmacy, in the order of the file, its brands added up."""
    places = [layout.places.get(key, NOWHERE) for key in _WHO]
    pick = itemgetter(*places)
    brand_place = layout.places.get("brand", NOWHERE)
    brands: dict[str, dict[str, Row]] = {}
    refusals: list[RejectedRow] = []
    for number, cells in lines:
        fault = _shape_fault(cells, layout.width)
        cells.append("")  # where a column that this file lacks is looked for
        who = fault or _read_who(*pick(cells))
        time = parse_time(cells[layout.places["time"]]) if not fault else None
        if isinstance(who, str) or time is None:
            reason = who if isinstance(who, str) else "the time cannot be read"
            refusals.append(RejectedRow(number, f"{reason}: {shown(','.join(cells[:-1]))}"))
            continue
        row = Row(number, who, time, _read_stock(cells, layout, number, refusals))
        _add(row, cells[brand_place].strip(), brands.setdefault(who.id, {}), refusals)
    return [_add_up(tuple(others.values())) for others in brands.values()], refusals


def _add(row: Row, brand: str, others: dict[str, Row], refusals: list[RejectedRow]) -> None:
    """Put `row` beside the other brands of its pharmacy; of two of one brand the newer stays."""
    twin = others.setdefault(brand, row)
    if twin is not row:
        older, others[brand] = (twin, row) if row.time > twin.time else (row, twin)
        refusals.append(
            RejectedRow(older.line, f"{row.who.id} stands there twice; the newer counts")
        )


def _add_up(brands: tuple[Row, ...]) -> Row:
    if len(brands) == 1:
        return brands[0]
    total = Counter[str]()
    for row in brands:
        total.update(row.stock)
    remarks = dict.fromkeys(row.who.remark for row in brands if row.who.remark)
    who = replace(brands[0].who, remark=" ".join(remarks)[:LONGEST_REMARK])
    return replace(brands[0], who=who, stock=dict(total), time=max(row.time for row in brands))


def _shape_fault(cells: Sequence[str], width: int) -> str:
    """Why a line is no row; a cell too many shifts the counts, so they cannot be trusted."""
    text = "".join(cells)
    if len(text) > LONGEST_LINE:
        return f"too long, {len(text):,} characters"
    if len(cells) < width:
        return f"cut off, {len(cells)} cells of {width}"
    if any(cell.strip() for cell in cells[width:]):
        return f"too many cells, {len(cells)} of {width}"
    return "bytes that are not of the file's encoding" if BROKEN in text else ""


@lru_cache(maxsize=20_000)  # all but the counts comes again with every renewal
def _read_who(
    identity: str,
    name: str,
    address: str,
    phone: str,
    longitude: str,
    latitude: str,
    remark: str = "",
) -> Who | str:
    """What a line says of the place that sells, or why it cannot be taken."""
    cleaned = unicodedata.normalize("NFKC", identity).strip().upper()
    if not _ID.fullmatch(cleaned):
        return "the id is not 10 characters"
    if not name.strip():
        return "no name"
    if not address.strip():
        return "no address"
    location = parse_location(longitude, latitude)
    remark = remark.strip()[:LONGEST_REMARK]
    return Who(cleaned, clean_name(name), address.strip(), phone.strip(), location, remark)


def _read_stock(
    cells: Sequence[str], layout: ColumnLayout, line: int, refusals: list[RejectedRow]
) -> Stock:
    """The counts of a row but those that can be no stock: -5, 99999999, 約20, nothing at all."""
    stock = {}
    for product, place in layout.counts.items():
        count = parse_count(cells[place])
        if count is None or count > layout.feed.most:
            reason = f"{product}: {cells[place].strip()[:20]!r} is no count; none is told"
            refusals.append(RejectedRow(line, reason, whole_row=False))
        else:
            stock[product] = count
    return stock


@lru_cache(maxsize=4_096)  # few numbers come again and again
def parse_count(text: str) -> int | None:
    """A whole number from 0 on, full-width and with thousands' commas too; None for any other.

    >>> parse_count(" １,２００ "), parse_count("-3"), parse_count("")
    (1200, None, None)
    """
    plain = unicodedata.normalize("NFKC", text).strip().replace(",", "")
    return int(plain) if _COUNT.fullmatch(plain) else None


def clean_name(text: str) -> str:
    """A pharmacy's name as the feed writes it, without its white space.

    Its 臺 stays: the name is the pharmacy's own, and whoever looks it up in the feed finds it.

    >>> clean_name("  臺大　藥局（總店） ")
    '臺大藥局（總店）'
    """
    return "".join(text.split())


@lru_cache(maxsize=256)  # nearly every row of a file bears the same time
def parse_time(text: str) -> datetime | None:
    """2020/03/03 11:23:40 in Taipei, also with - for /, also without seconds; None otherwise."""
    plain = unicodedata.normalize("NFKC", text).strip().replace("-", "/").replace("T", " ")
    for form in ("%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M"):
        with suppress(ValueError):
            return datetime.strptime(plain, form).replace(tzinfo=TAIPEI)
    return None


def shown(text: str) -> str:
    """The start of what a file holds as it may stand on a terminal: no control characters."""
    return "".join(sign if sign.isprintable() else "·" for sign in text[:_SHOWN])


def parse_location(longitude: str, latitude: str) -> Location | None:
    """A point of Taiwan or its islands; None for the open sea, swapped numbers, none at all."""
    try:
        x, y = float(longitude), float(latitude)
    except ValueError:
        return None
    ashore = any(west <= x <= east and south <= y <= north for west, east, south, north in LAND)
    return Location(x, y) if ashore else None
