"""The hotline in the terminal."""

import re
import sys
from collections import deque
from dataclasses import replace
from datetime import datetime
from pathlib import Path

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
from commands.screen import Screen, labels
from conversation.service import Conversation
from intents.contract import LOCALES
from settings import Settings
from shared.clock import TAIPEI
from shared.dialog.values import Channel, State, Utterance
from shared.errors import SettingError
from shared.places.telephone_numbers import area_code_of

SILENCE = "…"
"""A turn of a script in which the caller says nothing; an empty line is one too."""

_KEYS = re.compile(r"[0-9*#]+")
_COMMENT = re.compile(r"#[^0-9*#]")
"""A comment: `# …`. A line of keys alone is none: # ends the call."""


def register(app: Flask, settings: Settings) -> None:
    """call."""

    @app.cli.command("call")
    @number_option
    @feed_option
    @click.option("--lang", type=click.Choice(LOCALES), default=LOCALES[0], show_default=True)
    @click.option(
        "--script",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="a file with one turn a line: words or keys; … or nothing for silence; # comments",
    )
    @click.option("--fast", is_flag=True, help="write at once, not at the pace of speech")
    @click.option(
        "--at",
        type=click.DateTime(["%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"]),
        help="hold the call at this time in Taiwan, the demo feed as it stood then",
    )
    @plainly
    def call(
        number: str, source: str, lang: str, script: Path | None, fast: bool, at: datetime | None
    ) -> None:
        """The hotline in the terminal: type what you would say, or keys."""
        turns = read_script(script) if script else None
        moment = at.replace(tzinfo=TAIPEI) if at else None
        conversation = conversation_on(snapshot_of(source, settings, moment), moment)
        screen = Screen(paced=sys.stdout.isatty() and not fast and turns is None)
        channel = replace(TERMINAL, operator=settings.operator_number, dials=True)
        opening = Utterance(opens=True, area_code=area_code_of(number), locale=lang)
        TerminalCall(conversation, channel, screen, turns).hold(opening)


def read_script(path: Path) -> list[str]:
    """The turns of a script, silence as ""; SettingError where it holds none or is no text."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as problem:
        raise SettingError(f"{path} cannot be read as UTF-8 text") from problem
    turns = [line.strip() for line in lines if not _COMMENT.match(line.strip())]
    if not any(turns):
        raise SettingError(f"{path} holds no turn: write one a line, words or keys")
    return ["" if turn == SILENCE else turn for turn in turns]


class TerminalCall:
    """One call, from the ringing to the end."""

    def __init__(
        self,
        conversation: Conversation,
        channel: Channel,
        screen: Screen,
        script: list[str] | None,
    ) -> None:
        """`script`: what the caller says; None asks whoever sits at the terminal."""
        self._conversation = conversation
        self._channel = channel
        self._screen = screen
        self._script = None if script is None else deque(script)
        self._locale = LOCALES[0]
        self._typed_ahead = ""

    def hold(self, opening: Utterance) -> None:
        """Until one of the two hangs up."""
        self._locale = opening.locale
        words = labels(self._locale)
        if self._script is None:
            self._screen.note(words["how"])
        try:
            self._screen.ring(words["ringing"])
            self._talk(opening)
        except (click.Abort, KeyboardInterrupt):  # Ctrl-C or Ctrl-D: the caller hangs up
            click.echo()
        self._screen.note(labels(self._locale)["hung_up"])
        if self._script:
            self._screen.note(labels(self._locale)["unused"].format(count=len(self._script)))

    def _talk(self, turn: Utterance) -> None:
        state: State | None = None
        while True:
            state, reply = self._conversation.take(state, turn, self._channel)
            self._locale = reply.locale
            self._screen.speak(reply)
            if reply.rings:
                told = labels(self._locale)["ringing_at"].format(number=reply.rings)
                self._screen.ring(told)
                turn = Utterance(unanswered=True)
                continue
            if not reply.listens or (said := self._next(reply.digits)) is None:
                return
            pressed = _KEYS.fullmatch(said) is not None
            turn = Utterance(keys=said) if pressed else Utterance(text=said)

    def _next(self, digits: int) -> str | None:
        """What the caller says or presses; None where a script ends.

        As many keys as the line waits for; those typed ahead are pressed at the next question.
        """
        said = self._typed_ahead or self._say()
        self._typed_ahead = ""
        if said and _KEYS.fullmatch(said):
            taken = 1 if said[0] in "*#" else digits
            said, self._typed_ahead = said[:taken], said[taken:]
        return said

    def _say(self) -> str | None:
        words = labels(self._locale)
        if self._script is None:
            return self._screen.ask(words["you"])
        if not self._script:
            return None
        said = self._script.popleft()
        self._screen.said(words["you"], said or words["silent"])
        return said
