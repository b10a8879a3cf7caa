"""Delivers each message once: it is claimed, sent with an idempotency key, and marked as done."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from restock.plan import by_day
from restock.values import Message, NotTold, Tell, Telling, Watch
from restock.watch_store import WatchStore
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
        """The ids of the watches whose messages are due. OSError."""
        return self._store.due(int(self._clock().timestamp()))

    def deliver(self, id_: str) -> None:
        """Deliver the message of a watch, unless another worker has claimed it. OSError where the
        store fails."""
        now = self._clock()
        watch = self._store.claim(id_, int(now.timestamp()), int((now + CLAIM).timestamp()))
        if watch is None or watch.message is None:
            return
        if (day := by_day(now)) != now:
            self._store.postpone(watch, watch.message, int(day.timestamp()))
            return
        outcome = self._outcome(watch, now)
        if isinstance(outcome, str):
            if outcome == "no data":
                self._store.postpone(watch, watch.message, int((now + RETRY).timestamp()))
            else:
                self._store.done(watch, watch.message)
            log.info("restock: not told channel=%s why=%s", watch.channel, outcome)
            return
        self._tell(watch, watch.message, outcome, now)

    def _outcome(self, watch: Watch, now: datetime) -> Restocked | str:
        """What to say, by the current counts; else the reason why nothing is said."""
        snapshot = self._snapshot()
        if snapshot is None:
            return "no data"
        item = watch.item(snapshot)
        if item is None:
            return "not in the feed any more"
        pharmacy, product = item
        left = snapshot.left(pharmacy, product)
        if left <= 0:
            return "sold out again"
        return Restocked(pharmacy, product, left, opening_at(pharmacy, now))

    def _tell(self, watch: Watch, message: Message, outcome: Restocked, now: datetime) -> None:
        way, address = self._ways.get(watch.channel), self._seal.open(watch.address)
        if way is None or not address:
            self._store.delete(watch.who)
            log.warning("restock: nobody is reached channel=%s any more", watch.channel)
            return
        try:
            again = message.tries > 1
            way(Telling(address, message.id, message.made, again, watch.locale, outcome))
        except NotTold as problem:
            self._not_told(watch, message, problem, now)
            return
        self._store.done(watch, message)
        log.info("restock: told channel=%s", watch.channel)

    def _not_told(self, watch: Watch, message: Message, problem: NotTold, now: datetime) -> None:
        log.warning("restock: not told channel=%s: %s", watch.channel, problem)
        if problem.gone:
            self._store.delete(watch.who)
        elif now.timestamp() - message.due > GIVEN_UP.total_seconds():
            self._store.done(watch, message)
        else:
            wait = RETRY * 2 ** min(message.tries - 1, 5)
            self._store.postpone(watch, message, int((now + wait).timestamp()))
