"""A reload (HUP) without a pause: the old workers answer until the new ones are ready.

gunicorn starts new workers and ends the old ones in the same moment, and a new one needs some four
seconds before it answers. Here an old worker that is told to end goes on until as many new ones are
ready as there shall be. The second time it is told (the master stops, or has waited for
`graceful_timeout`), it ends in any case.

The master and the workers agree by a page of memory that every fork shares. Each new worker writes
a byte of its own in it, so that there is nothing to lock.
"""

import mmap
import struct

_AGE = struct.Struct("=Q")
_SLOTS = 1024
"""Bytes by which workers say that they are ready; there are at most 256 of them (settings.py), and
gunicorn numbers those that it starts one after the other."""


class Handover:
    """Made by the master before its first fork. Workers are known by gunicorn's `age`: 1, 2, …"""

    def __init__(self) -> None:
        self._shared = mmap.mmap(-1, _AGE.size + _SLOTS)

    def begin(self, age: int) -> None:
        """The master, before it starts new workers: all up to `age` are to be replaced."""
        self._shared[:] = _AGE.pack(age) + bytes(_SLOTS)

    def ready(self, age: int) -> None:
        """A worker, when it can answer."""
        self._shared[_AGE.size + age % _SLOTS] = 1

    def goes_on(self, age: int, workers: int) -> bool:
        """Whether a worker is to be replaced, and fewer than `workers` new ones are ready."""
        (replaced,) = _AGE.unpack_from(self._shared)
        return age <= int(replaced) and sum(self._shared[_AGE.size :]) < workers
