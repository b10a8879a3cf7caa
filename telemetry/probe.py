"""The result of the last `flask --app app probe`, a call against one's own line: a file in
DATA_DIR.

Each host has its own, for it calls itself.
"""

import hashlib
import hmac
import json
import os
import secrets
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

FILE = "probe.json"
_LONGEST = 4096
_SIGN = "CA5e1f"
"""The prefix of a probe's CallSid. One in 65,536 other calls has it; only for these is the mark, a
keyed hash, computed."""
_CHANCE, _MARK = 6, 8
"""Random bytes and bytes of the mark in a CallSid, which has 16 bytes after CA, two of them
fixed."""


@dataclass(frozen=True, slots=True)
class Probed:
    """The result of one probe."""

    at: int
    """when, seconds since 1970"""
    well: bool
    seconds: float
    """of the whole call, which has three turns"""
    why: str = ""
    """what was wrong; without any words of the answer"""
    well_at: int = 0
    """when the last successful probe was; 0 for never"""


def keep(folder: Path, probed: Probed) -> None:
    """Write the result atomically; OSError where the disk refuses."""
    folder.mkdir(parents=True, exist_ok=True)
    beside = folder / f"{FILE}.{os.getpid()}"
    beside.write_text(json.dumps(asdict(probed)), encoding="utf-8")
    beside.replace(folder / FILE)


def last(folder: Path) -> Probed | None:
    """The last result; None where there is none, or the file is not valid."""
    with suppress(OSError, ValueError, TypeError, RecursionError):
        with (folder / FILE).open("rb") as file:
            found = Probed(**json.loads(file.read(_LONGEST)))
        if all(isinstance(one, int | float) for one in (found.at, found.seconds, found.well_at)):
            return found
    return None


def call_id(key: str) -> str:
    """A CallSid by which the service recognises a probe, so that no figure counts that call.

    `key`: the Twilio account's token, which nobody else can sign with.
    """
    chance = secrets.token_hex(_CHANCE)
    return f"{_SIGN}{chance}{_mark(key, chance)}"


def is_probe(key: str, call: str) -> bool:
    """Whether `call` was made by `call_id` with the same key.

    >>> is_probe("key", call_id("key")), is_probe("key", call_id("other")), is_probe("key", "")
    (True, False, False)
    """
    if not call.startswith(_SIGN):
        return False
    begins = len(_SIGN) + 2 * _CHANCE
    chance, mark = call[len(_SIGN) : begins], call[begins:]
    return hmac.compare_digest(_mark(key, chance), mark.encode("ascii", "replace").decode())


def _mark(key: str, chance: str) -> str:
    text = f"probe:{chance}".encode("utf-8", "surrogatepass")
    return hmac.digest(key.encode(), text, hashlib.sha256)[:_MARK].hex()
