"""Which command was said: what was heard, held against every sentence of the locale."""

from functools import cache

from rapidfuzz import fuzz

from intents.contract import sentences
from nlu.by_letter import ByLetter
from nlu.by_sound import BySound
from nlu.matching import close

# A piece of noise has at least this many characters (「詢專線」), nearly all of them its own.
_NOISE_LENGTH = 3
_NOISE_LIKE = 85


@cache
def commands(locale: str) -> BySound | ByLetter:
    """The commands of a locale, made ready at the first call."""
    data = sentences(locale)
    return BySound(data) if locale == "zh-TW" else ByLetter(data)


def is_noise(heard: str, locale: str) -> bool:
    """Whether `heard` is what a recogniser writes for silence, or a piece of that."""
    text = close(heard)
    if len(text) < _NOISE_LENGTH:
        return False
    return any(
        len(text) <= len(phrase) + 2 and fuzz.partial_ratio(text, phrase) >= _NOISE_LIKE
        for phrase in _noise(locale)
    )


@cache
def _noise(locale: str) -> tuple[str, ...]:
    return tuple(map(close, sentences(locale).noise))
