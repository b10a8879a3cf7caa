"""The texts of the pages in each language: `text/<page>.<locale>.yaml`."""

from functools import cache
from importlib import resources
from typing import Any

import yaml

from intents.contract import LOCALES
from shared.locales import all_locales

OWN_NAMES = {code: one.name for code, one in all_locales().items()}
"""Locale → the name of the language in itself: 中文, English, 日本語."""


def known(lang: str) -> str:
    """`lang`, or the default where the pages are not translated into it."""
    return lang if lang in LOCALES else LOCALES[0]


@cache
def labels(page: str, lang: str) -> dict[str, Any]:
    """The texts of one page in one language by key; a value is a text, or a table of texts."""
    file = resources.files(__package__).joinpath("text", f"{page}.{lang}.yaml")
    found: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return found
