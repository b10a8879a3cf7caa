"""The conversations that Home Assistant names in the context of a sentence."""

import time
from collections import OrderedDict
from dataclasses import dataclass

from shared.dialog.values import State

IDLE_SECONDS = 300.0
"""As long as Home Assistant keeps a conversation; then it is forgotten here too."""

KEPT_CONVERSATIONS = 1_000
"""The one that was silent longest goes first."""


@dataclass(frozen=True, slots=True)
class Talk:
    """One conversation."""

    state: State | None = None
    begun: bool = False
    """something in it was for us; until then each sentence may be for the house"""


class Talks:
    """What is known of each conversation, for IDLE_SECONDS."""

    def __init__(self) -> None:
        """None yet."""
        self._talks: OrderedDict[str, tuple[float, Talk]] = OrderedDict()

    def get(self, name: str) -> Talk:
        """That conversation; a new one for a name that is new or was silent long."""
        since, talk = self._talks.get(name, (0.0, Talk()))
        return talk if time.monotonic() - since < IDLE_SECONDS else Talk()

    def put(self, name: str, talk: Talk) -> None:
        """Keep `talk`; one without a state is over."""
        self._talks.pop(name, None)
        if talk.state is not None:
            self._talks[name] = (time.monotonic(), talk)
        while len(self._talks) > KEPT_CONVERSATIONS:
            self._talks.popitem(last=False)
