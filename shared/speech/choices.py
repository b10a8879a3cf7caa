"""What is asked back: the place, or which of several was meant."""

from shared import outcomes as o
from shared.places.districts import by_key
from shared.speech.wording import Wording

_EXAMPLE = "新北市板橋區"
"""The district with the most people."""


def say_choice(outcome: o.Outcome, wording: Wording) -> str:
    """The question; "" where the outcome is none of these."""
    match outcome:
        case o.AskPlace():
            return _which_place(outcome, wording)
        case o.AmbiguousPlace(places):
            if len(places) == 1:
                return wording.say("confirm_place", place=wording.district(places[0], True))
            if outcome.more:
                return wording.say("ambiguous_place_more", name=wording.district(places[0], False))
            return wording.say("ambiguous_place")
        case o.AmbiguousCounty():
            return wording.say("ambiguous_county")
        case o.AmbiguousLandmark():
            return _which_landmark(outcome, wording)
        case o.AmbiguousPharmacy():
            return _which_pharmacy(outcome, wording)
    return ""


def _which_place(outcome: o.AskPlace, wording: Wording) -> str:
    if outcome.county is None:
        if outcome.why == "chain":
            chain = wording.chain(outcome.chain)
            return wording.say("ask_place_chain", chain=chain)
        key = f"ask_place_{outcome.why}" if outcome.why else "ask_place"
        return wording.say(key, example=example_of(outcome, wording))
    key = "ask_place_in_county" if outcome.county.name.endswith("縣") else "ask_place_in"
    return wording.say(key, county=wording.county(outcome.county))


def _which_landmark(outcome: o.AmbiguousLandmark, wording: Wording) -> str:
    if outcome.district:
        return wording.say("ambiguous_place")
    if len(outcome.landmarks) > 1:
        return wording.say("ambiguous_landmark")
    place = wording.landmark(outcome.landmarks[0].key)
    return wording.say("confirm_place", place=place)


def _which_pharmacy(outcome: o.AmbiguousPharmacy, wording: Wording) -> str:
    first = outcome.pharmacies[0]
    place = wording.district(first.district, True)
    if len(outcome.pharmacies) == 1:
        blanks = {"place": place, "name": wording.name(first)}
        return wording.say("confirm_pharmacy", **blanks)
    if outcome.same_name:
        key = "namesakes_more" if outcome.more else "namesakes"
        return wording.say(key, name=wording.name(first))
    return wording.say("ambiguous_pharmacy")


def example_of(outcome: o.AskPlace | o.NotHeard | o.NotUnderstood, wording: Wording) -> str:
    """The district to say 「像是…」 with; the usual one where none is given."""
    return wording.district(outcome.example or by_key()[_EXAMPLE], False)
