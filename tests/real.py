"""The real files that lie beside the checkout; tests that need them fail clearly without them."""

import csv
from pathlib import Path

DATA = Path(__file__).parents[2] / "shared" / "data"


def real_file(name: str) -> Path:
    """A file of ../shared/data; AssertionError with what to do where it is not there."""
    path = DATA / name
    assert path.is_file(), f"this test wants the real file {path}: put it beside the checkout"
    return path


def real_rows(name: str) -> list[list[str]]:
    """Its rows without the titles."""
    with real_file(name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))[1:]
