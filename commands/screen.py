"""A call in the terminal: the line's words at the pace of speech, the keys, the answers."""

import os
import re
import sys
import time
from collections.abc import Callable
from typing import Any

import click

from shared.dialog.values import Option, Reply
from shared.locales import tables
from shared.speech.options import Label, say_label
from shared.speech.wordings import wording_of

PAUSES = {"。": 0.4, "？": 0.4, ".": 0.4, "?": 0.4, "；": 0.3, ";": 0.3, "，": 0.2, ",": 0.2}
"""Seconds of breath behind a mark."""

SLOW = 1.4
"""How much longer speech takes after 「慢一點」."""

RINGS = 2.0
"""Seconds for which it rings before the line answers."""

_PIECES = re.compile(r"[\w']+ ?|.", re.ASCII | re.DOTALL)
"""A character, or a word where words stand apart."""


class Screen:
    """Writes a call on standard output."""

    def __init__(self, *, paced: bool, wait: Callable[[float], object] = time.sleep) -> None:
        """`paced`: words appear at the pace of speech, else all at once."""
        self._paced = paced
        self._wait = wait
        self._colour = False if os.environ.get("NO_COLOR") else None
        """None: click drops colours where standard output is no terminal"""

    def note(self, text: str) -> None:
        """Print a remark."""
        self._line(click.style(text, dim=True))

    def ring(self, text: str) -> None:
        """Print that it rings, and wait."""
        self.note(f"☎ {text}")
        if self._paced:
            self._wait(RINGS)

    def speak(self, reply: Reply) -> None:
        """Print the line's words, and the keys that may be pressed now."""
        click.echo(click.style("☎ ", fg="green"), nl=False, color=self._colour)
        for piece in _PIECES.findall(reply.text) if self._paced else [reply.text]:
            self._piece(piece)
            if self._paced:
                length = wording_of(reply.locale).seconds(piece) + PAUSES.get(piece, 0)
                self._wait(length * (SLOW if reply.slow else 1))
        click.echo()
        if reply.listens:
            self.note(f"   {keys_told(reply)}")

    def ask(self, you: str) -> str:
        """Prompt for the caller's words; click.Abort for Ctrl-C and the end of input."""
        prompt = click.style(you, fg="cyan", bold=True)
        if self._colour is False or not sys.stdout.isatty():
            prompt = you
        typed: str = click.prompt(prompt, default="", show_default=False, prompt_suffix="：")
        return typed.strip()

    def said(self, you: str, words: str) -> None:
        """Print what a script says for the caller."""
        self._line(f"{click.style(you, fg='cyan', bold=True)}：{words}")

    def _piece(self, text: str) -> None:
        click.echo(click.style(text, fg="green"), nl=False, color=self._colour)

    def _line(self, text: str) -> None:
        click.echo(text, color=self._colour)


def keys_told(reply: Reply) -> str:
    """[1 下一家] [2 地址] … [0 真人]: what each key does now."""
    words = labels(reply.locale)
    options = [f"{option.key} {_label(option, reply.locale)}" for option in reply.options]
    code = [words["code"]] if reply.digits > 1 else []
    always = [f"{key} {label}" for key, label in words["keys"].items()]
    return " ".join(f"[{told}]" for told in (*options, *code, *always))


def _label(option: Option, locale: str) -> str:
    own: str | None = labels(locale).get(option.label)  # yes, no
    return own or say_label(Label(option.label, option.key, option.name), locale)


def labels(locale: str) -> dict[str, Any]:
    """The texts around a call, in one language."""
    return tables(__package__)[locale]
