"""How each locale words its sentences."""

from dataclasses import replace
from functools import lru_cache

from shared.locales import locale_of
from shared.speech import english, japanese, mandarin
from shared.speech.wording import Wording

_WORDINGS: dict[str, tuple[Wording, Wording]] = {
    "zh-TW": (mandarin.EAR, mandarin.EYE),
    "en-US": (english.EAR, english.EYE),
    "ja-JP": (japanese.EAR, japanese.EYE),
}
"""locale → its wording for the ear and for the eye"""


@lru_cache(maxsize=256)
def wording_of(
    locale: str, for_the_eye: bool = False, *, keys: bool = True, turn: int = 0
) -> Wording:
    """Of a locale; Taiwan's for a locale without one. `keys`, `turn`: as `Wording` has them.

    >>> wording_of("zh-TW").seconds("大安區，信義藥局。")
    2.0
    >>> wording_of("ja-JP").syllables("シンイー薬局"), wording_of("ja-JP").syllables("シャー")
    (8, 2)
    """
    return replace(_WORDINGS[locale_of(locale).code][for_the_eye], keys=keys, turn=turn)
