"""How long a text takes to say."""

import re
import unicodedata

SYLLABLES_A_SECOND = {"zh-TW": 3.5, "en-US": 4.0, "ja-JP": 7.0}
"""The calm pace at which an elder is spoken to; in Japanese morae, which are shorter. Speech
engines read English at four to five a second, Japanese at seven to eight morae."""

_SMALL_KANA = "ァィゥェォャュョぁぃぅぇぉゃゅょ"
_DIGIT_SYLLABLES = 1.3
"""Of the English digits and tens, on average (seven: 2, five: 1, hundred: 2)."""


def syllables(text: str, locale: str = "zh-TW") -> int:
    """Syllables (Japanese: morae) of a text, pauses not counted.

    Mandarin: one a character. The others are estimates: in English a vowel group each, in Japanese
    two for each Chinese character or digit.

    >>> syllables("大安區，信義藥局。"), syllables("Xinyi Pharmacy", "en-US")
    (7, 5)
    >>> syllables("シンイー薬局", "ja-JP"), syllables("シャー", "ja-JP")
    (8, 2)
    """
    if locale == "en-US":
        return round(sum(_english(word) for word in re.findall(r"[a-zA-Z']+|\d", text)))
    letters = [char for char in text if unicodedata.category(char)[0] in "LN"]
    if locale == "ja-JP":
        return sum(_morae(char) for char in letters)
    return len(letters)


def _english(word: str) -> float:
    if word.isdigit():
        return _DIGIT_SYLLABLES
    groups = len(re.findall(r"[aeiouy]+", word.lower()))
    silent = word.lower().endswith("e") and groups > 1
    return max(1, groups - silent)


def _morae(char: str) -> int:
    if char in _SMALL_KANA:
        return 0
    kana = "\u3040" <= char <= "\u30ff"
    return 1 if kana else 2


def seconds(text: str, locale: str = "zh-TW") -> float:
    """How long `text` takes at a calm pace, pauses not counted.

    >>> seconds("大安區，信義藥局。")
    2.0
    """
    return syllables(text, locale) / SYLLABLES_A_SECOND.get(locale, 3.5)
