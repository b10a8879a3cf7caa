"""What is told → its outcome, looked up in the snapshot of this moment."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import assert_never

from shared import outcomes as o
from shared.catalog import Kind, Pharmacy, Product
from shared.dialog.acts import (
    UNLISTED,
    About,
    ChooseCounty,
    ChooseLandmark,
    ChoosePharmacy,
    ChoosePlace,
    Lack,
    Phrase,
    RequestPlace,
    Say,
    TellAbout,
    TellCompared,
    TellHowMany,
    TellLookup,
    TellNone,
    TellPharmacy,
    TellRules,
    TellTopic,
    Told,
)
from shared.dialog.facts import Facts, needs_county
from shared.dialog.values import State
from shared.hours import AskedTime, is_open, next_sale, opening_at, sale_on
from shared.lookups import LOOKUPS
from shared.names.chains import chains
from shared.places.districts import District, all_counties, all_districts, by_key, county_by_name
from shared.places.landmarks import landmark_named
from shared.query import is_old
from shared.rules import coming_rule, next_turn, rule_on


def perform(told: Told, state: State, facts: Facts) -> o.Outcome:
    """What `told` says now. Where its pharmacy has left the feed, the place is asked again."""
    outcome = _performed(told, state, facts)
    if isinstance(outcome, o.AskPlace | o.NotHeard | o.NotUnderstood):
        return replace(outcome, example=facts.example(state))
    return outcome


def _performed(told: Told, state: State, facts: Facts) -> o.Outcome:
    match told:
        case TellPharmacy():
            pharmacy = facts.pharmacy(told.id)
            return _found(told, pharmacy, state, facts) if pharmacy else o.AskPlace()
        case TellAbout():
            pharmacy = facts.pharmacy(told.id)
            return _about(told, pharmacy, state, facts) if pharmacy else o.AskPlace()
        case TellNone():
            return _none(told, state, facts)
        case TellHowMany():
            return _how_many(told, facts)
        case TellCompared():
            return _compared(told, facts)
        case TellRules():
            return _rules(told, facts)
        case TellTopic():
            return o.TopicTold(told.name)
        case TellLookup():
            asked, day = LOOKUPS.get(told.name), _day(told, facts)
            return asked.find(facts.snapshot, facts.now, day) if asked else o.AskPlace()
        case RequestPlace():
            chain = chains().get(state.chain)
            return o.AskPlace(
                county_by_name().get(told.county), told.why, chain=chain.name if chain else ""
            )
        case ChoosePlace():
            places = tuple(by_key()[key] for key in told.places[:3] if key in by_key())
            return o.AmbiguousPlace(places, _has_more(places)) if places else o.AskPlace()
        case ChooseCounty():
            return o.AmbiguousCounty(tuple(c for c in all_counties() if c.name in told.names))
        case ChooseLandmark():
            known = landmark_named()
            found = tuple(known[name] for name in told.names if name in known)
            district = by_key().get(told.place)
            return o.AmbiguousLandmark(found, district) if found else o.AskPlace()
        case ChoosePharmacy():
            return _which_pharmacy(told, facts)
        case Say():
            return _plain(told, state, facts)
        case _:
            assert_never(told)


def _found(told: TellPharmacy, pharmacy: Pharmacy, state: State, facts: Facts) -> o.Outcome:
    product = facts.product_of(told.product)
    others = (other for other in facts.snapshot.products if other is not product)
    asked, then = by_key().get(state.place), AskedTime.read(state.open_at)
    vain, sold_out = AskedTime.read(told.in_vain), None
    if asked and asked != pharmacy.district and not state.near:
        some = facts.has_stock(asked, product) or facts.mostly_unknown(asked, product)
        sold_out = None if some else asked
    as_of = is_old(facts.snapshot, facts.clock)
    return o.Found(
        pharmacy,
        tuple(o.Count(item, facts.left(pharmacy, item)) for item in (product, *others)),
        opening=opening_at(pharmacy, facts.now),
        as_of=None if as_of and minutes(as_of) == state.time_told else as_of,
        as_of_day=_on_another_day(as_of, facts),
        walk_m=facts.walk_to(pharmacy, state),
        walk_from=facts.near(state) if told.why == "walk" else None,
        name_county=needs_county(pharmacy.district),
        ordinal=_place_among(state, pharmacy) + 1,
        neighbour_of=sold_out,
        off_road=state.road if _leaves_the_road(pharmacy, state, facts) else "",
        no_centre_in=asked if told.in_vain == Kind.HEALTH_CENTRE else None,
        instead_of=_instead_of(told.in_vain, state, facts),
        none_open=_then(pharmacy, vain, facts.now) if vain else None,
        then=_then(pharmacy, then, facts.now) if then else None,
        why=told.why,
        with_others=facts.channel.for_the_eye or told.why == "all",
    )


def _place_among(state: State, pharmacy: Pharmacy) -> int:
    """Which of those told of it is, from 0: of two that are told at once each has its own."""
    return state.told.index(pharmacy.id) if pharmacy.id in state.told else state.at


def _leaves_the_road(pharmacy: Pharmacy, state: State, facts: Facts) -> bool:
    """Whether the first that is told of, or the first behind one on the road that was asked about,
    stands on another road, or on another section of it."""
    if not state.road or state.near or not _is_off(pharmacy, state.road):
        return False
    at = _place_among(state, pharmacy)
    before = facts.pharmacy(state.told[at - 1]) if at else None
    return before is None or not _is_off(before, state.road)


def _is_off(pharmacy: Pharmacy, road: str) -> bool:
    """Whether it stands on another road or section; one whose address tells none may stand on
    any."""
    address = pharmacy.address
    return address.off(road) > (0 if address.section else 1)


def _then(pharmacy: Pharmacy, asked: AskedTime, now: datetime) -> o.OpenAt:
    return o.OpenAt(asked, is_open(pharmacy, asked), today=asked.day == now.date())


def _instead_of(key: str, state: State, facts: Facts) -> o.NoShop | None:
    """The chain of that key, or the pharmacy of that id, for which another stands in, and why; None
    for any other key."""
    chain, place = chains().get(key), by_key().get(state.place)
    if place and key == UNLISTED:
        return o.NoShop("", place, o.ChainLack.UNLISTED)
    if place and (shop := facts.pharmacy(key)):
        sought = by_key().get(state.place_before) if shop.district == place else place
        return o.NoShop(shop.name, sought, o.ChainLack.NO_SHOP) if sought else None
    if chain is None or place is None:
        return None
    told = (facts.pharmacy(one) for one in state.told)
    if any(one and chain.runs(one) for one in told):
        return o.NoShop(chain.name, place, o.ChainLack.NO_MORE)
    there = any(map(chain.runs, facts.in_place(place)))
    return o.NoShop(chain.name, place, o.ChainLack.SOLD_OUT if there else o.ChainLack.NO_SHOP)


def _on_another_day(as_of: datetime | None, facts: Facts) -> bool:
    return as_of is not None and as_of.date() != facts.clock.astimezone(as_of.tzinfo).date()


def minutes(moment: datetime) -> int:
    """Minutes since 1970."""
    return int(moment.timestamp()) // 60


def _about(told: TellAbout, pharmacy: Pharmacy, state: State, facts: Facts) -> o.Outcome:
    """One thing about a pharmacy."""
    if told.what in (About.HOURS, About.PLATES, About.SALE):
        return _times(told, pharmacy, state, facts)
    product = facts.product(state)
    match told.what:
        case About.NAME:
            return o.NameTold(pharmacy)
        case About.ADDRESS:
            return o.AddressTold(pharmacy)
        case About.FLOOR:
            return o.FloorTold(pharmacy)
        case About.PHONE:
            return o.PhoneTold(pharmacy)
        case About.CONNECT:
            return o.ToPharmacy(pharmacy, facts.can_ring(pharmacy))
        case About.DISTANCE:
            near = facts.near(state)
            return o.DistanceTold(pharmacy, facts.walk_to(pharmacy, state), near)
        case About.NEAREST:
            return o.NoNearer(pharmacy)
        case About.RESTOCKED:
            day = facts.now.date()
            seen = facts.history and facts.history.restocked_at(pharmacy.id, product.id, day)
            return o.RestockTold(pharmacy, product, seen or None)
        case About.NOTIFY:
            left = facts.left(pharmacy, product) or 0
            return o.NotifySet(pharmacy, product, left, facts.channel.notifies == "ring")
        case About.SELLOUT:
            about = facts.history and facts.history.sells_out_about(pharmacy.id, product.id)
            return o.SelloutTold(pharmacy, product, about or None)
    raise AssertionError(f"nothing is known of {told.what}")


def _times(told: TellAbout, pharmacy: Pharmacy, state: State, facts: Facts) -> o.Outcome:
    """When it is open, hands out plates, sells: now, at an hour, on a day."""
    now, asked = facts.now, AskedTime.read(told.when)
    if told.what is About.HOURS:
        if asked is None:
            return o.HoursTold(pharmacy, opening_at(pharmacy, now))
        return o.OpenThen(pharmacy, _then(pharmacy, asked, now))
    day = asked.day if asked else now.date()
    return _sale(told.what is About.PLATES, pharmacy, facts.product(state), day, now)


def _sale(
    plates: bool, pharmacy: Pharmacy, product: Product, day: date, now: datetime
) -> o.Outcome:
    """「幾點發號碼牌」「禮拜天有賣嗎」「明天幾點」, of the product that is spoken of."""
    today = day == now.date()
    told = sale_on(pharmacy, product, day)
    not_sold = told is not None and told.sold is False and not told.sale.stopped
    opening = opening_at(pharmacy, now) if today else None
    return o.SaleTold(
        pharmacy,
        plates,
        day,
        today,
        told,
        over=bool(opening and opening.sale_over),
        later=next_sale(pharmacy, product, day) if not_sold else None,
        note=opening.spoken_note if opening and told is None else "",
    )


def _has_more(places: Sequence[District]) -> bool:
    """Whether these are several of one name, and not all of that name."""
    names = {place.name for place in places}
    if len(places) < 2 or len(names) > 1:
        return False
    return sum(district.name in names for district in all_districts()) > len(places)


def _which_pharmacy(told: ChoosePharmacy, facts: Facts) -> o.Outcome:
    found = [facts.pharmacy(item) for item in told.ids]
    pharmacies = tuple(pharmacy for pharmacy in found if pharmacy)[:3]
    if not pharmacies:
        return o.AskPlace()
    same_name = told.namesakes and len(pharmacies) > 1
    return o.AmbiguousPharmacy(pharmacies, same_name=same_name, more=told.more)


def _none(told: TellNone, state: State, facts: Facts) -> o.Outcome:
    place = by_key().get(told.place)
    if place is None:
        return o.AskPlace()
    product = facts.product_of(told.product)
    match told.what:
        case Lack.NO_PHARMACY:
            return o.NoPharmacy(place)
        case Lack.NO_NEXT:
            return o.NoNext(place, product, alone=len(state.told) == 1)
        case Lack.NO_MORE:
            return o.NoMore(place, product)
        case Lack.ONLY_KIND:
            kind = Kind(told.kind)
            here = facts.in_place(place)
            exists = any(one.kind is kind for one in here)
            counted = facts.in_stock(place, product)
            left, other = next((one for one in counted if one[1].kind is not kind), (0, None))
            return o.OnlyKind(place, kind, product, exists, other, left)
    unknown = facts.mostly_unknown(place, product)
    as_of = is_old(facts.snapshot, facts.clock)
    return o.SoldOut(place, product, as_of, _on_another_day(as_of, facts), unknown)


def _how_many(told: TellHowMany, facts: Facts) -> o.Outcome:
    place = by_key().get(told.place) or county_by_name().get(told.place)
    if place is None:
        return o.AskPlace()
    product = facts.product_of(told.product)
    counted, chain = facts.in_stock(place, product, told.chain), chains().get(told.chain)
    pieces = sum(left for left, _ in counted)
    shops = sum(map(chain.runs, facts.in_place(place))) if chain else 0
    name = chain.name if chain else ""
    return o.HowMany(place, product, len(counted), pieces, told.total, name, shops)


def _compared(told: TellCompared, facts: Facts) -> o.Outcome:
    product = facts.product_of(told.product)
    sides = []
    for key in told.sides:
        if pharmacy := facts.pharmacy(key):
            sides.append(o.Side(pharmacy, facts.snapshot.left(pharmacy, product)))
        elif place := by_key().get(key) or county_by_name().get(key):
            left = sum(left for left, _ in facts.in_stock(place, product))
            sides.append(o.Side(place, left))
        else:
            return o.AskPlace()
    return o.Compared(tuple(sides), product)


def _day(told: TellRules | TellLookup, facts: Facts) -> date:
    return date.fromisoformat(told.day) if told.day else facts.now.date()


def _rules(told: TellRules, facts: Facts) -> o.Outcome:
    product, *others = facts.snapshot.products
    today, day = facts.now.date(), _day(told, facts)
    return o.RulesTold(
        product,
        rule_on(facts.snapshot.feed, day),
        day,
        told.part if told.part in o.RULE_PARTS else "overview",
        told.ends,
        others[0] if others else None,
        today=day == today,
        next_turn=next_turn(facts.snapshot.feed, day, told.ends) if told.ends else None,
        coming=coming_rule(facts.snapshot.feed, day),
    )


def _plain(told: Say, state: State, facts: Facts) -> o.Outcome:
    """What looks nothing up but a word or two."""
    snapshot, channel = facts.snapshot, facts.channel
    match told.what:
        case Phrase.GREET | Phrase.NO_DATA:  # the data is there again
            return o.Greeting(snapshot.products[0], snapshot.demo)
        case Phrase.OPERATOR:
            return o.ToPerson(channel.operator, channel.dials)
        case Phrase.NOT_COUNTED:
            return o.NotCounted(snapshot.products[0])
        case Phrase.NOTIFY_OFF:
            return o.NotifyOff()
        case Phrase.NOTIFY_NONE:
            return o.NotifyOff(was_on=False)
        case Phrase.UNKNOWN_CODE:
            return o.UnknownPostalCode(told.digits)
        case Phrase.NOT_HEARD:
            return o.NotHeard(told.times, bool(state.options))
        case Phrase.NOT_UNDERSTOOD:
            return o.NotUnderstood(told.times, bool(state.options))
    return _WORDLESS[told.what]()


_WORDLESS: dict[Phrase, Callable[[], o.Outcome]] = {
    Phrase.HELP: o.Help,
    Phrase.SLOWER: o.Slower,
    Phrase.EMERGENCY: o.Emergency,
    Phrase.NOT_A_CHOICE: o.NotAChoice,
    Phrase.NEED_PHARMACY: o.NeedPharmacy,
    Phrase.NO_PREVIOUS: o.NoPrevious,
    Phrase.NO_ANSWER: o.NoAnswer,
    Phrase.NOT_REMEMBERED: o.NotRemembered,
    Phrase.FORGOTTEN: o.Forgotten,
    Phrase.NOT_FORGOTTEN: o.NotForgotten,
    Phrase.LANGUAGE: o.LanguageChanged,
    Phrase.NOTIFY_WHICH: o.NotifyWhich,
    Phrase.NOTIFY_FULL: o.NotifyFull,
    Phrase.NOTIFY_FAILED: o.NotifyFailed,
    Phrase.BYE: o.Goodbye,
}
