"""`ask`, `resolve`, `understand`: one question, and how utterances are understood."""

import json
import sys
from collections.abc import Iterator
from io import TextIOWrapper

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
from nlu.understand import understand
from settings import Settings
from shared.dialog.acts import Act, Understanding
from shared.dialog.take_turn import first_state
from shared.dialog.values import State, Utterance
from shared.names.index import index_of
from shared.names.resolution import Resolution
from shared.names.resolve import resolve
from shared.places.telephone_numbers import area_code_of


def register(app: Flask, settings: Settings) -> None:
    """ask, resolve, understand."""

    @app.cli.command("ask")
    @click.argument("question")
    @click.option("--json", "as_json", is_flag=True, help="intent, outcome, candidates with scores")
    @number_option
    @feed_option
    @plainly
    def ask(question: str, as_json: bool, number: str, source: str) -> None:
        """One question, the spoken answer."""
        snapshot = snapshot_of(source, settings)
        turn = Utterance(text=question, opens=True, area_code=area_code_of(number))
        _, reply = conversation_on(snapshot).take(None, turn, TERMINAL)
        if not as_json:
            click.echo(reply.text)
            return
        understood = understand(turn, first_state(turn), index_of(snapshot.catalog))
        found = understood.names or Resolution(question)
        outcome = {"outcome": type(reply.outcome).__name__, "text": reply.text}
        line = _acts_line(question, understood) | found.plain() | outcome
        click.echo(_json(line))

    @app.cli.command("resolve")
    @feed_option
    @plainly
    def resolve_lines(source: str) -> None:
        """A line of heard text in, a line of JSON out: the places and pharmacies in it."""
        index = index_of(snapshot_of(source, settings).catalog)
        for heard in _lines():
            click.echo(_json(resolve(heard, index).plain()))

    @app.cli.command("understand")
    @feed_option
    @plainly
    def understand_lines(source: str) -> None:
        """A line of heard text in, a line of JSON out: what is wanted."""
        index = index_of(snapshot_of(source, settings).catalog)
        for heard in _lines():
            understood = understand(Utterance(text=heard), State(), index)
            click.echo(_json(_acts_line(heard, understood)))


def _lines() -> Iterator[str]:
    """Standard input, line by line; invalid UTF-8 is replaced."""
    for line in TextIOWrapper(sys.stdin.buffer, "utf-8", errors="replace"):
        yield line.rstrip("\r\n")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _acts_line(heard: str, understood: Understanding) -> dict[str, object]:
    acts = [_act_line(act) for act in understood.acts]
    return {"heard": heard, "intent": acts[0]["intent"] if acts else None, "acts": acts}


def _act_line(act: Act) -> dict[str, object]:
    """An act as JSON: its intent, and the slots that are set."""
    intent, _, part = act.label.partition(".")
    line: dict[str, object] = {"intent": intent}
    told = {
        "part": part,
        "product": act.product,
        "kind": str(act.kind or ""),
        "unwanted": str(act.unwanted or ""),
        "ends": act.ends,
        "least": act.least,
        "denied": act.denied.heard if act.denied else "",
    }
    line |= {name: value for name, value in told.items() if value}
    if act.when:
        clock = act.when.clock
        day = {"ahead": act.when.ahead, "weekday": act.when.weekday}
        line["when"] = {**day, "clock": clock.isoformat("minutes") if clock else None}
    return line
