"""The same line over TCP: a real telephone, and what nobody honest sends on a connection."""

import asyncio
import contextlib
import socket
from collections.abc import Callable
from dataclasses import replace
from ipaddress import ip_network

import pytest
from aiosipua.uac import SipUAC
from aiosipua.uas import SipUAS

from commands.doctor_sip import registration_of
from settings import Settings
from shared.errors import SettingError
from sip.admission import Admission
from sip.settings import Patience, Provider, SipSettings
from sip.trunk import Trunk
from sip.wire import Wire
from tests.sip.dialler import Dialler, invite
from tests.sip.registrar import RegistrarByTcp
from tests.sip.rig import SETTINGS, Rig, wait_until
from tests.sip.signals import speech
from tests.sip.softphone import Softphone

Rigs = Callable[..., Rig]
Phones = Callable[..., Softphone]


def test_a_whole_call_over_tcp(rig_of: Rigs, phone_of: Phones) -> None:
    """A question by key, another by voice, and the line hangs up on the same connection."""
    rig = rig_of()
    phone = phone_of(rig)
    rig.ear.writes.append("謝謝再見")
    phone.dial("tcp")
    assert wait_until(lambda: rig.recorder.replies)
    for key in "106":
        phone.press(key)
    assert wait_until(lambda: rig.outcomes == ["Greeting", "Found"]), rig.outcomes
    phone.say(speech(1.0))
    assert wait_until(lambda: rig.outcomes[-1] == "Goodbye"), rig.outcomes
    assert wait_until(lambda: "session closed" in phone.log or "terminated" in phone.log)
    assert wait_until(lambda: rig.line.calls == 0)


def connected(rig: Rig) -> socket.socket:
    return socket.create_connection(("127.0.0.1", rig.line.port), 2)


def test_a_connection_is_kept_open_by_pings_and_carries_requests_in_any_pieces(
    rig_of: Rigs,
) -> None:
    """Two line ends are answered by one (RFC 5626); half a message waits for its other half."""
    rig = rig_of(ear=False, voice=False)
    with connected(rig) as line:
        line.sendall(b"\r\n\r\n")
        assert line.recv(100) == b"\r\n"
        options = (
            b"OPTIONS sip:line@x SIP/2.0\r\nVia: SIP/2.0/TCP 127.0.0.1;branch=z9hG4bK%d\r\n"
            b"From: <sip:a@b>;tag=1\r\nTo: <sip:c@d>\r\nCall-ID: %d\r\nCSeq: 1 OPTIONS\r\n"
            b"Max-Forwards: 70\r\nContent-Length: 0\r\n\r\n"
        )
        line.sendall(options % (1, 1) + (options % (2, 2))[:100])
        assert line.recv(4_000).startswith(b"SIP/2.0 200")
        line.sendall((options % (2, 2))[100:])
        assert line.recv(4_000).startswith(b"SIP/2.0 200")


@pytest.mark.parametrize(
    "sent",
    [
        b"A" * 20_000,
        b"INVITE sip:line@x SIP/2.0\r\nContent-Length: 999999\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: line\r\nX: " + b"a" * 9_000 + b"\r\n\r\n",
    ],
    ids=["no end", "a body without end", "a long head"],
)
def test_who_sends_more_than_a_message_has_is_let_go(sent: bytes, rig_of: Rigs) -> None:
    """The connection ends; nothing of it is kept, and the next caller is answered."""
    rig = rig_of(ear=False, voice=False)
    tasks = rig.tasks()
    with connected(rig) as line:
        line.sendall(sent)
        with contextlib.suppress(ConnectionResetError):
            assert line.recv(100) == b""
    assert wait_until(lambda: rig.tasks() <= tasks)
    with Dialler(rig.line.port) as caller:
        assert caller.call() == 200


def test_a_connection_from_elsewhere_is_closed_unread(rig_of: Rigs) -> None:
    """Whose calls are not taken has no connection either."""
    rig = rig_of(ear=False, voice=False, allow=(ip_network("10.0.0.0/8"),))
    with connected(rig) as line:
        line.sendall(invite("far"))
        with contextlib.suppress(ConnectionResetError):
            assert line.recv(100) == b""
    assert rig.line.calls == 0


def test_the_line_registers_by_tcp_and_takes_calls_on_that_connection(
    rig_of: Rigs, provider_by_tcp: RegistrarByTcp
) -> None:
    """By digest, its Via and Contact saying TCP; a call that comes on the connection is answered
    on it, and the doctor asks by TCP as well."""
    company = provider_by_tcp
    trunk = f"127.0.0.1:{company.port};transport=tcp"
    rig = rig_of(ear=False, voice=False, trunk=trunk, user="0212345678", password="secret")
    assert wait_until(lambda: rig.line.registered)
    assert company.ways == ["SIP/2.0/TCP"] * 2
    assert f"<sip:0212345678@127.0.0.1:{rig.line.port};transport=tcp>" in company.contact
    company.send(invite("by-tcp").replace(b"SIP/2.0/UDP", b"SIP/2.0/TCP"))
    assert wait_until(lambda: "SIP/2.0 200" in company.others)
    assert rig.line.calls == 1
    company.send(bye_to(company.others))
    assert wait_until(lambda: rig.line.calls == 0)
    assert company.connections == 1
    (well,) = registration_of(
        SipSettings(trunk=trunk, user="0212345678", password="secret"),
    )
    assert well.well is True, well


def test_a_connection_that_the_provider_ends_is_opened_anew(
    provider_by_tcp: RegistrarByTcp,
) -> None:
    """It registers once more; and is asked again while nobody listens there."""
    settings = replace(
        SETTINGS,
        trunk=f"127.0.0.1:{provider_by_tcp.port};transport=tcp",
        user="0212345678",
        password="secret",
        patience=Patience(register_again_s=0.1),
    )

    async def register() -> None:
        wire = Wire(("127.0.0.1", 0), Admission(settings, lambda _why: None))
        client = SipUAC(wire)
        server = SipUAS(wire, uac=client)
        await server.start()
        trunk = Trunk(wire, client, settings)
        try:
            assert await until(lambda: trunk.registered)
            granted = len(provider_by_tcp.registered)
            provider_by_tcp.hang_up()
            assert await until(lambda: len(provider_by_tcp.registered) > granted)
            assert provider_by_tcp.connections == 2
            trunk.leave()
            assert await until(lambda: provider_by_tcp.registered[-1] == 0)
        finally:
            trunk.stop()
            await server.stop()

    asyncio.run(register())


def bye_to(answered: str) -> bytes:
    """The caller of `by-tcp` hangs up."""
    told = answered[answered.index("SIP/2.0 200") :].split("\r\n")
    kept = [one for one in told if one.startswith(("Via:", "From:", "To:", "Call-ID:"))]
    via = kept[0].partition(";")[0] + ";branch=z9hG4bKbye"
    lines = ["BYE sip:line@127.0.0.1 SIP/2.0", via, *kept[1:], "CSeq: 2 BYE", "Max-Forwards: 70"]
    return "\r\n".join([*lines, "Content-Length: 0", "", ""]).encode()


async def until(true: Callable[[], bool]) -> bool:
    for _ in range(500):
        if true():
            return True
        await asyncio.sleep(0.02)
    return False


@pytest.mark.parametrize(
    ("written", "provider"),
    [
        ("sip.example.tw", Provider("sip.example.tw", 5060, tcp=False)),
        ("sip.example.tw:5070;transport=TCP", Provider("sip.example.tw", 5070, tcp=True)),
        ("10.0.0.1;transport=udp", Provider("10.0.0.1", 5060, tcp=False)),
    ],
)
def test_a_provider_is_written_as_in_a_sip_address(written: str, provider: Provider) -> None:
    """RFC 3261, 19.1.1; another transport is refused when the settings are read."""
    asked = {"SIP_TRUNK": written, "SIP_USER": "0212345678"}
    assert Settings.from_environment(asked).sip.provider == provider
    with pytest.raises(SettingError, match="SIP_TRUNK"):
        Settings.from_environment({**asked, "SIP_TRUNK": f"{written};transport=tls"})
