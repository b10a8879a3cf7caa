"""The same line over TCP: a real telephone, and what nobody honest sends on a connection."""

import contextlib
import socket
from collections.abc import Callable
from ipaddress import ip_network

import pytest

from tests.sip.dialler import Dialler, invite
from tests.sip.rig import Rig, wait_until
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
