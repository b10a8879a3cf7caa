"""What several hosts share through Redis: which of them asks the source, and what it took.

Nothing of it is needed: a host that cannot reach Redis goes on with what it has, and after a while
asks the source for itself.
"""

import errno
import hashlib
import hmac
import logging
import secrets
import threading
import time
from dataclasses import dataclass

from redis import Redis

from shared.feed.fetch import FETCH_LIMITS
from shared.feed.file_cache import signature
from shared.redis_link import REDIS_PROBLEMS

log = logging.getLogger(__name__)

LEASE_SECONDS = 8.0
"""A lease that is not renewed ends after so long: another host asks within ten seconds."""

_RENEWALS = 4
"""How often a lease is renewed in its time: one lost answer does not cost it."""

_LONGEST_MARK = 200

_RENEW = "return redis.call('get', KEYS[1]) == ARGV[1] and redis.call('pexpire', KEYS[1], ARGV[2])"
_END = "return redis.call('get', KEYS[1]) == ARGV[1] and redis.call('del', KEYS[1])"
"""Only the holder's own lease is renewed or ended, though it may have passed on meanwhile."""


def key_of(source: str, name: str) -> str:
    """The Redis key of `name` for one source; its URL may hold a secret, so a hash of it."""
    return f"mask-line:{hashlib.blake2s(source.encode(), digest_size=6).hexdigest()}:{name}"


@dataclass(frozen=True, slots=True)
class RedisCache:
    """What `shared.feed.file_cache.FileCache` is on a disk, for all hosts."""

    redis: Redis
    source: str
    secret: str = ""
    """signs what is kept, so that what somebody else wrote there is nothing"""

    def keep(self, name: str, content: bytes) -> None:
        """Replace what is kept under `name`, in one step; OSError where Redis does not take it."""
        mark = f"{self._digest(name, content)}:{secrets.token_hex()}"
        try:
            self.redis.hset(key_of(self.source, name), mapping={"mark": mark, "content": content})
        except REDIS_PROBLEMS as problem:
            raise OSError(errno.EIO, f"Redis: {type(problem).__name__}") from problem

    def kept(self, name: str) -> bytes | None:
        """What a host kept last; None where nothing is kept, it is damaged or out of reach."""
        try:
            return self._read(name)
        except REDIS_PROBLEMS:
            return None

    def mark(self, name: str) -> str | None:
        """What changes with each `keep`; None where there is none, or out of reach."""
        try:
            key = key_of(self.source, name)
            if int(self.redis.hstrlen(key, "mark")) > _LONGEST_MARK:
                return None
            mark = self.redis.hget(key, "mark")
        except REDIS_PROBLEMS:
            return None
        return mark.decode("ascii", "replace") if isinstance(mark, bytes) else None

    def holds(self, name: str, content: bytes) -> bool:
        """Whether `content` is what is kept; so, too, where Redis cannot be asked."""
        try:
            return self._read(name) == content
        except REDIS_PROBLEMS:
            return True

    def _read(self, name: str) -> bytes | None:
        key = key_of(self.source, name)
        if int(self.redis.hstrlen(key, "content")) > FETCH_LIMITS.size:
            return None  # a huge one would be read whole into memory
        match self.redis.hmget(key, "mark", "content"):
            case [bytes(mark), bytes(content)]:
                signed, _, _ = mark.partition(b":")
                digest = self._digest(name, content).encode()
                return content if hmac.compare_digest(signed, digest) else None
        return None

    def _digest(self, name: str, content: bytes) -> str:
        return signature(self.secret, self.source, name, content).hex()


class Lease:
    """Which host asks the source: the one that holds the lease, kept up by a thread of its own."""

    def __init__(self, redis: Redis, source: str, seconds: float = LEASE_SECONDS) -> None:
        """`seconds`: after which a lease ends whose holder does not renew it."""
        self._redis = redis
        self._key = key_of(source, "lease")
        self._seconds = seconds
        self._token = secrets.token_hex()
        self._held = False
        self._heard = time.monotonic()
        """when Redis last answered"""
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def held(self) -> bool:
        """Whether this host asks, as of the last renewal."""
        return self._held

    def stand(self) -> bool:
        """Whether this host asks: it holds the lease, or Redis has been away for a lease's time."""
        if self._thread is None:
            self._renew()
            self._thread = threading.Thread(target=self._run, name="lease", daemon=True)
            self._thread.start()
        return self._held

    def resign(self) -> None:
        """Let another host ask."""
        self._stop.set()
        if self._thread:
            self._thread.join()
            try:
                self._redis.eval(_END, 1, self._key, self._token)
            except REDIS_PROBLEMS:
                log.info("feed: the lease ends by itself, Redis cannot be reached")
        self._held = False

    def _run(self) -> None:
        while not self._stop.wait(self._seconds / _RENEWALS):
            self._renew()

    def _renew(self) -> None:
        milliseconds = int(self._seconds * 1000)
        try:
            mine = self._redis.eval(_RENEW, 1, self._key, self._token, milliseconds)
            won = mine or self._redis.set(self._key, self._token, nx=True, px=milliseconds)
        except REDIS_PROBLEMS as problem:
            if not self._held and time.monotonic() - self._heard > self._seconds:
                log.warning("feed: Redis is away (%s); asking alone", type(problem).__name__)
                self._held = True
            return
        self._heard = time.monotonic()
        if bool(won) is not self._held:
            log.info("feed: this host %s the source", "asks" if won else "no longer asks")
        self._held = bool(won)
