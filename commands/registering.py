"""`doctor`'s check of the SIP provider: whether it accepts the user, and what is registered."""

import asyncio
import socket
from collections.abc import Iterator
from ipaddress import ip_network

from aiosipua.auth import SipDigestAuth, answer_challenge
from aiosipua.message import SipRequest, SipResponse
from aiosipua.utils import generate_branch

from commands.reach import Diagnosis
from sip.admission import Admission
from sip.outside_dialog import address_towards, outside_dialog
from sip.settings import SipSettings
from sip.wire import Address, Wire

WAIT_S = 5.0


def registration_of(settings: SipSettings) -> Iterator[Diagnosis]:
    """One line, where SIP_TRUNK is set.

    It queries the bindings (a REGISTER without a Contact: RFC 3261, 10.2.3), which needs the same
    password and changes nothing: a line that takes calls meanwhile keeps its registration.
    """
    if not settings.trunk:
        return
    provider = settings.provider
    name = f"SIP_TRUNK {settings.trunk}"
    try:
        address = (socket.gethostbyname(provider.host), provider.port)
        status, bindings = asyncio.run(_ask(settings, address))
    except OSError as problem:  # TimeoutError too
        why = problem.strerror or "no connection"
        yield Diagnosis(False, f"{name}: {why}", "are the name and the port right?")
        return
    yield _told(name, settings.user, status, bindings)


def _told(name: str, user: str, status: int, bindings: int) -> Diagnosis:
    if 200 <= status < 300:
        here = f"{bindings} registered" if bindings else "nothing is registered now"
        todo = "" if bindings else "`flask --app app sip` registers when it starts"
        return Diagnosis(True if bindings else None, f"{name} knows {user}: {here}", todo)
    if status == 408:
        return Diagnosis(False, f"{name} does not answer", "its address, UDP, TCP, the firewall")
    if status in (401, 403, 407):
        return Diagnosis(False, f"{name} refuses {user} ({status})", "SIP_USER and SIP_PASSWORD")
    return Diagnosis(False, f"{name} answers {status}", "ask the provider what that means")


async def _ask(settings: SipSettings, address: Address) -> tuple[int, int]:
    """The final status, and how many are registered."""
    allowed = SipSettings(allow=(ip_network(address[0]),))
    wire = Wire((address_towards(address[0]), 0), Admission(allowed, lambda _why: None))
    await wire.start()
    try:
        provider = settings.provider
        if provider.tcp:
            await wire.connect(address)
        user, registrar = f"sip:{settings.user}@{provider.host}", f"sip:{provider.host}"
        request = outside_dialog("REGISTER", registrar, user, user, wire.local_addr)
        answer = await _sent(wire, request, address)
        if answer and answer.status_code in (401, 407):
            auth = SipDigestAuth(settings.user, settings.password)
            told = answer_challenge(auth, answer, answer.status_code, "REGISTER", registrar)
            if told:
                request.headers.set_single(*told)
                request.headers.set_single("CSeq", "2 REGISTER")
                via = request.headers.get("via")[0].partition(";branch=")[0]
                request.headers.set_single("Via", f"{via};branch={generate_branch()}")
                answer = await _sent(wire, request, address)
        return (answer.status_code, len(answer.contact)) if answer else (408, 0)
    finally:
        await wire.stop()


async def _sent(wire: Wire, request: SipRequest, address: Address) -> SipResponse | None:
    wire.send(request, address)
    try:
        return await asyncio.wait_for(wire.answer(request, address), WAIT_S)
    except TimeoutError:
        return None
