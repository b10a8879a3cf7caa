"""The files of a folder of material, and the real ones for tests that are marked `real`."""

import csv
from pathlib import Path

import samples


def real_file(name: str) -> Path:
    """A file of the real data; AssertionError with what to do where it is not there."""
    path = samples.REAL / "data" / name
    assert path.is_file(), f"a test that is marked `real` wants {path}: {samples.without_real()}"
    return path


def real_rows(name: str) -> list[list[str]]:
    """Its rows without the titles."""
    return rows_of(real_file(name))


def rows_of(path: Path) -> list[list[str]]:
    """The rows of a CSV file without the titles."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))[1:]
