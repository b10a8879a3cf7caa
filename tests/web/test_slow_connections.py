"""Slow and idle connections, without any proxy in front: callers notice nothing of them."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress

import pytest

from bench.callers import Caller
from bench.serving import Server, serving
from shared.places.districts import all_districts

ASKED = tuple(f"{district.key}還有口罩嗎" for district in all_districts())
SLOW = 400
CALLS = 30
HELD_UP_S = 5
"""A call takes 50 ms, on a busy machine two seconds; behind slow ones it waited 40."""
AT_ONCE_S = 6
"""Before the limit of eight seconds could have done it."""
HEAD = b"POST /ivr/call HTTP/1.1\r\nHost: 127.0.0.1\r\n"
STARTS = (
    b"",
    b"PO",
    HEAD,
    HEAD + b"Content-Length: 1500\r\n\r\nFrom=",
    HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nFrom=\r\n",
    HEAD + b"Expect: 100-continue\r\nContent-Length: 1500\r\n\r\n",
    b"GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n" + HEAD,
)
"""How a connection begins that then does nothing more, and is not closed."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One worker, as `make serve` has it."""
    where = {"FEED_URL": "", "DATA_DIR": str(tmp_path_factory.mktemp("data"))}
    with serving(options=("--workers", "1"), environment=where) as running:
        yield running


@contextmanager
def opened(server: Server, starts: tuple[bytes, ...], many: int) -> Iterator[list[socket.socket]]:
    """So many connections that began so, all open until the block ends."""
    made: list[socket.socket] = []
    try:
        for number in range(many):
            made.append(socket.create_connection(("127.0.0.1", server.port), timeout=10))
            made[-1].sendall(starts[number % len(starts)])
        yield made
    finally:
        for one in made:
            one.close()


def _call(server: Server, calls: int, first: int) -> tuple[int, float]:
    """How many calls went well, and the seconds of the slowest."""
    well, slowest = 0, 0.0
    for number in range(first, first + calls):
        began = time.monotonic()
        _, good = Caller(server.base, number).converse(ASKED)
        well += good
        slowest = max(slowest, time.monotonic() - began)
    return well, slowest


def _ended(connection: socket.socket, seconds: float) -> float:
    """Seconds until the other side closed it; AssertionError where it does not."""
    began = time.monotonic()
    connection.settimeout(seconds)
    while connection.recv(4096):
        assert time.monotonic() - began < seconds
    return time.monotonic() - began


def test_four_hundred_slow_ones_cost_no_call(server: Server) -> None:
    """Whatever they are slow in: no call fails, and none waits for them."""
    with opened(server, STARTS, SLOW) as slow:
        dripping = threading.Event()

        def drip() -> None:
            while not dripping.wait(0.5):
                for one in slow[2 :: len(STARTS)]:
                    try:
                        one.send(b"X: y\r\n")
                    except OSError:
                        continue

        thread = threading.Thread(target=drip)
        thread.start()
        try:
            well, slowest = _call(server, CALLS, 1)
        finally:
            dripping.set()
            thread.join()
    assert well == CALLS
    assert slowest < HELD_UP_S


def test_whoever_drips_is_closed_in_time(server: Server) -> None:
    """Head and body have eight seconds together, however often a byte comes; so 408."""
    with opened(server, (HEAD,), 1) as (one,):
        began = time.monotonic()
        answer = b""
        one.settimeout(0.5)
        while time.monotonic() - began < 30 and b"\r\n\r\n" not in answer:
            try:
                one.sendall(b"X: y\r\n")
                answer += one.recv(4096)
            except TimeoutError:
                continue
        assert answer.startswith(b"HTTP/1.1 408 ")
        assert 7 < time.monotonic() - began < 30


def test_of_one_address_the_oldest_go_first(server: Server) -> None:
    """Of more than 256 at a time; the newest, who may be honest, is served."""
    with opened(server, (HEAD,), 300) as slow:
        for one in slow[:44]:
            _ended(one, AT_ONCE_S)
        slow[-1].sendall(b"Content-Length: 0\r\n\r\n")
        assert slow[-1].recv(12).startswith(b"HTTP/1.1 403")


TURN = b"POST /phone HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
BODY = b'{"lang":"ja-JP"}'
LENGTH = b"Content-Length: 16\r\n"
WHOLE = {
    "in pieces": (TURN[:9], TURN[9:], LENGTH, b"\r", b"\n" + BODY[:3], BODY[3:]),
    "in chunks": (
        TURN + b"Transfer-Encoding: chunked\r\n\r\n",
        b"a;x=y\r\n" + BODY[:9],
        BODY[9:10] + b"\r\n6\r\n" + BODY[10:] + b"\r\n0",
        b"\r\nX: y\r\n\r\n",
    ),
    "with leave": (TURN + b"Expect: 100-continue\r\n" + LENGTH + b"\r\n", BODY),
}


@pytest.mark.parametrize("pieces", WHOLE.values(), ids=WHOLE)
def test_what_comes_in_pieces_is_answered(server: Server, pieces: tuple[bytes, ...]) -> None:
    """And so is the next request on the same connection, sent in the same breath."""
    with closing(socket.create_connection(("127.0.0.1", server.port), timeout=30)) as one:
        for piece in pieces[:-1]:
            one.sendall(piece)
            time.sleep(0.05)
        one.sendall(pieces[-1] + b"GET /healthz HTTP/1.1\r\nHost: a\r\n")
        time.sleep(0.05)
        one.sendall(b"Connection: close\r\n\r\n")
        answer = b""
        while piece := one.recv(4096):
            answer += piece
    assert answer.count(b"HTTP/1.1 200 OK") == 2, answer
    assert b'"locale":"ja-JP"' in answer
    assert b'"status":"alive"' in answer


REFUSED = {
    "a head without end": (b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 20_000, b"431"),
    "no HTTP": (b"\x16\x03\x01\x02\r\n\r\n", b"400"),
    "two lengths": (HEAD + b"Content-Length: 4\r\nContent-Length: 5\r\n\r\n", b"400"),
    "a length and chunks": (
        HEAD + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"400",
    ),
    "a chunk of no size": (HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n", b"4"),
    "a body that is too long": (HEAD + b"Content-Length: 9999999\r\n\r\n" + b"x" * 9_000, b"4"),
}


@pytest.mark.parametrize(("sent", "status"), REFUSED.values(), ids=REFUSED)
def test_what_is_odd_is_refused_at_once(server: Server, sent: bytes, status: bytes) -> None:
    """By a status of its own, without waiting for more."""
    with closing(socket.create_connection(("127.0.0.1", server.port), timeout=30)) as one:
        began = time.monotonic()
        with suppress(ConnectionError):
            one.sendall(sent)
        assert one.recv(64).startswith(b"HTTP/1.1 " + status)
        assert time.monotonic() - began < AT_ONCE_S
