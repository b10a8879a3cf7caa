"""A Redis for the tests of several hosts."""

import socket
from collections.abc import Iterator

import pytest

from tests.feed.workers import Worker
from tests.hosts.redis_server import RedisServer


@pytest.fixture
def redis() -> Iterator[RedisServer]:
    """Running on a free port of this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = RedisServer(port)
    server.start()
    server.wait()
    yield server
    server.kill()


@pytest.fixture
def hosts() -> Iterator[list[Worker]]:
    """Processes that a test starts, each with a directory of its own; all are dead after it."""
    started: list[Worker] = []
    yield started
    for host in started:
        if host.process.poll() is None:
            host.kill()
