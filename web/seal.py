"""The signed form of a conversation's state, in which it travels through a platform and back."""

import hmac
import json
import time
import zlib
from dataclasses import fields

from itsdangerous import BadData, TimestampSigner
from itsdangerous.encoding import base64_decode, base64_encode
from itsdangerous.signer import SigningAlgorithm

from shared.dialog.values import State, pack, unpack

LIFETIME_SECONDS = 3600
"""A state is accepted for an hour: longer than any call, shorter than a leaked log is useful."""

SKEW_SECONDS = 300
"""How far the clocks of two hosts may differ, or one may be set back: the signature proves who
wrote a state, its age only how long it is valid."""

COMPRESSED_BYTES = 400
"""Longer states are compressed, for an action URL may have 1,000 characters. Few are: to lay out
what zlib works on takes a twentieth of a turn."""

_KNOWN = "".join(f'"{field.name}":' for field in fields(State)).encode()
"""What every state holds, so that it costs next to nothing once it is compressed: the largest takes
639 characters instead of 746. One that was written when states had other fields is not read, and
its caller is asked anew."""

_COMPRESSED = b"."
"""The prefix of a compressed state, as in itsdangerous' own serializer."""


class StateSeal:
    """Signs states and opens them again; any worker with the same key can."""

    def __init__(self, secret_key: str, channel: str) -> None:
        """`channel`: a state of one channel is not accepted by another."""
        salt = f"{channel}.state"
        key = TimestampSigner(secret_key, salt=salt).derive_key()
        self._signer = TimestampSigner(
            key,
            salt=salt,
            key_derivation="none",  # derived once, and not for each state
            algorithm=_HmacSha1(key),
        )

    def seal(self, state: State) -> str:
        """`state` as URL-safe text, signed: 50 to 700 characters."""
        return self._signer.sign(_dump(pack(state))).decode("ascii")

    def open(self, sealed: str) -> State | None:
        """The state in `sealed`; None where it is missing, forged, or too old."""
        try:
            payload, signed_at = self._signer.unsign(sealed, return_timestamp=True)
            age = time.time() - signed_at.timestamp()
            if not -SKEW_SECONDS <= age <= LIFETIME_SECONDS:
                return None
            return unpack(_load(payload))
        except (BadData, ValueError, zlib.error):
            return None


_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def _dump(packed: dict[str, object]) -> bytes:
    written = _JSON.encode(packed).encode()
    if len(written) <= COMPRESSED_BYTES:
        return base64_encode(written)
    maker = zlib.compressobj(zdict=_KNOWN)
    return _COMPRESSED + base64_encode(maker.compress(written) + maker.flush())


def _load(payload: bytes) -> object:
    written = base64_decode(payload.removeprefix(_COMPRESSED))
    if payload.startswith(_COMPRESSED):
        written = zlib.decompressobj(zdict=_KNOWN).decompress(written)
    return json.loads(written)


class _HmacSha1(SigningAlgorithm):
    """itsdangerous' signature for the one key of a seal."""

    def __init__(self, key: bytes) -> None:
        self._keyed = hmac.new(key, digestmod="sha1")  # laid out once, which is half of the work

    def get_signature(self, key: bytes, value: bytes) -> bytes:  # noqa: ARG002  # its own
        """The signature of `value`."""
        signed = self._keyed.copy()
        signed.update(value)
        return signed.digest()
