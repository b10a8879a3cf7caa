"""The words of the pages: each language has all of them."""

from collections.abc import Iterator
from typing import Any

import pytest

from intents.contract import LOCALES
from web.labels import known, labels


def _texts(table: dict[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _texts(value, f"{above}{key}.")
        else:
            yield above + key, value


@pytest.mark.parametrize("page", ["phone", "operator"])
@pytest.mark.parametrize("lang", LOCALES)
def test_the_labels_are_complete_in_every_language(page: str, lang: str) -> None:
    """Each language has the words of zh-TW, all of them text."""
    found = dict(_texts(labels(page, lang)))
    assert set(found) == set(dict(_texts(labels(page, LOCALES[0]))))
    assert all(isinstance(text, str) and text for text in found.values())


def test_an_unknown_language_is_the_first() -> None:
    """Whatever a link asks for, there are words; nothing outside the folder is read."""
    assert known("../../app") == known("") == "zh-TW"
    assert known("ja-JP") == "ja-JP"
