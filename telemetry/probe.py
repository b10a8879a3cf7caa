"""What the last call against oneself came to (`flask --app app probe`): a small file in DATA_DIR.

Each host has its own: it is its own line that it rings.
"""

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

FILE = "probe.json"
_LONGEST = 4096


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
