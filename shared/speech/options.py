"""What may come next, in words: the question after an answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from shared.places.districts import District, all_districts, by_key, county_by_name
from shared.places.landmarks import landmark_named
from shared.speech.wording import Wording
from shared.speech.wordings import wording_of

MOST = 3
"""Options in one question: nobody remembers a fourth."""


@dataclass(frozen=True, slots=True)
class Label:
    """What an option is called, and its key."""

    word: str
    """next, address, phone, connect, yes, no; named for one that bears a name"""
    key: str
    """1, 2 or 3"""
    name: str = ""
    """the name to choose, in Chinese"""


def say_options(labels: Sequence[Label], locale: str, *, keys: bool, full: bool = True) -> str:
    """The question that offers `labels`; those beyond three are left out.

    With `keys` the option comes before its key; without, the words are told that may be said.
    Names, yes and no always come with their keys; the others only where they are told in `full`.

    >>> usual = [Label("next", "1"), Label("address", "2")]
    >>> say_options(usual, "zh-TW", keys=True)
    '下一家請按一；地址按二。'
    >>> say_options(usual, "zh-TW", keys=True, full=False)
    '要聽下一家，還是地址？'
    """
    labels = labels[:MOST]
    wording = wording_of(locale)
    if not labels:
        return wording.say("other_place")
    if labels[0].word == "yes":
        return wording.say("option_yes_no" if keys else "option_voice_yes_no")
    named = labels[0].word == "named"
    if keys and (full or named):
        between, end = wording.texts["option_marks"]
        told = [_with_key(label, wording, place) for place, label in enumerate(labels)]
        return between.join(told) + end
    words = [_word(label, wording) for label in labels]
    if not named and not full:
        return wording.say("option_short", labels=_either(words, wording, "or_short"))
    key = "option_voice_named" if named else "option_voice"
    return wording.say(key, labels=_either(words, wording, "or"))


def say_prompt(name: str, locale: str) -> str:
    """A question that stands alone: other_place, any_place."""
    return wording_of(locale).say(name)


def say_label(label: Label, locale: str) -> str:
    """One option by itself.

    >>> say_label(Label("address", "2"), "zh-TW")
    '地址'
    >>> say_label(Label("named", "1", "台北市大安區"), "zh-TW")
    '台北市大安區'
    """
    return _word(label, wording_of(locale))


def _with_key(label: Label, wording: Wording, place: int) -> str:
    pressed = wording.digits(label.key)
    if label.word == "named":
        return wording.say("option_named", label=_named(label.name, wording), key=pressed)
    words = wording.say(f"label_{label.word}")
    return wording.say("option_more" if place else "option", label=words, key=pressed)


def _word(label: Label, wording: Wording) -> str:
    """What to say for `label`."""
    if label.word == "named":
        return _named(label.name, wording)
    return wording.say(f"voice_{label.word}")


def _either(words: list[str], wording: Wording, marks: str) -> str:
    """下一家、地址或電話."""
    between, last = wording.texts[marks]
    *head, tail = words
    return between.join(head) + last + tail if head else tail


def _named(text: str, wording: Wording) -> str:
    """A county, a landmark, a district, a pharmacy, or both of these, as the locale says them."""
    if text in landmark_named():
        return wording.landmark(text)
    if county := county_by_name().get(text):
        return wording.county(county)
    for length in range(len(text), 1, -1):
        if district := _districts().get(text[:length]):
            where = wording.district(district, text[:length] == district.key)
            name = text[length:]
            if not name:
                return where
            called = wording.names(name, district.name)[0]
            return wording.say("label_pharmacy", where=where, name=called)
    return wording.names(text, "")[0]


@cache
def _districts() -> Mapping[str, District]:
    """Every district by its key, and by its name where no other bears it."""
    names = [district.name for district in all_districts()]
    once = {
        district.name: district for district in all_districts() if names.count(district.name) == 1
    }
    return {**once, **by_key()}
