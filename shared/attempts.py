"""The use of a store that may be away: a failure costs what is kept there, never a call."""

import logging
import time
from collections.abc import Callable
from typing import TypeVar

from redis import RedisError

REST_S = 5.0
"""A store that failed so recently is not asked: not everybody has to wait for it in vain."""

log = logging.getLogger(__name__)

T = TypeVar("T")


class Attempts:
    """Uses one store; logs when it begins to fail and when it can be used again, each once."""

    def __init__(self, store: str, problems: tuple[type[Exception], ...]) -> None:
        """`store`: its name in the log; `problems`: what using it may raise."""
        self._store, self._problems = store, problems
        self._fails, self._failed_at = False, 0.0

    def attempt(self, work: Callable[[], T]) -> T | None:
        """The result of `work`; None where it fails, or the store failed less than REST_S ago."""
        rests = self._fails and time.monotonic() - self._failed_at < REST_S
        return None if rests else self.insist(work)

    def insist(self, work: Callable[[], T]) -> T | None:
        """The same, however recently the store failed."""
        try:
            done = work()
        except self._problems as problem:
            if not self._fails:
                # What redis-py says of a failure may hold the command, and so what was kept.
                told = type(problem).__name__ if isinstance(problem, RedisError) else problem
                log.warning("%s cannot be used (%s)", self._store, told)
            self._fails, self._failed_at = True, time.monotonic()
            return None
        if self._fails:
            log.info("%s can be used again", self._store)
        self._fails = False
        return done
