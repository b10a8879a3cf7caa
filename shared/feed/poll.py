"""The feed of a running service: asked again and again, one snapshot in use at a time."""

import logging
import threading
import time
from collections.abc import Callable
from datetime import datetime

from shared.catalog import Catalog, Snapshot
from shared.feed.renewal import Renewal
from shared.feed.source import Source
from shared.feed.status import FeedStatus

log = logging.getLogger(__name__)

WATCH_SECONDS = 1.0
"""How often a process that does not ask looks at the kept files; new counts are seen within 2 s."""

FIRST_SECONDS = 3.0
"""How long a start waits for the first snapshot, well under the 15 s after which Twilio gives up;
then calls are answered that there are no data yet."""


class Feed:
    """Holds the snapshot in use; `start` keeps it fresh in a thread of its own."""

    def __init__(
        self,
        source: Source,
        clock: Callable[[], datetime],
        prepare: Callable[[Catalog], object] = id,
        accepted: Callable[[Snapshot | None, Snapshot], object] | None = None,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        """As `Renewal`. Nothing is read before `renew` or `start`."""
        self._seconds = source.seconds
        self._renewal = Renewal(source, clock, prepare, accepted, ticks)
        self._stop = threading.Event()
        self._first = threading.Event()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None

    def current(self) -> Snapshot | None:
        """The snapshot in use; None before the first one."""
        return self._renewal.current()

    @property
    def status(self) -> FeedStatus:
        """How the feed is doing, for operators."""
        return self._renewal.status

    def start(self) -> None:
        """Take the kept snapshot at once; renew in a thread, waiting a little for the first."""
        self._renewal.take_kept()
        self._thread = threading.Thread(target=self._run, name="feed", daemon=True)
        self._thread.start()
        if self.current() is None:
            self._first.wait(FIRST_SECONDS)

    def ensure_started(self) -> None:
        """Start at the first request, once: a forked worker has no threads of its parent's."""
        if self._thread is None:
            with self._starting:
                if self._thread is None:
                    self.start()

    def stop(self) -> None:
        """End the thread, after a fetch that may be going on, and give up the lock."""
        self._stop.set()
        if self._thread:
            self._thread.join()
        self._renewal.resign()

    def renew(self) -> None:
        """Ask the source once, or look at the kept files; never raises for a bad feed."""
        try:
            self._renewal.renew()
        finally:
            self._first.set()

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self.renew()
            except Exception:
                log.exception("feed: renewal failed; the last good snapshot stays")
            self._stop.wait(WATCH_SECONDS if self._renewal.follows else self._seconds)
