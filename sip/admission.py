"""Admission of datagrams: by the sender's address and rate, before anything is parsed."""

import time
from collections import OrderedDict
from collections.abc import Callable
from enum import IntEnum

from sip.settings import SipSettings

CALLS_A_SECOND = 20
"""New calls from one address. A trunk of fifty lines that all ring at once is under the burst."""

BURST = 100

ANSWERED_REFUSALS_A_SECOND = 10
"""Refusals that are answered; further ones are dropped, so that datagrams with a forged sender do
not make us send more than was sent to us."""

KEPT_ADDRESSES = 10_000

DATAGRAM_BYTES = 8_192
"""An INVITE has some 1,000; longer datagrams are dropped."""


class Verdict(IntEnum):
    """What becomes of a datagram; of a refused one the status that it is answered with."""

    DROPPED = 0
    TAKEN = 200
    FORBIDDEN = 403
    TOO_MANY = 503


class Bucket:
    """A token bucket: a rate per second, and a burst."""

    def __init__(self, rate: float, burst: float, now: float) -> None:
        self._rate = rate
        self._burst = burst
        self._left = burst
        self._at = now

    def take(self, now: float) -> bool:
        """Whether one more is within the limit."""
        self._left = min(self._burst, self._left + (now - self._at) * self._rate)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True


class Admission:
    """Checks the senders of datagrams and counts their calls."""

    def __init__(
        self,
        settings: SipSettings,
        refused: Callable[[str], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`refused`: called with the reason for each refusal (forbidden, too_many, too_large)."""
        self.allows = settings.allows
        """whether calls from an IP address are accepted"""
        self._refused = refused
        self._clock = clock
        self._calls: OrderedDict[str, Bucket] = OrderedDict()
        self._answers = Bucket(ANSWERED_REFUSALS_A_SECOND, ANSWERED_REFUSALS_A_SECOND, clock())

    def look_at(self, data: bytes, host: str) -> Verdict:
        """The verdict on a datagram from `host`."""
        if not data.strip():  # four bytes that keep a NAT binding alive
            return Verdict.DROPPED
        if len(data) > DATAGRAM_BYTES:
            self._refused("too_large")
            return Verdict.DROPPED
        if not self.allows(host):
            self._refused("forbidden")
            return self._answer(data, Verdict.FORBIDDEN)
        if data.startswith(b"INVITE ") and not self._call(host):
            self._refused("too_many")
            return self._answer(data, Verdict.TOO_MANY)
        return Verdict.TAKEN

    def _answer(self, data: bytes, refusal: Verdict) -> Verdict:
        """An ACK and a response are never answered."""
        answerable = not data.startswith((b"ACK ", b"SIP/"))
        return refusal if answerable and self._answers.take(self._clock()) else Verdict.DROPPED

    def _call(self, host: str) -> bool:
        bucket = self._calls.pop(host, None) or Bucket(CALLS_A_SECOND, BURST, self._clock())
        self._calls[host] = bucket
        while len(self._calls) > KEPT_ADDRESSES:
            self._calls.popitem(last=False)
        return bucket.take(self._clock())
