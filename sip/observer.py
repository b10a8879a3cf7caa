"""What the SIP line reports for its metrics (`telemetry.sound_calls.Telephone`)."""

from typing import Protocol


class SipObserver(Protocol):
    """Called as things happen; never raises."""

    def calls(self, now: int) -> None:
        """How many calls there are now."""

    def refused(self, why: str) -> None:
        """A call was refused: forbidden, too_many, too_large, busy, malformed."""

    def took(self, what: str, seconds: float) -> None:
        """How long the first_sound of an answer took, from the end of speech or the last key; a
        recogniser; a voice, for a clause."""

    def lost(self, what: str) -> None:
        """No server answered; `what`: recogniser, voice."""
