"""What is derived from a snapshot, once: a value that is kept until there is another snapshot, and
a body that is sent to many."""

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2s
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


_LEVEL = 6
"""Of gzip. For the points of 2020-03-03, 9 takes 2.4 times as long for 6 % less, 1 a third of the
time for 18 % more."""


@dataclass(frozen=True, slots=True)
class Body:
    """JSON, ready to be sent."""

    content: bytes
    """UTF-8"""
    zipped: bytes
    """the same in gzip"""
    version: str
    """changes with the content; the same in every process"""

    @classmethod
    def of(cls, text: str) -> "Body":
        """`text`, compressed and named by its digest."""
        content = text.encode()
        version = blake2s(content, digest_size=12).hexdigest()
        return cls(content, gzip.compress(content, _LEVEL, mtime=0), version)
