"""gunicorn's threaded worker, in which a slow sender costs an entry in a dict and no thread.

gunicorn's own gives a connection a thread as soon as it opens, reads head and body there without a
limit of time, and waits up to 2 s in its main loop for a client that does not close a connection.
Here the main loop receives: a thread gets a request when it is complete. A connection whose request
is not complete in time is closed, so is the oldest of a network that has too many
(docs/decisions/slow-connections.md).
"""

import logging
import selectors
import signal
import socket
import struct
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from gunicorn.http import get_parser
from gunicorn.workers.gthread import TConn, ThreadWorker

from web.handover import Handover
from web.network import network_of
from web.request_buffer import RequestBuffer

_RECEIVED = 64 * 1024
_DRAINED_S = 0.05
_TOLD_EVERY_S = 10.0
_CLOSING = "Connection: close\r\nContent-Length: 0\r\n\r\n"
_TOO_SLOW = f"HTTP/1.1 408 Request Timeout\r\n{_CLOSING}".encode()
_TOO_LONG = f"HTTP/1.1 431 Request Header Fields Too Large\r\n{_CLOSING}".encode()
_CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"

log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Arriving:
    """A request that is not complete yet."""

    network: str
    until: float
    buffer: RequestBuffer = field(default_factory=RequestBuffer)
    leave_given: bool = False


class _Connection(TConn):  # type: ignore[misc,unused-ignore]
    """A connection that is closed without blocking the main loop."""

    def __init__(self, worker: "BufferingWorker", *arguments: Any) -> None:
        super().__init__(*arguments)
        self._linger = worker.linger

    def close(self, graceful: bool = False) -> None:
        """Close at once, or (`graceful`) when the client has read to the end (RFC 9112, 9.6)."""
        if graceful:
            self._linger(self)
        else:
            super().close()


class BufferingWorker(ThreadWorker):  # type: ignore[misc,unused-ignore]
    """Receives in the main loop, works in threads."""

    request_s = 8.0
    """for head and body together, from the first moment of a connection on. Twilio and Alexa send
    in one piece; a mobile telephone in a lift takes two or three seconds"""
    answer_s = 20.0
    """for a turn, and for the answer to be fetched. Twilio gives up after 15 s"""
    linger_s = 2.0
    """as in gunicorn: how long a client may take to read the end of a response"""
    unfinished = 256
    """incomplete requests of one network; of more, the oldest is closed. Requests are complete
    after a fraction of a second, so a school or a proxy has a handful"""
    buffered = 32 * 1024 * 1024
    """bytes of all incomplete requests"""
    handover = Handover()
    """shared by all workers of a master"""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._arriving: dict[TConn, _Arriving] = {}
        self._lingering: dict[TConn, float] = {}
        self._working: dict[TConn, float] = {}
        self._networks: Counter[str] = Counter()
        self._held = 0
        self._cut = 0
        self._told = 0.0
        self._told_to_end = False

    def handle_exit(self, sig: int, frame: Any) -> None:
        """SIGTERM: end, but after a reload not before others answer (web/handover.py)."""
        if self._told_to_end or not self.handover.goes_on(self.age, self.cfg.workers):
            super().handle_exit(sig, frame)
        self._told_to_end = True

    def accept(self, listener: socket.socket) -> None:
        """Accept a new connection, and close an incomplete one where there are too many."""
        try:
            taken, client = listener.accept()
        except OSError:  # the client is gone, or another worker was quicker
            return
        self.nr_conns += 1
        # In case gunicorn's parser waits for more than was taken for the whole request.
        limit = struct.pack("ll", int(self.linger_s), 0)
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, limit)
        if self.nr_conns >= self.worker_connections and self._arriving:
            self._close_slow(next(iter(self._arriving)))
        self._await(_Connection(self, self.cfg, taken, client, listener.getsockname()))

    def on_client_socket_readable(self, conn: TConn, client: socket.socket) -> None:
        """The next request on a kept-alive connection begins."""
        with suppress(KeyError, ValueError):  # it was closed a moment before
            self.poller.unregister(client)
            self.keepalived_conns.remove(conn)
            self._await(conn)
            self._receive(conn, client)

    def finish_request(self, conn: TConn, fs: "Future[Any]") -> None:
        """As gunicorn's; but what arrived after a request may be a part of the next one."""
        self._working.pop(conn, None)
        if not fs.cancelled() and fs.exception() is None and fs.result():
            behind = conn.parser.unreader.take_buffered()
            if behind:
                self._await(conn, behind)
                return
        super().finish_request(conn, fs)

    def _keepalive_after(self, conn: TConn, keepalive: bool) -> bool:
        """Whether the connection can be reused: not with the rest of a body that was not read."""
        return keepalive and bool(conn.parser.finish_body(deadline=time.monotonic() + _DRAINED_S))

    def murder_pending(self) -> None:
        """Called each second: close what took too long; end once other workers have taken over."""
        if self._told_to_end and not self.handover.goes_on(self.age, self.cfg.workers):
            super().handle_exit(signal.SIGTERM, None)
        now = time.monotonic()
        for conn, arriving in list(self._arriving.items()):
            if arriving.until <= now:
                self._close_slow(conn)
        for conn in [conn for conn, until in self._lingering.items() if until <= now]:
            self._let_go(conn)
        for conn in [conn for conn, until in self._working.items() if until <= now]:
            del self._working[conn]
            with suppress(OSError):  # its thread wakes up and fails on the broken connection
                conn.sock.shutdown(socket.SHUT_RDWR)
        if self._cut and now - self._told > _TOLD_EVERY_S:
            self._told = now
            log.warning("connections: %d were too slow, and closed", self._cut)
            self._cut = 0

    def linger(self, conn: TConn) -> None:
        """Send no more; close when the client does, or after `linger_s`."""
        try:
            conn.sock.setblocking(False)
            conn.sock.shutdown(socket.SHUT_WR)
            self._watch(conn, self._drain)
        except (OSError, ValueError, KeyError):
            TConn.close(conn)
        else:
            self.nr_conns += 1
            self._lingering[conn] = time.monotonic() + self.linger_s

    def _drain(self, conn: TConn, sock: socket.socket) -> None:
        with suppress(BlockingIOError):
            try:
                ended = not sock.recv(_RECEIVED)
            except ConnectionError:
                ended = True
            if ended:
                self._let_go(conn)

    def _let_go(self, conn: TConn) -> None:
        if self._lingering.pop(conn, None) is not None:
            self.nr_conns -= 1
            self._unwatch(conn)
            TConn.close(conn)

    def _await(self, conn: TConn, behind: bytes = b"") -> None:
        """Receive a request, of which `behind` has arrived already."""
        address = conn.client[0] if isinstance(conn.client, tuple) else ""
        arriving = _Arriving(network_of(address), time.monotonic() + self.request_s)
        try:
            conn.sock.setblocking(False)
            self._watch(conn, self._receive)
        except (OSError, ValueError, KeyError):
            self.nr_conns -= 1
            TConn.close(conn)
            return
        self._arriving[conn] = arriving
        self._networks[arriving.network] += 1
        if self._networks[arriving.network] > self.unfinished:
            same = (old for old, one in self._arriving.items() if one.network == arriving.network)
            self._close_slow(next(same))
        if behind:
            self._take(conn, arriving, behind)

    def _receive(self, conn: TConn, sock: socket.socket) -> None:
        arriving = self._arriving.get(conn)
        if arriving is None:  # closed a moment before
            return
        try:
            data = sock.recv(_RECEIVED)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if data:
            self._take(conn, arriving, data)
        else:
            self._close(conn)

    def _take(self, conn: TConn, arriving: _Arriving, data: bytes) -> None:
        buffer = arriving.buffer
        buffer.add(data)
        self._held += len(data)
        if buffer.too_long:
            self._close(conn, _TOO_LONG)
        elif buffer.whole:
            self._forget(conn)
            if conn.parser is None:
                conn.parser = get_parser(self.cfg, conn.sock, conn.client)
            conn.parser.unreader.unread(bytes(buffer.data))
            conn.data_ready = True
            self._working[conn] = time.monotonic() + self.answer_s
            self.enqueue_req(conn)
        elif buffer.waits_for_leave and not arriving.leave_given:
            arriving.leave_given = True
            with suppress(OSError):
                conn.sock.send(_CONTINUE)
        elif self._held > self.buffered:
            self._close_slow(next(iter(self._arriving)))

    def _close_slow(self, conn: TConn) -> None:
        self._cut += 1
        begun = bool(self._arriving[conn].buffer.data)
        self._close(conn, _TOO_SLOW if begun else b"")

    def _close(self, conn: TConn, words: bytes = b"") -> None:
        self._forget(conn)
        self.nr_conns -= 1
        if words:
            with suppress(OSError):
                conn.sock.send(words)
        TConn.close(conn)

    def _forget(self, conn: TConn) -> None:
        """Receive no more of it."""
        arriving = self._arriving.pop(conn)
        self._held -= len(arriving.buffer.data)
        self._networks[arriving.network] -= 1
        if not self._networks[arriving.network]:
            del self._networks[arriving.network]
        self._unwatch(conn)

    def _watch(self, conn: TConn, called: Callable[[TConn, socket.socket], None]) -> None:
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(called, conn))

    def _unwatch(self, conn: TConn) -> None:
        with suppress(KeyError, ValueError, OSError):
            self.poller.unregister(conn.sock)
