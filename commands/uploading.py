"""`flask --app app dialogflow push`, `line menu`: uploads to a channel's platform."""

import click
from flask import Flask

from commands.common import feed_option, plainly, snapshot_of
from settings import Settings
from web.channels import Upload


def register(app: Flask, settings: Settings) -> None:
    """A group for each channel that has something to upload."""
    for channel in app.extensions["channels"]:
        if channel.upload:
            group = click.Group(channel.name, help=f"What {channel.title} is given.")
            group.add_command(_command(channel.upload, settings))
            app.cli.add_command(group)


def _command(upload: Upload, settings: Settings) -> click.Command:
    @click.command(upload.name, help=upload.does)
    @feed_option
    @plainly
    def command(source: str) -> None:
        click.echo(upload.send(lambda: snapshot_of(source, settings).catalog))

    return command
