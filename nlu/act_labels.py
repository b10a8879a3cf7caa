"""Which labels an utterance has: of the whole, of its parts, and beside a name."""

from collections.abc import Sequence
from functools import cache

from nlu.commands import command
from nlu.evidence import Evidence
from nlu.model import NAMED, Classification, classifier, place_of
from nlu.naming import (
    MOST_PARTS,
    QUESTIONS,
    framed,
)
from nlu.negation import wishes
from nlu.noise import is_filler
from nlu.sides import sides
from shared.dialog.acts import (
    ABOUT_A_PHARMACY,
    Intent,
    read_label,
)
from shared.locales import all_locales, locale_of
from shared.names.resolution import Resolution

SURE = 0.5
"""A label likelier than this is an act of the utterance."""

HEARD = 0.2
"""The likeliest label is taken from here on where nothing else is."""

PART = 0.6
"""A label of a part of the utterance must be as likely as this, for a part lacks its context."""

CLEAR = 0.8
"""A wish as likely as this leaves no room for a second one in the same breath."""

HALF = 0.75
"""Each half of an utterance without a pause must ask something as likely as this."""

WORD_FOR_WORD = 0.99
"""How likely the label of a command is that stands so in the sentences: "stop"."""

TRACE = 0.05
"""What a half asks must be as likely as this of the whole, where both blur each other."""

LEAST_HALF, LONGEST_CUT = 4, 40
"""Characters of a half at least, and of an utterance that is cut in two."""

PLAIN = 0.8
"""What ends the call, deletes something or changes the language must be as likely as this."""

MOST_ACTS = 3

_NOT_BY_CHANCE = frozenset({Intent.STOP, Intent.FORGET, Intent.UNNOTIFY, Intent.LANGUAGE})
_A_GOODBYE = "topic.wrongnumber"


def chances_beside(names: Resolution | None, text: str, evidence: Evidence) -> list[float]:
    """`_chances` of `text`, of what asks something of a name also where one stood plainly there."""
    chances = _chances(text, evidence)
    plain = framed(text, names, evidence.locale)
    if plain == text:
        return chances
    beside = _chances(plain, evidence)
    for place in _of_either(evidence.locale):
        beside[place] = max(beside[place], chances[place])
    return beside


_BY_EITHER = QUESTIONS | {Intent.EMERGENCY}
"""What is heard with the name as it was written down or with a plain one: danger is no name."""


@cache
def _of_either(locale: str) -> tuple[int, ...]:
    """The places of these labels."""
    labels = enumerate(classifier(locale).labels)
    return tuple(at for at, one in labels if one != NAMED and read_label(one)[0] in _BY_EITHER)


def _chances(text: str, evidence: Evidence) -> list[float]:
    """How likely each label is among the acts, `NAMED` first: of the whole utterance, or surely of
    a part."""
    reading = evidence.reading(text)
    said = wishes(text, evidence.locale)
    parts = [piece for part in said for piece in _joined(part, evidence) or [part]]
    if len(parts) < 2:
        parts = _halves(text, reading, evidence)
    whole = reading.told.copy()
    if label := command(text, evidence.locale):
        whole[place_of(label, evidence.locale)] = WORD_FOR_WORD
    parts = parts[:MOST_PARTS] if len(parts) > 1 else []
    # The 「嗯」 of 「嗯，那個，呃」 agrees to nothing.
    telling = [part for part in parts if not is_filler(part, evidence.locale)]
    goodbye = place_of(Intent.STOP, evidence.locale)
    for part in telling:
        for place, p in enumerate(evidence.reading(part).told):
            ends = place != goodbye or part is telling[-1]  # not the 「算了」 of 「算了，換一家」
            if p > PART and p > whole[place] and ends:
                whole[place] = p
    return whole


def _joined(text: str, evidence: Evidence) -> list[str]:
    """The parts of 「我要地址跟電話」, each asking something of one pharmacy; [] of any other."""
    parts = sides(text, evidence.locale)
    if len(parts) < 2:
        return []
    wishes_ = [evidence.reading(part).wish() for part in parts]
    asked = {label for p, label in wishes_ if p > PART}
    about = all(read_label(label)[0] in ABOUT_A_PHARMACY for label in asked)
    return parts if about and len(asked) == len(parts) else []


def _halves(text: str, whole: Classification, evidence: Evidence) -> list[str]:
    """`text` cut in two where each half asks something else, and clearly; [] where none does.

    A recogniser leaves out the pause between two wishes: 「平安藥局還有沒有口罩電話是多少」.
    """
    long = locale_of(evidence.locale).gap == "" and 2 * LEAST_HALF <= len(text) <= LONGEST_CUT
    if not long or whole.wish()[0] > CLEAR:
        return []
    traced = {label for label, p in zip(whole.labels, whole.told, strict=True) if p > TRACE}
    if len(traced - {NAMED}) < 2:
        return []
    best, halves = HALF, []
    for at in range(LEAST_HALF, len(text) - LEAST_HALF + 1):
        p, one = evidence.reading(text[:at]).wish()
        if p <= best or one not in traced:
            continue
        q, other = evidence.reading(text[at:]).wish()
        if q > best and other in traced and one != other:
            best, halves = min(p, q), [text[:at], text[at:]]
    return halves


def asks_for_another_language(chances: Sequence[float], locale: str) -> bool:
    """Whether a language is asked for, and not the one that is spoken: "no Chinese" in Mandarin;
    not where that one is by far likelier: 「中国語が話せないんですけど」."""
    other = max(chances[place] for place in _other_languages(locale))
    own = chances[place_of(locale_of(locale).intent, locale)]
    return other > HEARD and own - other < SURE


@cache
def _other_languages(locale: str) -> tuple[int, ...]:
    """The places of the labels that ask for another language than that."""
    others = (one.intent for one in all_locales().values() if one.code != locale)
    return tuple(place_of(label, locale) for label in others)


def likely_labels(chances: Sequence[float], guessed: bool, locale: str) -> list[str]:
    """The labels of the utterance, likeliest first; `guessed`: one that is only likely will do."""
    labels = classifier(locale).labels
    likely = [(p, labels[at]) for at, p in enumerate(chances) if p > HEARD and labels[at] != NAMED]
    likely.sort(reverse=True)
    found = [label for p, label in likely if p > threshold(label, PLAIN, SURE)]
    if not found and guessed and likely:
        found = [label for p, label in likely if p > threshold(label, SURE, HEARD)][:1]
    return found[:MOST_ACTS]


_WHICH_ONE = ("のは", "ところは", "とこは")
"""Before 「どこですか」 it asks which one, and not for its address: 「一番多いのはどこですか」."""


def said_behind(text: str, locale: str) -> list[str]:
    """What a command at the end of `text` asks of a pharmacy: 「東港衛生所電話」."""
    starts = (at for at in range(1, len(text) - 1) if not text[:at].endswith(_WHICH_ONE))
    ends = (command(text[at:], locale) for at in starts)
    label = next((label for label in ends if label), "")
    return [label] if label and read_label(label)[0] in ABOUT_A_PHARMACY else []


def threshold(label: str, plain: float, usual: float) -> float:
    """How likely a label must be: what is not asked by chance `plain`, any other `usual`."""
    by_chance = label != _A_GOODBYE and read_label(label)[0] not in _NOT_BY_CHANCE
    return usual if by_chance else plain
