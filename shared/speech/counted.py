"""What is counted over a whole place: how many, which of several has most, whether any is left."""

from shared import outcomes as o
from shared.catalog import Pharmacy
from shared.places.districts import County, District
from shared.speech.found import called, say_as_of, shortly
from shared.speech.wording import Wording


def say_counted(outcome: o.Outcome, wording: Wording) -> str:
    """The answer; "" where the outcome is none of these."""
    match outcome:
        case o.HowMany():
            return _how_many(outcome, wording)
        case o.Compared():
            return _compared(outcome, wording)
        case o.NoMore(place, product):
            words = {"place": wording.district(place, False), "product": called(product, wording)}
            return wording.say("no_more", **words)
        case o.OnlyKind():
            return _only_kind(outcome, wording)
        case o.SoldOut():
            return _sold_out(outcome, wording)
        case o.NoNext(place, product, alone):
            words = {"place": wording.district(place, False), "product": called(product, wording)}
            return wording.say("no_next_alone" if alone else "no_next", **words)
        case o.NoPharmacy(place):
            return wording.say("no_pharmacy", place=wording.district(place, True))
    return ""


def _where(place: District | County, wording: Wording) -> str:
    return wording.county(place) if isinstance(place, County) else wording.district(place, False)


def _how_many(outcome: o.HowMany, wording: Wording) -> str:
    place, product = _where(outcome.place, wording), called(outcome.product, wording)
    count = wording.shops(outcome.pharmacies)
    if outcome.chain:
        chain = wording.chain(outcome.chain)
        if not outcome.total or not outcome.pharmacies:
            return _shops(outcome, {"place": place, "chain": chain}, wording)
        place = wording.say("chain_in", place=place, chain=chain)
    if not outcome.total:
        return wording.say("how_many", place=place, count=count, product=product)
    pieces = wording.count_of(outcome.pieces, outcome.product)
    blanks = {"place": place, "count": count, "product": product, "pieces": pieces}
    return wording.say("total", **blanks)


def _shops(outcome: o.HowMany, words: dict[str, str], wording: Wording) -> str:
    """How many shops of a chain there are, and how many of them still have some."""
    if not outcome.shops:
        return wording.say("how_many_no_shop", **words)
    words |= {"shops": wording.shops(outcome.shops), "product": called(outcome.product, wording)}
    if not outcome.pharmacies:
        return wording.say("how_many_shops_out", **words)
    if outcome.pharmacies < outcome.shops:
        words["count"] = wording.shops(outcome.pharmacies)
        return wording.say("how_many_shops", **words)
    key = "how_many_shops_all" if outcome.shops > 1 else "how_many_shops_one"
    return wording.say(key, **words)


def _compared(outcome: o.Compared, wording: Wording) -> str:
    sides = sorted(outcome.sides, key=lambda side: -side.left)
    *names, last = [_side(side, wording) for side in sides]
    product = shortly(outcome.product, wording)
    counts = [wording.count_of(side.left, outcome.product) for side in sides]
    if len(set(counts)) == 1:
        joined = wording.texts["or"][0].join(names)
        blanks = {"one": joined, "other": last, "product": product, "count": counts[0]}
        return wording.say("compared_same", **blanks)
    blanks = {"more": names[0], "most": counts[0], "product": product}
    match counts:
        case [_, count, fewest]:
            blanks |= {"second": names[1], "count": count, "least": last, "fewest": fewest}
            return wording.say("compared_three", **blanks)
    return wording.say("compared", less=last, fewer=counts[1], **blanks)


def _side(side: o.Side, wording: Wording) -> str:
    if isinstance(side.what, Pharmacy):
        return wording.name(side.what)
    return _where(side.what, wording)


def _only_kind(outcome: o.OnlyKind, wording: Wording) -> str:
    kind = wording.say(f"kind_{outcome.kind}")
    place = wording.district(outcome.place, False)
    product = called(outcome.product, wording)
    key = "only_kind_sold_out" if outcome.exists else "only_kind_none"
    blanks = {"place": place, "kind": kind}
    if outcome.exists:
        blanks["product"] = product
    text = wording.say(key, **blanks)
    if outcome.instead is None:
        return text
    name = wording.name(outcome.instead)
    count = wording.count_of(outcome.left, outcome.product)
    short = shortly(outcome.product, wording)
    instead = wording.say("only_kind_instead", name=name, count=count, product=short)
    return text + wording.gap + instead


def _sold_out(outcome: o.SoldOut, wording: Wording) -> str:
    key = "count_unknown" if outcome.unknown else "sold_out"
    place, product = wording.district(outcome.place, False), called(outcome.product, wording)
    text = wording.say(key, place=place, product=product)
    if outcome.as_of is None:
        return text
    return text + wording.gap + say_as_of(outcome.as_of, wording, day=outcome.as_of_day)
