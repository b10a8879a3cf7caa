"""The gate before every channel: so many turns at a time, a short line behind them, no more.

Whoever would stand in line too long is told at once, calmly, that too many are asking. Those in the
middle of a conversation go first: they have waited already, and a new caller loses nothing by
ringing again (docs/decisions/load.md).
"""

import logging
import re
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PLACES = 4
"""Turns worked on at a time in one process. One alone would do for the processor, but a turn that
asks another service (NLU, Redis) waits up to 1.5 s for it."""

LINE = 40
"""Who stands in each of the two lines of a process: 40 turns of some 1 ms are 40 ms."""

PATIENCE_S = 2.0
"""Nobody stands there longer. Twilio gives up after 15 s, Dialogflow after 5 s."""

RETRY_S = 30
"""After so long a page or a program may ask again."""

BODY_LIMIT = 256 * 1024
"""Bytes of a request. It is read before a place is taken, so that one that comes slowly holds up
nobody; a longer one is left for the application to refuse. A call's form has some 1,500."""

_DIGITS = 7
"""Of a length that is worth reading."""

READ_BYTES = 32 * 1024
"""Of the body of a request that is refused. Alexa's have 2 to 20 KB."""

_TOLD_EVERY_S = 10.0

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said to whoever is not let in."""

    body: bytes
    content_type: str
    status: str = "200 OK"
    headers: tuple[tuple[str, str], ...] = ()
    """beside those that every answer has"""


BUSY_PAGE = Answer(
    "現在使用的人太多，請稍後再試。 Too many are asking; please try again shortly.\n".encode(),
    "text/plain; charset=utf-8",
    "503 Service Unavailable",
)


@dataclass(frozen=True, slots=True)
class Door:
    """Where one channel comes in."""

    path: str
    """what its paths begin with"""
    busy: Answer | None
    """what is said while it is shut; None: it is never shut, because nothing behind it takes
    long"""
    goes_on: bool = False
    """conversations that have begun come in here, so they go before others"""
    elsewise: tuple[tuple[re.Pattern[bytes], Answer], ...] = ()
    """what is said instead where this stands in the body: the name of another language"""

    def told(self, environ: "WSGIEnvironment") -> Answer:
        """What is said to this request; only a door with a choice of languages reads it."""
        body = _beginning(environ) if self.elsewise else b""
        others = (answer for pattern, answer in self.elsewise if pattern.search(body))
        return next(others, self.busy or BUSY_PAGE)


def _beginning(environ: "WSGIEnvironment") -> bytes:
    length = environ.get("CONTENT_LENGTH") or "0"
    return environ["wsgi.input"].read(min(int(length), READ_BYTES)) if length.isdecimal() else b""


def _receive(environ: "WSGIEnvironment") -> None:
    """Have the whole body, or as much of it as is more than any may have."""
    length = environ.get("CONTENT_LENGTH") or ""
    if not length and environ.get("wsgi.input_terminated"):  # in chunks
        wanted = BODY_LIMIT + 1
    elif length.isdecimal() and len(length) <= _DIGITS and int(length) <= BODY_LIMIT:
        wanted = int(length)
    else:
        return
    if wanted:
        environ["wsgi.input"] = BytesIO(environ["wsgi.input"].read(wanted))


class Gate:
    """A WSGI application that lets requests into another one."""

    def __init__(
        self,
        application: "WSGIApplication",
        doors: Sequence[Door],
        *,
        places: int = PLACES,
        line: int = LINE,
        patience_s: float = PATIENCE_S,
        refused: Callable[[str], None] = lambda _path: None,
    ) -> None:
        """`doors`: the first whose path fits is the one; behind none of them stands a page.

        `refused`: told the path of each request that is not let in.
        """
        self._application = application
        self.doors = (*doors, Door("", BUSY_PAGE))
        self._line, self._patience_s = line, patience_s
        self._on_refused = refused
        self._lock = Lock()
        self._free = places
        self._talking: deque[Lock] = deque()
        self._new: deque[Lock] = deque()
        self._told = -_TOLD_EVERY_S
        self.refused = 0
        """requests since the start that were not let in"""

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """The answer of the application, or that of the door."""
        path = environ.get("PATH_INFO", "")
        door = next(door for door in self.doors if path.startswith(door.path))
        if door.busy is None:
            return self._application(environ, start_response)
        _receive(environ)
        if not self._enter(self._talking if door.goes_on else self._new):
            self._on_refused(path)
            return self._refuse(door.told(environ), environ, start_response)
        try:
            return self._application(environ, start_response)
        finally:
            self._leave()

    def _enter(self, line: deque[Lock]) -> bool:
        """Wait for a place; whether there was one in time."""
        with self._lock:
            if self._free:
                self._free -= 1
                return True
            if len(line) >= self._line:
                return False
            called = Lock()
            called.acquire()
            line.append(called)
        if called.acquire(timeout=self._patience_s):
            return True
        with self._lock:
            if called in line:
                line.remove(called)
                return False
        return True  # called in the very moment in which it gave up

    def _leave(self) -> None:
        """Hand the place on to whoever stands in line longest, talking ones first."""
        with self._lock:
            line = self._talking or self._new
            if line:
                line.popleft().release()
            else:
                self._free += 1

    def _refuse(
        self, answer: Answer, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        now = time.monotonic()
        with self._lock:
            self.refused += 1
            refused, tells = self.refused, now - self._told > _TOLD_EVERY_S
            self._told = now if tells else self._told
        if tells:
            log.warning("gate: too many at once; %d refused so far", refused)
        headers = [
            ("Content-Type", answer.content_type),
            ("Content-Length", str(len(answer.body))),
            ("Cache-Control", "no-store"),
            *answer.headers,
        ]
        if not answer.status.startswith("200"):
            headers.append(("Retry-After", str(RETRY_S)))
        start_response(answer.status, headers)
        return () if environ["REQUEST_METHOD"] == "HEAD" else (answer.body,)
