"""Metrics of SIP calls: how many now, and how long callers wait for a sound."""

import logging

from prometheus_client import CollectorRegistry, Counter, Histogram

from telemetry.count_buffer import CountBuffer
from telemetry.counts import SLOT_S, bucket_of

log = logging.getLogger(__name__)

SECONDS = (0.1, 0.2, 0.5, 0.8, 1, 1.5, 2, 3, 4, 5, 8, 12)
TENTHS = tuple(round(10 * bound) for bound in SECONDS)
"""The same bounds in tenths of a second, as in the operator's figures."""

REFUSALS = ("forbidden", "too_many", "too_large", "busy", "malformed")


class Telephone:
    """Called by the SIP line (`sip.observer.SipObserver`)."""

    def __init__(self, buffer: CountBuffer, registry: CollectorRegistry) -> None:
        self._buffer = buffer
        self._seconds = {
            what: Histogram(
                f"mask_line_sip_{what}_seconds", told, buckets=SECONDS, registry=registry
            )
            for what, told in (
                ("first_sound", "From the end of speech to the first sound of the answer"),
                ("recogniser", "Until a recogniser had written down what was said"),
                ("voice", "Until a voice had made a clause"),
            )
        }
        self._refused = Counter(
            "mask_line_sip_refused", "Calls not taken", ("why",), registry=registry
        )
        for why in REFUSALS:
            self._refused.labels(why)
        self._lost = Counter(
            "mask_line_sip_lost",
            "Times that no recogniser, or no voice, answered",
            ("what",),
            registry=registry,
        )
        for what in ("recogniser", "voice"):
            self._lost.labels(what)

    def calls(self, now: int) -> None:
        """Set how many calls there are now."""
        self._buffer.calls = now

    def refused(self, why: str) -> None:
        """Count a refused call."""
        self._refused.labels(why).inc()
        self._buffer.count({SLOT_S: [f"sip/refused/{why}"]})

    def lost(self, what: str) -> None:
        """Count a failure; `what`: recogniser, voice."""
        self._lost.labels(what).inc()

    def took(self, what: str, seconds: float) -> None:
        """Observe how long it took; `what`: first_sound, recogniser, voice."""
        self._seconds[what].observe(seconds)
        self._buffer.count({SLOT_S: [f"sip/{what}/{bucket_of(seconds * 10, TENTHS)}"]})
