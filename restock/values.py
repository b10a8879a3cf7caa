"""What is kept of a restock that somebody waits for, and the message that is owed for it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol

from shared.outcomes import Restocked

KEPT = timedelta(days=7)
"""A restock came once or twice a week to each pharmacy in 2020; who still waits asks again."""


@dataclass(frozen=True, slots=True)
class Watch:
    """One pharmacy of whose restock one person is told."""

    id: str
    """the same for the same person, pharmacy and product"""
    who: str
    """keyed hash of the channel and the person"""
    channel: str
    """its name: line, twilio"""
    address: str = field(repr=False)
    """where the channel tells the person something; sealed"""
    pharmacy: str
    product: str
    locale: str
    since: int
    """seconds since 1970"""
    low: bool
    """so few were left when the counts were last looked at that a delivery is a restock"""
    seen: int = 0
    """time of the counts that were last looked at, in seconds since 1970"""
    told: int = 0
    """how many restocks a message was made for: tells a message from the next one"""


@dataclass(frozen=True, slots=True)
class Message:
    """One message that is owed: it is told once, whoever is killed in between."""

    id: str
    """a UUID, the same for the same restock and watch; the platform knows a doubled one by it"""
    watch: Watch
    due: int
    """seconds since 1970: when it was first to be told"""
    made: int
    """seconds since 1970: when the restock was seen"""
    tries: int = 0
    """how often it was begun to be told"""


@dataclass(frozen=True, slots=True)
class Telling:
    """What a channel tells one person."""

    address: str = field(repr=False)
    key: str
    """`Message.id`"""
    made: int
    """`Message.made`"""
    again: bool
    """it was begun before, and nobody knows how that ended"""
    locale: str
    outcome: Restocked


class NotTold(Exception):  # noqa: N818  an outcome of telling, as `NotRecognized` is of hearing
    """The platform did not take it. `gone`: it never will for this person (blocked, no number)."""

    def __init__(self, why: str, *, gone: bool = False) -> None:
        super().__init__(why)
        self.gone = gone


Tell = Callable[[Telling], None]
"""Tells one person once, or raises NotTold; a key that was told before is not told again."""


class WatchStore(Protocol):
    """Keeps watches, and the messages that are owed for them. OSError where it cannot be used."""

    def put(self, watch: Watch) -> None:
        """Keep `watch`, in place of one with its id, for KEPT."""

    def of(self, who: str, now: int) -> list[Watch]:
        """The watches of one person."""

    def all(self, now: int) -> list[Watch]:
        """Every watch."""

    def delete(self, who: str) -> None:
        """Keep nothing of that person any more: watches and messages."""

    def saw(self, watch: Watch, low: bool, seen: int, message: Message | None) -> bool:
        """Keep what the counts of `seen` tell of `watch`, and what is owed for it; both or neither.
        False where somebody else has looked at these counts, or later ones, or it is gone."""

    def due(self, now: int) -> list[str]:
        """The ids of the messages whose time has come and that nobody is telling."""

    def claim(self, id_: str, now: int, until: int) -> Message | None:
        """The message, to be told by the caller alone until `until`; None where it is not there, or
        another is telling it, or its time has not come."""

    def postpone(self, id_: str, due: int) -> None:
        """Tell it later."""

    def done(self, id_: str) -> None:
        """It was told, or needs not to be any more."""
