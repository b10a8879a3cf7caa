"""What a telephone, a gateway and a provider send besides a call: RFC 3261, 3515 and 4028."""

import asyncio
import threading
import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from bench.sip_caller import Caller
from commands.doctor_sip import registration_of
from sip.settings import Patience, SipSettings
from tests.sip.dialler import Dialler
from tests.sip.registrar import Registrar
from tests.sip.rig import Rig, wait_until
from tests.sip.signals import speech

Rigs = Callable[..., Rig]


def test_a_gateway_that_asks_whether_the_line_is_there_is_told(rig_of: Rigs) -> None:
    """OPTIONS, as gateways and border controllers send it each half minute."""
    rig = rig_of(ear=False, voice=False)

    async def ask() -> int:
        async with Caller(("127.0.0.1", rig.line.port)) as caller:
            return await caller.asks()

    assert rig.run(ask()) == 200
    assert rig.line.calls == 0


def test_a_call_of_our_own_reaches_the_line_and_hears_it(rig_of: Rigs) -> None:
    """What `flask probe` and `make hear` place: sound both ways, keys, and a clean end."""
    rig = rig_of(ear=False, voice=False)
    heard: list[bytes] = []

    async def call() -> int:
        async with Caller(("127.0.0.1", rig.line.port)) as caller:
            caller.on_audio = heard.append
            status = await caller.dial()
            await until(lambda: any(any(frame) for frame in heard))
            await caller.press("106")
            await until(lambda: len(rig.recorder.replies) == 2)
            return status

    async def until(true: Callable[[], bool]) -> None:
        for _ in range(100):
            if true():
                return
            await asyncio.sleep(0.1)

    assert rig.run(call()) == 200
    assert any(any(frame) for frame in heard)
    assert rig.outcomes == ["Greeting", "Found"]
    assert wait_until(lambda: rig.line.calls == 0)


def test_a_caller_who_gives_up_before_the_answer_leaves_nothing_behind(rig_of: Rigs) -> None:
    """CANCEL while the busy sentence is heard: 487, and the next one may hear it."""
    rig = rig_of(ear=False, calls=1)
    with Dialler(rig.line.port) as first, Dialler(rig.line.port) as second:
        assert first.call() == 200
        assert second.call(0.6) == 0
        assert wait_until(lambda: second.replies.get("INVITE") in (180, 183))
        assert second.cancel() == 487
        assert second.replies["CANCEL"] == 200
        assert rig.line.calls == 1
    assert wait_until(lambda: rig.tasks() <= 2), rig.tasks()  # the clock and the sweeper


def test_sessions_have_a_timer_and_are_refreshed(rig_of: Rigs) -> None:
    """RFC 4028: what is asked for is granted, too short a time is refused, a refresh is taken."""
    rig = rig_of(ear=False, voice=False)
    wants = "Supported: timer\r\nSession-Expires: {};refresher=uac"
    with Dialler(rig.line.port) as caller:
        assert caller.call(extra=wants.format(600)) == 200
        assert caller.answer["session-expires"].startswith("600")
        refresh = "Supported: timer\r\nSession-Expires: 600;refresher=uac\r\n"
        assert caller.ask("UPDATE", 2, extra=refresh) == 200
    with Dialler(rig.line.port) as hasty:
        assert hasty.call(extra=wants.format(5)) == 422
        assert int(hasty.answer["min-se"]) >= 90


@pytest.mark.parametrize(
    ("comes", "outcomes"),
    [(200, []), (486, ["NoAnswer"]), (603, ["NoAnswer"])],
    ids=["taken over", "busy there", "refused"],
)
def test_a_person_is_rung_by_the_gateway(comes: int, outcomes: list[str], rig_of: Rigs) -> None:
    """REFER where SIP_TRANSFER is set; where nobody takes over, the call goes on."""
    rig = rig_of(ear=False, voice=False, transfer="gateway.example:5060")
    with Dialler(rig.line.port) as caller:
        caller.rings_out = comes
        assert caller.call() == 200
        assert wait_until(lambda: rig.recorder.replies)
        caller.press("0")
        assert wait_until(lambda: caller.refers_to)
        assert caller.refers_to == "<sip:1922@gateway.example:5060>"
        if comes == 200:
            assert wait_until(lambda: caller.was_hung_up_on)
            assert wait_until(lambda: rig.line.calls == 0)
        else:
            assert wait_until(lambda: len(rig.outcomes) == 3)
            assert not caller.was_hung_up_on
        assert rig.outcomes[1:] == ["ToPerson", *outcomes]


def test_the_line_registers_with_its_provider_and_takes_the_binding_back(
    rig_of: Rigs, provider: Registrar
) -> None:
    """By digest; with its own address; and a drain unregisters before it waits for calls."""
    trunk = {"trunk": f"127.0.0.1:{provider.port}", "user": "0212345678", "password": "secret"}
    rig = rig_of(ear=False, voice=False, **trunk)
    assert wait_until(lambda: rig.line.registered)
    assert f"sip:0212345678@127.0.0.1:{rig.line.port}" in provider.contact
    rig.run(rig.line.drain())
    assert wait_until(lambda: provider.registered[-1] == 0)


def test_a_wrong_password_is_told_and_a_lost_answer_is_asked_for_again(
    rig_of: Rigs, provider: Registrar, caplog: pytest.LogCaptureFixture
) -> None:
    """The first two requests are lost: they are sent again. A refusal stands in the log."""
    provider.silent = 2
    trunk = {"trunk": f"127.0.0.1:{provider.port}", "user": "0212345678"}
    good = rig_of(ear=False, voice=False, password="secret", **trunk)
    bad = rig_of(ear=False, voice=False, password="guess", **trunk)
    assert wait_until(lambda: good.line.registered)
    assert wait_until(lambda: provider.refused)
    assert not bad.line.registered
    assert wait_until(lambda: "REGISTER failed" in caplog.text)
    assert "guess" not in caplog.text


def test_while_it_drains_no_call_is_taken_and_those_that_go_on_go_on(rig_of: Rigs) -> None:
    """503 for the next; the one that talks is answered to its end."""
    rig = rig_of(ear=False, voice=False)
    with Dialler(rig.line.port) as first, Dialler(rig.line.port) as late:
        assert first.call() == 200
        assert wait_until(lambda: rig.recorder.replies)
        drained = threading.Thread(target=lambda: rig.run(rig.line.drain()))
        drained.start()
        time.sleep(0.1)
        assert late.call() == 503
        first.press("106")
        assert wait_until(lambda: rig.outcomes == ["Greeting", "Found"])
        assert drained.is_alive()
    drained.join(5)
    assert not drained.is_alive()


def test_a_recogniser_that_answers_after_twenty_seconds_is_not_waited_for(rig_of: Rigs) -> None:
    """After `recogniser_s` she is told to press keys, and keys are taken while it still thinks."""
    rig = rig_of(patience=Patience(recogniser_s=2.0))
    rig.ear.delay_s = 20.0
    with Dialler(rig.line.port) as caller:
        assert caller.call() == 200
        assert wait_until(lambda: caller.heard > 8_000)
        caller.say(speech(1.0))
        assert wait_until(lambda: "抱歉，現在聽不見您說話。" in rig.voice.said)
        caller.press("106")
        assert wait_until(lambda: rig.outcomes[-1] == "Found"), rig.outcomes


def test_a_session_that_nobody_refreshes_is_ended(rig_of: Rigs) -> None:
    """RFC 4028, 10: the other end was to refresh it, and vanished without a BYE. It is hung up on,
    and nothing of it is left."""
    rig = rig_of(ear=False, voice=False, patience=Patience(least_session_s=1))
    with Dialler(rig.line.port) as caller:
        wants = "Supported: timer\r\nSession-Expires: 3;refresher=uac"
        assert caller.call(extra=wants) == 200
        time.sleep(1.3)
        assert caller.ask("UPDATE", 2, extra=f"{wants}\r\n") == 200
        time.sleep(1.3)  # the first would be over by now
        assert not caller.was_hung_up_on
        assert wait_until(lambda: caller.was_hung_up_on)
    assert wait_until(lambda: rig.line.calls == 0)
    assert wait_until(lambda: rig.tasks() <= 2), rig.tasks()


def test_the_doctor_asks_the_provider_and_changes_nothing_there(
    rig_of: Rigs, provider: Registrar
) -> None:
    """The right password, a wrong one, and a provider that is away; the line stays registered."""
    settings = SipSettings(trunk=f"127.0.0.1:{provider.port}", user="0212345678", password="secret")
    (alone,) = registration_of(settings)
    assert alone.well is None
    trunk = {"trunk": settings.trunk, "user": settings.user, "password": "secret"}
    rig = rig_of(ear=False, voice=False, **trunk)
    assert wait_until(lambda: rig.line.registered)
    bound, granted = provider.contact, list(provider.registered)
    (well,) = registration_of(settings)
    assert well.well is True
    assert "1 registered" in well.what
    assert (provider.contact, provider.registered) == (bound, granted)
    (wrong,) = registration_of(replace(settings, password="guess"))
    assert wrong.well is False
    assert "403" in wrong.what
    assert "guess" not in str(wrong)
    assert list(registration_of(SipSettings())) == []
