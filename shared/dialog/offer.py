"""What may be chosen after an outcome, and the question that offers it."""

from collections.abc import Sequence
from typing import assert_never

from shared import outcomes as o
from shared.catalog import Pharmacy
from shared.dialog.acts import (
    Choice,
    ChoosePharmacy,
    ChoosePlace,
    TakeAbout,
    TakeCounty,
    TakeDistrict,
    TakeLandmark,
    TakeNext,
    TakeNone,
    TakePharmacy,
    Told,
)
from shared.dialog.facts import Facts, needs_county
from shared.dialog.values import Channel, Option, State
from shared.locales import locale_of
from shared.outcomes import TRAITS, Then
from shared.places.districts import County, District, by_key
from shared.places.landmarks import landmark_named
from shared.speech.options import Label, say_options, say_prompt


def offer(outcome: o.Outcome, told: Told, state: State, facts: Facts) -> tuple[Option, ...]:
    """What 1, 2, 3 choose after `outcome`; () where a place is asked for."""
    match outcome:
        case o.AmbiguousPlace(places):
            road = told.road if isinstance(told, ChoosePlace) else ""
            return _named([TakeDistrict(place.key, road) for place in places], facts)
        case o.AmbiguousCounty(counties):
            return _named([TakeCounty(county.name) for county in counties], facts)
        case o.AmbiguousLandmark(landmarks, district):
            found: list[Choice] = [TakeLandmark(one.key) for one in landmarks]
            if district:
                found.append(TakeDistrict(district.key))
            return _named(found, facts, by_place=bool(district))
        case o.AmbiguousPharmacy(pharmacies):
            choices = [TakePharmacy(pharmacy.id) for pharmacy in pharmacies]
            return _named(choices, facts, by_place=outcome.same_name and _lie_apart(pharmacies))
        case o.Compared(sides):
            best_first = sorted(sides, key=lambda side: -side.left)
            return _named([_take_side(side) for side in best_first], facts)
    then = TRAITS[type(outcome)].then
    if then is Then.OPEN and state.options:
        return _named(state.options, facts, by_place=_asked_by_place(state, facts))
    if then in (Then.NOTHING, Then.PLACE) or not facts.talked_about(state):
        return ()
    return _USUAL[_reach(facts, state, outcome)]


_USUAL = {
    reach: (
        Option(TakeNext(), "next", "1"),
        Option(TakeAbout("address"), "address", "2"),
        Option(TakeAbout(reach), reach, "3"),
    )
    for reach in ("phone", "connect")
}
"""What is offered after an answer, by how the pharmacy is reached."""


def _asked_by_place(state: State, facts: Facts) -> bool:
    last = state.last
    if not isinstance(last, ChoosePharmacy) or not last.namesakes:
        return False
    return _lie_apart([one for one in map(facts.pharmacy, last.ids) if one])


def _lie_apart(pharmacies: Sequence[Pharmacy]) -> bool:
    """Whether each lies in another district, which then tells them apart."""
    return len({one.district for one in pharmacies}) == len(pharmacies)


def _take_side(side: o.Side) -> Choice:
    if isinstance(side.what, Pharmacy):
        return TakePharmacy(side.what.id)
    if isinstance(side.what, County):
        return TakeCounty(side.what.name)
    return TakeDistrict(side.what.key)


def _reach(facts: Facts, state: State, outcome: o.Outcome) -> str:
    """The third option: the telephone number, and once it was told, to be connected."""
    pharmacy = facts.talked_about(state)
    can_ring = pharmacy is not None and facts.can_ring(pharmacy)
    return "connect" if can_ring and isinstance(outcome, o.PhoneTold) else "phone"


def _named(choices: Sequence[Choice], facts: Facts, by_place: bool = False) -> tuple[Option, ...]:
    """`choices` with their words and keys. A single name is offered with yes and no."""
    if len(choices) == 1:
        choices = [*choices, TakeNone()]
    if isinstance(choices[-1], TakeNone):
        return (Option(choices[0], "yes", "1"), Option(choices[1], "no", "2"))
    return tuple(
        Option(choice, word_of(choice), str(key), _name(choice, facts, by_place))
        for key, choice in enumerate(choices, start=1)
    )


def word_of(choice: Choice) -> str:
    """The key of an option's words: next, address, phone, no; named for one that bears a name."""
    match choice:
        case TakeNext():
            return "next"
        case TakeAbout(what):
            return what
        case TakeNone():
            return "no"
        case TakeDistrict() | TakeCounty() | TakeLandmark() | TakePharmacy():
            return "named"
        case _:
            assert_never(choice)


def _name(choice: Choice, facts: Facts, by_place: bool) -> str:
    match choice:
        case TakeDistrict(key):
            return key if key in by_key() else ""
        case TakeLandmark(name) if by_place and name in landmark_named():
            return landmark_named()[name].district.key + name
        case TakeCounty(name) | TakeLandmark(name):
            return name
        case TakePharmacy(pharmacy_id):
            pharmacy = facts.pharmacy(pharmacy_id)
            return _pharmacy_name(pharmacy, by_place) if pharmacy else ""
    return ""


def _pharmacy_name(pharmacy: Pharmacy, by_place: bool) -> str:
    district = place_name(pharmacy.district, with_county=needs_county(pharmacy.district))
    return district if by_place else district + pharmacy.name


def place_name(district: District, with_county: bool) -> str:
    """台北市大安區, or 大安區 where that is enough."""
    return district.key if with_county else district.name


_JUST_TOLD = {o.AddressTold: "address", o.PhoneTold: "phone"}


def prompt(
    outcomes: Sequence[o.Outcome], options: tuple[Option, ...], state: State, facts: Facts
) -> str:
    """The question after the answers; "" where the last asks itself or nothing is asked."""
    last = outcomes[-1]
    if isinstance(last, o.NotHeard | o.NotUnderstood) and not (options and last.times < 3):
        return ""
    if isinstance(last, o.TopicTold) and last.name in QUIET:
        return ""
    if options:
        just_told = [_JUST_TOLD.get(type(outcome), "") for outcome in outcomes]
        left = tuple(option for option in options if option.label not in just_told)
        offered = _say_offered(left, state, facts.channel)
        if isinstance(last, o.Compared):
            which = say_prompt("which_side", state.locale)
            return which + locale_of(state.locale).gap + offered
        return offered
    if TRAITS[type(last)].then is Then.NOTHING:
        return ""
    if isinstance(last, o.Slower | o.LanguageChanged) and state.said:
        return ""
    return say_prompt("other_place" if state.place else "any_place", state.locale)


def _say_offered(options: tuple[Option, ...], state: State, channel: Channel) -> str:
    labels = [Label(option.label, option.key, option.name) for option in options]
    return say_options(labels, state.locale, keys=channel.keys, full=not state.keys_told)


QUIET = frozenset({"wait", "okay", "wrongnumber", "ill", "lost"})
"""Topics after which no options are read out, though they stay open."""
