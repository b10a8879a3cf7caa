"""Chinese names in Latin letters: Hanyu Pinyin, the official system."""

import re

from shared.phonetics.kana import pinyin_of

_VOWELS = "aeo"
"""A syllable that starts with one of these takes an apostrophe after another: Ren'ai."""


def romanise(name: str) -> str:
    """One word, its first letter large; what is no Chinese character stands as it is.

    >>> romanise("大安"), romanise("信義"), romanise("重慶"), romanise("綠島"), romanise("71恩典")
    ("Da'an", 'Xinyi', 'Chongqing', 'Lyudao', '71 Endian')
    """
    words = re.findall(r"[A-Za-z0-9]+|[^A-Za-z0-9\s]+", name)
    return " ".join(word if word.isascii() else _one_word(word) for word in words)


def _one_word(characters: str) -> str:
    word = ""
    for syllable in pinyin_of(characters):
        letters = syllable.replace("v", "yu")
        word += "'" + letters if word and letters[:1] in _VOWELS else letters
    return word[:1].upper() + word[1:]
