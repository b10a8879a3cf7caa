"""The connection to the Redis that several hosts share: one that never keeps anybody waiting.

`redis://`, `rediss://`, `unix://`; or `sentinel://[:password@]host:port,host:port/name`, where
Sentinels tell which of several Redis is the one that is written to.
"""

import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from ipaddress import ip_address
from urllib.parse import unquote

from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.connection import AbstractConnection, Connection, SSLConnection
from redis.retry import Retry
from redis.sentinel import Sentinel

REDIS_PROBLEMS = (RedisError, OSError, ValueError, TypeError, LookupError)
"""What using it may raise. Not RedisError alone: what somebody else wrote there, or a broken server
answers, fails in the reading (ValueError, and UnicodeDecodeError is one)."""

SENTINEL = "sentinel://"

_LOOKED_UP_S = 30.0
"""A name is looked up again after so long; its last address is used meanwhile, and when that
fails."""

_MARKED_PORT = 26_379


class HostAddresses:
    """Addresses of host names. Looking one up may take the system ten seconds: nobody waits so
    long, for a caller does."""

    def __init__(self, look_up: Callable[[str], tuple[str, ...]]) -> None:
        """`look_up`: name → addresses, the best first; OSError where there is none."""
        self._look_up = look_up
        self._lock = threading.Lock()
        self._known: dict[str, tuple[tuple[str, ...], float]] = {}
        self._asked: dict[str, threading.Event] = {}

    def addresses_of(self, name: str, seconds: float) -> tuple[str, ...]:
        """The addresses of `name` as last known, else once they are, within `seconds`; OSError."""
        if _is_address(name):
            return (name,)
        known, until = self._known.get(name, ((), 0.0))
        if time.monotonic() >= until:
            done = self._ask(name)
            if not known:
                done.wait(seconds)
                known, _ = self._known.get(name, ((), 0.0))
        if not known:
            raise OSError(0, "the name of Redis has no address")
        return known

    def _ask(self, name: str) -> threading.Event:
        """Begin to look it up, unless somebody does."""
        with self._lock:
            if name not in self._asked:
                self._asked[name] = threading.Event()
                threading.Thread(target=self._run, args=(name,), daemon=True).start()
            return self._asked[name]

    def _run(self, name: str) -> None:
        try:
            self._known[name] = self._look_up(name), time.monotonic() + _LOOKED_UP_S
        except OSError:
            pass  # the last address stands
        finally:
            with self._lock:
                self._asked.pop(name).set()


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _by_system(name: str) -> tuple[str, ...]:
    found = socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(one[4][0]) for one in found))


_NAMES = HostAddresses(_by_system)


class _Named(Connection):
    """Connects to the address of its host name without waiting for a slow DNS."""

    def _connect(self) -> socket.socket:
        name = self.host
        addresses = _NAMES.addresses_of(name, self.socket_connect_timeout or 1.0)
        try:
            for self.host in addresses[:-1]:  # as localhost: ::1, then 127.0.0.1
                with suppress(OSError):
                    return super()._connect()  # type: ignore[no-any-return,no-untyped-call]
            self.host = addresses[-1]
            return super()._connect()  # type: ignore[no-any-return,no-untyped-call]
        finally:
            self.host = name  # TLS looks for it in the certificate


class _NamedSSL(SSLConnection, _Named):
    """The same over TLS."""


_BY_NAME: dict[type[AbstractConnection], type[AbstractConnection]] = {
    Connection: _Named,
    SSLConnection: _NamedSSL,
}


def connect(url: str, seconds: float, *, text: bool = False) -> Redis:
    """A client of the Redis at `url`, made without asking it anything.

    `text`: it answers in text, else in bytes. Whatever it does fails with one of REDIS_PROBLEMS
    within about `seconds`; nothing is tried again.
    """
    patience = {
        "socket_timeout": seconds,
        "socket_connect_timeout": seconds,
        "retry": Retry(NoBackoff(), 0),
    }
    if url.startswith(SENTINEL):
        return _by_sentinel(url, patience, text=text)
    client = Redis.from_url(url, decode_responses=text, **patience)
    _without_waiting(client)
    return client


class _Watched(Redis):
    """One that Sentinels name; closed with the connections to them."""

    def close(self) -> None:
        """All of them."""
        super().close()
        for one in self.connection_pool.sentinel_manager.sentinels:  # type: ignore[attr-defined]
            one.close()


def _by_sentinel(url: str, patience: dict[str, object], *, text: bool) -> Redis:
    """A client of whichever Redis the Sentinels name; asked anew for each new connection."""
    places, password, name = parse_sentinels(url)
    sentinel = Sentinel(places, sentinel_kwargs=dict(patience))  # type: ignore[no-untyped-call]
    for one in sentinel.sentinels:
        _without_waiting(one)
    return sentinel.master_for(  # type: ignore[no-any-return,no-untyped-call]
        name, _Watched, password=password or None, decode_responses=text, **patience
    )


def parse_sentinels(url: str) -> tuple[list[tuple[str, int]], str, str]:
    """Hosts and ports, password ("" for none) and the name of the group. ValueError.

    >>> parse_sentinels("sentinel://:secret@10.0.0.1:26379,10.0.0.2/mask-line")
    ([('10.0.0.1', 26379), ('10.0.0.2', 26379)], 'secret', 'mask-line')
    """
    before, _, rest = url.removeprefix(SENTINEL).rpartition("@")
    hosts, _, name = rest.partition("/")
    places = []
    for one in hosts.split(","):
        host, _, port = one.partition(":")
        places.append((host, int(port or _MARKED_PORT)))
    if not name or not all(host for host, _ in places):
        raise ValueError(url)
    return places, unquote(before.rpartition(":")[2]), name


def _without_waiting(client: Redis) -> None:
    pool = client.connection_pool
    pool.connection_class = _BY_NAME.get(pool.connection_class, pool.connection_class)
