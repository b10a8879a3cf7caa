"""What to say next: (state, understanding, facts) → (state, what is told).

policy ─→ queries (about stock) ─→ questions (something is named) ─→ answers (what is told)
       └→ services (what needs no pharmacy)
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from shared.dialog.acts import (
    ABOUT_A_PHARMACY,
    ASKS_BACK,
    CHOICES,
    OF_A_PLACE,
    WAYS_ON,
    About,
    Act,
    Intent,
    Phrase,
    RequestPlace,
    Say,
    TakeDistrict,
    TakeNone,
    TellAbout,
    TellHowMany,
    TellPharmacy,
    TellRules,
    TellTopic,
    Told,
    Understanding,
    read_label,
)
from shared.dialog.answers import (
    Decision,
    ask_point,
    not_understood,
    open_question,
    take,
    to_say_again,
)
from shared.dialog.doubtful import decide_again
from shared.dialog.facts import Facts
from shared.dialog.notify import notify, possible
from shared.dialog.queries import (
    MOST_SIDES,
    QUERIES,
    about_pharmacy,
    names_something,
    tell_of_each,
)
from shared.dialog.questions import (
    ANEW,
    UNCLEAR,
    named_landmark,
    named_place,
    with_conditions,
)
from shared.dialog.services import SERVICES, choose, was_compared
from shared.dialog.values import Hint, State, Utterance

SILENCES_TO_END = 6
"""Nothing heard so often in a row: nobody is there any more, and the line costs money."""

LONGEST_CODE = 8
"""Digits of a code that is none which are read back."""

MOST_ACTS = 3
"""So many acts of one utterance are answered: nobody remembers a fourth answer."""


_LEADING = ("topic.shortage", "topic.complaint", "topic.shops")
"""What leads to the answer: 「我幫您看看哪裡還有」 stands before where that is."""

_PROMISING = frozenset({"topic.shortage", "topic.complaint"})
"""What is answered with a promise to look for another: 「都賣完喔」 after a pharmacy."""

_BEFORE = (
    (Intent.SLOWER,),
    (Intent.RULES,),
    _LEADING,
    (Intent.CHILD, Intent.ADULT, Intent.COMPARE),
    (Intent.ASK,),
)
"""How she is to be spoken to, then what saves a walk: may she buy today, where, more about it."""


def _turn_of(act: Act) -> tuple[bool, int]:
    """Before which others an act is answered; a goodbye behind all."""
    return act.intent is Intent.STOP, _rank(act, _BEFORE)


def _rank(act: Act, table: Sequence[Sequence[str]]) -> int:
    """The first row of `table` that names the act by its intent or label; else their number."""
    ranks = (rank for rank, row in enumerate(table) if act.intent in row or act.label in row)
    return next(ranks, len(table))


def decide(
    state: State, understanding: Understanding, utterance: Utterance, facts: Facts
) -> tuple[State, tuple[Told, ...]]:
    """What answers each act of an utterance, in order; never empty."""
    after, told = _decide(state, understanding, utterance, facts)
    return decide_again(state, after, told, understanding)


def _decide(
    state: State, understanding: Understanding, utterance: Utterance, facts: Facts
) -> tuple[State, tuple[Told, ...]]:
    if utterance.unanswered:
        return state, (Say(Phrase.NO_ANSWER),)
    state = _afresh(state, utterance.hint)
    if utterance.point and (nearest := ask_point(state, utterance.point, facts)):
        return nearest[0], (nearest[1],)
    if not understanding.acts:
        return state, (_nothing(state, utterance),)
    if understanding.has(Intent.EMERGENCY) or _still_in_danger(state, understanding):
        return state, (Say(Phrase.EMERGENCY),)
    state = _place_beside_goods(state, understanding)
    acts = _effective(possible(understanding.acts, facts.channel), state)
    if state.told and {act.label for act in acts} <= _PROMISING:
        acts = [*acts, Act(Intent.NEXT)]
    acts = sorted(acts, key=_turn_of)
    return _answer_all(state, acts[:MOST_ACTS], utterance, facts)


def _place_beside_goods(state: State, understanding: Understanding) -> State:
    """`state`, of the district in which other goods were asked for: 「那口罩呢」 may follow."""
    goods = all(act.label == "topic.goods" for act in understanding.acts)
    place = named_place(understanding.names) if goods else None
    return state.turned_to(place.key) if place else state


_OF_A_DANGER = (
    *(Intent.PHONE, Intent.CONNECT, Intent.ADDRESS, Intent.NAME, Intent.HELP, Intent.REPEAT),
    *(Intent.YES, Intent.NO, Intent.LEFT),
)
_OF_A_DANGER_TOO = ("topic.other", "topic.ill", "topic.appointment", "topic.goods", "ask")
"""What may be meant of a danger that was told of just before: 「幾號」, 「是我爸爸」."""


def _still_in_danger(state: State, understanding: Understanding) -> bool:
    """Whether 「打幾號」, 「是我媽媽」 go on about the danger: then 119 is told once more."""
    if state.last != Say(Phrase.EMERGENCY):
        return False
    acts = understanding.acts
    about = all(act.intent in _OF_A_DANGER or act.label in _OF_A_DANGER_TOO for act in acts)
    return about and not any(names_something(act) or act.product for act in acts)


def _tells_a_number(told: Sequence[Told]) -> bool:
    """Whether `told` names a number to ring: 「那個電話是幾號」 asks for that one again."""
    match told:
        case [*_, TellTopic("ill" | "fraud" | "report" | "online") | TellRules("card")]:
            return True
    return False


def _effective(acts: Sequence[Act], state: State) -> list[Act]:
    """`acts` without what says the same twice: 「太遠了，換一家」 asks for one other pharmacy, and
    「第一家」 in answer to 「請問是哪一個」 chooses."""
    if _tells_a_number(to_say_again(state)):
        acts = [_number_again(act) for act in acts]
    if open_question(state) and any(act.intent in CHOICES for act in acts):
        acts = [act for act in acts if act.intent not in WAYS_ON]
    if not (state.options or state.told or _was_counted(state)):  # 「三個都要」 beside another wish
        choices = (*CHOICES, Intent.CHOOSELAST)
        acts = [act for act in acts if act.intent not in choices] or list(acts)
    if len(acts) > 1 and state.at == 0:  # 「就剛剛那家，電話給我」: there was none before it
        acts = [act for act in acts if act.intent is not Intent.PREVIOUS]
    if any(_is_of_each(act, state) and act.shops <= len(state.told) for act in acts):
        acts = [act for act in acts if act.intent is not Intent.LIST]
    acts = _from_there(acts, state)
    acts = _both_products(_one_pharmacy(_without_the_weaker(list(_once(acts)))))
    on = [act for act in acts if act.intent in WAYS_ON and not names_something(act)]
    if on:
        first = min(on, key=_way_of)
        spare = [*on, *(act for act in acts if act.intent is Intent.ONLY)]
        acts = [act for act in acts if act not in spare or act is first]
        acts = [act for act in acts if act.intent is not Intent.ASK or names_something(act)]
    return list(_once([one for act in _of_the_led(acts) for one in _with_pharmacy(act, state)]))


def _way_of(act: Act) -> tuple[bool, int]:
    """Which of several ways on is meant; where a number is said all of them: "the next two"."""
    return act.intent is not Intent.LIST or not act.shops, WAYS_ON.index(act.intent)


def _of_the_led(acts: Sequence[Act]) -> Sequence[Act]:
    """`acts`, of which 「虎尾最多那家的電話」 asks the number of the one that is told of."""
    if not any(act.intent in (Intent.MOST, Intent.MORE) and names_something(act) for act in acts):
        return acts
    return [replace(a, names=None) if a.intent in ABOUT_A_PHARMACY else a for a in acts]


def _from_there(acts: Sequence[Act], state: State) -> list[Act]:
    """`acts`, of which 「走得到嗎，我在大坪林」 asks for no other pharmacy, near there."""
    far = [act.names for act in acts if act.intent is Intent.DISTANCE and named_landmark(act.names)]
    there = far if state.told else []
    return [act for act in acts if act.intent is not Intent.ASK or act.names not in there]


def _number_again(act: Act) -> Act:
    """`act`; where it asks for a number and names nobody, to hear again what was told."""
    again = act.intent is Intent.PHONE and not names_something(act)
    return replace(act, intent=Intent.REPEAT) if again else act


_WEAKER = {
    "rules.foreigner": ("rules.card",),
    "rules.turn": ("rules.day",),
    "rules.bring": ("child",),
    "nearby": ("next",),
    "left": ("total",),
    "topic.wait": ("topic.okay",),
    "repeat": ("stop",),
    "topic.telephone": ("topic.online",),
    "operator": ("topic.complaint", "topic.robot"),
    "most": ("name",),
    "connect": ("phone",),
    "topic.report": ("topic.complaint",),
}
"""An act → what says the same less well: who has a residence permit needs no new card,
「附近有別家嗎」 asks for one, and 「好了，你說」 ends nothing."""


def _without_the_weaker(acts: Sequence[Act]) -> Sequence[Act]:
    """`acts` without what another of them says better."""
    said = {name for act in acts for name in (act.label, str(act.intent))}
    weaker = {one for name in said for one in _WEAKER.get(name, ())}
    return [act for act in acts if act.label not in {*weaker, "topic.other"}] or acts


_TO_ONE = (
    *((Intent.COMPARE,), (Intent.MORE,), (Intent.MOST,), CHOICES, (Intent.CHOOSELAST,)),
    *((way,) for way in WAYS_ON),
)
"""What leads to a pharmacy by no name: 「跟前一家比哪家多」 wants no other told."""


def _one_pharmacy(acts: Sequence[Act]) -> Sequence[Act]:
    """`acts` with one at most that leads to a pharmacy by no name; of two choices the likelier."""
    leading = [
        act for act in acts if _rank(act, _TO_ONE) < len(_TO_ONE) and not names_something(act)
    ]
    if len(leading) < 2:
        return acts
    kept = min(leading, key=lambda act: _rank(act, _TO_ONE))
    if any(act.least for act in leading):  # 「哪一家有兩百片以上」 compares nothing
        kept = next((act for act in leading if act.intent is Intent.MORE), kept)
    return [act for act in acts if act is kept or act not in leading]


def _once(acts: Sequence[Act]) -> Iterator[Act]:
    """Each act once: 「安南區 哪一家有一百片以上」 was read twice, and asks for one pharmacy."""
    for number, act in enumerate(acts):
        if act not in acts[:number]:
            yield act


def _both_products(acts: Sequence[Act]) -> Sequence[Act]:
    """「小孩的跟大人的都有嗎」 asks for both of one pharmacy, and not twice."""
    if not {Intent.CHILD, Intent.ADULT} <= {act.intent for act in acts}:
        return acts
    both = next(act for act in acts if act.intent in (Intent.CHILD, Intent.ADULT))
    others = [act for act in acts if act.intent not in (Intent.CHILD, Intent.ADULT)]
    return [replace(both, all_products=True), *others]


_OF_ANY = ABOUT_A_PHARMACY - {Intent.CONNECT, Intent.NOTIFY}
"""What is told of one of several that were counted; none of them is rung, or watched, unasked."""

_ASKS_ITSELF = (Intent.HOURS, Intent.NOTIFY)
"""Of a place: one that is open now is told of first anyway; which one is to be watched is asked."""


_OF_ANOTHER = (About.PHONE, About.ADDRESS)
"""What is told of the pharmacy of another place too, after it was told of one."""


def _with_pharmacy(act: Act, state: State) -> Sequence[Act]:
    """What is asked of a pharmacy in a place that is named: which pharmacy, then what is asked, or
    what was asked last: 「太平那家電話」, 「大里的呢」."""
    if act.place_alone and isinstance(state.last, TellAbout) and state.last.what in _OF_ANOTHER:
        return act, Act(Intent(state.last.what))
    if act.intent not in ABOUT_A_PHARMACY or act.intent in _ASKS_ITSELF:
        return (act,)
    if act.intent is Intent.DISTANCE and state.told and named_landmark(act.names):
        return (act,)  # 「離火車站多遠」, of the one just told of
    if act.intent in _OF_ANY and _was_counted(state) and not names_something(act):
        return Act(Intent.ASK), act
    if named_place(act.names) is None:
        return (act,)
    which = replace(act, intent=Intent.ASK, part="")
    # A name is told with what it has; the number of another one is not what she asked for.
    if act.intent is Intent.NAME or (act.names and act.names.sought):
        return (which,)
    return which, replace(act, names=None)


def _was_counted(state: State) -> bool:
    """Whether the pharmacies of a district were counted, and none of them told of."""
    return bool(state.place) and not state.told and isinstance(state.last, TellHowMany)


def _answer_all(
    state: State, acts: Sequence[Act], utterance: Utterance, facts: Facts
) -> tuple[State, tuple[Told, ...]]:
    if _must_choose(state, acts[0]):  # 「請問是哪一個？」, 「地址」: which one, then its address
        state = with_conditions(state, acts[0], facts)
        waiting = (one.label for one in acts if one.intent in _WAITS)
        return replace(state, waiting=tuple(waiting)), (state.said[-1],)
    before, told = state, list[Told]()
    acts = [one for act in acts for one in _each_listed(act, state)]
    for number, act in enumerate(acts):
        if told and isinstance(told[-1], ASKS_BACK):
            state, told = _before_the_question(state, told, acts[number:], utterance, facts)
            break
        again = to_say_again(state)
        if act.label == "topic.louder" and again:
            told.append(TellTopic(act.part))
        if act.label in ("repeat", "topic.louder") and again:
            told.extend(one for one in again if one not in told)
            continue
        if _is_of_each(act, state):
            told.extend(tell_of_each(state, act, facts))
            continue
        state, answer = _answer(state, act, utterance, facts)
        if not _is_told(answer, told):
            told.append(answer)
    if before.waiting == state.waiting:
        state = replace(state, waiting=()) if state.waiting else state
        if isinstance(told[-1], TellPharmacy):
            state = _answer_waiting(state, before.waiting, told, utterance, facts)
    return state, tuple(told)


def _answer(state: State, act: Act, utterance: Utterance, facts: Facts) -> Decision:
    """One act of several; behind one that names or takes something, what was offered is not
    meant."""
    done = names_something(act) or _goes_on(state, act)
    done = done or (act.intent in CHOICES and was_compared(state))
    state, told = respond(state, act, utterance, facts)
    if act.all_products and isinstance(told, TellPharmacy):
        told = replace(told, why="all")
    return replace(state, options=()) if done else state, told


def _is_of_each(act: Act, state: State) -> bool:
    """Whether something is asked of several that were told of: 「三家的電話都給我」."""
    several = len(state.told) > 1 or len(state.row) > 1
    asked = act.shops > 1 and act.intent in ABOUT_A_PHARMACY
    return several and asked and not names_something(act)


def _each_listed(act: Act, state: State) -> Sequence[Act]:
    """`act`; where all are asked for as often as pharmacies are told of, with the one before."""
    if act.intent is not Intent.LIST:
        return (act,)
    anew = names_something(act) or not state.told or act.part == ANEW
    count = act.shops or MOST_SIDES if anew else MOST_SIDES - 1
    return act, *(replace(act, names=None, part="") for _ in range(count - 1))


def _before_the_question(
    state: State, told: Sequence[Told], acts: Sequence[Act], utterance: Utterance, facts: Facts
) -> tuple[State, list[Told]]:
    """`told`, which asks back at its end, with what needs no answer before it; the rest waits
    behind what waits for the answer already: 「大安區哪家最多，地址呢」."""
    *before, question = told
    for act in acts:
        if act.intent in _WITHOUT_A_PLACE:
            before.append(respond(state, act, utterance, facts)[1])
    waiting = [one.label for one in acts if one.intent not in _WITHOUT_A_PLACE]
    return replace(state, waiting=(*state.waiting, *waiting)), [*before, question]


_WITHOUT_A_PLACE = (Intent.TOPIC, Intent.LOOKUP)
"""What is told the same wherever she is."""


def _is_told(answer: Told, told: Sequence[Told]) -> bool:
    """Whether `told` says it already; a pharmacy and what it has whatever it was told for."""
    if isinstance(answer, TellPharmacy):
        shops = {(one.id, one.product) for one in told if isinstance(one, TellPharmacy)}
        return (answer.id, answer.product) in shops
    return answer in told


def _answer_waiting(
    state: State, waiting: Sequence[str], told: list[Told], utterance: Utterance, facts: Facts
) -> State:
    """The state after what waited for the choice is answered too, behind what is `told` of it."""
    if waiting and read_label(waiting[0])[0] in OF_A_PLACE:  # its answer tells enough of the place
        told.pop()
        state = state.turned_to(state.place, state.road, state.near)
    for label in waiting:
        state, answer = respond(state, Act(*read_label(label)), utterance, facts)
        if not _is_told(answer, told):
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
        return not_understood(state)
    if state.unheard + 1 >= SILENCES_TO_END:
        return Say(Phrase.BYE)
    return Say(Phrase.NOT_HEARD, state.unheard + 1)


def respond(state: State, act: Act, utterance: Utterance, facts: Facts) -> Decision:
    """One act → its answer."""
    intent = act.intent
    if _goes_on(state, act):
        first = state.options[0]
        if intent is Intent.MOST and isinstance(first, TakeDistrict):
            return QUERIES[intent](state.turned_to(first.place, first.road), act, facts)
        state, told = take(state, first, facts)
        if intent in (Intent.NEXT, Intent.LIST, Intent.NEARBY, Intent.MOST):
            return state, told
    if act.part == UNCLEAR and intent is not Intent.ASK:  # 「福利哪一家還有兩千片」
        return replace(state, waiting=(str(intent),)), RequestPlace(why=UNCLEAR)
    if intent is Intent.NOTIFY:
        return notify(state, act, utterance, facts)
    if intent in ABOUT_A_PHARMACY:
        return about_pharmacy(state, act, facts)
    if intent in CHOICES:
        return choose(state, CHOICES.index(intent), act, facts)
    if intent in QUERIES:
        return QUERIES[intent](state, act, facts)
    return SERVICES[intent](state, act, utterance, facts)


_WAITS = (*ABOUT_A_PHARMACY, *OF_A_PLACE)
"""What is told once she has chosen; what a pharmacy has is told of any."""

_OF_THE_CHOSEN = frozenset(
    {*_WAITS, *WAYS_ON, Intent.ASK, Intent.LEFT, Intent.COMPARE, Intent.NEARBY, Intent.ONLY}
)
"""What cannot be answered before she has chosen: 「哪一家最多」 in answer to 「請問是哪一個」."""


def _must_choose(state: State, act: Act) -> bool:
    """Whether more is asked of one of several that were just offered, without telling which."""
    asked = open_question(state)
    several = asked and not isinstance(asked, RequestPlace) and len(state.options) > 1
    of_it = act.intent in _OF_THE_CHOSEN and act.part in ("", UNCLEAR)
    return bool(several) and of_it and not names_something(act)


def _goes_on(state: State, act: Act) -> bool:
    """「是大安區嗎」, and the caller asks on: 「地址呢」 says yes without the word."""
    asked = act.intent in ABOUT_A_PHARMACY or act.intent in (
        Intent.CHILD,
        Intent.ADULT,
        Intent.NEXT,
        Intent.LIST,
        Intent.NEARBY,
        Intent.MOST,
    )
    asked = asked or (act.intent is Intent.ASK and act.when is not None)  # 「四點以後呢」
    one = state.options[1:] == (TakeNone(),) or was_compared(state)
    return asked and not names_something(act) and one
