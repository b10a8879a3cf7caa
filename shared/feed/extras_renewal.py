"""Opening hours and coordinates beside the feed of a running service: renewed daily, kept."""

import logging
import math
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from shared.clock import taipei_now
from shared.errors import FeedError
from shared.feed.extras import parse_hours, parse_locations
from shared.feed.fetch import FetchedContent, FetchLimits, fetch
from shared.feed.file_cache import ContentCache, Mark
from shared.feed.first_seen import FirstSeen
from shared.feed.parse import NO_EXTRAS, Extras

log = logging.getLogger(__name__)

HOURS, SEEN = "hours", "seen"

DAILY_SECONDS = 86_400.0
AGAIN_SECONDS = 600.0
"""After a failure; the feed itself goes on meanwhile."""

TOTAL_SECONDS = 8.0
"""For each file, once a day: the feed waits for it, so one renewal may come that much later."""

FIRST_SECONDS = 1.0
"""For each file before the first snapshot, for which callers wait; then they are asked again."""


class ExtrasRenewal:
    """The two files as last read. `extras` is the same object until one of them changes."""

    def __init__(
        self,
        hours: str,
        locations: str,
        limits: FetchLimits,
        clock: Callable[[], datetime] = taipei_now,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        """`hours`, `locations`: URL or path, "" for none; `clock`: the time in Taiwan, aware;
        `ticks`: seconds, which never go back."""
        self.extras: Extras = NO_EXTRAS
        self._sources = {"hours": hours, "locations": locations}
        self._limits = replace(limits, total_seconds=min(limits.total_seconds, TOTAL_SECONDS))
        self._at_first = replace(limits, total_seconds=min(limits.total_seconds, FIRST_SECONDS))
        self._answers: dict[str, FetchedContent] = {}
        self._due: dict[str, float] = {}
        self._marks: dict[tuple[ContentCache, str], Mark] = {}
        self._contents: dict[str, bytes] = {}
        self._clock = clock
        self._ticks = ticks
        self._seen = FirstSeen()

    @property
    def contents(self) -> Mapping[str, bytes]:
        """hours, locations → the file as it was taken last, seen → since when its notes stand
        there; those that there are."""
        return self._contents

    def ask(self, caches: Sequence[ContentCache], *, at_first: bool = False) -> bool:
        """Fetch what is due and keep it on `caches`; whether anything changed.

        A failure is logged and changes nothing. `at_first`: callers wait for it, so what is slow is
        due again at once.
        """
        changed = False
        for name, source in self._sources.items():
            if source and self._ticks() >= self._due.get(name, -math.inf):
                changed |= self._ask_one(name, source, caches, at_first)
        return changed

    def _ask_one(
        self, name: str, source: str, caches: Sequence[ContentCache], at_first: bool
    ) -> bool:
        limits = self._at_first if at_first else self._limits
        if not at_first:
            self._due[name] = self._ticks() + AGAIN_SECONDS
        try:
            answer = fetch(source, self._answers.get(name), limits)
            changed = answer is not None and self._take(name, answer.content, asked=True)
        except FeedError as problem:
            if not at_first:
                log.warning("feed: the %s stay as they were: %s", name, problem)
            return False
        self._due[name] = self._ticks() + DAILY_SECONDS
        if name == HOURS:
            self._keep_seen(caches)
        if answer:
            self._answers[name] = answer
            if changed:
                _keep(caches, name, answer.content)
        return changed

    def look(self, cache: ContentCache, onto: Sequence[ContentCache] = ()) -> bool:
        """Take what another process or host kept, and keep it `onto`; whether anything changed."""
        changed = self._look_at_seen(cache, onto)
        for name, source in self._sources.items():
            content = self._new_in(cache, name) if source else None
            try:
                if content is not None and self._take(name, content):
                    changed = True
                    _keep(onto, name, content)
            except FeedError as problem:
                log.warning("feed: the kept %s cannot be read: %s", name, problem)
        return changed

    def _new_in(self, cache: ContentCache, name: str) -> bytes | None:
        """What is kept there, where it was replaced since the last look."""
        mark = cache.mark(name)
        if mark is None or mark == self._marks.get((cache, name)):
            return None
        self._marks[cache, name] = mark
        return cache.kept(name)

    def _keep_seen(self, caches: Sequence[ContentCache]) -> None:
        """Since when the notes stand there, and that they were looked at now."""
        self._seen = replace(self._seen, looked=self._clock())
        self._contents[SEEN] = self._seen.packed()
        _keep(caches, SEEN, self._contents[SEEN])

    def _look_at_seen(self, cache: ContentCache, onto: Sequence[ContentCache]) -> bool:
        """Take since when notes stand there, as it was kept; whether that changed anything."""
        content = self._new_in(cache, SEEN) if self._sources[HOURS] else None
        if content is None or content == self._contents.get(SEEN):
            return False
        try:
            self._seen = FirstSeen.unpacked(content)
        except ValueError as problem:
            log.warning("feed: when notes were first seen cannot be read: %s", problem)
            return False
        self._contents[SEEN] = content
        _keep(onto, SEEN, content)
        hours = self._contents.get(HOURS)
        return hours is not None and self._take(HOURS, hours)

    def _take(self, name: str, content: bytes, *, asked: bool = False) -> bool:
        """Read one of the files; whether it says something new. FeedUnreadable where it is none.

        `asked`: as it is now, so that notes which are new in it are first seen today.
        """
        if name == HOURS:
            hours = parse_hours(content)
            if asked:
                self._seen = self._seen.after(hours, self._clock())
            new = Extras(self._seen.stamped(hours), self.extras.locations)
        else:
            new = Extras(self.extras.hours, parse_locations(content))
        self._contents[name] = content
        if new == self.extras:
            return False
        self.extras = new
        return True


def _keep(caches: Sequence[ContentCache], name: str, content: bytes) -> None:
    for cache in caches:
        try:
            cache.keep(name, content)
        except OSError as problem:
            log.warning("feed: the %s could not be kept (%s)", name, problem.strerror)
