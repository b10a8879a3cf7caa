"""Commands for operators: feed check, notes, export, and a channel's uploads."""

from collections import Counter
from datetime import datetime
from pathlib import Path

import click
from flask import Flask

from commands.common import feed_option, plainly, snapshot_of
from intents.export import PLATFORMS, export
from settings import Settings
from shared.clock import TAIPEI
from shared.feed.report import report_on
from shared.hours.coverage import unread_words
from shared.hours.holidays import is_holiday
from shared.hours.note import read_note
from web.channels import Upload

COMMONEST = 20
"""How many unread words of the notes are listed."""


def register(app: Flask, settings: Settings) -> None:
    """All of them; a group for each channel that has something to upload."""
    for command in (feed, notes):
        app.cli.add_command(command)

    @app.cli.command("export")
    @click.argument("platform", type=click.Choice([*PLATFORMS]))
    @click.option("--out", required=True, type=click.Path(path_type=Path), help="a folder")
    @feed_option
    @plainly
    def export_files(platform: str, out: Path, source: str) -> None:
        """Write what to upload to a platform."""
        catalog = snapshot_of(source, settings).catalog
        for path in export(platform, out, catalog, settings.public_url):
            click.echo(path)

    for channel in app.extensions["channels"]:
        if channel.upload:
            group = click.Group(channel.name, help=f"What {channel.title} is given.")
            group.add_command(_uploading(channel.upload, settings))
            app.cli.add_command(group)


def _uploading(upload: Upload, settings: Settings) -> click.Command:
    @click.command(upload.name, help=upload.does)
    @feed_option
    @plainly
    def command(source: str) -> None:
        click.echo(upload.send(lambda: snapshot_of(source, settings).catalog))

    return command


@click.group("feed")
def feed() -> None:
    """What a feed holds."""


@feed.command("check")
@click.argument("source")
@plainly
def feed_check(source: str) -> None:
    """Rows taken, rows refused and why, from a URL or a file."""
    click.echo(str(report_on(source)))


@click.command("notes")
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
    most = ", ".join(f"{word} {times}" for word, times in unread.most_common(COMMONEST))
    click.echo(f"commonest unread: {most}")
