"""The conversation as one pure function: an utterance understood, the new state, the reply."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from shared import outcomes as o
from shared.catalog import Snapshot
from shared.dialog.acts import Intent, Phrase, Say, TellPharmacy, Told, Understanding, pack_move
from shared.dialog.answers import to_say_again
from shared.dialog.facts import Facts, History
from shared.dialog.offer import offer, prompt
from shared.dialog.perform import minutes, perform
from shared.dialog.policy import decide
from shared.dialog.values import Channel, Option, Reply, State, Utterance
from shared.locales import locale_of
from shared.outcomes import TRAITS
from shared.query import too_old
from shared.speech.say import say_outcome

_UNHEARD = (o.NotHeard, o.NotUnderstood)


def take_turn(
    state: State | None,
    utterance: Utterance,
    understanding: Understanding,
    snapshot: Snapshot | None,
    now: datetime,
    channel: Channel,
    history: History | None = None,
) -> tuple[State, Reply]:
    """Answer `utterance`. `state` None starts a conversation; `now` is aware.

    `snapshot` None, or one over a day old, gives no counts: the reply says where to ask.
    """
    if state is None:
        state = first_state(utterance)
    if snapshot is None or too_old(snapshot, now):
        return _without_data(state, understanding, channel)
    facts = Facts(snapshot, now, channel, history)
    before = state
    state, told = decide(state, understanding, utterance, facts)
    outcomes = _perform_all(told, state, facts)
    options = offer(outcomes[-1], told[-1], state, facts)
    state = _remember(before, state, told, outcomes, options)
    answer = _say(outcomes, before, state, facts)
    question = prompt(outcomes, options, state, facts)
    state = _mark_told(state, outcomes, options)
    return state, _reply(answer, question, outcomes, options, state, channel)


def first_state(utterance: Utterance) -> State:
    """The state in which a conversation begins that `utterance` opens."""
    return State(locale=utterance.locale, seed=utterance.seed, area_code=utterance.area_code)


def _perform_all(told: Sequence[Told], state: State, facts: Facts) -> list[o.Outcome]:
    """What each of `told` says; with the last pharmacy the time of the data, and the walk from
    where `state` is near to, which is about that one."""
    outcomes: list[o.Outcome] = []
    shops = [one for one in told if isinstance(one, TellPharmacy)]
    for one in told:
        before_it = one in shops[:-1]
        asked = replace(state, near="", road="") if before_it else state
        outcome = perform(one, asked, facts)
        if isinstance(outcome, o.Found):
            outcome = replace(outcome, as_of=None) if before_it else outcome
            outcomes, outcome = _in_a_row(outcomes, outcome)
        outcomes.append(outcome)
    return outcomes


def _in_a_row(before: list[o.Outcome], found: o.Found) -> tuple[list[o.Outcome], o.Found]:
    """`before` and `found`, told as the next of several where the one before lies there too."""
    last = before[-1] if before else None
    if not isinstance(last, o.Found) or last.pharmacy.district != found.pharmacy.district:
        return before, found
    if found.ordinal != last.ordinal + 1:  # near two landmarks of one district
        return before, found
    first = last if last.in_row else replace(last, in_row=1)
    return [*before[:-1], first], replace(found, in_row=first.in_row + 1)


_TOLD_FROM = ("locale", "open_at", "near", "road")
"""What the same answer says something else from: 「離江子翠站多遠」, 「離府中站多遠」."""


def _remember(
    before: State,
    state: State,
    told: Sequence[Told],
    outcomes: Sequence[o.Outcome],
    options: tuple[Option, ...],
) -> State:
    """`state` with what was said now: for 「再說一次」, for the keys, for never saying it twice."""
    lasting = tuple(
        one for one, out in zip(told, outcomes, strict=True) if TRAITS[type(out)].repeats
    )
    passing = [one for one in told if one not in lasting]
    name = " ".join(str(part) for one in passing for part in pack_move(one))
    same = before.passing == name and (not lasting or before.said == lasting)
    same = same and all(getattr(before, name) == getattr(state, name) for name in _TOLD_FROM)
    again = before.again + 1 if same else 0
    unheard = isinstance(outcomes[-1], _UNHEARD)
    return replace(
        state,
        row=_row(before, told),
        said=lasting or state.said,
        passing=name,
        again=again,
        unheard=before.unheard + 1 if unheard else 0,
        options=tuple(option.choice for option in options),
    )


def _row(before: State, told: Sequence[Told]) -> tuple[str, ...]:
    """The pharmacies of one answer: of this one, else of that before while no other is told of."""
    shops = tuple(dict.fromkeys(one.id for one in told if isinstance(one, TellPharmacy)))
    if len(shops) > 1:
        return shops
    return before.row if set(shops) <= set(before.row) else ()


def _mark_told(state: State, outcomes: Sequence[o.Outcome], options: tuple[Option, ...]) -> State:
    """`state` with what need not be told a second time in a call."""
    times = [minutes(out.as_of) for out in outcomes if isinstance(out, o.Found) and out.as_of]
    keys_told = state.keys_told or (bool(options) and options[0].label == "next")
    time_told = max(times, default=state.time_told)
    if (keys_told, time_told) == (state.keys_told, state.time_told):
        return state
    return replace(state, keys_told=keys_told, time_told=time_told)


def _say(outcomes: Sequence[o.Outcome], before: State, state: State, facts: Facts) -> str:
    text = ""
    for number, outcome in enumerate(outcomes):
        times = state.again if number == 0 else 0
        text = _join(text, _word(outcome, state.locale, facts.channel, times), state, facts.channel)
    if len(outcomes) == 1 and isinstance(outcomes[0], o.Slower | o.LanguageChanged):
        for outcome in _perform_all(to_say_again(before), state, facts):
            again = _word(outcome, state.locale, facts.channel)
            text = _join(text, again, state, facts.channel)
    return text


def _word(outcome: o.Outcome, locale: str, channel: Channel, times: int = 0) -> str:
    return say_outcome(
        outcome, locale, times=times, keys=channel.keys, for_the_eye=channel.for_the_eye
    )


def _join(first: str, second: str, state: State, channel: Channel) -> str:
    if not first or not second:
        return first or second
    return first + ("\n" if channel.for_the_eye else locale_of(state.locale).gap) + second


def _reply(
    answer: str,
    question: str,
    outcomes: Sequence[o.Outcome],
    options: tuple[Option, ...],
    state: State,
    channel: Channel,
) -> Reply:
    rings = next((number for out in outcomes if (number := _number_to_ring(out))), "")
    listens = not rings and not isinstance(outcomes[-1], o.Goodbye)
    asked = "" if rings else question
    return Reply(
        outcomes=tuple(outcomes),
        text=_join(answer, asked, state, channel),
        prompt=(asked or answer) if listens else "",
        locale=state.locale,
        listens=listens,
        digits=1 if options else 3,
        rings=rings,
        slow=state.slow,
        options=options,
    )


def _number_to_ring(outcome: o.Outcome) -> str:
    match outcome:
        case o.ToPerson(number, connects=True):
            return number
        case o.ToPharmacy(pharmacy, connects=True):
            return pharmacy.phone
    return ""


def _without_data(
    state: State, understanding: Understanding, channel: Channel
) -> tuple[State, Reply]:
    """The few things that can be said without a snapshot."""
    outcome: o.Outcome = o.NoData(channel.operator)
    told = Say(Phrase.NO_DATA)
    if understanding.has(Intent.EMERGENCY):
        outcome, told = o.Emergency(), Say(Phrase.EMERGENCY)
    elif understanding.has(Intent.OPERATOR):
        outcome, told = o.ToPerson(channel.operator, channel.dials), Say(Phrase.OPERATOR)
    elif understanding.has(Intent.STOP) or state.again > 1:
        outcome, told = o.Goodbye(), Say(Phrase.BYE)
    state = _remember(state, state, (told,), (outcome,), ())
    answer = _word(outcome, state.locale, channel, state.again)
    return state, _reply(answer, "", (outcome,), (), state, channel)
