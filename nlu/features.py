"""Features of an utterance for the act classifier: n-grams of characters, words and syllables.

Mandarin is seen twice, as it was written and as it sounds: a recogniser writes 「畫幾號」 for
電話幾號, which shares no character with it and all of its sounds.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from pypinyin.pinyin_dict import pinyin_dict

from nlu.grammar import grammar
from shared.phonetics import folded, pronunciation_of

CHARACTERS = 96
"""Of a longer utterance only its beginning and its end are looked at, half of this each."""

_MARKS = re.compile(r"[\s\W_]+")
_EDGE, _PAUSE = "^", "/"

_SPELT = str.maketrans("臺妳祂她它牠嘸閣", "台你他他他他無擱")


def clean(text: str) -> str:
    """`text` as the classifier sees it: one width, one case, pauses as one space, bounded.

    >>> clean("請問，大安區　還有口罩嗎？")
    '請問 大安區 還有口罩嗎'
    """
    if len(text) > CHARACTERS:
        text = text[: CHARACTERS // 2] + " " + text[-CHARACTERS // 2 :]
    text = unicodedata.normalize("NFKC", text).casefold()
    text = text.translate(_SPELT)
    return _MARKS.sub(" ", text).strip()


class Run(NamedTuple):
    """Items in a row; a feature is one of them, or several together."""

    mark: str
    """c: of characters, s: of syllables, w: of words"""
    longest: int
    """so many items together at most, and never more than four"""
    items: Sequence[str]


def runs(text: str, locale: str) -> list[Run]:
    """What the features of `text` are made of."""
    text = clean(text)
    read_by = grammar(locale).read_by
    if read_by == "characters and syllables":
        return [Run("c", 3, _EDGE + _joined(text) + _EDGE), Run("s", 3, _syllables(text))]
    if read_by == "characters":
        return [Run("c", 4, _EDGE + text.replace(" ", "") + _EDGE)]
    words = text.split(" ")
    spaced = [word + " " for word in (_EDGE, *words, _EDGE)]
    return [Run("w", 3, spaced), *(Run("c", 4, f"<{word}>") for word in words if len(word) > 3)]


def features(text: str, locale: str) -> list[str]:
    """The names of the features of `text`, each once."""
    return list(dict.fromkeys(name for run in runs(text, locale) for name in _names(run)))


def _names(run: Run) -> Iterator[str]:
    for length in range(1, run.longest + 1):
        for start in range(len(run.items) - length + 1):
            yield run.mark + "".join(run.items[start : start + length])


def _joined(text: str) -> str:
    """A pause between two characters of one word is none: 「請 問 康熙 藥局」."""
    parts = text.split(" ")
    if len(parts) > 1 and sum(len(part) <= 1 for part in parts) * 2 >= len(parts):
        return "".join(parts)
    return _PAUSE.join(parts)


def _syllables(text: str) -> list[str]:
    return [_EDGE, *filter(None, map(_sound, text)), _EDGE]


@cache
def _sound(char: str) -> str:
    """The usual reading without tone, confused sounds folded; "" for what has none."""
    if char.isascii() or ord(char) not in pinyin_dict:
        return "." if char.isalnum() else ""
    readings = pronunciation_of(char)
    return "".join(folded()[readings[0]]) + "." if readings else ""
