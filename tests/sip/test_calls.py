"""Real calls by a real telephone: what is heard at the other end is compared, not counted."""

import time
from collections.abc import Callable

import numpy as np

from sip.pack import shipped
from sip.settings import Patience
from sip.sound import from_pcm
from sip.texts import own
from sip.voice import clauses
from tests.sip.rig import Rig, wait_until
from tests.sip.signals import RATE, Samples, alike, speech, voice_of
from tests.sip.softphone import Softphone

SAME = 0.97
"""Correlation with what the voice made, after G.711 and back: 0.9999 where nothing is lost."""

Rigs = Callable[..., Rig]
Phones = Callable[..., Softphone]


def hears(phone: Softphone, text: str, seconds: float = 60.0) -> bool:
    """Whether all of `text` arrives, each clause in the sound that the voice has for it."""

    def all_arrived() -> bool:
        heard = phone.heard
        return all(alike(heard, voice_of(one))[0] > SAME for one in clauses(text))

    return wait_until(all_arrived, seconds, 0.2)


def loudness(samples: Samples) -> float:
    return float(np.sqrt(np.mean(samples**2))) if len(samples) else 0.0


def test_a_whole_call(rig_of: Rigs, phone_of: Phones) -> None:
    """Greeting, a question by sound, its answer, key 2, and the caller hangs up."""
    rig = rig_of()
    phone = phone_of(rig)
    rig.ear.writes.append("台北市大安區還有口罩嗎")
    phone.dial()
    assert wait_until(lambda: rig.recorder.replies)
    assert hears(phone, rig.recorder.replies[0].text)
    phone.say(question := speech(1.6, seed=4))
    assert wait_until(lambda: rig.outcomes == ["Greeting", "Found"]), rig.outcomes
    assert alike(rig.ear.heard[0][::2], question)[0] > 0.95  # the whole of it, its beginning too
    assert hears(phone, rig.recorder.replies[1].text.partition("。")[0] + "。")
    phone.press("2")
    assert wait_until(lambda: rig.outcomes[2:] == ["AddressTold"]), rig.outcomes
    assert hears(phone, rig.recorder.replies[2].text.partition("。")[0] + "。")
    heard = phone.heard
    assert np.abs(heard).max() < 0.99  # nothing is clipped
    assert 0.02 < loudness(heard[np.abs(heard) > 0.02]) < 0.4
    phone.hang_up()
    assert wait_until(lambda: rig.line.calls == 0)
    assert wait_until(lambda: rig.tasks() <= 2), rig.tasks()  # the clock and the sweeper
    # 0.9 s of them tell that she has finished; the rest is for a machine that others use as well.
    assert rig.seen.seconds["first_sound"][0] < 5.0


def test_the_caller_may_break_in_by_voice_and_what_she_says_is_kept(
    rig_of: Rigs, phone_of: Phones
) -> None:
    """A-law. The answer stops soon after she begins, and her words are the next turn."""
    rig = rig_of()
    phone = phone_of(rig, codec="PCMA")
    rig.ear.writes.extend(["台北市大安區還有口罩嗎", "下一家"])
    phone.dial()
    assert hears(phone, "您好，口罩專線。")
    phone.say(speech(1.2))  # into the greeting
    assert wait_until(lambda: rig.outcomes == ["Greeting", "Found"]), rig.outcomes
    first = rig.recorder.replies[1].text.partition("。")[0] + "。"
    assert hears(phone, first)
    phone.say(speech(1.5, seed=9))
    time.sleep(1.0)
    cut = len(phone.heard)
    assert wait_until(lambda: len(phone.heard) > cut + RATE // 5)
    assert loudness(phone.heard[cut : cut + RATE // 5]) < 0.005, "the line talks on over her"
    assert wait_until(lambda: len(rig.outcomes) == 3), rig.outcomes
    assert rig.recorder.replies[2].outcome.ordinal == 2  # type: ignore[union-attr]


def test_a_key_breaks_in_and_silence_is_asked_about_three_times(
    rig_of: Rigs, phone_of: Phones
) -> None:
    """Three times nothing: three other sentences, each heard; then a postal code by key."""
    rig = rig_of(patience=Patience(begin_s=0.5))
    phone = phone_of(rig)
    phone.dial()
    assert wait_until(lambda: rig.outcomes == ["Greeting", *["NotHeard"] * 3]), rig.outcomes
    told = [reply.text for reply in rig.recorder.replies]
    assert len(set(told)) == 4
    assert hears(phone, told[3])
    for key in "106":
        phone.press(key)
    assert wait_until(lambda: rig.outcomes[-1] == "Found"), rig.outcomes
    assert hears(phone, rig.recorder.replies[-1].text.partition("。")[0] + "。")


def test_the_line_hangs_up_after_its_goodbye(rig_of: Rigs, phone_of: Phones) -> None:
    """The goodbye is heard to its end, and then the telephone is told that the call is over."""
    rig = rig_of()
    phone = phone_of(rig)
    rig.ear.writes.append("謝謝再見")
    phone.dial()
    assert wait_until(lambda: rig.recorder.replies)
    assert hears(phone, rig.recorder.replies[0].text)
    phone.say(speech(1.0))
    assert wait_until(lambda: rig.outcomes[-1] == "Goodbye"), rig.outcomes
    assert wait_until(lambda: "session closed" in phone.log or "terminated" in phone.log), phone.log
    assert hears(phone, rig.recorder.replies[-1].text, 1)
    assert wait_until(lambda: rig.line.calls == 0)


def test_a_call_on_hold_hears_nothing_and_goes_on_afterwards(
    rig_of: Rigs, phone_of: Phones
) -> None:
    """No datagram is sent while she holds, no turn is taken, and then the line listens again."""
    rig = rig_of(patience=Patience(begin_s=0.8))
    phone = phone_of(rig)
    phone.dial()
    assert wait_until(lambda: rig.recorder.replies)
    assert hears(phone, rig.recorder.replies[0].text)
    phone.tell("hold")
    time.sleep(0.4)
    turns = len(rig.outcomes)
    time.sleep(1.6)
    assert len(rig.outcomes) == turns
    assert wait_until(lambda: phone.receives == 0)
    phone.tell("resume")
    assert wait_until(lambda: len(rig.outcomes) > turns)
    assert wait_until(lambda: phone.receives > 60_000)


def test_without_a_recogniser_that_answers_the_caller_is_sent_to_the_keys(
    rig_of: Rigs, phone_of: Phones
) -> None:
    """It dies in the middle of a call: she is told, the keys work, and nothing else changes."""
    rig = rig_of()
    phone = phone_of(rig)
    phone.dial()
    assert wait_until(lambda: rig.recorder.replies)
    assert hears(phone, rig.recorder.replies[0].text)
    rig.run(rig.ear.die())
    phone.say(speech(1.2))
    assert hears(phone, own("unheard_now") + own("keys_only"))
    assert rig.seen.losses == ["recogniser"]
    for key in "106":
        phone.press(key)
    assert wait_until(lambda: rig.outcomes[-1] == "Found"), rig.outcomes


def test_without_a_voice_the_sound_pack_speaks(rig_of: Rigs, phone_of: Phones) -> None:
    """The clips are heard as they are in the pack, sample for sample: where no voice was set up,
    and where one dies (two lines, side by side)."""
    without, deserted = rig_of(voice=False, ear=False), rig_of(ear=False)
    deserted.run(deserted.voice.die())
    phones = [phone_of(rig) for rig in (without, deserted)]
    for phone in phones:
        phone.dial()
    for text in own("keys_only").rstrip("。").split("。"):
        wanted = from_pcm(shipped().pcm(text)).astype(float)
        assert len(wanted) > RATE // 2
        for phone in phones:
            assert wait_until(
                lambda phone=phone, wanted=wanted: alike(phone.heard, wanted)[0] > SAME, 14, 0.3
            )


def test_what_the_recogniser_recites_is_heard_again_without_its_list(
    rig_of: Rigs, phone_of: Phones
) -> None:
    """It writes two names of its list, then what was said; the caller hears of what she said."""
    rig = rig_of()
    phone = phone_of(rig, number="0227653147")
    rig.ear.writes += ["三重區、新莊區、", "台北市大安區還有口罩嗎"]
    phone.dial()
    assert wait_until(lambda: rig.recorder.replies)
    phone.say(speech(1.6, seed=4))
    assert wait_until(lambda: rig.outcomes == ["Greeting", "Found"]), rig.outcomes
    assert "三重區" in rig.ear.names[0]
    assert rig.ear.names[1] == []
    assert "大安區" in rig.recorder.replies[1].text
