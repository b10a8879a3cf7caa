"""One call for every channel: a turn in, the new state and the reply out."""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from time import perf_counter_ns

from intents.ask_dialogflow import DialogflowNlu
from intents.understand import understand
from shared.catalog import Snapshot
from shared.dialog.take_turn import first_state, take_turn
from shared.dialog.values import Channel, Reply, State, Turn
from shared.names.index import index_of

log = logging.getLogger(__name__)

Observer = Callable[[Channel, Turn, Reply, int], None]
"""Told of each turn: channel, turn as understood, reply, microseconds."""


class Conversation:
    """Takes the turns of all conversations; holds nothing of any of them."""

    def __init__(
        self,
        snapshot: Callable[[], Snapshot | None],
        clock: Callable[[], datetime],
        observe: Observer | None = None,
        nlu: DialogflowNlu | None = None,
    ) -> None:
        """`snapshot`: the one in use now, None for none; `clock`: the time, aware.

        `nlu`: asked about sentences of the hotline that are not understood here; None for nobody.
        """
        self._snapshot = snapshot
        self._clock = clock
        self._observe = observe or log_turn
        self._nlu = nlu

    def take(self, state: State | None, turn: Turn, channel: Channel) -> tuple[State, Reply]:
        """Understand `turn` and answer it. `state` None starts a conversation."""
        started = perf_counter_ns()
        snapshot = self._snapshot()
        if snapshot is not None:
            turn = self._understand(turn, state or first_state(turn), channel, snapshot)
        new_state, reply = take_turn(state, turn, snapshot, self._clock(), channel)
        self._observe(channel, turn, reply, (perf_counter_ns() - started) // 1000)
        return new_state, reply

    def _understand(self, turn: Turn, state: State, channel: Channel, snapshot: Snapshot) -> Turn:
        index = index_of(snapshot.catalog)
        understood = understand(turn, state, index)
        if not self._nlu or channel.name != "twilio" or understood.intent or not turn.heard:
            return understood
        detected = self._nlu.detect(turn.heard, state.locale)
        if detected is None:
            return understood
        found = replace(
            turn,
            heard=detected.heard,
            keys=detected.keys,
            intent=detected.intent,
            product=detected.product,
        )
        return understand(found, state, index)


def log_turn(channel: Channel, turn: Turn, reply: Reply, microseconds: int) -> None:
    """One line a turn; no words and no number of the caller."""
    log.info(
        "turn channel=%s intent=%s outcome=%s microseconds=%d",
        channel.name,
        turn.intent or "none",
        type(reply.outcome).__name__,
        microseconds,
    )
