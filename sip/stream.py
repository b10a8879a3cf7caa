"""SIP over TCP, beside UDP: connections that telephones and gateways open to us (RFC 3261, 18), and
the one on which we register at a provider.

aiosipua's own TCP transport knows no admission, and what it sends within a call says UDP in its
Via and nothing in its Contact; here both are set right on the way out.
"""

import asyncio
import contextlib
import re
import socket
from collections.abc import Awaitable, Callable

from aiosipua.message import SipRequest, SipResponse

Address = tuple[str, int]

HEAD_BYTES = 8_192
BODY_BYTES = 8_192
"""An INVITE has some 1,000 in all; who sends more is let go."""

MOST = 200
"""Connections. A gateway has one for all its calls, a telephone one of its own."""

IDLE_S = 3_600
"""Longer than the longest call; a connection on which nothing ever comes ends then."""

FIRST_S = 10
"""By then a new connection has said something."""

CONNECT_S = 5
"""A provider that does not take a connection by then is away."""

_LENGTH = re.compile(
    rb"^(?:content-length|l)[ \t]*:[ \t]*(\d{1,6})[ \t]*$", re.IGNORECASE | re.MULTILINE
)
_PING, _PONG = b"\r\n\r\n", b"\r\n"
"""RFC 5626, 4.4.1: how a telephone keeps its connection open"""


class Streams:
    """All connections. What arrives goes to `receive`, with the address of the other end."""

    def __init__(
        self, allows: Callable[[str], bool], receive: Callable[[bytes, Address], None]
    ) -> None:
        self._allows = allows
        self._receive = receive
        self._server: asyncio.Server | None = None
        self._writers: dict[Address, asyncio.StreamWriter] = {}
        self._tasks: dict[Address, asyncio.Task[None]] = {}

    def __contains__(self, addr: Address) -> bool:
        return addr in self._writers

    async def start(self, host: str, port: int) -> None:
        """Listen. OSError where the port is taken."""
        self._server = await asyncio.start_server(self._taken, host, port, limit=HEAD_BYTES)

    async def stop(self) -> None:
        """End all."""
        if self._server:
            self._server.close()
        tasks = tuple(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def open(self, addr: Address) -> None:
        """Connect, where there is no connection. OSError where nobody takes it."""
        if addr in self._writers:
            return
        async with asyncio.timeout(CONNECT_S):
            reader, writer = await asyncio.open_connection(*addr, limit=HEAD_BYTES)
        self._tasks[addr] = asyncio.create_task(self._hold(reader, writer, addr, IDLE_S))
        self._writers[addr] = writer

    async def ended(self, addr: Address) -> None:
        """Return when that connection is over; at once where there is none."""
        if task := self._tasks.get(addr):
            await asyncio.wait((task,))

    def put(self, raw: bytes, addr: Address) -> None:
        """Send; who does not read is let go before what waits for him grows."""
        writer = self._writers[addr]
        if writer.transport.get_write_buffer_size() > 16 * HEAD_BYTES:
            writer.transport.abort()
        else:
            writer.write(raw)

    async def _taken(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        name = writer.get_extra_info("peername")
        addr = (str(name[0]), int(name[1]))
        task = asyncio.current_task()
        if task is None or not self._allows(addr[0]) or len(self._writers) >= MOST:
            writer.close()
            return
        self._tasks[addr] = task
        self._writers[addr] = writer
        await self._hold(reader, writer, addr, FIRST_S)

    async def _hold(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        addr: Address,
        first_s: float,
    ) -> None:
        """Read until it ends. By `first_s` something was said."""
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        try:
            await self._read(reader, writer, addr, first_s)
        finally:
            self._writers.pop(addr, None)
            self._tasks.pop(addr, None)
            writer.close()

    async def _read(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        addr: Address,
        wait_s: float,
    ) -> None:
        """Message by message, until one is none."""
        with contextlib.suppress(
            TimeoutError, OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError
        ):
            while True:
                head = await _within(wait_s, reader.readuntil(_PING))
                wait_s = IDLE_S
                if head == _PING:
                    writer.write(_PONG)
                    continue
                told = _LENGTH.search(head.replace(b"\r", b""))
                length = int(told.group(1)) if told else 0
                if length > BODY_BYTES:
                    return
                body = await _within(FIRST_S, reader.readexactly(length))
                self._receive(head.lstrip(b"\r\n") + body, addr)


async def _within(seconds: float, work: Awaitable[bytes]) -> bytes:
    async with asyncio.timeout(seconds):
        return await work


def over_tcp(message: SipRequest | SipResponse) -> None:
    """Let what leaves on a connection say so: the answer to it has to come back on one."""
    if isinstance(message, SipRequest):
        vias = message.headers.get("via")
        message.headers.remove("Via")
        for number, via in enumerate(vias):
            said = via.replace("SIP/2.0/UDP", "SIP/2.0/TCP", 1) if number == 0 else via
            message.headers.append("Via", said)
    contact = message.headers.get_first("contact")
    if contact and "transport=" not in contact.lower() and contact.endswith(">"):
        message.headers.set_single("Contact", f"{contact[:-1]};transport=tcp>")
