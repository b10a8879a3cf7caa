"""Delivers each message once: it is claimed, sent with an idempotency key, and marked as done."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from restock.plan import by_day
from restock.values import Message, NotTold, Tell, Telling, WatchStore
from restock.watches import Seal
from shared.catalog import Snapshot
from shared.hours import opening_at
from shared.outcomes import Restocked

CLAIM = timedelta(seconds=15)
"""How long a message is reserved for the worker that claimed it; a platform has 5 s to connect and
5 s to answer. After a worker was killed, another one takes the message then."""

RETRY = timedelta(minutes=1)
"""Until the next try after a failure; doubled each time."""

GIVEN_UP = timedelta(hours=3)
"""Time after `due` at which most of a restock is sold, and a message is dropped."""

log = logging.getLogger(__name__)


class Deliverer:
    """Delivers messages."""

    def __init__(
        self,
        store: WatchStore,
        seal: Seal,
        ways: Mapping[str, Tell],
        snapshot: Callable[[], Snapshot | None],
        clock: Callable[[], datetime],
    ) -> None:
        """`ways`: name of a channel → its function that tells a person."""
        self._store, self._seal, self._ways = store, seal, ways
        self._snapshot, self._clock = snapshot, clock

    def due(self) -> list[str]:
        """The ids of the messages that are due. OSError."""
        return self._store.due(int(self._clock().timestamp()))

    def deliver(self, id_: str) -> None:
        """Deliver a message, unless another worker has claimed it. OSError where the store
        fails."""
        now = self._clock()
        message = self._store.claim(id_, int(now.timestamp()), int((now + CLAIM).timestamp()))
        if message is None:
            return
        if (day := by_day(now)) != now:
            self._store.postpone(id_, int(day.timestamp()))
            return
        outcome = self._outcome(message, now)
        if isinstance(outcome, str):
            if outcome == "no data":
                self._store.postpone(id_, int((now + RETRY).timestamp()))
            else:
                self._store.done(id_)
            log.info("restock: not told channel=%s why=%s", message.watch.channel, outcome)
            return
        self._tell(message, outcome, now)

    def _outcome(self, message: Message, now: datetime) -> Restocked | str:
        """What to say, by the current counts; else the reason why nothing is said."""
        snapshot, watch = self._snapshot(), message.watch
        if snapshot is None:
            return "no data"
        pharmacy = snapshot.catalog.by_id.get(watch.pharmacy)
        product = next((one for one in snapshot.products if one.id == watch.product), None)
        if pharmacy is None or product is None:
            return "not in the feed any more"
        left = snapshot.left(pharmacy, product)
        if left <= 0:
            return "sold out again"
        return Restocked(pharmacy, product, left, opening_at(pharmacy, now))

    def _tell(self, message: Message, outcome: Restocked, now: datetime) -> None:
        watch = message.watch
        way, address = self._ways.get(watch.channel), self._seal.open(watch.address)
        if way is None or not address:
            self._store.delete(watch.who)
            log.warning("restock: nobody is reached channel=%s any more", watch.channel)
            return
        try:
            again = message.tries > 0
            way(Telling(address, message.id, message.made, again, watch.locale, outcome))
        except NotTold as problem:
            self._not_told(message, problem, now)
            return
        self._store.done(message.id)
        log.info("restock: told channel=%s", watch.channel)

    def _not_told(self, message: Message, problem: NotTold, now: datetime) -> None:
        channel, late = message.watch.channel, now.timestamp() - message.due
        log.warning("restock: not told channel=%s: %s", channel, problem)
        if problem.gone:
            self._store.delete(message.watch.who)
        elif late > GIVEN_UP.total_seconds():
            self._store.done(message.id)
        else:
            wait = RETRY * 2 ** min(message.tries, 5)
            self._store.postpone(message.id, int((now + wait).timestamp()))
