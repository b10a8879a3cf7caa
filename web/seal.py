"""The signed form of a conversation's state, in which it travels through a platform and back."""

import hashlib
import time

from itsdangerous import BadData, TimedSerializer, TimestampSigner, URLSafeTimedSerializer
from itsdangerous.encoding import base64_encode

from shared.dialog.values import State, pack, unpack

LIFETIME_SECONDS = 3600
"""A state is accepted for an hour: longer than any call, shorter than a leaked log is useful."""

SKEW_SECONDS = 300
"""How far the clocks of two hosts may differ, or one may be set back: the signature proves who
wrote a state, its age only how long it is valid."""


COMPRESSED_BYTES = 400
"""Longer states are compressed, for an action URL may have 1,000 characters. Few are: to lay out
what zlib works on takes a twentieth of a turn."""


class StateSeal:
    """Signs states and opens them again; any worker with the same key can."""

    def __init__(self, secret_key: str, channel: str) -> None:
        """`channel`: a state of one channel is not accepted by another."""
        salt = f"{channel}.state"
        key = TimestampSigner(secret_key, salt).derive_key()  # once, and not for each state
        # itsdangerous' own digest by the name under which hmac does all of it in C
        signing = {"key_derivation": "none", "digest_method": hashlib.sha1}
        self._serializer = _Serializer(key, salt, signer_kwargs=signing)

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


class _Serializer(URLSafeTimedSerializer):
    """itsdangerous' own, which tells compressed from others; it tries each of them."""

    def dump_payload(self, obj: object) -> bytes:
        """JSON, compressed where it is long."""
        written = TimedSerializer.dump_payload(self, obj)
        if len(written) > COMPRESSED_BYTES:
            return super().dump_payload(obj)
        return base64_encode(written)
