"""An outcome → the words of its answer."""

from shared import outcomes as o
from shared.catalog import Pharmacy
from shared.places.districts import by_key
from shared.speech.about import say_about_pharmacy
from shared.speech.counted import say_counted
from shared.speech.found import called, line_of, map_link, say_as_of, say_found
from shared.speech.hours import say_opening
from shared.speech.options import say_options, say_prompt
from shared.speech.restock import say_restock
from shared.speech.rules import say_rules
from shared.speech.text_keys import TOPIC, VOICE, WITHOUT_KEYS
from shared.speech.texts import fill, texts
from shared.speech.wording import Wording
from shared.speech.wordings import wording_of

__all__ = ["say_options", "say_outcome", "say_prompt"]


def say_outcome(
    outcome: o.Outcome,
    locale: str,
    *,
    times: int = 0,
    keys: bool = True,
    for_the_eye: bool = False,
) -> str:
    """The answer in words, never empty.

    `times`: how often the same was said in a row before; no text equals the one before it.
    `keys`: the caller has a keypad that may be spoken of.
    """
    wording = wording_of(locale, for_the_eye)
    text = _say(outcome, wording, times, keys, for_the_eye)
    if times and text == _say(outcome, wording, times - 1, keys, for_the_eye):
        text = fill(wording.locale, "again", times - 1) + wording.gap + text
    if for_the_eye:  # a number has a blank before it, and may begin a line
        return "\n".join(line.strip() for line in text.splitlines())
    return text


def _say(  # noqa: C901  one flat match, a sentence a case
    outcome: o.Outcome, wording: Wording, times: int, keys: bool, eye: bool
) -> str:
    def t(key: str, **blanks: str) -> str:
        called = "" if keys or key not in WITHOUT_KEYS else VOICE
        return fill(wording.locale, key + called, times, **blanks)

    if told := say_about_pharmacy(outcome, wording, times) or say_counted(outcome, wording, times):
        return told
    match outcome:
        case o.TopicTold(name):
            return t(TOPIC + name)
        case o.Found():
            return say_found(outcome, wording, eye)
        case o.Greeting(product, demo):
            return t("greeting_demo" if demo else "greeting", line=line_of(product, wording))
        case o.NotCounted(product):
            return t("not_counted", line=line_of(product, wording))
        case o.AskPlace(county, why):
            if county is None:
                return t(
                    f"ask_place_{why}" if why else "ask_place", example=_example(outcome, wording)
                )
            key = "ask_place_in_county" if county.name.endswith("縣") else "ask_place_in"
            return t(key, county=wording.county(county))
        case o.AmbiguousPlace(places):
            if len(places) == 1:
                return t("confirm_place", place=wording.district(places[0], True))
            if outcome.more:
                return t("ambiguous_place_more", name=wording.district(places[0], False))
            return t("ambiguous_place")
        case o.AmbiguousCounty():
            return t("ambiguous_county")
        case o.AmbiguousLandmark(landmarks):
            if len(landmarks) == 1:
                return t("confirm_place", place=wording.landmark(landmarks[0].spoken[0]))
            return t("ambiguous_landmark")
        case o.AmbiguousPharmacy():
            return _which_pharmacy(outcome, wording, times)
        case o.AddressTold(pharmacy):
            return _address(pharmacy, wording, times, eye)
        case o.PhoneTold(pharmacy):
            key = "phone" if pharmacy.phone else "phone_unknown"
            return t(key, name=wording.name(pharmacy), phone=wording.phone(pharmacy.phone))
        case o.HoursTold(pharmacy, opening):
            told = say_opening(opening, wording, whole=True)
            key = "hours" if told else "hours_unknown"
            return t(key, name=wording.name(pharmacy), hours=told)
        case o.SoldOut(place, product, as_of, as_of_day, unknown):
            key = "count_unknown" if unknown else "sold_out"
            text = t(key, place=wording.district(place, False), product=called(product, wording))
            return text + wording.gap + say_as_of(as_of, wording, day=as_of_day) if as_of else text
        case o.NoNext(place, product, alone):
            words = {"place": wording.district(place, False), "product": called(product, wording)}
            return t("no_next_alone" if alone else "no_next", **words)
        case o.NoPharmacy(place):
            return t("no_pharmacy", place=wording.district(place, True))
        case o.NotHeard() | o.NotUnderstood():
            return _ladder(outcome, wording, keys)
        case o.UnknownPostalCode(digits):
            return t("unknown_postal_code", digits=wording.digits(digits))
        case o.RulesTold():
            return say_rules(outcome, wording)
        case o.LookedUp(sentence, values):
            return t(sentence, **{blank: wording.value(one) for blank, one in values.items()})
        case o.ToPerson(number, connects):
            key = "to_person" if connects else "to_person_told"
            return t(key, number=wording.phone(number))
        case o.ToPharmacy(pharmacy, connects):
            return _to_pharmacy(pharmacy, connects, wording)
        case o.NoData(operator):
            return t("no_data", operator=wording.phone(operator))
        case o.Busy(operator):
            return t("busy", operator=wording.phone(operator))
        case o.RestockTold(pharmacy, _, at):
            if at is None:
                return t("restocked_unknown", name=wording.name(pharmacy))
            return t("restocked", name=wording.name(pharmacy), time=wording.time(at))
        case o.SelloutTold(pharmacy, product, about):
            if about is None:
                return t("sellout_unknown", name=wording.name(pharmacy))
            words = {"product": wording.product(product), "time": wording.time(about)}
            return t("sellout", name=wording.name(pharmacy), **words)
        case o.NotifySet() | o.Restocked():
            return say_restock(outcome, wording, eye)
        case o.NotifyOff(was_on):
            return t("notify_off" if was_on else "notify_none")
    return t(_PLAIN[type(outcome)])


_PLAIN: dict[type, str] = {
    o.NeedPharmacy: "need_pharmacy",
    o.NoPrevious: "no_previous",
    o.Help: "help",
    o.Slower: "slower",
    o.Emergency: "emergency",
    o.NotAChoice: "not_a_choice",
    o.NoAnswer: "no_answer",
    o.NotifyWhich: "notify_which",
    o.NotifyFull: "notify_full",
    o.NotifyFailed: "notify_failed",
    o.NotRemembered: "not_remembered",
    o.Forgotten: "forgotten",
    o.NotForgotten: "not_forgotten",
    o.LanguageChanged: "language",
    o.Goodbye: "goodbye",
}
"""Outcomes whose sentence has no blank."""


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


def _address(pharmacy: Pharmacy, wording: Wording, times: int, eye: bool) -> str:
    if eye:
        return "\n".join((wording.name(pharmacy), pharmacy.address.text, map_link(pharmacy)))
    blanks = {"name": wording.name(pharmacy), "place": wording.district(pharmacy.district, True)}
    if address := wording.address(pharmacy):
        return fill(wording.locale, "address", times, address=address, **blanks)
    return fill(wording.locale, "address_unknown", times, **blanks)


def _ladder(outcome: o.NotHeard | o.NotUnderstood, wording: Wording, keys: bool) -> str:
    """Each time other words; when it goes on, the last two in turn."""
    key = "not_heard" if isinstance(outcome, o.NotHeard) else "not_understood"
    if outcome.offers and outcome.times <= len(texts(wording.locale)[key + "_offers"]):
        return texts(wording.locale)[key + "_offers"][outcome.times - 1]
    lines = texts(wording.locale)[key if keys else key + "_voice"]
    beyond = max(0, outcome.times - len(lines))
    line = lines[min(outcome.times, len(lines)) - 1 - beyond % 2]
    return line.format(example=_example(outcome, wording))


def _example(outcome: o.AskPlace | o.NotHeard | o.NotUnderstood, wording: Wording) -> str:
    """The district to say 「像是…」 with; the usual one where none is given."""
    return wording.district(outcome.example or by_key()[_EXAMPLE], False)


_EXAMPLE = "新北市板橋區"
"""The district with the most people."""


def _to_pharmacy(pharmacy: Pharmacy, connects: bool, wording: Wording) -> str:
    if not pharmacy.phone:
        return fill(wording.locale, "phone_unknown", name=wording.name(pharmacy))
    key = "to_pharmacy" if connects else "to_pharmacy_told"
    phone = wording.phone(pharmacy.phone)
    return fill(wording.locale, key, name=wording.name(pharmacy), phone=phone)
