"""What those who run the line see of a turn: no words and no number of the caller."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shared import outcomes as o
from shared.dialog.values import Channel, Intent, Reply, State, Turn
from shared.names.resolution import Meant

log = logging.getLogger(__name__)


class Heard(StrEnum):
    """How well a turn was heard."""

    SURE = "sure"
    UNSURE = "unsure"
    """names were heard, and the caller was asked which she meant"""
    UNHEARD = "unheard"
    """nothing, or nothing that makes sense"""
    PRESSED = "pressed"
    """keys, or a call that opens without a word"""


@dataclass(frozen=True, slots=True)
class Observed:
    """One turn, as it is counted."""

    channel: str
    intent: str
    """"" where none was understood"""
    outcome: str
    """class name of the outcome"""
    microseconds: int
    opens: bool
    """a conversation began"""
    heard: Heard
    district: str = ""
    """key of the district that the reply is about; "" for none"""
    taken_back: str = ""
    """key of the district that was answered for in the turn before, where the caller at once said
    no or named another place: heard wrongly, or a caller who asks for two places in a row"""
    first_count_s: int | None = None
    """seconds from the beginning of the conversation to its first count; None in other turns"""


Observer = Callable[[Observed, Reply], None]
"""Told of each turn, after it was answered."""


def observed(
    channel: Channel,
    turn: Turn,
    reply: Reply,
    states: tuple[State | None, State],
    now: datetime,
    microseconds: int,
) -> Observed:
    """`turn` as understood and its reply, as it is counted. `states`: before and after it."""
    before, after = states
    counts = isinstance(reply.outcome, o.Found)
    began = after.began if before is None else before.began
    return Observed(
        channel=channel.name,
        intent=str(turn.intent or ""),
        outcome=type(reply.outcome).__name__,
        microseconds=microseconds,
        opens=before is None,
        heard=_heard(turn, reply.outcome),
        district=_district(reply.outcome, after),
        taken_back=_taken_back(turn, before, after) if before else "",
        first_count_s=max(0, int(now.timestamp()) - began) if counts and began else None,
    )


def _heard(turn: Turn, outcome: o.Outcome) -> Heard:
    if isinstance(outcome, o.NotHeard | o.NotUnderstood):
        return Heard.UNHEARD
    if not turn.heard:
        return Heard.PRESSED
    named = turn.resolution is not None and turn.resolution.meant is not Meant.NOTHING
    return Heard.UNSURE if named and turn.resolution and not turn.resolution.sure else Heard.SURE


def _district(outcome: o.Outcome, state: State) -> str:
    if isinstance(outcome, o.AmbiguousPlace):
        return outcome.places[0].key
    return state.place if isinstance(outcome, o.Found | o.SoldOut | o.NoPharmacy) else ""


def _taken_back(turn: Turn, before: State, after: State) -> str:
    just_answered = before.step[:1] == ("found",) and len(before.told) == 1
    if just_answered and (turn.intent is Intent.NO or after.place != before.place):
        return before.place
    return ""


def log_turn(seen: Observed, _reply: Reply) -> None:
    """One line a turn; no words and no number of the caller."""
    log.info(
        "turn channel=%s intent=%s outcome=%s heard=%s microseconds=%d",
        seen.channel,
        seen.intent or "none",
        seen.outcome,
        seen.heard,
        seen.microseconds,
    )
