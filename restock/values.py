"""The records of restock messages: a watch, and the message that a restock makes of it."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import timedelta

from shared.catalog import Pharmacy, Product, Snapshot
from shared.outcomes import Restocked

KEPT = timedelta(days=7)
"""How long a watch lives. Each pharmacy was restocked once or twice a week in 2020."""

KEPT_S = int(KEPT.total_seconds())


@dataclass(frozen=True, slots=True)
class Message:
    """What is owed to one person once, whichever process is killed meanwhile."""

    id: str
    """a UUID, the same for the same restock and watch: the idempotency key"""
    due: int
    """seconds since 1970: from when on it may be sent"""
    made: int
    """seconds since 1970: when the restock was seen"""
    free: int
    """seconds since 1970: from when on it may be claimed; a claim and a postponement move it"""
    tries: int = 0
    """how many times somebody claimed it to send it"""


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
    message: Message | None = None
    """the one that is owed and not sent yet"""

    def written(self) -> str:
        """As JSON."""
        return json.dumps(asdict(self))

    @classmethod
    def read(cls, text: str) -> "Watch":
        """The watch that was `written` so."""
        values = json.loads(text)
        message = values.pop("message", None)
        return cls(**values, message=Message(**message) if message else None)

    def item(self, snapshot: Snapshot) -> tuple[Pharmacy, Product] | None:
        """The pharmacy and the product in `snapshot`; None where one is not in it."""
        pharmacy = snapshot.catalog.by_id.get(self.pharmacy)
        product = next((one for one in snapshot.products if one.id == self.product), None)
        return (pharmacy, product) if pharmacy and product else None


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
