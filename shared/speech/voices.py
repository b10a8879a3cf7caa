"""Which voice speaks in a locale."""

from shared.speech import english, japanese, mandarin
from shared.speech.voice import Voice

_VOICES: dict[str, tuple[Voice, Voice]] = {
    "zh-TW": (mandarin.EAR, mandarin.EYE),
    "en-US": (english.EAR, english.EYE),
    "ja-JP": (japanese.EAR, japanese.EYE),
}
"""locale → its voice for the ear and for the eye"""


def voice_of(locale: str, for_the_eye: bool = False) -> Voice:
    """The voice of a locale; that of zh-TW for a locale without one."""
    return _VOICES.get(locale, _VOICES["zh-TW"])[for_the_eye]
