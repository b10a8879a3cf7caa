"""Sentences as recognisers write them, with what was meant: tables that anyone can extend."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from shared.names.index import NameIndex
from shared.names.resolution import Meant, Resolution
from shared.names.resolve import resolve

_FOLDER = Path(__file__).parent
_HEARD = yaml.safe_load((_FOLDER / "misheard.yaml").read_text(encoding="utf-8"))
_FAILING = yaml.safe_load((_FOLDER / "known_misheard.yaml").read_text(encoding="utf-8"))


def _case(row: dict[str, Any]) -> Any:
    """A row that holds among the real names alone says so."""
    marks = [pytest.mark.real] if row.get("real") else []
    return pytest.param(row, id=row["heard"][:30], marks=marks)


def _faults(row: dict[str, Any], got: Resolution) -> list[str]:
    """What is wrong with the answer to one row of a table; [] when it is right."""
    faults = []
    names = [match.pharmacy.name for match in got.pharmacies]
    places = [match.district.key for match in got.districts]
    if row.get("nothing") and got.meant is not Meant.NOTHING:
        faults.append(f"{got.meant} was recognised")
    if "landmark" in row:
        if got.meant is not Meant.LANDMARK or got.landmarks[0].name != row["landmark"]:
            faults.append(f"{got.meant}: {[one.name for one in got.landmarks]}")
    elif "pharmacy" in row:
        first = got.pharmacies[0].pharmacy if names else None
        if got.meant is not Meant.PHARMACY or first is None or first.name != row["pharmacy"]:
            faults.append(f"pharmacies {names}")
        elif "place" in row and first.district.key not in row["place"]:
            faults.append(f"it lies in {first.district.key}")
    elif "place" in row and (
        got.meant is not Meant.DISTRICT or set(places[: len(row["place"])]) != set(row["place"])
    ):
        faults.append(f"{got.meant}: districts {places}")
    if "sure" in row and got.sure != row["sure"]:
        faults.append("sure" if got.sure else "not sure")
    return faults


@pytest.mark.parametrize("row", [_case(row) for row in _HEARD])
def test_misheard_names_are_recognised(row: dict[str, Any], index: NameIndex) -> None:
    """Each line of misheard.yaml finds what was meant."""
    assert _faults(row, resolve(row["heard"], index)) == []


@pytest.mark.real
@pytest.mark.parametrize("row", _FAILING, ids=lambda row: row["heard"][:30])
def test_known_failures_keep_failing(row: dict[str, Any], index: NameIndex) -> None:
    """A line of known_misheard.yaml that has come right moves to misheard.yaml."""
    assert _faults(row, resolve(row["heard"], index)), "fixed: move this line to misheard.yaml"
