"""Records each turn and each refused request: in the log, the operator's figures, the metrics."""

import logging
from dataclasses import dataclass
from typing import Protocol

from conversation.observation import Observed, log_turn
from shared.dialog.values import Reply
from telemetry.count_buffer import CountBuffer
from telemetry.figures import Figures
from telemetry.metrics import Metrics
from telemetry.sound_calls import Telephone

_REFUSED = 400
_REFUSALS = {413: "too_large", 429: "too_many"}

log = logging.getLogger(__name__)


class Ways(Protocol):
    """Maps a request to its channel (`web.channels.Paths`)."""

    def name_at(self, path: str) -> str:
        """The name of the channel at `path`: one of a few, whatever the request asks for."""

    def turns_away(self, path: str, status: int) -> bool:
        """Whether `status` at `path` refuses a client that did not identify itself."""


@dataclass(frozen=True, slots=True)
class Recorder:
    """The log, the buffer of the operator's page, and the metrics."""

    buffer: CountBuffer
    metrics: Metrics
    figures: Figures
    ways: Ways
    telephone: Telephone

    def turn(self, seen: Observed, reply: Reply | None) -> None:
        """Record a turn that was answered, or failed. Never raises."""
        log_turn(seen, reply)
        if not seen.counted:
            return
        try:
            self.buffer.turn(seen)
            self.metrics.turn(seen)
        except Exception:
            log.exception("a turn could not be counted")

    def answered(self, path: str, status: int) -> None:
        """Record a response's HTTP status; refusals are counted."""
        if status < _REFUSED:
            return
        why = "forbidden" if self.ways.turns_away(path, status) else _REFUSALS.get(status, "")
        if why:
            self.refused(path, why)

    def refused(self, path: str, why: str) -> None:
        """Count a refused request; `why`: forbidden, too_many, too_large, busy."""
        try:
            self.buffer.refused(why)
            self.metrics.refused(self.ways.name_at(path), why)
        except Exception:
            log.exception("a refusal could not be counted")
