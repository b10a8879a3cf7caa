"""One call for every channel: a turn in, the new state and the reply out."""

from collections.abc import Callable
from datetime import datetime

from shared.catalog import Snapshot
from shared.dialog.take_turn import take_turn
from shared.dialog.values import Channel, Reply, State, Turn


class Conversation:
    """Takes the turns of all conversations; holds nothing of any of them."""

    def __init__(self, snapshot: Callable[[], Snapshot | None], clock: Callable[[], datetime]) -> None:
        """`snapshot`: the one in use now, None for none; `clock`: the time, aware."""
        self._snapshot = snapshot
        self._clock = clock

    def take(self, state: State | None, turn: Turn, channel: Channel) -> tuple[State, Reply]:
        """Understand `turn` and answer it. `state` None starts a conversation."""
        raise NotImplementedError
