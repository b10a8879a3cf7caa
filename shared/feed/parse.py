"""Bytes of a feed → a snapshot, and every row that was refused with its reason."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from shared.catalog import Catalog, Hours, Kind, Location, Pharmacy, Snapshot
from shared.errors import FeedUnreadable
from shared.feed.formats import recognise_format
from shared.feed.rows import RejectedRow, Row, Who, read_rows, shown
from shared.feed.table import decode, read_table
from shared.places.locate import locate
from shared.places.telephone_numbers import parse_phone

log = logging.getLogger(__name__)

_HEALTH_CENTRES = ("衛生所", "衛生室", "健康服務中心")

SANE_AHEAD = timedelta(days=1)
"""A row whose time lies so far after that of half the rows has a slip in it: 2030 for 2020."""


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
    refusals: tuple[RejectedRow, ...]
    described: Mapping[str, Who]
    """by pharmacy id, as read: when they stay, the catalog stays"""
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
    titles, lines = read_table(decode(content))
    layout = recognise_format(titles)
    rows, refusals = read_rows(lines, layout)
    described = {row.who.id: row.who for row in rows}
    unplaced: list[RejectedRow] = []
    if before and before.extras is extras and before.described == described:
        catalog = before.snapshot.catalog
    else:
        topic = next((product.topic for product in layout.feed.products), "")
        catalog, unplaced = _build_catalog(rows, extras, topic)
    if not catalog.pharmacies:
        raise FeedUnreadable("the file has its titles but no row that can be taken")
    snapshot = Snapshot(
        feed=layout.feed.name,
        products=layout.feed.products,
        catalog=catalog,
        stocks={row.who.id: row.stock for row in rows if row.who.id in catalog.by_id},
        source_time=newest_sane([row.time for row in rows]),
        demo=demo,
        recorded=recorded,
    )
    return Parsed(snapshot, (*refusals, *unplaced), described, extras)


def newest_sane(times: Sequence[datetime]) -> datetime:
    """The newest of the rows' times but those far ahead of the others."""
    ordered = sorted(times)
    latest = ordered[len(ordered) // 2] + SANE_AHEAD
    return next(time for time in reversed(ordered) if time <= latest)


def kind_of(name: str) -> Kind:
    """Whether a name is that of a health centre: 大安健康服務中心, 新竹市東區衛生所."""
    centre = any(word in name for word in _HEALTH_CENTRES)
    return Kind.HEALTH_CENTRE if centre else Kind.PHARMACY


def _hours(listed: Hours | None, remark: str, topic: str) -> Hours | None:
    """The hours of the daily file and the feed's own remark; None where there is neither."""
    if listed is None:
        return Hours("", remark=remark, topic=topic) if remark else None
    return replace(listed, remark=remark, topic=topic)


def _build_catalog(
    rows: Sequence[Row], extras: Extras, topic: str
) -> tuple[Catalog, list[RejectedRow]]:
    refusals = []
    pharmacies = []
    places = locate([(row.who.id, row.who.address) for row in rows])
    for row, (district, address) in zip(rows, places, strict=True):
        who = row.who
        if district is None:
            refusals.append(
                RejectedRow(row.line, f"no district in the address: {shown(who.address)}")
            )
            continue
        pharmacies.append(
            Pharmacy(
                id=who.id,
                name=who.name,
                kind=kind_of(who.name),
                district=district,
                address=address,
                phone=parse_phone(who.phone, district),
                location=who.location or extras.locations.get(who.id),
                hours=_hours(extras.hours.get(who.id), who.remark, topic),
            )
        )
    _name_strangers(extras, {row.who.id for row in rows})
    return Catalog.of(tuple(pharmacies)), refusals


def _name_strangers(extras: Extras, known: set[str]) -> None:
    """Hours and points of pharmacies that the feed does not hold are left out, and said to be."""
    for name, told in (("hours", extras.hours), ("locations", extras.locations)):
        strangers = len(told.keys() - known)
        if strangers:
            log.info("%s: %d of %d are of pharmacies not in the feed", name, strangers, len(told))
