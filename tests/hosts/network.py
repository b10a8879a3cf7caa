"""Hosts of a test's own: network namespaces on a bridge, with addresses nobody else can reach."""

import subprocess
from types import TracebackType

NET = "10.203.77"
"""Private (RFC 1918); the bridge is .1 and the hosts are .11, .12, …"""

BRIDGE = "mask-line0"


class Network:
    """A context: the hosts are there within it, and gone after it whatever happened."""

    address = f"{NET}.1"
    """where the hosts reach the test"""

    def __init__(self, hosts: int) -> None:
        self._hosts = range(hosts)

    def __enter__(self) -> "Network":
        self._remove()  # what a test left that was killed
        try:
            self._make()
        except BaseException:
            self._remove()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._remove()

    def address_of(self, host: int) -> str:
        """10.203.77.11 is the first."""
        return f"{NET}.{11 + host}"

    def inside(self, host: int) -> tuple[str, ...]:
        """What stands before a command that runs on that host."""
        return ("ip", "netns", "exec", _name(host))

    def plug(self, host: int, *, into: bool) -> None:
        """Put its cable in, or pull it: nothing is refused then, nothing answers."""
        _ip("link", "set", f"{_name(host)}-b", "up" if into else "down")

    def _make(self) -> None:
        _ip("link", "add", BRIDGE, "type", "bridge")
        _ip("addr", "add", f"{self.address}/24", "dev", BRIDGE)
        _ip("link", "set", BRIDGE, "up")
        for host in self._hosts:
            name = _name(host)
            _ip("netns", "add", name)
            _ip("link", "add", f"{name}-b", "type", "veth", "peer", "name", "eth0", "netns", name)
            _ip("link", "set", f"{name}-b", "master", BRIDGE, "up")
            _ip("-n", name, "addr", "add", f"{self.address_of(host)}/24", "dev", "eth0")
            _ip("-n", name, "link", "set", "eth0", "up")
            _ip("-n", name, "link", "set", "lo", "up")

    def _remove(self) -> None:
        for host in self._hosts:
            _try("netns", "del", _name(host))
            _try("link", "del", f"{_name(host)}-b")
        _try("link", "del", BRIDGE)


def _name(host: int) -> str:
    return f"mask-host{host}"


def _try(*words: str) -> subprocess.CompletedProcess[str]:
    command = ["ip", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603


def _ip(*words: str) -> None:
    done = _try(*words)
    assert done.returncode == 0, (
        f"ip {' '.join(words)}: {done.stderr.strip()}; this test makes network namespaces, "
        "so it wants root and CAP_NET_ADMIN, as in a container of its own"
    )
