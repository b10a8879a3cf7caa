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
class Session:
    """One conversation."""

    state: State | None = None
    begun: bool = False
    """something in it was for us; until then each sentence may be for the house"""


class Sessions:
    """What is known of each conversation, for IDLE_SECONDS."""

    def __init__(self) -> None:
        """None yet."""
        self._sessions: OrderedDict[str, tuple[float, Session]] = OrderedDict()

    def get(self, name: str) -> Session:
        """That conversation; a new one for a name that is new or was silent long."""
        since, session = self._sessions.get(name, (0.0, Session()))
        return session if time.monotonic() - since < IDLE_SECONDS else Session()

    def put(self, name: str, session: Session) -> None:
        """Keep `session`; one without a state is over."""
        self._sessions.pop(name, None)
        if session.state is not None:
            self._sessions[name] = (time.monotonic(), session)
        while len(self._sessions) > KEPT_CONVERSATIONS:
            self._sessions.popitem(last=False)
