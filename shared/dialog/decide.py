"""What to say next: (state, turn, facts) → (state, step)."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from shared.catalog import Kind, Pharmacy
from shared.dialog.facts import Facts
from shared.dialog.values import Intent, State, Step, Turn
from shared.names.resolution import Meant, PharmacyMatch, PlaceMatch, Resolution
from shared.places.districts import County, District, all_districts, by_key, by_postal_code
from shared.places.landmarks import Landmark, landmark_named

Decision = tuple[State, Step]

WORTH_OFFERING = 0.2
"""An option five times less likely than the first only makes the choice harder to remember."""

A_NAME_HEARD, A_PLACE_HEARD = 0.15, 0.9
"""A question in which no name scores as much as the first, but a district the second, is about the
district: 「三民區的藥局」 scores 0.02 and 0.997. Three names at 0.02 are nothing to choose from."""

Matched = TypeVar("Matched", PlaceMatch, PharmacyMatch)

_OFFERED = 3

_ONES = ("家", "間")
"""「第二家」 after an answer means another pharmacy; 「二」 means the second option."""

TOLD_LIMIT = 24
"""Ids kept of the pharmacies told of: with more the state outgrows Twilio's action URL."""

SILENCES_TO_END = 6
"""Nothing heard so often in a row: nobody is there any more, and the line costs money."""

_KEYS = {
    "0": Intent.OPERATOR,
    "*": Intent.REPEAT,
    "8": Intent.ENGLISH,
    "9": Intent.RESTART,
    "#": Intent.STOP,
    "1": Intent.CHOOSE1,
    "2": Intent.CHOOSE2,
    "3": Intent.CHOOSE3,
}

_CHOICES = (Intent.CHOOSE1, Intent.CHOOSE2, Intent.CHOOSE3)

_LOCALES = {Intent.ENGLISH: "en-US", Intent.JAPANESE: "ja-JP", Intent.MANDARIN: "zh-TW"}

_PLAIN: dict[Intent, Step] = {
    Intent.OPERATOR: ("operator",),
    Intent.HELP: ("help",),
    Intent.DATATIME: ("datatime",),
    Intent.FORGET: ("forgotten",),
    Intent.STOP: ("bye",),
}

_ABOUT_A_PHARMACY = {
    Intent.ADDRESS: "address",
    Intent.PHONE: "phone",
    Intent.HOURS: "hours",
    Intent.CONNECT: "connect",
    Intent.RESTOCKED: "restocked",
    Intent.SELLOUT: "sellout",
}

_PRODUCTS = {Intent.CHILD: "child_mask", Intent.ADULT: "adult_mask"}


def decide(state: State, turn: Turn, facts: Facts) -> Decision:
    """The step that answers `turn`, and the state with what it asked for."""
    if turn.unanswered:
        return state, ("no_answer",)
    if turn.keys:
        return _pressed(state, turn, facts)
    if turn.intent is None:
        return _nothing(state, turn)
    if _goes_on(state, turn):
        state, step = _take(state, state.options[0], facts)
        if turn.intent in (Intent.NEXT, Intent.NEARBY):
            return state, step
    return _wanted(state, turn.intent, turn, facts)


def _goes_on(state: State, turn: Turn) -> bool:
    """「是大安區嗎」, and the caller asks on: 「地址呢」 says yes without the word."""
    asked = turn.intent in (*_ABOUT_A_PHARMACY, *_PRODUCTS, Intent.NEXT, Intent.NEARBY)
    names = turn.resolution is not None and turn.resolution.meant is not Meant.NOTHING
    return asked and not names and state.options[1:] == (("no",),)


def _nothing(state: State, turn: Turn) -> Decision:
    if turn.opens:
        return state, ("greet",)
    if turn.heard:
        return state, ("not_understood", str(state.unheard + 1))
    if state.unheard + 1 >= SILENCES_TO_END:
        return state, ("bye",)
    return state, ("not_heard", str(state.unheard + 1))


def _pressed(state: State, turn: Turn, facts: Facts) -> Decision:
    """Keys mean the same everywhere; a district is its postal code of three digits."""
    keys = turn.keys if turn.keys == "#" else turn.keys.removesuffix("#")
    if intent := _KEYS.get(keys):
        if intent is Intent.ENGLISH and state.locale == "en-US":
            intent = Intent.MANDARIN
        return _wanted(state, intent, turn, facts)
    districts = by_postal_code().get(keys, ())
    if len(districts) == 1:
        return ask_district(state, districts[0].key, facts)
    if districts:
        return state, ("which_place", "", *(district.key for district in districts))
    if keys.isdigit() and len(keys) > 1:
        return state, ("unknown_code", keys[:8])
    return state, ("not_a_choice",)


def _wanted(state: State, intent: Intent, turn: Turn, facts: Facts) -> Decision:
    """One intent → its decision."""
    if intent in _PLAIN:
        return state, _PLAIN[intent]
    if intent in _LOCALES:
        return replace(state, locale=_LOCALES[intent]), ("language",)
    if intent in _ABOUT_A_PHARMACY:
        return _about_pharmacy(state, _ABOUT_A_PHARMACY[intent], facts)
    if intent in _PRODUCTS:
        return _change_product(state, _PRODUCTS[intent], facts)
    match intent:
        case Intent.REPEAT:
            return state, state.step or ("greet",)
        case Intent.SLOWER:
            return replace(state, slow=True), ("slower",)
        case Intent.RESTART:
            fresh = State(state.locale, state.seed, state.area_code, slow=state.slow)
            return fresh, ("greet",)
        case Intent.NEXT:
            return _next(state, facts)
        case Intent.PREVIOUS:
            return _previous(state, facts)
        case Intent.YES | Intent.NO | Intent.CHOOSE1 | Intent.CHOOSE2 | Intent.CHOOSE3:
            return _choose(state, intent, turn, facts)
        case Intent.RULES:
            return state, ("rules", turn.about or "overview", turn.ends)
        case Intent.NEARBY:
            return _nearby(state, turn, facts)
        case Intent.USUAL:
            if turn.remembered in by_key():
                return ask_district(state, turn.remembered, facts)
            return state, ("not_remembered",)
    return _ask(state, turn, facts)


def _ask(state: State, turn: Turn, facts: Facts) -> Decision:
    """A question: sure → answer, unsure → ask between at most three, nothing → the place."""
    if turn.product:
        state = replace(state, product=facts.product_of(turn.product).id)
    heard = turn.resolution
    if heard and heard.kind:
        state = replace(state, kind=heard.kind)
    if heard and (narrowed := _among_namesakes(state, heard, facts)):
        return narrowed
    match heard.meant if heard else Meant.NOTHING:
        case Meant.COUNTY if heard and (heard.county or heard.counties):
            return _ask_county(state, heard, facts)
        case Meant.DISTRICT if heard:
            return _ask_place(state, heard, facts)
        case Meant.ROAD if heard:
            return _ask_road(state, heard, facts)
        case Meant.LANDMARK if heard and heard.sure:
            return _ask_landmark(state, heard.landmarks[0], facts)
        case Meant.LANDMARK if heard:
            return state, ("which_landmark", *(one.spoken[0] for one in heard.landmarks))
        case Meant.PHARMACY if heard:
            return _ask_pharmacy(state, heard, turn, facts)
    if state.place:
        return ask_district(state, state.place, facts, state.road)
    return state, ("ask", "")


def _among_namesakes(state: State, heard: Resolution, facts: Facts) -> Decision | None:
    """「台北的」「新莊區」 in answer to several pharmacies of one name: those of them there."""
    asked = facts.pharmacy(state.step[1]) if state.step[:1] == ("namesakes",) else None
    if asked is None or heard.meant not in (Meant.COUNTY, Meant.DISTRICT):
        return None
    places = {match.district for match in _likely(heard.districts)} if heard.districts else set()
    there = [
        pharmacy
        for pharmacy in facts.snapshot.catalog.pharmacies
        if pharmacy.name == asked.name
        and (pharmacy.district in places or pharmacy.district.county == heard.county)
    ]
    if len(there) == 1:
        return ask_pharmacy(state, there[0], facts)
    ids = [pharmacy.id for pharmacy in there]
    if len(ids) > _OFFERED:
        return state, ("namesakes", *ids[:_OFFERED], "more")
    return (state, ("namesakes", *ids)) if ids else None


def _ask_county(state: State, heard: Resolution, facts: Facts) -> Decision:
    """A county alone: of the places just offered the one in it, else the district is asked."""
    counties = (heard.county,) if heard.county else heard.counties
    there = [step for county in counties for step in state.options if _lies_in(step, county)]
    if len(there) == 1:
        return _take(state, there[0], facts)
    if namesakes := _not_offered(state, counties):
        return _take(state, ("district", namesakes[0].key, ""), facts)
    if heard.county:
        return state, ("ask", heard.county.name)
    return state, ("which_county", *(county.name for county in counties))


def _not_offered(state: State, counties: Sequence[County]) -> list[District]:
    """「嘉義市」 in answer to three of the four 東區: the fourth, if it is the only one there."""
    if state.step[:2] != ("which_place", "") or len(state.options) < _OFFERED:
        return []
    names = {by_key()[key].name for key in state.step[2:] if key in by_key()}
    there = [one for one in all_districts() if one.county in counties and one.name in names]
    return there if len(names) == len(there) == 1 else []


def _lies_in(offered: Step, county: County) -> bool:
    match offered:
        case ("district", key, *_) if key in by_key():
            return by_key()[key].county == county
        case ("county", name):
            return name == county.name
        case ("landmark", name) if name in landmark_named():
            return landmark_named()[name].district.county == county
    return False


def _ask_place(state: State, heard: Resolution, facts: Facts) -> Decision:
    if heard.sure:
        key = heard.districts[0].district.key
        offered = [step for step in state.options if step[:2] == ("district", key)]
        return _take(state, offered[0] if offered else ("district", key, ""), facts)
    if not heard.districts or heard.districts[0].score < A_NAME_HEARD:
        return state, ("not_understood", str(state.unheard + 1))
    likely = [match.district.key for match in _likely(heard.districts)]
    return state, ("which_place", "", *likely)


def _likely(matches: Sequence[Matched]) -> list[Matched]:
    """Those of `matches`, best first, that are worth reading out."""
    return [match for match in matches if match.score >= matches[0].score * WORTH_OFFERING]


def _ask_road(state: State, heard: Resolution, facts: Facts) -> Decision:
    best = heard.roads[0]
    if heard.sure:
        return ask_district(state, best.district.key, facts, best.road)
    keys = dict.fromkeys(match.district.key for match in heard.roads)
    return state, ("which_place", best.road, *keys)


def _ask_landmark(state: State, landmark: Landmark, facts: Facts) -> Decision:
    """What is near it; without coordinates in the feed, what its district has."""
    key = landmark.district.key
    near = replace(state, place=key, road="", near=landmark.spoken[0], told=(), at=-1)
    if choices := facts.choices(near):
        return _with_origin(_tell(near, choices[0], facts))
    return ask_district(state, key, facts)


def _with_origin(decision: Decision) -> Decision:
    """A pharmacy told of, and said with it from where the walk to it is counted."""
    state, step = decision
    return state, (*step, "from") if step[0] == "found" else step


def _ask_pharmacy(state: State, heard: Resolution, turn: Turn, facts: Facts) -> Decision:
    best = heard.pharmacies[0].pharmacy
    if heard.sure:
        state, step = ask_pharmacy(state, best, facts)
        if turn.wants in _ABOUT_A_PHARMACY:
            step = (_ABOUT_A_PHARMACY[turn.wants], best.id)
        return state, step
    if heard.pharmacies[0].score < A_NAME_HEARD and heard.districts:
        place_heard = heard.districts[0].score >= A_PLACE_HEARD
        return _ask_place(state, replace(heard, sure=place_heard), facts)
    if heard.namesakes < 2 and heard.pharmacies[0].score < A_NAME_HEARD:
        return state, ("not_understood", str(state.unheard + 1))
    ids = [match.pharmacy.id for match in _likely(heard.pharmacies)]
    kind = "namesakes" if heard.namesakes > 1 else "which_pharmacy"
    return state, (kind, *ids, "more") if heard.namesakes > len(ids) else (kind, *ids)


def ask_district(state: State, key: str, facts: Facts, road: str = "") -> Decision:
    """The best pharmacy of a district (or next to it), or that there is none."""
    if state.kind:
        return _ask_centre(replace(state, kind=""), key, facts)
    state = replace(state, place=key, road=road, near="", told=(), at=-1)
    if choices := facts.choices(state):
        return _tell(state, choices[0], facts)
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


def _tell(state: State, pharmacy: Pharmacy, facts: Facts) -> Decision:
    told = (*state.told, pharmacy.id)[-TOLD_LIMIT:]
    product = facts.product(state).id
    return replace(state, told=told, at=len(told) - 1), ("found", pharmacy.id, product)


def _next(state: State, facts: Facts) -> Decision:
    if not state.place:
        return state, ("need_pharmacy",)
    if state.at + 1 < len(state.told):
        step = ("found", state.told[state.at + 1], facts.product(state).id)
        return replace(state, at=state.at + 1), step
    if choices := facts.choices(state):
        return _tell(state, choices[0], facts)
    asks_again = state.step[:1] == ("no_next",)
    if asks_again and (choices := facts.beyond(state)):
        return _tell(state, choices[0], facts)
    return state, ("no_next", state.place, facts.product(state).id)


def _previous(state: State, facts: Facts) -> Decision:
    if state.at < 1:
        return state, ("no_previous",) if state.told else ("need_pharmacy",)
    step = ("found", state.told[state.at - 1], facts.product(state).id)
    return replace(state, at=state.at - 1), step


def _about_pharmacy(state: State, step: str, facts: Facts) -> Decision:
    pharmacy = facts.talked_about(state)
    return state, (step, pharmacy.id) if pharmacy else ("need_pharmacy",)


def _change_product(state: State, product: str, facts: Facts) -> Decision:
    """「小孩的呢」: of the pharmacy just named; else of the place; else the place is asked."""
    state = replace(state, product=facts.product_of(product).id)
    if pharmacy := facts.talked_about(state):
        return state, ("found", pharmacy.id, state.product)
    if state.place:
        return ask_district(state, state.place, facts, state.road)
    return state, ("ask", "")


def _nearby(state: State, turn: Turn, facts: Facts) -> Decision:
    """Near the pharmacy just named, else in the place named in the sentence or before."""
    if turn.resolution and turn.resolution.meant is not Meant.NOTHING:
        return _ask(state, turn, facts)
    here = facts.talked_about(state)
    if here:  # and none that was told of before: else 「附近」 leads back and forth between two
        told = (*(one for one in state.told if one != here.id), here.id)
        state = replace(state, near=here.id, told=told, at=len(told) - 1)
        return _with_origin(_next(state, facts))
    return _ask(state, turn, facts)


def _choose(state: State, intent: Intent, turn: Turn, facts: Facts) -> Decision:
    """Yes, no, and the first to the third of what was offered."""
    options = state.options
    offers_yes = bool(options) and options[-1] == ("no",)
    if intent is Intent.NO:
        return state, ("ask", "")
    if intent is Intent.YES:
        if options[:1] and options[0][0] == "county":  # 市 and 縣 are heard as 是
            return _take(state, options["縣" in turn.heard], facts)
        if not offers_yes:  # 「好」 to an answer asks for nothing
            return state, ("help",)
        intent = Intent.CHOOSE1
    if options[:1] == (("next",),) and turn.heard.endswith(_ONES):
        return _next(state, facts)
    place = _CHOICES.index(intent)
    if place >= len(options):
        return state, ("not_a_choice",)
    return _take(state, options[place], facts)


def _take(state: State, option: Step, facts: Facts) -> Decision:
    """An option that was offered → what it does."""
    match option:
        case ("district", key, road) if key in by_key():
            return ask_district(state, key, facts, road)
        case ("county", name):
            return state, ("ask", name)
        case ("landmark", name) if name in landmark_named():
            return _ask_landmark(state, landmark_named()[name], facts)
        case ("pharmacy", pharmacy_id):
            pharmacy = facts.pharmacy(pharmacy_id)
            return ask_pharmacy(state, pharmacy, facts) if pharmacy else (state, ("ask", ""))
        case ("next",):
            return _next(state, facts)
        case ("address" | "phone" | "connect" as step,):
            return _about_pharmacy(state, step, facts)
    return state, ("ask", "")
