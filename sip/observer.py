"""What the SIP line reports for its metrics (`telemetry.sound_calls.Telephone`)."""

from typing import Protocol


class SipObserver(Protocol):
    """Called as things happen; never raises."""

    def calls(self, now: int) -> None:
        """How many calls there are now."""

    def refused(self, why: str) -> None:
        """A call was refused: forbidden, too_many, too_large, busy, malformed."""

    def first_sound(self, seconds: float) -> None:
        """From the end of speech (or the last key) to the first sound of the answer."""

    def recogniser(self, seconds: float) -> None:
        """How long a recogniser took."""

    def voice(self, seconds: float) -> None:
        """How long speech synthesis took for a clause."""

    def lost(self, what: str) -> None:
        """No server answered; `what`: recogniser, voice."""
