"""The rule for webhooks whose secret is not set: open to this machine alone, to try it out."""

import pytest
from flask import Request
from werkzeug.test import EnvironBuilder

from web.access import is_trying_out


def _request(
    peer: str | None = "127.0.0.1", host: str = "127.0.0.1:8000", **headers: str
) -> Request:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    environ = EnvironBuilder("/ivr/call", method="POST", headers=named).get_environ()
    environ["HTTP_HOST"] = host
    environ.pop("REMOTE_ADDR", None)
    if peer is not None:
        environ["REMOTE_ADDR"] = peer
    return Request(environ)


@pytest.mark.parametrize("peer", ["127.0.0.1", "127.0.0.9", "::1"])
@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.0.0.1:8000", "localhost", "LOCALHOST:5000", "[::1]:8000"]
)
def test_this_machine_itself_may_try(peer: str, host: str) -> None:
    """Someone who started the server and calls it on the same machine is answered."""
    assert is_trying_out(_request(peer, host), public_url="")


@pytest.mark.parametrize("peer", ["192.0.2.7", "10.0.0.2", "::ffff:192.0.2.7", "", "unix:", None])
def test_another_machine_may_not(peer: str | None) -> None:
    """A peer that is not loopback, or is none at all (a Unix socket), is refused."""
    assert not is_trying_out(_request(peer), public_url="")


@pytest.mark.parametrize(
    "host",
    [
        "masks.example",
        "127.0.0.1.example",
        "localhost.example:8000",
        "192.0.2.7",
        "",
        "[::1",
        "user@masks.example",
    ],
)
def test_another_host_name_may_not(host: str) -> None:
    """A name that leads here from outside (a tunnel, DNS rebinding) is refused."""
    assert not is_trying_out(_request(host=host), public_url="")


@pytest.mark.parametrize(
    "header",
    [
        "X_Forwarded_For",
        "X_Forwarded_Proto",
        "x_forwarded_host",
        "Forwarded",
        "Via",
        "X_Real_IP",
        "CF_Connecting_IP",
        "True_Client_IP",
    ],
)
@pytest.mark.parametrize("value", ["127.0.0.1", ""])
def test_a_forwarded_request_may_not(header: str, value: str) -> None:
    """Anything that says the request was passed on closes the door, even an empty header."""
    assert not is_trying_out(_request(**{header: value}), public_url="")


def test_a_public_service_is_never_tried_out() -> None:
    """Where PUBLIC_URL is set the service is public, and a missing secret must not open it."""
    assert not is_trying_out(_request(), public_url="https://masks.example")
