"""What a telephone asked for before: the district of 「和上次一樣」; only with MEMORY=on.

What it is, and when it is kept, the dialogue says (`REMEMBERED`, `to_remember`). The number itself
is never kept: its key is an HMAC with the service's secret. All that is kept of a telephone is
deleted 30 days after the last of it was kept, or when the caller says so (個人資料保護法, the
Personal Data Protection Act, §11).
"""

import hashlib
import hmac
from datetime import datetime, timedelta
from pathlib import Path

from conversation.kept_texts import KEPT_TABLE, FileTexts, RedisTexts, TextStore
from shared.places.telephone_numbers import subscriber_of
from shared.redis_link import connect

KEPT = timedelta(days=30)

REDIS_SECONDS = 0.05
"""The longest that a turn waits for Redis; a turn takes a few milliseconds."""

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
    (KEPT_TABLE, "INSERT INTO kept SELECT * FROM remembered", "DROP TABLE remembered"),
)


def memory_texts(redis_url: str, path: Path) -> TextStore:
    """Where it is kept: in Redis; in the file at `path` where there is none ("")."""
    if redis_url:
        return RedisTexts(connect(redis_url, REDIS_SECONDS), "mask-line:remembered:", KEPT)
    return FileTexts(path, KEPT, _MIGRATIONS, forgets=True)


class Memory:
    """What each telephone asked for before."""

    def __init__(self, store: TextStore, secret: str) -> None:
        """`store`: where it is kept; `secret`: the service's SECRET_KEY."""
        if not secret:
            raise ValueError("memory needs a secret: without one a number can be found by trying")
        self._store = store
        self._secret = secret.encode()

    def remember(self, number: str, what: str, value: str, now: datetime) -> None:
        """Keep `value` as the `what` of `number`; of a withheld number nothing is kept."""
        if key := self._key(number):
            self._store.put(key, what, value, now)

    def recall(self, number: str, what: str, now: datetime) -> str:
        """The `what` of `number`; "" where none is kept."""
        key = self._key(number)
        return self._store.get(key, what, now) if key else ""

    def forget(self, number: str) -> bool:
        """Delete what is kept of `number`, on the disk too; False where that failed."""
        key = self._key(number)
        return self._store.delete(key) if key else True

    def _key(self, number: str) -> bytes | None:
        """The key of a Taiwanese number, however written; None for any other."""
        subscriber = subscriber_of(number)
        return (
            hmac.digest(self._secret, subscriber.encode(), hashlib.sha256) if subscriber else None
        )
