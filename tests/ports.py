"""Free TCP ports for servers that tests start as processes of their own."""

import random
import socket

PORTS = range(10_000, 20_000)
"""Below those that Linux gives out by itself (32768 and up) and those of speech (SIP_PORTS): none
of the connections that other tests open at the same time can take one before its server does."""


def free_port() -> int:
    """One that nobody listens at, drawn so that two test processes hardly ever take the same."""
    while True:
        port = random.choice(PORTS)  # noqa: S311  no secret
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
