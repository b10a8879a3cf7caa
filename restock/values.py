"""The records of restock messages: a watch, and the message that a restock makes of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol

from shared.outcomes import Restocked

KEPT = timedelta(days=7)
"""How long a watch lives. Each pharmacy was restocked once or twice a week in 2020."""


@dataclass(frozen=True, slots=True)
class Watch:
    """A person's wish to be told of the next restock of a pharmacy."""

    id: str
    """the same for the same person, pharmacy and product"""
    who: str
    """keyed hash of the channel and the person"""
    channel: str
    """its name: line, twilio"""
    address: str = field(repr=False)
    """the person's address on the channel, encrypted"""
    pharmacy: str
    product: str
    locale: str
    since: int
    """seconds since 1970"""
    low: bool
    """whether so few were left at the last look that a delivery is a restock"""
    seen: int = 0
    """time of the counts at the last look, in seconds since 1970"""
    told: int = 0
    """how many messages were made: distinguishes each from the next one"""


@dataclass(frozen=True, slots=True)
class Message:
    """A message to be sent once, whichever process is killed meanwhile."""

    id: str
    """a UUID, the same for the same restock and watch: the idempotency key"""
    watch: Watch
    due: int
    """seconds since 1970: from when on it may be sent"""
    made: int
    """seconds since 1970: when the restock was seen"""
    tries: int = 0
    """how many times somebody tried to send it"""


@dataclass(frozen=True, slots=True)
class Telling:
    """What a channel is given to tell one person."""

    address: str = field(repr=False)
    key: str
    """`Message.id`"""
    made: int
    """`Message.made`"""
    again: bool
    """whether there was a try before, whose end is unknown"""
    locale: str
    outcome: Restocked


class NotTold(Exception):  # noqa: N818  an outcome of telling, as `NotRecognized` is of hearing
    """The platform refused it. `gone`: it always will for this person (blocked, no number)."""

    def __init__(self, why: str, *, gone: bool = False) -> None:
        super().__init__(why)
        self.gone = gone


Tell = Callable[[Telling], None]
"""Tells one person once, or raises NotTold; the same key is never told twice."""


class WatchStore(Protocol):
    """Stores watches and their messages. Every method raises OSError where that fails."""

    def put(self, watch: Watch) -> None:
        """Store `watch` for KEPT, in place of one with its id."""

    def of(self, who: str, now: int) -> list[Watch]:
        """The watches of one person."""

    def all(self, now: int) -> list[Watch]:
        """Every watch."""

    def delete(self, who: str) -> None:
        """Delete all watches and messages of a person."""

    def saw(self, watch: Watch, low: bool, seen: int, message: Message | None) -> bool:
        """Store what the counts of time `seen` mean for `watch`, and its message; both or neither.
        False where another process has looked at these or later counts, or the watch is gone."""

    def due(self, now: int) -> list[str]:
        """The ids of the messages that are due and not claimed."""

    def claim(self, id_: str, now: int, until: int) -> Message | None:
        """The message, reserved for this process until `until`; None where it does not exist, is
        claimed by another, or is not due."""

    def postpone(self, id_: str, due: int) -> None:
        """Make it due at `due`."""

    def done(self, id_: str) -> None:
        """Delete it: it was sent, or is obsolete."""
