"""A time limit for a whole HTTP exchange.

The limits of sockets start anew with every byte, so a server that sends one now and then, in its
headers too, could hold the poller for ever. A timer that shuts the sockets down ends that.
"""

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection


class Deadline:
    """A context; what still runs in its connections after `seconds` fails at once."""

    def __init__(
        self, seconds: float, reached: Callable[[str, int, str], None] = lambda *_: None
    ) -> None:
        """`reached`: told host, port and network address of each connection before anything is
        asked on it; what it raises ends the exchange."""
        self.passed = False
        self._reached = reached
        self._sockets: list[Any] = []
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> "Deadline":
        self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._timer.cancel()

    def adapter(self) -> HTTPAdapter:
        """To be mounted in a `requests.Session`: its connections obey this deadline."""
        adapter = HTTPAdapter()
        # The pools by scheme are urllib3's documented place for connections of one's own.
        adapter.poolmanager.pool_classes_by_scheme = self._pools()
        return adapter

    def _cut(self) -> None:
        self.passed = True
        for one in self._sockets:
            with suppress(OSError):
                socket.socket.shutdown(one, socket.SHUT_RDWR)  # beneath TLS, where there is any

    def _watch(self, connection: HTTPConnection) -> None:
        one = connection.sock
        self._sockets.append(one)
        self._reached(connection.host, connection.port, str(one.getpeername()[0]))
        if self.passed:
            self._cut()

    def _pools(self) -> dict[str, Any]:
        watch = self._watch

        class Plain(HTTPConnection):
            def connect(self) -> None:
                super().connect()
                watch(self)

        class Secure(HTTPSConnection):
            def connect(self) -> None:
                super().connect()
                watch(self)

        class PlainPool(HTTPConnectionPool):
            ConnectionCls = Plain

        class SecurePool(HTTPSConnectionPool):
            ConnectionCls = Secure

        return {"http": PlainPool, "https": SecurePool}
