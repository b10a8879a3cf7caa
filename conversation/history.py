"""The changes of each pharmacy's counts, in SQLite: when restocked, when usually sold out.

Only changes between two polls count: one that happened while the service was down has no time. The
process that polls writes, any may read. A disk that fails costs the history, never a call.
"""

import sqlite3
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from pathlib import Path
from statistics import median, quantiles
from typing import TypeVar

from shared.catalog import Snapshot
from shared.clock import TAIPEI
from shared.sqlite_file import attempt

DELIVERY = 20
"""A count that rises by less was corrected, not restocked: deliveries had 50 or 200 masks."""

DAYS_LOOKED_AT = 14
"""The days from which the usual hour is computed; deliveries and rules changed every few weeks."""

ENOUGH_DAYS = 5
"""There is a usual hour only if it sold out on at least so many days, and on most observed ones."""

ALIKE_H = 2.0
"""The middle half of the hours must lie within this, or there is no usual hour."""

DAYS_KEPT = 28

_ROUNDED_TO_MIN = 10

_MIGRATIONS = (
    (
        """CREATE TABLE IF NOT EXISTS series (
            id INTEGER PRIMARY KEY, pharmacy TEXT NOT NULL, product TEXT NOT NULL,
            UNIQUE (pharmacy, product)
        )""",
        """CREATE TABLE IF NOT EXISTS change (
            series INTEGER NOT NULL, at INTEGER NOT NULL, was INTEGER NOT NULL,
            now INTEGER NOT NULL, PRIMARY KEY (series, at)
        ) WITHOUT ROWID""",
    ),
)
"""`at`: seconds since 1970; `was` and `now`: the counts. Some 22 bytes a change."""

_ADD_SERIES = "INSERT OR IGNORE INTO series (pharmacy, product) VALUES (?, ?)"
_ADD_CHANGE = """
INSERT OR REPLACE INTO change SELECT id, ?, ?, ? FROM series WHERE pharmacy = ? AND product = ?
"""
_CHANGES = """
SELECT at, was, now FROM change JOIN series ON series.id = change.series
WHERE pharmacy = ? AND product = ? AND at >= ? AND at < ? ORDER BY at
"""

DAY_S = 86_400
ALL_TIME = 2**62

Change = tuple[int, int, int]
"""at, was, now"""

_Changed = tuple[str, str, int, int]
"""pharmacy id, product id, was, now"""

T = TypeVar("T")


class StockHistory:
    """The changes, in one file."""

    def __init__(self, path: Path) -> None:
        """`path`: the file under DATA_DIR; made where it is missing."""
        self._path = path
        self._day: date | None = None

    def record(self, previous: Snapshot | None, current: Snapshot) -> None:
        """Keep what changed from `previous` to `current`; without a previous one, nothing."""
        if previous is None or current.recorded or previous.feed != current.feed:
            return
        if current.source_time <= previous.source_time:
            return
        changed = list(_changes(previous, current))
        at = int(current.source_time.timestamp())
        self._attempt(lambda connection: self._write(connection, at, changed))

    def _write(self, connection: sqlite3.Connection, at: int, changed: list[_Changed]) -> None:
        series = [(pharmacy, product) for pharmacy, product, _, _ in changed]
        connection.executemany(_ADD_SERIES, series)
        connection.executemany(
            _ADD_CHANGE,
            [(at, was, now, pharmacy, product) for pharmacy, product, was, now in changed],
        )
        day = datetime.fromtimestamp(at, TAIPEI).date()
        if day != self._day:
            oldest = at - DAYS_KEPT * DAY_S
            connection.execute("DELETE FROM change WHERE at < ?", (oldest,))
            self._day = day

    def restocked_at(self, pharmacy_id: str, product: str, day: date) -> time | None:
        """When the count last rose by a delivery on `day`; None when that was not seen."""
        start = int(datetime.combine(day, time(), TAIPEI).timestamp())
        rises = [
            at
            for at, was, now in self._seen(pharmacy_id, product, start, start + DAY_S)
            if now - was >= DELIVERY
        ]
        return _clock(rises[-1]) if rises else None

    def sells_out_about(self, pharmacy_id: str, product: str) -> time | None:
        """The usual time at which none is left, to ten minutes; None when too little was seen."""
        seen = self._seen(pharmacy_id, product, 0, ALL_TIME)
        if not seen:
            return None
        first = seen[-1][0] - DAYS_LOOKED_AT * DAY_S
        days: dict[date, int | None] = {}
        for at, _, now in seen:
            if at >= first:
                moment = datetime.fromtimestamp(at, TAIPEI)
                days[moment.date()] = moment.hour * 60 + moment.minute if now == 0 else None
        minutes = [minute for minute in days.values() if minute is not None]
        if len(minutes) < ENOUGH_DAYS or len(minutes) * 2 <= len(days):
            return None
        early, _, late = quantiles(minutes, n=4)
        if late - early > ALIKE_H * 60:
            return None
        return _rounded(median(minutes))

    def _seen(self, pharmacy_id: str, product: str, start: int, end: int) -> list[Change]:
        """The changes from `start` to before `end`, in order."""
        asked = (pharmacy_id, product, start, end)
        found = self._attempt(lambda connection: connection.execute(_CHANGES, asked).fetchall())
        return found or []

    def _attempt(self, work: Callable[[sqlite3.Connection], T]) -> T | None:
        return attempt(self._path, _MIGRATIONS, work, "history")


def _changes(previous: Snapshot, current: Snapshot) -> Iterator[_Changed]:
    """The counts that differ, of pharmacies and products that stand in both."""
    for pharmacy, stock in current.stocks.items():
        before = previous.stocks.get(pharmacy)
        if before is None or before == stock:
            continue
        for product, now in stock.items():
            was = before.get(product)
            if was is not None and was != now:
                yield pharmacy, product, was, now


def _clock(at: int) -> time:
    moment = datetime.fromtimestamp(at, TAIPEI)
    return time(moment.hour, moment.minute)


def _rounded(minutes: float) -> time:
    rounded = min(round(minutes / _ROUNDED_TO_MIN) * _ROUNDED_TO_MIN, 24 * 60 - _ROUNDED_TO_MIN)
    return time(*divmod(rounded, 60))
