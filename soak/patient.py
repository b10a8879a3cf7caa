"""Callers who, as Twilio does, try a turn again whose connection was refused or broken."""

import html
import re
import socket
import threading
import time

from bench.callers import Call, Form, length_of

CALLERS = 2
GIVES_UP_S = 15.0
"""Twilio waits no longer for an answer; then the call is lost."""

_AGAIN_S = 0.1
_BETWEEN_TURNS_S = 0.05

SCRIPT: tuple[Form, ...] = (
    {},
    {"Digits": "106"},
    {"Digits": "1"},
    {"SpeechResult": "下一家"},
    {"Digits": "2"},
    {"Digits": "*"},
    {"SpeechResult": "好，謝謝"},
)
"""The greeting, 大安區 by its postal code, the next, the next, its address, again, goodbye."""

_UNSAID = re.compile(r"<Redirect.*?</Redirect>|<[^>]+>")
_FOUND = re.compile(r"大安區(.+?)，大人的")
_AGAIN = "我再跟您說一遍。"


def misplaced(told: list[str]) -> str:
    """What is wrong with the answers to `SCRIPT`; "" where each belongs where it was told.

    No answer within `GIVES_UP_S` ends a call, too: Twilio then plays the fallback.
    """
    if len(told) != len(SCRIPT):
        return f"over after {len(told)} turns"
    named = [match[1] for text in told[1:4] if (match := _FOUND.search(text))]
    if len(set(named)) != 3:
        return f"three different pharmacies expected, told {named}"
    if not told[4].startswith(named[2]):
        return f"the address of {named[2]} expected"
    if told[5] != _AGAIN + told[4]:
        return "the same again expected"
    return "" if "再見" in told[6] else "a goodbye expected"


class PatientCallers:
    """Callers in threads, who ring one after the other until they are told to stop."""

    def __init__(self, base: str, patience: float = GIVES_UP_S) -> None:
        """`patience`: seconds until a call without an answer is given up, and lost."""
        self._base, self._patience = base, patience
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._threads = [threading.Thread(target=self._ring, args=(n,)) for n in range(CALLERS)]
        self.turns = self.calls = self.again = 0
        self.slowest = 0.0
        self.lost: list[str] = []
        """of each call that lost its place, why, and what it was told"""

    def start(self) -> None:
        """Begin to ring."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Let the calls that go on end, and ring no more."""
        self._stop.set()
        for thread in self._threads:
            if thread.is_alive():
                thread.join()

    def _ring(self, number: int) -> None:
        while not self._stop.is_set():
            number += CALLERS
            told = self._converse(Call(number, self._base))
            wrong = misplaced(told)
            with self._lock:
                self.calls += 1
                if wrong:
                    self.lost.append(f"{wrong}: {told}")

    def _converse(self, call: Call) -> list[str]:
        told = []
        for turn in SCRIPT:
            body = self._take(call.request(turn))
            if body is None:
                break
            told.append(html.unescape(_UNSAID.sub("", body.decode())).strip())
            if not call.goes_on(body):
                break
            time.sleep(_BETWEEN_TURNS_S)
        return told

    def _take(self, request: bytes) -> bytes | None:
        """The answer, at whichever try; None where none came in time."""
        began = time.monotonic()
        tries = 0
        body = None
        while body is None and time.monotonic() - began < self._patience:
            tries += 1
            try:
                left = self._patience - (time.monotonic() - began)
                body = exchange(self._base, request, max(left, _AGAIN_S))
            except (OSError, RuntimeError):
                time.sleep(_AGAIN_S)
        with self._lock:
            self.turns += 1
            self.again += tries > 1
            self.slowest = max(self.slowest, time.monotonic() - began)
        return body


def exchange(base: str, request: bytes, seconds: float = GIVES_UP_S) -> bytes:
    """The body that answers one request over a connection of its own.

    OSError where none comes, or nothing more of it for `seconds`; RuntimeError for a fault.
    """
    host, port = base.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=seconds) as connection:
        connection.sendall(request)
        received = b""
        while b"\r\n\r\n" not in received:
            received += _more(connection)
        head, body = received.split(b"\r\n\r\n", 1)
        length = length_of(head)
        while len(body) < length:
            body += _more(connection)
        return body


def _more(connection: socket.socket) -> bytes:
    data = connection.recv(65_536)
    if not data:
        raise ConnectionError("closed by the server")
    return data
