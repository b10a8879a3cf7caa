"""Numbers as they are said, and how many are wanted at least."""

import re
from functools import cache

from nlu.grammar import grammar
from shared.locales import locale_of
from shared.numbers import read_number

HAN = "[零〇一二兩三四五六七八九十百千]"
"""A sign of a number."""

_ONES = "one two three four five six seven eight nine ten"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_WORDS = {word: value for value, word in enumerate(_ONES.split(), 1)}
_WORDS |= {word: 10 * value for value, word in enumerate(_TENS.split(), 2)}
_HOURS = _WORDS | {"eleven": 11, "twelve": 12, "thirty": 30}
_SIZES = {"hundred": 100, "thousand": 1000}
_EITHER = "|".join((*_WORDS, *_SIZES, "a", "and"))

_NUMBER = {
    "": rf"({HAN}{{1,7}}|\d{{1,5}})",
    " ": rf"(\d{{1,5}}\b|(?:(?:{_EITHER})\b ?){{1,5}})",
}
"""What parts two words of a language → how it writes a number."""


@cache
def _at_least(locale: str) -> re.Pattern[str]:
    return re.compile(grammar(locale).least.replace("{number}", _NUMBER[locale_of(locale).gap]))


def at_least(text: str, locale: str) -> int:
    """How many are wanted at least; 0 where no number says so.

    >>> at_least("a place with at least five hundred", "en-US"), at_least("五百枚以上", "ja-JP")
    (500, 500)
    """
    met = _at_least(locale).search(text)
    said = next((group for group in met.groups() if group), "") if met else ""
    if not said:
        return 0
    return _in_words(said) if said.isascii() and not said.isdigit() else read_number(said)


def hour_in_words(text: str) -> int:
    """The number of an hour or of its minutes, as it is written: 8, eight, 八, thirty."""
    return _HOURS.get(text) or read_number(text)


def _in_words(text: str) -> int:
    """two hundred and fifty → 250."""
    total = here = 0
    for word in text.split():
        if word in _SIZES:
            total, here = total + (here or 1) * _SIZES[word], 0
        else:
            here += _WORDS.get(word, 0)
    return total + here
