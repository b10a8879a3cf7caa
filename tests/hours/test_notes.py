"""Sale notes: what is told is what a person reads, or nothing."""

import csv
from datetime import date
from pathlib import Path

import pytest
import yaml

from shared.hours.holidays import is_holiday
from shared.hours.note import read_note
from shared.hours.values import SaleNote
from tests.real import real_file

TABLE = yaml.safe_load(Path(__file__).with_name("notes.yaml").read_text(encoding="utf-8"))


def told(note: str, day: date) -> list[str] | str:
    """What is read from `note` for `day`, in the words of notes.yaml."""
    read = read_note(note)
    if read is None:
        return "unread"
    sale = read.on(day, is_holiday(day)) or SaleNote()
    parts = []
    if sale.not_today:
        parts.append("none today")
    if sale.sold_today:
        parts.append("sold")
    if sale.stopped:
        parts.append("stopped")
    if sale.plates_from:
        parts.append(f"plates {sale.plates_from:%H:%M}")
    if sale.sold_from or sale.sold_until:
        until = f"{sale.sold_until:%H:%M}" if sale.sold_until else ""
        parts.append(f"sold {sale.sold_from:%H:%M}-{until}")
    parts += [f"break {start:%H:%M}-{end:%H:%M}" for start, end in sale.breaks]
    if sale.no_plates:
        parts.append("no plates")
    if sale.see_door:
        parts.append("door")
    return parts or ["nothing"]


def sample_notes() -> dict[str, str]:
    """Name → note of the real rows."""
    with real_file("hours-sample.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["醫事機構名稱"]: row["看診備註"] for row in csv.DictReader(file)}


@pytest.mark.real
@pytest.mark.parametrize(
    ("name", "day", "expected"),
    [(name, day, said) for name, days in TABLE["sample"].items() for day, said in days.items()],
)
def test_real_note_is_read_as_a_person_reads_it(name: str, day: date, expected: object) -> None:
    """Every note of the real sample is read whole, for each kind of day it speaks of."""
    assert told(sample_notes()[name], day) == expected


@pytest.mark.real
def test_every_real_note_stands_in_the_table() -> None:
    """No row of the real sample is left out of the table."""
    assert sample_notes().keys() == TABLE["sample"].keys()


@pytest.mark.parametrize(
    ("note", "day", "expected"),
    [
        (row["note"], day, said)
        for row in (
            *TABLE["own"],
            *TABLE["faults"],
            *TABLE["drawn"],
            *TABLE["held"],
            *TABLE["edges"],
            *TABLE["beside"],
        )
        for day, said in row.items()
        if day != "note"
    ],
)
def test_note_is_read_rightly_or_not_at_all(note: str, day: date, expected: object) -> None:
    """A time is told only where no other could be meant."""
    assert told(note, day) == expected
