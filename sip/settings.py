"""What the line must know to take calls by SIP."""

import re
import socket
from dataclasses import dataclass, field, replace
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from shared.dialog.values import Channel
from shared.errors import SettingError

Network = IPv4Network | IPv6Network

LOOPBACK: tuple[Network, ...] = (ip_network("127.0.0.0/8"), ip_network("::1"))

TRUNK = re.compile(r"([A-Za-z0-9.-]+)(?::(\d{1,5}))?(?:;transport=(udp|tcp))?", re.IGNORECASE)
"""As in a SIP URI (RFC 3261, 19.1.1)."""


@dataclass(frozen=True, slots=True)
class Provider:
    """A registrar."""

    host: str
    port: int
    tcp: bool
    """it is reached by TCP"""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long the line waits, in seconds; only tests and benchmarks wait otherwise."""

    begin_s: float = 6.0
    """after a question, before silence counts as nothing heard"""
    recogniser_s: float = 8.0
    """for a recogniser: the caller has heard a tone for seven, and is asked again or for keys"""
    again_within_s: float = 2.0
    """a recogniser that took longer is not asked a second time, to make it surer"""
    voice_s: float = 12.0
    """for a clause of 40 syllables, some 8 s of speech: a voice slower than that is of no use"""
    least_session_s: int = 90
    """a session that is to be refreshed sooner is refused: what RFC 4028 recommends"""
    register_again_s: float = 30.0
    """until the provider is asked again after a refusal, a lost binding or no answer"""


PATIENCE = Patience()


@dataclass(frozen=True, slots=True)
class SipSettings:
    """Settings of the line; `settings.Settings` reads them with all others."""

    host: str = "127.0.0.1"
    """the address it is bound to"""
    port: int = 5060
    allow: tuple[Network, ...] = LOOPBACK
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
    patience: Patience = PATIENCE

    @property
    def provider(self) -> "Provider":
        """Where and how the line registers, of a `trunk` that is set."""
        found = TRUNK.fullmatch(self.trunk)
        assert found  # noqa: S101  # settings.py refused all else
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
    """ "127.0.0.0/8,192.168.1.20" → networks. ValueError for what is none."""
    return tuple(ip_network(one.strip(), strict=False) for one in text.split(",") if one.strip())


def parse_uris(text: str) -> tuple[str, ...]:
    """Wyoming servers, parted by commas. ValueError for another scheme."""
    uris = tuple(one.strip() for one in text.split(",") if one.strip())
    if not all(re.fullmatch(r"tcp://[^/]+:\d+|unix://.+", uri) for uri in uris):
        raise ValueError(text)
    return uris


def parse_ports(text: str) -> tuple[int, int]:
    """ "20000-20999" → the first and the last. ValueError for what is no range of UDP ports."""
    first, _, last = text.partition("-")
    if first.isdigit() and last.isdigit() and 1024 <= int(first) < int(last) - 2 < 65_534:
        return int(first), int(last)
    raise ValueError(text)
