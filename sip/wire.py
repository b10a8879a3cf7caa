"""SIP for aiosipua, UDP and TCP: admission first, each request once, ours sent until answered.

aiosipua 0.7.1 gives a transport, a server and a client, and leaves three things to whoever uses it:
who may send at all, requests that come twice because an answer was lost (RFC 3261, 17.2), and
sending our own again (17.1). Its own UDP transport also asserts that asyncio's is a
`DatagramTransport`, which CPython says of it only from 3.12 on: here nothing is asserted.
"""

import asyncio
import contextlib
import logging
from collections import OrderedDict
from collections.abc import Callable

from aiosipua.headers import parse_via, stringify_via
from aiosipua.message import SipMessage, SipRequest, SipResponse
from aiosipua.transport import SipTransport

from sip.admission import Admission, Verdict
from sip.stream import Streams, over_tcp

log = logging.getLogger(__name__)

T1_S = 0.5
T2_S = 4.0
GIVE_UP_S = 32.0
"""RFC 3261, 17.1.1.1: twice as long each time, at most T2; 64 × T1 in all."""

KEPT_ANSWERS = 4_000
"""Requests whose answer is kept for when they come again; the oldest go first."""

ANY_PORT = 20
"""Ports that are tried where none is asked for, until one is free for UDP and TCP."""

Address = tuple[str, int]
Key = tuple[str, str, str]
"""branch, method and the host it came from"""


class _Datagrams(asyncio.DatagramProtocol):
    def __init__(self, receive: Callable[[bytes, Address], None]) -> None:
        self._receive = receive

    def datagram_received(self, data: bytes, addr: tuple[str | int, ...]) -> None:
        self._receive(data, (str(addr[0]), int(addr[1])))


class Wire(SipTransport):
    """The one port of signalling, UDP and TCP. Whatever arrives ends one request at most."""

    def __init__(
        self,
        bind: Address,
        admission: Admission,
        malformed: Callable[[], None] = lambda: None,
        *,
        connections: bool = False,
    ) -> None:
        """`connections`: TCP is taken as well, at the same port."""
        super().__init__(local_addr=bind)
        self._connections = connections
        self._admission = admission
        self._malformed = malformed
        self._socket: asyncio.DatagramTransport | None = None
        self._streams = Streams(admission.allows, self._received)
        self._taken: OrderedDict[Key, bytes] = OrderedDict()
        """requests → the last answer, b"" while there is none"""
        self._sending: dict[Key, asyncio.Future[SipResponse]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Bind. OSError where the port is taken; where any would do, another is tried."""
        host, wanted = self.local_addr
        for left in reversed(range(ANY_PORT)):
            await self._bind(host, wanted)
            try:
                if self._connections:
                    await self._streams.start(*self.local_addr)
                return
            except OSError:
                if wanted or not left:
                    raise
                if self._socket:
                    self._socket.close()

    async def _bind(self, host: str, port: int) -> None:
        loop = asyncio.get_running_loop()
        self._socket, _ = await loop.create_datagram_endpoint(
            lambda: _Datagrams(self._received), local_addr=(host, port)
        )
        name = self._socket.get_extra_info("sockname")
        self.local_addr = (str(name[0]), int(name[1]))

    async def stop(self) -> None:
        """Close; nothing is sent again."""
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._streams.stop()
        if self._socket:
            self._socket.close()

    async def connect(self, addr: Address) -> None:
        """Let what is sent to `addr` go by TCP. OSError where nobody takes the connection."""
        await self._streams.open(addr)

    async def disconnected(self, addr: Address) -> None:
        """Return when there is no connection to `addr` any more."""
        await self._streams.ended(addr)

    def send(self, message: SipRequest | SipResponse, addr: Address) -> None:
        """Send; a response is kept, a request is sent again until it is answered."""
        if addr in self._streams:
            over_tcp(message)
        raw = bytes(message)
        self._put(raw, addr)
        if isinstance(message, SipResponse):
            if (key := _key(message, addr)) in self._taken:
                self._taken[key] = raw
        elif message.method != "ACK":
            self._again(message, raw, addr)

    async def answered(self, request: SipRequest, addr: Address) -> int:
        """The final status of a request that was sent; 408 where none came."""
        response = await self.answer(request, addr)
        return int(response.status_code) if response else 408

    async def answer(self, request: SipRequest, addr: Address) -> SipResponse | None:
        """The final answer to a request that was sent; None where none came."""
        waiting = self._sending.get(_key(request, addr))
        if waiting is None:
            return None
        try:
            return await asyncio.shield(waiting)
        except asyncio.CancelledError:
            return None

    def _put(self, raw: bytes, addr: Address) -> None:
        if addr in self._streams:
            self._streams.put(raw, addr)
        elif self._socket and not self._socket.is_closing():
            with contextlib.suppress(OSError):
                self._socket.sendto(raw, addr)

    def _received(self, data: bytes, addr: Address) -> None:
        verdict = self._admission.look_at(data, addr[0])
        if verdict is Verdict.DROPPED:
            return
        try:
            message = SipMessage.parse(data)
            if isinstance(message, SipRequest):
                _stamp(message, addr, connected=addr in self._streams)
            key = _key(message, addr)
        except Exception:  # the parser raises a dozen kinds for rubbish
            self._malformed()
            return
        if isinstance(message, SipResponse):
            self._response(message, key, addr)
        elif verdict is not Verdict.TAKEN:
            self._put(bytes(_refusal(message, verdict)), addr)
        else:
            self._request(message, key, addr)

    def _request(self, request: SipRequest, key: Key, addr: Address) -> None:
        if request.method != "ACK":
            if key in self._taken:
                if self._taken[key]:
                    self._put(self._taken[key], addr)
                return
            self._taken[key] = b""
            while len(self._taken) > KEPT_ANSWERS:
                self._taken.popitem(last=False)
        try:
            if self.on_message:
                self.on_message(request, addr)
        except Exception as problem:
            self._malformed()
            log.info("a request was not understood: %s", type(problem).__name__)
            if request.method != "ACK":
                self.send(_refusal(request, 400), addr)

    def _response(self, response: SipResponse, key: Key, addr: Address) -> None:
        waiting = self._sending.get(key)
        if waiting and not waiting.done() and response.status_code >= 200:
            waiting.set_result(response)
        try:
            if self.on_message:
                self.on_message(response, addr)
        except Exception as problem:
            log.info("a response was not understood: %s", type(problem).__name__)

    def _again(self, request: SipRequest, raw: bytes, addr: Address) -> None:
        key = _key(request, addr)
        self._sending[key] = asyncio.get_running_loop().create_future()
        task = asyncio.create_task(self._repeat(key, raw, addr))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _repeat(self, key: Key, raw: bytes, addr: Address) -> None:
        waiting, wait, waited = self._sending[key], T1_S, 0.0
        try:
            while waited < GIVE_UP_S:
                await asyncio.wait((waiting,), timeout=wait)
                if waiting.done():
                    return
                if addr not in self._streams:  # TCP loses nothing
                    self._put(raw, addr)
                waited, wait = waited + wait, min(2 * wait, T2_S)
        finally:
            waiting.cancel()
            del self._sending[key]


def _key(message: SipMessage, addr: Address) -> Key:
    """ValueError for a message without Via or CSeq: nobody could answer it."""
    vias, cseq = message.headers.get("via"), message.headers.get_first("cseq")
    if not vias or not cseq:
        raise ValueError("no Via or no CSeq")
    branch = parse_via(vias[0]).params.get("branch") or ""
    return branch, cseq.split()[-1].upper(), addr[0]


def _stamp(request: SipRequest, addr: Address, *, connected: bool) -> None:
    """Write into the first Via where the request came from (RFC 3261, 18.2.1; RFC 3581).

    What the sender wrote there himself is struck out: the answer goes to whom the datagram came
    from, never to a third. On a connection it goes back on that very one (18.2.2), whatever port
    is named.
    """
    raw = request.headers.get("via")
    via = parse_via(raw[0])
    via.params["received"] = addr[0]
    if connected or "rport" in via.params:
        via.params["rport"] = str(addr[1])
    request.headers.remove("Via")
    for one in (stringify_via(via), *raw[1:]):
        request.headers.append("Via", one)


_REASONS = {400: "Bad Request", 403: "Forbidden", 503: "Service Unavailable"}


def _refusal(request: SipRequest, status: int) -> SipResponse:
    response = SipResponse(status_code=status, reason_phrase=_REASONS[status])
    for name in ("Via", "From", "To", "Call-ID", "CSeq"):
        for value in request.headers.get(name.lower()):
            response.headers.append(name, value)
    if status == 503:
        response.headers.set_single("Retry-After", "5")
    return response
