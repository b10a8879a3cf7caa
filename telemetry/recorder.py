"""Records each turn and each refused request: in the log, the operator's figures, the metrics."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from conversation.observation import Observed, log_turn
from shared.dialog.values import Reply
from telemetry.count_buffer import CountBuffer
from telemetry.figures import Figures
from telemetry.metrics import Metrics
from telemetry.sound_calls import Telephone

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Recorder:
    """The log, the buffer of the operator's page, and the metrics."""

    buffer: CountBuffer
    metrics: Metrics
    figures: Figures
    channel_at: Callable[[str], str]
    """path of a request → name of its channel: one of a few, whatever is asked for"""
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

    def refused(self, path: str, why: str) -> None:
        """Count a refused request; `why`: forbidden, too_many, too_large, busy."""
        try:
            self.buffer.refused(why)
            self.metrics.refused(self.channel_at(path), why)
        except Exception:
            log.exception("a refusal could not be counted")
