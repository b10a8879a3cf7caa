"""Where the material of tests and benchmarks lies: our own samples, and the real files beside.

`samples/` holds small files of our own in the forms of the real ones (`samples/make.py` says how
they are made). The real files are open data that is not ours to commit: `REAL_DATA` names their
folder, by default `../shared`. Both folders are laid out alike, so that whatever reads one of them
reads the other:

    data/maskdata-20200303.csv  data/hours-sample.csv  data/locations.csv
    data/districts-official.csv  spoken/dev.jsonl
"""

import os
from pathlib import Path

ROOT = Path(__file__).parents[1]

SAMPLES = Path(__file__).parent
"""The files of our own."""

REAL = Path(os.environ.get("REAL_DATA") or ROOT.parent / "shared").absolute()
"""The real files, which may not be there."""

FEED = "maskdata-20200303.csv"
"""The mask file below data/, of both."""

_WANTED = (
    f"data/{FEED}",
    "data/hours-sample.csv",
    "data/locations.csv",
    "data/districts-official.csv",
    "spoken/dev.jsonl",
)


def missing() -> tuple[str, ...]:
    """Which of the real files are not there; () where all are."""
    return tuple(name for name in _WANTED if not (REAL / name).is_file())


def material() -> Path:
    """The folder to measure on: the real files where all of them are there, else our samples."""
    return SAMPLES if missing() else REAL


def without_real() -> str:
    """What to say where the real files are not there; "" where they are.

    The folder, the first that is missing, and how to name another folder.
    """
    if not (gone := missing()):
        return ""
    return f"{REAL / gone[0]} is not there (REAL_DATA names the folder; see CONTRIBUTING.md)"
