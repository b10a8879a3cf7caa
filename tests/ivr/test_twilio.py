"""The hotline's routes: which turn is taken with which state, and what a failing turn says."""

import logging
from dataclasses import replace

import pytest
import time_machine
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from ivr.twilio import channel_of
from shared.dialog.values import Reply, State, Utterance
from shared.outcomes import Goodbye, Help, ToPerson
from tests.ivr.caller import PUBLIC_URL, Answer, Caller
from tests.ivr.conftest import SETTINGS, client_of
from tests.ivr.fakes import FakeConversation
from web.seal import LIFETIME_SECONDS, StateSeal


def test_a_call_takes_an_opening_turn(client: FlaskClient, conversation: FakeConversation) -> None:
    """No state, the area code of the caller, and the name of the call."""
    Caller(client, "+886423720000", CallSid="CA7").call()
    turn = Utterance(opens=True, area_code="04")
    assert conversation.asked == [(None, turn, channel_of(SETTINGS))]


def test_a_later_turn_takes_the_state_along(
    client: FlaskClient, conversation: FakeConversation
) -> None:
    """The state goes out in the action URL and comes back with what was said."""
    caller = Caller(client)
    caller.call()
    conversation.state = State(place="台中市大安區", at=1)
    caller.say("大安區還有口罩嗎")
    assert conversation.last_state == State(place="台北市大安區")
    assert conversation.last_turn == Utterance(
        text="大安區還有口罩嗎", caller=caller.form["From"], person="+886227653147"
    )
    caller.press("1")
    assert conversation.last_state == State(place="台中市大安區", at=1)
    assert conversation.last_turn == Utterance(
        keys="1", caller=caller.form["From"], person="+886227653147"
    )
    caller.keep_silent()
    assert conversation.last_turn == Utterance(caller=caller.form["From"], person="+886227653147")


def test_the_urls_are_below_the_public_url(client: FlaskClient) -> None:
    """Twilio is told the address it can reach, not the one behind the proxy."""
    answer = Caller(client).call()
    assert answer.next_url.startswith(f"{PUBLIC_URL}/ivr/turn?state=")


def test_without_a_public_url_the_urls_are_relative() -> None:
    """Twilio then completes them with the address that it called."""
    client = client_of(FakeConversation(), replace(SETTINGS, public_url="", twilio_auth_token=""))
    response = client.post("/ivr/call")
    assert Answer(response.text).next_url.startswith("/ivr/turn?state=")


@pytest.mark.parametrize(
    "state",
    ["", "forged", StateSeal("another key", "ivr").seal(State(place="台中市大安區"))],
    ids=["none", "forged", "signed by another"],
)
def test_a_forged_state_is_greeted(
    client: FlaskClient, conversation: FakeConversation, state: str
) -> None:
    """As a new call, whatever was said with it."""
    caller = Caller(client, CallSid="CA7")
    caller.url = f"{PUBLIC_URL}/ivr/turn?state={state}"
    caller.say("下一家")
    assert conversation.last_state is None
    assert conversation.last_turn == Utterance(opens=True, area_code="02")


def test_an_expired_state_is_greeted(client: FlaskClient, conversation: FakeConversation) -> None:
    """A URL from an old log starts anew."""
    with time_machine.travel(1_583_205_820, tick=False) as clock:
        caller = Caller(client)
        caller.call()
        clock.shift(LIFETIME_SECONDS + 1)
        caller.say("下一家")
    assert conversation.last_state is None
    assert conversation.last_turn.opens


def test_a_hash_is_only_disarmed_after_a_postal_code(client: FlaskClient) -> None:
    """Once, for the answer to the three keys; otherwise # is a key."""
    caller = Caller(client)
    finish = []
    for keys in ("1", "106", "1"):
        caller.call()
        gather = caller.press(keys).gather
        assert gather is not None
        finish.append(gather.attrib["finishOnKey"])
    assert finish == ["", "#", ""]


def test_a_person_is_rung_and_the_call_goes_on_when_nobody_answers() -> None:
    """Busy, no answer, failed: the conversation hears of it, with the state it had."""
    ringing = Reply(ToPerson("0289781234", True), "馬上轉接。", listens=False, rings="0289781234")
    conversation = FakeConversation(reply=ringing)
    caller = Caller(client_of(conversation, replace(SETTINGS, caller_id="+886277777777")))
    answer = caller.call()
    assert answer.verbs == ["Say", "Dial"]
    assert answer.next_url.startswith(f"{PUBLIC_URL}/ivr/dialled?state=")
    conversation.reply = Reply(Help(), "沒有人接，還要找別的嗎？")
    assert caller.after_dial("no-answer").gather is not None
    assert conversation.asked[-1][:2] == (State(place="台北市大安區"), Utterance(unanswered=True))


def test_after_a_talk_the_conversation_ends() -> None:
    """The two have spoken; the line says goodbye."""
    ringing = Reply(ToPerson("0289781234", True), "馬上轉接。", listens=False, rings="0289781234")
    conversation = FakeConversation(reply=ringing)
    caller = Caller(client_of(conversation))
    caller.call()
    conversation.reply = Reply(Goodbye(), "再見。", listens=False)
    assert caller.after_dial("completed").verbs == ["Say", "Hangup"]
    assert conversation.last_turn == Utterance(hung_up=True)


def test_whatever_goes_wrong_the_caller_hears_one_calm_sentence(
    client: FlaskClient, conversation: FakeConversation, caplog: pytest.LogCaptureFixture
) -> None:
    """Status 200, the operator's number, and a log line without the caller's words or number."""
    caller = Caller(client)
    caller.call()
    url = caller.url
    conversation.fault = RuntimeError("cannot make sense of 我姓王住大安區, +886227653147")
    with caplog.at_level(logging.INFO):
        answer = caller.say("我姓王住大安區")
    assert answer.verbs == ["Say", "Hangup"]
    assert "一九二二" in answer.said
    caller.url = f"{PUBLIC_URL}/ivr/fallback"
    assert caller.post().document == answer.document
    (record,) = [record for record in caplog.records if record.levelno >= logging.ERROR]
    text = caplog.text
    assert "RuntimeError" in record.getMessage()
    assert "take:" in record.getMessage(), "the line tells where it happened"
    for secret in ("王", "大安", "27653147", url.split("state=")[1]):
        assert secret not in text


def test_the_fallback_asks_nothing_and_nobody(conversation: FakeConversation) -> None:
    """It was made at the start, and still answers when everything else fails."""
    conversation.fault = RuntimeError()
    caller = Caller(client_of(conversation, replace(SETTINGS, operator_number="0289781234")))
    caller.url = f"{PUBLIC_URL}/ivr/fallback"
    answer = caller.post(ErrorCode="11200", ErrorUrl=f"{PUBLIC_URL}/ivr/call")
    assert conversation.asked == []
    assert "零二" in answer.said
    assert "一二三四" in answer.said


def test_the_answer_is_twilios_xml(client: FlaskClient) -> None:
    """In UTF-8, and said to be so."""
    caller = Caller(client)
    signature = caller.validator.compute_signature(f"{PUBLIC_URL}/ivr/call", {})
    response = client.post("/ivr/call", headers={"X-Twilio-Signature": signature})
    assert response.headers["Content-Type"] == "text/xml; charset=utf-8"


FIELDS = st.dictionaries(
    st.sampled_from(["SpeechResult", "Digits", "From", "CallSid", "DialCallStatus", "Confidence"]),
    st.one_of(
        st.text(st.characters(exclude_categories=["Cs"]), max_size=300),
        st.text("0123456789*#+", max_size=20),
        st.sampled_from(["\x00", "😷" * 50, "大安區還有口罩嗎", "-1", "1e999", "好" * 2_000]),
    ),
)


@given(route=st.sampled_from(["call", "turn", "dialled", "fallback"]), fields=FIELDS)
@settings(max_examples=150, deadline=None)
def test_absurd_fields_get_a_normal_reply(route: str, fields: dict[str, str]) -> None:
    """Any fields, missing or absurd: 200, valid TwiML, something said."""
    caller = Caller(client_of(FakeConversation()))
    caller.url = f"{PUBLIC_URL}/ivr/{route}"
    caller.form = {}
    assert caller.post(**fields).said.strip()
