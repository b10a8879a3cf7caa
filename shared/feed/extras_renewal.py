"""Opening hours and coordinates beside the feed of a running service: renewed daily, kept."""

import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace

from shared.errors import FeedError
from shared.feed.extras import parse_hours, parse_locations
from shared.feed.fetch import FetchedContent, FetchLimits, fetch
from shared.feed.file_cache import ContentCache, Mark
from shared.feed.parse import NO_EXTRAS, Extras

log = logging.getLogger(__name__)

DAILY_SECONDS = 86_400.0
AGAIN_SECONDS = 600.0
"""After a failure; the feed itself goes on meanwhile."""

TOTAL_SECONDS = 8.0
"""For each file: the feed waits for them, and must not miss a renewal."""

FIRST_SECONDS = 1.0
"""For each file before the first snapshot, for which callers wait; then they are asked again."""


class ExtrasRenewal:
    """The two files as last read. `extras` is the same object until one of them changes."""

    def __init__(self, hours: str, locations: str, limits: FetchLimits) -> None:
        """`hours`, `locations`: URL or path, "" for none."""
        self.extras: Extras = NO_EXTRAS
        self._sources = {"hours": hours, "locations": locations}
        self._limits = replace(limits, total_seconds=min(limits.total_seconds, TOTAL_SECONDS))
        self._at_first = replace(limits, total_seconds=min(limits.total_seconds, FIRST_SECONDS))
        self._answers: dict[str, FetchedContent] = {}
        self._due = dict.fromkeys(self._sources, 0.0)
        self._marks: dict[tuple[ContentCache, str], Mark] = {}
        self._contents: dict[str, bytes] = {}

    @property
    def contents(self) -> Mapping[str, bytes]:
        """hours, locations → the file as it was taken last; those that there are."""
        return self._contents

    def ask(self, caches: Sequence[ContentCache], *, at_first: bool = False) -> bool:
        """Fetch what is due and keep it on `caches`; whether anything changed.

        A failure is logged and changes nothing. `at_first`: callers wait for it, so what is slow is
        due again at once.
        """
        changed = False
        for name, source in self._sources.items():
            if source and time.monotonic() >= self._due[name]:
                changed |= self._ask_one(name, source, caches, at_first)
        return changed

    def _ask_one(
        self, name: str, source: str, caches: Sequence[ContentCache], at_first: bool
    ) -> bool:
        limits = self._at_first if at_first else self._limits
        if not at_first:
            self._due[name] = time.monotonic() + AGAIN_SECONDS
        try:
            answer = fetch(source, self._answers.get(name), limits)
            changed = answer is not None and self._take(name, answer.content)
        except FeedError as problem:
            if not at_first:
                log.warning("feed: the %s stay as they were: %s", name, problem)
            return False
        self._due[name] = time.monotonic() + DAILY_SECONDS
        if answer:
            self._answers[name] = answer
            if changed:
                _keep(caches, name, answer.content)
        return changed

    def look(self, cache: ContentCache, onto: Sequence[ContentCache] = ()) -> bool:
        """Take what another process or host kept, and keep it `onto`; whether anything changed."""
        changed = False
        for name, source in self._sources.items():
            mark = cache.mark(name) if source else None
            if mark is None or mark == self._marks.get((cache, name)):
                continue
            self._marks[cache, name] = mark
            content = cache.kept(name)
            try:
                if content is not None and self._take(name, content):
                    changed = True
                    _keep(onto, name, content)
            except FeedError as problem:
                log.warning("feed: the kept %s cannot be read: %s", name, problem)
        return changed

    def _take(self, name: str, content: bytes) -> bool:
        """Read one of the files; whether it says something new. FeedUnreadable where it is none."""
        if name == "hours":
            new = Extras(parse_hours(content), self.extras.locations)
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
