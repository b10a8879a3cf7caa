"""G.711, with aiortp's A-law corrected."""

from aiortp.codecs import Codec
from aiortp.codecs.g711 import PcmaCodec, PcmuCodec

PCMU, PCMA = 0, 8
"""RFC 3551's payload types of μ-law and A-law"""

_OTHER_SIGN = bytes(byte ^ 0x80 for byte in range(256))


class _Alaw(PcmaCodec):
    """aiortp 0.8.0 has the sign of A-law inverted (ITU-T G.711: the first bit of a positive sample
    is 1), both in encoding and decoding."""

    def encode(self, pcm: bytes) -> bytes:
        """s16le → A-law."""
        return super().encode(pcm).translate(_OTHER_SIGN)

    def decode(self, payload: bytes) -> bytes:
        """A-law → s16le."""
        return super().decode(payload.translate(_OTHER_SIGN))


def codec_of(payload_type: int) -> Codec:
    """The codec of PCMU or PCMA.

    >>> codec_of(PCMA).encode(bytes(2)), codec_of(PCMU).encode(bytes(2))
    (b'\xd5', b'\xff')
    """
    return _Alaw() if payload_type == PCMA else PcmuCodec()
