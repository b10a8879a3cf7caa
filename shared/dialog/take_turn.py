"""The conversation as one pure function: a turn in, the new state and the reply out."""

from dataclasses import replace
from datetime import datetime

from shared import outcomes as o
from shared.catalog import Snapshot
from shared.dialog.decide import decide
from shared.dialog.facts import Facts, History
from shared.dialog.offer import offer, prompt
from shared.dialog.perform import perform
from shared.dialog.values import Channel, Intent, Option, Reply, State, Step, Turn
from shared.query import too_old
from shared.speech.say import say_outcome

_NOT_TO_REPEAT = (
    "not_heard",
    "not_understood",
    "not_a_choice",
    "unknown_code",
    "need_pharmacy",
    "no_previous",
    "slower",
    "language",
)
"""Steps that 「再說一次」 skips: it says the last answer or question again."""

_UNHEARD = ("not_heard", "not_understood")

_PAUSES = {"zh-TW": "", "ja-JP": "", "en-US": " "}


def take_turn(
    state: State | None,
    turn: Turn,
    snapshot: Snapshot | None,
    now: datetime,
    channel: Channel,
    history: History | None = None,
) -> tuple[State, Reply]:
    """Answer `turn`. `state` None starts a conversation; `now` is aware.

    `snapshot` None, or one over a day old, gives no counts: the reply says where to ask.
    """
    if state is None:
        state = first_state(turn)
    if snapshot is None or too_old(snapshot, now):
        return _without_data(state, turn, channel)
    facts = Facts(snapshot, now, channel, history)
    before = state
    state, step = decide(state, turn, facts)
    outcome = perform(step, state, facts)
    options = offer(outcome, step, state, facts)
    state = _remember(before, state, step, options)
    answer = _say(outcome, before, state, facts)
    question = prompt(outcome, options, state, facts)
    return state, _reply(answer, question, outcome, options, state, channel)


def first_state(turn: Turn) -> State:
    """The state in which a conversation begins that `turn` opens."""
    return State(locale=turn.locale, seed=turn.seed, area_code=turn.area_code)


def _remember(before: State, state: State, step: Step, options: tuple[Option, ...]) -> State:
    """`state` with what was said now: for 「再說一次」, for the keys, for never saying it twice."""
    last = before.said or before.step
    again = before.again + 1 if step == last and before.locale == state.locale else 0
    passing = step[0] in _NOT_TO_REPEAT
    return replace(
        state,
        step=state.step if passing else step,
        said=step if passing else (),
        again=again,
        unheard=before.unheard + 1 if step[0] in _UNHEARD else 0,
        options=tuple(option.step for option in options),
    )


def _say(outcome: o.Outcome, before: State, state: State, facts: Facts) -> str:
    text = _word(outcome, state.locale, facts.channel, state.again)
    if isinstance(outcome, o.Slower | o.LanguageChanged) and before.step:
        said_before = perform(before.step, state, facts)
        again = _word(said_before, state.locale, facts.channel)
        text = _join(text, again, state, facts.channel.for_the_eye)
    return text


def _word(outcome: o.Outcome, locale: str, channel: Channel, times: int = 0) -> str:
    return say_outcome(
        outcome, locale, times=times, keys=channel.keys, for_the_eye=channel.for_the_eye
    )


def _join(first: str, second: str, state: State, eye: bool) -> str:
    if not first or not second:
        return first or second
    return first + ("\n" if eye else _PAUSES.get(state.locale, " ")) + second


def _reply(
    answer: str,
    question: str,
    outcome: o.Outcome,
    options: tuple[Option, ...],
    state: State,
    channel: Channel,
) -> Reply:
    rings = _number_to_ring(outcome)
    listens = not rings and not isinstance(outcome, o.Goodbye)
    asked = "" if rings else question
    return Reply(
        outcome=outcome,
        text=_join(answer, asked, state, channel.for_the_eye),
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


def _without_data(state: State, turn: Turn, channel: Channel) -> tuple[State, Reply]:
    """The few things that can be said without a snapshot."""
    outcome: o.Outcome = o.NoData(channel.operator)
    step: Step = ("no_data",)
    if turn.intent is Intent.OPERATOR or turn.keys == "0":
        outcome, step = o.ToPerson(channel.operator, channel.dials), ("operator",)
    elif turn.intent is Intent.EMERGENCY or turn.keys == "119":
        outcome, step = o.Emergency(), ("emergency",)
    elif turn.intent is Intent.STOP or turn.keys == "#" or state.again > 1:
        outcome, step = o.Goodbye(), ("bye",)
    state = _remember(state, state, step, ())
    answer = _word(outcome, state.locale, channel, state.again)
    return state, _reply(answer, "", outcome, (), state, channel)
