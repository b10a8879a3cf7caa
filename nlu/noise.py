"""What recognisers write for silence: their own prompt, the ends of films."""

import re
from bisect import bisect_left
from functools import cache

from rapidfuzz import fuzz, process

from intents.contract import normal, sentences
from nlu.grammar import grammar

LEAST_CHARACTERS = 3
"""A piece of noise has at least so many (「詢專線」), nearly all of them its own."""

HUM = 5
"""One sign so often in a row is what a recogniser makes of a hum."""

ALIKE = 85
"""Percent, of RapidFuzz's partial ratio."""

_LONGER = 2
"""So many characters more than a phrase the text of it may have."""


def is_noise(text: str, locale: str) -> bool:
    """Whether `text` is what a recogniser writes for silence, or a piece of that."""
    text = _close(text)
    if len(text) >= HUM and len(set(text)) == 1:  # 「白白白白白白」: no goodbye
        return True
    if len(text) < LEAST_CHARACTERS or not _pairs(locale).search(text):
        return False
    phrases = _noise(locale)
    long_enough = phrases[bisect_left(phrases, len(text) - _LONGER, key=len) :]
    found = process.extractOne(text, long_enough, scorer=fuzz.partial_ratio, score_cutoff=ALIKE)
    return found is not None


_LETTERS = re.compile(r"(?<!['’])\b(?:[A-Za-z](?:[ .,-]+|\b(?!\w))){4,}")


def spelled_out(text: str) -> str:
    """`text` with the letters of a name that is spelled written together.

    >>> spelled_out("S H I L I N, please"), spelled_out("It's T-A-M-S-U-I.")
    ('SHILIN please', "It's TAMSUI")
    """
    return _LETTERS.sub(lambda met: re.sub("[ .,-]", "", met[0]) + " ", text).strip()


def as_usual(text: str, locale: str) -> str:
    """`text`, its particles and pronouns as they are written most.

    >>> as_usual("大安區齁，謝謝妳吼", "zh-TW")
    '大安區喔，謝謝你喔'
    """
    for pattern, usual in grammar(locale).usual.items():
        text = pattern.sub(usual, text)
    return text


def is_filler(text: str, locale: str) -> bool:
    """Whether `text` is courtesy and hesitation alone: 「嗯那個」, 「不好意思請問一下」."""
    return not without_fillers(text, locale)


def without_fillers(text: str, locale: str) -> str:
    """`text` without courtesy, hesitation and pauses.

    >>> without_fillers("那個...那個...口罩", "zh-TW")
    '口罩'
    """
    left = _close(text)
    for word in _ignored(locale):
        left = left.replace(word, "")
    return left


@cache
def _ignored(locale: str) -> tuple[str, ...]:
    """The longest first, so that no piece of one is left over."""
    return tuple(sorted(map(_close, sentences(locale).ignored), key=len, reverse=True))


@cache
def _noise(locale: str) -> tuple[str, ...]:
    """The shortest first."""
    return tuple(sorted(map(_close, sentences(locale).noise), key=len))


@cache
def _pairs(locale: str) -> re.Pattern[str]:
    """Any two characters that follow each other in a phrase. Whatever is so much ALIKE shares such
    a pair, and most of what is said has none: quicker to ask for first."""
    pairs = {one[at : at + 2] for one in _noise(locale) for at in range(len(one) - 1)}
    return re.compile("|".join(map(re.escape, sorted(pairs))))


def _close(text: str) -> str:
    return normal(text).replace(" ", "")
