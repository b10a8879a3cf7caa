"""Announces the server by mDNS, so that Home Assistant discovers it."""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from ipaddress import ip_address
from urllib.parse import urlsplit

from zeroconf._utils.net import get_all_addresses
from zeroconf.asyncio import AsyncServiceInfo, AsyncZeroconf

SERVICES = ("_mask-line._tcp.local.", "_wyoming._tcp.local.")
"""Ours, for custom_components/mask_line; and that of any Wyoming server, for Home Assistant's own
integration."""

NAME = "mask-line"


@asynccontextmanager
async def announced(uri: str) -> AsyncIterator[None]:
    """Announce the server at `uri` while inside; nothing where only this machine can reach it."""
    at = urlsplit(uri)
    addresses = _addresses(at.hostname or "")
    if at.scheme != "tcp" or not at.port or not addresses:
        yield
        return
    network = AsyncZeroconf()
    try:
        for service in SERVICES:
            info = AsyncServiceInfo(
                service,
                f"{NAME} {socket.gethostname()}.{service}",
                addresses=[socket.inet_aton(address) for address in addresses],
                port=at.port,
                server=f"{NAME}-{socket.gethostname()}.local.",
            )
            await network.async_register_service(info, allow_name_change=True)
        yield
    finally:
        await network.async_unregister_all_services()
        await network.async_close()


def _addresses(host: str) -> list[str]:
    """The IPv4 addresses by which the network reaches `host`; none for the loopback address."""
    try:
        address = ip_address(host)
    except ValueError:
        return []
    if address.version != 4 or address.is_loopback:
        return []
    every = get_all_addresses() if address.is_unspecified else [host]
    return [one for one in every if not ip_address(one).is_loopback]
