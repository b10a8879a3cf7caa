"""How long a text takes to say."""

from shared.locales import DEFAULT, locale_of
from shared.speech.wordings import wording_of


def syllables(text: str, locale: str = DEFAULT) -> int:
    """Syllables (Japanese: morae) of a text, pauses not counted.

    Mandarin: one a character. The others are estimates: in English a vowel group each, in Japanese
    two for each Chinese character or digit.

    >>> syllables("大安區，信義藥局。"), syllables("Xinyi Pharmacy", "en-US")
    (7, 5)
    >>> syllables("シンイー薬局", "ja-JP"), syllables("シャー", "ja-JP")
    (8, 2)
    """
    return wording_of(locale).syllables(text)


def seconds(text: str, locale: str = DEFAULT) -> float:
    """How long `text` takes at a calm pace, pauses not counted.

    >>> seconds("大安區，信義藥局。")
    2.0
    """
    return syllables(text, locale) / locale_of(locale).units_a_second
