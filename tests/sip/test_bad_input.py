"""What nobody honest sends: one request or one call ends at most, and calls that go on, go on."""

import socket
import time
from collections.abc import Callable, Iterator
from ipaddress import ip_network

import psutil
import pytest

from tests.sip.dialler import Dialler, invite
from tests.sip.rig import PORTS, Rig, wait_until
from tests.sip.signals import speech

Rigs = Callable[..., Rig]


QUIET_S = 0.3
"""On this machine an answer comes in a few milliseconds."""

COMES_S = 30.0
"""One that must come is waited for, however busy the machine is."""


@pytest.fixture
def sender() -> Iterator[socket.socket]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as made:
        made.bind(("127.0.0.1", 0))
        made.settimeout(QUIET_S)
        yield made


def answers(sender: socket.socket, first_s: float = QUIET_S) -> list[bytes]:
    """All that comes back, until there is QUIET_S of silence; `first_s` until the first of them."""
    found = []
    sender.settimeout(first_s)
    try:
        while True:
            found.append(sender.recv(65_536))
            sender.settimeout(QUIET_S)
    except TimeoutError:
        return found


BROKEN = {
    "nothing": b"",
    "zeros": bytes(600),
    "a web request": b"GET / HTTP/1.1\r\nHost: line\r\n\r\n",
    "no Via": b"INVITE sip:line@x SIP/2.0\r\nCSeq: 1 INVITE\r\nCall-ID: 1\r\n\r\n",
    "no CSeq": b"OPTIONS sip:line@x SIP/2.0\r\nVia: SIP/2.0/UDP x;branch=z9hG4bK1\r\n\r\n",
    "a count that is none": b"OPTIONS sip:line@x SIP/2.0\r\nVia: SIP/2.0/UDP x:a;branch=z\r\n"
    b"CSeq: many OPTIONS\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:c@d>\r\nCall-ID: 2\r\n\r\n",
    "an SDP that is none": invite("rubbish", sdp="v=0\r\nm=audio x RTP/AVP zero\r\nc=IN\r\n"),
    "an SDP without G.711": invite(
        "opus",
        sdp="v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\n"
        "c=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 9 RTP/AVP 111\r\na=rtpmap:111 opus/48000\r\n",
    ),
    "an INVITE without an SDP": invite("early", sdp=""),
    "half a message": invite("half")[:200],
    "other letters": "INVITE sip:線@x SIP/2.0\r\nVia: ☎\r\nCSeq: ☎\r\n\r\n".encode(),
    "a response to nothing": b"SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP x;branch=z\r\nCSeq: 1 X\r\n\r\n",
    "a huge header": invite("huge", extra="X: " + "a" * 9_000),
}


@pytest.fixture(scope="module")
def besieged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rig]:
    """One line for all broken messages, one after the other."""
    rig = Rig(tmp_path_factory.mktemp("var"), voice=False, ear=False)
    yield rig
    rig.stop()


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_message_is_refused_or_let_go(
    name: str, besieged: Rig, sender: socket.socket
) -> None:
    """No call comes of it, no task is left, and the next caller is answered."""
    rig = besieged
    assert wait_until(lambda: rig.line.calls == 0)
    sender.sendto(BROKEN[name], ("127.0.0.1", rig.line.port))
    for answer in answers(sender):
        assert answer.split()[1] in (b"100", b"400", b"488", b"405"), answer
    assert rig.line.calls == 0
    with Dialler(rig.line.port) as caller:
        assert caller.call() == 200


def test_a_caller_from_elsewhere_is_refused_and_a_few_times_only(
    rig_of: Rigs, sender: socket.socket
) -> None:
    """403; and of a flood of them most are let go, so that nobody is flooded through us."""
    rig = rig_of(voice=False, ear=False, allow=(ip_network("10.0.0.0/8"),))
    for number in range(200):
        sender.sendto(invite(f"far{number}"), ("127.0.0.1", rig.line.port))
    found = answers(sender, COMES_S)
    assert 1 <= len(found) <= 30
    assert {answer.split()[1] for answer in found} == {b"403"}
    assert rig.seen.refusals.count("forbidden") > 100  # the kernel lets go of some before us
    assert rig.line.calls == 0


def test_an_answer_goes_to_whoever_asked_whatever_the_message_says(
    rig_of: Rigs, sender: socket.socket
) -> None:
    """A `received` in the sender's own Via would send our answers to a third machine."""
    rig = rig_of(voice=False, ear=False)
    port = sender.getsockname()[1]
    via = f"SIP/2.0/UDP 127.0.0.1:{port};received=192.0.2.77;rport=9;branch=z9hG4bKforged"
    sender.sendto(
        f"OPTIONS sip:line@x SIP/2.0\r\nVia: {via}\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:c@d>\r\n"
        "Call-ID: forged\r\nCSeq: 1 OPTIONS\r\nMax-Forwards: 70\r\n\r\n".encode(),
        ("127.0.0.1", rig.line.port),
    )
    assert [answer.split()[1] for answer in answers(sender, COMES_S)] == [b"200"]


def test_sound_is_not_sent_to_a_third(rig_of: Rigs, sender: socket.socket) -> None:
    """An offer that names another machine's address is no call."""
    rig = rig_of(voice=False, ear=False)
    sender.sendto(invite("third", media="192.0.2.77"), ("127.0.0.1", rig.line.port))
    assert answers(sender, COMES_S)[-1].split()[1] == b"488"
    assert rig.line.calls == 0


def test_ten_thousand_calls_in_a_burst_do_not_end_one_that_goes_on(
    rig_of: Rigs, sender: socket.socket
) -> None:
    """The one that talks hears on and is heard; the burst leaves nothing behind."""
    rig = rig_of(ear=False, calls=3)
    with Dialler(rig.line.port) as caller:
        assert caller.call() == 200
        time.sleep(0.5)
        for number in range(10_000):
            sender.sendto(invite(f"burst{number}"), ("127.0.0.1", rig.line.port))
        assert rig.line.calls <= 3
        caller.gaps.clear()
        assert wait_until(lambda: len(caller.gaps) > 50)
        caller.press("9")
        assert wait_until(lambda: len(rig.recorder.replies) >= 2)
    assert len(rig.seen.refusals) > 100  # of those that the kernel had room for


def test_the_caller_beyond_the_limit_hears_the_busy_sentence(rig_of: Rigs) -> None:
    """As early sound, and then 486; the one before her talks on."""
    rig = rig_of(ear=False, calls=1)
    with Dialler(rig.line.port) as first, Dialler(rig.line.port) as second:
        assert first.call() == 200
        assert second.call() == 486
        assert second.heard > 5_000
        assert rig.line.calls == 1
        assert rig.seen.refusals == ["busy"]


def test_a_stranger_cannot_speak_into_a_call(rig_of: Rigs, sender: socket.socket) -> None:
    """Keys from another port of the same machine are let go once the caller was heard."""
    rig = rig_of()
    with Dialler(rig.line.port) as caller:
        assert caller.call() == 200
        caller.say(speech(0.3))
        time.sleep(0.6)
        stranger = Dialler(rig.line.port)
        with stranger:
            stranger.media_to = caller.media_to
            stranger.press("106")
            time.sleep(1.0)
        assert [type(reply.outcome).__name__ for reply in rig.recorder.replies] == ["Greeting"]


def test_a_call_ends_when_its_minutes_are_over(rig_of: Rigs) -> None:
    """Whoever never speaks and never hangs up is hung up on."""
    rig = rig_of(ear=False, voice=False, minutes=1 / 40)
    with Dialler(rig.line.port) as caller:
        assert caller.call() == 200
        assert wait_until(lambda: caller.was_hung_up_on)
    assert wait_until(lambda: rig.line.calls == 0)


def test_a_recogniser_that_is_slow_is_bridged_and_one_that_babbles_is_cut_short(
    rig_of: Rigs,
) -> None:
    """A tone comes long before the recogniser has done (two seconds, where the machine is not busy
    with other things); and of 10,000 characters a sentence is read."""
    rig = rig_of()
    rig.ear.delay_s = 5.5
    rig.ear.writes.append("台北市大安區" + "口罩" * 5_000)
    with Dialler(rig.line.port) as caller:
        assert caller.call() == 200
        assert wait_until(lambda: caller.heard > 8_000)
        caller.say(speech(1.2))
        time.sleep(1.0)
        caller.loud_gaps.clear()
        assert wait_until(lambda: len(rig.recorder.replies) == 2)
        assert max(caller.loud_gaps, default=9) < 4.5, caller.loud_gaps
    assert len(rig.recorder.replies) == 2


def test_calls_one_after_the_other_leave_nothing_behind(rig_of: Rigs) -> None:
    """No task, no port and no entry is left of thirty calls."""
    rig = rig_of(ear=False, voice=False)
    for _ in range(3):
        with Dialler(rig.line.port) as caller:
            assert caller.call() == 200
    assert wait_until(lambda: rig.line.calls == 0)
    handles = psutil.Process().num_fds()
    for _ in range(30):
        with Dialler(rig.line.port) as caller:
            assert caller.call() == 200
    assert wait_until(lambda: rig.line.calls == 0)
    assert wait_until(lambda: rig.tasks() <= 2), rig.tasks()
    assert wait_until(lambda: psutil.Process().num_fds() <= handles)


def test_a_port_scan_finds_nothing_and_disturbs_no_call(
    rig_of: Rigs, sender: socket.socket
) -> None:
    """Every port of the sound gets what scanners send; none answers, and the call goes on."""
    rig = rig_of(ear=False, voice=False)
    probes = (b"", b"\x00" * 12, b"\x00\x01\x00\x00!\x12\xa4B" + bytes(12), b"\x80\xc8" + bytes(26))
    with Dialler(rig.line.port) as caller:
        assert caller.call() == 200
        caller.say(speech(0.3))
        for port in range(PORTS[0], PORTS[1] + 1):
            for probe in probes:
                sender.sendto(probe, ("127.0.0.1", port))
        assert answers(sender) == []
        caller.gaps.clear()
        assert wait_until(lambda: len(caller.gaps) > 25)
        caller.press("106")
        assert wait_until(lambda: rig.outcomes == ["Greeting", "Found"]), rig.outcomes
        assert rig.line.calls == 1
