"""The `flask` commands: ask, resolve, understand, call, feed check, texts."""

import json
import sys
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import click
from flask import Flask

from intents.conversation import Conversation
from intents.understand import understand
from intents.validate import validate
from settings import Settings
from shared.catalog import Snapshot
from shared.dialog.values import Channel, Reply, State, Turn
from shared.errors import MaskLineError
from shared.feed.check import check
from shared.feed.load import load_snapshot
from shared.names.index import index_of
from shared.names.resolution import Resolution
from shared.names.resolve import resolve
from shared.places.telephone import area_code_of
from shared.speech.check import check_texts

TERMINAL = Channel("terminal", keys=True)

_feed_option = click.option("--feed", "source", default="", help="a feed's file or URL")


def register(app: Flask, settings: Settings) -> None:
    """Hang the commands on `app`; they load their own snapshot and start no poller."""

    def snapshot_of(source: str) -> Snapshot:
        try:
            return load_snapshot(
                source or settings.feed_url,
                hours=settings.hours_url,
                locations=settings.locations_url,
            )
        except MaskLineError as problem:
            raise click.ClickException(str(problem)) from problem

    @app.cli.command("ask")
    @click.argument("question")
    @click.option("--json", "as_json", is_flag=True, help="intent, outcome, candidates with scores")
    @click.option("--number", default="", help="the caller's telephone number")
    @_feed_option
    def ask(question: str, as_json: bool, number: str, source: str) -> None:
        """One question, the spoken answer."""
        snapshot = snapshot_of(source)
        turn = Turn(heard=question, opens=True, area_code=area_code_of(number))
        _, reply = _conversation(snapshot).take(None, turn, TERMINAL)
        if not as_json:
            click.echo(reply.text)
            return
        understood = understand(turn, State(area_code=turn.area_code), index_of(snapshot.catalog))
        found = understood.resolution or Resolution(question)
        click.echo(
            _json({**_intent_line(understood), **_resolution_line(found), **_reply_line(reply)})
        )

    @app.cli.command("resolve")
    @_feed_option
    def resolve_lines(source: str) -> None:
        """A line of heard text in, a line of JSON out: the places and pharmacies in it."""
        index = index_of(snapshot_of(source).catalog)
        for heard in _lines():
            click.echo(_json(_resolution_line(resolve(heard, index))))

    @app.cli.command("understand")
    @_feed_option
    def understand_lines(source: str) -> None:
        """A line of heard text in, a line of JSON out: what is wanted."""
        index = index_of(snapshot_of(source).catalog)
        for heard in _lines():
            click.echo(_json(_intent_line(understand(Turn(heard=heard), State(), index))))

    @app.cli.command("call")
    @click.option("--number", default="", help="the caller's telephone number")
    @_feed_option
    def call(number: str, source: str) -> None:
        """The hotline in the terminal: type what you would say, or keys."""
        conversation = _conversation(snapshot_of(source))
        turn = Turn(opens=True, area_code=area_code_of(number), call_id="terminal")
        state: State | None = None
        while True:
            state, reply = conversation.take(state, turn, TERMINAL)
            click.echo(f"☎ {reply.text}")
            if not reply.listens:
                return
            try:
                said = click.prompt(
                    "您", default="", show_default=False, prompt_suffix="："
                ).strip()
            except click.Abort:
                return
            turn = Turn(keys=said) if set(said) <= set("0123456789*#") else Turn(heard=said)

    @app.cli.group("feed")
    def feed() -> None:
        """What a feed holds."""

    @feed.command("check")
    @click.argument("source")
    def feed_check(source: str) -> None:
        """Rows taken, rows refused and why, from a URL or a file."""
        try:
            click.echo(str(check(source)))
        except MaskLineError as problem:
            raise click.ClickException(str(problem)) from problem

    @app.cli.command("texts")
    def texts() -> None:
        """List every fault in the sentences, spoken and heard; exit 1 where there is any."""
        faults = [*check_texts(), *validate()]
        for fault in faults:
            click.echo(fault)
        sys.exit(1 if faults else 0)


def _conversation(snapshot: Snapshot) -> Conversation:
    return Conversation(
        lambda: snapshot,
        lambda: datetime.now(ZoneInfo("Asia/Taipei")),
        observe=lambda *_: None,  # one line a turn would stand between the lines of the call
    )


def _lines() -> Iterator[str]:
    for line in click.get_text_stream("stdin", encoding="utf-8", errors="replace"):
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
