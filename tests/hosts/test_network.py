"""Three hosts with a network between them, Redis on the first: one after the other dies.

Each host is the whole service in a network namespace, rung from within by a caller who never stops.
"""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path

import pytest

from shared.clock import TAIPEI
from tests.feed.files import many
from tests.feed.server import Handler, serving
from tests.feed.workers import ROOT, Talking, wait
from tests.hosts.network import Network
from tests.redis_server import RedisServer

LATELY_S = 6
"""Whoever asks the source does so each second, on a busy machine at least this often."""


class Asked:
    """The source: fresh counts each second, and who asked for them when."""

    def __init__(self) -> None:
        self.log: list[tuple[float, str]] = []

    def __call__(self, request: Handler) -> None:
        """Answer one request."""
        self.log.append((time.monotonic(), str(request.client_address[0])))
        stamp = datetime.now(TAIPEI).strftime("%Y/%m/%d %H:%M:%S")
        request.answer(many(300, time=stamp))

    def lately(self) -> set[str]:
        """The addresses that asked within the last `LATELY_S`."""
        since = time.monotonic() - LATELY_S
        return {address for at, address in self.log if at > since}


class Host:
    """One of the three, and the caller on it."""

    def __init__(self, network: Network, number: int, arguments: tuple[str, ...]) -> None:
        self.address = network.address_of(number)
        self.number = number
        self._network = network
        self._python = (*network.inside(number), sys.executable, "-m")
        self._arguments = arguments
        self.start()
        self.caller = Talking(*self._python, "tests.hosts.ringing")

    def start(self) -> None:
        """Begin to answer."""
        self._service = subprocess.Popen(  # noqa: S603  our own module
            (*self._python, "tests.hosts.host", *self._arguments),
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def die(self) -> None:
        """kill -9, and its cable pulled: nobody is told."""
        self._network.plug(self.number, into=False)
        self._service.kill()
        self._service.wait()

    def revive(self) -> None:
        """As after a reboot; its disk is as it was."""
        self._network.plug(self.number, into=True)
        self.start()

    def end(self) -> None:
        """Of the service and its caller."""
        self._service.kill()
        self._service.wait()
        self.caller.kill()

    @property
    def newest(self) -> int:
        """The time of the newest snapshot a caller was told from."""
        return self.caller.newest

    @property
    def failed(self) -> list[str]:
        """What went wrong, once the service answered for the first time."""
        words = [word for word, _ in self.caller.lines]
        begun = words.index("well") if "well" in words else len(words)
        return [word for word in words[begun:] if word != "well"]


@contextmanager
def three(directory: Path, url: str, network: Network, redis: str) -> Iterator[list[Host]]:
    """The hosts, all dead afterwards. The last two begin, so that Redis is not where one asks."""
    with ExitStack() as stack:
        hosts: list[Host] = []
        for number in (2, 1, 0):
            host = Host(network, number, (url, str(directory / str(number)), redis))
            stack.callback(host.end)
            hosts.append(host)
            if number == 2:
                wait("the first host", lambda first=host: first.newest)
        yield hosts


def _all_follow(asked: Asked, hosts: list[Host]) -> None:
    """Wait until one of them asks and all have what it took since now."""
    wait("one asks for all", lambda: len(asked.lately()) == 1)
    newest = max(host.newest for host in hosts)
    wait("all have what it took", lambda: min(host.newest for host in hosts) > newest)
    assert len(asked.lately()) == 1


@pytest.fixture
def network() -> Iterator[Network]:
    """Three hosts, empty."""
    with Network(3) as made:
        yield made


def test_hosts_die_and_come_back(tmp_path: Path, network: Network) -> None:
    """The polling host, then Redis, then both back: no turn fails on a host that lives, the
    snapshot moves on, and in the end one asks again for all three."""
    redis = RedisServer(6379, network.address_of(0), network.inside(0))
    redis.start()
    asked = Asked()
    try:
        with (
            serving(asked, network.address) as source,
            three(tmp_path, source.url, network, redis.url) as hosts,
        ):
            _all_follow(asked, hosts)
            (polling,) = [host for host in hosts if host.address in asked.lately()]
            assert polling.number != 0

            polling.die()
            living = [host for host in hosts if host is not polling]
            died = max(host.newest for host in hosts)
            wait(
                "all that live move on",
                lambda: min(host.newest for host in living) > died,
            )

            redis.kill()
            wait(
                "each asks for itself",
                lambda: asked.lately() == {host.address for host in living},
            )
            alone = max(host.newest for host in living)
            wait("each moves on", lambda: min(host.newest for host in living) > alone)

            redis.start()
            polling.revive()
            _all_follow(asked, hosts)
            failed = {host.address: host.failed for host in living}
            assert not any(failed.values()), failed
    finally:
        redis.kill()
