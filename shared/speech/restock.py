"""When stock comes and goes, who will be told of it, and the message itself."""

from shared import outcomes as o
from shared.speech.found import line_of, way_there
from shared.speech.hours import say_opening
from shared.speech.wording import Wording


def say_restock(outcome: o.Outcome, wording: Wording) -> str:
    """The answer; "" where the outcome is none of these."""
    match outcome:
        case o.RestockTold(pharmacy, _, at):
            if at is None:
                return wording.say("restocked_unknown", name=wording.name(pharmacy))
            return wording.say("restocked", name=wording.name(pharmacy), time=wording.time(at))
        case o.SelloutTold(pharmacy, product, about):
            if about is None:
                return wording.say("sellout_unknown", name=wording.name(pharmacy))
            words = {"product": wording.product(product), "time": wording.time(about)}
            return wording.say("sellout", name=wording.name(pharmacy), **words)
        case o.NotifySet() | o.Restocked():
            return _promise(outcome, wording)
        case o.NotifyOff(was_on):
            return wording.say("notify_off" if was_on else "notify_none")
    return ""


def _promise(outcome: o.NotifySet | o.Restocked, wording: Wording) -> str:
    """The promise, and what it has now all the same; or the message, with how to have no more."""
    pharmacy, product = outcome.pharmacy, outcome.product
    count = wording.count_of(outcome.left, product)
    blanks = {"name": wording.name(pharmacy), "product": wording.product(product)}
    if isinstance(outcome, o.NotifySet):
        key = "notify_set_ring" if outcome.rings else "notify_set"
        has = wording.say("notify_has", count=count) if outcome.left else ""
        return _joined(wording, wording.say(key, **blanks), has)
    told = wording.say("restock_message", count=count, **blanks)
    told = _joined(wording, told, say_opening(outcome.opening, wording))
    stop = "restock_stop"
    if outcome.line:
        rings = wording.say("restock_call", line=line_of(outcome.line, wording))
        told = _joined(wording, rings, told)
        stop = "restock_stop_call"
    there = way_there(pharmacy, wording) if wording.eye else ()
    return _joined(wording, told, *there, wording.say(stop))


def _joined(wording: Wording, *sentences: str) -> str:
    return wording.gap.join(one for one in sentences if one)
