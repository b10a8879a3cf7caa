"""A request by SIP that belongs to no call: REGISTER, OPTIONS."""

import socket

from aiosipua.message import SipRequest
from aiosipua.utils import format_addr, generate_branch, generate_call_id, generate_tag

from sip.wire import Address

_ANY = ("0.0.0.0", "::")  # noqa: S104  # what is compared with


def address_towards(host: str, bound: str = _ANY[0]) -> str:
    """Our address as `host` sees it, where we are `bound` to all; nothing is sent."""
    if bound not in _ANY:
        return bound
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        probe.connect((host, 9))
        return str(probe.getsockname()[0])


def outside_dialog(method: str, uri: str, own: str, to: str, here: Address) -> SipRequest:
    """The first request of that `method` to `uri` from the URI `own` at `here`, to `to`."""
    request = SipRequest(method=method, uri=uri)
    via = f"SIP/2.0/UDP {format_addr(*here)};rport;branch={generate_branch()}"
    request.headers.append("Via", via)
    request.headers.set_single("From", f"<{own}>;tag={generate_tag()}")
    request.headers.set_single("To", f"<{to}>")
    request.headers.set_single("Call-ID", generate_call_id(here[0]))
    request.headers.set_single("CSeq", f"1 {method}")
    request.headers.set_single("Max-Forwards", "70")
    return request
