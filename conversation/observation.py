"""What those who run the line see of a turn: no words and no number of the caller."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shared import outcomes as o
from shared.dialog.acts import Intent, TellPharmacy, Understanding
from shared.dialog.values import Channel, Reply, State, Utterance
from shared.names.resolution import Meant

log = logging.getLogger(__name__)


class Recognition(StrEnum):
    """How well a turn was heard."""

    SURE = "sure"
    UNSURE = "unsure"
    """names were heard, and the caller was asked which of them she meant"""
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
    """class name of the outcome; `FAILED` where the turn could not be answered"""
    microseconds: int
    opens: bool
    """a conversation began"""
    heard: Recognition
    district: str = ""
    """key of the district that was asked about, or (unsure) may have been; "" for none"""
    taken_back: str = ""
    """key of the district that was answered for in the turn before, where the caller at once said
    no or named another place: heard wrongly, or a caller who asks for two places in a row"""
    first_count_s: int | None = None
    """seconds from the beginning of the conversation to its first count; None in other turns"""
    counted: bool = True
    """False for a call against oneself, which is logged and is in no figure"""


FAILED = "Failed"

Observer = Callable[[Observed, Reply | None], None]
"""Told of each turn, after it was answered; without a reply where that failed."""


@dataclass(frozen=True, slots=True)
class Turn:
    """An utterance, what was understood, and its reply, with the states before and after."""

    utterance: Utterance
    understanding: Understanding
    before: State | None
    after: State
    reply: Reply


def observed(channel: Channel, turn: Turn, now: datetime, microseconds: int) -> Observed:
    """`turn` as it is counted."""
    before, after, outcomes = turn.before, turn.after, turn.reply.outcomes
    outcome = turn.reply.outcome
    counts = any(isinstance(one, o.Found) for one in outcomes)
    began = after.began if before is None else before.began
    return Observed(
        channel=channel.name,
        intent="+".join(act.label for act in turn.understanding.acts),
        outcome=type(outcome).__name__,
        microseconds=microseconds,
        opens=before is None,
        heard=_heard(turn, outcome),
        district=_district(turn, outcome, before, after),
        taken_back=_taken_back(turn, before, after) if before else "",
        first_count_s=max(0, int(now.timestamp()) - began) if counts and began else None,
        counted=channel.counted,
    )


def failed(
    channel: Channel, utterance: Utterance, before: State | None, microseconds: int
) -> Observed:
    """A turn that ended in an exception: the channel says that something went wrong."""
    return Observed(
        channel=channel.name,
        intent="",
        outcome=FAILED,
        microseconds=microseconds,
        opens=before is None,
        heard=Recognition.SURE if utterance.text else Recognition.PRESSED,
        counted=channel.counted,
    )


def _heard(turn: Turn, outcome: o.Outcome) -> Recognition:
    if isinstance(outcome, o.NotHeard | o.NotUnderstood):
        return Recognition.UNHEARD
    if not turn.utterance.text:
        return Recognition.PRESSED
    return Recognition.UNSURE if _asked_back(turn, outcome) else Recognition.SURE


def _asked_back(turn: Turn, outcome: o.Outcome) -> bool:
    """Whether names in `turn` led to the question; 「再說一次」 and a county alone do not count."""
    names = turn.understanding.names
    named = names is not None and names.meant is not Meant.NOTHING
    return named and isinstance(outcome, o.AmbiguousPlace | o.AmbiguousPharmacy)


def _district(turn: Turn, outcome: o.Outcome, before: State | None, after: State) -> str:
    if isinstance(outcome, o.AmbiguousPlace):
        return outcome.places[0].key if _asked_back(turn, outcome) else ""
    if not isinstance(outcome, o.Found | o.SoldOut | o.NoPharmacy):
        return ""
    moved = before is None or before.place != after.place
    return (
        after.place if moved or turn.understanding.has(Intent.ASK) else ""
    )  # 「下一家」 asks no more


def _taken_back(turn: Turn, before: State, after: State) -> str:
    last = before.said[-1] if before.said else None
    just_answered = isinstance(last, TellPharmacy) and len(before.told) == 1
    if just_answered and (turn.understanding.has(Intent.NO) or after.place != before.place):
        return before.place
    return ""


def log_turn(seen: Observed, _reply: Reply | None) -> None:
    """One line a turn; no words and no number of the caller."""
    log.info(
        "turn channel=%s intent=%s outcome=%s heard=%s microseconds=%d",
        seen.channel,
        seen.intent or "none",
        seen.outcome,
        seen.heard,
        seen.microseconds,
    )
