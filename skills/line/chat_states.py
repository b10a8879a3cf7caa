"""The states of chats: LINE carries no state for us, so they are stored here for an hour.

Under a keyed hash of LINE's id of the chat, signed, in Redis or in one SQLite file. A state holds
no words. Where it cannot be stored, each message begins a new conversation.
"""

import hashlib
import hmac
import logging
import time
from collections.abc import Callable
from pathlib import Path
from sqlite3 import Connection
from typing import Protocol, TypeVar

from limits import parse
from redis import Redis
from redis.exceptions import RedisError

from shared.dialog.values import State
from shared.sqlite_file import attempt
from web.rate_limit import LimitKind
from web.seal import LIFETIME_SECONDS, StateSeal

_PREFIX = b"mask-line:line:"
_MIGRATIONS = (
    (
        "CREATE TABLE talk (person BLOB PRIMARY KEY, at INTEGER NOT NULL, kept TEXT NOT NULL)"
        " WITHOUT ROWID",
    ),
)

CHAT = LimitKind("chat", parse("60 per minute"), spoken=True)
"""Messages of one chat; a group counts as one."""

log = logging.getLogger(__name__)

T = TypeVar("T")


class ChatStore(Protocol):
    """Stores a short text under a key for LIFETIME_SECONDS. Never raises."""

    def get(self, key: bytes) -> str:
        """The text; "" for none."""

    def put(self, key: bytes, text: str) -> None:
        """Store `text`; "" deletes."""


class Chats:
    """The states of the chats."""

    def __init__(self, store: ChatStore, secret_key: str) -> None:
        self._store = store
        self._secret = secret_key.encode()
        self._seal = StateSeal(secret_key, "line")

    def get(self, person: str, event: str) -> tuple[State | None, bool]:
        """The state of that chat, and whether the event with id `event` was handled already: LINE
        repeats an event that was not answered in time."""
        last, _, sealed = self._store.get(self._key(person)).partition(" ")
        return self._seal.open(sealed), bool(event) and last == event

    def put(self, person: str, event: str, state: State | None) -> None:
        """Store `state`; None: the conversation is over, but `event` is still known as handled."""
        sealed = self._seal.seal(state) if state else ""
        self._store.put(self._key(person), f"{event} {sealed}")

    def forget(self, person: str) -> None:
        """Delete the state of a person who has blocked or left us."""
        self._store.put(self._key(person), "")

    def _key(self, person: str) -> bytes:
        return hmac.digest(self._secret, f"line:{person}".encode(), hashlib.sha256)


class FileChatStore:
    """In one SQLite file, for the processes of one host."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def get(self, key: bytes) -> str:
        """As in `ChatStore`."""
        asked = (key, int(time.time()) - LIFETIME_SECONDS)
        wanted = "SELECT kept FROM talk WHERE person = ? AND at >= ?"
        row = self._attempt(lambda chats: chats.execute(wanted, asked).fetchone())
        return str(row[0]) if row else ""

    def put(self, key: bytes, text: str) -> None:
        """As in `ChatStore`; deletes old ones too."""
        now = int(time.time())

        def write(chats: Connection) -> None:
            old = now - LIFETIME_SECONDS
            chats.execute("DELETE FROM talk WHERE at < ? OR person = ?", (old, key))
            if text:
                chats.execute("INSERT INTO talk VALUES (?, ?, ?)", (key, now, text))

        self._attempt(write)

    def _attempt(self, work: Callable[[Connection], T]) -> T | None:
        return attempt(self._path, _MIGRATIONS, work, "chats")


class RedisChatStore:
    """In one Redis, for several hosts; texts expire there."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    def get(self, key: bytes) -> str:
        """As in `ChatStore`."""
        try:
            found = self._redis.get(_PREFIX + key)
            return found.decode("ascii") if isinstance(found, bytes) else ""
        except (RedisError, OSError, ValueError) as problem:
            log.warning("chats: Redis does not answer (%s)", type(problem).__name__)
            return ""

    def put(self, key: bytes, text: str) -> None:
        """As in `ChatStore`."""
        try:
            if text:
                self._redis.set(_PREFIX + key, text, ex=LIFETIME_SECONDS)
            else:
                self._redis.delete(_PREFIX + key)
        except (RedisError, OSError) as problem:
            log.warning("chats: Redis does not keep (%s)", type(problem).__name__)
