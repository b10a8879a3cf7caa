"""Opening hours and coordinates beside the feed of a running service: renewed daily, kept."""

import logging
import time
from dataclasses import replace

from shared.errors import FeedError
from shared.feed.extras import parse_hours, parse_locations
from shared.feed.fetch import Answer, Limits, fetch
from shared.feed.keep import Mark, Shelf
from shared.feed.parse import NO_EXTRAS, Extras

log = logging.getLogger(__name__)

DAILY_SECONDS = 86_400.0
AGAIN_SECONDS = 600.0
"""After a failure; the feed itself goes on meanwhile."""

TOTAL_SECONDS = 8.0
"""For each file: the feed waits for them, and must not miss a renewal."""


class Companions:
    """The two files as last read. `extras` is the same object until one of them changes."""

    def __init__(self, hours: str, locations: str, limits: Limits, shelf: Shelf) -> None:
        """`hours`, `locations`: URL or path, "" for none."""
        self.extras: Extras = NO_EXTRAS
        self._sources = {"hours": hours, "locations": locations}
        self._limits = replace(limits, total_seconds=min(limits.total_seconds, TOTAL_SECONDS))
        self._shelf = shelf
        self._answers: dict[str, Answer] = {}
        self._due = dict.fromkeys(self._sources, 0.0)
        self._marks: dict[str, Mark | None] = {}

    def ask(self, *, keep: bool) -> bool:
        """Fetch what is due; whether anything changed. A failure is logged and changes nothing."""
        changed = False
        for name, source in self._sources.items():
            if source and time.monotonic() >= self._due[name]:
                changed |= self._ask_one(name, source, keep)
        return changed

    def _ask_one(self, name: str, source: str, keep: bool) -> bool:
        self._due[name] = time.monotonic() + AGAIN_SECONDS
        try:
            answer = fetch(source, self._answers.get(name), self._limits)
            changed = answer is not None and self._take(name, answer.content)
        except FeedError as problem:
            log.warning("feed: the %s stay as they were: %s", name, problem)
            return False
        self._due[name] = time.monotonic() + DAILY_SECONDS
        if answer:
            self._answers[name] = answer
        if answer and changed and keep:
            try:
                self._shelf.keep(name, answer.content)
            except OSError as problem:
                log.warning("feed: the %s could not be kept (%s)", name, problem.strerror)
        return changed

    def look(self) -> bool:
        """Take what another process kept; whether anything changed."""
        changed = False
        for name, source in self._sources.items():
            mark = self._shelf.mark(name) if source else None
            if mark is None or mark == self._marks.get(name):
                continue
            self._marks[name] = mark
            content = self._shelf.kept(name)
            try:
                changed |= content is not None and self._take(name, content)
            except FeedError as problem:
                log.warning("feed: the kept %s cannot be read: %s", name, problem)
        return changed

    def _take(self, name: str, content: bytes) -> bool:
        """Read one of the files; whether it says something new. FeedUnreadable where it is none."""
        if name == "hours":
            new = Extras(parse_hours(content), self.extras.locations)
        else:
            new = Extras(self.extras.hours, parse_locations(content))
        if new == self.extras:
            return False
        self.extras = new
        return True
