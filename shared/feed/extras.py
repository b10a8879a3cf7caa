"""The daily files beside a feed: opening hours and coordinates."""

import csv
import io
import logging
import re

from shared.catalog import Hours, Location
from shared.errors import FeedUnreadable
from shared.feed.parse import decode, parse_location

log = logging.getLogger(__name__)

_PERIODS = re.compile(r"[NY]{21}")


def parse_hours(content: bytes) -> dict[str, Hours]:
    """固定服務時段: pharmacy id → hours; rows whose periods are not 21 of N and Y keep the note."""
    hours = {}
    odd = 0
    for row in _table(content, "醫事機構代碼", "看診星期"):
        periods = (row["看診星期"] or "").strip().upper()
        note = (row.get("看診備註") or "").strip()
        if not _PERIODS.fullmatch(periods):
            odd += 1
            periods = ""
        if periods or note:
            hours[(row["醫事機構代碼"] or "").strip()] = Hours(periods, note)
    if odd:
        log.warning("hours: %d rows have no 21 periods of N and Y; only their note is used", odd)
    return hours


def parse_locations(content: bytes) -> dict[str, Location]:
    """醫事機構代碼,x,y: pharmacy id → point; points outside Taiwan are left out."""
    locations = {}
    odd = 0
    for row in _table(content, "醫事機構代碼", "x", "y"):
        location = parse_location(row["x"] or "", row["y"] or "")
        if location is None:
            odd += 1
        else:
            locations[(row["醫事機構代碼"] or "").strip()] = location
    if odd:
        log.warning("locations: %d points are missing, swapped or outside Taiwan", odd)
    return locations


def _table(content: bytes, *needed: str) -> list[dict[str, str | None]]:
    reader = csv.DictReader(io.StringIO(decode(content), newline=""))
    missing = [title for title in needed if title not in (reader.fieldnames or ())]
    if missing:
        raise FeedUnreadable(f"the columns {'、'.join(missing)} are missing")
    return [dict(row) for row in reader]
