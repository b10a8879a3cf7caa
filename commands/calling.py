"""The hotline in the terminal."""

import click
from flask import Flask

from commands.common import (
    TERMINAL,
    conversation_on,
    feed_option,
    number_option,
    plainly,
    snapshot_of,
)
from settings import Settings
from shared.dialog.values import State, Turn
from shared.places.telephone import area_code_of


def register(app: Flask, settings: Settings) -> None:
    """call."""

    @app.cli.command("call")
    @number_option
    @feed_option
    @plainly
    def call(number: str, source: str) -> None:
        """The hotline in the terminal: type what you would say, or keys."""
        conversation = conversation_on(snapshot_of(source, settings))
        turn = Turn(opens=True, area_code=area_code_of(number))
        state: State | None = None
        while True:
            state, reply = conversation.take(state, turn, TERMINAL)
            click.echo(f"☎ {reply.text}")
            if not reply.listens:
                return
            said = click.prompt("您", default="", show_default=False, prompt_suffix="：").strip()
            keys = bool(said) and set(said) <= set("0123456789*#")
            turn = Turn(keys=said) if keys else Turn(heard=said)
