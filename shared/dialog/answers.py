"""What is told next: a pharmacy of a place, near a landmark, another one, or more about it."""

from dataclasses import replace

from shared.catalog import Kind, Pharmacy
from shared.dialog.facts import Facts
from shared.dialog.values import Intent, State, Step
from shared.places.districts import by_key
from shared.places.landmarks import Landmark, landmark_named

Decision = tuple[State, Step]

TOLD_LIMIT = 20
"""Ids kept of the pharmacies told of: with more the state outgrows Twilio's action URL."""

ABOUT_A_PHARMACY = {
    Intent.ADDRESS: "address",
    Intent.PHONE: "phone",
    Intent.HOURS: "hours",
    Intent.CONNECT: "connect",
    Intent.RESTOCKED: "restocked",
    Intent.SELLOUT: "sellout",
}


def ask_district(state: State, key: str, facts: Facts, road: str = "") -> Decision:
    """The best pharmacy of a district (or next to it), or that there is none."""
    if state.kind:
        return _ask_centre(replace(state, kind=""), key, facts)
    state = replace(state, place=key, road=road, near="", told=(), at=-1)
    if choice := facts.choice(state):
        return _tell(state, choice, facts)
    if not facts.snapshot.catalog.by_district.get(by_key()[key]):
        return state, ("no_pharmacy", key)
    return state, ("sold_out", key, facts.product(state).id)


def _ask_centre(state: State, key: str, facts: Facts) -> Decision:
    """The health centre of a district; where it has none, that and what it has instead."""
    here = facts.snapshot.catalog.by_district.get(by_key()[key], ())
    centres = [pharmacy for pharmacy in here if pharmacy.kind is Kind.HEALTH_CENTRE]
    if centres:
        product = facts.product(state)
        most = max(centres, key=lambda one: facts.snapshot.left(one, product))
        return ask_pharmacy(state, most, facts)
    state, step = ask_district(state, key, facts)
    return state, (*step, "no_centre", key) if step[0] == "found" else step


def ask_pharmacy(state: State, pharmacy: Pharmacy, facts: Facts) -> Decision:
    """A pharmacy that was asked for by name, whether it has any or not."""
    place = pharmacy.district.key
    state = replace(state, place=place, road="", kind="", near="", told=(), at=-1)
    return _tell(state, pharmacy, facts)


def ask_landmark(state: State, landmark: Landmark, facts: Facts) -> Decision:
    """What is near it; without coordinates in the feed, what its district has."""
    key = landmark.district.key
    near = replace(state, place=key, road="", near=landmark.spoken[0], told=(), at=-1)
    if choice := facts.choice(near):
        return with_origin(_tell(near, choice, facts))
    return ask_district(state, key, facts)


def with_origin(decision: Decision) -> Decision:
    """A pharmacy told of, and said with it from where the walk to it is counted."""
    state, step = decision
    return state, (*step, "from") if step[0] == "found" else step


def _tell(state: State, pharmacy: Pharmacy, facts: Facts) -> Decision:
    told = (*state.told, pharmacy.id)[-TOLD_LIMIT:]
    product = facts.product(state).id
    return replace(state, told=told, at=len(told) - 1), ("found", pharmacy.id, product)


def tell_next(state: State, facts: Facts) -> Decision:
    if not state.place:
        return state, ("need_pharmacy",)
    if state.at + 1 < len(state.told):
        step = ("found", state.told[state.at + 1], facts.product(state).id)
        return replace(state, at=state.at + 1), step
    if choice := facts.choice(state):
        return _tell(state, choice, facts)
    asks_again = state.step[:1] == ("no_next",)
    if asks_again and (choice := facts.beyond(state)):
        return _tell(state, choice, facts)
    return state, ("no_next", state.place, facts.product(state).id)


def tell_nth(state: State, place: int, facts: Facts) -> Decision:
    """The first, second or third of those told of; the next where there were not so many."""
    if place < len(state.told):
        state = replace(state, at=place)
        return state, ("found", state.told[place], facts.product(state).id)
    return tell_next(replace(state, at=len(state.told) - 1), facts)


def tell_previous(state: State, facts: Facts) -> Decision:
    if state.at < 1:
        return state, ("no_previous",) if state.told else ("need_pharmacy",)
    step = ("found", state.told[state.at - 1], facts.product(state).id)
    return replace(state, at=state.at - 1), step


def tell_about(state: State, step: str, facts: Facts) -> Decision:
    pharmacy = facts.talked_about(state)
    return state, (step, pharmacy.id) if pharmacy else ("need_pharmacy",)


def take(state: State, option: Step, facts: Facts) -> Decision:
    """An option that was offered → what it does."""
    match option:
        case ("district", key, road) if key in by_key():
            return ask_district(state, key, facts, road)
        case ("county", name):
            return state, ("ask", name)
        case ("landmark", name) if name in landmark_named():
            return ask_landmark(state, landmark_named()[name], facts)
        case ("pharmacy", pharmacy_id):
            pharmacy = facts.pharmacy(pharmacy_id)
            return ask_pharmacy(state, pharmacy, facts) if pharmacy else (state, ("ask", ""))
        case ("next",):
            return tell_next(state, facts)
        case ("address" | "phone" | "connect" as step,):
            return tell_about(state, step, facts)
    return state, ("ask", "")
