"""Commands for operators: feed check, texts, export, assist."""

import sys
from pathlib import Path

import click
from flask import Flask

from commands.common import feed_option, plainly, snapshot_of
from intents.export import PLATFORMS, export
from intents.validate import validate
from settings import Settings
from shared.feed.poll import Feed
from shared.feed.report import report_on
from shared.speech.check import check_texts
from skills.assist.server import serve
from telemetry.recorder import Recorder


def register(app: Flask, settings: Settings) -> None:
    """feed check, texts, export, assist."""

    @app.cli.group("feed")
    def feed() -> None:
        """What a feed holds."""

    @feed.command("check")
    @click.argument("source")
    @plainly
    def feed_check(source: str) -> None:
        """Rows taken, rows refused and why, from a URL or a file."""
        click.echo(str(report_on(source)))

    @app.cli.command("texts")
    def texts() -> None:
        """List every fault in the sentences, spoken and heard; exit 1 where there is any."""
        faults = [*check_texts(), *validate()]
        for fault in faults:
            click.echo(fault)
        sys.exit(1 if faults else 0)

    @app.cli.command("export")
    @click.argument("platform", type=click.Choice(PLATFORMS))
    @click.option("--out", required=True, type=click.Path(path_type=Path), help="a folder")
    @feed_option
    @plainly
    def export_files(platform: str, out: Path, source: str) -> None:
        """Write what to upload to a platform."""
        for path in export(
            platform, out, snapshot_of(source, settings).catalog, settings.public_url
        ):
            click.echo(path)

    @app.cli.command("assist")
    @click.option("--uri", default="tcp://127.0.0.1:10400", show_default=True)
    @click.option("--announce/--quiet", default=True, help="let the network find it (mDNS)")
    @plainly
    def assist(uri: str, announce: bool) -> None:
        """Serve Home Assistant's Assist over the Wyoming protocol."""
        started: Feed = app.extensions["feed"]
        started.ensure_started()
        telemetry: Recorder = app.extensions["telemetry"]
        telemetry.buffer.ensure_started()
        serve(uri, app.extensions["conversation"], settings.operator_number, announce=announce)
