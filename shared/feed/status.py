"""How the feed is doing: counted, and said in the log once and not every 30 seconds."""

import logging
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from shared.errors import FeedError, FeedRefused, FeedUnreachable

log = logging.getLogger(__name__)

_NUMBERS = re.compile(r"\d+")
"""A cause that differs from the last one in its times and counts alone is the same."""


KINDS = ("unreachable", "unreadable", "refused", "not_kept")
"""What may go wrong with a renewal."""


@dataclass(frozen=True, slots=True)
class FeedStatus:
    """How the feed of one process is doing, for operators."""

    refusals: Mapping[str, int]
    """one of `KINDS` → renewals with that fault since the start"""
    cause: str
    """what was wrong with the last renewal; "" when it went well"""
    asks: bool
    """whether this process is the one that asks the source"""


class Tally:
    """Counts what became of each renewal."""

    def __init__(self) -> None:
        self._refusals: Counter[str] = Counter()
        self._cause = ""
        self._disk: str | None = None

    def status(self, *, asks: bool) -> FeedStatus:
        """As it stands."""
        return FeedStatus(dict(self._refusals), self._cause, asks)

    def went_well(self) -> None:
        """A snapshot was accepted or found unchanged."""
        if self._cause:
            log.info("feed: well again")
        self._cause = ""

    def failed(self, problem: FeedError) -> None:
        """Count it; name the cause where it is another one than last time."""
        kinds = ((FeedUnreachable, "unreachable"), (FeedRefused, "refused"))
        named = (name for kind, name in kinds if isinstance(problem, kind))
        self._refusals[next(named, "unreadable")] += 1
        if _NUMBERS.sub("", str(problem)) != _NUMBERS.sub("", self._cause):
            log.warning("feed: %s; the last good snapshot stays", problem)
        self._cause = str(problem)

    def not_kept(self, problem: OSError) -> None:
        """The snapshot is in use but could not be written: a full disk, a read-only one."""
        self._refusals["not_kept"] += 1
        cause = problem.strerror
        if cause != self._disk:
            log.warning("feed: the snapshot could not be kept in DATA_DIR (%s)", cause)
        self._disk = cause
