"""What may be chosen after an outcome, and the question that offers it."""

from shared import outcomes as o
from shared.catalog import Pharmacy
from shared.dialog.facts import Facts, needs_county
from shared.dialog.values import Option, State, Step
from shared.places.districts import District, by_key
from shared.speech.say import say_options, say_prompt

_ASKS_ITSELF = (
    o.Greeting,
    o.AskPlace,
    o.NeedPharmacy,
    o.NotHeard,
    o.NotUnderstood,
    o.UnknownPostalCode,
    o.Goodbye,
    o.NoData,
    o.Busy,
    o.Emergency,
)
"""Outcomes whose own sentence is the question, or that ask nothing."""

_ASKS_ELSEWHERE = (o.SoldOut, o.NoPharmacy, o.NoNext)
"""Outcomes after which another place is asked for, whatever was told before."""

_KEEPS_OPTIONS = (o.NotHeard, o.NotUnderstood, o.NotAChoice, o.Slower, o.Help)
"""Outcomes in the middle of a choice, which stays open."""

_SAYS_AGAIN = (o.Slower, o.LanguageChanged)
"""Outcomes that end with what was said before."""

NEW_PLACE = (*_ASKS_ITSELF, *_ASKS_ELSEWHERE)


def offer(outcome: o.Outcome, step: Step, state: State, facts: Facts) -> tuple[Option, ...]:
    """What 1, 2, 3 choose after `outcome`; () where a place is asked for."""
    match outcome:
        case o.AmbiguousPlace(places):
            steps: list[Step] = [("district", place.key, step[1]) for place in places]
            return _named(steps, facts)
        case o.AmbiguousCounty(counties):
            return _named([("county", county.name) for county in counties], facts)
        case o.AmbiguousLandmark(landmarks):
            return _named([("landmark", one.spoken[0]) for one in landmarks], facts)
        case o.AmbiguousPharmacy(pharmacies):
            steps = [("pharmacy", pharmacy.id) for pharmacy in pharmacies]
            return _named(steps, facts, by_place=outcome.same_name)
        case _ if isinstance(outcome, _KEEPS_OPTIONS) and state.options:
            by_place = state.step[:1] == ("namesakes",)
            return _named(list(state.options), facts, by_place=by_place)
        case _ if isinstance(outcome, NEW_PLACE) or not facts.talked_about(state):
            return ()
    return _named([("next",), ("address",), _reach(facts, state, outcome)], facts)


def _reach(facts: Facts, state: State, outcome: o.Outcome) -> Step:
    """The third option: the telephone number, and once it was told, to be connected."""
    pharmacy = facts.talked_about(state)
    can_ring = pharmacy is not None and facts.can_ring(pharmacy)
    return ("connect",) if can_ring and isinstance(outcome, o.PhoneTold) else ("phone",)


def _named(steps: list[Step], facts: Facts, by_place: bool = False) -> tuple[Option, ...]:
    """`steps` with their words and keys. A single name is offered with yes and no."""
    if len(steps) == 1:
        steps = [steps[0], ("no",)]
    if steps[-1] == ("no",):
        return (Option(steps[0], "yes", "1"), Option(steps[1], "no", "2"))
    return tuple(
        Option(step, _label(step, facts, by_place), str(key))
        for key, step in enumerate(steps, start=1)
    )


def _label(step: Step, facts: Facts, by_place: bool) -> str:
    match step:
        case ("district", key, *_) if key in by_key():
            return "=" + place_name(by_key()[key], with_county=True)
        case ("county" | "landmark", name):
            return "=" + name
        case ("pharmacy", pharmacy_id):
            pharmacy = facts.pharmacy(pharmacy_id)
            return "=" + _pharmacy_label(pharmacy, by_place) if pharmacy else "no"
    return step[0]


def _pharmacy_label(pharmacy: Pharmacy, by_place: bool) -> str:
    district = place_name(pharmacy.district, with_county=needs_county(pharmacy.district))
    return district if by_place else district + pharmacy.name


def place_name(district: District, with_county: bool) -> str:
    """台北市大安區, or 大安區 where that is enough."""
    return district.key if with_county else district.name


_JUST_TOLD = {o.AddressTold: "address", o.PhoneTold: "phone"}


def prompt(outcome: o.Outcome, options: tuple[Option, ...], state: State, facts: Facts) -> str:
    """The question after an answer; "" where the answer itself asks or nothing is asked."""
    keys = facts.channel.keys
    if isinstance(outcome, o.NotHeard | o.NotUnderstood) and not (options and outcome.times < 3):
        return ""
    if options:
        told = _JUST_TOLD.get(type(outcome), "")
        labels = [(option.label, option.key) for option in options if option.label != told]
        return say_options(labels, state.locale, keys=keys)
    if isinstance(outcome, _ASKS_ITSELF) or (isinstance(outcome, _SAYS_AGAIN) and state.step):
        return ""
    return say_prompt("other_place" if state.place else "any_place", state.locale)
