"""A bad network: what was said and pressed still arrives."""

from collections.abc import Callable

import numpy as np
import pytest

from sip.codecs import PCMA, PCMU
from tests.sip.dialler import Dialler
from tests.sip.rig import Rig, wait_until
from tests.sip.signals import alike, speech

Rigs = Callable[..., Rig]


@pytest.mark.parametrize(
    ("codec", "lost", "swapped", "likeness"),
    [
        (PCMU, 0.0, 0.0, 0.98),
        (PCMA, 0.03, 0.0, 0.93),
        (PCMU, 0.10, 0.0, 0.85),
        (PCMA, 0.0, 0.2, 0.95),
    ],
    ids=["good", "3 % lost", "10 % lost", "20 % overtaken"],
)
def test_a_question_arrives_whole(
    codec: int, lost: float, swapped: float, likeness: float, rig_of: Rigs
) -> None:
    """As long as it was, in its order; what is lost is bridged and nothing is moved by it.

    Three calls at most: where the tests' own host holds the sender up, nothing arrives whole.
    """
    question, heard = speech(2.0, seed=5), 0.0
    for _ in range(3):
        rig = rig_of()
        rig.ear.writes.append("台北市大安區還有口罩嗎")
        with Dialler(rig.line.port, codec=codec, lost=lost, swapped=swapped) as caller:
            assert caller.call() == 200
            caller.say(question)
            assert wait_until(lambda rig=rig: len(rig.recorder.replies) == 2)
            heard = max(heard, alike(rig.ear.heard[0][::2], question)[0])
            caller.press("2")  # each key is sent five times, so that one packet in ten may be lost
            assert wait_until(lambda rig=rig: len(rig.recorder.replies) == 3)
        told = [type(reply.outcome).__name__ for reply in rig.recorder.replies][1:]
        assert told == ["Found", "AddressTold"]
        if heard > likeness:
            break
    assert heard > likeness


def test_what_is_sent_has_no_gap(rig_of: Rigs) -> None:
    """A datagram each 20 ms, talking or not: never 60 ms without one."""
    rig = rig_of()
    with Dialler(rig.line.port) as caller:
        assert caller.call() == 200
        assert wait_until(lambda: len(caller.gaps) > 150)
        gaps = np.array(caller.gaps[5:])
        assert abs(np.median(gaps) - 0.02) < 0.004
        assert np.quantile(gaps, 0.99) < 0.06  # the last hundredth is left to the tests' own host


def test_what_was_not_heard_surely_is_written_down_once_more_with_the_names_it_may_mean(
    rig_of: Rigs,
) -> None:
    """The second time with the pharmacies that the first may have meant; a sure one once."""
    rig = rig_of()
    rig.ear.writes.extend(["我要找建安", "三民區健安藥局", "台北市大安區還有口罩嗎"])
    with Dialler(rig.line.port) as caller:
        assert caller.call() == 200
        caller.say(speech(1.2))
        assert wait_until(lambda: rig.outcomes == ["Greeting", "Found"]), rig.outcomes
        assert len(rig.ear.names) == 2
        assert "健安藥局" in rig.ear.names[1]
        caller.say(speech(1.2, seed=6))
        assert wait_until(lambda: rig.outcomes[2:] == ["Found"]), rig.outcomes
        assert len(rig.ear.names) == 3
