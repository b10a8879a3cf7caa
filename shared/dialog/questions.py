"""A question with names in it: sure → answer, unsure → ask among three, nothing → the place."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TypeVar

from shared.catalog import Kind, Pharmacy
from shared.dialog.acts import (
    UNLISTED,
    Act,
    Choice,
    ChooseCounty,
    ChooseLandmark,
    ChoosePharmacy,
    ChoosePlace,
    Phrase,
    RequestPlace,
    Say,
    TakeCounty,
    TakeDistrict,
    TakeLandmark,
    TakePharmacy,
    TellPharmacy,
    Told,
)
from shared.dialog.answers import (
    Decision,
    ask_district,
    ask_landmark,
    ask_pharmacy,
    not_understood,
    of_another,
    take,
    tell_again,
    tell_best,
    tell_next,
)
from shared.dialog.facts import Facts, needs_county
from shared.dialog.values import State
from shared.hours import AskedTime
from shared.names.chains import chains
from shared.names.resolution import Meant, PharmacyMatch, PlaceMatch, Resolution
from shared.only_one import only_one
from shared.places.districts import County, District, all_districts, by_key
from shared.places.landmarks import Landmark, landmark_named

WORTH_OFFERING = 0.1
"""An option five times less likely than the first only makes the choice harder to remember."""

A_NAME_HEARD, A_PLACE_HEARD = 0.1, 0.9
"""A question in which no name scores as much as the first, but a district the second, is about the
district: 「三民區的藥局」 scores 0.02 and 0.997. Three names at 0.02 are nothing to choose from."""

Matched = TypeVar("Matched", PlaceMatch, PharmacyMatch)

UNCLEAR = "unclear"
"""The part of an ASK that names something which could not be heard."""

UNKNOWN = "unknown"
"""The part of an ASK whose place a platform could not resolve."""

LANDMARK = "landmark"
"""The part of an ASK about what stands on no list of landmarks: a school, a temple."""

REGION = "region"
"""The part of an ASK about a part of the country that is larger than a county."""

IN_STOCK = "stock"
"""The part of a CHILD or ADULT that asks whether there are any: 「有小孩的嗎」, after rules too."""

MISHEARD = "misheard"
"""The part of a NO that tells that something else was asked: 「你聽錯了」."""

NEXT_DOOR = "next_door"
"""The part of a NEARBY that asks for another district than the one talked about."""

THESE = "these"
"""The part of a COMPARE of what was told before: 「這三家哪一家多」."""

PLACES = "places"
"""The part of a COMPARE of the places that were asked about: 「哪一區最多」."""

FEWEST = "fewest"
"""The part of a MOST that asks for the fewest: 「最少的是哪一家」."""

ON_ROAD = "road"
"""The part of a NEXT on the road of the one just told of: 「同一條路上還有嗎」."""

WHICH = "which"
"""The part of a PLATES that asks which pharmacy hands out none: 「哪一家不用號碼牌」."""

METRO = "metro"
"""The part of a DISTANCE to the metro: 「離捷運站近嗎」."""

ANEW = "anew"
"""The part of a LIST that begins with the first: 「念前三家」."""

_OFFERED = 3
"""As many as a caller can choose from."""

_OTHER_KIND = {Kind.HEALTH_CENTRE: Kind.PHARMACY, Kind.PHARMACY: Kind.HEALTH_CENTRE}


def ask(state: State, act: Act, facts: Facts) -> Decision:
    """A question: sure → answer, unsure → ask between at most three, nothing → the place."""
    state, told = _ask(state, act, facts)
    roads = {match.road for match in act.denied.roads} if act.denied else set()
    several = act.all_products and named_pharmacy(act.names) is None
    if not roads and not several:
        return state, told
    state, told = passing_over(state, told, facts, roads, several=several)
    return replace(state, told=state.told[state.at :], at=0), told


def passing_over(
    state: State, told: Told, facts: Facts, roads: Collection[str] = (), *, several: bool = True
) -> Decision:
    """`told`, or one behind it that stands on none of `roads`, and has all products where `several`
    are asked for."""
    for _ in range(_MOST_DENIED):
        if not (_is_on(told, roads, facts) or (several and _lacks_some(told, facts))):
            break
        onward, other = tell_next(state, facts)
        if isinstance(other, TellPharmacy):
            state, told = onward, other
    return state, told


_MOST_DENIED = 5
"""So many on a road that is denied are passed over: 「不要去中正路那間」; and as many that lack one
of several products that are asked for."""


def _lacks_some(told: Told, facts: Facts) -> bool:
    """Whether `told` is of a pharmacy that has none of one of the products."""
    shop = facts.pharmacy(told.id) if isinstance(told, TellPharmacy) else None
    return shop is not None and any(
        facts.left(shop, product) == 0 for product in facts.snapshot.products
    )


def _is_on(told: Told, roads: Collection[str], facts: Facts) -> bool:
    """Whether `told` is of a pharmacy on one of the `roads`."""
    shop = facts.pharmacy(told.id) if isinstance(told, TellPharmacy) else None
    return shop is not None and any(shop.address.off(road) == 0 for road in roads)


def _ask(state: State, act: Act, facts: Facts) -> Decision:
    if act.part in (UNKNOWN, UNCLEAR, LANDMARK, REGION):
        return state, RequestPlace(why=act.part)
    if act.product and act.product not in {one.id for one in facts.snapshot.products}:
        return _keeping_place(state, act.names), Say(Phrase.NOT_COUNTED)
    state = with_conditions(state, act, facts)
    names = act.names
    if names and (narrowed := _among_namesakes(state, names, facts)):
        return narrowed
    match names.meant if names else Meant.NOTHING:
        case Meant.COUNTY if names and (names.county or names.counties):
            return _ask_county(state, names, act, facts)
        case Meant.DISTRICT if names:
            here = bool(state.told) and names.district.key == state.place
            if act.that_one and here:
                return tell_again(state, facts)
            before = facts.pharmacy(state.shop_before) if act.that_one else None
            if before and before.district == names.district:  # 「剛剛中和那家」
                return ask_pharmacy(state, before, facts)
            return _in_vain(_ask_place(state, names, facts), names)
        case Meant.ROAD if names:
            return _in_vain(_ask_road(state, names, facts), names)
        case Meant.LANDMARK if landmark := named_landmark(names):
            return ask_landmark(state, landmark, facts)
        case Meant.LANDMARK if names:
            return state, _which_landmark(names)
        case Meant.PHARMACY if names and (names.sure or not names.chain):
            return _ask_pharmacy(state, names, facts)
    return _ask_on(state, act, facts)


def _which_landmark(names: Resolution) -> ChooseLandmark:
    """Of several landmarks of one name, or of one and the district that is called so: 公館."""
    called = tuple(one.key for one in names.landmarks)
    alike = (one.district for one in names.districts if one.district.short in called)
    return ChooseLandmark(called, next((one.key for one in alike), ""))


def with_conditions(state: State, act: Act, facts: Facts) -> State:
    """`state` with the product, the kind of seller and the time that the act asks for."""
    if act.product:
        state = replace(state, product=facts.product_of(act.product).id)
    if act.unwanted:
        state = replace(state, kind=str(_OTHER_KIND[act.unwanted]))
    if kind := act.kind or (act.names.kind if act.names else None):
        state = replace(state, kind=str(kind), chain="")
    names = act.names
    if act.place_alone and isinstance(state.last, TellPharmacy):
        state = _once_more(state, state.last.in_vain)
    named = names is not None and names.meant is not Meant.NOTHING
    anew = named and not (state.asks_for_place or act.place_alone)
    if act.when or anew:
        state = replace(state, open_at=_to_come(state, act, facts))
    if names and (anew or (named and names.chain)):
        state = replace(state, chain=names.chain, kind="" if names.chain else state.kind)
    return state


def _once_more(state: State, in_vain: str) -> State:
    """`state`, in which the next place is asked what was asked of the last one in vain."""
    if AskedTime.read(in_vain):
        return replace(state, open_at=in_vain)
    return replace(state, chain=in_vain) if in_vain in chains() else state


def _to_come(state: State, act: Act, facts: Facts) -> str:
    """The time at which it must be open; "" for now, and for one that has passed."""
    asked = act.when.asked(facts.now, state.time_asked) if act.when else None
    return str(asked) if asked and not asked.is_over(facts.now) else ""


def _ask_on(state: State, act: Act, facts: Facts) -> Decision:
    """Without a name: the next one after an answer; under a new condition the place anew."""
    if not state.place:
        return state, RequestPlace(why="chain" if state.chain else "")
    told_last = isinstance(state.last, TellPharmacy)
    kind = act.kind or act.unwanted or (act.names.kind if act.names else None)
    new_condition = act.product or kind or act.when or _is_another_chain(act.names, state, facts)
    if told_last and not new_condition:
        return tell_next(state, facts)
    if state.near or state.road:
        state = state.turned_to(state.place, state.road, state.near)
        if found := tell_best(state, facts):
            return found
    return ask_district(state, state.place, facts, state.road)


def _is_another_chain(names: Resolution | None, state: State, facts: Facts) -> bool:
    """Whether a chain is named that does not run the pharmacy just told of."""
    chain = chains().get(names.chain) if names else None
    here = facts.talked_about(state)
    return chain is not None and not (here and chain.runs(here))


def _keeping_place(state: State, names: Resolution | None) -> State:
    """`state` with the district that was surely named: 「那口罩呢」 may follow."""
    if names is None or names.meant is not Meant.DISTRICT or not names.sure:
        return state
    return state.turned_to(names.district.key)


def _among_namesakes(state: State, names: Resolution, facts: Facts) -> Decision | None:
    """「台北的」「新莊區」 in answer to several pharmacies of one name: those of them there."""
    last = state.last
    if not isinstance(last, ChoosePharmacy) or not last.namesakes:
        return None
    asked = next(filter(None, map(facts.pharmacy, last.ids)), None)
    if asked is None or names.meant not in (Meant.COUNTY, Meant.DISTRICT):
        return None
    places = {match.district for match in likely(names.districts)} if names.districts else set()
    counties = {names.county, *names.counties} - {None}
    there = [
        pharmacy
        for pharmacy in facts.snapshot.catalog.pharmacies
        if pharmacy.name == asked.name
        and (pharmacy.district in places or (not places and pharmacy.district.county in counties))
    ]
    if only := only_one(there):
        return ask_pharmacy(state, only, facts)
    ids = tuple(pharmacy.id for pharmacy in there)
    if not ids and names.sure and names.meant is Meant.DISTRICT:
        return of_another(_ask_place(state, names, facts), asked.id)
    if not ids:
        return None
    return state, ChoosePharmacy(ids[:_OFFERED], namesakes=True, more=len(ids) > _OFFERED)


def _ask_county(state: State, names: Resolution, act: Act, facts: Facts) -> Decision:
    """A county alone: of the places just offered the one in it, else the district is asked.

    「台中的」 after 台北市大安區: the 大安區 there.
    """
    counties = (names.county,) if names.county else names.counties
    there = [one for county in counties for one in state.options if lies_in(one, county)]
    if only := only_one(there):
        return take(state, only, facts)
    here = by_key().get(state.place)
    of_it = here is not None and here.county in counties and bool(state.told)
    if of_it and here and (needs_county(here) or not act.other_county):  # 大安區, 「台北的」
        return tell_again(state, facts)
    if other := _not_offered(state, counties) or _namesake_there(state, names, act):
        return take(state, TakeDistrict(other.key), facts)
    if names.county:
        return state, RequestPlace(names.county.name)
    return state, ChooseCounty(tuple(county.name for county in counties))


def _namesake_there(state: State, names: Resolution, act: Act) -> District | None:
    """The district of that county that is called like the one just told of: 「台中的」, and 大同鄉
    after 大同區."""
    last = by_key().get(state.place)
    if last is None or not act.other_county:
        return None
    there = (one for one in all_districts() if one.county == names.county)
    alike = (one for one in there if one.short == last.short and one != last)
    return next(alike, None)


def _not_offered(state: State, counties: Sequence[County]) -> District | None:
    """「嘉義市」 in answer to three of the four 東區: the fourth, if it is the only one there."""
    last = state.last
    if not isinstance(last, ChoosePlace) or last.road or len(state.options) < _OFFERED:
        return None
    names = {by_key()[key].name for key in last.places if key in by_key()}
    there = [one for one in all_districts() if one.county in counties and one.name in names]
    return only_one(there) if len(names) == 1 else None


def lies_in(offered: Choice, county: County) -> bool:
    """Whether an option is a place in `county`."""
    match offered:
        case TakeDistrict(key) if key in by_key():
            return by_key()[key].county == county
        case TakeCounty(name):
            return name == county.name
        case TakeLandmark(name) if name in landmark_named():
            return landmark_named()[name].district.county == county
    return False


def not_denied(options: Sequence[Choice], denied: Resolution | None) -> list[Choice]:
    """What is left to choose from after 「不是台北的」; nothing where no name was denied."""
    if denied is None:
        return []
    names = {match.district.key for match in likely(denied.districts)}
    names |= {match.pharmacy.id for match in likely(denied.pharmacies)}
    county = denied.county if denied.meant is Meant.COUNTY else None
    return [
        one
        for one in options
        if (name := name_of(one)) and name not in names and not (county and lies_in(one, county))
    ]


def name_of(choice: Choice) -> str:
    """The key, name or id that an option bears; "" for one that bears none."""
    match choice:
        case TakeDistrict(name) | TakeCounty(name) | TakeLandmark(name) | TakePharmacy(name):
            return name
    return ""


def _ask_place(state: State, names: Resolution, facts: Facts) -> Decision:
    names = _in_county_asked(state, names)
    if names.sure or _is_here(names, state):
        key = names.district.key
        offered = (
            one for one in state.options if isinstance(one, TakeDistrict) and one.place == key
        )
        return take(state, next(offered, TakeDistrict(key, _asked_road(state))), facts)
    if names.districts[0].score < A_NAME_HEARD:
        return state, not_understood(state)
    return state, ChoosePlace(tuple(match.district.key for match in likely(names.districts)))


def _is_here(names: Resolution, state: State) -> bool:
    """Whether the likeliest of several districts of one name is talked about: 「那是東區嗎」."""
    best, *others = (one.district for one in names.districts)
    return best.key == state.place and {one.name for one in others} == {best.name}


def _in_county_asked(state: State, names: Resolution) -> Resolution:
    """「東區」 in answer to 「新竹市還是新竹縣？」: the one that lies in either."""
    asked = state.last.names if isinstance(state.last, ChooseCounty) else ()
    there = [one for one in names.districts if one.district.county.name in asked]
    if names.sure or len(there) != 1:
        return names
    return replace(names, districts=tuple(there), sure=True)


def _asked_road(state: State) -> str:
    """「板橋的啊」 in answer to 「哪一個文化路」: that road, offered there or not."""
    return state.last.road if isinstance(state.last, ChoosePlace) else ""


def likely(matches: Sequence[Matched]) -> list[Matched]:
    """Those of `matches`, best first, that are worth reading out."""
    return [match for match in matches if match.score >= matches[0].score * WORTH_OFFERING]


def _ask_road(state: State, names: Resolution, facts: Facts) -> Decision:
    best = names.road
    if names.sure:
        return ask_district(state, best.district.key, facts, best.road)
    here = (one for one in names.roads if one.district.key == state.place)
    if any(one.road == best.road for one in here):  # no question: it is where she is
        return ask_district(state, state.place, facts, best.road)
    keys = tuple(dict.fromkeys(match.district.key for match in names.roads))
    return state, ChoosePlace(keys, best.road)


def _ask_pharmacy(state: State, names: Resolution, facts: Facts) -> Decision:
    best = names.pharmacy
    if names.sure:
        if names.sought:
            state = state.turned_to(names.sought.key)
        state, told = _in_vain(ask_pharmacy(state, best, facts), names)
        if names.landmarks and isinstance(told, TellPharmacy):  # 「台大醫院附近的衛生所」
            state = replace(state, near=names.landmark.key)
            told = replace(told, why="walk")
        return state, told
    if names.namesakes > 1 or names.pharmacies[0].score >= A_NAME_HEARD:  # of many each is rare
        return state, choose_pharmacy(names)
    if names.districts:
        place_heard = names.districts[0].score >= A_PLACE_HEARD
        return _ask_place(state, replace(names, sure=place_heard), facts)
    return state, not_understood(state)


def _in_vain(decision: Decision, names: Resolution) -> Decision:
    """`decision`; where a pharmacy was sought in vain where it was named, that with it."""
    if names.sought is None:
        return decision
    shops = () if names.meant is Meant.ROAD else names.pharmacies
    called = shops[0].pharmacy.id if shops else UNLISTED
    return of_another(decision, called)


def choose_pharmacy(names: Resolution) -> ChoosePharmacy:
    """Which of those that may have been meant."""
    shops = likely(names.pharmacies)
    ids = tuple(match.pharmacy.id for match in shops)
    several = names.namesakes > 1
    more = several and names.namesakes > len(ids)
    return ChoosePharmacy(ids, namesakes=several, more=more, place=_named_with(names, shops))


def _named_with(names: Resolution, shops: Sequence[PharmacyMatch]) -> str:
    """The key of the district in which the `shops` were sought; "" for none."""
    if names.sought:
        return names.sought.key
    places = {match.pharmacy.district for match in shops}
    match [*places]:
        case [place] if place.short in names.heard or _is_heard(place, names):
            return place.key
    return ""


def _is_heard(place: District, names: Resolution) -> bool:
    """Whether `place` was heard, whatever pharmacy was."""
    best = names.districts[0] if names.districts else None
    return best is not None and best.district == place and best.score >= A_PLACE_HEARD


def named_pharmacy(names: Resolution | None) -> Pharmacy | None:
    """The pharmacy that was surely named; None for none."""
    if names and names.meant is Meant.PHARMACY and names.sure:
        return names.pharmacy
    return None


def named_landmark(names: Resolution | None) -> Landmark | None:
    """The landmark that was surely named; None for none."""
    if names and names.meant is Meant.LANDMARK and names.sure:
        return names.landmark
    return None


def named_place(names: Resolution | None) -> District | None:
    """The district that was surely named, also by a road or a landmark in it; None for none."""
    if names is None or not names.sure:
        return None
    match names.meant:
        case Meant.DISTRICT:
            return names.district
        case Meant.ROAD:
            return names.road.district
        case Meant.LANDMARK:
            return names.landmark.district
    return None
