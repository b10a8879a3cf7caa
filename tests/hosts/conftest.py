"""A Redis for the tests of several hosts."""

from collections.abc import Iterator

import pytest

from tests.feed.workers import Worker
from tests.redis_server import RedisServer


@pytest.fixture
def redis() -> Iterator[RedisServer]:
    """Running on a free port of this machine."""
    with RedisServer() as server:
        yield server


@pytest.fixture
def hosts() -> Iterator[list[Worker]]:
    """Processes that a test starts, each with a directory of its own; all are dead after it."""
    started: list[Worker] = []
    yield started
    for host in started:
        if host.process.poll() is None:
            host.kill()
