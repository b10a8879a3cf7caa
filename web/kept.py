"""A value that is derived from a snapshot: made once, and kept until there is another snapshot."""

from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

from shared.catalog import Snapshot

T = TypeVar("T")


class Kept(Generic[T]):
    """Derives a value from each snapshot when it is first asked for; holds the last one."""

    def __init__(
        self,
        make: Callable[[Snapshot], T],
        by: Callable[[Snapshot], object] = lambda snapshot: snapshot,
    ) -> None:
        """`by`: the part of the snapshot that `make` uses; the value is kept while it is equal."""
        self._make = make
        self._by = by
        self._made: tuple[object, T] | None = None
        self._making = Lock()

    def of(self, snapshot: Snapshot) -> T:
        """The value for `snapshot`; of several threads that ask at once, one makes it."""
        key, made = self._by(snapshot), self._made
        if made and made[0] == key:
            return made[1]
        with self._making:
            if not self._made or self._made[0] != key:
                self._made = key, self._make(snapshot)
            return self._made[1]
