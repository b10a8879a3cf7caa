"""The network that an address belongs to, which is counted as one client.

Imports no web framework: gunicorn's master loads it, and must not load the service.
"""

from ipaddress import IPv6Address, ip_address

HOUSEHOLD_BITS = 64
"""Of IPv6: what one household or machine is given (RFC 6177); it chooses the rest as it likes."""

SITE_BITS = 48
"""Of IPv6: the most that is given to one site, which then has 65,536 networks of a household."""


def network_of(peer: str, bits: int = HOUSEHOLD_BITS) -> str:
    """The network of a client, by its address as text; of IPv6 the first `bits`.

    "" for this machine: that is a developer, or a proxy that TRUSTED_PROXIES does not count, behind
    which everybody has the same address.

    >>> network_of("2001:db8:1:2::9") == network_of("2001:db8:1:2::a")
    True
    """
    try:
        address = ip_address(peer)
    except ValueError:  # a Unix socket
        return ""
    if address.is_loopback:
        return ""
    if isinstance(address, IPv6Address):
        mapped = address.ipv4_mapped
        if mapped:
            return "" if mapped.is_loopback else str(mapped)
        return str(int(address) >> 128 - bits)
    return str(address)
