"""The sentences of a locale, read from `text/<locale>.yaml`."""

from collections.abc import Mapping
from functools import cache

from shared.errors import DataError
from shared.locales import locale_of, tables

Texts = Mapping[str, tuple[str, ...]]
"""key → its sentences, to be taken in turn"""


@cache
def texts(locale: str) -> Texts:
    """The sentences of `locale`; those of Taiwan for a language that is not spoken here."""
    name = locale_of(locale).code
    data = tables(__package__)[name]
    odd = [key for key, lines in data.items() if not isinstance(lines, list) or not lines]
    if odd:
        raise DataError(f"{name}.yaml: give a list of sentences under {', '.join(odd)}")
    return {key: tuple(str(line) for line in lines) for key, lines in data.items()}
