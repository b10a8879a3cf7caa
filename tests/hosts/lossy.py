"""A network between hosts of a test's own that loses packets, or does not pass them at all.

Each host is a network namespace with a TUN device; a switch in this process reads every packet and
hands it on or not. Needs no module of the kernel but tun, and TCP is the kernel's own.
"""

import fcntl
import os
import random
import select
import struct
import threading
from types import TracebackType

import pytest

from tests.hosts.ip import ip, try_ip

NET = "10.203.78"
"""Private (RFC 1918); the test is .1 and the hosts are .11, .12, …"""

_TUNSETIFF = 0x400454CA
_TUN_WITHOUT_HEAD = 0x1001
_DESTINATION = slice(16, 20)
_SOURCE = slice(12, 16)
_MTU = 1500
TEST = -1
"""The number of the test itself among the hosts."""


class Lossy:
    """A context: `hosts` of them, and the test, on one network."""

    address = f"{NET}.1"

    def __init__(self, hosts: int) -> None:
        self.loss = 0.0
        """the share of packets between two hosts that is lost; none to or from the test"""
        self._hosts = range(hosts)
        self._cut: set[frozenset[int]] = set()
        self._files: dict[bytes, tuple[int, int]] = {}
        self._stop = threading.Event()
        self._chance = random.Random(16)  # noqa: S311  no secret
        self._thread = threading.Thread(target=self._run)
        self.passed = self.lost = 0

    def __enter__(self) -> "Lossy":
        self._remove()
        self._add(TEST, self.address)
        for host in self._hosts:
            ip("netns", "add", _name(host))
            self._add(host, self.address_of(host))
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop.set()
        self._thread.join()
        for file, _ in self._files.values():
            os.close(file)
        self._remove()

    def address_of(self, host: int) -> str:
        """10.203.78.11 is the first."""
        return f"{NET}.{11 + host}"

    def inside(self, host: int) -> tuple[str, ...]:
        """What stands before a command that runs on that host."""
        return ("ip", "netns", "exec", _name(host))

    def cut(self, one: int, other: int, *, off: bool) -> None:
        """Whether nothing passes between two of them, either way."""
        (self._cut.add if off else self._cut.discard)(frozenset((one, other)))

    def _add(self, host: int, address: str) -> None:
        try:
            file = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
        except OSError as problem:
            pytest.skip(f"this machine has no TUN devices ({problem.strerror})")
        device = f"mask-tun{host + 1}"
        fcntl.ioctl(file, _TUNSETIFF, struct.pack("16sH", device.encode(), _TUN_WITHOUT_HEAD))
        self._files[bytes(map(int, address.split(".")))] = file, host
        within: tuple[str, ...] = ()
        if host != TEST:
            ip("link", "set", device, "netns", _name(host))
            within = ("-n", _name(host))
            ip(*within, "link", "set", "lo", "up")
        ip(*within, "addr", "add", f"{address}/24", "dev", device)
        ip(*within, "link", "set", device, "up")

    def _run(self) -> None:
        files = [file for file, _ in self._files.values()]
        while not self._stop.is_set():
            for file in select.select(files, [], [], 0.1)[0]:
                try:
                    self._pass(os.read(file, _MTU + 100))
                except OSError:  # the device is full: another packet that is lost
                    self.lost += 1

    def _pass(self, packet: bytes) -> None:
        to, source = (self._files.get(packet[part]) for part in (_DESTINATION, _SOURCE))
        if not to or not source:
            return
        ends = frozenset((to[1], source[1]))
        between = TEST not in ends
        if ends in self._cut or (between and self._chance.random() < self.loss):
            self.lost += 1
            return
        os.write(to[0], packet)
        self.passed += 1

    def _remove(self) -> None:
        for host in self._hosts:
            try_ip("netns", "del", _name(host))


def _name(host: int) -> str:
    return f"mask-lossy{host}"
