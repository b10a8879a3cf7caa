"""One turn of a conversation, for every channel: state and utterance in, state and reply out."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import count
from threading import Lock
from time import perf_counter_ns
from typing import Protocol

from conversation.memory import Memory
from conversation.observation import Observer, Turn, failed, log_turn, observed
from nlu.understand import understand
from shared.catalog import Catalog, Snapshot
from shared.dialog.acts import Intent, Understanding
from shared.dialog.facts import History
from shared.dialog.services import REMEMBERED, to_remember
from shared.dialog.take_turn import first_state, take_turn
from shared.dialog.values import Channel, Hint, Reply, State, Utterance
from shared.names.index import NameIndex, index_of
from shared.outcomes import Found, NotifySet

UTTERANCE_LIMIT = 200
"""Characters of an utterance that are read, whichever channel it came by. Taiwanese Mandarin has
some 3.5 syllables a second, so this is 57 s of speech; the longest of 1,587 spoken utterances has
46. The cost of understanding grows with the length."""

KEYS_LIMIT = 32
"""Keys of one turn; a telephone number has ten."""


NO_CATALOG = Catalog.of(())
"""Used without a snapshot, so that places are still understood."""


class Agent(Protocol):
    """An external NLU, for sentences that ours does not understand."""

    def detect(self, text: str, locale: str) -> Hint | None:
        """What `text` means; None where the agent does not know or does not answer in time."""


class RestockWatches(Protocol):
    """Who wants to be told of which pharmacy's restock. Never raises."""

    def of(self, channel: str, person: str) -> tuple[str, ...] | None:
        """Ids of the pharmacies that `person` watches; None where the store does not answer."""

    def add(
        self, channel: str, person: str, pharmacy: str, product: str, left: int, locale: str
    ) -> bool:
        """Watch one more pharmacy; `left`: its count now. False where that cannot be kept."""

    def delete(self, channel: str, person: str) -> bool:
        """Delete all watches of `person`; False where that failed."""


_TOLD_LATER = (Intent.NOTIFY, Intent.UNNOTIFY, Intent.FORGET)


class Conversation:
    """Takes the turns of all conversations; holds no state of any of them."""

    def __init__(
        self,
        snapshot: Callable[[], Snapshot | None],
        clock: Callable[[], datetime],
        observe: Observer = log_turn,
        nlu: Agent | None = None,
        history: History | None = None,
        memory: Memory | None = None,
        watches: RestockWatches | None = None,
        seeds: Iterator[int] | None = None,
    ) -> None:
        """`snapshot`: the one in use now, None for none; `clock`: the time, aware.

        `nlu`: asked about sentences of the hotline that ours does not understand; `history`: the
        changes between earlier snapshots; `memory`: what telephones asked before; `watches`: who
        is told of a restock; None for none.
        `seeds`: the numbers of the conversations; None counts from 0. Consecutive ones, because
        these spread callers over pharmacies most evenly.
        """
        self._snapshot = snapshot
        self._clock = clock
        self._observe = observe
        self._nlu = nlu
        self._history = history
        self._memory = memory
        self._watches = watches
        self._seeds = count() if seeds is None else seeds
        # numpy releases the interpreter lock at each step: two threads would alternate, and evict
        # each other's tables from the processor's cache (docs/decisions/load.md).
        self._one_sentence = Lock()

    def take(
        self, state: State | None, utterance: Utterance, channel: Channel
    ) -> tuple[State, Reply]:
        """Understand `utterance` and answer it. `state` None starts a conversation.

        Any fault is counted, and then raised for the channel to catch.
        """
        started = perf_counter_ns()
        text, keys = utterance.text[:UTTERANCE_LIMIT], utterance.keys[:KEYS_LIMIT]
        if (text, keys) != (utterance.text, utterance.keys):
            utterance = replace(utterance, text=text, keys=keys)
        try:
            return self._take(state, utterance, channel, started)
        except Exception:
            took = (perf_counter_ns() - started) // 1000
            self._observe(failed(channel, utterance, state, took), None)
            raise

    def _take(
        self, state: State | None, utterance: Utterance, channel: Channel, started: int
    ) -> tuple[State, Reply]:
        if state is None:
            utterance = replace(utterance, seed=next(self._seeds))
        before = state or first_state(utterance)
        snapshot = self._snapshot()
        understanding = self._understand(utterance, before, channel, snapshot)
        now = self._clock()
        utterance = self._recall(utterance, understanding, now)
        utterance = self._watched(utterance, understanding, before, channel)
        rest = understanding, snapshot, now, channel, self._history
        new_state, reply = take_turn(state, utterance, *rest)
        if not self._watch(utterance, reply, channel):
            utterance = replace(utterance, not_kept=True)
            new_state, reply = take_turn(state, utterance, *rest)
        self._remember(utterance, before, new_state, now)
        took = (perf_counter_ns() - started) // 1000
        if state is None:
            new_state = replace(new_state, began=int(now.timestamp()))
        turn = Turn(utterance, understanding, state, new_state, reply)
        self._observe(observed(channel, turn, now, took), reply)
        if new_state.began and any(isinstance(outcome, Found) for outcome in reply.outcomes):
            new_state = replace(new_state, began=0)
        return new_state, reply

    def _recall(
        self, utterance: Utterance, understanding: Understanding, now: datetime
    ) -> Utterance:
        """`utterance` with what 「和上次一樣」 refers to, and whether all was forgotten."""
        if not self._memory:
            return utterance
        if understanding.has(Intent.FORGET):
            return replace(utterance, not_deleted=not self._memory.forget(utterance.caller))
        asked = map(str, filter(understanding.has, REMEMBERED))
        found = {what: self._memory.recall(utterance.caller, what, now) for what in asked}
        return replace(utterance, remembered=found) if found else utterance

    def _watched(
        self, utterance: Utterance, understanding: Understanding, state: State, channel: Channel
    ) -> Utterance:
        """`utterance` with the watches of its person; deletes them where that was asked for."""
        if not (self._watches and channel.notifies and utterance.person):
            return utterance
        if not any(map(understanding.has, _TOLD_LATER)) and Intent.NOTIFY not in state.waiting:
            return utterance
        watching = self._watches.of(channel.name, utterance.person)
        if understanding.has(Intent.UNNOTIFY) or understanding.has(Intent.FORGET):
            deleted = self._watches.delete(channel.name, utterance.person)
            not_deleted = utterance.not_deleted or not deleted
            return replace(utterance, watching=watching or (), not_deleted=not_deleted)
        return replace(utterance, watching=watching or (), not_kept=watching is None)

    def _watch(self, utterance: Utterance, reply: Reply, channel: Channel) -> bool:
        """Store the watch that `reply` promises; False where that fails."""
        promised = [outcome for outcome in reply.outcomes if isinstance(outcome, NotifySet)]
        if promised and not (self._watches and utterance.person):
            return False
        return not self._watches or all(
            self._watches.add(
                channel.name,
                utterance.person,
                one.pharmacy.id,
                one.product.id,
                one.left,
                reply.locale,
            )
            for one in promised
        )

    def leave(self, person: str, channel: Channel) -> None:
        """`person` has left the channel: delete their watches."""
        if self._watches and person:
            self._watches.delete(channel.name, person)

    def _remember(self, utterance: Utterance, before: State, state: State, now: datetime) -> None:
        """Store what the next call of this telephone may refer to."""
        if not self._memory or not utterance.caller:
            return
        for what, value in to_remember(before, state).items():
            self._memory.remember(utterance.caller, what, value, now)

    def _understand(
        self, utterance: Utterance, state: State, channel: Channel, snapshot: Snapshot | None
    ) -> Understanding:
        index = index_of(snapshot.catalog if snapshot else NO_CATALOG)
        understood = self._one_at_a_time(utterance, state, index)
        if understood.acts or not (self._nlu and channel.asks_nlu):
            return understood
        hint = self._nlu.detect(utterance.text, state.locale)
        if hint is None:
            return understood
        return self._one_at_a_time(replace(utterance, hint=hint), state, index)

    def _one_at_a_time(self, utterance: Utterance, state: State, index: NameIndex) -> Understanding:
        """`understand`, one utterance at a time in each process."""
        if not utterance.text and not utterance.hint:
            return understand(utterance, state, index)
        with self._one_sentence:
            return understand(utterance, state, index)
