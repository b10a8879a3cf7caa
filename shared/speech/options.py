"""What may come next, in words: the question after an answer."""

from collections.abc import Mapping, Sequence
from functools import cache

from shared.places.districts import County, District, all_counties, all_districts, by_key
from shared.places.landmarks import landmark_named
from shared.speech.texts import fill, texts
from shared.speech.voice import Voice
from shared.speech.voices import voice_of

MOST = 3
"""Options in one question: nobody remembers a fourth."""


def say_options(labels: Sequence[tuple[str, str]], locale: str, *, keys: bool) -> str:
    """The question that offers `labels`: (label, key); those beyond three are left out.

    A label is next, address, phone, connect, yes, no, or `=` and a name (in Chinese) to choose.
    With `keys` the option comes before its key; without, the words are told that may be said.

    >>> say_options([("next", "1"), ("address", "2")], "zh-TW", keys=True)
    '要聽下一家，請按一；聽地址，請按二。'
    >>> say_options([("next", "1"), ("address", "2"), ("phone", "3")], "zh-TW", keys=False)
    '您可以說下一家、地址或電話。'
    """
    voice = voice_of(locale)
    labels = labels[:MOST]
    if not labels:
        return fill(voice.locale, "other_place")
    if labels[0][0] == "yes":
        return fill(voice.locale, "option_yes_no" if keys else "option_voice_yes_no")
    if keys:
        between, end = texts(voice.locale)["option_marks"]
        told = [_with_key(label, key, voice, place) for place, (label, key) in enumerate(labels)]
        return between.join(told) + end
    key = "option_voice_named" if labels[0][0].startswith("=") else "option_voice"
    return fill(
        voice.locale, key, labels=_either([_word(label, voice) for label, _ in labels], voice)
    )


def say_prompt(name: str, locale: str) -> str:
    """A question that stands alone: other_place, any_place."""
    return fill(voice_of(locale).locale, name)


def say_label(label: str, locale: str) -> str:
    """One option by itself, a label as in `say_options`.

    >>> say_label("address", "zh-TW"), say_label("=台北市大安區", "zh-TW")
    ('地址', '台北市大安區')
    """
    return _word(label, voice_of(locale))


def _with_key(label: str, key: str, voice: Voice, place: int) -> str:
    pressed = voice.digits(key)
    if label.startswith("="):
        return fill(voice.locale, "option_named", label=_named(label[1:], voice), key=pressed)
    words = fill(voice.locale, f"label_{label}")
    return fill(voice.locale, "option_more" if place else "option", label=words, key=pressed)


def _word(label: str, voice: Voice) -> str:
    """What to say for `label`."""
    return (
        _named(label[1:], voice) if label.startswith("=") else fill(voice.locale, f"voice_{label}")
    )


def _either(words: list[str], voice: Voice) -> str:
    """下一家、地址或電話."""
    between, last = texts(voice.locale)["or"]
    *head, tail = words
    return between.join(head) + last + tail if head else tail


def _named(text: str, voice: Voice) -> str:
    """A county, a landmark, a district, a pharmacy, or both of these, as the locale says them."""
    if text in landmark_named():
        return voice.landmark(text)
    if county := _counties().get(text):
        return voice.county(county)
    for length in range(len(text), 1, -1):
        if district := _districts().get(text[:length]):
            where = voice.district(district, text[:length] == district.key)
            name = text[length:]
            if not name:
                return where
            called = voice.names(name, district.name)[0]
            return fill(voice.locale, "label_pharmacy", where=where, name=called)
    return voice.names(text, "")[0]


@cache
def _counties() -> Mapping[str, County]:
    return {county.name: county for county in all_counties()}


@cache
def _districts() -> Mapping[str, District]:
    """Every district by its key, and by its name where no other bears it."""
    names = [district.name for district in all_districts()]
    once = {
        district.name: district for district in all_districts() if names.count(district.name) == 1
    }
    return {**once, **by_key()}
