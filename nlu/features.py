"""Features of an utterance for the act classifier: n-grams of characters, words and syllables.

Mandarin is seen twice, as it was written and as it sounds: a recogniser writes 「畫幾號」 for
電話幾號, which shares no character with it and all of its sounds.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache

from pypinyin.pinyin_dict import pinyin_dict

from nlu.grammar import grammar
from shared.phonetics import folded, pronunciation_of

CHARACTERS = 96
"""Of a longer utterance only its beginning and its end are looked at, half of this each."""

_MARKS = re.compile(r"[\s\W_]+")
_EDGE, _PAUSE = "^", "/"

_SPELT = {
    "臺": "台",
    "妳": "你",
    "祂": "他",
    "她": "他",
    "它": "他",
    "牠": "他",
    "嘸": "無",
    "閣": "擱",
}


def clean(text: str) -> str:
    """`text` as the classifier sees it: one width, one case, pauses as one space, bounded.

    >>> clean("請問，大安區　還有口罩嗎？")
    '請問 大安區 還有口罩嗎'
    """
    if len(text) > CHARACTERS:
        text = text[: CHARACTERS // 2] + " " + text[-CHARACTERS // 2 :]
    text = unicodedata.normalize("NFKC", text).casefold()
    text = "".join(_SPELT.get(char, char) for char in text)
    return _MARKS.sub(" ", text).strip()


def features(text: str, locale: str) -> list[str]:
    """The features of `text`, each once."""
    text = clean(text)
    read_by = grammar(locale).read_by
    if read_by == "characters and syllables":
        return list(dict.fromkeys((*_characters(_joined(text)), *_syllables(text))))
    if read_by == "characters":
        return list(dict.fromkeys(_characters(text.replace(" ", ""), longest=4)))
    return list(dict.fromkeys(_words(text)))


def _joined(text: str) -> str:
    """A pause between two characters of one word is none: 「請 問 康熙 藥局」."""
    parts = text.split(" ")
    if len(parts) > 1 and sum(len(part) <= 1 for part in parts) * 2 >= len(parts):
        return "".join(parts)
    return _PAUSE.join(parts)


def _grams(items: Sequence[str], mark: str, longest: int) -> Iterator[str]:
    for length in range(1, longest + 1):
        for start in range(len(items) - length + 1):
            yield mark + "".join(items[start : start + length])


def _characters(text: str, longest: int = 3) -> Iterator[str]:
    yield from _grams(_EDGE + text + _EDGE, "c", longest)


def _syllables(text: str) -> Iterator[str]:
    sounds = [_EDGE, *(sound for char in text if (sound := _sound(char))), _EDGE]
    yield from _grams(sounds, "s", 3)


@cache
def _sound(char: str) -> str:
    """The usual reading without tone, confused sounds folded; "" for what has none."""
    if char.isascii() or ord(char) not in pinyin_dict:
        return "." if char.isalnum() else ""
    readings = pronunciation_of(char)
    return "".join(folded()[readings[0]]) + "." if readings else ""


def _words(text: str) -> Iterator[str]:
    words = [_EDGE, *text.split(" "), _EDGE]
    spaced = [word + " " for word in words]
    yield from _grams(spaced, "w", 3)
    for word in words[1:-1]:
        if len(word) > 3:
            yield from _grams(f"<{word}>", "c", 4)
