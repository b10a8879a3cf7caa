"""The rules of watches and of the messages that are owed for them, whatever they are kept in."""

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from restock.values import KEPT_S, Message, Watch

Change = Callable[[Watch | None], Watch | None]
"""The watch as it is kept, None for none → the one to keep in its place, None to leave it."""


class WatchRows(Protocol):
    """Keeps watches for KEPT_S. Every method raises OSError where that fails."""

    def change(self, id_: str, work: Change) -> Watch | None:
        """What `work` makes of a watch, while no other process changes it."""

    def read(self, since: int, who: str = "") -> list[Watch]:
        """The watches since then, of one person or of all."""

    def delete(self, who: str) -> None:
        """Delete all watches of a person."""


class WatchStore:
    """Watches and their messages. Every method raises OSError where the rows fail."""

    def __init__(self, rows: WatchRows) -> None:
        self._rows = rows
        self.delete = rows.delete

    def put(self, watch: Watch) -> None:
        """Store `watch`, in place of one with its id; what is owed for that one stays owed."""
        self._rows.change(
            watch.id, lambda old: replace(watch, message=old.message if old else None)
        )

    def of(self, who: str, now: int) -> list[Watch]:
        """The watches of one person."""
        return self._rows.read(now - KEPT_S, who)

    def all(self, now: int) -> list[Watch]:
        """Every watch."""
        return self._rows.read(now - KEPT_S)

    def saw(self, watch: Watch, low: bool, seen: int, message: Message | None) -> bool:
        """Store what the counts of time `seen` mean for `watch`, and its message, in place of an
        earlier one. False where another process has looked at these or later counts, or the watch
        is gone."""

        def judged(now: Watch | None) -> Watch | None:
            if now is None or now.seen >= seen or now.told != watch.told:
                return None
            told = now.told + (message is not None)
            return replace(now, low=low, seen=seen, told=told, message=message or now.message)

        return self._rows.change(watch.id, judged) is not None

    def due(self, now: int) -> list[str]:
        """The ids of the watches whose messages are due and not claimed."""
        waiting = [(one.message.free, one.id) for one in self.all(now) if one.message]
        return [id_ for free, id_ in sorted(waiting) if free <= now]

    def claim(self, id_: str, now: int, until: int) -> Watch | None:
        """The watch with its message, reserved for this process until `until`; None where none is
        owed, it is claimed by another, or it is not due."""

        def claimed(watch: Watch | None) -> Watch | None:
            message = watch.message if watch else None
            if watch is None or message is None or message.free > now:
                return None
            return replace(watch, message=replace(message, free=until, tries=message.tries + 1))

        return self._rows.change(id_, claimed)

    def postpone(self, watch: Watch, message: Message, due: int) -> None:
        """Make its message due at `due`."""
        self._settle(watch, message, replace(message, free=due))

    def done(self, watch: Watch, message: Message) -> None:
        """Delete its message: it was sent, or is obsolete."""
        self._settle(watch, message, None)

    def _settle(self, watch: Watch, message: Message, then: Message | None) -> None:
        def settled(now: Watch | None) -> Watch | None:
            if now is None or now.message is None or now.message.id != message.id:
                return None  # a newer one is owed by now
            return replace(now, message=then)

        self._rows.change(watch.id, settled)
