"""Whether a sentence in a house is for us, or for its lamps, clocks and lists."""

from functools import cache
from pathlib import Path

import yaml

from intents.contract import normal, sentences
from shared import outcomes as o

_MISSED = o.NotHeard | o.NotUnderstood

_NAMED = o.Found | o.SoldOut | o.NoPharmacy | o.AmbiguousCounty
"""Outcomes of a sentence that named a place or a pharmacy surely."""


def is_ours(words: str, outcome: o.Outcome, locale: str, *, opens: bool) -> bool:
    """Whether `outcome` is to be said, or the house to be asked instead.

    Once a conversation has begun, whatever is understood belongs to it. The first sentence must
    name what we tell of, or a place surely; no word at all is somebody who begins to talk to us.
    """
    if isinstance(outcome, _MISSED):
        return False
    if not words:
        return True
    if _has(words, "house", locale):
        return False
    return not opens or _is_named(outcome) or _has(words, "about", locale)


def _is_named(outcome: o.Outcome) -> bool:
    match outcome:
        case o.AskPlace(county):
            return county is not None
        case o.AmbiguousPlace(places):  # 大安區 is sure, and there are two of it
            return len(places) > 1 and len({place.name for place in places}) == 1
    return isinstance(outcome, _NAMED)


def _has(words: str, kind: str, locale: str) -> bool:
    """Whether a word of that kind stands in `words`: Latin ones whole, others anywhere."""
    said = normal(words)
    apart = f" {said} "
    return any(
        f" {word} " in apart if word.isascii() else word in said for word in _words(kind, locale)
    )


@cache
def _words(kind: str, locale: str) -> frozenset[str]:
    text = Path(__file__).with_name("subject.yaml").read_text(encoding="utf-8")
    words = [*yaml.safe_load(text)[kind][locale]]
    if kind == "about":
        words += [name for names in sentences(locale).products.values() for name in names]
    return frozenset(map(normal, words))
