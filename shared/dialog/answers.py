"""What is told next: a pharmacy of a place, near a landmark, another one, or more about it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice
from typing import assert_never

from shared.catalog import Kind, Location, Pharmacy
from shared.dialog.acts import (
    ASKS_BACK,
    UNLISTED,
    About,
    Act,
    Choice,
    ChoosePharmacy,
    Intent,
    Lack,
    Phrase,
    RequestPlace,
    Say,
    TakeAbout,
    TakeCounty,
    TakeDistrict,
    TakeLandmark,
    TakeNext,
    TakeNone,
    TakePharmacy,
    TellAbout,
    TellNone,
    TellPharmacy,
    TellTopic,
    Told,
)
from shared.dialog.facts import Facts, written_point
from shared.dialog.values import State
from shared.places.districts import by_key
from shared.places.landmarks import Landmark, landmark_named

Decision = tuple[State, Told]

TOLD_LIMIT = 16
"""Ids kept of the pharmacies told of: with more the state outgrows Twilio's action URL."""

FAR_M = 30_000
"""Nobody walks farther for a mask, and nobody there is in Taiwan: its islands are within it."""

LOOKED_THROUGH = 40
"""Pharmacies that are looked through for one with more, or a nearer one."""


def open_question(state: State) -> Told | None:
    """What was asked last and is still to be answered by a name or a choice; None where nothing
    was, or a yes or no answers it."""
    last = state.last
    return last if isinstance(last, ASKS_BACK) and TakeNone() not in state.options else None


_SMALL_TALK = frozenset(
    {"greeting", "wait", "okay", "louder", "lost", "other", "shortage", "complaint", "shops"}
)
"""Topics that tell nothing to be said again, or only lead to what was said with them."""


def to_say_again(state: State) -> Sequence[Told]:
    """What 「再說一次」 asks for: the topics just told of, else what was said last."""
    words = state.passing.split(" ")
    topics = words[1::2] if set(words[::2]) == {TellTopic.code} else ()
    return tuple(TellTopic(name) for name in topics if name not in _SMALL_TALK) or state.said


def not_understood(state: State) -> Say:
    """That nothing was understood, and how often in a row."""
    return Say(Phrase.NOT_UNDERSTOOD, state.unheard + 1)


def ask_district(state: State, key: str, facts: Facts, road: str = "") -> Decision:
    """The best pharmacy of a district (or next to it), or that there is none."""
    if state.kind == Kind.HEALTH_CENTRE:
        return _ask_centre(replace(state, kind=""), key, facts)
    state = state.turned_to(key, road)
    if found := tell_best(state, facts):
        return found
    state = replace(state, open_at="", chain="")
    if not facts.in_place(by_key()[key]):
        return state, TellNone(Lack.NO_PHARMACY, key)
    if state.kind:
        kind, state = state.kind, replace(state, kind="")
        return state, TellNone(Lack.ONLY_KIND, key, facts.product(state).id, kind)
    return state, TellNone(Lack.SOLD_OUT, key, facts.product(state).id)


def tell_best(state: State, facts: Facts) -> Decision | None:
    """The best pharmacy by all that was asked for, or without what it does soonest without."""
    if choice := facts.choice(state):
        return tell(state, choice, facts)
    if lacking := _without_a_condition(state):
        state, lack = lacking
        found = tell_best(state, facts)
        return of_another(found, lack) if found else None
    return None


def _without_a_condition(state: State) -> tuple[State, str] | None:
    """`state` without the condition that it does soonest without, and that; None where it has
    none: the time that was asked for, then the chain."""
    if state.open_at:
        return replace(state, open_at=""), state.open_at
    return (replace(state, chain=""), state.chain) if state.chain else None


def of_another(decision: Decision, lack: str) -> Decision:
    """A pharmacy that stands in for what was asked for (`TellPharmacy.in_vain`)."""
    state, told = decision
    return state, replace(told, in_vain=lack) if isinstance(told, TellPharmacy) else told


def _ask_centre(state: State, key: str, facts: Facts) -> Decision:
    """The health centre of a district; where it has none, that and what it has instead."""
    centres = [one for one in facts.in_place(by_key()[key]) if one.kind is Kind.HEALTH_CENTRE]
    if centres:
        product = facts.product(state)
        most = max(centres, key=lambda one: facts.snapshot.left(one, product))
        return ask_pharmacy(state, most, facts)
    return of_another(ask_district(state, key, facts), str(Kind.HEALTH_CENTRE))


def ask_pharmacy(state: State, pharmacy: Pharmacy, facts: Facts) -> Decision:
    """A pharmacy that was asked for by name, whether it has any or not."""
    state = replace(state.turned_to(pharmacy.district.key), kind="", chain="", open_at="")
    return tell(state, pharmacy, facts)


def ask_landmark(state: State, landmark: Landmark, facts: Facts) -> Decision:
    """What is near it; without coordinates in the feed, what its district has."""
    key = landmark.district.key
    near = state.turned_to(key, near=landmark.key)
    if choice := facts.choice(near):
        return tell(near, choice, facts, "walk")
    if lacking := _without_a_condition(state):
        state, lack = lacking
        return of_another(ask_landmark(state, landmark, facts), lack)
    return ask_district(state, key, facts)


def ask_point(state: State, point: Location, facts: Facts) -> Decision | None:
    """The nearest to where somebody stands, with its distance; None where there is none around, or
    the feed has no points: then her address is asked about."""
    near = state.turned_to("", near=written_point(point))
    choice = facts.choice(near)
    walk = facts.walk_to(choice, near) if choice else None
    if choice is None or walk is None or walk > FAR_M:
        return None
    return tell(replace(near, place=choice.district.key), choice, facts, "walk")


def tell(state: State, pharmacy: Pharmacy, facts: Facts, why: str = "") -> Decision:
    """A pharmacy, which is talked about from now on."""
    told, product = state.told, facts.product(state).id
    if pharmacy.id not in told:
        told = (*told, pharmacy.id)[-TOLD_LIMIT:]
    return replace(state, told=told, at=told.index(pharmacy.id)), TellPharmacy(
        pharmacy.id, product, why
    )


def tell_again(state: State, facts: Facts) -> Decision:
    """The pharmacy just told of, with its count."""
    pharmacy = facts.talked_about(state)
    if pharmacy is None:
        return state, RequestPlace()
    return state, TellPharmacy(pharmacy.id, facts.product(state).id)


def tell_next(state: State, facts: Facts) -> Decision:
    """The next one that would do; where there is none here, the next question for it leads on."""
    if not state.place:
        return state, Say(Phrase.NEED_PHARMACY)
    if state.at + 1 < len(state.told):
        state = replace(state, at=state.at + 1)
        return state, TellPharmacy(state.told[state.at], facts.product(state).id)
    if choice := facts.choice(state):
        return _tell_next_most(state, facts) or tell(state, choice, facts)
    if lacking := _without_a_condition(state):
        state, lack = lacking
        return of_another(tell_next(state, facts), lack)
    asks_again = any(isinstance(one, TellNone) and one.what is Lack.NO_NEXT for one in state.said)
    if asks_again and (choice := facts.beyond(state)):
        return tell(state, choice, facts)
    return state, TellNone(Lack.NO_NEXT, state.place, facts.product(state).id)


MOST, NEXT_MOST = "most", "next_most"
"""`TellPharmacy.why` of the one that has the most, and of those told behind it."""


def _tell_next_most(state: State, facts: Facts) -> Decision | None:
    """After the one with the most the one that has most of the others, and so on; else None."""
    ranked = (isinstance(one, TellPharmacy) and one.why in (MOST, NEXT_MOST) for one in state.said)
    if not any(ranked):
        return None
    product = facts.product(state)
    others = sorted(facts.choices(state), key=lambda one: -facts.snapshot.left(one, product))
    return tell(state, others[0], facts, NEXT_MOST) if others else None


def tell_next_door(state: State, facts: Facts) -> Decision:
    """One in a district next to the one talked about, which is talked about from now on."""
    if not state.place:
        return state, RequestPlace()
    if choice := facts.beyond(state, state.places_before) or facts.beyond(state):
        return tell(state.turned_to(choice.district.key), choice, facts)
    return state, TellNone(Lack.NO_NEXT, state.place, facts.product(state).id)


def tell_nth(state: State, place: int, facts: Facts) -> Decision:
    """The first, second or third of those told of; where there were not so many, of those that
    come next, as far as there are. Of several places told at once, the one told for that place."""
    if place < len(state.row) and not set(state.row) <= set(state.told):
        return take(state, TakePharmacy(state.row[place]), facts)
    if place < len(state.told):
        state = replace(state, at=place)
        return state, TellPharmacy(state.told[place], facts.product(state).id)
    state, told = tell_next(replace(state, at=max(0, len(state.told) - 1)), facts)
    while isinstance(told, TellPharmacy) and state.at < place:
        further, answer = tell_next(state, facts)
        if not isinstance(answer, TellPharmacy):
            break
        state, told = further, answer
    return state, told


def tell_previous(state: State, facts: Facts) -> Decision:
    """The one told of before; behind the first of a place that of the place before."""
    if state.at < 1 and state.told and (before := facts.pharmacy(state.shop_before)):
        return ask_pharmacy(state, before, facts)
    if state.at < 1:
        return state, Say(Phrase.NO_PREVIOUS if state.told else Phrase.NEED_PHARMACY)
    state = replace(state, at=state.at - 1)
    return state, TellPharmacy(state.told[state.at], facts.product(state).id)


def tell_more(state: State, least: int, facts: Facts) -> Decision:
    """Another with at least so many, or if none has the one with most; without a number, with more
    than the one just told of."""
    product = facts.product(state)
    here = facts.talked_about(state)
    had = facts.snapshot.left(here, product) if here else 0
    for choice in looked_through(state, facts):
        left = facts.snapshot.left(choice, product)
        if left >= (least or had + 1):
            why = "walk" if state.near and not here else ""
            return tell(state, choice, facts, "more" if here and left > had else why)
    most = max(
        facts.choices(state), key=lambda one: facts.snapshot.left(one, product), default=None
    )
    if least and most and facts.snapshot.left(most, product) > had:
        return tell(state, most, facts, MOST)
    return state, TellNone(Lack.NO_MORE, state.place, product.id)


def tell_nearer(state: State, facts: Facts) -> Decision:
    """One nearer than the one just told of; where it is not known to what, that is asked."""
    here = facts.talked_about(state)
    if here is None or not (state.near or state.road):
        return state, RequestPlace(why="nearer")
    if state.near in (one.id for one in facts.snapshot.catalog.pharmacies):
        return tell_next(state, facts)
    for choice in chain(looked_through(state, facts), _told_with_some(state, facts)):
        if _is_nearer(choice, here, state, facts):
            return tell(state, choice, facts, "walk")
    return state, TellAbout(here.id, About.NEAREST)


def _told_with_some(state: State, facts: Facts) -> list[Pharmacy]:
    """Those told of that have some, or may, the nearest first where that is known."""
    shops = [shop for one in state.told if (shop := facts.pharmacy(one))]
    some = [shop for shop in shops if facts.left(shop, facts.product(state)) != 0]
    return sorted(some, key=lambda shop: facts.walk_to(shop, state) or 0)


def _is_nearer(one: Pharmacy, other: Pharmacy, state: State, facts: Facts) -> bool:
    """Whether the walk to `one` is known to be shorter than that to the `other`."""
    walks = facts.walk_to(one, state), facts.walk_to(other, state)
    return None not in walks and walks[0] < walks[1]  # type: ignore[operator]  # both are known


def looked_through(state: State, facts: Facts) -> Iterator[Pharmacy]:
    """The best of those that would do, in which one of a kind is sought."""
    return islice(facts.choices(state), LOOKED_THROUGH)


def tell_about(state: State, act: Act, facts: Facts) -> Decision:
    """One thing about the pharmacy just told of."""
    pharmacy = facts.talked_about(state)
    if pharmacy is None:
        if act.intent is not Intent.NAME:  # told behind the pharmacy, which is named anyway
            state = replace(state, waiting=(str(act.intent),))
        if act.intent in (Intent.PLATES, Intent.SALE, Intent.HOURS):
            return state, RequestPlace(why="plates")
        return state, Say(Phrase.NEED_PHARMACY)
    asked = act.when.asked(facts.now, state.time_asked) if act.when else None
    return state, TellAbout(pharmacy.id, About(act.intent), str(asked or ""))


def take(state: State, choice: Choice, facts: Facts) -> Decision:
    """An option that was offered → what it does."""
    match choice:
        case TakeDistrict(key, road):
            return ask_district(state, key, facts, road) if key in by_key() else _where(state)
        case TakeCounty(name):
            return state, RequestPlace(name)
        case TakeLandmark(name):
            landmark = landmark_named().get(name)
            return ask_landmark(state, landmark, facts) if landmark else _where(state)
        case TakePharmacy(pharmacy_id):
            pharmacy = facts.pharmacy(pharmacy_id)
            return ask_pharmacy(state, pharmacy, facts) if pharmacy else _where(state)
        case TakeNext():
            return tell_next(state, facts)
        case TakeAbout(what):
            return tell_about(state, Act(Intent(what)), facts)
        case TakeNone():
            return none_of_those(state, facts)
        case _:
            assert_never(choice)


def none_of_those(state: State, facts: Facts) -> Decision:
    """None of what was offered: where that was pharmacies of a district that was named with them,
    that this one is not found, and what the district has; else the place is asked."""
    last = state.last
    if isinstance(last, ChoosePharmacy) and last.place in by_key():
        return of_another(ask_district(state, last.place, facts), UNLISTED)
    return _where(state)


def _where(state: State) -> Decision:
    return state, RequestPlace()
