"""The answer: a pharmacy and what it has left."""

from collections.abc import Iterator
from datetime import datetime
from itertools import product as pairs
from urllib.parse import quote

from shared import outcomes as o
from shared.catalog import Pharmacy, Product
from shared.places.address import split_street
from shared.places.landmarks import Landmark
from shared.speech.hours import say_opening, say_when
from shared.speech.places import WALKING_METRES_A_MINUTE, first_of
from shared.speech.wording import Wording

FIRST_BREATH = 6.0
"""Seconds within which place, pharmacy and count are heard (21 syllables of Mandarin)."""

_MAP = "https://www.google.com/maps/search/?api=1&query="


def say_found(outcome: o.Found, wording: Wording) -> str:
    """Place, pharmacy, count first; then the rest, the opening, the road, and since when."""
    sentences = [*_bad_news(outcome, wording), _first_breath(outcome, wording)]
    if outcome.with_others:
        sentences += _other_counts(outcome, wording)
    if outcome.why in ("most", "next_most", "fewest", "more"):
        sentences.append(wording.say(f"found_{outcome.why}"))
    if outcome.no_centre_in:
        asked = wording.district(outcome.no_centre_in, False)
        sentences.append(wording.say("found_no_centre", asked=asked))
    if not outcome.stopped:
        sentences.append(_opening(outcome, wording))
    if road := wording.road_of(outcome.pharmacy):
        sentences.append(wording.say("found_road", road=road))
    if outcome.walk_m is not None:
        sentences.append(_walk(outcome.walk_m, outcome.walk_from, wording))
    if outcome.as_of:
        sentences.append(say_as_of(outcome.as_of, wording, day=outcome.as_of_day))
    if wording.eye:
        sentences += way_there(outcome.pharmacy, wording)
    return wording.gap.join(sentence for sentence in sentences if sentence)


def _opening(outcome: o.Found, wording: Wording) -> str:
    """Whether it is open, now or when it is asked for; today's sale where that is today."""
    then = outcome.then
    opening = outcome.opening if then is None or then.today else None
    return say_opening(opening, wording, then)


def _bad_news(outcome: o.Found, wording: Wording) -> Iterator[str]:
    """What there is none of, before what there is."""
    if lack := outcome.instead_of:
        blanks = {"chain": wording.chain(lack.chain)}
        if lack.why is not o.ChainLack.NO_MORE:
            blanks["asked"] = wording.district(lack.place, False)
        yield wording.say(f"found_chain_{lack.why}", **blanks)
    if outcome.none_open:
        when = say_when(outcome.none_open, wording)
        yield wording.say("found_none_open", when=when)
    if outcome.off_road and outcome.ordinal > 1:
        yield wording.say("found_road_end")
    elif outcome.off_road:
        road = wording.road(*split_street(outcome.off_road))
        yield wording.say("found_off_road", road=road)
    if outcome.neighbour_of:
        asked = wording.district(outcome.neighbour_of, False)
        yield wording.say("found_neighbour_of", asked=asked)


def say_as_of(moment: datetime, wording: Wording, *, day: bool) -> str:
    """When the counts were taken; with the `day` where it is not today."""
    if not day:
        return wording.say("as_of_today", time=wording.time(moment))
    return wording.say("as_of", date=wording.day(moment), time=wording.time(moment))


def line_of(product: Product, wording: Wording) -> str:
    """What the line is called: that of a product without its own name bears the product's."""
    return _own("line", product, wording) or wording.say(
        "line_other", product=wording.product(product)
    )


def called(product: Product, wording: Wording) -> str:
    """What a product is called where it stands alone: 大人的口罩."""
    return _own("product", product, wording) or wording.product(product)


def shortly(product: Product, wording: Wording) -> str:
    """What it is called in an answer about it: 大人的."""
    return _own("short", product, wording) or wording.say(
        "short_other", product=wording.product(product)
    )


def _own(kind: str, product: Product, wording: Wording) -> str:
    """The locale's own word for a product; "" where it has none."""
    key = f"{kind}_{product.id}"
    return wording.say(key) if key in wording.texts else ""


def _first_breath(outcome: o.Found, wording: Wording) -> str:
    """The fullest way to say place, pharmacy and count in six seconds; else the shortest."""
    said = ""
    for said in _ways_to_say(outcome, wording):
        if wording.eye or wording.seconds(said) <= FIRST_BREATH:
            break
    return said


def _ways_to_say(outcome: o.Found, wording: Wording) -> Iterator[str]:
    """The first sentence from the fullest to the shortest.

    The ordinal goes first, then 還有, then 市 of the county, then parts of the name. Of several
    that are told in one breath each has its ordinal, and the first alone its place.
    """
    first = outcome.counts[0]
    blanks = {
        "product": shortly(first.product, wording),
        "count": wording.count_of(first.left or 0, first.product),
    }
    keys = ["found", "found_brief"] if outcome.in_stock else ["found_none"]
    if outcome.stopped:
        keys = ["found_stopped"]
    elif first.left is None:
        keys = ["found_unknown"]
    elif outcome.neighbour_of:
        keys = ["found_neighbour", "found_neighbour_brief"]
    if outcome.in_row > 1 and keys[0] == "found":
        keys = ["found_listed"]
    ordinal = ""
    if outcome.ordinal > 1 or outcome.in_row:
        ordinal = wording.say("found_ordinal", ordinal=wording.ordinal(outcome.ordinal))
    names = wording.names(outcome.pharmacy.name, outcome.pharmacy.district.name)
    wheres = wording.wheres(outcome.pharmacy.district, outcome.name_county)
    for name, where in pairs(names, wheres):
        for key in keys:
            said = wording.say(key, where=where, name=name, **blanks)
            if ordinal and (key == keys[0] or outcome.in_row):
                yield ordinal + said
            if not outcome.in_row:
                yield said


def _other_counts(outcome: o.Found, wording: Wording) -> Iterator[str]:
    for count in () if outcome.stopped else outcome.counts[1:]:
        if count.left is None:
            continue
        key = "found_other" if count.left else "found_other_none"
        told = wording.count_of(count.left, count.product)
        yield wording.say(key, product=shortly(count.product, wording), count=told)


def _walk(metres: int, origin: Pharmacy | Landmark | None, wording: Wording) -> str:
    """How far it is, and from where if that is to be said."""
    distance = wording.distance(metres)
    if origin is None:
        return wording.say("found_walk", distance=distance)
    name = origin_name(origin, wording)
    if metres < WALKING_METRES_A_MINUTE:
        return wording.say("found_beside", origin=name)
    return wording.say("found_walk_from", origin=name, distance=distance)


def origin_name(origin: Pharmacy | Landmark, wording: Wording) -> str:
    """What a walk begins at."""
    if isinstance(origin, Pharmacy):
        return wording.name(origin)
    return wording.landmark(origin.key)


def way_there(pharmacy: Pharmacy, wording: Wording) -> Iterator[str]:
    """For the eye: the address as it is written there, the telephone, a map."""
    yield pharmacy.address.text
    yield wording.phone(pharmacy.phone)
    yield map_link(pharmacy)


def map_link(pharmacy: Pharmacy) -> str:
    """A link that opens a map at the pharmacy: its point where known, else its address."""
    if pharmacy.location:
        point = pharmacy.location
        return f"{_MAP}{point.latitude:.5f}%2C{point.longitude:.5f}"
    return _MAP + quote(_findable(pharmacy))


def _findable(pharmacy: Pharmacy) -> str:
    """The address up to its number: what a map needs, and short."""
    parts = pharmacy.address
    if not parts.road:
        return pharmacy.district.key + pharmacy.name
    text = pharmacy.district.key + parts.street
    text += (f"{parts.lane}巷" if parts.lane else "") + (f"{parts.alley}弄" if parts.alley else "")
    number = first_of(parts.number)
    return text + (f"{number}號" if number else "")
