"""Mandarin in kana, both ways: a name as Japanese speakers write it, and what they wrote as sounds.

    信義 ─ in_katakana ─→ シンイー ─ spell_kana ─→ (xin | xing …), (yi)

Who writes by ear drops long vowels and hears no voiced sounds: パンチャオ is バンチャオ.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib import resources

import yaml
from opencc import OpenCC
from pypinyin import lazy_pinyin

from shared.phonetics.pronunciations import Pronunciation, fewest
from shared.phonetics.syllables import numbers, parse_syllable

_LONGEST = 5  # kana of a syllable: ジュワン
_UNVOICED = str.maketrans(
    "ガギグゲゴザズゼゾジヂヅダデドバビブベボヴ", "カキクケコツツツツチチツタテトパピプペポフ"
)


def in_katakana(name: str) -> str:
    """Mandarin in katakana; what is no Chinese character stands as it is.

    >>> in_katakana("信義"), in_katakana("大安"), in_katakana("71恩典")
    ('シンイー', 'ダーアン', '71エンディエン')
    """
    return "".join(_kana().get(syllable, syllable) for syllable in pinyin_of(name))


_READ_SO = {"長": "chang", "柵": "zha"}
"""What stands in names with another reading than its first: 木柵."""


def pinyin_of(name: str) -> list[str]:
    """The syllables of `name` in Hanyu Pinyin without tones; letters and digits as they stand."""
    read = lazy_pinyin(_converter().convert(name))
    if len(read) != len(name):  # letters and digits, which pypinyin keeps together
        return read
    return [_READ_SO.get(char, said) for char, said in zip(name, read, strict=True)]


def spell_kana(run: str) -> list[tuple[int, Pronunciation]]:
    """A run of kana as the fewest syllables that cover it, each with its place; [] where none do.

    >>> [at for at, _ in spell_kana("シンイー")], spell_kana("データ")
    ([0, 2], [])
    """
    return fewest(run, _LONGEST, lambda kana: _sounds().get(short_kana(kana)))


def short_kana(text: str) -> str:
    """`text` in katakana without what is heard in two ways: long vowels, voiced sounds.

    >>> short_kana("バンチャオ") == short_kana("ぱんちゃお"), short_kana("シーリン")
    (True, 'シリン')
    """
    text = unicodedata.normalize("NFKC", text)
    text = "".join(chr(ord(char) + 0x60) if "ぁ" <= char <= "ゖ" else char for char in text)
    text = text.translate(_UNVOICED)
    return re.sub("[ー・ッ]", "", text)


_CLOSE: tuple[tuple[str, str], ...] = (
    *(("[ャヤァ]", "ア"), ("ィ", "イ"), ("[ュユゥ]", "ウ"), ("ェ", "エ"), ("[ョヨォ]", "オ")),
    *(
        ("ワ", "ア"),
        ("[ヲウ]", "オ"),
        ("シイ", "シ"),
        ("チイ|テイ", "チ"),
        ("ス", "シ"),
        ("ツ", "チ"),
    ),
    *(("オエ", "オア"), ("イエ", "イア"), ("エア", "エ"), ("[フホ]", "ホ"), ("ハ", "ホア")),
    *(("(?<=[トコソノロチシホ])オ(?=.)", ""), ("(.)\\1", "\\1")),
)
"""What is heard as one → how it is written here, in this order."""


def close_kana(text: str) -> str:
    """`text` with all written as one that writers of the same sound may choose between.

    >>> close_kana("カオシュン") == close_kana("ガオション")
    True
    >>> close_kana("シートン") == close_kana("シートゥン")
    True
    """
    text = short_kana(text)
    for pattern, one in _CLOSE:
        text = re.sub(pattern, one, text)
    return text


@cache
def _sounds() -> Mapping[str, Pronunciation]:
    """Kana of a syllable, without what is heard in two ways → the syllables that it may be."""
    found: dict[str, list[int]] = {}
    for pinyin, kana in _kana().items():
        if syllable := parse_syllable(pinyin):
            found.setdefault(short_kana(kana), []).append(numbers()[syllable])
    return {kana: tuple(dict.fromkeys(numbers)) for kana, numbers in found.items()}


@cache
def _converter() -> OpenCC:
    """pypinyin reads 重慶 and 長安 rightly only in simplified characters."""
    return OpenCC("t2s")


@cache
def _kana() -> Mapping[str, str]:
    """Pinyin syllable → katakana, from `kana.yaml`."""
    text = resources.files(__package__).joinpath("kana.yaml").read_text(encoding="utf-8")
    # YAML 1.1 takes some finals (n, y, no …) for truth values; as plain strings they are none.
    table = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506  # makes plain strings only
    return {initial + final: kana for initial, row in table.items() for final, kana in row.items()}
