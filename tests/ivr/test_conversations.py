"""The shared conversations, played over the telephone: by voice, and where they can, by keys."""

from functools import partial

import pytest

from conversation.service import Conversation
from tests import small_feed
from tests.conversations import Recorder, Row, conversations, play
from tests.ivr.caller import Caller
from tests.ivr.conftest import client_of

MOBILE = "+886912345678"

SNAPSHOT = small_feed.snapshot()


def _caller(recorder: Recorder, number: str = MOBILE) -> Caller:
    conversation = Conversation(lambda: SNAPSHOT, lambda: small_feed.NOW, recorder)
    caller = Caller(client_of(conversation, snapshot=SNAPSHOT), number)
    caller.call()
    return caller


def _send(caller: Caller, row: Row, *, by_keys: bool) -> str:
    if row.keys and (by_keys or not row.say):
        return caller.press(row.keys).said
    return caller.say(row.say).said


@pytest.mark.parametrize("name", conversations())
@pytest.mark.parametrize("by_keys", [False, True], ids=["voice", "keys"])
def test_every_conversation_works_over_the_telephone(name: str, by_keys: bool) -> None:
    """Each turn is a signed request with the state in its URL, and finds what it should."""
    recorder = Recorder()
    caller = _caller(recorder)
    play(conversations()[name], partial(_send, caller, by_keys=by_keys), recorder)


def test_the_callers_area_code_settles_which_district_is_meant() -> None:
    """大安區 from 02 is 台北's, from 04 台中's, without a question."""
    for number, county in (("+886227653147", "台北市"), ("+886423720000", "台中市")):
        recorder = Recorder()
        _caller(recorder, number).say("大安區還有口罩嗎")
        assert recorder.replies[-1].outcome.pharmacy.district.county.name == county


def test_silence_is_never_answered_with_the_same_words_twice() -> None:
    """Nothing heard: other words each time, until the line says goodbye."""
    caller = _caller(Recorder())
    said = [caller.answer.said]
    while "Hangup" not in caller.answer.verbs:
        assert len(said) < 12, "the call never ends"
        said.append(caller.keep_silent().said)
        assert said[-1] != said[-2]


def test_the_greeting_waits_for_a_postal_code_and_an_answer_for_one_key() -> None:
    """As many keys as the next thing the caller may press has."""
    caller = _caller(Recorder())
    assert caller.answer.gather is not None
    assert caller.answer.gather.attrib["numDigits"] == "3"
    answer = caller.press("970")
    assert answer.gather is not None
    assert answer.gather.attrib["numDigits"] == "1"
    assert "洄瀾藥局" in answer.hints


def test_slower_lasts_for_the_call() -> None:
    """「慢一點」 holds for everything that follows."""
    caller = _caller(Recorder())
    caller.press("970")
    assert caller.answer.root.find("Gather/Say/prosody") is None
    caller.say("慢一點")
    assert caller.say("地址").root.find("Gather/Say/prosody") is not None


def test_a_lost_state_is_greeted_with_the_callers_area_code() -> None:
    """Who is thrown back to the start is still where she calls from."""
    recorder = Recorder()
    caller = _caller(recorder, "+886423720000")
    caller.url = caller.url.split("?")[0]
    caller.say("下一家")
    assert type(recorder.replies[-1].outcome).__name__ == "Greeting"
    caller.say("大安區還有口罩嗎")
    assert recorder.replies[-1].outcome.pharmacy.district.county.name == "台中市"


def test_after_a_talk_the_line_says_goodbye() -> None:
    """A finished transfer arrives at the conversation as the wish to stop."""
    recorder = Recorder()
    caller = _caller(recorder)
    caller.url = caller.url.replace("/turn?", "/dialled?")
    assert caller.after_dial("completed").verbs == ["Say", "Hangup"]
    assert type(recorder.replies[-1].outcome).__name__ == "Goodbye"


def test_nobody_answers_and_the_call_goes_on() -> None:
    """A busy line is told, and the conversation listens again."""
    recorder = Recorder()
    caller = _caller(recorder)
    caller.url = caller.url.replace("/turn?", "/dialled?")
    assert caller.after_dial("busy").gather is not None
    assert type(recorder.replies[-1].outcome).__name__ == "NoAnswer"
