"""Hosts that share a Redis: one asks the source, all see what it took, none needs the others.

A host is a process with a directory of its own; the lease ends after a second instead of eight.
"""

from pathlib import Path

from tests.feed.server import serving
from tests.feed.workers import Worker, renewing, wait
from tests.redis_server import RedisServer


def _newest(hosts: list[Worker]) -> int:
    """What even the last of them has seen."""
    return min(host.newest for host in hosts)


def _asking(hosts: list[Worker]) -> list[Worker]:
    return [host for host in hosts if host.asks]


def test_one_host_asks_and_all_see(tmp_path: Path, redis: RedisServer, hosts: list[Worker]) -> None:
    """Three hosts put no more on the source than one; the others have what it took."""
    with serving(renewing) as source:
        hosts.extend(Worker(source.url, tmp_path / str(n), redis.url) for n in range(3))
        wait("a first snapshot", lambda: _newest(hosts))
        wait("one that asks", lambda: len(_asking(hosts)) == 1)
        newest = len(source.asked)
        wait("seen by all", lambda: _newest(hosts) >= newest)
        wait("still one that asks", lambda: len(_asking(hosts)) == 1)


def test_the_lease_moves_when_its_holder_dies(
    tmp_path: Path, redis: RedisServer, hosts: list[Worker]
) -> None:
    """kill -9 of the host that asks: another asks when the lease has ended, and all move on."""
    with serving(renewing) as source:
        hosts.extend(Worker(source.url, tmp_path / str(n), redis.url) for n in range(3))
        wait("a first snapshot", lambda: _newest(hosts) and len(_asking(hosts)) == 1)
        (asking,) = _asking(hosts)
        asking.kill()
        alive = [host for host in hosts if host is not asking]
        before = max(host.newest for host in hosts)
        wait("another asks", lambda: len(_asking(alive)) == 1)
        wait("all move on", lambda: _newest(alive) > before)


def test_without_redis_each_host_goes_on_alone(
    tmp_path: Path, redis: RedisServer, hosts: list[Worker]
) -> None:
    """Redis dies: every host asks for itself. It comes back, empty: one asks again, all follow."""
    with serving(renewing) as source:
        hosts.extend(Worker(source.url, tmp_path / str(n), redis.url) for n in range(3))
        wait("a first snapshot", lambda: _newest(hosts) and len(_asking(hosts)) == 1)
        redis.kill()
        wait("each asks", lambda: len(_asking(hosts)) == 3)
        before = max(host.newest for host in hosts)
        wait("each moves on", lambda: _newest(hosts) > before)
        redis.start()
        wait("one asks again", lambda: len(_asking(hosts)) == 1)
        newest = len(source.asked)
        wait("all follow", lambda: _newest(hosts) >= newest)
    for host in hosts:
        numbers = [number for word, number in host.lines if word == "whole"]
        assert numbers == sorted(numbers), "time went back"
        assert "HALF" not in {word for word, _ in host.lines}


def test_a_host_starts_without_redis(tmp_path: Path, hosts: list[Worker]) -> None:
    """A Redis that was never there: the host has its snapshot after the lease's time."""
    with serving(renewing) as source:
        hosts.append(Worker(source.url, tmp_path, "redis://127.0.0.1:9/0"))
        wait("a snapshot", lambda: _newest(hosts))
