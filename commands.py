"""The `flask` commands."""

import json
import logging
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import wraps
from io import TextIOWrapper
from pathlib import Path
from typing import ParamSpec
from zoneinfo import ZoneInfo

import click
from flask import Flask

from intents.conversation import Conversation
from intents.dialogflow_push import push
from intents.export import PLATFORMS, export
from intents.export.dialogflow import agent_zip
from intents.understand import understand
from intents.validate import validate
from settings import Settings
from shared.catalog import Snapshot
from shared.dialog.take_turn import first_state
from shared.dialog.values import Channel, Reply, State, Turn
from shared.errors import MaskLineError, SettingError
from shared.feed.check import check
from shared.feed.load import load_snapshot
from shared.feed.poll import Feed
from shared.names.index import index_of
from shared.names.resolution import Resolution
from shared.names.resolve import resolve
from shared.places.telephone import area_code_of
from shared.speech.check import check_texts
from skills.assist import serve

TERMINAL = Channel("terminal", keys=True)

P = ParamSpec("P")

_number_option = click.option("--number", default="", help="the caller's telephone number")
_feed_option = click.option("--feed", "source", default="", help="a feed's file or URL")


def register(app: Flask, settings: Settings) -> None:
    """Hang the commands on `app`; they load their own snapshot and start no poller."""

    def snapshot_of(source: str) -> Snapshot:
        return load_snapshot(
            source or settings.feed_url,
            hours=settings.hours_url,
            locations=settings.locations_url,
        )

    _register_asking(app, snapshot_of)
    _register_operating(app, settings, snapshot_of)


def _register_asking(app: Flask, snapshot_of: Callable[[str], Snapshot]) -> None:
    """ask, resolve, understand, call."""

    @app.cli.command("ask")
    @click.argument("question")
    @click.option("--json", "as_json", is_flag=True, help="intent, outcome, candidates with scores")
    @_number_option
    @_feed_option
    @_plainly
    def ask(question: str, as_json: bool, number: str, source: str) -> None:
        """One question, the spoken answer."""
        snapshot = snapshot_of(source)
        turn = Turn(heard=question, opens=True, area_code=area_code_of(number))
        _, reply = _conversation(snapshot).take(None, turn, TERMINAL)
        if not as_json:
            click.echo(reply.text)
            return
        understood = understand(turn, first_state(turn), index_of(snapshot.catalog))
        found = understood.resolution or Resolution(question)
        line = _intent_line(understood) | _resolution_line(found) | _reply_line(reply)
        click.echo(_json(line))

    @app.cli.command("resolve")
    @_feed_option
    @_plainly
    def resolve_lines(source: str) -> None:
        """A line of heard text in, a line of JSON out: the places and pharmacies in it."""
        index = index_of(snapshot_of(source).catalog)
        for heard in _lines():
            click.echo(_json(_resolution_line(resolve(heard, index))))

    @app.cli.command("understand")
    @_feed_option
    @_plainly
    def understand_lines(source: str) -> None:
        """A line of heard text in, a line of JSON out: what is wanted."""
        index = index_of(snapshot_of(source).catalog)
        for heard in _lines():
            click.echo(_json(_intent_line(understand(Turn(heard=heard), State(), index))))

    @app.cli.command("call")
    @_number_option
    @_feed_option
    @_plainly
    def call(number: str, source: str) -> None:
        """The hotline in the terminal: type what you would say, or keys."""
        conversation = _conversation(snapshot_of(source))
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


def _register_operating(
    app: Flask, settings: Settings, snapshot_of: Callable[[str], Snapshot]
) -> None:
    """feed check, texts, export, assist, dialogflow push."""

    @app.cli.group("feed")
    def feed() -> None:
        """What a feed holds."""

    @feed.command("check")
    @click.argument("source")
    @_plainly
    def feed_check(source: str) -> None:
        """Rows taken, rows refused and why, from a URL or a file."""
        click.echo(str(check(source)))

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
    @_feed_option
    @_plainly
    def export_files(platform: str, out: Path, source: str) -> None:
        """Write what to upload to a platform."""
        for path in export(platform, out, snapshot_of(source).catalog, settings.public_url):
            click.echo(path)

    @app.cli.command("assist")
    @click.option("--uri", default="tcp://127.0.0.1:10400", show_default=True)
    @_plainly
    def assist(uri: str) -> None:
        """Serve Home Assistant's Assist over the Wyoming protocol."""
        started: Feed = app.extensions["feed"]
        started.ensure_started()
        serve(uri, app.extensions["conversation"], settings.operator_number)

    @app.cli.group("dialogflow")
    def dialogflow() -> None:
        """The Dialogflow agent."""

    @dialogflow.command("push")
    @click.option("--project", default=settings.dialogflow_project, help="Google Cloud project")
    @_feed_option
    @_plainly
    def dialogflow_push(project: str, source: str) -> None:
        """Restore the whole agent from the sentences; wants Google credentials."""
        if not project:
            raise SettingError("give --project, or set DIALOGFLOW_PROJECT")
        push(agent_zip(snapshot_of(source).catalog, settings.public_url), project)
        click.echo(f"the agent of {project} was restored")


def _plainly(command: Callable[P, None]) -> Callable[P, None]:
    """`command`, its faults told in a line; Ctrl-C and an end of input end it without one."""

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


def _conversation(snapshot: Snapshot) -> Conversation:
    return Conversation(
        lambda: snapshot,
        lambda: datetime.now(ZoneInfo("Asia/Taipei")),
        observe=lambda *_: None,  # one line a turn would stand between the lines of the call
    )


def _lines() -> Iterator[str]:
    """Standard input, line by line; bytes that are no UTF-8 do not stop the rest."""
    for line in TextIOWrapper(sys.stdin.buffer, "utf-8", errors="replace"):
        yield line.rstrip("\r\n")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _intent_line(turn: Turn) -> dict[str, object]:
    line: dict[str, object] = {"heard": turn.heard, "intent": turn.intent}
    if turn.product:
        line["product"] = turn.product
    if turn.wants:
        line["wants"] = turn.wants
    return line


def _resolution_line(found: Resolution) -> dict[str, object]:
    return {
        "heard": found.heard,
        "districts": [
            {
                "county": match.district.county.name,
                "district": match.district.name,
                "score": round(match.score, 3),
            }
            for match in found.districts
        ],
        "pharmacies": [
            {
                "id": match.pharmacy.id,
                "name": match.pharmacy.name,
                "county": match.pharmacy.district.county.name,
                "district": match.pharmacy.district.name,
                "score": round(match.score, 3),
            }
            for match in found.pharmacies
        ],
        "sure": found.sure,
    }


def _reply_line(reply: Reply) -> dict[str, object]:
    return {"outcome": type(reply.outcome).__name__, "text": reply.text}
