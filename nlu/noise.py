"""What recognisers write for silence: their own prompt, the ends of films."""

from functools import cache

from rapidfuzz import fuzz

from intents.contract import normal, sentences

LEAST_CHARACTERS = 3
"""A piece of noise has at least so many (「詢專線」), nearly all of them its own."""

ALIKE = 85
"""Percent, of RapidFuzz's partial ratio."""


def is_noise(text: str, locale: str) -> bool:
    """Whether `text` is what a recogniser writes for silence, or a piece of that."""
    text = _close(text)
    if len(text) < LEAST_CHARACTERS:
        return False
    return any(
        len(text) <= len(phrase) + 2 and fuzz.partial_ratio(text, phrase, score_cutoff=ALIKE)
        for phrase in _noise(locale)
    )


def is_filler(text: str, locale: str) -> bool:
    """Whether `text` is courtesy and hesitation alone: 「嗯那個」, 「不好意思請問一下」."""
    left = _close(text)
    for word in _ignored(locale):
        left = left.replace(word, "")
    return not left


@cache
def _ignored(locale: str) -> tuple[str, ...]:
    """The longest first, so that no piece of one is left over."""
    return tuple(sorted(map(_close, sentences(locale).ignored), key=len, reverse=True))


@cache
def _noise(locale: str) -> tuple[str, ...]:
    return tuple(map(_close, sentences(locale).noise))


def _close(text: str) -> str:
    return normal(text).replace(" ", "")
