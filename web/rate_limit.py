"""Rate limits: how many requests a client may make, more than a person ever does.

Counted by the `limits` library in windows of fixed length, in Redis where several hosts share the
count and in this process otherwise. Where Redis does not answer, each process counts for itself:
a caller is never refused because of a fault of ours. Clients are kept as keyed hashes alone.
"""

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from flask import Request
from limits import RateLimitItem, parse
from limits.storage import RedisStorage, Storage
from limits.strategies import FixedWindowRateLimiter

from shared.attempts import Attempts
from shared.redis_link import REDIS_PROBLEMS, connect
from shared.sqlite_file import PROBLEMS
from web.count_storage import FileCounts, ProcessCounts
from web.network import network_of

REDIS_TIMEOUT_S = 0.2
"""The longest that a request waits for Redis."""


@dataclass(frozen=True, slots=True)
class LimitKind:
    """A limit, and what is counted for it."""

    name: str
    most: RateLimitItem
    """how many in which time"""
    spoken: bool = False
    """whether beyond it a calm sentence is spoken with status 200; other limits answer 429"""

    @property
    def seconds(self) -> int:
        """The window: a client that was refused is answered again after at most so long."""
        return int(self.most.get_expiry())


TURN = LimitKind("turn", parse("60 per minute"), spoken=True)
"""Turns of one telephone call: one a second. A turn has a prompt and an answer, and takes an
impatient finger three seconds."""

CALL = LimitKind("call", parse("30 per hour"), spoken=True)
"""New calls of one telephone number: one every two minutes, the whole hour. A care home or an
office that shows one number for all its telephones stays below it."""

OPENED = LimitKind("opened", parse("1 per hour"))
"""The first request of one call. Twilio repeats it after an error, and somebody who replays a
request must not use up the calls of the number in it."""

ADDRESS = LimitKind("address", parse("600 per minute"))
"""Requests of one network address for the browser phone. A page is one, a turn one, some twenty a
minute; a school or a mobile carrier shows one address for many people."""

API = LimitKind("api", parse("600 per minute"))
"""Requests of one network address for `/api`: a map asks for all points every half minute."""

WORK = LimitKind("work", parse("1500 per 10 seconds"))
"""Milliseconds of a processor that one network address may cost a process by what it sends over the
web: 15 % of it. A page costs 2, a turn 5, a hostile one 60: an honest school of thirty people who
type a question each ten seconds costs 15 a second."""

WORK_THIS_MACHINE = LimitKind("work here", parse("5000 per 10 seconds"))
"""The same of this machine, where the service is public: a proxy that TRUSTED_PROXIES does not
count, behind which everybody has one address. Half of each processor is left to the calls."""

Allow = Callable[[LimitKind, str], bool]
"""(kind, who) → whether the request is within the limit; the question counts it."""


class Limits:
    """Counts requests by client. `Limits(url, secret).allow(API, address_of(request))`."""

    def __init__(self, redis_url: str, secret: str, path: Path | None = None) -> None:
        """`redis_url`: "" for this host alone; `secret`: the key of the hashes of clients.

        `path`: the file in which the workers of this host count together without Redis; None: each
        worker counts for itself.
        """
        self._key = _key(secret)
        self._here = FixedWindowRateLimiter(ProcessCounts(time.monotonic))
        shared: Storage | None = _redis(redis_url) if redis_url else None
        if path and not redis_url:
            shared = FileCounts(path, time.time)
        self._shared = FixedWindowRateLimiter(shared) if shared else None
        self._attempts = Attempts("the shared count of the limits", (*REDIS_PROBLEMS, *PROBLEMS))

    def allow(self, kind: LimitKind, who: str) -> bool:
        """Count a request and return whether it is within the limit.

        `who`: identifies the client; "" for an unknown one, which is always allowed, since unknown
        clients must not use up each other's limit.
        """
        return not who or self._ask(FixedWindowRateLimiter.hit, kind, who)

    def has_left(self, kind: LimitKind, who: str) -> bool:
        """Whether another request would be within the limit; nothing is counted."""
        return not who or self._ask(FixedWindowRateLimiter.test, kind, who)

    def _ask(self, question: Callable[..., bool], kind: LimitKind, who: str) -> bool:
        key = _hidden(self._key, f"{kind.name}:{who}")
        within = None
        if shared := self._shared:
            within = self._attempts.attempt(lambda: question(shared, kind.most, key))
        return question(self._here, kind.most, key) if within is None else within


class WorkLimit:
    """Limits processor time by network address, in this process alone."""

    def __init__(
        self, secret: str, *, public: bool, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """`public`: whether requests from this machine may have been passed on by a proxy."""
        self._key, self._public = _key(secret), public
        self._limiter = FixedWindowRateLimiter(ProcessCounts(clock))

    def has_left(self, peer: str) -> bool:
        """Whether a request of that address may be worked on."""
        kind, key = self._counted(peer)
        return kind is None or self._limiter.test(kind.most, key)

    def spend(self, peer: str, seconds: float) -> None:
        """Count the processor time of a request."""
        kind, key = self._counted(peer)
        if kind is not None:
            self._limiter.hit(kind.most, key, cost=max(1, round(seconds * 1000)))

    def _counted(self, peer: str) -> tuple[LimitKind | None, str]:
        network = network_of(peer)
        key = _hidden(self._key, network)
        if network:
            return WORK, key
        return (WORK_THIS_MACHINE if self._public else None), key


def _key(secret: str) -> bytes:
    """The key of the hashes of clients; the same for all that share `secret`."""
    return hashlib.sha256(secret.encode()).digest()


def _hidden(key: bytes, who: str) -> str:
    """A keyed hash (RFC 7693, 2.9): a third of the time of an HMAC, and asked once a turn."""
    text = who.encode("utf-8", "surrogatepass")
    return hashlib.blake2s(text, digest_size=16, key=key).hexdigest()


def address_of(request: Request) -> str:
    """The network that a request comes from (`network_of`)."""
    return network_of(request.remote_addr or "")


def _redis(url: str) -> RedisStorage:
    pool = connect(url, REDIS_TIMEOUT_S).connection_pool
    # The pool has the address; of the URL the library only looks at the scheme.
    return RedisStorage("redis://", pool, key_prefix="mask-line:limit")
