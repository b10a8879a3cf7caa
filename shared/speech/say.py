"""An outcome → the words of its answer; what may come next → the words of the question."""

from collections.abc import Sequence
from urllib.parse import quote

from shared import outcomes as o
from shared.catalog import Pharmacy
from shared.speech.opening import say_opening
from shared.speech.rules import say_rules
from shared.speech.syllables import syllables
from shared.speech.texts import fill, texts
from shared.speech.voice import Voice, voice_of

IN_SIX_SECONDS = 21
"""Syllables at 3.5 a second: place, pharmacy and count are heard within them."""

_MAP = "https://www.google.com/maps/search/?api=1&query="


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
    voice = voice_of(locale, for_the_eye)
    text = _say(outcome, voice, times, keys, for_the_eye)
    if times == 0 or text != _say(outcome, voice, times - 1, keys, for_the_eye):
        return text
    return fill(voice.locale, "again", times - 1) + text


def _say(  # noqa: C901  one flat match, a sentence a case
    outcome: o.Outcome, voice: Voice, times: int, keys: bool, eye: bool
) -> str:
    def t(key: str, **blanks: str) -> str:
        return fill(voice.locale, key, times, **blanks)

    match outcome:
        case o.Found():
            return _found(outcome, voice, eye)
        case o.Greeting(demo=demo):
            return t("greeting_demo" if demo else "greeting")
        case o.AskPlace(county):
            if county:
                return t("ask_place_in", county=voice.county(county))
            return t("ask_place")
        case o.AmbiguousPlace(places):
            if len(places) == 1:
                return t("confirm_place", place=voice.district(places[0], True))
            return t("ambiguous_place")
        case o.AmbiguousPharmacy():
            return _which_pharmacy(outcome, voice, times)
        case o.AddressTold(pharmacy):
            return _address(pharmacy, voice, times, eye)
        case o.PhoneTold(pharmacy):
            key = "phone" if pharmacy.phone else "phone_unknown"
            return t(key, name=voice.name(pharmacy), phone=voice.phone(pharmacy.phone))
        case o.HoursTold(pharmacy, opening):
            told = say_opening(opening, voice, whole=True)
            key = "hours" if told else "hours_unknown"
            return t(key, name=voice.name(pharmacy), hours=told)
        case o.SoldOut(place, product) | o.NoNext(place, product):
            key = "sold_out" if isinstance(outcome, o.SoldOut) else "no_next"
            return t(key, place=voice.district(place, False), product=voice.product(product))
        case o.NoPharmacy(place):
            return t("no_pharmacy", place=voice.district(place, True))
        case o.NotHeard() | o.NotUnderstood():
            return _ladder(outcome, voice, keys)
        case o.UnknownPostalCode(digits):
            return t("unknown_postal_code", digits=voice.digits(digits))
        case o.RulesTold():
            return say_rules(outcome, voice)
        case o.DataTime(as_of, demo):
            key = "data_time_demo" if demo else "data_time"
            return t(key, date=voice.day(as_of), time=voice.time(as_of))
        case o.ToPerson(number, connects):
            key = "to_person" if connects else "to_person_told"
            return t(key, number=voice.phone(number))
        case o.ToPharmacy(pharmacy, connects):
            return _to_pharmacy(pharmacy, connects, voice)
        case o.NoData(operator):
            return t("no_data", operator=voice.phone(operator))
        case o.RestockTold(pharmacy, _, at):
            if at is None:
                return t("restocked_unknown", name=voice.name(pharmacy))
            return t("restocked", name=voice.name(pharmacy), time=voice.time(at))
        case o.SelloutTold(pharmacy, product, about):
            if about is None:
                return t("sellout_unknown", name=voice.name(pharmacy))
            words = {"product": voice.product(product), "time": voice.time(about)}
            return t("sellout", name=voice.name(pharmacy), **words)
    return t(_PLAIN[type(outcome)])


_PLAIN: dict[type, str] = {
    o.NeedPharmacy: "need_pharmacy",
    o.NoPrevious: "no_previous",
    o.Help: "help",
    o.Slower: "slower",
    o.NotAChoice: "not_a_choice",
    o.NoAnswer: "no_answer",
    o.NotRemembered: "not_remembered",
    o.Forgotten: "forgotten",
    o.LanguageChanged: "language",
    o.Goodbye: "goodbye",
}
"""Outcomes whose sentence has no blank."""


def _found(outcome: o.Found, voice: Voice, eye: bool) -> str:
    """Place, pharmacy, count first; then the rest, the road, and since when."""
    locale = voice.locale
    first, *others = outcome.counts
    blanks = {
        "where": voice.district(outcome.pharmacy.district, outcome.name_county),
        "name": voice.name(outcome.pharmacy),
        "product": voice.product(first.product),
        "count": voice.count(first.left, voice.unit(first.product)),
    }
    key = "found" if outcome.in_stock else "found_none"
    sentences = [fill(locale, key, **blanks)]
    if outcome.in_stock and not eye and syllables(sentences[0]) > IN_SIX_SECONDS:
        sentences = [fill(locale, "found_brief", **blanks)]
    for count in others:
        key = "found_other" if count.left else "found_other_none"
        told = voice.count(count.left, voice.unit(count.product))
        sentences.append(fill(locale, key, product=voice.product(count.product), count=told))
    if outcome.neighbour_of:
        asked = voice.district(outcome.neighbour_of, False)
        sentences.append(fill(locale, "found_neighbour", asked=asked))
    sentences.append(say_opening(outcome.opening, voice))
    if road := voice.road(outcome.pharmacy):
        sentences.append(fill(locale, "found_road", road=road))
    if outcome.walk_m is not None:
        sentences.append(fill(locale, "found_walk", distance=voice.distance(outcome.walk_m)))
    if outcome.as_of:
        when = {"date": voice.day(outcome.as_of), "time": voice.time(outcome.as_of)}
        sentences.append(fill(locale, "as_of", **when))
    return _join(sentences, voice, eye)


def _join(sentences: Sequence[str], voice: Voice, eye: bool) -> str:
    gap = "\n" if eye else "" if voice.locale != "en-US" else " "
    return gap.join(sentence for sentence in sentences if sentence)


def _which_pharmacy(outcome: o.AmbiguousPharmacy, voice: Voice, times: int) -> str:
    first = outcome.pharmacies[0]
    place = voice.district(first.district, True)
    if len(outcome.pharmacies) == 1:
        blanks = {"place": place, "name": voice.name(first)}
        return fill(voice.locale, "confirm_pharmacy", times, **blanks)
    if outcome.same_name:
        key = "namesakes_more" if outcome.more else "namesakes"
        return fill(voice.locale, key, times, name=voice.name(first))
    return fill(voice.locale, "ambiguous_pharmacy", times)


def _address(pharmacy: Pharmacy, voice: Voice, times: int, eye: bool) -> str:
    blanks = {
        "name": voice.name(pharmacy),
        "place": voice.district(pharmacy.district, True),
        "address": voice.address(pharmacy),
    }
    text = fill(voice.locale, "address", times, **blanks)
    return f"{text}\n{_MAP}{quote(pharmacy.address.text)}" if eye else text


def _ladder(outcome: o.NotHeard | o.NotUnderstood, voice: Voice, keys: bool) -> str:
    """Each time other words; when it goes on, the last two in turn."""
    key = "not_heard" if isinstance(outcome, o.NotHeard) else "not_understood"
    lines = texts(voice.locale)[key if keys else key + "_voice"]
    beyond = max(0, outcome.times - len(lines))
    return lines[min(outcome.times, len(lines)) - 1 - beyond % 2]


def _to_pharmacy(pharmacy: Pharmacy, connects: bool, voice: Voice) -> str:
    if not pharmacy.phone:
        return fill(voice.locale, "phone_unknown", name=voice.name(pharmacy))
    key = "to_pharmacy" if connects else "to_pharmacy_told"
    phone = voice.phone(pharmacy.phone)
    return fill(voice.locale, key, name=voice.name(pharmacy), phone=phone)


def say_options(labels: Sequence[tuple[str, str]], locale: str, *, keys: bool) -> str:
    """The question that offers `labels`: (label, key), at most three.

    A label is next, address, phone, connect, yes, no, or `=` and a name to choose. With `keys` the
    option comes before its key; without, the words are told that may be said.
    """
    words = texts(locale)
    kind = "" if keys else "_voice"
    if labels[0][0] == "yes":
        return fill(locale, "option_voice_yes_no" if not keys else "option_yes_no")
    named = labels[0][0].startswith("=")
    if keys:
        return (
            "；".join(
                _option(label, key, locale, first=not place)
                for place, (label, key) in enumerate(labels)
            )
            + "。"
        )
    told = [label[1:] if named else words[f"voice_{label}"][0] for label, _ in labels]
    *head, last = told
    between, before_last = words["or"]
    joined = between.join(head) + before_last + last if head else last
    return fill(locale, f"option{kind}_named" if named else f"option{kind}", labels=joined)


def _option(label: str, key: str, locale: str, first: bool) -> str:
    spoken_key = voice_of(locale, False).digits(key)
    if label.startswith("="):
        return fill(locale, "option_named", label=label[1:], key=spoken_key)
    words = fill(locale, f"label_{label}")
    return fill(locale, "option" if first else "option_more", label=words, key=spoken_key)


def say_prompt(name: str, locale: str) -> str:
    """A question that stands alone: other_place."""
    return fill(locale, name)
