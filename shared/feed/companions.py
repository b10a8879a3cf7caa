"""Opening hours and coordinates beside the feed of a running service: renewed daily, kept."""

import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace

from shared.errors import FeedError
from shared.feed.extras import parse_hours, parse_locations
from shared.feed.fetch import Answer, Limits, fetch
from shared.feed.keep import AnyShelf, Mark
from shared.feed.parse import NO_EXTRAS, Extras

log = logging.getLogger(__name__)

DAILY_SECONDS = 86_400.0
AGAIN_SECONDS = 600.0
"""After a failure; the feed itself goes on meanwhile."""

TOTAL_SECONDS = 8.0
"""For each file: the feed waits for them, and must not miss a renewal."""

FIRST_SECONDS = 1.0
"""For each file before the first snapshot, for which callers wait; then they are asked again."""


class Companions:
    """The two files as last read. `extras` is the same object until one of them changes."""

    def __init__(self, hours: str, locations: str, limits: Limits) -> None:
        """`hours`, `locations`: URL or path, "" for none."""
        self.extras: Extras = NO_EXTRAS
        self._sources = {"hours": hours, "locations": locations}
        self._limits = replace(limits, total_seconds=min(limits.total_seconds, TOTAL_SECONDS))
        self._at_first = replace(limits, total_seconds=min(limits.total_seconds, FIRST_SECONDS))
        self._answers: dict[str, Answer] = {}
        self._due = dict.fromkeys(self._sources, 0.0)
        self._marks: dict[tuple[AnyShelf, str], Mark] = {}
        self._contents: dict[str, bytes] = {}

    @property
    def contents(self) -> Mapping[str, bytes]:
        """hours, locations → the file as it was taken last; those that there are."""
        return self._contents

    def ask(self, shelves: Sequence[AnyShelf], *, at_first: bool = False) -> bool:
        """Fetch what is due and keep it on `shelves`; whether anything changed.

        A failure is logged and changes nothing. `at_first`: callers wait for it, so what is slow is
        due again at once.
        """
        changed = False
        for name, source in self._sources.items():
            if source and time.monotonic() >= self._due[name]:
                changed |= self._ask_one(name, source, shelves, at_first)
        return changed

    def _ask_one(self, name: str, source: str, shelves: Sequence[AnyShelf], at_first: bool) -> bool:
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
                _keep(shelves, name, answer.content)
        return changed

    def look(self, shelf: AnyShelf, onto: Sequence[AnyShelf] = ()) -> bool:
        """Take what another process or host kept, and keep it `onto`; whether anything changed."""
        changed = False
        for name, source in self._sources.items():
            mark = shelf.mark(name) if source else None
            if mark is None or mark == self._marks.get((shelf, name)):
                continue
            self._marks[shelf, name] = mark
            content = shelf.kept(name)
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


def _keep(shelves: Sequence[AnyShelf], name: str, content: bytes) -> None:
    for shelf in shelves:
        try:
            shelf.keep(name, content)
        except OSError as problem:
            log.warning("feed: the %s could not be kept (%s)", name, problem.strerror)
