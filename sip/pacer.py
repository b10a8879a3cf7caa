"""Sends the sound of all calls, 20 ms by 20 ms: a program of its own, started by sip/pacing.py.

    python -I -S sip/pacer.py FD

The line works out answers in threads, and CPython lets one of them run at a time: each datagram
that the line sent itself gave the turn away, and with fifty calls at once what was sent had gaps of
a quarter of a second. Here is nothing but a clock and queues, so the next frame is never late,
whatever the line is busy with. It uses the standard library alone and is told by messages over FD
(a Unix socket of whole messages): a letter, the number of the call, and

    O   JSON: address, sequence, stamp, ssrc, kind, silence; the call's socket comes along
    P   coded sound, whole frames, to be sent behind what waits
    H   nothing: what waits is sent no more
    M   JSON: address, hold
    C   nothing: the call is over
"""

import contextlib
import json
import os
import select
import socket
import struct
import sys
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any

FRAME_S = 0.02
FRAME = 160
"""bytes of G.711"""

MOST_BEHIND = 5
"""Frames that are made up for after the processor was elsewhere; what is older is let go."""

MESSAGE = 65_536
"""bytes at most"""

REAL_TIME = 1
"""Lowest of the priorities that go before all usual programs, as Asterisk's -p: it is a few percent
of a core, and 50 calls had no gap over 60 ms beside ten programs that wanted two cores."""

HEAD = struct.Struct("!cI")
_RTP = struct.Struct("!BBHII")


@dataclass(slots=True)
class Stream:
    """What is sent to one caller."""

    socket: socket.socket
    address: tuple[str, int]
    sequence: int
    stamp: int
    ssrc: int
    kind: int
    silence: bytes
    queue: deque[bytes] = field(default_factory=deque)
    hold: bool = False

    def tick(self) -> None:
        """Send a frame, or silence: a stream that never stops keeps NATs open and gaps away."""
        if self.hold:
            return
        frame = self.queue.popleft() if self.queue else self.silence
        head = _RTP.pack(0x80, self.kind, self.sequence, self.stamp, self.ssrc)
        self.sequence = (self.sequence + 1) & 0xFFFF
        self.stamp = (self.stamp + FRAME) & 0xFFFFFFFF
        with contextlib.suppress(OSError):  # nobody listens there any more
            self.socket.sendto(head + frame, self.address)


class Pacer:
    """All streams, and the line that tells of them."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line
        self._streams: dict[int, Stream] = {}

    def run(self) -> None:
        """Until the line is gone."""
        deadline = time.monotonic() + FRAME_S
        while True:
            wait = deadline - time.monotonic()
            if wait > 0:
                ready, _, _ = select.select([self._line], [], [], wait)
                if ready and not self._listen():
                    return
                continue
            if -wait > MOST_BEHIND * FRAME_S:
                deadline = time.monotonic()
            deadline += FRAME_S
            for stream in self._streams.values():
                stream.tick()

    def _listen(self) -> bool:
        """Take one message; whether the line is still there."""
        data, handles, _, _ = socket.recv_fds(self._line, MESSAGE, 1)
        if len(data) < HEAD.size:
            return False
        what, call = HEAD.unpack_from(data)
        body = data[HEAD.size :]
        if what == b"O":
            self._open(call, json.loads(body), handles)
        elif (stream := self._streams.get(call)) is not None:
            self._tell(stream, what, body)
            if what == b"C":
                self._streams.pop(call).socket.close()
        return True

    def _open(self, call: int, told: dict[str, Any], handles: list[int]) -> None:
        address, silence = tuple(told.pop("address")), bytes.fromhex(told.pop("silence"))
        made = socket.socket(fileno=handles[0])
        made.setblocking(False)
        self._streams[call] = Stream(made, address, silence=silence, **told)

    def _tell(self, stream: Stream, what: bytes, body: bytes) -> None:
        if what == b"P":
            stream.queue.extend(body[at : at + FRAME] for at in range(0, len(body), FRAME))
        elif what == b"H":
            stream.queue.clear()
        elif what == b"M":
            told = json.loads(body)
            stream.address, stream.hold = tuple(told["address"]), told["hold"]


if __name__ == "__main__":
    with contextlib.suppress(OSError):  # root, or systemd's LimitRTPRIO=
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(REAL_TIME))
    with contextlib.suppress(KeyboardInterrupt):
        Pacer(socket.socket(fileno=int(sys.argv[1]))).run()
