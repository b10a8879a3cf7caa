"""`flask --app app restock`: sends restock messages."""

import logging

from flask import Flask

from commands.common import plainly
from settings import Settings
from shared.errors import SettingError


def register(app: Flask, settings: Settings) -> None:
    """restock."""

    @app.cli.command("restock")
    @plainly
    def restock() -> None:
        """Tell those who wait for a restock; until SIGTERM, beside the server."""
        if not settings.restock:
            raise SettingError("RESTOCK=on is not set: nobody can ask to be told")
        logging.getLogger().setLevel(logging.INFO)
        app.extensions["feed"].ensure_started()
        work(app)


def work(app: Flask) -> None:
    """Deliver messages by the channels that can, until SIGTERM."""
    ways = {one.name: one.tell() for one in app.extensions["channels"] if one.tell}
    app.extensions["restock"].work(ways, app.extensions["feed"].current)
