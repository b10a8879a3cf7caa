"""The daily files beside a feed: opening hours and coordinates."""

import logging
import re
from collections.abc import Iterator

from shared.catalog import Hours, Location
from shared.errors import FeedUnreadable
from shared.feed.rows import parse_location
from shared.feed.table import BROKEN, decode, read_table

log = logging.getLogger(__name__)

_PERIODS = re.compile(r"[NY]{21}")

LONGEST_NOTE = 500
"""Characters. Real notes have up to 120; a longer one is no note, and would take long to read."""


def parse_hours(content: bytes) -> dict[str, Hours]:
    """固定服務時段: pharmacy id → hours; rows whose periods are not 21 of N and Y keep the note."""
    hours = {}
    odd = 0
    for identity, text, note in _columns(content, "醫事機構代碼", "看診星期", "看診備註"):
        periods = text.upper()
        if not _PERIODS.fullmatch(periods):
            odd += 1
            periods = ""
        if len(note) > LONGEST_NOTE or BROKEN in note:
            note = ""
        if periods or note:
            hours[identity] = Hours(periods, note)
    if odd:
        log.warning("hours: %d rows have no 21 periods of N and Y; only their note is used", odd)
    return hours


def parse_locations(content: bytes) -> dict[str, Location]:
    """醫事機構代碼,x,y: pharmacy id → point; points outside Taiwan are left out."""
    locations = {}
    odd = 0
    for identity, x, y in _columns(content, "醫事機構代碼", "x", "y"):
        location = parse_location(x, y)
        if location is None:
            odd += 1
        else:
            locations[identity] = location
    if odd:
        log.warning("locations: %d points are missing, swapped or outside Taiwan", odd)
    return locations


def _columns(content: bytes, *names: str) -> Iterator[tuple[str, ...]]:
    """The cells of these columns, line by line; lines that are cut off are left out."""
    titles, lines = read_table(decode(content))
    missing = [name for name in names if name not in titles]
    if missing:
        raise FeedUnreadable(f"the columns {'、'.join(missing)} are missing")
    places = [titles.index(name) for name in names]
    for _, cells in lines:
        if len(cells) >= len(titles):
            yield tuple(cells[place].strip() for place in places)
