"""Short texts that are kept of a person for a time: in a SQLite file of one host, or in one Redis.

A failure costs what is kept, never a call: it is logged, and reads find nothing.
"""

import sqlite3
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol, TypeVar

from redis import Redis

from shared.attempts import Attempts
from shared.redis_link import REDIS_PROBLEMS
from shared.sqlite_file import FORGETS, WAL, Migration, attempt

T = TypeVar("T")


class TextStore(Protocol):
    """Keeps texts under the key of a person, each by what it is."""

    def put(self, key: bytes, what: str, text: str, now: datetime) -> None:
        """Keep `text` as the `what` of `key`, and all of `key` for a lifetime from now."""

    def get(self, key: bytes, what: str, now: datetime) -> str:
        """The `what` of `key`; "" for nothing."""

    def delete(self, key: bytes) -> bool:
        """Keep nothing under `key` any more; False where that failed."""


KEPT_TABLE = """CREATE TABLE kept (
    key BLOB, what TEXT, text TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (key, what)
) WITHOUT ROWID"""
"""Made by the migrations of each file."""

_READ = "SELECT text FROM kept WHERE key = ? AND what = ? AND at >= ?"


class FileTexts:
    """`TextStore` in one SQLite file, for the processes of one host."""

    def __init__(
        self,
        path: Path,
        lifetime: timedelta,
        migrations: Sequence[Migration],
        *,
        forgets: bool = False,
    ) -> None:
        """`path`: under DATA_DIR; `forgets`: what is deleted is overwritten on the disk."""
        self._path, self._lifetime, self._migrations = path, lifetime, migrations
        self._forgets = forgets

    def put(self, key: bytes, what: str, text: str, now: datetime) -> None:
        """As in `TextStore`; what is too old goes at the same time."""
        at = int(now.timestamp())

        def write(file: sqlite3.Connection) -> None:
            file.execute("DELETE FROM kept WHERE at < ?", (self._oldest(now),))
            file.execute("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?)", (key, what, text, at))
            file.execute("UPDATE kept SET at = ? WHERE key = ?", (at, key))

        self._try(write)

    def get(self, key: bytes, what: str, now: datetime) -> str:
        asked = (key, what, self._oldest(now))
        found = self._try(lambda file: file.execute(_READ, asked).fetchone())
        return str(found[0]) if found else ""

    def delete(self, key: bytes) -> bool:
        gone = "DELETE FROM kept WHERE key = ?"
        return self._try(lambda file: file.execute(gone, (key,))) is not None

    def _oldest(self, now: datetime) -> int:
        return int((now - self._lifetime).timestamp())

    def _try(self, work: Callable[[sqlite3.Connection], T]) -> T | None:
        pragma = FORGETS if self._forgets else WAL
        name = self._path.stem
        return attempt(self._path, self._migrations, work, name, pragma, private=self._forgets)


_LONGEST = 2_000
"""Bytes that are read of a text: a signed state has up to 700, the key of a district 27."""


class RedisTexts:
    """`TextStore` in one Redis, for several hosts: a hash a person, which Redis deletes."""

    def __init__(self, redis: Redis, prefix: str, lifetime: timedelta) -> None:
        """`redis`: with short timeouts; `prefix`: of the keys there."""
        self._redis, self._prefix, self._lifetime = redis, prefix.encode(), lifetime
        self._attempts = Attempts("Redis (kept texts)", REDIS_PROBLEMS)

    def put(self, key: bytes, what: str, text: str, now: datetime) -> None:  # noqa: ARG002  # its own clock
        both = self._redis.pipeline()
        both.hset(self._prefix + key, what, text)
        both.expire(self._prefix + key, self._lifetime)
        self._attempts.attempt(both.execute)

    def get(self, key: bytes, what: str, now: datetime) -> str:  # noqa: ARG002  # its own clock
        found = self._attempts.attempt(lambda: self._short(self._prefix + key, what))
        return found.decode("utf-8", "replace") if isinstance(found, bytes) else ""

    def delete(self, key: bytes) -> bool:
        gone = self._attempts.insist(lambda: self._redis.delete(self._prefix + key))
        return gone is not None  # who asks to be forgotten does not wait for Redis to have rested

    def _short(self, key: bytes, what: str) -> object:
        """The text; None for one longer than any of ours, which somebody else wrote."""
        if self._redis.hstrlen(key, what) > _LONGEST:
            return None
        return self._redis.hget(key, what)
