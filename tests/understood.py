"""Turns that are understood already: for tests of the dialogue alone."""

from dataclasses import dataclass
from datetime import datetime

from shared.catalog import Snapshot
from shared.dialog import take_turn as dialogue
from shared.dialog.acts import Act, Intent, Understanding
from shared.dialog.facts import History
from shared.dialog.values import Channel, Reply, State, Utterance
from shared.names.resolution import Resolution


@dataclass(frozen=True, slots=True)
class Turn:
    """One utterance with what it asks for."""

    intent: Intent | None = None
    heard: str = ""
    keys: str = ""
    product: str = ""
    names: Resolution | None = None
    denied: Resolution | None = None
    part: str = ""
    ends: str = ""
    that_one: bool = False
    other_county: bool = False
    opens: bool = False
    unanswered: bool = False
    not_deleted: bool = False
    watching: tuple[str, ...] = ()
    not_kept: bool = False
    area_code: str = ""
    seed: int = 0
    locale: str = "zh-TW"

    @property
    def utterance(self) -> Utterance:
        """What the channel hands over."""
        return Utterance(
            text=self.heard,
            keys=self.keys,
            unanswered=self.unanswered,
            not_deleted=self.not_deleted,
            watching=self.watching,
            not_kept=self.not_kept,
            opens=self.opens,
            area_code=self.area_code,
            seed=self.seed,
            locale=self.locale,
        )

    def understanding(self, state: State | None) -> Understanding:
        """What it asks for."""
        if self.keys:
            from nlu.dtmf import understand_keys

            return understand_keys(self.keys, state or State())
        if self.intent is None:
            return Understanding(names=self.names)
        act = Act(
            self.intent,
            self.part,
            product=self.product,
            names=self.names,
            denied=self.denied,
            ends=self.ends,
            that_one=self.that_one,
            other_county=self.other_county,
        )
        return Understanding((act,), self.names)


def take_turn(
    state: State | None,
    turn: Turn,
    snapshot: Snapshot | None,
    now: datetime,
    channel: Channel,
    history: History | None = None,
) -> tuple[State, Reply]:
    """The dialogue's `take_turn` with a turn that is understood."""
    return dialogue.take_turn(
        state, turn.utterance, turn.understanding(state), snapshot, now, channel, history
    )
