"""Plans messages: when a restock is seen, each person who waits for it gets a time of their own."""

import logging
import uuid
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, time, timedelta

from conversation.history import DELIVERY
from restock.values import Message, Watch
from restock.watch_store import WatchStore
from shared.catalog import Snapshot
from shared.clock import TAIPEI

FEW = 5
"""Fewer than this is as good as none: it serves two persons. A delivery is a restock only after
that, so that a corrected count sends nobody on a walk."""

SPACING = timedelta(minutes=1)
"""Between the messages to two persons about one pharmacy. In February 2020 a pharmacy sold its 200
adult masks, two a person, within one to two hours: a person a minute. Who waits longest is
first."""

MORNING, NIGHT = time(8), time(21)
"""No message is sent before and after."""

_NAMES = uuid.UUID("8d0c1ab4-2f5b-4f0e-9d52-2b9d5b0f6a61")
"""The namespace of the messages' UUIDs."""

log = logging.getLogger(__name__)


class Planner:
    """Checks each new snapshot for restocks. It compares with what is stored in each watch, so that
    none is missed where a process ended between two snapshots."""

    def __init__(
        self,
        store: WatchStore,
        clock: Callable[[], datetime],
        owed: Callable[[str, datetime], object] = lambda *_: None,
    ) -> None:
        """`owed`: called with the id of a watch and the time from which its message may be sent."""
        self._store, self._clock, self._owed = store, clock, owed

    def look(self, snapshot: Snapshot) -> None:
        """Make the messages due to `snapshot`. Never raises: the next snapshot tries again."""
        if snapshot.recorded:
            return
        try:
            self._look(snapshot)
        except OSError as problem:
            log.warning("restock: %s", problem)

    def _look(self, snapshot: Snapshot) -> None:
        now, seen = self._clock(), int(snapshot.source_time.timestamp())
        queues: dict[str, int] = defaultdict(int)
        watches = self._store.all(int(now.timestamp()))
        for watch in sorted(watches, key=lambda one: (one.since, one.id)):
            left = _left(watch, snapshot)
            if left is None or seen <= watch.seen:
                continue
            restocked = watch.low and left >= DELIVERY
            if not restocked:
                low = left < FEW or (watch.low and left < DELIVERY)
                if low != watch.low:
                    self._store.saw(watch, low, seen, None)
                continue
            due = moment_for(queues[watch.pharmacy], now)
            message = message_for(watch, due, now)
            if self._store.saw(watch, False, seen, message):
                queues[watch.pharmacy] += 1
                log.info("restock: a message is owed channel=%s", watch.channel)
                self._owed(watch.id, due)


def message_for(watch: Watch, due: datetime, now: datetime) -> Message:
    """The message for the next restock that `watch` waits for; its id is the same for all hosts."""
    name = uuid.uuid5(_NAMES, f"{watch.id}:{watch.since}:{watch.told}")
    return Message(str(name), int(due.timestamp()), int(now.timestamp()), int(due.timestamp()))


def moment_for(place: int, now: datetime) -> datetime:
    """When person number `place` (from 0) of those who wait for one pharmacy is told."""
    start, wait = by_day(now), place * SPACING
    while wait >= (until := datetime.combine(start.astimezone(TAIPEI), NIGHT, TAIPEI) - start):
        wait -= -(-until // SPACING) * SPACING  # so many were told before the night
        start = by_day(start + until)
    return start + wait


def by_day(moment: datetime) -> datetime:
    """`moment`, or the next morning if it is at night.

    >>> by_day(datetime(2020, 3, 3, 21, 0, tzinfo=TAIPEI)).isoformat()
    '2020-03-04T08:00:00+08:00'
    >>> by_day(datetime(2020, 3, 3, 20, 59, tzinfo=TAIPEI)).isoformat()
    '2020-03-03T20:59:00+08:00'
    """
    here = moment.astimezone(TAIPEI)
    if MORNING <= here.time() < NIGHT:
        return moment
    day = here.date() + timedelta(days=here.time() >= NIGHT)
    return datetime.combine(day, MORNING, TAIPEI)


def _left(watch: Watch, snapshot: Snapshot) -> int | None:
    item = watch.item(snapshot)
    return snapshot.left(*item) if item and snapshot.known(*item) else None
