"""The last good feed on disk: whole or not at all, and there after a restart."""

import hashlib
import os
import tempfile
from pathlib import Path

_MAGIC = b"mask-line feed 1\n"
_DIGEST_SIZE = 32


def keep(path: Path, content: bytes) -> None:
    """Replace the file at `path` by `content` in one step; OSError where the disk refuses.

    Written beside it, synced, then renamed: a crash at any byte leaves the old file.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(_MAGIC + hashlib.blake2s(content).digest() + content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def kept(path: Path) -> bytes | None:
    """What `keep` wrote last; None where nothing was kept or the file is damaged."""
    try:
        packed = path.read_bytes()
    except OSError:
        return None
    digest = packed[len(_MAGIC) : len(_MAGIC) + _DIGEST_SIZE]
    content = packed[len(_MAGIC) + _DIGEST_SIZE :]
    if not packed.startswith(_MAGIC) or hashlib.blake2s(content).digest() != digest:
        return None
    return content
