"""`flask --app app line menu`: the menu under every chat."""

import click
from flask import Flask

from commands.common import plainly
from settings import Settings
from shared.errors import SettingError


def register(app: Flask, settings: Settings) -> None:
    """line menu."""

    @app.cli.group("line")
    def line() -> None:
        """The LINE bot."""

    @line.command("menu")
    @plainly
    def menu() -> None:
        """Show the menu (附近 · 用說的 · 規定 · 常用) under every chat."""
        if not settings.line_channel_token:
            raise SettingError("set LINE_CHANNEL_TOKEN")
        from skills.line.menu import set_menu  # LINE's SDK is large

        click.echo(set_menu(settings.line_channel_token, settings.line_api_url))
