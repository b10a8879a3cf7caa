"""What the line must know to take calls by SIP."""

import re
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from shared.dialog.values import Channel
from shared.errors import SettingError

Network = IPv4Network | IPv6Network

LOOPBACK = "127.0.0.0/8,::1"

_TRUNK = re.compile(r"([A-Za-z0-9.-]+)(?::(\d{1,5}))?(?:;transport=(udp|tcp))?", re.IGNORECASE)
"""As in a SIP URI (RFC 3261, 19.1.1)."""


@dataclass(frozen=True, slots=True)
class Provider:
    """A registrar."""

    host: str
    port: int
    tcp: bool
    """it is reached by TCP"""


@dataclass(frozen=True, slots=True)
class SipSettings:
    """Settings of the line; the command fills them from the environment."""

    host: str = "127.0.0.1"
    """the address it is bound to"""
    port: int = 5060
    allow: tuple[Network, ...] = ()
    """whose calls are taken, and where sound is sent to"""
    calls: int = 50
    """at a time"""
    minutes: int = 15
    """the longest call"""
    ports: tuple[int, int] = (20_000, 20_999)
    """UDP ports of the sound, the first and the last; a call takes two"""
    transfer: str = ""
    """host (and port) of the gateway that rings numbers for us by REFER; "" makes no transfers"""
    trunk: str = ""
    """where the line registers: sip.example.tw, host:port, host;transport=tcp; "" nowhere"""
    user: str = ""
    password: str = field(default="", repr=False)
    recognisers: tuple[str, ...] = ()
    """URIs of Wyoming servers, tcp://host:port; () for keys alone"""
    voices: tuple[str, ...] = ()
    """the same; () for the sound pack alone"""
    operator: str = "1922"

    @property
    def provider(self) -> "Provider":
        """Where and how the line registers, of a `trunk` that is set."""
        found = _TRUNK.fullmatch(self.trunk)
        assert found  # noqa: S101  # from_environment refused all else
        return Provider(found[1], int(found[2] or 5060), tcp=(found[3] or "").lower() == "tcp")

    @property
    def channel(self) -> Channel:
        """What the line can do."""
        return Channel(
            name="sip",
            operator=self.operator,
            keys=True,
            dials=bool(self.transfer),
            dials_pharmacies=bool(self.transfer),
        )

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "SipSettings":
        """Read `environment`; SettingError names every setting that makes no sense."""
        values: dict[str, object] = {"allow": parse_networks(LOOPBACK)}
        problems = []
        for name, (target, read) in _TABLE.items():
            text = environment.get(name, "").strip()
            try:
                values |= {target: read(text)} if text else {}
            except SettingError as problem:
                problems.append(str(problem))
        if "trunk" in values and "user" not in values:
            problems.append("SIP_TRUNK wants SIP_USER, and most providers SIP_PASSWORD")
        if problems:
            raise SettingError("; ".join(problems))
        return cls(**values)  # type: ignore[arg-type]  # the table reads each as its field wants it

    def bound(self, host: str, port: int, operator: str) -> "SipSettings":
        """The same at an address, with the provider among those whose calls are taken.

        SettingError where the provider's name cannot be looked up.
        """
        allow = self.allow
        if self.trunk:
            try:
                address = socket.gethostbyname(self.provider.host)
            except OSError as problem:
                raise SettingError(f"SIP_TRUNK: {self.trunk} is not found") from problem
            allow = (*allow, ip_network(address))
        return replace(self, host=host, port=port, operator=operator, allow=allow)

    def allows(self, host: str) -> bool:
        """Whether calls from `host`, an address in digits, are taken.

        A softphone on this machine calls a line that is bound to 127.0.0.1 from whatever address
        the machine has; nobody else reaches it there.
        """
        try:
            address = ip_address(host.partition("%")[0])
        except ValueError:
            return False
        address = getattr(address, "ipv4_mapped", None) or address
        if any(address in network for network in self.allow):
            return True
        here = ip_address(self.host)
        return here.is_loopback and any(here in one for one in self.allow) and is_ours(host)


def _whole(name: str, text: str, most: int) -> int:
    if text.isascii() and text.isdigit() and 1 <= int(text) <= most:
        return int(text)
    raise SettingError(f"{name}={text!r}: give a whole number from 1 to {most}")


def _host(name: str, text: str) -> str:
    if re.fullmatch(r"[A-Za-z0-9.-]+(:\d{1,5})?", text):
        return text
    raise SettingError(f"{name}={text!r}: give a host, or host:port")


def _trunk(text: str) -> str:
    if _TRUNK.fullmatch(text):
        return text
    raise SettingError(f"SIP_TRUNK={text!r}: give a host, host:port or host:port;transport=tcp")


def is_ours(host: str) -> bool:
    """Whether it is an address of this machine."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.bind((host, 0))
    except OSError:
        return False
    return True


def parse_bind(text: str) -> tuple[str, int]:
    """ "127.0.0.1:5060" or "[::1]:5060" → host and port. SettingError for anything else."""
    host, _, port = text.rpartition(":")
    try:
        ip_address(host.strip("[]"))
        number = int(port)
    except ValueError as problem:
        raise SettingError(f"--bind {text}: give address:port, such as 127.0.0.1:5060") from problem
    if not 0 <= number < 65_536:  # 0: any free port
        raise SettingError(f"--bind {text}: there is no such port")
    return host.strip("[]"), number


def parse_networks(text: str) -> tuple[Network, ...]:
    """ "127.0.0.0/8,192.168.1.20" → networks. SettingError for what is none."""
    try:
        return tuple(
            ip_network(one.strip(), strict=False) for one in text.split(",") if one.strip()
        )
    except ValueError as problem:
        raise SettingError(f"SIP_ALLOW: {problem}") from problem


def parse_uris(name: str, text: str) -> tuple[str, ...]:
    """Wyoming servers, parted by commas. SettingError for another scheme."""
    uris = tuple(one.strip() for one in text.split(",") if one.strip())
    if odd := [uri for uri in uris if not re.fullmatch(r"tcp://[^/]+:\d+|unix://.+", uri)]:
        raise SettingError(f"{name}: {odd[0]!r} is no Wyoming server: give tcp://host:port")
    return uris


def parse_ports(text: str) -> tuple[int, int]:
    """ "20000-20999" → the first and the last. SettingError for what is no range of UDP ports."""
    first, _, last = text.partition("-")
    if first.isdigit() and last.isdigit() and 1024 <= int(first) < int(last) - 2 < 65_534:
        return int(first), int(last)
    raise SettingError("SIP_PORTS: give two ports, such as 20000-20999")


_TABLE: Mapping[str, tuple[str, Callable[[str], object]]] = {
    "SIP_ALLOW": ("allow", parse_networks),
    "SIP_CALLS": ("calls", partial(_whole, "SIP_CALLS", most=500)),
    "SIP_MINUTES": ("minutes", partial(_whole, "SIP_MINUTES", most=240)),
    "SIP_PORTS": ("ports", parse_ports),
    "SIP_TRANSFER": ("transfer", partial(_host, "SIP_TRANSFER")),
    "SIP_TRUNK": ("trunk", _trunk),
    "SIP_USER": ("user", str),
    "SIP_PASSWORD": ("password", str),
    "STT_URI": ("recognisers", partial(parse_uris, "STT_URI")),
    "TTS_URI": ("voices", partial(parse_uris, "TTS_URI")),
}
"""Name → field of `SipSettings`, and how it is read; SettingError where it makes no sense."""
