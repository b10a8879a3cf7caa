"""Counts of this process alone, each for a while: what `limits` counts in where Redis is not.

Not the library's own: that walks through all counts, in a thread of its own, a hundredth of a
second after any of them moves. With the 300,000 that a morning on which everybody calls makes, a
turn waited up to 36 ms for that (docs/decisions/limits.md).
"""

from collections.abc import Callable
from threading import Lock

from limits.storage import Storage

MOST = 100_000
"""Counts that are held, some 20 MB. More would be more callers than one process can answer."""


class ProcessCounts(Storage):
    """Key → how often it came, until it expires."""

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
        """The count after adding `amount`; one that is new, or over, lasts `expiry` seconds."""
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
        """When it is over, by the clock."""
        return self._held.get(key, (0, self._clock()))[1]

    def check(self) -> bool:
        """Whether it can be used: always."""
        return True

    def reset(self) -> int | None:
        """Forget all; how many they were."""
        with self._lock:
            count = len(self._held)
            self._held = {}
        return count

    def clear(self, key: str) -> None:
        """Forget one."""
        with self._lock:
            self._held.pop(key, None)

    def _make_room(self, now: float) -> None:
        """Drop what is over and, where that is not enough, all: rather too few refused."""
        if len(self._held) < self._most:
            return
        held = {key: value for key, value in self._held.items() if value[1] > now}
        self._held = held if len(held) < self._most // 2 else {}
