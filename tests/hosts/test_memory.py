"""The memory that several hosts share: in a real Redis, for thirty days, and never waited for."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from time import monotonic

import pytest
from redis import Redis

from conversation.kept_texts import RedisTexts, TextStore
from conversation.memory import KEPT, REDIS_SECONDS, Memory
from shared.clock import TAIPEI
from shared.redis_link import connect
from tests.redis_server import RedisServer

NOW = datetime(2020, 3, 3, 11, 0, tzinfo=TAIPEI)
NUMBER = "+886227653147"
DAAN = "台北市大安區"


@pytest.fixture
def client(redis: RedisServer) -> Iterator[Redis]:
    """As the service makes it."""
    with connect(redis.url, REDIS_SECONDS) as found:
        yield found


def _store(client: Redis) -> TextStore:
    return RedisTexts(client, "mask-line:remembered:", KEPT)


@pytest.fixture
def memory(client: Redis) -> Memory:
    """An empty one."""
    return Memory(_store(client), "a secret")


def test_what_one_host_remembers_another_recalls(memory: Memory, redis: RedisServer) -> None:
    """A call tomorrow may be taken by another host; another telephone knows nothing of it."""
    memory.remember(NUMBER, "usual", DAAN, NOW)
    with connect(redis.url, REDIS_SECONDS) as elsewhere:
        other = Memory(_store(elsewhere), "a secret")
        assert other.recall("02-2765-3147", "usual", NOW) == DAAN
        assert other.recall("+886912345678", "usual", NOW) == ""
        other.remember(NUMBER, "favourite", "5901012345", NOW)
        assert memory.recall(NUMBER, "favourite", NOW) == "5901012345"
        other.forget(NUMBER)
    assert memory.recall(NUMBER, "usual", NOW) == ""


def test_redis_lets_it_go_after_thirty_days(memory: Memory, client: Redis) -> None:
    """Each note has its own end, renewed when the telephone asks for another place."""
    memory.remember(NUMBER, "usual", DAAN, NOW)
    (key,) = client.keys("*")  # type: ignore[misc]
    assert timedelta(days=29) < timedelta(seconds=client.ttl(key)) <= timedelta(days=30)  # type: ignore[arg-type]


def test_what_is_too_long_to_be_ours_is_not_fetched(memory: Memory, client: Redis) -> None:
    """Whoever can write there could else fill a worker: of nine million bytes none is sent."""
    memory.remember(NUMBER, "usual", DAAN, NOW)
    (key,) = client.keys("*")  # type: ignore[misc]
    client.hset(key, "usual", "大" * 3_000_000)
    sent = int(client.info("stats")["total_net_output_bytes"])  # type: ignore[index]
    assert memory.recall(NUMBER, "usual", NOW) == ""
    assert int(client.info("stats")["total_net_output_bytes"]) - sent < 100_000  # type: ignore[index]


def test_the_number_is_not_in_redis(memory: Memory, client: Redis) -> None:
    """Only an HMAC under the service's secret."""
    memory.remember(NUMBER, "usual", DAAN, NOW)
    (key,) = client.keys("*")  # type: ignore[misc]
    assert b"27653147" not in key
    assert Memory(_store(client), "another secret").recall(NUMBER, "usual", NOW) == ""


def test_without_redis_nothing_is_remembered_and_nobody_waits(
    memory: Memory, redis: RedisServer
) -> None:
    """The first turn learns it, the others do not even ask for a while."""
    memory.remember(NUMBER, "usual", DAAN, NOW)
    redis.kill()
    assert memory.recall(NUMBER, "usual", NOW) == ""
    began = monotonic()
    for _ in range(1_000):
        assert memory.recall(NUMBER, "usual", NOW) == ""
    assert monotonic() - began < 1
    assert not memory.forget(NUMBER)
