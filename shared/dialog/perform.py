"""A step → its outcome, looked up in the snapshot of this moment."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from shared import outcomes as o
from shared.catalog import Pharmacy, Product
from shared.dialog.facts import Facts, needs_county
from shared.dialog.values import State, Step
from shared.hours import opening_at
from shared.places.districts import District, all_counties, all_districts, by_key
from shared.places.landmarks import landmark_named
from shared.query import is_old
from shared.rules import rule_on


def perform(step: Step, state: State, facts: Facts) -> o.Outcome:
    """What `step` says now. A step whose pharmacy has left the feed asks for the place again."""
    match step:
        case ("found" | "address" | "phone" | "hours" | "connect" | "restocked" | "sellout", *_):
            pharmacy = facts.pharmacy(step[1])
            return _of_pharmacy(step, pharmacy, state, facts) if pharmacy else o.AskPlace()
        case ("which_place", _, *keys):
            places = tuple(by_key()[key] for key in keys[:3] if key in by_key())
            return o.AmbiguousPlace(places, _has_more(places)) if places else o.AskPlace()
        case ("which_county", *names):
            return o.AmbiguousCounty(tuple(c for c in all_counties() if c.name in names))
        case ("which_landmark", *names):
            found = tuple(landmark_named()[name] for name in names if name in landmark_named())
            return o.AmbiguousLandmark(found) if found else o.AskPlace()
        case ("which_pharmacy" | "namesakes", *ids):
            return _which_pharmacy(step, ids, facts)
        case ("sold_out" | "no_next" | "no_pharmacy", key, *_) if key in by_key():
            return _none_here(step, state, facts)
        case ("ask", county_name):
            counties = {county.name: county for county in all_counties()}
            return o.AskPlace(counties.get(county_name))
        case ("not_heard", times):
            return o.NotHeard(int(times), bool(state.options))
        case ("not_understood", times):
            return o.NotUnderstood(int(times), bool(state.options))
    return _plain(step, facts)


def _of_pharmacy(step: Step, pharmacy: Pharmacy, state: State, facts: Facts) -> o.Outcome:
    product = facts.product(state)
    match step[0]:
        case "address":
            return o.AddressTold(pharmacy)
        case "phone":
            return o.PhoneTold(pharmacy)
        case "hours":
            return o.HoursTold(pharmacy, opening_at(pharmacy, facts.now))
        case "connect":
            return o.ToPharmacy(pharmacy, facts.can_ring(pharmacy))
        case "restocked":
            day = facts.now.date()
            seen = facts.history and facts.history.restocked_at(pharmacy.id, product.id, day)
            return o.RestockTold(pharmacy, product, seen or None)
        case "sellout":
            about = facts.history and facts.history.sells_out_about(pharmacy.id, product.id)
            return o.SelloutTold(pharmacy, product, about or None)
    told = _found(pharmacy, facts.product_of(step[2]), state, facts)
    match step[3:]:
        case ("from",):
            return replace(told, walk_from=facts.near(state))
        case ("no_centre", key) if key in by_key():
            return replace(told, no_centre_in=by_key()[key])
    return told


def _has_more(places: Sequence[District]) -> bool:
    """Whether these are several of one name, and not all of that name."""
    name = places[0].name
    if len(places) < 2 or any(place.name != name for place in places):
        return False
    return sum(district.name == name for district in all_districts()) > len(places)


def _found(pharmacy: Pharmacy, product: Product, state: State, facts: Facts) -> o.Found:
    others = (other for other in facts.snapshot.products if other is not product)
    asked = by_key().get(state.place)
    sold_out = None
    if asked and asked != pharmacy.district and not state.near:
        some = facts.has_stock(asked, product) or facts.mostly_unknown(asked, product)
        sold_out = None if some else asked
    return o.Found(
        pharmacy,
        tuple(o.Count(item, facts.left(pharmacy, item)) for item in (product, *others)),
        opening=opening_at(pharmacy, facts.now),
        as_of=is_old(facts.snapshot, facts.clock),
        walk_m=facts.walk_to(pharmacy, state),
        name_county=needs_county(pharmacy.district),
        ordinal=state.at + 1 if state.at >= 0 else 1,
        neighbour_of=sold_out,
    )


def _which_pharmacy(step: Step, ids: list[str], facts: Facts) -> o.Outcome:
    found = [facts.pharmacy(item) for item in ids if item != "more"]
    pharmacies = tuple(pharmacy for pharmacy in found if pharmacy)[:3]
    if not pharmacies:
        return o.AskPlace()
    same_name = step[0] == "namesakes" and len(pharmacies) > 1
    return o.AmbiguousPharmacy(pharmacies, same_name=same_name, more=step[-1] == "more")


def _none_here(step: Step, state: State, facts: Facts) -> o.Outcome:
    place = by_key()[step[1]]
    if step[0] == "no_pharmacy":
        return o.NoPharmacy(place)
    product = facts.product_of(step[2]) if len(step) > 2 else facts.product(state)
    if step[0] == "no_next":
        return o.NoNext(place, product)
    unknown = facts.mostly_unknown(place, product)
    return o.SoldOut(place, product, is_old(facts.snapshot, facts.clock), unknown)


def _plain(step: Step, facts: Facts) -> o.Outcome:
    """The steps that look nothing up but a word or two."""
    snapshot, channel = facts.snapshot, facts.channel
    match step:
        case ("operator",):
            return o.ToPerson(channel.operator, channel.dials)
        case ("rules", about, ends):
            day, (product, *others) = facts.now.date(), snapshot.products
            child = others[0] if others else None
            return o.RulesTold(product, rule_on(snapshot.feed, day), day, about, ends, child)
        case ("not_counted",):
            return o.NotCounted(snapshot.products[0])
        case ("datatime",):
            return o.DataTime(snapshot.source_time, snapshot.demo)
        case ("unknown_code", digits):
            return o.UnknownPostalCode(digits)
        case (name,) if name in _WORDLESS:
            return _WORDLESS[name]()
    return o.Greeting(snapshot.products[0], snapshot.demo)


_WORDLESS: dict[str, Callable[[], o.Outcome]] = {
    "help": o.Help,
    "slower": o.Slower,
    "emergency": o.Emergency,
    "not_a_choice": o.NotAChoice,
    "need_pharmacy": o.NeedPharmacy,
    "no_previous": o.NoPrevious,
    "no_answer": o.NoAnswer,
    "not_remembered": o.NotRemembered,
    "forgotten": o.Forgotten,
    "not_forgotten": o.NotForgotten,
    "language": o.LanguageChanged,
    "bye": o.Goodbye,
}
