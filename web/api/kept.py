"""What is made of a snapshot once, and told until the next one."""

from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

from shared.catalog import Snapshot

T = TypeVar("T")


class Kept(Generic[T]):
    """Makes a value of each snapshot when it is first asked for; holds that of the last one."""

    def __init__(self, make: Callable[[Snapshot], T]) -> None:
        self._make = make
        self._made: tuple[Snapshot, T] | None = None
        self._making = Lock()

    def of(self, snapshot: Snapshot) -> T:
        """The value of `snapshot`; of several that ask at once, one makes it."""
        made = self._made
        if made and made[0] is snapshot:
            return made[1]
        with self._making:
            if not self._made or self._made[0] is not snapshot:
                self._made = snapshot, self._make(snapshot)
            return self._made[1]
