"""A feed's source that behaves as badly as a test asks it to, on the loopback address."""

import gzip
import io
import os
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Behaviour = Callable[["Handler"], None]
"""What the server does with one request."""


class Handler(BaseHTTPRequestHandler):
    """Hands each request to the behaviour of the moment."""

    source: "Source"

    def do_GET(self) -> None:
        self.source.asked.append(dict(self.headers))
        try:
            self.source.behave(self)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True
            self.wfile = io.BytesIO()  # nothing is left to be sent

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Keep the tests' output clean."""

    def answer(self, body: bytes, status: int = 200, **headers: str) -> None:
        """A whole answer; header names with _ for -."""
        self.send_response(status)
        for name, value in {"Content_Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def reset(self) -> None:
        """Break the connection off with an RST."""
        self.wfile.flush()
        linger = struct.pack("ii", 1, 0)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        time.sleep(0.05)  # what was sent before shall arrive first
        os.close(self.connection.detach())  # an ordinary close would say goodbye first
        raise ConnectionResetError


@dataclass
class Source:
    """The server as a test sees it."""

    url: str
    behave: Behaviour
    asked: list[dict[str, str]] = field(default_factory=list)
    """the headers of each request so far"""
    over: threading.Event = field(default_factory=threading.Event)
    """set when the test is: slow behaviours end then"""


@contextmanager
def serving(behave: Behaviour, address: str = "127.0.0.1") -> Iterator[Source]:
    """A running server; `address` may be one in a network that a test made."""
    handler = type("OneHandler", (Handler,), {})
    server = ThreadingHTTPServer((address, 0), handler)
    server.daemon_threads = True
    source = Source(f"http://{address}:{server.server_port}/feed.csv", behave)
    handler.source = source  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield source
    finally:
        source.over.set()
        server.shutdown()
        server.server_close()
        thread.join()


def gives(body: bytes, status: int = 200, **headers: str) -> Behaviour:
    """The same answer each time."""
    return lambda request: request.answer(body, status, **headers)


def gives_if_changed(body: bytes, etag: str = '"1"') -> Behaviour:
    """304 to who has that ETag."""

    def behave(request: Handler) -> None:
        if request.headers.get("If-None-Match") == etag:
            request.answer(b"", 304)
        else:
            request.answer(body, ETag=etag)

    return behave


def drips(body: bytes, *, whole_header: bool = True, length: bool = True) -> Behaviour:
    """A byte now and then, never so slowly that a socket's own limit strikes."""

    def behave(request: Handler) -> None:
        head = b"HTTP/1.0 200 OK\r\n" + (b"Content-Length: %d\r\n" % len(body) if length else b"")
        if whole_header:
            request.wfile.write(head + b"\r\n")
            rest = body
        else:
            rest = head + b"X-Slow: " + b"x" * 60_000
        for place in range(len(rest)):
            if request.source.over.is_set():
                break
            request.wfile.write(rest[place : place + 1])
            time.sleep(0.02)
        request.close_connection = True

    return behave


def breaks_off(body: bytes, *, length: bool = True) -> Behaviour:
    """Half the body, then a reset."""

    def behave(request: Handler) -> None:
        request.send_response(200)
        if length:
            request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body[: len(body) // 2])
        request.reset()

    return behave


def hangs_up(request: Handler) -> None:
    """Not even a status."""
    request.reset()


def says_nothing(request: Handler) -> None:
    """Takes the question and keeps the caller waiting."""
    request.source.over.wait(60)
    request.close_connection = True


def redirects_to_itself(request: Handler) -> None:
    """A loop."""
    request.answer(b"", 302, Location=request.path)


def endless(megabytes: int, *, length: bool = True) -> Behaviour:
    """So many megabytes of zeros."""

    def behave(request: Handler) -> None:
        request.send_response(200)
        if length:
            request.send_header("Content-Length", str(megabytes * 1_000_000))
        request.end_headers()
        for _ in range(megabytes):
            request.wfile.write(b"0" * 1_000_000)

    return behave


def gzip_bomb(megabytes: int) -> bytes:
    """A thousandth of its content's size."""
    return gzip.compress(b"0" * megabytes * 1_000_000)
