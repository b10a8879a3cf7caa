"""The signed form of a conversation's state, in which it travels through a platform and back."""

import time

from itsdangerous import BadData, URLSafeTimedSerializer

from shared.dialog.values import State, pack, unpack

LIFETIME_SECONDS = 3600
"""A state is accepted for an hour: longer than any call, shorter than a leaked log is useful."""

SKEW_SECONDS = 300
"""How far the clocks of two hosts may differ, or one may be set back: the signature proves who
wrote a state, its age only how long it is valid."""


class StateSeal:
    """Signs states and opens them again; any worker with the same key can."""

    def __init__(self, secret_key: str, channel: str) -> None:
        """`channel`: a state of one channel is not accepted by another."""
        self._serializer = URLSafeTimedSerializer(secret_key, salt=f"{channel}.state")

    def seal(self, state: State) -> str:
        """`state` as URL-safe text, signed: 40 to 820 characters."""
        return str(self._serializer.dumps(pack(state)))

    def open(self, sealed: str) -> State | None:
        """The state in `sealed`; None where it is missing, forged, or too old."""
        try:
            packed, signed_at = self._serializer.loads(sealed, return_timestamp=True)
            age = time.time() - signed_at.timestamp()
            return unpack(packed) if -SKEW_SECONDS <= age <= LIFETIME_SECONDS else None
        except (BadData, ValueError):
            return None
