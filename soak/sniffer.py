"""When each datagram of sound was sent, by the kernel's clock: gaps that no busy reader adds to."""

import ctypes
import socket
import struct
import threading
from collections import defaultdict

_EVERYTHING = 0x0003
_OUTGOING = 4
_STAMPS = 35
"""SO_TIMESTAMPNS"""
_FILTER = 26
"""SO_ATTACH_FILTER"""
_BUFFER = 8_000_000

_UDP, _ETHERNET, _IP = 17, 14, 20


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_void_p))


class Sniffer:
    """All RTP from a range of ports of this machine. PermissionError where this is not root."""

    def __init__(self, ports: tuple[int, int]) -> None:
        self._socket = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(_EVERYTHING))
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _BUFFER)
        self._socket.setsockopt(socket.SOL_SOCKET, _STAMPS, 1)
        self._limit(ports)
        self._socket.bind(("lo", 0))
        self._socket.settimeout(0.2)
        self._last: dict[tuple[int, bytes], float] = {}
        self.gaps: defaultdict[tuple[int, bytes], list[float]] = defaultdict(list)
        """stream (port, SSRC) → seconds between its datagrams"""
        self._open = True
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _limit(self, ports: tuple[int, int]) -> None:
        """In the kernel: UDP of IPv4 from these ports alone."""
        steps = (
            (0x30, 0, 0, _ETHERNET + 9),
            (0x15, 0, 4, _UDP),
            (0x28, 0, 0, _ETHERNET + _IP),
            (0x35, 0, 2, ports[0]),
            (0x25, 1, 0, ports[1]),
            (0x06, 0, 0, 0x40000),
            (0x06, 0, 0, 0),
        )
        code = b"".join(struct.pack("HBBI", *step) for step in steps)
        self._code = ctypes.create_string_buffer(code)
        program = _Program(len(steps), ctypes.addressof(self._code))
        self._socket.setsockopt(socket.SOL_SOCKET, _FILTER, bytes(program))

    def _watch(self) -> None:
        while self._open:
            try:
                data, told, _, where = self._socket.recvmsg(256, 64)
            except TimeoutError:
                continue
            except OSError:
                return
            port = int.from_bytes(data[34:36])
            if where[2] != _OUTGOING or port % 2 or data[42] >> 6 != 2:
                continue
            seconds, nanoseconds = struct.unpack("qq", told[0][2][:16])
            now, stream = seconds + nanoseconds / 1e9, (port, data[50:54])
            if stream in self._last:
                self.gaps[stream].append(now - self._last[stream])
            self._last[stream] = now

    def close(self) -> None:
        """Watch no more."""
        self._open = False
        self._thread.join(2)
        self._socket.close()
