"""Formats for the schemas beyond JSON Schema's: values must be a known district, county …

The known values are read from the data files, not by the product's loaders: these may fail over the
very mistake that is looked for.
"""

import re
from collections.abc import Callable, Collection
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import FormatChecker

from checks.documents import read_document

ROOT = Path(__file__).parents[1]
"""Of the project: data files are told by their paths from here."""

CHECKER = FormatChecker(formats=())


def like(format_name: str) -> Collection[str]:
    """All values of a format, to suggest the one that was meant; () where they cannot be listed."""
    return _LISTED[format_name]() if format_name in _LISTED else ()


def _value(file: str) -> Any:
    return read_document(ROOT / file).value


@cache
def _districts() -> frozenset[str]:
    rows = _value("shared/places/districts.csv") or []
    return frozenset(row.get("county", "") + row.get("district", "") for row in rows)


@cache
def _counties() -> frozenset[str]:
    rows = _value("shared/places/districts.csv") or []
    return frozenset(row.get("county", "") for row in rows)


@cache
def _locales() -> frozenset[str]:
    return frozenset(path.stem for path in (ROOT / "shared/locales").glob("*.yaml"))


@cache
def _declared(part: str) -> frozenset[str]:
    data = _value("shared/feed/products.yaml")
    found = data.get(part) if isinstance(data, dict) else None
    return frozenset(found if isinstance(found, dict) else ())


@cache
def _short_districts() -> frozenset[str]:
    rows = _value("shared/places/districts.csv") or []
    return frozenset(row.get("district", "")[:-1] for row in rows)


_LISTED: dict[str, Callable[[], Collection[str]]] = {
    "district": _districts,
    "district without its ending": _short_districts,
    "county": _counties,
    "locale": _locales,
    "feed": lambda: _declared("feeds"),
    "product": lambda: _declared("products"),
}

_PATTERNS = {
    "single character": ".",
    "name in Chinese": r"[\u3400-\u9fff\U00020000-\U0002ffff0-9A-Za-z、·・]+",
    "Chinese characters": r"[\u3400-\u9fff\U00020000-\U0002ffff]+",
    "street": r"[\u3400-\u9fff0-9]*[路街道段巷弄村里]|",
    "words with choices": r"(?:[^()\s]|\((?:[^()\s]*\|)+[^()\s]*\))+",
    "unread run": r"[^\d\s,、.。:;!?()（）【】\[\]<>{}|/~-]+",
    "kilometres": r"\d{1,3}\.\d",
    "area code": r"0[2-8]\d{0,2}",
}

_LONGITUDES, _LATITUDES = (118.0, 122.2), (21.8, 26.5)
"""From 烏坵 and 金門 to the east coast, from 蘭嶼 to 東引."""


def _is_list(name: str) -> Callable[[str], bool]:
    return lambda value: value in like(name)


def _matches(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern, re.DOTALL)
    return lambda value: compiled.fullmatch(value) is not None


def _between(least: float, most: float) -> Callable[[str], bool]:
    return lambda value: (
        re.fullmatch(r"\d+\.\d+", value) is not None and least <= float(value) <= most
    )


def _compiles(value: str) -> bool:
    try:
        re.compile(value)
    except re.error:
        return False
    return True


def _closes(value: str) -> bool:
    """Whether each bracket is closed by its own."""
    opened: list[str] = []
    for sign in value:
        if sign in "([{":
            opened.append(")]}"["([{".index(sign)])
        elif sign in ")]}" and (not opened or opened.pop() != sign):
            return False
    return not opened


_HOLDS: dict[str, Callable[[str], bool]] = {
    "pattern": _compiles,
    "closed brackets": _closes,
    **{name: _is_list(name) for name in _LISTED},
    **{name: _matches(pattern) for name, pattern in _PATTERNS.items()},
    "longitude in Taiwan": _between(*_LONGITUDES),
    "latitude in Taiwan": _between(*_LATITUDES),
}


def _register(name: str, holds: Callable[[str], bool]) -> None:
    @CHECKER.checks(name)
    def check(value: object) -> bool:
        return not isinstance(value, str) or holds(value)


for _name, _holds in _HOLDS.items():
    _register(_name, _holds)
