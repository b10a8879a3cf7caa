"""One place that is told of each turn and each refusal."""

import logging
from dataclasses import dataclass

from conversation.observation import Observed, log_turn
from shared.dialog.values import Reply
from telemetry.figures import Figures
from telemetry.ledger import Ledger
from telemetry.metrics import Metrics

_REFUSALS = {401: "forbidden", 403: "forbidden", 413: "too_large", 429: "too_many"}

_WAYS_IN = {
    "/ivr": "twilio",
    "/alexa": "alexa",
    "/dialogflow": "dialogflow",
    "/api": "api",
    "/operator": "operator",
    "/metrics": "metrics",
}
"""What a path begins with → its channel; the pages for a browser have the rest."""

log = logging.getLogger(__name__)


def channel_of(path: str) -> str:
    """The channel that requests to `path` belong to: one of a few, whatever a request asks for."""
    return next((name for start, name in _WAYS_IN.items() if path.startswith(start)), "browser")


@dataclass(frozen=True, slots=True)
class Recorder:
    """The log, the ledger of the operator's page, and the metrics."""

    ledger: Ledger
    metrics: Metrics
    figures: Figures

    def turn(self, seen: Observed, reply: Reply | None) -> None:
        """A turn was answered, or failed. Never raises: whoever calls is not to notice."""
        log_turn(seen, reply)
        try:
            self.ledger.turn(seen)
            self.metrics.turn(seen)
        except Exception:
            log.exception("a turn could not be counted")

    def answered(self, path: str, status: int) -> None:
        """A request was answered with this HTTP status; refusals are counted."""
        why = _REFUSALS.get(status, "")
        if status == 400 and path == "/alexa":  # so Amazon wants unsigned requests answered
            why = "forbidden"
        if why:
            self.refused(path, why)

    def refused(self, path: str, why: str) -> None:
        """A request was not answered: forbidden, too_many, too_large, busy."""
        try:
            self.ledger.refused(why)
            self.metrics.refused(channel_of(path), why)
        except Exception:
            log.exception("a refusal could not be counted")
