"""Sale notes: how many of the real ones tell something, and how fast they are read on one core."""

import logging
from datetime import date, timedelta
from pathlib import Path
from time import process_time

from shared.hours.holidays import is_holiday
from shared.hours.note import Note, read_note

NOTES = Path(__file__).resolve().parents[2] / "shared/data/notes-2020-2023.tsv"
BASELINE = 22.8
"""Per cent of 31,857 real notes that were read when a note was read whole or not at all."""

RAPID_TESTS_SINCE = date(2022, 4, 28)
DAYS = 7
"""From the day on which a note was first seen: every day of the week."""


def main() -> None:
    """Print the figures."""
    if not NOTES.exists():
        print(f"notes: the real notes are missing, expected at {NOTES}")
        return
    logging.disable(logging.INFO)
    rows = [line.split("\t") for line in NOTES.read_text(encoding="utf-8").splitlines()[1:]]
    read_note(rows[0][3])
    started = process_time()
    read = [(date.fromisoformat(row[0]), read_note(row[3])) for row in rows]
    seconds = process_time() - started
    told = sum(note is not None and _tells(note, seen) for seen, note in read)
    logging.disable(logging.NOTSET)
    print(
        f"tell something within a week   {told:,} of {len(rows):,} = {100 * told / len(rows):.1f} %"
    )
    print(f"  read whole or not at all, before   {BASELINE} %")
    print(f"notes a second      {len(rows) / seconds:,.0f} on one core")


def _tells(note: Note, seen: date) -> bool:
    topic = "rapid_test" if seen >= RAPID_TESTS_SINCE else "mask"
    days = (seen + timedelta(days=ahead) for ahead in range(DAYS))
    return any(
        note.on(day, is_holiday(day), topic)
        or note.closed_on(day, is_holiday(day))
        or note.open_on(day, is_holiday(day))
        for day in days
    )


if __name__ == "__main__":
    main()
