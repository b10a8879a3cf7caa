"""Admission control before every channel: a limited number of requests at a time, a short queue.

A request that would wait too long is refused at once with a calm sentence (load shedding). Turns of
a conversation that has begun go before new ones: those callers have waited already, and a new
caller loses nothing by calling again. The telephone has slots and queues of its own, which no other
channel can take (docs/decisions/load.md).
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
    """Channels that share slots."""

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
"""Requests that may wait in each of the two queues of a pool: 40 turns of some 1 ms are 40 ms."""

MAX_WAIT_S = 2.0
"""The longest that a request waits in a queue. Twilio gives up after 15 s, Dialogflow after 5 s."""

RETRY_AFTER_S = 30
"""Retry-After for pages and programs."""

BODY_LIMIT = 256 * 1024
"""Bytes of a request body, which is here before a slot is taken (`web/worker.py`). A call's form
has some 1,500, Alexa's requests 2 to 20 KB, a hundred events of LINE's 60 KB."""

_DIGITS = 7
"""A Content-Length of so many digits is over it."""

READ_BYTES = 32 * 1024
"""Read of the body of a request that is refused, to find its language. Alexa's have 2 to 20 KB."""

_TOLD_EVERY_S = 10.0

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Refusal:
    """The response to a request that is not admitted."""

    body: bytes
    content_type: str
    status: str = "200 OK"
    headers: tuple[tuple[str, str], ...] = ()
    """in addition to those of every refusal"""


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
"""To a network address that has used its share of the processor (`WorkLimit`)."""


@dataclass(frozen=True, slots=True)
class AdmissionRule:
    """How the requests of one channel are admitted."""

    path: str
    """prefix of its paths"""
    refusal: Refusal | None
    """the response where there is no room; None: always admitted, because it costs next to
    nothing"""
    in_conversation: bool = False
    """turns of conversations that have begun come in here, so they go before others"""
    by_language: tuple[tuple[re.Pattern[bytes], Refusal], ...] = ()
    """(pattern, refusal): the response where the pattern is found in the body, by which a platform
    names the language"""
    pool: Pool = Pool.WEB
    by_address: bool = False
    """whether `WorkLimit` applies; not where a platform sends the requests of many people"""

    def refusal_for(self, environ: "WSGIEnvironment") -> Refusal:
        """The response to this request; the body is read only where there is a choice of
        languages."""
        body = _beginning(environ) if self.by_language else b""
        others = (refusal for pattern, refusal in self.by_language if pattern.search(body))
        return next(others, self.refusal or BUSY_PAGE)


def _beginning(environ: "WSGIEnvironment") -> bytes:
    length = environ.get("CONTENT_LENGTH") or "0"
    return environ["wsgi.input"].read(min(int(length), READ_BYTES)) if length.isdecimal() else b""


def _receive(environ: "WSGIEnvironment") -> None:
    """Read the body, which is here, at once: piece by piece, as the application asks for it, it
    costs a tenth of a turn. One over the limit is left for the application to refuse."""
    length = environ.get("CONTENT_LENGTH") or ""
    if length.isdecimal() and len(length) < _DIGITS and int(length) <= BODY_LIMIT:
        environ["wsgi.input"] = BytesIO(environ["wsgi.input"].read(int(length)))


class _Places:
    """The slots of one pool, and its two queues."""

    def __init__(self, free: int, queue: int, max_wait_s: float) -> None:
        self._free, self._queue, self._max_wait_s = free, queue, max_wait_s
        self._lock = Lock()
        self._talking: deque[Lock] = deque()
        self._new: deque[Lock] = deque()

    def enter(self, in_conversation: bool) -> bool:
        """Wait for a slot; whether there was one in time."""
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
        return True  # it was given a slot in the moment in which it gave up

    def leave(self) -> None:
        """Pass the slot on to the request that has waited longest, begun conversations first."""
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
        """`rules`: the first whose path matches applies; a request that none matches is a page.

        `refused`: called with the path of each request that is not admitted. `work`: the limit of
        processor time by address; None for none.
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
            *refusal.headers,
        ]
        if not refusal.status.startswith("200"):
            headers.append(("Retry-After", str(RETRY_AFTER_S)))
        start_response(refusal.status, headers)
        return () if environ["REQUEST_METHOD"] == "HEAD" else (refusal.body,)
