"""What a telephone asked for before: the district of 「和上次一樣」; only with MEMORY=on.

What it is, and when it is kept, the dialogue says (`REMEMBERED`, `to_remember`). The number itself
is never kept: its key is an HMAC with the service's secret. All that is kept of a telephone is
deleted 30 days after the last of it was kept, or when the caller says so (個人資料保護法, the
Personal Data Protection Act, §11).
"""

import hashlib
import hmac
import logging
import sqlite3
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol, TypeVar

from redis import Redis

from shared.places.telephone_numbers import subscriber_of
from shared.redis_link import REDIS_PROBLEMS
from shared.sqlite_file import FORGETS, attempt

log = logging.getLogger(__name__)

KEPT = timedelta(days=30)

_MIGRATIONS = (
    (
        """CREATE TABLE IF NOT EXISTS usual (
            telephone BLOB PRIMARY KEY, district TEXT NOT NULL, at INTEGER NOT NULL
        ) WITHOUT ROWID""",
    ),
    (
        """CREATE TABLE remembered (
            telephone BLOB, what TEXT, value TEXT NOT NULL, at INTEGER NOT NULL,
            PRIMARY KEY (telephone, what)
        ) WITHOUT ROWID""",
        "INSERT INTO remembered SELECT telephone, 'usual', district, at FROM usual",
        "DROP TABLE usual",
    ),
)
_RECALL = "SELECT value FROM remembered WHERE telephone = ? AND what = ? AND at >= ?"

T = TypeVar("T")


class Notes(Protocol):
    """Where it is stored: in a file of this host, or in the Redis of several.

    A failure costs the memory, never a call: it is logged, and reads find nothing.
    """

    def put(self, key: bytes, what: str, value: str, now: datetime) -> None:
        """Keep `value` as the `what` of `key`, and all of `key` for 30 days from now."""

    def get(self, key: bytes, what: str, now: datetime) -> str:
        """The `what` of `key`; "" for nothing."""

    def delete(self, key: bytes) -> bool:
        """Keep nothing under `key` any more; False where that failed."""


class Memory:
    """What each telephone asked for before."""

    def __init__(self, notes: Notes, secret: str) -> None:
        """`notes`: where it is kept; `secret`: the service's SECRET_KEY."""
        if not secret:
            raise ValueError("memory needs a secret: without one a number can be found by trying")
        self._notes = notes
        self._secret = secret.encode()

    def remember(self, number: str, what: str, value: str, now: datetime) -> None:
        """Keep `value` as the `what` of `number`; of a withheld number nothing is kept."""
        if key := self._key(number):
            self._notes.put(key, what, value, now)

    def recall(self, number: str, what: str, now: datetime) -> str:
        """The `what` of `number`; "" where none is kept."""
        key = self._key(number)
        return self._notes.get(key, what, now) if key else ""

    def forget(self, number: str) -> bool:
        """Delete what is kept of `number`, on the disk too; False where that failed."""
        key = self._key(number)
        return self._notes.delete(key) if key else True

    def _key(self, number: str) -> bytes | None:
        """The key of a Taiwanese number, however written; None for any other."""
        subscriber = subscriber_of(number)
        return (
            hmac.digest(self._secret, subscriber.encode(), hashlib.sha256) if subscriber else None
        )


class FileNotes:
    """In one SQLite file, for the processes of one host."""

    def __init__(self, path: Path) -> None:
        """`path`: the file under DATA_DIR."""
        self._path = path

    def put(self, key: bytes, what: str, value: str, now: datetime) -> None:
        """As in `Notes`; what is too old goes at the same time."""
        row = (key, what, value, int(now.timestamp()))

        def write(connection: sqlite3.Connection) -> None:
            connection.execute("DELETE FROM remembered WHERE at < ?", (_oldest(now),))
            connection.execute("INSERT OR REPLACE INTO remembered VALUES (?, ?, ?, ?)", row)
            connection.execute("UPDATE remembered SET at = ? WHERE telephone = ?", (row[3], key))

        self._try(write)

    def get(self, key: bytes, what: str, now: datetime) -> str:
        """As in `Notes`."""
        asked = (key, what, _oldest(now))
        found = self._try(lambda connection: connection.execute(_RECALL, asked).fetchone())
        return str(found[0]) if found else ""

    def delete(self, key: bytes) -> bool:
        """As in `Notes`."""

        def delete(connection: sqlite3.Connection) -> bool:
            connection.execute("DELETE FROM remembered WHERE telephone = ?", (key,))
            return True

        return self._try(delete) or False

    def _try(self, work: Callable[[sqlite3.Connection], T]) -> T | None:
        return attempt(self._path, _MIGRATIONS, work, "memory", FORGETS, private=True)


REDIS_SECONDS = 0.05
"""The longest that a turn waits for Redis; a turn takes a few milliseconds."""

AWAY_SECONDS = 5.0
"""After a failure Redis is not asked for so long, so that not every turn waits for it."""

_PREFIX = b"mask-line:remembered:"
_LONGEST = 64
"""Bytes that are read of what is kept; the key of a district has at most 27."""


class RedisNotes:
    """In one Redis, for several hosts: a hash a telephone, which Redis deletes."""

    def __init__(self, redis: Redis) -> None:
        """`redis`: a client that waits `REDIS_SECONDS` at most (`shared.redis_link`)."""
        self._redis = redis
        self._away_until = 0.0

    def put(self, key: bytes, what: str, value: str, now: datetime) -> None:  # noqa: ARG002  # its own clock
        """As in `Notes`."""
        both = self._redis.pipeline()
        both.hset(_PREFIX + key, what, value)
        both.expire(_PREFIX + key, KEPT)
        self._try(both.execute)

    def get(self, key: bytes, what: str, now: datetime) -> str:  # noqa: ARG002  # its own clock
        """As in `Notes`."""
        found = self._try(lambda: self._short(_PREFIX + key, what))
        return found.decode("utf-8", "replace") if isinstance(found, bytes) else ""

    def delete(self, key: bytes) -> bool:
        """As in `Notes`."""
        self._away_until = 0.0  # a caller who asks to be forgotten does not wait
        return self._try(lambda: self._redis.delete(_PREFIX + key)) is not None

    def _short(self, key: bytes, what: str) -> object:
        """The value; None for one longer than any of ours, which somebody else wrote."""
        if self._redis.hstrlen(key, what) > _LONGEST:
            return None
        return self._redis.hget(key, what)

    def _try(self, work: Callable[[], object]) -> object:
        if time.monotonic() < self._away_until:
            return None
        try:
            return work()
        except REDIS_PROBLEMS as problem:
            log.warning("memory: Redis is away (%s)", type(problem).__name__)
            self._away_until = time.monotonic() + AWAY_SECONDS
            return None


def _oldest(now: datetime) -> int:
    return int((now - KEPT).timestamp())
