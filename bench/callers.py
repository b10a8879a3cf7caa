"""Callers for the benchmarks and the soak: what they say and press, signed and sent like Twilio's.

A call opens its own connection, as Twilio does, and follows the action URLs it is given. What is
said differs from call to call: spoken rows, and every district and pharmacy of
a catalogue in the words of common questions, so that nothing is measured that was asked before.
"""

import html
import random
import re
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlencode

from twilio.request_validator import RequestValidator

from bench import spoken
from ivr.twilio import admission_rules
from shared.catalog import Catalog
from shared.places.districts import all_districts

TOKEN = "bench"  # noqa: S105  made up for this run

BUSY = admission_rules("1922")[1].refusal
"""What a caller is told who is not let in."""

GIVES_UP_S = 15.0
"""Twilio waits no longer."""

_FRAMES = (
    "{}還有口罩嗎",
    "請問{}哪裡有口罩",
    "幫我查{}",
    "{}有沒有賣口罩",
    "我要找{}",
    "我想問一下{}的口罩",
)
_PHARMACIES = 800
"""Of so many the name is asked for; of all where there are fewer."""

_ACTION = re.compile(rb'action="([^"]*)"')
_LENGTH = re.compile(rb"Content-Length: (\d+)", re.IGNORECASE)

Form = dict[str, str]


def questions(catalog: Catalog) -> tuple[str, ...]:
    """Some thousand different questions, shuffled, always in the same order."""
    asked = [row.heard for row in spoken.rows() if row.kind != "command"]
    names = [district.name for district in all_districts()]
    names += [district.key for district in all_districts()]
    chance = random.Random(6)  # noqa: S311  no secret
    known = sorted({p.name for p in catalog.pharmacies})
    names += chance.sample(known, min(_PHARMACIES, len(known)))
    some = chance.sample(names, min(2 * len(asked), len(names)))
    made = [chance.choice(_FRAMES).format(name) for name in some]
    mixed = asked + made
    chance.shuffle(mixed)
    return tuple(mixed)


@cache
def said_commands() -> tuple[str, ...]:
    """The spoken commands, as a recogniser wrote them."""
    return tuple(row.heard for row in spoken.rows() if row.kind == "command")


def script(number: int, asked: Sequence[str]) -> tuple[Form, ...]:
    """What the caller of that `number` does, turn by turn; the first is the greeting.

    The conversations of tests/conversations.yaml in one call: a question, the next one, address,
    repeat, goodbye. Before the goodbye every second caller asks about another place, and the others
    say a command in words of their own.
    """
    commands = said_commands()
    more = asked[-number % len(asked)] if number % 2 else commands[number % len(commands)]
    return (
        {},
        {"SpeechResult": asked[number % len(asked)]},
        {"Digits": "1"},
        {"SpeechResult": "下一家"},
        {"Digits": "2"},
        {"Digits": "*"},
        {"SpeechResult": more},
        {"SpeechResult": "好，謝謝"},
    )


@dataclass(slots=True)
class Call:
    """One call: the request of its next turn, and what an answer makes of it."""

    number: int
    base: str
    """http://127.0.0.1:8000"""
    path: str = "/ivr/call"

    def request(self, turn: Form) -> bytes:
        """The whole HTTP request of a turn, signed."""
        area = "2" if self.number % 2 else "4"
        form = {
            "AccountSid": "AC" + "0" * 32,
            "ApiVersion": "2010-04-01",
            "CallSid": f"CA{self.number:032}",
            "CallStatus": "in-progress",
            "Direction": "inbound",
            "From": f"+886{area}{20000000 + self.number % 9999991}",
            "To": "+886277777777",
            **turn,
        }
        signature = _validator().compute_signature(self.base + self.path, form)
        body = urlencode(form)
        return (
            f"POST {self.path} HTTP/1.1\r\nHost: {self.base.removeprefix('http://')}\r\n"
            f"X-Twilio-Signature: {signature}\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n\r\n{body}"
        ).encode("ascii")

    def goes_on(self, body: bytes) -> bool:
        """Whether the call goes on after that answer; then `path` is where."""
        action = _ACTION.search(body)
        if action is None:
            return False
        self.path = html.unescape(action[1].decode("ascii")).removeprefix(self.base)
        return True


@cache
def _validator() -> RequestValidator:
    return RequestValidator(TOKEN)


def length_of(head: bytes) -> int:
    """Bytes of the body behind that head; RuntimeError for any status but 200."""
    if b" 200 " not in head.split(b"\r\n", 1)[0]:
        raise RuntimeError(head.decode("latin-1"))
    length = _LENGTH.search(head)
    return int(length[1]) if length else 0


class Caller:
    """One call over a connection of its own, turn after turn."""

    def __init__(self, base: str, number: int, gives_up_s: float = GIVES_UP_S) -> None:
        self._gives_up_s = gives_up_s
        self._call = Call(number, base)
        host, port = base.removeprefix("http://").split(":")
        self._address = (host, int(port))
        self._socket = socket.create_connection(self._address, timeout=self._gives_up_s)
        self._reused = False
        self.put_off = False
        """Whether it was told that all lines are busy."""

    def converse(self, asked: Sequence[str]) -> tuple[int, bool]:
        """The whole call: how many turns were answered, and whether all of them were well."""
        answered = 0
        try:
            for turn in script(self._call.number, asked):
                body = self.take(turn)
                if BUSY is not None and body == BUSY.body:
                    self.put_off = True
                    return answered, False
                answered += 1
                if not self._call.goes_on(body):
                    break
        except (OSError, RuntimeError):
            return answered, False
        finally:
            self._socket.close()
        return answered, True

    def take(self, turn: Form) -> bytes:
        """The body that answers one turn; OSError or RuntimeError where none does.

        A kept connection that the server closed while it was idle is opened anew, once, as every
        client of HTTP does.
        """
        request = self._call.request(turn)
        try:
            self._socket.sendall(request)
            answer = self._read()
        except (_NothingCameError, BrokenPipeError):
            if not self._reused:
                raise
            self._socket.close()
            self._socket = socket.create_connection(self._address, timeout=self._gives_up_s)
            self._reused = False
            self._socket.sendall(request)
            answer = self._read()
        self._reused = True
        return answer

    def _read(self) -> bytes:
        received = b""
        while b"\r\n\r\n" not in received:
            received += self._receive(begun=bool(received))
        head, body = received.split(b"\r\n\r\n", 1)
        length = length_of(head)
        while len(body) < length:
            body += self._receive(begun=True)
        if b"connection: close" in head.lower():
            self._closes()
        return body

    def _closes(self) -> None:
        """The server said that it closes the connection after this answer."""
        self._socket.close()
        self._socket = socket.create_connection(self._address, timeout=self._gives_up_s)

    def _receive(self, *, begun: bool) -> bytes:
        try:
            data = self._socket.recv(65536)
        except ConnectionResetError as problem:
            raise (_CutOffError if begun else _NothingCameError)(str(problem)) from problem
        if not data:
            raise (_CutOffError if begun else _NothingCameError)("closed by the server")
        return data


class _CutOffError(ConnectionError):
    """The connection was closed in the middle of an answer."""


class _NothingCameError(ConnectionError):
    """The connection was closed before a byte of an answer."""
