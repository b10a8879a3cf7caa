"""How each locale words the parts of a sentence."""

from shared.locales import locale_of
from shared.speech import english, japanese, mandarin
from shared.speech.wording import Wording

_WORDINGS: dict[str, tuple[Wording, Wording]] = {
    "zh-TW": (mandarin.EAR, mandarin.EYE),
    "en-US": (english.EAR, english.EYE),
    "ja-JP": (japanese.EAR, japanese.EYE),
}
"""locale → its wording for the ear and for the eye"""


def wording_of(locale: str, for_the_eye: bool = False) -> Wording:
    """Of a locale; Taiwan's for a locale without one."""
    return _WORDINGS[locale_of(locale).code][for_the_eye]
