"""A pool of Wyoming servers of one kind: balances the load; skips a failed one for a while."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TypeVar

from wyoming.client import AsyncClient

log = logging.getLogger(__name__)

T = TypeVar("T")

CONNECT_S = 1.0
LEFT_OUT_S = 10.0
"""How long a failed server is skipped, unless all failed."""

FAULTS = (OSError, EOFError, TimeoutError, ValueError, KeyError, TypeError, RuntimeError)
"""Raised for a server that is gone, or sends invalid events."""


class NoServerError(Exception):
    """No server of the pool answered."""


@dataclass(slots=True)
class Server:
    """A server and its state."""

    uri: str
    busy: int = 0
    """calls that wait for it"""
    failed: float = -1e9
    """when, monotonic seconds"""


class Servers:
    """The pool."""

    def __init__(
        self, kind: str, uris: tuple[str, ...], clock: Callable[[], float] = time.monotonic
    ) -> None:
        """`kind`: for the log, recogniser or voice."""
        self.kind = kind
        self._clock = clock
        self.all = [Server(uri) for uri in uris]

    def __bool__(self) -> bool:
        return bool(self.all)

    @property
    def well(self) -> int:
        """How many are not skipped now."""
        return sum(self._clock() - one.failed > LEFT_OUT_S for one in self.all)

    def in_turn(self) -> list[Server]:
        """The order in which to try them: working ones first, the least busy first."""
        now = self._clock()
        return sorted(
            self.all, key=lambda one: (now - one.failed <= LEFT_OUT_S, one.busy, one.failed)
        )

    async def ask(self, seconds: float, work: Callable[[AsyncClient], Awaitable[T]]) -> T:
        """What the first server that can makes of `work`. NoServerError where none can, or one
        takes `seconds`: the caller has waited long enough for one."""
        for server in self.in_turn():
            try:
                async with self._connected(server, seconds) as client:
                    return await work(client)
            except TimeoutError:
                break
            except FAULTS:
                continue
        raise NoServerError

    @asynccontextmanager
    async def _connected(self, server: Server, seconds: float) -> AsyncIterator[AsyncClient]:
        """A connection for one request of at most `seconds`; what fails is noted and raised."""
        server.busy += 1
        try:
            client = AsyncClient.from_uri(server.uri)
            async with asyncio.timeout(CONNECT_S):
                await client.connect()
            try:
                async with asyncio.timeout(seconds):
                    yield client
            finally:
                await _hang_up(client)
        except FAULTS as problem:
            if self._clock() - server.failed > LEFT_OUT_S:
                log.warning("%s %s failed: %s", self.kind, server.uri, type(problem).__name__)
            server.failed = self._clock()
            raise
        finally:
            server.busy -= 1


async def _hang_up(client: AsyncClient) -> None:
    try:
        async with asyncio.timeout(CONNECT_S):
            await client.disconnect()
    except FAULTS:
        pass
