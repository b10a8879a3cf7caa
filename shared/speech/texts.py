"""The sentences of a locale, read from `text/<locale>.yaml`."""

from collections.abc import Mapping
from functools import cache
from importlib import resources

import yaml

from shared.errors import DataError

Texts = Mapping[str, tuple[str, ...]]
"""key → its sentences, to be taken in turn"""


@cache
def locales() -> tuple[str, ...]:
    """Every locale that has sentences: zh-TW first, then by name."""
    folder = resources.files(__package__).joinpath("text")
    names = [file.name.removesuffix(".yaml") for file in folder.iterdir()]
    return tuple(sorted(names, key=lambda name: (name != "zh-TW", name)))


@cache
def texts(locale: str) -> Texts:
    """The sentences of `locale`; those of zh-TW for a locale that has none."""
    name = locale if locale in locales() else "zh-TW"
    file = resources.files(__package__).joinpath("text", f"{name}.yaml")
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    odd = [key for key, lines in data.items() if not isinstance(lines, list) or not lines]
    if odd:
        raise DataError(f"{name}.yaml: give a list of sentences under {', '.join(odd)}")
    return {key: tuple(str(line) for line in lines) for key, lines in data.items()}


def fill(locale: str, key: str, turn: int = 0, /, **blanks: str) -> str:
    """The sentence of `key` whose turn it is, its blanks filled."""
    lines = texts(locale)[key]
    return lines[turn % len(lines)].format(**blanks)
