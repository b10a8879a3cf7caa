"""One call for every channel: a turn in, the new state and the reply out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count
from threading import Lock
from time import perf_counter_ns
from typing import Protocol

from conversation.memory import Memory
from conversation.observation import Observer, failed, log_turn, observed
from nlu.understand import understand
from shared.catalog import Snapshot
from shared.dialog.facts import History
from shared.dialog.take_turn import first_state, take_turn
from shared.dialog.values import Channel, Intent, Reply, State, Turn
from shared.names.index import NameIndex, index_of
from shared.outcomes import Found

UTTERANCE_LIMIT = 200
"""Characters of an utterance that are understood, whichever channel it came by. Taiwanese Mandarin
has some 3.5 syllables a second, so this is what can be said in 57 s; the longest of 1,587 that
were spoken has 46. What understanding costs grows with it."""

KEYS_LIMIT = 32
"""Keys of one turn; a telephone number has ten."""


@dataclass(frozen=True, slots=True)
class Detected:
    """What a platform's agent took a sentence to mean."""

    intent: Intent
    heard: str
    """the places it found, in Chinese as the agent's entities write them; else the sentence"""
    keys: str = ""
    """a postal code, which counts before everything else; "" for none"""
    product: str = ""
    """product id, or \"\""""


class Agent(Protocol):
    """Asked about sentences that are not understood here."""

    def detect(self, text: str, locale: str, session: str = "") -> Detected | None:
        """What `text` means; None where the agent does not know or does not answer in time."""


class Conversation:
    """Takes the turns of all conversations; holds nothing of any of them."""

    def __init__(
        self,
        snapshot: Callable[[], Snapshot | None],
        clock: Callable[[], datetime],
        observe: Observer | None = None,
        nlu: Agent | None = None,
        history: History | None = None,
        memory: Memory | None = None,
        seeds: Iterator[int] | None = None,
    ) -> None:
        """`snapshot`: the one in use now, None for none; `clock`: the time, aware.

        `nlu`: asked about sentences of the hotline that are not understood here; `history`: what
        was seen in earlier snapshots; `memory`: where telephones asked last; None for none.
        `seeds`: the numbers of the conversations; None counts from 0. In a row, because so callers
        are spread most evenly.
        """
        self._snapshot = snapshot
        self._clock = clock
        self._observe = observe or log_turn
        self._nlu = nlu
        self._history = history
        self._memory = memory
        self._seeds = count() if seeds is None else seeds
        # numpy lets go of the interpreter at each step: two threads would hand it to and fro, and
        # each drive the other's tables out of the processor's cache (docs/decisions/load.md).
        self._one_sentence = Lock()

    def take(self, state: State | None, turn: Turn, channel: Channel) -> tuple[State, Reply]:
        """Understand `turn` and answer it. `state` None starts a conversation.

        Whatever goes wrong is raised, for the one catch of the channel, after it was counted.
        """
        started = perf_counter_ns()
        heard, keys = turn.heard[:UTTERANCE_LIMIT], turn.keys[:KEYS_LIMIT]
        if (heard, keys) != (turn.heard, turn.keys):
            turn = replace(turn, heard=heard, keys=keys)
        try:
            return self._take(state, turn, channel, started)
        except Exception:
            took = (perf_counter_ns() - started) // 1000
            self._observe(failed(channel, turn, state, took), None)
            raise

    def _take(
        self, state: State | None, turn: Turn, channel: Channel, started: int
    ) -> tuple[State, Reply]:
        if state is None:
            turn = replace(turn, seed=next(self._seeds))
        snapshot = self._snapshot()
        if snapshot is not None:
            turn = self._understand(turn, state or first_state(turn), channel, snapshot)
        now = self._clock()
        turn = self._recall(turn, now)
        new_state, reply = take_turn(state, turn, snapshot, now, channel, self._history)
        self._remember(turn, state, new_state, now)
        took = (perf_counter_ns() - started) // 1000
        if state is None:
            new_state = replace(new_state, began=int(now.timestamp()))
        self._observe(observed(channel, turn, reply, (state, new_state), now, took), reply)
        if isinstance(reply.outcome, Found):
            new_state = replace(new_state, began=0)
        return new_state, reply

    def _recall(self, turn: Turn, now: datetime) -> Turn:
        """`turn` with what 「和上次一樣」 refers to, and whether all was forgotten if asked for."""
        if not self._memory:
            return turn
        if turn.intent is Intent.USUAL:
            return replace(turn, remembered=self._memory.recall(turn.caller, now))
        if turn.intent is Intent.FORGET:
            return replace(turn, not_deleted=not self._memory.forget(turn.caller))
        return turn

    def _remember(self, turn: Turn, before: State | None, state: State, now: datetime) -> None:
        """Keep a place that was newly asked about."""
        if not self._memory or not turn.caller:
            return
        if state.place and state.place != (before.place if before else ""):
            self._memory.remember(turn.caller, state.place, now)

    def _understand(self, turn: Turn, state: State, channel: Channel, snapshot: Snapshot) -> Turn:
        index = index_of(snapshot.catalog)
        understood = self._heed(turn, state, index)
        if not self._nlu or not channel.asks_nlu or understood.intent or not turn.heard:
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
        return self._heed(found, state, index)

    def _heed(self, turn: Turn, state: State, index: NameIndex) -> Turn:
        """`understand`, one sentence at a time in each process."""
        if not turn.heard:
            return turn
        with self._one_sentence:
            return understand(turn, state, index)
