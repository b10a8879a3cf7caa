"""What the last call against oneself came to (`flask --app app probe`): a small file in DATA_DIR.

Each host has its own: it is its own line that it rings.
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
"""What its CallSid begins with: one in 65,536 others does, and of no more a mark is worked out."""
_CHANCE, _MARK = 6, 8
"""Bytes of a CallSid, which has 16 behind its CA, two of them in the sign."""


@dataclass(frozen=True, slots=True)
class Probed:
    """One call against oneself."""

    at: int
    """when, seconds since 1970"""
    well: bool
    seconds: float
    """the whole call, of three turns"""
    why: str = ""
    """what was wrong; never a word of the answer"""
    well_at: int = 0
    """when one went well last; 0 for never"""


def keep(folder: Path, probed: Probed) -> None:
    """Replace the last one in one step; OSError where the disk refuses."""
    folder.mkdir(parents=True, exist_ok=True)
    beside = folder / f"{FILE}.{os.getpid()}"
    beside.write_text(json.dumps(asdict(probed)), encoding="utf-8")
    beside.replace(folder / FILE)


def last(folder: Path) -> Probed | None:
    """The last one; None where there is none, or what lies there is no such file."""
    with suppress(OSError, ValueError, TypeError, RecursionError):
        with (folder / FILE).open("rb") as file:
            found = Probed(**json.loads(file.read(_LONGEST)))
        if all(isinstance(one, int | float) for one in (found.at, found.seconds, found.well_at)):
            return found
    return None


def call_id(key: str) -> str:
    """A CallSid by which the service knows that it rings itself, so that no figure has that call.

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
