"""`flask notes`: how each sale note is understood, for those who maintain the words."""

from collections import Counter
from datetime import datetime
from pathlib import Path

import click
from flask import Flask

from settings import Settings
from shared.clock import TAIPEI
from shared.hours.coverage import unread_words
from shared.hours.holidays import is_holiday
from shared.hours.note import read_note

COMMONEST = 20
"""How many unread words are listed."""


def register(app: Flask, settings: Settings) -> None:  # noqa: ARG001  as its siblings
    """notes."""

    @app.cli.command("notes")
    @click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
    @click.option("--topic", default="mask", show_default=True, help="a topic of products.yaml")
    @click.option("--day", default="", help="2020-03-06; today where it is not given")
    def notes(file: Path, topic: str, day: str) -> None:
        """What each line of FILE (one note a line) tells of a day, and the unread words."""
        when = (datetime.fromisoformat(day) if day else datetime.now(TAIPEI)).date()
        unread: Counter[str] = Counter()
        for line in file.read_text(encoding="utf-8").splitlines():
            note = read_note(line)
            told = note.on(when, is_holiday(when), topic) if note else None
            words = unread_words(line)
            unread.update(words)
            click.echo(line)
            for one in note.statements if note else ():
                times = ", ".join(f"{t.start or ''}-{t.end or ''}" for t in one.times)
                click.echo(f"    {one.about} {times}".rstrip())
            click.echo(f"    → {told or 'nothing'}; unread: {' '.join(words) or 'no word'}")
        click.echo(
            "commonest unread: " + ", ".join(f"{w} {n}" for w, n in unread.most_common(COMMONEST))
        )
