"""The line's side of the program that sends all sound (sip/pacer.py)."""

import asyncio
import contextlib
import itertools
import json
import os
import socket
import subprocess
import sys
from collections import deque
from pathlib import Path

from sip.pacer import FRAME, HEAD

PROGRAM = Path(__file__).with_name("pacer.py")

PART = 200 * FRAME
"""Bytes of sound in a message: four seconds."""

ENDS_S = 2.0

Address = tuple[str, int]


class Paced:
    """One call's stream there."""

    def __init__(self, pacing: "Pacing", number: int) -> None:
        self._pacing = pacing
        self._number = number

    @property
    def runs(self) -> bool:
        """Whether it is sent there; else the line sends it itself."""
        return self._pacing.runs

    def play(self, coded: bytes) -> None:
        """Send whole frames behind what waits."""
        for at in range(0, len(coded), PART):
            self._pacing.tell(b"P", self._number, coded[at : at + PART])

    def hush(self) -> None:
        """Send no more of what waits."""
        self._pacing.tell(b"H", self._number)

    def move(self, address: Address, *, hold: bool) -> None:
        """Send there, or nothing."""
        told = {"address": address, "hold": hold}
        self._pacing.tell(b"M", self._number, json.dumps(told).encode())

    def close(self) -> None:
        """The call is over."""
        self._pacing.tell(b"C", self._number)


class Pacing:
    """The program, while it runs. `start` in the loop that tells it."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._line: socket.socket | None = None
        self._waiting: deque[tuple[bytes, int]] = deque()
        """messages that had no room yet, each with the handle that goes along, or -1"""
        self._numbers = itertools.count(1)
        self._loop: asyncio.AbstractEventLoop | None = None

    @property
    def runs(self) -> bool:
        """Whether it runs."""
        return self._line is not None

    def start(self) -> None:
        """Run it, where it does not run yet."""
        if self.runs:
            return
        self._bury()
        self._loop = asyncio.get_running_loop()
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603  # our own program
                [sys.executable, "-I", "-S", str(PROGRAM), str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
            )
        ours.setblocking(False)
        self._line = ours
        self._loop.add_reader(ours, self._ended)

    def open(self, handle: int, **told: object) -> Paced:
        """A stream that is sent through the socket `handle`; `told`: as in sip/pacer.py."""
        number = next(self._numbers)
        self.tell(b"O", number, json.dumps(told).encode(), os.dup(handle))
        return Paced(self, number)

    def tell(self, what: bytes, number: int, body: bytes = b"", handle: int = -1) -> None:
        """Send one message, at once or as soon as there is room. It takes `handle` over."""
        self._waiting.append((HEAD.pack(what, number) + body, handle))
        self._flush()

    def stop(self) -> None:
        """End it."""
        self._ended()
        if self._process:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(ENDS_S)
        self._bury()

    def _bury(self) -> None:
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process = None

    def _flush(self) -> None:
        if self._line is None or self._loop is None:
            return self._drop()
        self._loop.remove_writer(self._line)
        while self._waiting:
            message, handle = self._waiting[0]
            try:
                socket.send_fds(self._line, [message], [handle] if handle >= 0 else [])
            except BlockingIOError:
                self._loop.add_writer(self._line, self._flush)
                return None
            except OSError:
                return self._ended()
            self._waiting.popleft()
            if handle >= 0:
                os.close(handle)
        return None

    def _drop(self) -> None:
        for _, handle in self._waiting:
            if handle >= 0:
                os.close(handle)
        self._waiting.clear()

    def _ended(self) -> None:
        """It says nothing while it runs: what can be read is its end."""
        if self._line is not None and self._loop is not None:
            self._loop.remove_reader(self._line)
            self._loop.remove_writer(self._line)
            self._line.close()
            self._line = None
        self._drop()
