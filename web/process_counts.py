"""A storage for the `limits` library in memory: counts of this process alone.

Not the library's own MemoryStorage: a thread of it walks through all counts a hundredth of a second
after any of them changes. With the 300,000 counts of a busy morning a turn waited up to 36 ms for
that (docs/decisions/limits.md).
"""

from collections.abc import Callable
from threading import Lock

from limits.storage import Storage

MOST = 100_000
"""Counts that are held, some 20 MB; more callers than one process can answer."""


class ProcessCounts(Storage):
    """Key → its count, until it expires."""

    STORAGE_SCHEME = None

    def __init__(self, clock: Callable[[], float], most: int = MOST) -> None:
        """`clock`: seconds, from any start."""
        super().__init__()
        self._clock, self._most = clock, most
        self._lock = Lock()
        self._held: dict[str, tuple[int, float]] = {}

    @property
    def base_exceptions(self) -> type[Exception]:
        """Nothing here fails."""
        return ValueError

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        """The count after adding `amount`; a new or expired one lasts `expiry` seconds."""
        now = self._clock()
        with self._lock:
            count, until = self._held.get(key, (0, 0.0))
            if until <= now:
                count, until = 0, now + expiry
                self._make_room(now)
            self._held[key] = count + amount, until
        return count + amount

    def get(self, key: str) -> int:
        """The count."""
        count, until = self._held.get(key, (0, 0.0))
        return count if until > self._clock() else 0

    def get_expiry(self, key: str) -> float:
        """When the count expires, by the clock."""
        return self._held.get(key, (0, self._clock()))[1]

    def check(self) -> bool:
        """Whether it can be used: always."""
        return True

    def reset(self) -> int | None:
        """Delete all counts; how many they were."""
        with self._lock:
            count = len(self._held)
            self._held = {}
        return count

    def clear(self, key: str) -> None:
        """Delete one count."""
        with self._lock:
            self._held.pop(key, None)

    def _make_room(self, now: float) -> None:
        """Drop expired counts and, where that is not enough, all: better to refuse too few."""
        if len(self._held) < self._most:
            return
        held = {key: value for key, value in self._held.items() if value[1] > now}
        self._held = held if len(held) < self._most // 2 else {}
