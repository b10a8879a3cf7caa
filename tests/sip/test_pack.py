"""The sound pack: what a newcomer hears, and that its clips still say what is said."""

import numpy as np

from checks.sound_pack import faults
from conversation.service import Conversation
from shared.clock import taipei_now
from shared.dialog.values import Channel, Utterance
from shared.feed.load import load_demo
from sip.pack import shipped
from sip.sayable import sayable
from sip.sound import from_pcm
from sip.texts import own


def test_no_clip_says_what_is_said_no_more_and_nothing_essential_is_lacking() -> None:
    """A reworded sentence leaves a clip behind that would be heard by nobody, or wrongly."""
    assert faults() == []


def test_the_greeting_of_a_newcomers_first_call_is_whole() -> None:
    """Of the demo feed; and what the keys are for."""
    snapshot = load_demo(taipei_now()).snapshot
    conversation = Conversation(lambda: snapshot, taipei_now)
    _, reply = conversation.take(None, Utterance(opens=True), Channel("sip", keys=True))
    assert shipped().covers(reply.text), shipped().pieces(reply.text)
    assert shipped().covers(own("keys_only"))


def test_an_answer_of_the_demo_feed_names_place_pharmacy_and_count() -> None:
    """By a postal code alone; every name of that feed is made of characters that have clips."""
    snapshot = load_demo(taipei_now()).snapshot
    conversation = Conversation(lambda: snapshot, taipei_now)
    channel = Channel("sip", keys=True)
    state, _ = conversation.take(None, Utterance(opens=True), channel)
    _, reply = conversation.take(state, Utterance(keys="106"), channel)
    said = sayable(reply, shipped().covers, own("this_pharmacy")).partition("。")[0]
    assert shipped().covers(said), shipped().pieces(said)


def test_clips_are_as_loud_as_each_other_and_none_is_clipped() -> None:
    """No caller turns her telephone up for one word and down for the next."""
    pack = shipped()
    loud = []
    for text in ("大安區", "一", "五十", "藥局", own("keys_only").partition("。")[0]):
        samples = from_pcm(pack.pcm(text))
        assert np.abs(samples).max() < 0.95, text
        voiced = samples[np.abs(samples) > 0.1 * np.abs(samples).max()]
        loud.append(20 * np.log10(np.sqrt(np.mean(voiced**2))))
    assert max(loud) - min(loud) < 4, loud
