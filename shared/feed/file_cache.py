"""The last good files on disk: whole or not at all, and there after a restart."""

import hashlib
import hmac
import os
from collections.abc import Hashable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from shared.feed.fetch import FETCH_LIMITS

_MAGIC = b"mask-line feed 1\n"
_DIGEST_SIZE = 32
_MAGIC_AND_DIGEST = len(_MAGIC) + _DIGEST_SIZE

Mark = tuple[int, int, int] | str
"""inode, time and size of a kept file: another one whenever it was replaced; in Redis its digest"""


class ContentCache(Hashable, Protocol):
    """The last good files, kept for a host (`FileCache`) or for several (`RedisCache`)."""

    def keep(self, name: str, content: bytes) -> None:
        """Replace what is kept under `name` in one step; OSError where that is refused."""

    def kept(self, name: str) -> bytes | None:
        """What was kept last; None where there is none, or it is damaged."""

    def mark(self, name: str) -> Mark | None:
        """What changes when it is replaced; None where there is none."""


@dataclass(frozen=True, slots=True)
class FileCache:
    """Where the files of one source are kept, so that another source's are never taken for them."""

    directory: Path
    source: str
    """its URL; only a hash of it stands in the file names, for it may hold a key"""
    secret: str = ""
    """signs what is kept; "" where there is none that outlives a restart: then it is only told
    whether the file is whole"""

    def path(self, name: str) -> Path:
        """feed-1f0c9a3be2d4.kept"""
        digest = hashlib.blake2s(self.source.encode(), digest_size=6).hexdigest()
        return self.directory / f"{name}-{digest}.kept"

    def keep(self, name: str, content: bytes) -> None:
        """Replace what is kept under `name` in one step; OSError where the disk refuses.

        Written beside it, synced, then renamed: a crash at any byte leaves the old file. One
        process writes at a time (`shared.feed.leader_election`), so the file beside needs no name
        of its own.
        """
        self.directory.mkdir(parents=True, exist_ok=True)
        path = self.path(name)
        beside = path.with_suffix(".part")
        with beside.open("wb") as file:
            file.write(_MAGIC + self._signature(name, content) + content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        directory = os.open(self.directory, os.O_RDONLY)
        try:
            os.fsync(directory)  # the renaming too must outlive a power cut
        finally:
            os.close(directory)

    def kept(self, name: str) -> bytes | None:
        """What `keep` wrote last; None where nothing was kept or the file is damaged."""
        try:
            if self.path(name).stat().st_size > FETCH_LIMITS.size + _MAGIC_AND_DIGEST:
                return None
            packed = self.path(name).read_bytes()
        except OSError:
            return None
        digest = packed[len(_MAGIC) : len(_MAGIC) + _DIGEST_SIZE]
        content = packed[len(_MAGIC) + _DIGEST_SIZE :]
        if not packed.startswith(_MAGIC):
            return None
        return content if hmac.compare_digest(digest, self._signature(name, content)) else None

    def _signature(self, name: str, content: bytes) -> bytes:
        return signature(self.secret, self.source, name, content)

    def mark(self, name: str) -> Mark | None:
        """What changes when the kept file is replaced; None where there is none."""
        try:
            facts = self.path(name).stat()
        except OSError:
            return None
        return facts.st_ino, facts.st_mtime_ns, facts.st_size


def signature(secret: str, source: str, name: str, content: bytes) -> bytes:
    """32 bytes that only who knows `secret` can make of what is kept under `name` for `source`."""
    if not secret:
        return hashlib.blake2s(content).digest()
    key = hashlib.blake2s(f"{secret}\0{source}\0{name}".encode()).digest()
    return hashlib.blake2s(content, key=key).digest()
