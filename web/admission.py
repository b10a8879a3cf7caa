"""Admission control before every channel: so many turns at a time, a short queue, no more.

Whoever would wait too long is told at once, calmly, that too many are asking (load shedding). Those
in the middle of a conversation go first: they have waited already, and a new caller loses nothing
by ringing again. The telephone has places and queues of its own, which nothing else can take
(docs/decisions/load.md).
"""

import logging
import re
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

    from web.rate_limit import WorkLimit


class Pool(StrEnum):
    """Who shares places with whom."""

    TELEPHONE = "telephone"
    SKILL = "skill"
    """speakers whose requests wait for their platform: for a certificate, for an address"""
    WEB = "web"
    """chat, pages, the API"""


CONCURRENCY = {Pool.TELEPHONE: 4, Pool.SKILL: 4, Pool.WEB: 2}
"""Requests worked on at a time in one process. One alone would do for the processor, but a turn
that asks another service (NLU, Redis) waits up to 1.5 s for it. Of the web fewer, because each that
runs takes its share of the processor from the calls."""

QUEUE = 40
"""Who waits in each of the two queues of a pool: 40 turns of some 1 ms are 40 ms."""

MAX_WAIT_S = 2.0
"""Nobody waits longer. Twilio gives up after 15 s, Dialogflow after 5 s."""

RETRY_AFTER_S = 30
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
class Refusal:
    """What is said to whoever is not admitted."""

    body: bytes
    content_type: str
    status: str = "200 OK"
    headers: tuple[tuple[str, str], ...] = ()
    """beside those that every answer has"""


BUSY_PAGE = Refusal(
    "現在使用的人太多，請稍後再試。 Too many are asking; please try again shortly.\n".encode(),
    "text/plain; charset=utf-8",
    "503 Service Unavailable",
)

TOO_MUCH_WORK = Refusal(
    "您送來的問題太多了，請稍後再試。 You have asked a lot; please try again shortly.\n".encode(),
    "text/plain; charset=utf-8",
    "429 Too Many Requests",
)
"""To an address that has cost its share of the processor."""


@dataclass(frozen=True, slots=True)
class AdmissionRule:
    """How the requests of one channel are admitted."""

    path: str
    """what its paths begin with"""
    refusal: Refusal | None
    """what is said where there is no room; None: always admitted, because nothing behind it takes
    long"""
    in_conversation: bool = False
    """conversations that have begun come in here, so they go before others"""
    by_language: tuple[tuple[re.Pattern[bytes], Refusal], ...] = ()
    """what is said instead where this stands in the body: the name of another language"""
    pool: Pool = Pool.WEB
    by_address: bool = False
    """each network address may cost so much and no more; not where a platform speaks for many"""

    def refusal_for(self, environ: "WSGIEnvironment") -> Refusal:
        """What is said to this request; the body is read only for a choice of languages."""
        body = _beginning(environ) if self.by_language else b""
        others = (refusal for pattern, refusal in self.by_language if pattern.search(body))
        return next(others, self.refusal or BUSY_PAGE)


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


class _Places:
    """The places of one pool, and its two queues."""

    def __init__(self, free: int, queue: int, max_wait_s: float) -> None:
        self._free, self._queue, self._max_wait_s = free, queue, max_wait_s
        self._lock = Lock()
        self._talking: deque[Lock] = deque()
        self._new: deque[Lock] = deque()

    def enter(self, in_conversation: bool) -> bool:
        """Wait for a place; whether there was one in time."""
        queue = self._talking if in_conversation else self._new
        with self._lock:
            if self._free:
                self._free -= 1
                return True
            if len(queue) >= self._queue:
                return False
            called = Lock()
            called.acquire()
            queue.append(called)
        if called.acquire(timeout=self._max_wait_s):
            return True
        with self._lock:
            if called in queue:
                queue.remove(called)
                return False
        return True  # called in the very moment in which it gave up

    def leave(self) -> None:
        """Hand the place on to whoever waits longest, talking ones first."""
        with self._lock:
            queue = self._talking or self._new
            if queue:
                queue.popleft().release()
            else:
                self._free += 1


class AdmissionControl:
    """WSGI middleware that admits requests to an application, or refuses them."""

    def __init__(
        self,
        application: "WSGIApplication",
        rules: Sequence[AdmissionRule],
        *,
        concurrency: Mapping[Pool, int] = CONCURRENCY,
        queue: int = QUEUE,
        max_wait_s: float = MAX_WAIT_S,
        refused: Callable[[str], None] = lambda _path: None,
        work: "WorkLimit | None" = None,
    ) -> None:
        """`rules`: the first whose path fits is the one; where none does it is a page.

        `refused`: told the path of each request that is not admitted. `work`: what an address may
        cost; None for no limit.
        """
        self._application = application
        self.rules = (*rules, AdmissionRule("", BUSY_PAGE, by_address=True))
        self._pools = {pool: _Places(concurrency[pool], queue, max_wait_s) for pool in Pool}
        self._on_refused = refused
        self._work = work
        self._lock = Lock()
        self._told = -_TOLD_EVERY_S
        self.refused = 0
        """requests since the start that were not admitted"""

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """The answer of the application, or the refusal of the rule."""
        path = environ.get("PATH_INFO", "")
        rule = next(rule for rule in self.rules if path.startswith(rule.path))
        if rule.refusal is None:
            return self._application(environ, start_response)
        address = environ.get("REMOTE_ADDR") or ""
        work = self._work if rule.by_address else None
        if work and not work.has_left(address):
            self._on_refused(path)
            return self._refuse(TOO_MUCH_WORK, environ, start_response)
        _receive(environ)
        places = self._pools[rule.pool]
        if not places.enter(rule.in_conversation):
            self._on_refused(path)
            return self._refuse(rule.refusal_for(environ), environ, start_response)
        began = time.thread_time() if work else 0.0  # to ask for it is a call of the system
        try:
            return self._application(environ, start_response)
        finally:
            places.leave()
            if work:
                work.spend(address, time.thread_time() - began)

    def _refuse(
        self, refusal: Refusal, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        now = time.monotonic()
        with self._lock:
            self.refused += 1
            refused, tells = self.refused, now - self._told > _TOLD_EVERY_S
            self._told = now if tells else self._told
        if tells:
            log.warning("admission: too many at once; %d refused so far", refused)
        headers = [
            ("Content-Type", refusal.content_type),
            ("Content-Length", str(len(refusal.body))),
            ("Cache-Control", "no-store"),
            *refusal.headers,
        ]
        if not refusal.status.startswith("200"):
            headers.append(("Retry-After", str(RETRY_AFTER_S)))
        start_response(refusal.status, headers)
        return () if environ["REQUEST_METHOD"] == "HEAD" else (refusal.body,)
