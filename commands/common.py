"""Shared by the commands: their feed, a conversation for the terminal, faults as one line."""

import logging
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import ParamSpec

import click

from conversation.service import Conversation
from settings import Settings
from shared.catalog import Snapshot
from shared.clock import TAIPEI
from shared.dialog.values import Channel
from shared.errors import MaskLineError
from shared.feed.load import load_demo, load_snapshot

TERMINAL = Channel("terminal", keys=True)

P = ParamSpec("P")

number_option = click.option("--number", default="", help="the caller's telephone number")
feed_option = click.option("--feed", "source", default="", help="a feed's file or URL")


def snapshot_of(source: str, settings: Settings, at: datetime | None = None) -> Snapshot:
    """The snapshot of `source`, else of the settings' feed, with their hours and coordinates.

    `at`: the demo feed as it stands then; None: now.
    """
    if at and not (source or settings.feed_url):
        return load_demo(at).snapshot
    return load_snapshot(
        source or settings.feed_url,
        hours=settings.hours_url,
        locations=settings.locations_url,
    )


def conversation_on(snapshot: Snapshot, at: datetime | None = None) -> Conversation:
    """A conversation that answers from `snapshot`; `at`: its time, None for now."""
    return Conversation(
        lambda: snapshot,
        lambda: at or datetime.now(TAIPEI),
        observe=lambda *_: None,  # one line a turn would stand between the lines of the call
    )


def plainly(command: Callable[P, None]) -> Callable[P, None]:
    """`command`, whose faults are printed as a line; Ctrl-C and an end of input end it silently."""

    @wraps(command)
    def plain(*args: P.args, **kwargs: P.kwargs) -> None:
        logging.getLogger().setLevel(logging.WARNING)
        try:
            command(*args, **kwargs)
        except MaskLineError as problem:
            raise click.ClickException(str(problem)) from problem
        except (click.Abort, KeyboardInterrupt):
            click.echo()

    return plain
