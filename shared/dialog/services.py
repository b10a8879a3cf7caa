"""What needs no pharmacy: the rules, yes and no, choices, languages, being forgotten."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from shared.dialog.acts import (
    Act,
    Choice,
    ChoosePharmacy,
    Intent,
    Phrase,
    RequestPlace,
    Say,
    TakeNext,
    TellCompared,
    TellLookup,
    TellRules,
    TellTopic,
)
from shared.dialog.answers import (
    Decision,
    ask_district,
    none_of_those,
    open_question,
    take,
    tell_again,
    tell_next,
    tell_nth,
)
from shared.dialog.facts import Facts
from shared.dialog.questions import MISHEARD, not_denied
from shared.dialog.values import State, Utterance
from shared.locales import asked_by
from shared.only_one import only_one
from shared.places.districts import by_key


def _speak(state: State, act: Act, *_: object) -> Decision:
    """Go on in another language, in which the options are read out in full again."""
    return replace(state, locale=asked_by(act.part), keys_told=False), Say(Phrase.LANGUAGE)


def _rules(state: State, act: Act, _: Utterance, facts: Facts) -> Decision:
    """A part of the rules; how the id ends is remembered for 「那什麼時候輪到我」. Who may buy is
    asked of the day that was asked about before: 「星期天可以買嗎」, 「我單號」."""
    if act.ends:
        state = replace(state, ends=act.ends)
    last, day = state.last, _other_day(act, facts)
    if act.when is None and act.part == "day" and isinstance(last, TellRules):
        day = last.day
    return state, TellRules(act.part or "overview", state.ends, day)


def _lookup(state: State, act: Act, _: Utterance, facts: Facts) -> Decision:
    return state, TellLookup(act.part, _other_day(act, facts))


def _other_day(act: Act, facts: Facts) -> str:
    """The ISO date that is asked about; "" for today."""
    today = facts.now.date()
    day = act.when.day(today) if act.when else today
    return day.isoformat() if day != today else ""


def _yes(state: State, _: Act, __: Utterance, facts: Facts) -> Decision:
    options = state.options
    if options and (question := open_question(state)):  # 「好」 tells of two no side
        return state, question
    if state.asks_yes_or_no or was_compared(state):
        return take(state, options[0], facts)
    return state, TellTopic("okay")


def was_compared(state: State) -> bool:
    """Whether two sides were just compared: the better one is meant by 「好」 and 「地址呢」."""
    return bool(state.options and state.said) and isinstance(state.said[-1], TellCompared)


def _no(state: State, act: Act, _: Utterance, facts: Facts) -> Decision:
    """Not that one: the other of two, the next pharmacy after one was told, else the place."""
    left = not_denied(state.options, act.denied or act.names)
    if act.not_nth is not None and open_question(state):
        left = [one for at, one in enumerate(state.options) if at != act.not_nth]
    if only := only_one(left):
        return take(state, only, facts)
    if act.not_nth is not None and (question := open_question(state)):
        return state, question
    if act.denied:
        return state, RequestPlace()
    if state.asks_yes_or_no or not state.told or isinstance(state.last, ChoosePharmacy):
        return none_of_those(state, facts)
    if act.part == MISHEARD:
        return state, RequestPlace(why=MISHEARD)
    if act.not_nth is not None and act.not_nth != state.at:
        return tell_again(state, facts)
    return tell_next(state, facts)


def choose(state: State, place: int, act: Act, facts: Facts) -> Decision:
    """The first to the third of what was offered; 「第二家」 after an answer is a pharmacy."""
    options: Sequence[Choice] = state.options
    if (state.told or not options) and act.that_one and options[:1] in ((), (TakeNext(),)):
        return tell_nth(state, place, facts)
    if not 0 <= place < len(options):
        return state, Say(Phrase.NOT_A_CHOICE)
    return take(state, options[place], facts)


def _choose_last(state: State, act: Act, _: Utterance, facts: Facts) -> Decision:
    """The last of what was offered; after an answer the last pharmacy that was told of."""
    if state.told and state.options[:1] == (TakeNext(),):
        return tell_nth(state, len(state.told) - 1, facts)
    return choose(state, len(state.options) - 1, act, facts)


def _restart(state: State, *_: object) -> Decision:
    """From the beginning; where she calls from, and how she wants to be spoken to, stays."""
    fresh = State(state.locale, state.seed, state.area_code, slow=state.slow)
    return fresh, Say(Phrase.GREET)


def _forget(state: State, _: Act, utterance: Utterance, __: Facts) -> Decision:
    return state, Say(Phrase.NOT_FORGOTTEN if utterance.not_deleted else Phrase.FORGOTTEN)


def _unnotify(state: State, _: Act, utterance: Utterance, __: Facts) -> Decision:
    if utterance.not_deleted:
        return state, Say(Phrase.NOT_FORGOTTEN)
    return state, Say(Phrase.NOTIFY_OFF if utterance.watching else Phrase.NOTIFY_NONE)


def _usual(state: State, _: Act, utterance: Utterance, facts: Facts) -> Decision:
    """The district of last time; in a chat, what it was about before."""
    last = utterance.remembered.get(Intent.USUAL, "")
    if last in by_key():
        return ask_district(state, last, facts)
    if state.place and facts.channel.for_the_eye:
        return ask_district(state, state.place, facts)
    return state, Say(Phrase.NOT_REMEMBERED)


REMEMBERED = (Intent.USUAL,)
"""The acts that ask for what is remembered of a telephone from one call to the next."""


def to_remember(before: State, state: State) -> dict[str, str]:
    """What is kept for them, where that is switched on: a place that was newly asked about."""
    return {Intent.USUAL: state.place} if state.place not in ("", before.place) else {}


_Service = Callable[[State, Act, Utterance, Facts], Decision]


def _says(phrase: Phrase) -> _Service:
    return lambda state, *_: (state, Say(phrase))


SERVICES: dict[Intent, _Service] = {
    Intent.RULES: _rules,
    Intent.TOPIC: lambda state, act, *_: (state, TellTopic(act.part)),
    Intent.LOOKUP: _lookup,
    Intent.LANGUAGE: _speak,
    Intent.REPEAT: _says(Phrase.GREET),  # nothing was said yet: `_answer_all` says it all again
    Intent.SLOWER: lambda state, *_: (replace(state, slow=True), Say(Phrase.SLOWER)),
    Intent.HELP: _says(Phrase.HELP),
    Intent.OPERATOR: _says(Phrase.OPERATOR),
    Intent.RESTART: _restart,
    Intent.YES: _yes,
    Intent.NO: _no,
    Intent.CHOOSELAST: _choose_last,
    Intent.STOP: _says(Phrase.BYE),
    Intent.EMERGENCY: _says(Phrase.EMERGENCY),
    Intent.FORGET: _forget,
    Intent.UNNOTIFY: _unnotify,
    Intent.USUAL: _usual,
}
"""What needs no pharmacy."""
