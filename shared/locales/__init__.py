"""The languages that are spoken here: one record each, `<code>.yaml`.

A language is added by its record, by a file of its own in each room that has words
(`tables`), and by its voice in `shared.speech`. docs/architecture.md counts what else it touches.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

DEFAULT = "zh-TW"
"""Taiwan's: what is spoken where nothing else was asked for, and lent where a word is missing."""


@dataclass(frozen=True, slots=True)
class Locale:
    """A language, beside its words."""

    code: str
    """by BCP 47: zh-TW"""
    tag: str
    """the shortest that tells it apart, as platforms name it: zh-TW, en"""
    name: str
    """as its readers call it: 日本語"""
    intent: str
    """the label of the act that asks for it"""
    gap: str
    """between two words, and two sentences"""
    letters: str
    """a pattern that a text written in it matches; languages are tried from the last to the
    first, which takes every text"""
    units_a_second: float
    """syllables (Japanese: morae) at the calm pace at which an elder is spoken to"""
    longest: int
    """characters of one sentence at most: what an elder takes in at once, about 17 seconds"""

    @property
    def language(self) -> str:
        """By ISO 639-1: zh."""
        return self.code[:2]


@cache
def all_locales() -> Mapping[str, Locale]:
    """Code → record, DEFAULT first, then by code."""
    return {code: Locale(code=code, **table) for code, table in tables(__package__, "").items()}


def locale_of(code: str) -> Locale:
    """The record of `code`; that of DEFAULT for a language that is not spoken here."""
    return all_locales().get(code) or all_locales()[DEFAULT]


def codes() -> tuple[str, ...]:
    """Every language that is spoken here, DEFAULT first."""
    return tuple(all_locales())


def spoken_as(language: str) -> str:
    """The code of the language that a platform's code begins with; "" for none of ours.

    >>> spoken_as("en-AU"), spoken_as("ja"), spoken_as("fr-FR"), spoken_as("")
    ('en-US', 'ja-JP', '', '')
    """
    begins = language[:2].lower()
    return next((one.code for one in all_locales().values() if one.language == begins), "")


def asked_by(intent: str) -> str:
    """The code of the language that an act asks for; "" for another act.

    >>> asked_by("mandarin"), asked_by("phone")
    ('zh-TW', '')
    """
    return next((one.code for one in all_locales().values() if one.intent == intent), "")


@cache
def tables(package: str, folder: str = "text") -> Mapping[str, dict[str, Any]]:
    """Locale → the table of `<folder>/<locale>.yaml` in a room, DEFAULT first, then by code."""
    where = resources.files(package).joinpath(folder)
    files = {file.name.removesuffix(".yaml"): file for file in where.iterdir()}
    known = (name for name in files if f"{name}.yaml" == files[name].name)
    names = sorted(known, key=lambda code: (code != DEFAULT, code))
    return {name: yaml.safe_load(files[name].read_text(encoding="utf-8")) for name in names}
