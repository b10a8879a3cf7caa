"""One call for every channel: a turn in, the new state and the reply out."""

import logging
from collections.abc import Callable
from datetime import datetime
from time import perf_counter_ns

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
    ) -> None:
        """`snapshot`: the one in use now, None for none; `clock`: the time, aware."""
        self._snapshot = snapshot
        self._clock = clock
        self._observe = observe or log_turn

    def take(self, state: State | None, turn: Turn, channel: Channel) -> tuple[State, Reply]:
        """Understand `turn` and answer it. `state` None starts a conversation."""
        started = perf_counter_ns()
        snapshot = self._snapshot()
        if snapshot is not None:
            turn = understand(turn, state or first_state(turn), index_of(snapshot.catalog))
        new_state, reply = take_turn(state, turn, snapshot, self._clock(), channel)
        self._observe(channel, turn, reply, (perf_counter_ns() - started) // 1000)
        return new_state, reply


def log_turn(channel: Channel, turn: Turn, reply: Reply, microseconds: int) -> None:
    """One line a turn; no words and no number of the caller."""
    log.info(
        "turn channel=%s intent=%s outcome=%s microseconds=%d",
        channel.name,
        turn.intent or "none",
        type(reply.outcome).__name__,
        microseconds,
    )
