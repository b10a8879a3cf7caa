"""Who will be told of a restock, and the message itself."""

from shared import outcomes as o
from shared.speech.found import line_of, way_there
from shared.speech.opening import say_opening
from shared.speech.texts import fill
from shared.speech.voice import Voice


def say_restock(outcome: o.NotifySet | o.Restocked, voice: Voice, eye: bool) -> str:
    """The promise, and what it has now all the same; or the message, with how to have no more."""
    pharmacy, product = outcome.pharmacy, outcome.product
    count = voice.count(outcome.left, voice.unit(product))
    blanks = {"name": voice.name(pharmacy), "product": voice.product(product)}
    if isinstance(outcome, o.NotifySet):
        key = "notify_set_ring" if outcome.rings else "notify_set"
        has = fill(voice.locale, "notify_has", count=count) if outcome.left else ""
        return _joined(voice, fill(voice.locale, key, **blanks), has)
    told = fill(voice.locale, "restock_message", count=count, **blanks)
    told = _joined(voice, told, say_opening(outcome.opening, voice))
    stop = "restock_stop"
    if outcome.line:
        rings = fill(voice.locale, "restock_call", line=line_of(outcome.line, voice))
        told = _joined(voice, rings, told)
        stop = "restock_stop_call"
    there = way_there(pharmacy, voice) if eye else ()
    return _joined(voice, told, *there, fill(voice.locale, stop))


def _joined(voice: Voice, *sentences: str) -> str:
    return voice.gap.join(one for one in sentences if one)
