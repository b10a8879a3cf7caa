"""One renewal of the feed: the source asked, or what another process or host took of it.

Of the processes that share a `DATA_DIR` one asks the source and keeps what it accepted; the others
take the kept files when they change. Of several hosts that share a Redis one asks, and the others
take what it left there. The demo feed and recordings each process reads for itself.
"""

import logging
import os
from collections.abc import Callable, Iterable
from datetime import datetime

from shared.catalog import Catalog, Snapshot
from shared.clock import TAIPEI
from shared.errors import FeedError, FeedRefused, FeedUnreadable
from shared.feed.extras_renewal import ExtrasRenewal
from shared.feed.fetch import FetchedContent, describe, fetch, is_recording
from shared.feed.file_cache import ContentCache, FileCache, Mark
from shared.feed.leader_election import LeaderElection
from shared.feed.load import load_demo
from shared.feed.parse import Parsed, parse_feed
from shared.feed.plausibility import Votes
from shared.feed.redis_cache import Lease, RedisCache
from shared.feed.source import Source
from shared.feed.status import FeedStatus, Tally
from shared.redis_link import connect

log = logging.getLogger(__name__)

REDIS_SECONDS = 1.0
"""What the feed's thread waits for Redis; no call waits for that thread."""

KEPT = "feed"


class Renewal:
    """The snapshot in use, and how it is renewed; used by one thread, read by all."""

    def __init__(
        self,
        source: Source,
        clock: Callable[[], datetime],
        prepare: Callable[[Catalog], object],
        accepted: Callable[[Snapshot | None, Snapshot], object] | None,
        ticks: Callable[[], float],
    ) -> None:
        """`clock`: the time, aware; `ticks`: seconds, which never go back.

        `prepare`: done with a catalog before it is in use.

        `accepted`: told of the snapshot before and the new one, in the one process of this host
        that keeps them.
        """
        self._accepted = accepted
        self._source = source
        self._clock = clock
        self._ticks = ticks
        self._prepare = prepare
        self._cache = FileCache(source.data_dir, source.feed, source.secret)
        self._election = LeaderElection(self._cache.path("feed").with_suffix(".lock"))
        self._common: RedisCache | None = None
        self._lease: Lease | None = None
        if source.redis_url and source.shared:
            redis = connect(source.redis_url, REDIS_SECONDS)
            self._common = RedisCache(redis, source.feed, source.secret)
            self._lease = Lease(redis, source.feed, source.lease_seconds)
        self._extras_renewal = ExtrasRenewal(
            source.hours,
            source.locations,
            source.limits,
            lambda: clock().astimezone(TAIPEI),
            ticks,
        )
        self._tally = Tally()
        self._votes = Votes()
        self._parsed: Parsed | None = None
        self._content = b""
        """of the snapshot in use"""
        self._answer: FetchedContent | None = None
        self._marks: dict[ContentCache, Mark] = {}
        self._alone_from = ticks() + source.starved_seconds

    def current(self) -> Snapshot | None:
        """The snapshot in use; None before the first one."""
        parsed = self._parsed
        return parsed.snapshot if parsed else None

    @property
    def status(self) -> FeedStatus:
        """How the feed is doing, for operators."""
        return self._tally.status(asks=self._asks)

    @property
    def follows(self) -> bool:
        """Whether this process looks at what another one takes, instead of asking."""
        return self._source.shared and not self._asks

    def take_kept(self) -> None:
        """Use what this host kept before, if anything."""
        self._look(self._cache)

    def resign(self) -> None:
        """Let another process and another host ask."""
        if self._lease:
            self._lease.resign()
        self._election.resign()

    def renew(self) -> None:
        """Ask the source once, or look at the kept files; never raises for a bad feed."""
        try:
            if not self._source.feed:
                self._use(load_demo(self._clock(), self._parsed, self._source.seconds), b"")
                self._tally.went_well()
            elif not self._source.shared:
                self._ask()
            elif not self._election.stand():
                self._follow(self._cache)
            elif self._common and self._lease and not self._lease.stand():
                self._follow(self._common)
            else:
                self._ask()
        except FeedError as problem:
            self._tally.failed(problem)

    @property
    def _asks(self) -> bool:
        """Whether this process asks the source, as far as it knows."""
        return self._election.won and (self._lease is None or self._lease.held)

    def _follow(self, cache: ContentCache) -> None:
        """Take what another process or host left; ask where nothing came for too long."""
        self._look(cache)
        if self._ticks() >= self._alone_from:
            self._alone_from = self._ticks() + self._source.seconds
            self._ask()

    def _ask(self) -> None:
        """Fetch, parse, judge plausible, publish, keep. FeedError where any of it refuses."""
        if self._parsed is None:
            self._look(self._cache)  # what was told before a restart is the measure
        if self._common:
            self._look(self._common)  # or by the host that asked before
        if self._parsed is None:
            self._extras_renewal.ask(self._caches, at_first=True)  # no map is drawn without points
        try:
            answer = fetch(self._source.feed, self._answer, self._source.limits)
            if answer:
                self._take(answer)
            self._tally.went_well()
        finally:
            if self._extras_renewal.ask(self._caches) and self._parsed:
                self._use(self._parse(self._content), self._content)
            self._share()

    def _take(self, answer: FetchedContent) -> None:
        try:
            parsed = self._parse(answer.content)
            self._votes.judge(parsed.snapshot, self.current(), self._clock())
        except FeedError as problem:
            raise type(problem)(f"{describe(self._source.feed)}: {problem}") from problem
        self._answer = answer
        before = self.current()
        self._use(parsed, answer.content)
        self._keep(self._caches, answer.content, before)

    @property
    def _caches(self) -> tuple[ContentCache, ...]:
        """Where this process writes what others take: on the host's disk, and for other hosts."""
        if not self._election.won:
            return ()
        return (self._cache, self._common) if self._common and self._asks else (self._cache,)

    def _keep(
        self, caches: Iterable[ContentCache], content: bytes, before: Snapshot | None
    ) -> None:
        """Keep what was accepted, and tell of it, in the one process of this host that does."""
        for cache in caches:
            try:
                cache.keep(KEPT, content)
            except OSError as problem:
                self._tally.not_kept(problem)
        now = self.current()
        if self._election.won and self._accepted and now:
            self._accepted(before, now)

    def _share(self) -> None:
        """Leave for other hosts what Redis has not, or no longer: it may have come up empty."""
        if not self._common or not self._asks:
            return
        for name, content in {KEPT: self._content, **self._extras_renewal.contents}.items():
            if content and not self._common.holds(name, content):
                try:
                    self._common.keep(name, content)
                except OSError as problem:
                    log.warning("feed: %s could not be left for other hosts (%s)", name, problem)

    def _look(self, cache: ContentCache) -> None:
        """Take what is new there: after a restart, or kept by another process or host."""
        changed = self._extras_renewal.look(cache, (self._cache,) if cache is self._common else ())
        mark = cache.mark(KEPT)
        if mark is not None and mark != self._marks.get(cache):
            self._marks[cache] = mark
            self._alone_from = self._ticks() + self._source.starved_seconds
            content = cache.kept(KEPT)
            if content is None:
                log.warning("feed: the kept file is damaged and is left alone")
                return
        elif changed and self._parsed:
            content = self._content
        else:
            return
        try:
            self._take_kept(self._parse(content), content, cache)
        except FeedUnreadable as problem:
            log.warning("feed: the kept file cannot be read: %s", problem)

    def _take_kept(self, parsed: Parsed, content: bytes, cache: ContentCache) -> None:
        """Use what was kept; what came from another host is kept on this one too."""
        before = self.current()
        new = content != self._content
        if new:
            try:
                self._votes.judge(parsed.snapshot, before, self._clock())
            except FeedRefused as problem:
                log.info("feed: what is kept there is not taken: %s", problem)
                return
        self._use(parsed, content)
        self._tally.went_well()
        if new and cache is self._common:
            self._keep((self._cache,), content, before)

    def _parse(self, content: bytes) -> Parsed:
        recorded = is_recording(self._source.feed)
        extras = self._extras_renewal.extras
        return parse_feed(content, before=self._parsed, extras=extras, recorded=recorded)

    def _use(self, parsed: Parsed, content: bytes) -> None:
        """Publish; what is derived from it is made before, so that no caller waits for it."""
        self._prepare(parsed.snapshot.catalog)
        self._content = content
        if self._parsed is None:
            log.info("feed: process %d has its first snapshot", os.getpid())
        self._parsed = parsed
