"""One place that is told of each turn and each refusal."""

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
    """What the channels say of themselves."""

    def name_at(self, path: str) -> str:
        """The channel that requests to `path` belong to: one of a few, whatever is asked for."""

    def turns_away(self, path: str, status: int) -> bool:
        """Whether an answer with `status` at `path` is that to a stranger."""


@dataclass(frozen=True, slots=True)
class Recorder:
    """The log, the buffer of the operator's page, and the metrics."""

    buffer: CountBuffer
    metrics: Metrics
    figures: Figures
    ways: Ways
    telephone: Telephone

    def turn(self, seen: Observed, reply: Reply | None) -> None:
        """A turn was answered, or failed. Never raises: whoever calls is not to notice."""
        log_turn(seen, reply)
        if not seen.counted:
            return
        try:
            self.buffer.turn(seen)
            self.metrics.turn(seen)
        except Exception:
            log.exception("a turn could not be counted")

    def answered(self, path: str, status: int) -> None:
        """A request was answered with this HTTP status; refusals are counted."""
        if status < _REFUSED:
            return
        why = "forbidden" if self.ways.turns_away(path, status) else _REFUSALS.get(status, "")
        if why:
            self.refused(path, why)

    def refused(self, path: str, why: str) -> None:
        """A request was not answered: forbidden, too_many, too_large, busy."""
        try:
            self.buffer.refused(why)
            self.metrics.refused(self.ways.name_at(path), why)
        except Exception:
            log.exception("a refusal could not be counted")
