"""Storages for the fixed windows of the `limits` library: of one process, and of one host.

Not the library's own MemoryStorage: a thread of it walks through all counts a hundredth of a second
after any of them changes. With the 300,000 counts of a busy morning a turn waited up to 36 ms for
that (docs/decisions/limits.md).
"""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from threading import Lock

from limits.storage import Storage

from shared.sqlite_file import opened

MOST = 100_000
"""Counts that a process holds, some 20 MB; more callers than it can answer."""


class _WindowStorage(Storage):
    """What the library demands of a storage beside adding and reading; a window asks for none."""

    STORAGE_SCHEME = None
    base_exceptions = sqlite3.Error

    def get_expiry(self, key: str) -> float:
        raise NotImplementedError

    def check(self) -> bool:
        raise NotImplementedError

    def reset(self) -> int | None:
        raise NotImplementedError

    def clear(self, key: str) -> None:
        raise NotImplementedError


class ProcessCounts(_WindowStorage):
    """Key → its count, until it expires; of this process alone."""

    def __init__(self, clock: Callable[[], float], most: int = MOST) -> None:
        """`clock`: seconds, from any start."""
        super().__init__()
        self._clock, self._most = clock, most
        self._lock = Lock()
        self._held: dict[str, tuple[int, float]] = {}

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        """The count after adding `amount`; a new or expired one lasts `expiry` seconds."""
        now = self._clock()
        with self._lock:
            count, until = self._held.get(key, (0, 0.0))
            if until <= now:
                count, until = 0, now + expiry
                self._make_room(now)
            self._held[key] = count + amount, until
        return count + amount

    def get(self, key: str) -> int:
        """The count."""
        count, until = self._held.get(key, (0, 0.0))
        return count if until > self._clock() else 0

    def _make_room(self, now: float) -> None:
        """Drop expired counts and, where that is not enough, all: better to refuse too few."""
        if len(self._held) < self._most:
            return
        held = {key: value for key, value in self._held.items() if value[1] > now}
        self._held = held if len(held) < self._most // 2 else {}


_MIGRATIONS = (
    (
        "CREATE TABLE counted (key TEXT PRIMARY KEY, count INTEGER NOT NULL, until REAL NOT NULL)"
        " WITHOUT ROWID",
    ),
)
_ADD = """INSERT INTO counted VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE
SET count = count + excluded.count RETURNING count"""
_READ = "SELECT count FROM counted WHERE key = ? AND until > ?"


class FileCounts(_WindowStorage):
    """The same in SQLite, of the workers of one host: for rare events that each must know of.

    Those are tries at a password, and sessions that were ended. Methods raise one of
    `shared.sqlite_file.PROBLEMS`.
    """

    def __init__(self, path: Path, clock: Callable[[], float]) -> None:
        """`path`: the file under DATA_DIR; `clock`: seconds since 1970, so that a restart is
        outlived."""
        super().__init__()
        self._path, self._clock = path, clock

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
        with opened(self._path, _MIGRATIONS) as connection:
            found = connection.execute(_READ, (key, self._clock())).fetchone()
        return int(found[0]) if found else 0
