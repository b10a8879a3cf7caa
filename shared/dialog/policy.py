"""What to say next: (state, understanding, facts) → (state, what is told).

policy ─→ questions (something is named) ─→ answers (what is told)
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from shared.catalog import Pharmacy
from shared.dialog.acts import (
    ABOUT_A_PHARMACY,
    CHOICES,
    Act,
    Choice,
    ChooseCounty,
    ChooseLandmark,
    ChoosePharmacy,
    ChoosePlace,
    Intent,
    Phrase,
    RequestPlace,
    Say,
    TakeCounty,
    TakeNext,
    TakeNone,
    TellCompared,
    TellHowMany,
    TellLookup,
    TellPharmacy,
    TellRules,
    TellTopic,
    Told,
    Understanding,
    read_label,
)
from shared.dialog.answers import (
    Decision,
    ask_district,
    ask_pharmacy,
    ask_point,
    take,
    tell,
    tell_about,
    tell_again,
    tell_more,
    tell_nearer,
    tell_next,
    tell_nth,
    tell_previous,
)
from shared.dialog.facts import Facts
from shared.dialog.notify import notify, possible
from shared.dialog.questions import (
    ask,
    named_pharmacy,
    named_place,
    not_denied,
    with_conditions,
)
from shared.dialog.values import Hint, State, Utterance
from shared.locales import asked_by
from shared.names.resolution import Meant, Resolution
from shared.places.districts import County, District, by_key

SILENCES_TO_END = 6
"""Nothing heard so often in a row: nobody is there any more, and the line costs money."""

LONGEST_CODE = 8
"""Digits of a code that is none which are read back."""

MOST_ACTS = 3
"""So many acts of one utterance are answered: nobody remembers a fourth answer."""

_PRODUCTS = {Intent.CHILD: "child_mask", Intent.ADULT: "adult_mask"}

_ASKS_BACK = (RequestPlace, ChoosePlace, ChooseCounty, ChooseLandmark, ChoosePharmacy)

_FIRST, _LAST = 0, 9
_ORDER: dict[Intent, int] = {
    Intent.EMERGENCY: _FIRST,
    Intent.RULES: 1,
    Intent.CHILD: 2,
    Intent.ADULT: 2,
    Intent.COMPARE: 2,
    Intent.ASK: 3,
    Intent.STOP: _LAST,
}
"""What saves a walk comes first: may she buy today, then where, then more about it."""


def decide(
    state: State, understanding: Understanding, utterance: Utterance, facts: Facts
) -> tuple[State, tuple[Told, ...]]:
    """What answers each act of an utterance, in order; never empty."""
    if utterance.unanswered:
        return state, (Say(Phrase.NO_ANSWER),)
    state = _afresh(state, utterance.hint)
    if utterance.point and (nearest := ask_point(state, utterance.point, facts)):
        return nearest[0], (nearest[1],)
    if not understanding.acts:
        return state, (_nothing(state, utterance),)
    if understanding.has(Intent.EMERGENCY):
        return state, (Say(Phrase.EMERGENCY),)
    acts = _effective(possible(understanding.acts, facts.channel))
    acts = sorted(acts, key=lambda act: _ORDER.get(act.intent, 5))
    return _answer_all(state, acts[:MOST_ACTS], utterance, facts)


_WAYS_ON = (Intent.FIRST, Intent.PREVIOUS, Intent.NEXT, Intent.NEARER, Intent.LIST)
"""Acts that each lead to another pharmacy: of several, the first of these."""


def _effective(acts: Sequence[Act]) -> list[Act]:
    """`acts` without what says the same twice: 「太遠了，換一家」 asks for one other pharmacy."""
    on = [act for act in acts if act.intent in _WAYS_ON and not _names(act)]
    if len(on) > 1:
        first = min(on, key=lambda act: _WAYS_ON.index(act.intent))
        acts = [act for act in acts if act not in on or act is first]
    if on:
        acts = [act for act in acts if act.intent is not Intent.ASK or _names(act)]
    return [one for act in acts for one in _with_pharmacy(act)]


_OF_A_PLACE = (Intent.MOST, Intent.HOWMANY, Intent.TOTAL, Intent.MORE)
"""Acts that are answered of a place, not of the first pharmacy there."""

_ASKS_ITSELF = (Intent.HOURS, Intent.NOTIFY)
"""Of a place: one that is open now is told of first anyway; which one is to be watched is asked."""


def _with_pharmacy(act: Act) -> Sequence[Act]:
    """What is asked of a pharmacy in a place that is named: which pharmacy, then what is asked."""
    if act.intent not in ABOUT_A_PHARMACY or act.intent in _ASKS_ITSELF:
        return (act,)
    if named_place(act.names) is None:
        return (act,)
    return replace(act, intent=Intent.ASK, part=""), replace(act, names=None)


def _answer_all(
    state: State, acts: Sequence[Act], utterance: Utterance, facts: Facts
) -> tuple[State, tuple[Told, ...]]:
    before, told = state, list[Told]()
    for number, act in enumerate(acts):
        if told and isinstance(told[-1], _ASKS_BACK):
            waiting = tuple(one.label for one in acts[number:])
            state = replace(state, waiting=waiting)
            break
        if act.label == "topic.louder" and state.said:
            told.append(TellTopic(act.part))
        if act.label in ("repeat", "topic.louder") and state.said:
            told.extend(one for one in state.said if one not in told)
            continue
        state, answer = respond(state, act, utterance, facts)
        if act.all_products and isinstance(answer, TellPharmacy):
            answer = replace(answer, why="all")
        if answer not in told:
            told.append(answer)
    if before.waiting == state.waiting:
        state = replace(state, waiting=())
        if isinstance(told[-1], TellPharmacy):
            state = _answer_waiting(state, before.waiting, told, utterance, facts)
    return state, tuple(told)


def _answer_waiting(
    state: State, waiting: Sequence[str], told: list[Told], utterance: Utterance, facts: Facts
) -> State:
    """The state after what waited for the choice is answered too, behind what is `told` of it."""
    if waiting and read_label(waiting[0])[0] in _OF_A_PLACE:  # its answer tells enough of the place
        told.pop()
        state = replace(state, told=(), at=-1)
    for label in waiting:
        state, answer = respond(state, Act(*read_label(label)), utterance, facts)
        told.append(answer)
    return state


def _afresh(state: State, hint: Hint | None) -> State:
    """Without the product asked about before, where a platform tells a whole question with a place
    in it: 「who has masks in Banqiao」 is not about children's ones because the last one was."""
    if hint and hint.label == Intent.ASK and hint.words and not hint.product:
        return replace(state, product="")
    return state


def _nothing(state: State, utterance: Utterance) -> Told:
    if utterance.opens and utterance.silent:
        return Say(Phrase.GREET)
    if utterance.keys:
        code = utterance.keys.removesuffix("#")
        if code.isdigit() and len(code) > 1:
            return Say(Phrase.UNKNOWN_CODE, digits=code[:LONGEST_CODE])
        return Say(Phrase.NOT_A_CHOICE)
    if not utterance.silent:
        return Say(Phrase.NOT_UNDERSTOOD, state.unheard + 1)
    if state.unheard + 1 >= SILENCES_TO_END:
        return Say(Phrase.BYE)
    return Say(Phrase.NOT_HEARD, state.unheard + 1)


def respond(state: State, act: Act, utterance: Utterance, facts: Facts) -> Decision:
    """One act → its answer."""
    intent = act.intent
    if _goes_on(state, act):
        state, told = take(state, state.options[0], facts)
        if intent in (Intent.NEXT, Intent.NEARBY):
            return state, told
    if intent is Intent.NOTIFY:
        return notify(state, act, utterance, facts)
    if intent in ABOUT_A_PHARMACY:
        return _about(state, act, facts)
    if intent in CHOICES:
        return _choose(state, CHOICES.index(intent), act, facts)
    if intent in _QUERIES:
        return _QUERIES[intent](state, act, facts)
    return _service(state, act, utterance, facts)


def _goes_on(state: State, act: Act) -> bool:
    """「是大安區嗎」, and the caller asks on: 「地址呢」 says yes without the word."""
    asked = act.intent in ABOUT_A_PHARMACY or act.intent in (
        *_PRODUCTS,
        Intent.NEXT,
        Intent.NEARBY,
    )
    return asked and not _names(act) and state.options[1:] == (TakeNone(),)


def _names(act: Act) -> bool:
    return act.names is not None and act.names.meant is not Meant.NOTHING


# ---------------------------------------------------------------- questions about stock


def _about(state: State, act: Act, facts: Facts) -> Decision:
    """Of the pharmacy that is named with it; of one in the place that is named; of the last."""
    if not _names(act):
        return tell_about(state, act, facts)
    here = facts.talked_about(state)
    if named := named_pharmacy(act.names):
        state, _ = ask_pharmacy(state, named, facts)
        return tell_about(state, act, facts)
    place = named_place(act.names)
    if place and here and here.district == place:
        return tell_about(state, act, facts)
    state, told = ask(state, act, facts)
    if isinstance(told, TellPharmacy) and act.intent is not Intent.HOURS:
        return tell_about(state, act, facts)  # a pharmacy that is open now is told first anyway
    if isinstance(told, _ASKS_BACK):
        state = replace(state, waiting=(str(act.intent),))
    return state, told


def _change_product(state: State, act: Act, facts: Facts) -> Decision:
    """「小孩的呢」: of the pharmacy just named; else of the place; else the place is asked."""
    product = facts.product_of(_PRODUCTS[act.intent]).id
    if not _names(act) and state.said and isinstance(state.said[-1], TellRules):
        part = "child" if act.intent is Intent.CHILD else "amount"
        return state, TellRules(part, state.ends)
    if _names(act):
        return ask(state, replace(act, product=product), facts)
    state = replace(state, product=product)
    if pharmacy := facts.talked_about(state):
        return state, TellPharmacy(pharmacy.id, product)
    if state.place:
        return ask_district(state, state.place, facts, state.road)
    return state, RequestPlace()


def _nearby(state: State, act: Act, facts: Facts) -> Decision:
    """Near the pharmacy just named, else in the place named in the sentence or before."""
    if _names(act):
        return ask(state, act, facts)
    here = facts.talked_about(state)
    if here:  # and none that was told of before: else 「附近」 leads back and forth between two
        told = (*(one for one in state.told if one != here.id), here.id)
        state = replace(state, near=here.id, told=told, at=len(told) - 1)
        state, answer = tell_next(state, facts)
        return state, replace(answer, why="walk") if isinstance(answer, TellPharmacy) else answer
    if state.place:
        return ask(state, act, facts)
    return state, RequestPlace(why="nearer")


def _nearer(state: State, act: Act, facts: Facts) -> Decision:
    return ask(state, act, facts) if _names(act) else tell_nearer(state, facts)


def _how_many(state: State, act: Act, facts: Facts) -> Decision:
    """Of the place that is named, a whole county too; else of the one talked about."""
    state, place = _place_of(state, act, facts)
    if isinstance(place, District | County):
        key = place.key if isinstance(place, District) else place.name
        product = facts.product(state).id
        return state, TellHowMany(key, product, total=act.intent is Intent.TOTAL)
    return place


def _place_of(state: State, act: Act, facts: Facts) -> tuple[State, District | County | Decision]:
    """The place an act is about; a decision instead where it must be asked first."""
    state = with_conditions(state, act, facts)
    names = act.names
    if names and names.meant is Meant.COUNTY and names.county:
        return state, names.county
    if named := named_pharmacy(names):
        return ask_pharmacy(state, named, facts)[0], named.district
    if place := named_place(names):
        if place.key != state.place:
            state = replace(state, place=place.key, road="", near="", told=(), at=-1)
        return state, place
    if _names(act):
        asked, told = ask(state, act, facts)
        waits = isinstance(told, _ASKS_BACK)
        return state, (replace(asked, waiting=(str(act.intent),) if waits else ()), told)
    if state.place:
        return state, by_key()[state.place]
    return state, (replace(state, waiting=(str(act.intent),)), RequestPlace())


def _most(state: State, act: Act, facts: Facts) -> Decision:
    state, place = _place_of(state, act, facts)
    if not isinstance(place, District | County):
        return place
    counted = facts.in_stock(place, facts.product(state))
    if not counted:
        return _none_in(state, place, facts)
    _, best = max(counted, key=lambda one: (one[0], one[1].id))
    if isinstance(place, County):
        state = replace(state, place=best.district.key, road="", near="", told=(), at=-1)
    return tell(state, best, facts, "most")


def _none_in(state: State, place: District | County, facts: Facts) -> Decision:
    if isinstance(place, County):
        return state, RequestPlace(place.name)
    return ask_district(state, place.key, facts)


def _more(state: State, act: Act, facts: Facts) -> Decision:
    state, place = _place_of(state, act, facts)
    if not isinstance(place, District | County):
        return place
    if isinstance(place, County):
        return state, RequestPlace(place.name)
    return tell_more(state, act.least, facts)


def _compare(state: State, act: Act, facts: Facts) -> Decision:
    """Two that are named, or one with the one talked about."""
    product = facts.product(with_conditions(state, act, facts)).id
    sides = [side for names in (act.names, act.other) if (side := _side(names))]
    here = facts.talked_about(state)
    if len(sides) == 1 and len(sides[0]) == 1 and state.place:
        pharmacies = facts.pharmacy(sides[0][0].id) if isinstance(sides[0][0], Pharmacy) else None
        last = here if pharmacies else by_key().get(state.place)
        if last and last != sides[0][0]:
            sides.insert(0, [last])
    if len(sides) < 2:
        return _one_side(state, act, facts)
    one, other = sides[0][0], sides[1][0]
    if isinstance(one, Pharmacy) != isinstance(other, Pharmacy):
        one, other = (x.district if isinstance(x, Pharmacy) else x for x in (one, other))
    keys = [x.id if isinstance(x, Pharmacy) else x.key for x in (one, other)]
    return state, TellCompared(keys[0], keys[1], product)


def _side(names: Resolution | None) -> list[District | Pharmacy]:
    """The best of what is named on one side, sure or not: both names are told in the answer."""
    if names is None:
        return []
    if names.meant is Meant.PHARMACY:
        return [names.pharmacies[0].pharmacy]
    if names.meant is Meant.ROAD:
        return [names.roads[0].district]
    if names.meant is Meant.LANDMARK:
        return [names.landmarks[0].district]
    return [names.districts[0].district] if names.districts else []


def _one_side(state: State, act: Act, facts: Facts) -> Decision:
    """「哪邊比較多」 without two to compare: which has the most, where a place is known."""
    if _names(act):
        return ask(state, act, facts)
    return _most(state, act, facts)


def _only(state: State, _: Act, facts: Facts) -> Decision:
    """Whether there are others: the next one is the answer, or that there is none."""
    return tell_next(state, facts)


def _left(state: State, act: Act, facts: Facts) -> Decision:
    """How many the pharmacy that is named has, else the one just told of."""
    if _names(act) or not facts.talked_about(state):
        return ask(state, act, facts)
    return tell_again(with_conditions(state, act, facts), facts)


def _on(way: Callable[[State, Facts], Decision]) -> Callable[[State, Act, Facts], Decision]:
    """Another pharmacy; one in the place that is named, where one is."""

    def going_on(state: State, act: Act, facts: Facts) -> Decision:
        if _names(act):
            return ask(state, act, facts)
        if act.kind or act.unwanted:
            state = with_conditions(state, act, facts)
            return ask_district(state, state.place, facts) if state.place else way(state, facts)
        return way(state, facts)

    return going_on


_QUERIES: dict[Intent, Callable[[State, Act, Facts], Decision]] = {
    Intent.ASK: ask,
    Intent.HOWMANY: _how_many,
    Intent.TOTAL: _how_many,
    Intent.MOST: _most,
    Intent.MORE: _more,
    Intent.COMPARE: _compare,
    Intent.LEFT: _left,
    Intent.NEARBY: _nearby,
    Intent.NEARER: _nearer,
    Intent.NEXT: _on(tell_next),
    Intent.PREVIOUS: _on(tell_previous),
    Intent.FIRST: _on(lambda state, facts: tell_nth(state, 0, facts)),
    Intent.LIST: _on(tell_next),
    Intent.ONLY: _only,
    Intent.CHILD: _change_product,
    Intent.ADULT: _change_product,
}


# ---------------------------------------------------------------- the rest


def _service(  # noqa: C901  one flat match, an intent a case
    state: State, act: Act, utterance: Utterance, facts: Facts
) -> Decision:
    """What needs no pharmacy. Queries and what is about a pharmacy never come here."""
    match act.intent:
        case Intent.RULES:
            return _rules(state, act, facts)
        case Intent.TOPIC:
            return state, TellTopic(act.part)
        case Intent.LANGUAGE:
            return _speak(state, asked_by(act.part))
        case Intent.LOOKUP:
            return state, TellLookup(act.part)
        case Intent.REPEAT:
            return state, Say(Phrase.GREET)  # nothing was said yet: `_answer_all` says it all again
        case Intent.SLOWER:
            return replace(state, slow=True), Say(Phrase.SLOWER)
        case Intent.HELP:
            return state, Say(Phrase.HELP)
        case Intent.OPERATOR:
            return state, Say(Phrase.OPERATOR)
        case Intent.RESTART:
            return State(state.locale, state.seed, state.area_code, slow=state.slow), Say(
                Phrase.GREET
            )
        case Intent.YES:
            return _yes(state, utterance, facts)
        case Intent.NO:
            return _no(state, act, facts)
        case Intent.CHOOSELAST:
            return _choose(state, max(len(state.options) - 1, 0), act, facts)
        case Intent.STOP:
            return state, Say(Phrase.BYE)
        case Intent.EMERGENCY:
            return state, Say(Phrase.EMERGENCY)
        case Intent.FORGET:
            return state, Say(Phrase.NOT_FORGOTTEN if utterance.not_deleted else Phrase.FORGOTTEN)
        case Intent.UNNOTIFY:
            if utterance.not_deleted:
                return state, Say(Phrase.NOT_FORGOTTEN)
            return state, Say(Phrase.NOTIFY_OFF if utterance.watching else Phrase.NOTIFY_NONE)
        case Intent.USUAL:
            if utterance.remembered in by_key():
                return ask_district(state, utterance.remembered, facts)
            if state.place and facts.channel.for_the_eye:  # a chat: what it was about before
                return ask_district(state, state.place, facts)
            return state, Say(Phrase.NOT_REMEMBERED)
    raise AssertionError(f"{act.intent} has no answer")


def _speak(state: State, locale: str) -> Decision:
    """Go on in another language, in which the options are read out in full again."""
    return replace(state, locale=locale, keys_told=False), Say(Phrase.LANGUAGE)


def _rules(state: State, act: Act, facts: Facts) -> Decision:
    """A part of the rules; how the id ends is remembered for 「那什麼時候輪到我」."""
    if act.ends:
        state = replace(state, ends=act.ends)
    day = act.when.day(facts.now.date()) if act.when else facts.now.date()
    other = day.isoformat() if day != facts.now.date() else ""
    return state, TellRules(act.part or "overview", state.ends, other)


def _yes(state: State, utterance: Utterance, facts: Facts) -> Decision:
    options = state.options
    if options and isinstance(options[0], TakeCounty):  # 市 and 縣 are heard as 是
        return take(state, options["縣" in utterance.text], facts)
    if options[-1:] == (TakeNone(),):
        return take(state, options[0], facts)
    return state, TellTopic("okay")


def _no(state: State, act: Act, facts: Facts) -> Decision:
    """Not that one: the other of two, the next pharmacy after one was told, else the place."""
    left = not_denied(state.options, act.denied or act.names)
    if len(left) == 1:
        return take(state, left[0], facts)
    if state.options[-1:] == (TakeNone(),) or not state.told or act.denied:
        return state, RequestPlace()
    return tell_next(state, facts)


def _choose(state: State, place: int, act: Act, facts: Facts) -> Decision:
    """The first to the third of what was offered; 「第二家」 after an answer is a pharmacy."""
    options: Sequence[Choice] = state.options
    if options[:1] == (TakeNext(),) and act.that_one:
        return tell_nth(state, place, facts)
    if place >= len(options):
        return state, Say(Phrase.NOT_A_CHOICE)
    return take(state, options[place], facts)
