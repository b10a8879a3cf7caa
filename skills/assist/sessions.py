"""The states of conversations by the ids that Home Assistant gives them."""

import time
from collections import OrderedDict
from dataclasses import dataclass

from shared.dialog.values import State

IDLE_SECONDS = 300.0
"""As long as Home Assistant keeps a conversation."""

KEPT_CONVERSATIONS = 1_000
"""Of more, the one that was silent longest is dropped."""


@dataclass(frozen=True, slots=True)
class Session:
    """One conversation."""

    state: State | None = None
    begun: bool = False
    """whether a sentence in it was for us; until then each may be for the house"""


class Sessions:
    """Conversations by id, each for IDLE_SECONDS after its last sentence."""

    def __init__(self) -> None:
        """None yet."""
        self._sessions: OrderedDict[str, tuple[float, Session]] = OrderedDict()

    def get(self, name: str) -> Session:
        """The conversation of that id; a new one for an id that is new or was silent too long."""
        since, session = self._sessions.get(name, (0.0, Session()))
        return session if time.monotonic() - since < IDLE_SECONDS else Session()

    def put(self, name: str, session: Session) -> None:
        """Store `session`; one without a state is over, and deleted."""
        self._sessions.pop(name, None)
        if session.state is not None:
            self._sessions[name] = (time.monotonic(), session)
        while len(self._sessions) > KEPT_CONVERSATIONS:
            self._sessions.popitem(last=False)
