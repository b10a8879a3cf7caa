"""The contract and the sentences as values, read from their data files."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from intents.templates import expand
from shared.errors import DataError
from shared.locales import codes

FOLDER = Path(__file__).parent
LOCALES = codes()

_PUNCTUATION = re.compile(r"[^\w{}]+")


@dataclass(frozen=True, slots=True)
class Contract:
    """The intents and their slots, whatever the language."""

    slots: Mapping[str, str]
    """slot → what it holds"""
    intents: Mapping[str, tuple[str, ...]]
    """intent → the slots its sentences may have"""
    does: Mapping[str, str]
    """intent → what it does"""


@dataclass(frozen=True, slots=True)
class Sentences:
    """The sentences and words of one locale."""

    locale: str
    ignored: tuple[str, ...]
    """fillers: words without meaning, before or after a sentence, or alone"""
    noise: tuple[str, ...]
    """transcripts of silence: what recognisers write when nothing was said"""
    products: Mapping[str, tuple[str, ...]]
    """product id → its names, the usual one first"""
    kinds: Mapping[str, tuple[str, ...]]
    """kind of seller (`shared.catalog.Kind`) → words for it"""
    shops: tuple[str, ...]
    """other shops, which do not sell on the insurance card"""
    id_ends: Mapping[str, tuple[str, ...]]
    """odd, even → words for the last digit of an id"""
    digits: tuple[str, ...]
    """zero to nine"""
    denials: Mapping[str, tuple[str, ...]]
    """before, behind → words that negate a name after or before them; instead → words that lead to
    the name that is meant"""
    rules: Mapping[str, str]
    templates: Mapping[str, tuple[str, ...]]
    """intent → sentence templates"""

    def expanded(self) -> dict[str, tuple[str, ...]]:
        """Intent → every sentence, each once, {slots} left open."""
        return {
            intent: tuple(
                dict.fromkeys(text for item in items for text in expand(item, self.rules))
            )
            for intent, items in self.templates.items()
        }


def load_contract(folder: Path = FOLDER) -> Contract:
    """Read contract.yaml; DataError where its structure is wrong."""
    table = _read(folder / "contract.yaml")
    try:
        intents = table["intents"]
        return Contract(
            table["slots"],
            {name: tuple(entry["slots"]) for name, entry in intents.items()},
            {name: entry["does"] for name, entry in intents.items()},
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise DataError(f"contract.yaml: {error!r}") from error


def load_sentences(locale: str, folder: Path = FOLDER) -> Sentences:
    """Read sentences/<locale>.yaml; DataError where its structure is wrong."""
    table = _read(folder / "sentences" / f"{locale}.yaml")
    try:
        return Sentences(
            table["locale"],
            tuple(table["ignored"]),
            tuple(table["noise"]),
            {name: tuple(names) for name, names in table["products"].items()},
            {kind: tuple(words) for kind, words in table["kinds"].items()},
            tuple(table["shops"]),
            {ends: tuple(words) for ends, words in table["id_ends"].items()},
            tuple(table["digits"]),
            {where: tuple(table["denials"][where]) for where in ("before", "behind", "instead")},
            table["rules"],
            {name: tuple(items) for name, items in table["intents"].items()},
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise DataError(f"sentences/{locale}.yaml: {error!r}") from error


@cache
def sentences(locale: str) -> Sentences:
    """The project's sentences of a locale, read once."""
    return load_sentences(locale)


@cache
def everyday(locale: str) -> tuple[tuple[frozenset[str], str], ...]:
    """Everyday sentences that name nothing, with their labels: `everyday/<locale>.tsv`."""
    lines = (FOLDER / "everyday" / f"{locale}.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if "\t" in line and not line.startswith("#"))
    return tuple((frozenset(told.split("+")) - {"none"}, text) for told, text in rows)


def normal(text: str) -> str:
    """`text` without case, width and punctuation, which are not heard; one space between words.

    >>> normal("「Ｙｅｓ,」 please!")
    'yes please'
    """
    return _PUNCTUATION.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()


def _read(path: Path) -> dict[str, Any]:
    try:
        table = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise DataError(f"{path.name} cannot be read: {error}") from error
    if not isinstance(table, dict):
        raise DataError(f"{path.name} is no table")
    return table
