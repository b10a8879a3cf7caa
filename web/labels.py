"""The texts of the pages in each language: `text/<page>.<locale>.yaml`."""

from typing import Any

from intents.contract import LOCALES
from shared.locales import all_locales, tables

OWN_NAMES = {code: one.name for code, one in all_locales().items()}
"""Locale → the name of the language in itself: 中文, English, 日本語."""


def known(lang: str) -> str:
    """`lang`, or the default where the pages are not translated into it."""
    return lang if lang in LOCALES else LOCALES[0]


def labels(page: str, lang: str) -> dict[str, Any]:
    """The texts of one page in one language by key; a value is a text, or a table of texts."""
    return tables(__package__)[f"{page}.{lang}"]
