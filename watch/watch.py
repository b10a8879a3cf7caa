"""One place that is told of each turn and each refusal."""

from dataclasses import dataclass

from intents.observed import Observed, log_turn
from shared.dialog.values import Reply
from watch.figures import Figures
from watch.ledger import Ledger
from watch.metrics import Metrics

_REFUSALS = {401: "forbidden", 403: "forbidden", 413: "too_large", 429: "too_many"}


@dataclass(frozen=True, slots=True)
class Watch:
    """The log, the ledger of the operator's page, and the metrics."""

    ledger: Ledger
    metrics: Metrics
    figures: Figures

    def turn(self, seen: Observed, reply: Reply) -> None:
        """A turn was answered."""
        log_turn(seen, reply)
        self.ledger.turn(seen)
        self.metrics.turn(seen)

    def answered(self, status: int) -> None:
        """A request was answered with this HTTP status; refusals are counted."""
        if why := _REFUSALS.get(status):
            self.ledger.refused(why)
            self.metrics.refused(why)
