"""Sale notes: how many of the real ones are read in some part, and how fast on one core."""

import logging
from pathlib import Path
from time import process_time

from shared.hours.note import read_note

NOTES = Path(__file__).resolve().parents[2] / "shared/data/notes-2020-2023.tsv"
BASELINE = 22.8
"""Per cent of 31,857 real notes that were read when a note was read whole or not at all."""


def main() -> None:
    """Print the figures."""
    if not NOTES.exists():
        print(f"notes: the real notes are missing, expected at {NOTES}")
        return
    logging.disable(logging.INFO)
    lines = NOTES.read_text(encoding="utf-8").splitlines()[1:]
    notes = [line.split("\t")[3] for line in lines]
    read_note(notes[0])
    started = process_time()
    read = [read_note(note) for note in notes]
    seconds = process_time() - started
    told = sum(
        any(one.about not in ("doubt", "named") for one in note.statements) for note in read if note
    )
    logging.disable(logging.NOTSET)
    print(f"read in some part   {told:,} of {len(notes):,} = {100 * told / len(notes):.1f} %")
    print(f"  read whole or not at all, before   {BASELINE} %")
    print(f"notes a second      {len(notes) / seconds:,.0f} on one core")


if __name__ == "__main__":
    main()
