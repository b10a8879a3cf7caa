"""What is counted over a whole place: how many, which of two has more, which kind has some."""

from shared import outcomes as o
from shared.catalog import Pharmacy, Product
from shared.places.districts import County, District
from shared.speech.found import called, shortly
from shared.speech.texts import fill
from shared.speech.voice import Voice


def say_counted(outcome: o.Outcome, voice: Voice, times: int) -> str:
    """The answer; "" where the outcome is none of these."""
    match outcome:
        case o.HowMany():
            return _how_many(outcome, voice, times)
        case o.Compared():
            return _compared(outcome, voice, times)
        case o.NoMore(place, product):
            words = {"place": voice.district(place, False), "product": called(product, voice)}
            return fill(voice.locale, "no_more", times, **words)
        case o.OnlyKind():
            return _only_kind(outcome, voice, times)
    return ""


def _where(place: District | County, voice: Voice) -> str:
    return voice.county(place) if isinstance(place, County) else voice.district(place, False)


def _count(left: int, product: Product, voice: Voice) -> str:
    return voice.count(left, voice.unit(product))


def _how_many(outcome: o.HowMany, voice: Voice, times: int) -> str:
    place, product = _where(outcome.place, voice), called(outcome.product, voice)
    count = voice.shops(outcome.pharmacies)
    if not outcome.total:
        return fill(voice.locale, "how_many", times, place=place, count=count, product=product)
    pieces = _count(outcome.pieces, outcome.product, voice)
    blanks = {"place": place, "count": count, "product": product, "pieces": pieces}
    return fill(voice.locale, "total", times, **blanks)


def _compared(outcome: o.Compared, voice: Voice, times: int) -> str:
    sides = sorted((outcome.one, outcome.other), key=lambda side: -side.left)
    more, less = (_side(side, voice) for side in sides)
    product = shortly(outcome.product, voice)
    most, fewer = (_count(side.left, outcome.product, voice) for side in sides)
    if sides[0].left == sides[1].left:
        blanks = {"one": more, "other": less, "product": product, "count": most}
        return fill(voice.locale, "compared_same", times, **blanks)
    blanks = {"more": more, "less": less, "product": product, "most": most, "fewer": fewer}
    return fill(voice.locale, "compared", times, **blanks)


def _side(side: o.Side, voice: Voice) -> str:
    if isinstance(side.what, Pharmacy):
        return voice.name(side.what)
    return voice.district(side.what, False)


def _only_kind(outcome: o.OnlyKind, voice: Voice, times: int) -> str:
    kind = fill(voice.locale, f"kind_{outcome.kind}")
    place = voice.district(outcome.place, False)
    product = called(outcome.product, voice)
    key = "only_kind_sold_out" if outcome.exists else "only_kind_none"
    blanks = {"place": place, "kind": kind}
    if outcome.exists:
        blanks["product"] = product
    text = fill(voice.locale, key, times, **blanks)
    if outcome.instead is None:
        return text
    name = voice.name(outcome.instead)
    count = voice.count(outcome.left, voice.unit(outcome.product))
    short = shortly(outcome.product, voice)
    instead = fill(voice.locale, "only_kind_instead", name=name, count=count, product=short)
    return text + voice.gap + instead
