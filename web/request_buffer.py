"""The part of a request that has arrived, and whether it is complete: its head and its whole body.

Only its length is parsed here. Its content, and whether it is HTTP at all, is left to gunicorn's
parser: a malformed request counts as complete, and gunicorn refuses it without reading on.
"""

import re

from web.admission import BODY_LIMIT

HEAD_LIMIT = 64 * 1024
"""Bytes of a head. Twilio's has 2,000, the longest of a browser some 8,000."""

_HEAD_END = b"\r\n\r\n"
_LINE_END = b"\r\n"
_FRAMING = re.compile(rb"\r\n(content-length|transfer-encoding|expect):([^\r\n]*)", re.IGNORECASE)
_CHUNK_LINE = 256
"""Bytes of the line with the size of a chunk."""
_HEX = frozenset(b"0123456789abcdefABCDEF")
_DIGITS = 7


class RequestBuffer:
    """The bytes of one request, and perhaps the beginning of the next."""

    def __init__(self) -> None:
        self.data = bytearray()
        self.whole = False
        """complete: there is nothing more to wait for"""
        self.too_long = False
        """the head is longer than HEAD_LIMIT"""
        self.waits_for_leave = False
        """the body comes only after a 「100 Continue」"""
        self._head = 0
        self._wanted = 0
        self._chunk = 0
        """where the next chunk begins; 0 where the body is not in chunks"""

    def add(self, data: bytes) -> None:
        """Append received bytes."""
        looked = max(0, len(self.data) - len(_HEAD_END) + 1)
        self.data += data
        if not self._head:
            end = self.data.find(_HEAD_END, looked)
            self.too_long = end > HEAD_LIMIT or (end < 0 and len(self.data) > HEAD_LIMIT)
            if end < 0 or self.too_long:
                return
            self._head = self._wanted = end + len(_HEAD_END)
            self._read_framing()
        if self._chunk:
            self._walk()
        else:
            self.whole = len(self.data) >= self._wanted

    def _read_framing(self) -> None:
        """How long the body is, by the headers. A malformed request has no body, here."""
        lines = _FRAMING.findall(bytes(self.data[: self._head]))
        told = [(name.lower(), value.strip()) for name, value in lines]
        lengths = [value for name, value in told if name == b"content-length"]
        codings = [value for name, value in told if name == b"transfer-encoding"]
        if codings and not lengths and [coding.lower() for coding in codings] == [b"chunked"]:
            self._chunk = self._head
        elif len(lengths) == 1 and not codings:
            (length,) = lengths
            if length.isdigit() and len(length) <= _DIGITS and int(length) <= BODY_LIMIT:
                self._wanted += int(length)
        self.waits_for_leave = (b"expect", b"100-continue") in told

    def _walk(self) -> None:
        """Go from chunk to chunk as far as they have arrived."""
        while not self.whole:
            end = self.data.find(_LINE_END, self._chunk, self._chunk + _CHUNK_LINE)
            if end < 0:
                self.whole = len(self.data) - self._chunk > _CHUNK_LINE
                break
            size = bytes(self.data[self._chunk : end]).partition(b";")[0].strip()
            if not size or not _HEX.issuperset(size) or len(size) > _DIGITS:
                self.whole = True
            elif int(size, 16) == 0:
                self.whole = self.data.find(_HEAD_END, end) >= 0
                break
            else:
                following = end + int(size, 16) + 2 * len(_LINE_END)
                if following > len(self.data):
                    break
                self._chunk = following
        self.whole = self.whole or len(self.data) - self._head > BODY_LIMIT
