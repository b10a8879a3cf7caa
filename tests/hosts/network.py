"""Hosts of a test's own: network namespaces on a bridge, with addresses nobody else can reach."""

from types import TracebackType

from tests.hosts.ip import ip, try_ip

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
        ip("link", "set", f"{_name(host)}-b", "up" if into else "down")

    def _make(self) -> None:
        ip("link", "add", BRIDGE, "type", "bridge")
        ip("addr", "add", f"{self.address}/24", "dev", BRIDGE)
        ip("link", "set", BRIDGE, "up")
        for host in self._hosts:
            name = _name(host)
            ip("netns", "add", name)
            ip("link", "add", f"{name}-b", "type", "veth", "peer", "name", "eth0", "netns", name)
            ip("link", "set", f"{name}-b", "master", BRIDGE, "up")
            ip("-n", name, "addr", "add", f"{self.address_of(host)}/24", "dev", "eth0")
            ip("-n", name, "link", "set", "eth0", "up")
            ip("-n", name, "link", "set", "lo", "up")

    def _remove(self) -> None:
        for host in self._hosts:
            try_ip("netns", "del", _name(host))
            try_ip("link", "del", f"{_name(host)}-b")
        try_ip("link", "del", BRIDGE)


def _name(host: int) -> str:
    return f"mask-host{host}"
