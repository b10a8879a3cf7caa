"""Buffers the counts of one process and flushes them to the store every few seconds."""

import logging
import os
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from conversation.observation import Observed
from shared.catalog import Snapshot
from shared.feed.status import FeedStatus
from telemetry.counts import SLOT_S, Key, names_of
from telemetry.store import CountStore, Worker

log = logging.getLogger(__name__)

FLUSH_S = 2.0
"""Seconds between two flushes; the operator's page is at most so far behind."""

LAST_TRIES, AGAIN_S = 5, 0.2
"""Retries of the last flush, seconds between them: all workers flush at once at the end, and SQLite
does not always let one wait for another."""

MOST_WAITING = 20_000
"""Counts that wait while the store fails; further ones are dropped."""


class CountBuffer:
    """The counts of one process, flushed by a thread of its own (`ensure_started`)."""

    def __init__(
        self,
        store: CountStore,
        clock: Callable[[], datetime],
        snapshot: Callable[[], Snapshot | None],
        status: Callable[[], FeedStatus],
    ) -> None:
        """`snapshot`, `status`: of this process' feed; `clock`: the time, aware."""
        self.store = store
        self._clock = clock
        self._snapshot = snapshot
        self._status = status
        self._since = int(clock().timestamp())
        self._waiting: Counter[Key] = Counter()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()
        self.calls = 0
        """SIP calls that this process holds now"""
        self.kept = True
        """whether the last flush succeeded"""

    def turn(self, seen: Observed) -> None:
        """Count a turn."""
        self.count(names_of(seen))

    def refused(self, why: str) -> None:
        """Count a refused request; `why`: forbidden, too_many, too_large, busy."""
        self.count({SLOT_S: [f"refused/{why}"]})

    def count(self, names: Mapping[int, Iterable[str]]) -> None:
        """Add 1 to each: width of the slot in seconds → names (`telemetry.counts`)."""
        at = int(self._clock().timestamp())
        self._count([(width, at - at % width, name) for width in names for name in names[width]])

    def _count(self, counts: Counter[Key] | list[Key]) -> None:
        with self._lock:
            if len(self._waiting) < MOST_WAITING:
                self._waiting.update(counts)

    def ensure_started(self) -> None:
        """Start at the first request, once: a forked worker has no threads of its parent's."""
        if self._thread is None:
            with self._lock:
                if self._thread is None:
                    self._thread = threading.Thread(target=self._run, name="buffer", daemon=True)
                    self._thread.start()

    def stop(self) -> None:
        """End the thread and flush what is left."""
        self._stop.set()
        if self._thread:
            self._thread.join()
        for _ in range(LAST_TRIES):
            self.flush()
            if self.kept:
                return
            time.sleep(AGAIN_S)

    def flush(self) -> None:
        """Write the counts and a sign of life to the store; keep the counts where that fails."""
        with self._lock:
            counts, self._waiting = self._waiting, Counter()
        self.kept = self.store.add(counts, self._worker())
        if not self.kept:
            self._count(counts)

    def _run(self) -> None:
        while not self._stop.wait(FLUSH_S):
            try:
                self.flush()
            except Exception:
                log.exception("figures could not be handed on")

    def _worker(self) -> Worker:
        snapshot, status = self._snapshot(), self._status()
        return Worker(
            host=socket.gethostname(),
            pid=os.getpid(),
            since=self._since,
            asks=status.asks,
            refusals=status.refusals,
            cause=status.cause,
            source_time=int(snapshot.source_time.timestamp()) if snapshot else 0,
            seen=int(self._clock().timestamp()),
            calls=self.calls,
        )
