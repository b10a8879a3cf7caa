"""Whether a sentence said at home is for us, or for lamps, clocks and lists."""

from functools import cache

from intents.contract import normal, sentences
from shared import outcomes as o
from shared.locales import tables
from shared.places.districts import District

_MISSED = o.NotHeard | o.NotUnderstood


def is_ours(words: str, outcome: o.Outcome, locale: str, *, opens: bool) -> bool:
    """Whether `outcome` is to be spoken, or the sentence left to Home Assistant.

    Once a conversation has begun, every understood sentence belongs to it. The first one must name
    our subject, or a place letter by letter: many commands for a house sound like one. A sentence
    without words begins a conversation with us.
    """
    if isinstance(outcome, _MISSED):
        return False
    if not words:
        return True
    if _has(words, "house", locale):
        return False
    return not opens or _names(words, outcome) or _has(words, "about", locale)


def _names(words: str, outcome: o.Outcome) -> bool:
    """Whether the place or pharmacy that was found stands in `words`, letter by letter."""
    match outcome:
        case o.Found(pharmacy):
            found = (pharmacy.name, *_names_of(pharmacy.district))
        case o.SoldOut(place) | o.NoPharmacy(place):
            found = _names_of(place)
        case o.AmbiguousPlace(places):
            found = tuple(name for place in places for name in _names_of(place))
        case o.AmbiguousCounty(counties):
            found = tuple(county.short for county in counties)
        case o.AskPlace(county) if county:
            found = (county.short, county.english.split()[0])
        case _:
            return False
    said = words.casefold().replace("臺", "台")
    return any(len(name) > 1 and name.casefold() in said for name in found)


def _names_of(place: District) -> tuple[str, ...]:
    return (place.name, place.short, place.english.rsplit(" ", 1)[0])


def _has(words: str, kind: str, locale: str) -> bool:
    """Whether a word of that kind stands in `words`: Latin ones whole, others anywhere."""
    said = normal(words)
    apart = f" {said} "
    return any(
        f" {word} " in apart if word.isascii() else word in said for word in _words(kind, locale)
    )


@cache
def _words(kind: str, locale: str) -> frozenset[str]:
    words = [*tables(__package__)[locale][kind]]
    if kind == "about":
        words += [name for names in sentences(locale).products.values() for name in names]
    return frozenset(map(normal, words))
