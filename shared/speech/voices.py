"""Which voice speaks in a locale."""

from shared.locales import locale_of
from shared.speech import english, japanese, mandarin
from shared.speech.voice import Voice

_VOICES: dict[str, tuple[Voice, Voice]] = {
    "zh-TW": (mandarin.EAR, mandarin.EYE),
    "en-US": (english.EAR, english.EYE),
    "ja-JP": (japanese.EAR, japanese.EYE),
}
"""locale → its voice for the ear and for the eye"""


def voice_of(locale: str, for_the_eye: bool = False) -> Voice:
    """The voice of a locale; Taiwan's for a locale without one."""
    return _VOICES[locale_of(locale).code][for_the_eye]
