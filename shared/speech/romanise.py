"""Chinese names in Latin letters (Hanyu Pinyin, the official system) and in katakana."""

import re
from functools import cache
from importlib import resources

import yaml
from opencc import OpenCC
from pypinyin import lazy_pinyin

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
    for syllable in _syllables(characters):
        letters = syllable.replace("v", "yu")
        word += "'" + letters if word and letters[:1] in _VOWELS else letters
    return word[:1].upper() + word[1:]


def in_katakana(name: str) -> str:
    """Mandarin in katakana; what is no Chinese character stands as it is.

    >>> in_katakana("信義"), in_katakana("大安"), in_katakana("71恩典")
    ('シンイー', 'ダーアン', '71エンディエン')
    """
    return "".join(_kana().get(syllable, syllable) for syllable in _syllables(name))


@cache
def _converter() -> OpenCC:
    """pypinyin reads 重慶 and 長安 rightly only in simplified characters."""
    return OpenCC("t2s")


def _syllables(name: str) -> list[str]:
    read = lazy_pinyin(_converter().convert(name))
    if len(read) != len(name):  # letters and digits, which pypinyin keeps together
        return read
    return ["chang" if char == "長" else said for char, said in zip(name, read, strict=True)]


@cache
def _kana() -> dict[str, str]:
    """Pinyin syllable → katakana, from `kana.yaml`."""
    text = resources.files(__package__).joinpath("kana.yaml").read_text(encoding="utf-8")
    # YAML 1.1 takes some finals (n, y, no …) for truth values; as plain strings they are none.
    table = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506  # makes plain strings only
    return {initial + final: kana for initial, row in table.items() for final, kana in row.items()}
