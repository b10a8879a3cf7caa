"""A storage for the `limits` library in SQLite: counts that the workers of one host share.

Used without Redis, for rare events that must not be counted by each worker for itself: tries at a
password, sessions that were ended. Times are those of the wall clock, so that they outlive a
restart.
"""

import sqlite3
from collections.abc import Callable
from pathlib import Path

from limits.storage import Storage

from shared.sqlite_file import opened

_MIGRATIONS = (
    (
        "CREATE TABLE counted (key TEXT PRIMARY KEY, count INTEGER NOT NULL, until REAL NOT NULL)"
        " WITHOUT ROWID",
    ),
)
_ADD = """INSERT INTO counted VALUES (?1, ?2, ?3) ON CONFLICT (key) DO UPDATE
SET count = count + ?2 RETURNING count"""


class FileCounts(Storage):
    """Key → its count, until it expires. Methods raise one of `shared.sqlite_file.PROBLEMS`."""

    STORAGE_SCHEME = None

    def __init__(self, path: Path, clock: Callable[[], float]) -> None:
        """`path`: the file under DATA_DIR; `clock`: seconds since 1970."""
        super().__init__()
        self._path, self._clock = path, clock

    @property
    def base_exceptions(self) -> type[Exception]:
        """Raised for a full disk or a damaged file."""
        return sqlite3.Error

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        """The count after adding `amount`; a new or expired one lasts `expiry` seconds."""
        now = self._clock()
        with opened(self._path, _MIGRATIONS) as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("DELETE FROM counted WHERE until <= ?", (now,))
            (count,) = connection.execute(_ADD, (key, amount, now + expiry)).fetchone()
        return int(count)

    def get(self, key: str) -> int:
        """The count."""
        return int(self._row(key)[0])

    def get_expiry(self, key: str) -> float:
        """When the count expires, by the clock."""
        return float(self._row(key)[1])

    def check(self) -> bool:
        """Whether it can be used."""
        self._row("")
        return True

    def reset(self) -> int | None:
        """Delete all counts; how many they were."""
        with opened(self._path, _MIGRATIONS) as connection:
            return connection.execute("DELETE FROM counted").rowcount

    def clear(self, key: str) -> None:
        """Delete one count."""
        with opened(self._path, _MIGRATIONS) as connection:
            connection.execute("DELETE FROM counted WHERE key = ?", (key,))

    def _row(self, key: str) -> tuple[int, float]:
        now = self._clock()
        asked = "SELECT count, until FROM counted WHERE key = ? AND until > ?"
        with opened(self._path, _MIGRATIONS) as connection:
            found = connection.execute(asked, (key, now)).fetchone()
        return found or (0, now)
