"""Whether a webhook without a secret may answer: only requests from this machine, for trying out.

The only place of this rule: `web.channels` asks it for every channel, the login for the operator's
page. A tunnel or a proxy on the same machine also comes from the loopback address, so the peer
alone proves nothing: the Host must be loopback too, nothing may say that the request was passed on,
and no `PUBLIC_URL` may be set. A proxy may hide all that (nginx's plain `proxy_pass` does), so a
service that `make serve` started never counts as being tried out, unless INSECURE=yes says so
(docs/decisions/trying-out.md).
"""

from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import Request, current_app

TRYING_OUT = "TRYING_OUT"
"""Key in Flask's configuration: whether the application was started for trying out (default
True)."""

_FORWARDING_PREFIXES = ("x-forwarded-", "x-original-", "cf-", "x-envoy-", "x-amzn-", "x-ms-")
_FORWARDING_NAMES = frozenset(
    {
        "forwarded",
        "via",
        "cdn-loop",
        "client-ip",
        "fly-client-ip",
        "true-client-ip",
        "x-client-ip",
        "x-cluster-client-ip",
        "x-real-ip",
    }
)
"""What proxies, tunnels and content networks add to a request that they pass on (RFC 7239 and 9110,
and the habits of nginx, Apache, Envoy, Cloudflare, ngrok and the big clouds)."""


def is_trying_out(request: Request, public_url: str) -> bool:
    """Whether `request` comes from this machine itself, to a service that is not public."""
    return (
        (not current_app or bool(current_app.config.get(TRYING_OUT, True)))
        and not public_url
        and _is_loopback(request.remote_addr or "")
        and _is_loopback_host(request.headers.get("Host", ""))
        and not _was_forwarded(request)
    )


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:  # no address at all: a Unix socket, behind which a proxy may stand
        return False


def _is_loopback_host(host: str) -> bool:
    """Whether a Host header names this machine: 127.0.0.1:8000, [::1], localhost:5000.

    Any other name may lead here too, and then from a stranger's page (DNS rebinding).
    """
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:  # [::1 without its bracket
        return False
    return name == "localhost" or _is_loopback(name)


def _was_forwarded(request: Request) -> bool:
    names = [name.lower() for name in request.headers.keys()]  # noqa: SIM118  # a list of pairs, not a mapping
    return any(name in _FORWARDING_NAMES or name.startswith(_FORWARDING_PREFIXES) for name in names)
