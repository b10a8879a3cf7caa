"""What sends the sound: a program of its own, beside a line that is busy, and without it."""

import os
import signal
import time
from collections.abc import Callable

import numpy as np
import psutil

from tests.sip.dialler import FRAME, Dialler
from tests.sip.rig import Rig, wait_until
from tests.sip.signals import speech

Rigs = Callable[..., Rig]

MADE_UP_S = 1.0 + 0.2
"""So much may come at once: what a line that was held up had to send meanwhile (user_agent.py, 50
frames), and what was on its way when the test began to count."""


def senders() -> list[psutil.Process]:
    return [child for child in psutil.Process().children() if sends(child)]


def sends(child: psutil.Process) -> bool:
    try:
        return any(part.endswith("pacer.py") for part in child.cmdline())
    except psutil.NoSuchProcess:  # it has ended, perhaps between the list and this look
        return False


async def be_busy(seconds: float) -> None:
    """Hold the line's own loop."""
    time.sleep(seconds)  # that it blocks is the point


def test_while_the_line_is_busy_for_half_a_second_its_sound_goes_on(rig_of: Rigs) -> None:
    """The caller hears what was being said; no datagram is late, and none is sent twice."""
    rig = rig_of(ear=False, voice=False)
    with Dialler(rig.line.port) as caller:
        assert caller.call() == 200
        assert wait_until(lambda: caller.heard > 4_000)
        caller.gaps.clear()
        heard = caller.heard
        rig.run(be_busy(0.5))
        assert caller.heard > heard + 2_000
        assert len(caller.gaps) >= 20
        assert np.quantile(caller.gaps, 0.95) < 0.06


def test_without_the_sender_the_line_sends_itself_and_the_next_call_has_one(rig_of: Rigs) -> None:
    """Killed in the middle of a call: she hears on, in one stream, and keys are answered."""
    rig = rig_of(ear=False)
    with Dialler(rig.line.port) as caller:
        assert caller.call() == 200
        assert wait_until(lambda: caller.heard > 4_000)
        (sender,) = senders()
        os.kill(sender.pid, signal.SIGKILL)
        assert wait_until(lambda: senders() == [])
        caller.gaps.clear()
        caller.steps.clear()
        assert wait_until(lambda: caller.steps[-100:] == [(1, FRAME)] * 100)  # none twice or lost
        assert sum(caller.gaps) > len(caller.gaps) / 50 - MADE_UP_S  # and no faster than it is said
        caller.press("106")
        assert wait_until(lambda: rig.outcomes == ["Greeting", "Found"])
        with Dialler(rig.line.port) as next_one:
            assert next_one.call() == 200
            assert wait_until(lambda: next_one.heard > 4_000)
            assert len(senders()) == 1
    rig.run(rig.line.stop())
    assert senders() == []


def test_an_echo_of_the_greeting_is_not_taken_for_the_caller(rig_of: Rigs) -> None:
    """A telephone that gives back a third of what it plays: the greeting is heard to its end, and
    a question into it is answered."""
    rig = rig_of()
    rig.ear.writes.append("台北市大安區還有口罩嗎")
    with Dialler(rig.line.port, echo=0.3) as caller:
        assert caller.call() == 200
        assert wait_until(lambda: caller.heard > 4_000)  # half a second of greeting
        assert rig.ear.heard == []
        caller.say(speech(1.6, seed=4))
        assert wait_until(lambda: rig.outcomes == ["Greeting", "Found"]), rig.outcomes
        assert len(rig.ear.heard[0]) / 16_000 < 4.0
