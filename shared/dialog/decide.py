"""What to say next: (state, turn, facts) → (state, step).

decide ─→ questions (names were heard) ─→ answers (what is told)
"""

from dataclasses import replace

from shared.dialog.answers import (
    ABOUT_A_PHARMACY,
    Decision,
    ask_district,
    take,
    tell_about,
    tell_next,
    tell_nth,
    tell_previous,
    with_origin,
)
from shared.dialog.facts import Facts
from shared.dialog.questions import ask, not_denied
from shared.dialog.values import Intent, State, Step, Turn
from shared.names.resolution import Meant
from shared.places.districts import by_key, by_postal_code

_ONES = ("家", "間", "first one", "second one", "third one", "軒目")
"""「第二家」 after an answer means the second pharmacy; 「二」 means the second option."""

SILENCES_TO_END = 6
"""Nothing heard so often in a row: nobody is there any more, and the line costs money."""

_KEYS = {
    "0": Intent.OPERATOR,
    "*": Intent.REPEAT,
    "8": Intent.ENGLISH,
    "9": Intent.RESTART,
    "#": Intent.STOP,
    "119": Intent.EMERGENCY,
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
    Intent.EMERGENCY: ("emergency",),
    Intent.STOP: ("bye",),
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
        state, step = take(state, state.options[0], facts)
        if turn.intent in (Intent.NEXT, Intent.NEARBY):
            return state, step
    return _wanted(state, turn.intent, turn, facts)


def _goes_on(state: State, turn: Turn) -> bool:
    """「是大安區嗎」, and the caller asks on: 「地址呢」 says yes without the word."""
    asked = turn.intent in (*ABOUT_A_PHARMACY, *_PRODUCTS, Intent.NEXT, Intent.NEARBY)
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
        return state, ("not_forgotten",) if turn.not_deleted else _PLAIN[intent]
    if intent in _LOCALES:
        return replace(state, locale=_LOCALES[intent]), ("language",)
    if intent in ABOUT_A_PHARMACY:
        return tell_about(state, ABOUT_A_PHARMACY[intent], facts)
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
            return tell_next(state, facts)
        case Intent.PREVIOUS:
            return tell_previous(state, facts)
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
    return ask(state, turn, facts)


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
        return ask(state, turn, facts)
    here = facts.talked_about(state)
    if here:  # and none that was told of before: else 「附近」 leads back and forth between two
        told = (*(one for one in state.told if one != here.id), here.id)
        state = replace(state, near=here.id, told=told, at=len(told) - 1)
        return with_origin(tell_next(state, facts))
    return ask(state, turn, facts)


def _choose(state: State, intent: Intent, turn: Turn, facts: Facts) -> Decision:
    """Yes, no, and the first to the third of what was offered."""
    options = state.options
    offers_yes = bool(options) and options[-1] == ("no",)
    if intent is Intent.NO:
        left = not_denied(options, turn.resolution)
        return take(state, left[0], facts) if len(left) == 1 else (state, ("ask", ""))
    if intent is Intent.YES:
        if options[:1] and options[0][0] == "county":  # 市 and 縣 are heard as 是
            return take(state, options["縣" in turn.heard], facts)
        if not offers_yes:  # 「好」 to an answer asks for nothing
            return state, ("help",)
        intent = Intent.CHOOSE1
    place = _CHOICES.index(intent)
    if options[:1] == (("next",),) and turn.heard.endswith(_ONES):
        return tell_nth(state, place, facts)
    if place >= len(options):
        return state, ("not_a_choice",)
    return take(state, options[place], facts)
