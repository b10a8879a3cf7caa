"""Questions about stock and about a pharmacy: of what is named with them, else of what was told."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from shared.catalog import Kind, Pharmacy
from shared.dialog import questions
from shared.dialog.acts import (
    ASKS_BACK,
    About,
    Act,
    Intent,
    RequestPlace,
    TellAbout,
    TellCompared,
    TellHowMany,
    TellPharmacy,
    TellRules,
    TellTopic,
    Told,
)
from shared.dialog.answers import (
    MOST,
    Decision,
    ask_district,
    ask_pharmacy,
    looked_through,
    open_question,
    tell,
    tell_about,
    tell_again,
    tell_more,
    tell_nearer,
    tell_next,
    tell_next_door,
    tell_nth,
    tell_previous,
)
from shared.dialog.facts import Facts
from shared.dialog.questions import (
    FEWEST,
    IN_STOCK,
    METRO,
    NEXT_DOOR,
    ON_ROAD,
    WHICH,
    ask,
    named_landmark,
    named_pharmacy,
    named_place,
    with_conditions,
)
from shared.dialog.values import State
from shared.hours import sale_on
from shared.names.resolution import Meant, Resolution
from shared.only_one import only_one
from shared.places.districts import County, District, by_key, county_by_name

_PRODUCTS = {Intent.CHILD: "child_mask", Intent.ADULT: "adult_mask"}


def names_something(act: Act) -> bool:
    """Whether a place or a pharmacy is named with it."""
    return act.names is not None and act.names.meant is not Meant.NOTHING


def about_pharmacy(state: State, act: Act, facts: Facts) -> Decision:
    """Of the pharmacy that is named with it; of one in the place that is named; of the last."""
    here = facts.talked_about(state)
    if not names_something(act):
        shop = _without_plates(state, facts) if act.part == WHICH else None
        state = tell(state, shop, facts)[0] if shop else state
        if act.part == METRO and here:
            return _to_the_metro(state, here, act, facts)
        return tell_about(state, act, facts)
    if named := named_pharmacy(act.names):
        state, _ = ask_pharmacy(state, named, facts)
        return tell_about(state, act, facts)
    if act.intent is Intent.DISTANCE and here and (landmark := named_landmark(act.names)):
        return tell_about(replace(state, near=landmark.key), act, facts)
    place = named_place(act.names)
    if place and here and here.district == place:
        return tell_about(state, act, facts)
    state, told = ask(state, act, facts)
    if isinstance(told, TellPharmacy) and act.intent is not Intent.HOURS:
        return tell_about(state, act, facts)  # a pharmacy that is open now is told first anyway
    if isinstance(told, ASKS_BACK):
        state = replace(state, waiting=(str(act.intent),))
    return state, told


def _to_the_metro(state: State, here: Pharmacy, act: Act, facts: Facts) -> Decision:
    """How far `here` is from the nearest station of the metro, where one is near and that known."""
    if station := facts.metro_near(here):
        return tell_about(replace(state, near=station.key), act, facts)
    return state, TellTopic("landmark")


def _without_plates(state: State, facts: Facts) -> Pharmacy | None:
    """One that hands out no number plates by its note; None where none is known."""
    product, today = facts.product(state), facts.now.date()
    for shop in looked_through(replace(state, told=(), at=0), facts):
        told = sale_on(shop, product, today)
        if told and told.sale.no_plates:
            return shop
    return None


def tell_of_each(state: State, act: Act, facts: Facts) -> Sequence[Told]:
    """What is asked of as many of those told of; how far they are, the nearest first, where that is
    known: else to what they are to be near."""
    ids = state.told[-act.shops :] if len(state.told) > 1 else state.row or state.told
    shops = [shop for one in ids if (shop := facts.pharmacy(one))]
    if act.intent is Intent.DISTANCE:
        walks = {shop: walk for shop in shops if (walk := facts.walk_to(shop, state)) is not None}
        if len(walks) < len(shops):
            return (RequestPlace(why="nearer"),)
        shops.sort(key=walks.__getitem__)
    return [TellAbout(shop.id, About(act.intent)) for shop in shops]


def _change_product(state: State, act: Act, facts: Facts) -> Decision:
    """「小孩的呢」: of the pharmacy just named; else of the place; else the place is asked, by the
    question that is still open."""
    product = facts.product_of(_PRODUCTS[act.intent]).id
    of_rules = isinstance(state.last, TellRules) and act.part != IN_STOCK
    if of_rules and not names_something(act):
        part = "child" if act.intent is Intent.CHILD else "amount"
        return state, TellRules(part, state.ends)
    if names_something(act):
        return ask(state, replace(act, part="", product=product), facts)
    state = replace(state, product=product)
    if counted := _counted(state):
        return _how_many(state, replace(act, intent=counted), facts)
    if question := open_question(state):
        return state, question
    if pharmacy := facts.talked_about(state):
        told = TellPharmacy(pharmacy.id, product)
        if act.all_products:  # 「那大人的也要」
            return questions.passing_over(state, told, facts)
        return state, told
    if state.place:
        return ask_district(state, state.place, facts, state.road)
    return state, RequestPlace()


def _nearby(state: State, act: Act, facts: Facts) -> Decision:
    """Near the pharmacy just named, else in the place named in the sentence or before."""
    if names_something(act):
        return ask(state, act, facts)
    state = with_conditions(state, act, facts)
    if act.part == NEXT_DOOR:
        return tell_next_door(state, facts)
    here = facts.talked_about(state)
    if here:  # and none that was told of before: else 「附近」 leads back and forth between two
        told = (*(one for one in state.told if one != here.id), here.id)
        state = replace(state, near=here.id, told=told, at=len(told) - 1)
        state, answer = tell_next(state, facts)
        return state, replace(answer, why="walk") if isinstance(answer, TellPharmacy) else answer
    if state.place:
        return ask(state, act, facts)
    return state, RequestPlace(why="nearer")


def _nearer(state: State, act: Act, facts: Facts) -> Decision:
    """Nearer than the one told of; 「最近的衛生所」 is that of the place."""
    mark = named_landmark(act.names)
    elsewhere = names_something(act) and not (mark and state.told and mark.key == state.near)
    if elsewhere or (act.kind and state.place):
        return ask(state, act, facts)
    any_kind = state.kind == Kind.HEALTH_CENTRE  # of these there is one in a place
    return tell_nearer(replace(state, kind="") if any_kind else state, facts)


def _how_many(state: State, act: Act, facts: Facts) -> Decision:
    """Of the place that is named, a whole county too; else of the one talked about."""
    state, place = _place_of(state, act, facts)
    if isinstance(place, District | County):
        key = place.key if isinstance(place, District) else place.name
        product = facts.product(state).id
        chain = _chain_counted(state, act)
        left = facts.in_stock(place, facts.product(state), chain) if chain else []
        if counted := only_one(left):  # 「打給他」
            state, _ = tell(state, counted[1], facts)
        return state, TellHowMany(key, product, act.intent is Intent.TOTAL, chain)
    return place


def _chain_counted(state: State, act: Act) -> str:
    """The chain whose shops are counted; "" for all.

    「那三重呢」 counts those that were counted before; so does the place that was asked for.
    """
    if names_something(act) and act.names and (act.names.chain or not act.place_alone):
        return act.names.chain
    if isinstance(state.last, TellHowMany):
        return state.last.chain
    return state.chain if state.asks_for_place else ""


def _place_of(state: State, act: Act, facts: Facts) -> tuple[State, District | County | Decision]:
    """The place an act is about; a decision instead where it must be asked first."""
    state = with_conditions(state, act, facts)
    names = act.names
    if names and names.meant is Meant.COUNTY and names.county:
        return state, names.county
    if named := named_pharmacy(names):
        return ask_pharmacy(state, named, facts)[0], named.district
    if names and names.chain and names.meant is Meant.PHARMACY:  # whose shops may be anywhere
        if state.place:
            return state, by_key()[state.place]
        return state, (replace(state, waiting=(str(act.intent),)), RequestPlace(why="chain"))
    if names and (place := named_place(names)):
        mark = named_landmark(names)
        road = names.road.road if names.meant is Meant.ROAD else ""
        if place.key != state.place or mark or road:
            state = state.turned_to(place.key, road, mark.key if mark else "")
        return state, place
    if names_something(act):
        asked, told = ask(state, act, facts)
        waits = isinstance(told, ASKS_BACK)
        return state, (replace(asked, waiting=(str(act.intent),) if waits else ()), told)
    if county := _county_counted(state):
        return state, county
    if state.place:
        return state, by_key()[state.place]
    return state, (replace(state, waiting=(str(act.intent),)), RequestPlace())


def _county_counted(state: State) -> County | None:
    """The county whose pharmacies were just counted: 「哪一家最多」 is about it."""
    counted = state.last.place if isinstance(state.last, TellHowMany) else ""
    return county_by_name().get(counted)


def _most(state: State, act: Act, facts: Facts) -> Decision:
    counted_each = [one.place for one in state.said if isinstance(one, TellHowMany)]
    if len(counted_each) > 1 and not names_something(act) and set(counted_each) <= set(by_key()):
        return state, TellCompared(tuple(counted_each), facts.product(state).id)
    state, place = _place_of(state, act, facts)
    if not isinstance(place, District | County):
        return place
    counted = facts.in_stock(place, facts.product(state), _chain_counted(state, act))
    if not counted:
        return _none_in(state, place, facts)
    fewest = act.part == FEWEST
    pick = min if fewest else max
    _, best = pick(counted, key=lambda one: (one[0], one[1].id))
    if isinstance(place, County):
        state = state.turned_to(best.district.key)
    return tell(state, best, facts, FEWEST if fewest else MOST)


def _none_in(state: State, place: District | County, facts: Facts) -> Decision:
    if isinstance(place, County):
        return state, RequestPlace(place.name)
    return ask_district(state, place.key, facts)


def _more(state: State, act: Act, facts: Facts) -> Decision:
    state, place = _place_of(state, act, facts)
    if not isinstance(place, District | County):
        return place
    if isinstance(place, County):
        return state, RequestPlace(place.name)
    return tell_more(state, act.least, facts)


def _compare(state: State, act: Act, facts: Facts) -> Decision:
    """Those that are named, or one with the one talked about; unnamed, those that were told of."""
    product = facts.product(with_conditions(state, act, facts)).id
    state = replace(state, product=product if act.product else state.product)
    sides: list[District | County | Pharmacy] = [
        side for names in (act.names, *act.others) if (side := _side(names))
    ]
    sides = list(dict.fromkeys(sides))
    if act.part == questions.PLACES and (county := _county_asked(state, act)):
        sides = _districts_with_most(county, product, facts)
    elif not names_something(act):
        sides += _told_before(state, act, facts)
    if (side := only_one(sides)) and not isinstance(side, County):
        of_shop = isinstance(side, Pharmacy)
        last = facts.talked_about(state) if of_shop else by_key().get(state.place)
        sides = [last, side] if last and last != side else sides
    if len(sides) < 2:
        return _one_side(state, act, facts)
    if len({isinstance(one, Pharmacy) for one in sides}) > 1:
        sides = [one.district if isinstance(one, Pharmacy) else one for one in sides]
    return state, TellCompared(tuple(map(_key, sides)), product)


def _county_asked(state: State, act: Act) -> County | None:
    """The county of whose districts is asked which: that is named, or whose district was asked, or
    in which the only place lies that was talked about; None for none."""
    if act.names and act.names.meant is Meant.COUNTY:
        return act.names.county
    last, here = state.last, by_key().get(state.place)
    if isinstance(last, RequestPlace) and last.county:
        return county_by_name().get(last.county)
    return here.county if here and not state.places_before and len(state.row) < 2 else None


def _districts_with_most(
    county: County, product: str, facts: Facts
) -> list[District | County | Pharmacy]:
    """The districts of `county` in which most is left, the first first."""
    total: Counter[District] = Counter()
    for left, shop in facts.in_stock(county, facts.product_of(product)):
        total[shop.district] += left
    return [district for district, _ in total.most_common(MOST_SIDES)]


def _key(side: District | County | Pharmacy) -> str:
    if isinstance(side, County):
        return side.name
    return side.id if isinstance(side, Pharmacy) else side.key


def _told_before(state: State, act: Act, facts: Facts) -> Sequence[District | Pharmacy]:
    """What 「哪邊比較多」 compares without a name: what one answer told, else pharmacies, else
    places; of more than two only where that is said."""
    shops = [shop for key in state.row or state.told if (shop := facts.pharmacy(key))]
    districts = list(dict.fromkeys(shop.district for shop in shops))
    of_each = len(shops) == len(districts) > 1
    match act.part:
        case questions.PLACES:
            return districts if of_each else _places_told(state)
        case questions.THESE if len(shops) > 1:
            return shops[-MOST_SIDES:]
        case questions.THESE:
            return _places_told(state)
    at_once = (districts if of_each else shops) if state.row else []
    return at_once or _two_told(state, act, facts) or _places_told(state)[-2:]


MOST_SIDES = 3
"""So many are compared, or asked for, at once: nobody remembers a fourth."""


def _two_told(state: State, act: Act, facts: Facts) -> list[Pharmacy]:
    """The first two pharmacies told of where they are named so (「第一家跟第二家」), else the last
    two; [] where there were not so many."""
    at = 1 if act.that_one else max(1, state.at)
    found = [facts.pharmacy(one) for one in state.told[at - 1 : at + 1]]
    return [one for one in found if one] if len(found) > 1 else []


def _places_told(state: State) -> list[District]:
    """The places before and the one talked about now; [] where there were not two."""
    found = [one for key in (*state.places_before, state.place) if (one := by_key().get(key))]
    return found if len(found) > 1 else []


def _side(names: Resolution | None) -> District | County | Pharmacy | None:
    """The best of what is named on one side, sure or not: both names are told in the answer."""
    if names is None:
        return None
    if names.meant is Meant.PHARMACY:
        return names.pharmacy
    if names.meant is Meant.COUNTY and names.county:
        return names.county
    if names.meant is Meant.ROAD:
        return names.road.district
    if names.meant is Meant.LANDMARK:
        return names.landmark.district
    return names.district if names.districts else None


def _one_side(state: State, act: Act, facts: Facts) -> Decision:
    """「哪邊比較多」 without two to compare: which has the most, where a place is known."""
    if names_something(act):
        return ask(state, act, facts)
    return _most(state, act, facts)


def _only(state: State, _: Act, facts: Facts) -> Decision:
    """Whether there are others: the next one is the answer, or that there is none."""
    return tell_next(state, facts)


def _ask(state: State, act: Act, facts: Facts) -> Decision:
    """A question for stock; 「那信義區呢」 asks of that place what was asked of the last one."""
    if act.place_alone and (named_place(act.names) or _county_alone(act.names)):
        if counted := _counted(state):
            return _how_many(state, replace(act, intent=counted), facts)
        if _told_the_most(state):
            return _most(state, act, facts)
    return ask(state, act, facts)


def _county_alone(names: Resolution | None) -> bool:
    """Whether a county alone is named: 「那台南呢」."""
    return names is not None and names.meant is Meant.COUNTY


def _counted(state: State) -> Intent | None:
    """What the last answer counted of a place: pharmacies, or pieces; None where it did not."""
    last = state.last
    if not isinstance(last, TellHowMany):
        return None
    return Intent.TOTAL if last.total else Intent.HOWMANY


def _told_the_most(state: State) -> bool:
    return isinstance(state.last, TellPharmacy) and state.last.why == MOST


def _left(state: State, act: Act, facts: Facts) -> Decision:
    """How many the pharmacy that is named has, else what was told of last: a pharmacy, a place."""
    if not names_something(act) and _counted(state):
        return _how_many(state, replace(act, intent=Intent.TOTAL), facts)
    if not names_something(act) and isinstance(state.last, TellCompared):
        return state, state.last
    here = facts.talked_about(state)
    if names_something(act) or not here:
        return ask(state, act, facts)
    if act.part == IN_STOCK and facts.left(here, facts.product(state)) == 0:
        return tell_next(state, facts)  # 「賣完了」, 「沒有嗎」
    return tell_again(with_conditions(state, act, facts), facts)


def _list(state: State, act: Act, facts: Facts) -> Decision:
    """One more of all that are asked for; the first again where that is said."""
    if act.part == questions.ANEW and state.place:
        return tell_next(state.turned_to(state.place, state.road, state.near), facts)
    return ask(state, act, facts) if names_something(act) else _on(tell_next)(state, act, facts)


def _on(way: Callable[[State, Facts], Decision]) -> Callable[[State, Act, Facts], Decision]:
    """Another pharmacy; one in the place that is named, where one is."""

    def going_on(state: State, act: Act, facts: Facts) -> Decision:
        if act.names and _of_chain_here(state, act.names):  # 「還有別家丁丁嗎」
            return way(replace(state, chain=act.names.chain, kind=""), facts)
        if names_something(act):
            return way(state, facts) if _is_here(state, act) else ask(state, act, facts)
        if act.part == ON_ROAD and (here := facts.talked_about(state)):
            state = replace(state, road=here.address.road, near="")
        if act.kind or act.unwanted:
            state = with_conditions(state, act, facts)
            return ask_district(state, state.place, facts) if state.place else way(state, facts)
        return way(state, facts)

    return going_on


def _is_here(state: State, act: Act) -> bool:
    """Whether the place that is named is the one talked about: 「平鎮的再來一家」."""
    place = named_place(act.names)
    return bool(state.told) and place is not None and place.key == state.place


def _of_chain_here(state: State, names: Resolution) -> bool:
    """Whether a chain alone is named, while a place is talked about."""
    return bool(names.chain and state.place) and names.meant is Meant.PHARMACY


QUERIES: dict[Intent, Callable[[State, Act, Facts], Decision]] = {
    Intent.ASK: _ask,
    Intent.HOWMANY: _how_many,
    Intent.TOTAL: _how_many,
    Intent.MOST: _most,
    Intent.MORE: _more,
    Intent.COMPARE: _compare,
    Intent.LEFT: _left,
    Intent.NEARBY: _nearby,
    Intent.NEARER: _nearer,
    Intent.NEXT: _on(tell_next),
    Intent.PREVIOUS: _on(tell_previous),
    Intent.FIRST: _on(lambda state, facts: tell_nth(state, 0, facts)),
    Intent.LIST: _list,
    Intent.ONLY: _only,
    Intent.CHILD: _change_product,
    Intent.ADULT: _change_product,
}
