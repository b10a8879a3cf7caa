"""The states of chats: LINE carries no state for us, so they are stored here for an hour.

Under a keyed hash of LINE's id of the chat, signed, in Redis or in one SQLite file. A state holds
no words. Where it cannot be stored, each message begins a new conversation.
"""

import hashlib
import hmac
from datetime import timedelta
from pathlib import Path

from limits import parse

from conversation.kept_texts import KEPT_TABLE, FileTexts, RedisTexts, TextStore
from settings import Settings
from shared.clock import taipei_now
from shared.dialog.values import State
from shared.redis_link import connect
from web.rate_limit import LimitKind
from web.seal import LIFETIME_SECONDS, StateSeal

REDIS_SECONDS = 0.2
"""The longest that a message waits for Redis."""

_KEPT = timedelta(seconds=LIFETIME_SECONDS)
_MIGRATIONS = (
    (
        "CREATE TABLE talk (person BLOB PRIMARY KEY, at INTEGER NOT NULL, kept TEXT NOT NULL)"
        " WITHOUT ROWID",
    ),
    (KEPT_TABLE, "INSERT INTO kept SELECT person, 'state', kept, at FROM talk", "DROP TABLE talk"),
)
_STATE = "state"

CHAT = LimitKind("chat", parse("60 per minute"), spoken=True)
"""Messages of one chat; a group counts as one."""


class Chats:
    """The states of the chats."""

    def __init__(self, settings: Settings) -> None:
        """In Redis; in a file of this host where there is none."""
        self._store: TextStore
        if settings.redis_url:
            redis = connect(settings.redis_url, REDIS_SECONDS)
            self._store = RedisTexts(redis, "mask-line:chats:", _KEPT)
        else:
            file = Path(settings.data_dir) / "chats.sqlite"
            self._store = FileTexts(file, _KEPT, _MIGRATIONS)
        self._secret = settings.secret_key.encode()
        self._seal = StateSeal(settings.secret_key, "line")

    def get(self, person: str, event: str) -> tuple[State | None, bool]:
        """The state of that chat, and whether the event with id `event` was handled already: LINE
        repeats an event that was not answered in time."""
        last, _, sealed = self._store.get(self._key(person), _STATE, taipei_now()).partition(" ")
        return self._seal.open(sealed), bool(event) and last == event

    def put(self, person: str, event: str, state: State | None) -> None:
        """Store `state`; None: the conversation is over, but `event` is still known as handled."""
        sealed = self._seal.seal(state) if state else ""
        self._store.put(self._key(person), _STATE, f"{event} {sealed}", taipei_now())

    def forget(self, person: str) -> None:
        """Delete the state of a person who has blocked or left us."""
        self._store.delete(self._key(person))

    def _key(self, person: str) -> bytes:
        return hmac.digest(self._secret, f"line:{person}".encode(), hashlib.sha256)
