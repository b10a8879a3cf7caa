"""Which district a telephone asked about last, for 「和上次一樣」; only where it is switched on.

The number itself is never kept: its key is an HMAC with the service's secret. What is kept goes
after 30 days, or when the caller says so (個人資料保護法, the Personal Data Protection Act, §11).
"""

import hashlib
import hmac
import logging
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from shared.places.telephone import subscriber_of

log = logging.getLogger(__name__)

KEPT = timedelta(days=30)

_SCHEMA = """
CREATE TABLE IF NOT EXISTS usual (
    telephone BLOB PRIMARY KEY, district TEXT NOT NULL, at INTEGER NOT NULL
) WITHOUT ROWID;
"""


_RECALL = "SELECT district FROM usual WHERE telephone = ? AND at >= ?"

T = TypeVar("T")


class Memory:
    """The last district of each telephone, in one file."""

    def __init__(self, path: Path, secret: str) -> None:
        """`path`: the file under DATA_DIR; `secret`: the service's SECRET_KEY."""
        if not secret:
            raise ValueError("memory needs a secret: without one a number can be found by trying")
        self._path = path
        self._secret = secret.encode()
        self._try(lambda connection: connection.executescript(_SCHEMA))

    def remember(self, number: str, district: str, now: datetime) -> None:
        """Keep `district` (its key) for `number`; a withheld number is not kept."""
        key = self._key(number)
        if key is None:
            return
        row = (key, district, int(now.timestamp()))

        def write(connection: sqlite3.Connection) -> None:
            connection.execute("DELETE FROM usual WHERE at < ?", (_oldest(now),))
            connection.execute("INSERT OR REPLACE INTO usual VALUES (?, ?, ?)", row)

        self._try(write)

    def recall(self, number: str, now: datetime) -> str:
        """The key of the district that `number` asked about last; "" where none is kept."""
        asked = (self._key(number), _oldest(now))
        if asked[0] is None:
            return ""
        found = self._try(lambda connection: connection.execute(_RECALL, asked).fetchone())
        return str(found[0]) if found else ""

    def forget(self, number: str) -> None:
        """Delete what is kept of `number`, on the disk too."""
        key = self._key(number)
        if key is None:
            return

        def delete(connection: sqlite3.Connection) -> None:
            connection.execute("DELETE FROM usual WHERE telephone = ?", (key,))

        self._try(delete)

    def _key(self, number: str) -> bytes | None:
        """The key of a Taiwanese number, however written; None for any other."""
        subscriber = subscriber_of(number)
        return (
            hmac.digest(self._secret, subscriber.encode(), hashlib.sha256) if subscriber else None
        )

    def _try(self, work: Callable[[sqlite3.Connection], T]) -> T | None:
        """What `work` returns, its changes committed; None, and a line in the log, if it fails."""
        try:
            with closing(sqlite3.connect(self._path, timeout=1)) as connection, connection:
                connection.execute("PRAGMA secure_delete = ON")
                return work(connection)
        except sqlite3.Error:
            log.exception("memory in %s cannot be used", self._path)
            return None


def _oldest(now: datetime) -> int:
    return int((now - KEPT).timestamp())
