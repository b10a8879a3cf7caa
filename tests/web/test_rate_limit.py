"""How often one caller may ask: counted here, in a real Redis, and here again without it."""

import logging
import time
from collections.abc import Iterator

import pytest
from flask import Flask, request
from limits import parse
from redis import Redis

from tests.redis_server import RedisServer
from web.count_storage import ProcessCounts
from web.rate_limit import (
    ADDRESS,
    CALL,
    REDIS_TIMEOUT_S,
    TURN,
    LimitKind,
    Limits,
    address_of,
)

THREE = LimitKind("three", parse("3 per minute"))


class Clock:
    """Seconds, moved by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(scope="module")
def redis_url() -> Iterator[str]:
    """A real server, of this machine alone."""
    with RedisServer() as server:
        yield server.url


def test_so_many_are_allowed_and_no_more() -> None:
    """Each caller has a limit of its own, and so has each kind."""
    limits = Limits("", "key")
    assert [limits.allow(THREE, "a") for _ in range(5)] == [True] * 3 + [False] * 2
    assert limits.allow(THREE, "b")
    assert limits.allow(TURN, "a")


def test_who_is_unknown_is_never_refused() -> None:
    """Withheld numbers must not use up each other's calls."""
    limits = Limits("", "key")
    assert all(limits.allow(THREE, "") for _ in range(50))


def test_hosts_that_share_a_redis_share_the_count(redis_url: str) -> None:
    """What one counts the other knows; nothing there tells who it was."""
    one, other = Limits(redis_url, "key"), Limits(redis_url, "key")
    assert [limits.allow(THREE, "+886912345678") for limits in (one, other) * 2] == [
        True,
        True,
        True,
        False,
    ]
    kept = Redis.from_url(redis_url)
    keys = kept.keys("*")
    assert keys
    assert not any(b"912345678" in key for key in keys)
    assert all(0 < kept.ttl(key) <= 60 for key in keys)
    kept.close()


def test_without_redis_each_counts_for_itself(caplog: pytest.LogCaptureFixture) -> None:
    """Nobody waits for long, nobody is refused for it, and one line says so."""
    limits = Limits("redis://127.0.0.1:1/0", "key")
    with caplog.at_level(logging.WARNING):
        began = time.monotonic()
        assert [limits.allow(THREE, "a") for _ in range(4)] == [True] * 3 + [False]
        assert time.monotonic() - began < 10 * REDIS_TIMEOUT_S
    assert len(caplog.records) == 1


def test_a_count_ends_with_its_window() -> None:
    """After a minute all is well again."""
    clock = Clock()
    counts = ProcessCounts(clock)
    assert [counts.incr("a", 60) for _ in range(3)] == [1, 2, 3]
    assert counts.get("a") == 3
    clock.now += 61
    assert counts.get("a") == 0
    assert counts.incr("a", 60) == 1
    clock.now += 59
    assert counts.get("a") == 1


def test_the_memory_has_an_end() -> None:
    """Of very many callers those that are over go first, and all before it grows on."""
    clock = Clock()
    counts = ProcessCounts(clock, most=10)
    for caller in range(8):
        counts.incr(f"old {caller}", 60)
    clock.now += 61
    counts.incr("b", 60)
    for caller in range(2):
        counts.incr(f"new {caller}", 60)
    assert counts.get("b") == 1
    for caller in range(100):
        counts.incr(f"many {caller}", 60)
    assert len([0 for caller in range(100) if counts.get(f"many {caller}")]) <= 10


@pytest.mark.parametrize(
    ("peer", "address"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("127.0.0.1", ""),
        ("::1", ""),
        ("", ""),
        ("no address", ""),
        ("::ffff:203.0.113.7", "203.0.113.7"),
    ],
)
def test_an_address_is_who_asks(peer: str, address: str) -> None:
    """This machine is nobody: behind it may stand a proxy, and behind that everybody."""
    with Flask("test").test_request_context(environ_base={"REMOTE_ADDR": peer}):
        assert address_of(request) == address


def test_a_household_has_one_address() -> None:
    """Of IPv6 the first 64 bits count; the next household has others."""
    found = []
    for peer in ("2001:db8:1:2::7", "2001:db8:1:2:9:9:9:9", "2001:db8:1:3::7"):
        with Flask("test").test_request_context(environ_base={"REMOTE_ADDR": peer}):
            found.append(address_of(request))
    assert found[0] == found[1] != found[2]


@pytest.mark.parametrize(("kind", "amount", "seconds"), [(TURN, 60, 60), (CALL, 30, 3600)])
def test_no_honest_caller_reaches_a_limit(kind: LimitKind, amount: int, seconds: int) -> None:
    """The limits are those that the comments beside them give reasons for."""
    assert (kind.most.amount, kind.seconds) == (amount, seconds)
    assert ADDRESS.most.amount == 600
