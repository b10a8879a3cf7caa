"""The feed of a running service: asked again and again, one snapshot in use at a time.

Of the processes that share a `DATA_DIR` one asks the source and keeps what it accepted; the others
take the kept files when they change. The demo feed and recordings each process reads for itself.
"""

import logging
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from shared.catalog import Catalog, Snapshot
from shared.errors import FeedError, FeedUnreadable
from shared.feed.companions import Companions
from shared.feed.elect import Election
from shared.feed.fetch import LIMITS, Answer, Limits, describe, fetch, is_recording
from shared.feed.guard import refuse_bad
from shared.feed.keep import Mark, Shelf
from shared.feed.load import load_demo
from shared.feed.parse import Parsed, parse_feed
from shared.feed.status import FeedStatus, Tally

log = logging.getLogger(__name__)

WATCH_SECONDS = 1.0
"""How often a process that does not ask looks at the kept files; new counts are seen within 2 s."""

FIRST_SECONDS = 3.0
"""How long a start waits for the first snapshot, well under the 15 s after which Twilio gives up;
then calls are answered that there are no data yet."""

STARVED_SECONDS = 600.0
"""After so long without a new kept file a process asks for itself: the one that should may hang, or
its disk may be full. Well before the 30 minutes after which an age is said."""

KEPT = "feed"


@dataclass(frozen=True, slots=True)
class Source:
    """Where the feed comes from."""

    feed: str = ""
    """URL or path; "" for the demo feed"""
    hours: str = ""
    locations: str = ""
    seconds: float = 30
    data_dir: Path = field(default_factory=lambda: Path("var"))
    limits: Limits = LIMITS
    starved_seconds: float = STARVED_SECONDS

    @property
    def shared(self) -> bool:
        """Whether processes share what one of them fetched."""
        return bool(self.feed) and not is_recording(self.feed)


class Feed:
    """Holds the snapshot in use; `start` keeps it fresh in a thread of its own."""

    def __init__(
        self,
        source: Source,
        clock: Callable[[], datetime],
        prepare: Callable[[Catalog], object] = id,
        accepted: Callable[[Snapshot | None, Snapshot], object] | None = None,
    ) -> None:
        """`clock`: the time, aware; `prepare`: done with a catalog before it is in use.

        `accepted`: told of the snapshot before and the new one, in the one process that keeps
        them. Nothing is read before `renew` or `start`.
        """
        self._accepted = accepted
        self._source = source
        self._clock = clock
        self._prepare = prepare
        self._shelf = Shelf(source.data_dir, source.feed)
        self._election = Election(self._shelf.path("feed").with_suffix(".lock"))
        self._companions = Companions(source.hours, source.locations, source.limits, self._shelf)
        self._tally = Tally()
        self._parsed: Parsed | None = None
        self._content = b""
        """of the snapshot in use"""
        self._answer: Answer | None = None
        self._mark: Mark | None = None
        self._alone_from = time.monotonic() + source.starved_seconds
        self._stop = threading.Event()
        self._first = threading.Event()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None

    def current(self) -> Snapshot | None:
        """The snapshot in use; None before the first one."""
        parsed = self._parsed
        return parsed.snapshot if parsed else None

    @property
    def status(self) -> FeedStatus:
        """How the feed is doing, for operators."""
        return self._tally.status(asks=self._election.won)

    def start(self) -> None:
        """Take the kept snapshot at once; renew in a thread, waiting a little for the first."""
        if self._source.shared:
            self._look()
        self._thread = threading.Thread(target=self._run, name="feed", daemon=True)
        self._thread.start()
        if self._parsed is None:
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
        self._election.resign()

    def renew(self) -> None:
        """Ask the source once, or look at the kept files; never raises for a bad feed."""
        try:
            if not self._source.feed:
                now = self._clock()
                self._use(load_demo(now, self._parsed, self._source.seconds), b"")
                self._tally.went_well(now)
            elif not self._source.shared or self._election.stand():
                self._ask()
            else:
                self._look()
                if time.monotonic() >= self._alone_from:
                    self._alone_from = time.monotonic() + self._source.seconds
                    self._ask()
        except FeedError as problem:
            self._tally.failed(problem)
        finally:
            self._first.set()

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self.renew()
            except Exception:
                log.exception("feed: renewal failed; the last good snapshot stays")
            watches = self._source.shared and not self._election.won
            self._stop.wait(WATCH_SECONDS if watches else self._source.seconds)

    def _ask(self) -> None:
        """Fetch, parse, guard, publish, keep. FeedError where any of it refuses."""
        if self._parsed is None and self._source.shared:
            self._look()  # so that the guard knows what was told before a restart
        try:
            answer = fetch(self._source.feed, self._answer, self._source.limits)
            if answer:
                self._take(answer)
            self._tally.went_well(self._clock())
        finally:
            if self._companions.ask(keep=self._keeps) and self._parsed:
                self._use(self._parse(self._content), self._content)

    def _take(self, answer: Answer) -> None:
        try:
            parsed = self._parse(answer.content)
            refuse_bad(parsed.snapshot, self.current(), self._clock())
        except FeedError as problem:
            raise type(problem)(f"{describe(self._source.feed)}: {problem}") from problem
        self._answer = answer
        before = self.current()
        self._use(parsed, answer.content)
        if self._keeps:
            self._keep(answer.content)
            if self._accepted:
                self._accepted(before, parsed.snapshot)

    @property
    def _keeps(self) -> bool:
        """Whether this process is the one that writes what all share."""
        return self._source.shared and self._election.won

    def _keep(self, content: bytes) -> None:
        try:
            self._shelf.keep(KEPT, content)
        except OSError as problem:
            self._tally.not_kept(problem)

    def _look(self) -> None:
        """Take the kept files where they are new: after a restart, or kept by another process."""
        changed = self._companions.look()
        mark = self._shelf.mark(KEPT)
        if mark is not None and mark != self._mark:
            self._mark = mark
            self._alone_from = time.monotonic() + self._source.starved_seconds
            content = self._shelf.kept(KEPT)
            if content is None:
                log.warning("feed: the kept file is damaged and is left alone")
                return
        elif changed and self._parsed:
            content = self._content
        else:
            return
        try:
            self._use(self._parse(content), content)
            self._tally.went_well(self._clock())
        except FeedUnreadable as problem:
            log.warning("feed: the kept file cannot be read: %s", problem)

    def _parse(self, content: bytes) -> Parsed:
        recorded = is_recording(self._source.feed)
        extras = self._companions.extras
        return parse_feed(content, before=self._parsed, extras=extras, recorded=recorded)

    def _use(self, parsed: Parsed, content: bytes) -> None:
        """Publish; what is derived from it is made before, so that no caller waits for it."""
        self._prepare(parsed.snapshot.catalog)
        self._content = content
        if self._parsed is None:
            log.info("feed: process %d has its first snapshot", os.getpid())
        self._parsed = parsed
