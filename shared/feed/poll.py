"""The feed of a running service: asked again and again, one snapshot in use at a time.

Of the processes that share a `DATA_DIR` one asks the source (whoever holds the lock; the system
frees it when that process dies) and keeps what it accepted; the others read the kept file when it
changes.
"""

import fcntl
import logging
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO

from shared.catalog import Catalog, Snapshot
from shared.errors import FeedError, FeedUnreadable
from shared.feed.fetch import Answer, fetch, is_recording
from shared.feed.guard import refuse_bad
from shared.feed.keep import keep, kept
from shared.feed.load import load_demo, load_extras
from shared.feed.parse import NO_EXTRAS, Extras, Parsed, parse_feed

log = logging.getLogger(__name__)

WATCH_SECONDS = 1.0
"""How often a process that does not ask looks at the kept file; new counts are seen within 2 s."""

FIRST_WAIT_SECONDS = 3.0
"""How long the first caller waits for a first snapshot; a webhook must answer within 5 s."""

EXTRAS_SECONDS = 86_400
"""Opening hours and coordinates are renewed daily."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where the feed comes from."""

    feed: str = ""
    """URL or path; "" for the demo feed"""
    hours: str = ""
    locations: str = ""
    seconds: int = 30
    data_dir: Path = field(default_factory=lambda: Path("var"))


@dataclass(frozen=True, slots=True)
class FeedStatus:
    """How the feed is doing, for operators."""

    refusals: int = 0
    """renewals that failed or were refused since the start"""
    cause: str = ""
    """of the last renewal; "" when it went well"""
    renewed: datetime | None = None
    """when a snapshot was last accepted or found unchanged"""
    asks: bool = False
    """whether this process is the one that asks the source"""


class Feed:
    """Holds the snapshot in use; `start` keeps it fresh in a thread of its own."""

    def __init__(
        self,
        source: Source,
        clock: Callable[[], datetime],
        prepare: Callable[[Catalog], object] = id,
    ) -> None:
        """`clock`: the time, aware; `prepare`: done with a new catalog before it is in use.

        Nothing is read before `renew` or `start`.
        """
        self._prepare = prepare
        self._source = source
        self._clock = clock
        self._parsed: Parsed | None = None
        self._answer: Answer | None = None
        self._extras: Extras = NO_EXTRAS
        self._extras_at: datetime | None = None
        self._lock: IO[bytes] | None = None
        self._mark: tuple[int, int] | None = None
        self._stop = threading.Event()
        self._starting = threading.Lock()
        self._first = threading.Event()
        self._thread: threading.Thread | None = None
        self.status = FeedStatus()

    def current(self) -> Snapshot | None:
        """The snapshot in use; None before the first one."""
        parsed = self._parsed
        return parsed.snapshot if parsed else None

    def start(self) -> None:
        """Go on in a thread; returns with a snapshot, or after `FIRST_WAIT_SECONDS` without.

        What was kept on disk is in use at once, however slow the source is.
        """
        if self._source.feed:
            self._look()
        self._thread = threading.Thread(target=self._run, name="feed", daemon=True)
        self._thread.start()
        self._first.wait(FIRST_WAIT_SECONDS)

    def ensure_started(self) -> None:
        """Start at the first request, once: a forked worker has no threads of its parent's."""
        if self._thread is None:
            with self._starting:
                if self._thread is None:
                    self.start()

    def stop(self) -> None:
        """End the thread and give up the lock."""
        self._stop.set()
        if self._thread:
            self._thread.join()
        if self._lock:
            self._lock.close()
            self._lock = None

    def renew(self) -> None:
        """Ask the source once, or look at the kept file; never raises for a bad feed."""
        try:
            if not self._source.feed:
                self._use(load_demo(self._clock(), self._parsed))
            elif self._asks():
                self._ask()
            else:
                self._look()
        except FeedError as problem:
            self._failed(str(problem))
            if self._parsed is None:
                self._look()

    def _run(self) -> None:
        while True:
            try:
                self.renew()
            except Exception:
                log.exception("feed: renewal failed; the last good snapshot stays")
            self._first.set()
            if self._stop.wait(self._pause()):
                return

    def _pause(self) -> float:
        return WATCH_SECONDS if self._source.feed and not self._lock else self._source.seconds

    def _asks(self) -> bool:
        """Whether this process holds the lock, trying to take it if nobody does."""
        if self._lock:
            return True
        try:
            self._source.data_dir.mkdir(parents=True, exist_ok=True)
            file = (self._source.data_dir / "feed.lock").open("ab")
        except OSError as problem:
            self._failed(f"DATA_DIR cannot be written ({problem.strerror}); asking alone")
            return True
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.close()
            return False
        self._lock = file
        return True

    @property
    def _kept_path(self) -> Path:
        return self._source.data_dir / "feed.kept"

    def _ask(self) -> None:
        """Fetch, parse, guard, keep, publish. FeedError where any of it refuses."""
        self._renew_extras()
        answer = fetch(self._source.feed, self._answer)
        if answer is None:
            self._went_well()
            return
        parsed = self._parse(answer.content)
        refuse_bad(parsed.snapshot, self.current(), self._clock())
        self._answer = answer
        self._use(parsed)
        self._keep(answer.content)

    def _renew_extras(self) -> None:
        now = self._clock()
        if self._extras_at and (now - self._extras_at).total_seconds() < EXTRAS_SECONDS:
            return
        self._extras_at = now
        try:
            self._extras = load_extras(self._source.hours, self._source.locations)
        except FeedError as problem:
            log.warning("feed: hours and locations stay as they were: %s", problem)

    def _parse(self, content: bytes) -> Parsed:
        recorded = is_recording(self._source.feed)
        return parse_feed(content, before=self._parsed, extras=self._extras, recorded=recorded)

    def _use(self, parsed: Parsed) -> None:
        """Publish; what is derived from it is made before, so that no caller waits for it."""
        self._prepare(parsed.snapshot.catalog)
        self._parsed = parsed
        self._went_well()

    def _keep(self, content: bytes) -> None:
        try:
            keep(self._kept_path, content)
        except OSError as problem:
            log.warning("feed: the snapshot could not be kept on disk (%s)", problem.strerror)

    def _look(self) -> None:
        """Take the kept file where it is new: after a restart, or kept by another process."""
        try:
            facts = self._kept_path.stat()
        except OSError:
            return
        mark = (facts.st_ino, facts.st_mtime_ns)
        if mark == self._mark:
            return
        self._mark = mark
        content = kept(self._kept_path)
        if content is None:
            log.warning("feed: the kept file is damaged and was left alone")
            return
        self._renew_extras()
        try:
            self._use(self._parse(content))
        except FeedUnreadable as problem:
            log.warning("feed: the kept file cannot be read: %s", problem)

    def _went_well(self) -> None:
        if self.status.cause:
            log.info("feed: well again")
        self.status = FeedStatus(
            refusals=self.status.refusals, renewed=self._clock(), asks=self._lock is not None
        )

    def _failed(self, cause: str) -> None:
        """Count it, and name the cause once, not every 30 s."""
        if cause != self.status.cause:
            log.warning("feed: %s; process %d keeps the last good snapshot", cause, os.getpid())
        self.status = FeedStatus(
            refusals=self.status.refusals + 1,
            cause=cause,
            renewed=self.status.renewed,
            asks=self._lock is not None,
        )
