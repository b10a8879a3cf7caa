"""Hosts that cannot reach each other, or badly: what they tell stays whole, and never goes back."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

import pytest
from redis import Redis

from shared.redis_link import HostAddresses, connect
from tests.feed.server import serving
from tests.feed.workers import Worker, renewing, wait
from tests.hosts.lossy import Lossy
from tests.ports import free_port
from tests.redis_server import RedisServer

PORT = 6379


@contextmanager
def _redis_on(network: Lossy, host: int) -> Iterator[str]:
    server = RedisServer(PORT, network.address_of(host), network.inside(host))
    server.start()
    try:
        yield server.url
    finally:
        server.kill()


def _asking(hosts: list[Worker]) -> list[int]:
    return [number for number, host in enumerate(hosts) if host.asks]


def _least(hosts: list[Worker]) -> int:
    return min(host.newest for host in hosts)


def _never_back(hosts: list[Worker]) -> None:
    """Every snapshot of each host was whole, and none older than the one before."""
    for host in hosts:
        numbers = [number for word, number in host.lines if word == "whole"]
        assert numbers == sorted(numbers), "time went back"
        assert "HALF" not in {word for word, _ in host.lines}


@contextmanager
def _two(folder: Path, hosts: list[Worker], lease: str = "") -> Iterator[Lossy]:
    """Two hosts, of which one asks, and a Redis on a third. `lease`: as `Worker` has it."""
    with (
        Lossy(3) as network,
        _redis_on(network, 0) as redis_url,
        serving(renewing, network.address) as source,
    ):
        for number in (1, 2):
            where = folder / str(number)
            hosts.append(Worker(source.url, where, redis_url, lease, network.inside(number)))
        wait("one asks", lambda: _least(hosts) and len(_asking(hosts)) == 1)
        yield network


def test_two_that_each_believe_they_hold_the_lease(tmp_path: Path, hosts: list[Worker]) -> None:
    """The holder loses Redis but not the source: the other takes the lease over, and both ask.
    Both go on; when Redis is back for both, one asks for the two."""
    with _two(tmp_path, hosts) as network:
        (holder,) = _asking(hosts)
        network.cut(0, holder + 1, off=True)
        wait("both believe that they do", lambda: len(_asking(hosts)) == 2)
        before = max(host.newest for host in hosts)
        wait("both go on", lambda: _least(hosts) > before)
        network.cut(0, holder + 1, off=False)
        wait("one asks again", lambda: len(_asking(hosts)) == 1)
        newest = max(host.newest for host in hosts)
        wait("both have what it took", lambda: _least(hosts) > newest)
    _never_back(hosts)


def test_a_link_that_loses_three_packets_of_ten(tmp_path: Path, hosts: list[Worker]) -> None:
    """Between the hosts, and so to Redis: snapshots still come to both, whole and in order."""
    with _two(tmp_path, hosts, lease="3") as network:
        network.lost = network.passed = 0
        network.loss = 0.3
        before = max(host.newest for host in hosts)
        wait("both go on", lambda: _least(hosts) > before)
        assert network.lost > 10
        network.loss = 0.0
        wait("one asks", lambda: len(_asking(hosts)) == 1)
    _never_back(hosts)


def test_a_name_that_has_no_address(tmp_path: Path, hosts: list[Worker]) -> None:
    """DNS fails, or never knew it: the host has its snapshot after the lease's time."""
    with serving(renewing) as source:
        hosts.append(Worker(source.url, tmp_path, "redis://redis.mask-line.invalid:6379/0"))
        wait("a snapshot", lambda: _least(hosts))


def test_nobody_waits_for_a_slow_dns() -> None:
    """Looking a name up takes ten seconds here: a turn waits as long as for Redis itself, and later
    turns have the address that was found meanwhile, also when DNS then fails."""
    answers = iter(((("10.0.0.1",), 3.0),))

    def look_up(name: str) -> tuple[str, ...]:
        assert name == "redis.example"
        addresses, seconds = next(answers, ((), 0.0))
        sleep(seconds)
        if not addresses:
            raise OSError(name)
        return addresses

    names = HostAddresses(look_up)
    began = monotonic()
    with pytest.raises(OSError, match="no address"):
        names.addresses_of("redis.example", 0.05)
    assert monotonic() - began < 2
    wait("it was found", lambda: _known(names) == "10.0.0.1")
    assert _known(names) == "10.0.0.1"


def _known(names: HostAddresses) -> str:
    try:
        return names.addresses_of("redis.example", 0)[0]
    except OSError:
        return ""


def test_a_name_with_several_addresses_is_reached(redis: RedisServer) -> None:
    """localhost may be ::1 first, where nobody listens."""
    port = redis.url.rpartition(":")[2]
    with connect(f"redis://localhost:{port}", 1.0) as client:
        assert client.ping()


class Guarded:
    """A Redis, its replica, and a Sentinel that makes the replica the one when the first dies."""

    def __init__(self, folder: Path) -> None:
        ports = [free_port() for _ in range(3)]
        self.first, self.second = (RedisServer(port) for port in ports[:2])
        self.sentinel = RedisServer(ports[2])
        self.url = f"sentinel://127.0.0.1:{ports[2]}/mask-line"
        self._ports, self._file = ports, folder / "sentinel.conf"

    def start(self) -> None:
        """All three, and wait until the Sentinel knows the replica."""
        self.first.start()
        self.second.start()
        self.first.wait()
        self.second.wait()
        with Redis.from_url(self.second.url) as replica:
            replica.replicaof("127.0.0.1", self._ports[0])
            wait(
                "a replica",
                lambda: replica.info("replication")["master_link_status"] == "up",
            )
        self._file.write_text(
            f"port {self._ports[2]}\nbind 127.0.0.1\nprotected-mode no\n"
            f"sentinel monitor mask-line 127.0.0.1 {self._ports[0]} 1\n"
            "sentinel down-after-milliseconds mask-line 600\n"
            "sentinel failover-timeout mask-line 3000\n"
        )
        self.sentinel.start_as(str(self._file), "--sentinel")
        self.sentinel.wait()
        with Redis.from_url(self.sentinel.url, decode_responses=True) as asked:
            wait("the replica is known", lambda: asked.sentinel_slaves("mask-line"))

    def kill(self) -> None:
        """All of them."""
        for one in (self.first, self.second, self.sentinel):
            one.kill()


@pytest.fixture
def guarded(tmp_path: Path) -> Iterator[Guarded]:
    """Running; all dead afterwards."""
    made = Guarded(tmp_path)
    try:
        made.start()
        yield made
    finally:
        made.kill()


def test_sentinel_fails_over(tmp_path: Path, guarded: Guarded, hosts: list[Worker]) -> None:
    """The Redis that is written to dies: the replica takes its place, one host asks for both, and
    what was shared before is still there."""
    with serving(renewing) as source:
        hosts.extend(Worker(source.url, tmp_path / str(n), guarded.url) for n in range(2))
        wait("one asks", lambda: _least(hosts) and len(_asking(hosts)) == 1)
        with connect(guarded.url, 3.0) as redis:
            redis.set("kept", "through it")
            assert redis.wait(1, 2000) == 1
        guarded.first.kill()
        before = max(host.newest for host in hosts)
        wait("both go on", lambda: _least(hosts) > before)

        def failed_over() -> bool:
            try:
                with connect(guarded.url, 1.0) as redis:
                    return redis.get("kept") == b"through it" and bool(redis.set("more", 1))
            except Exception:  # it is being done
                return False

        wait("the replica is written to", failed_over)
        wait("one asks", lambda: len(_asking(hosts)) == 1)
        newest = max(host.newest for host in hosts)
        wait("both have what it took", lambda: _least(hosts) > newest)
    _never_back(hosts)
