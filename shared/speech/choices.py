"""What is asked back: the place, or which of several was meant."""

from shared import outcomes as o
from shared.places.districts import by_key
from shared.speech.texts import fill
from shared.speech.wording import Wording

_EXAMPLE = "新北市板橋區"
"""The district with the most people."""


def say_choice(outcome: o.Outcome, wording: Wording, times: int) -> str:
    """The question; "" where the outcome is none of these."""

    def t(key: str, **blanks: str) -> str:
        return fill(wording.locale, key, times, **blanks)

    match outcome:
        case o.AskPlace():
            return _which_place(outcome, wording, times)
        case o.AmbiguousPlace(places):
            if len(places) == 1:
                return t("confirm_place", place=wording.district(places[0], True))
            if outcome.more:
                return t("ambiguous_place_more", name=wording.district(places[0], False))
            return t("ambiguous_place")
        case o.AmbiguousCounty():
            return t("ambiguous_county")
        case o.AmbiguousLandmark():
            return _which_landmark(outcome, wording, times)
        case o.AmbiguousPharmacy():
            return _which_pharmacy(outcome, wording, times)
    return ""


def _which_place(outcome: o.AskPlace, wording: Wording, times: int) -> str:
    if outcome.county is None:
        if outcome.why == "chain":
            chain = wording.chain(outcome.chain)
            return fill(wording.locale, "ask_place_chain", times, chain=chain)
        key = f"ask_place_{outcome.why}" if outcome.why else "ask_place"
        return fill(wording.locale, key, times, example=example_of(outcome, wording))
    key = "ask_place_in_county" if outcome.county.name.endswith("縣") else "ask_place_in"
    return fill(wording.locale, key, times, county=wording.county(outcome.county))


def _which_landmark(outcome: o.AmbiguousLandmark, wording: Wording, times: int) -> str:
    if outcome.district:
        return fill(wording.locale, "ambiguous_place", times)
    if len(outcome.landmarks) > 1:
        return fill(wording.locale, "ambiguous_landmark", times)
    place = wording.landmark(outcome.landmarks[0].spoken[0])
    return fill(wording.locale, "confirm_place", times, place=place)


def _which_pharmacy(outcome: o.AmbiguousPharmacy, wording: Wording, times: int) -> str:
    first = outcome.pharmacies[0]
    place = wording.district(first.district, True)
    if len(outcome.pharmacies) == 1:
        blanks = {"place": place, "name": wording.name(first)}
        return fill(wording.locale, "confirm_pharmacy", times, **blanks)
    if outcome.same_name:
        key = "namesakes_more" if outcome.more else "namesakes"
        return fill(wording.locale, key, times, name=wording.name(first))
    return fill(wording.locale, "ambiguous_pharmacy", times)


def example_of(outcome: o.AskPlace | o.NotHeard | o.NotUnderstood, wording: Wording) -> str:
    """The district to say 「像是…」 with; the usual one where none is given."""
    return wording.district(outcome.example or by_key()[_EXAMPLE], False)
