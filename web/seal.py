"""A conversation's state as it travels through a platform: signed, to come back as it went."""

import hmac
import time

from itsdangerous import BadData, TimestampSigner, URLSafeSerializer
from itsdangerous.signer import SigningAlgorithm

from shared.dialog.values import State, pack, unpack

LIFETIME_SECONDS = 3600
"""A state is taken back for an hour: longer than any call, shorter than a leaked log is useful."""

SKEW_SECONDS = 300
"""So far the clocks of two hosts may lie apart, or one may be set back: the signature tells who
wrote a state, and its age only how long it is good for."""


class StateSeal:
    """Signs states and opens them again; any worker with the same key can."""

    def __init__(self, secret_key: str, channel: str) -> None:
        """`channel`: a state of one channel is not taken by another."""
        salt = f"{channel}.state"
        self._serializer = URLSafeSerializer(secret_key, salt=salt)
        # A timed serializer would make one for each state, which takes longer than to use it.
        self._signer = TimestampSigner(
            TimestampSigner(secret_key, salt=salt).derive_key(),
            salt=salt,
            key_derivation="none",  # derived once, and not for each state
            algorithm=_HmacSha1(),
        )

    def seal(self, state: State) -> str:
        """`state` as URL-safe text, compressed and signed: 50 to 700 characters."""
        return self._signer.sign(self._serializer.dump_payload(pack(state))).decode("ascii")

    def open(self, sealed: str) -> State | None:
        """The state in `sealed`; None where it is missing, forged, or too old."""
        try:
            payload, signed_at = self._signer.unsign(sealed, return_timestamp=True)
            age = time.time() - signed_at.timestamp()
            if not -SKEW_SECONDS <= age <= LIFETIME_SECONDS:
                return None
            return unpack(self._serializer.load_payload(payload))
        except (BadData, ValueError):
            return None


class _HmacSha1(SigningAlgorithm):
    """What itsdangerous signs with, in one call instead of a dozen."""

    def get_signature(self, key: bytes, value: bytes) -> bytes:
        """The signature of `value`."""
        return hmac.digest(key, value, "sha1")
