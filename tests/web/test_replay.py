"""A request that is sent again: its answer comes again, and nothing else has changed."""

import base64
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from conversation.memory import Memory, memory_texts
from conversation.service import Conversation
from ivr import twilio
from settings import Settings
from skills.alexa import webhook as alexa
from skills.dialogflow import webhook as dialogflow
from tests.ivr.caller import PUBLIC_URL, TOKEN, Caller
from tests.skills.alexa.envelopes import encode, envelope, intent, session
from tests.small_feed import NOW, snapshot
from tests.web.parts import service

SMALL = snapshot()


@pytest.fixture
def client(tmp_path: Path) -> FlaskClient:
    """All webhooks, with the memory on."""
    memory = Memory(memory_texts("", tmp_path / "memory.sqlite"), "key")
    conversation = Conversation(
        lambda: SMALL, lambda: NOW, lambda *_: None, memory=memory, seeds=iter(range(99))
    )
    settings = Settings(secret_key="key", dialogflow_token=TOKEN)
    hotline = Settings(secret_key="key", twilio_auth_token=TOKEN, public_url=PUBLIC_URL)
    app = Flask("replayed")
    app.register_blueprint(twilio.blueprint(service(conversation, lambda: SMALL, settings=hotline)))
    app.register_blueprint(alexa.blueprint(service(conversation, settings=settings)))
    app.register_blueprint(dialogflow.blueprint(service(conversation, settings=settings)))
    return app.test_client()


def _kept(folder: Path) -> list[object]:
    with closing(sqlite3.connect(folder / "memory.sqlite")) as kept:
        return kept.execute("SELECT * FROM kept").fetchall()


def test_a_signed_turn_of_twilio(client: FlaskClient, tmp_path: Path) -> None:
    """Sent five times more: the same words, the memory as it was, and the call goes on."""
    caller = Caller(client)
    caller.call()
    asked = caller.url
    first = caller.say("台北市大安區還有口罩嗎")
    goes_on, kept = caller.url, _kept(tmp_path)
    for _ in range(5):
        caller.url = asked
        again = caller.say("台北市大安區還有口罩嗎")
        assert (again.said, again.verbs) == (first.said, first.verbs)
    assert _kept(tmp_path) == kept != []
    caller.url = goes_on
    assert caller.press("2").said != first.said


def test_the_first_request_of_a_call(client: FlaskClient) -> None:
    """Twilio sends it again where it got no answer: the same greeting."""
    caller = Caller(client)
    assert len({caller.call().said for _ in range(3)}) == 1


def test_a_request_of_alexa(client: FlaskClient) -> None:
    """Within the 150 seconds in which Amazon's signature counts."""
    body = encode(envelope(intent("AMAZON.HelpIntent"), NOW, session=session({})))
    answers = [client.post("/alexa", data=body).json for _ in range(3)]
    assert answers[0]["response"] == answers[1]["response"] == answers[2]["response"]


def test_a_request_of_dialogflow(client: FlaskClient) -> None:
    """The state is in the request, so the answer is too."""
    state = json.dumps({"place": "台北市大安區"})
    context = {
        "name": "projects/p/agent/sessions/s/contexts/mask-line-state",
        "parameters": {"state": state},
    }
    body = {
        "session": "projects/p/agent/sessions/s",
        "queryResult": {"queryText": "還有口罩嗎", "outputContexts": [context]},
    }
    headers = {"Authorization": "Basic " + base64.b64encode(f"u:{TOKEN}".encode()).decode()}
    answers = [client.post("/dialogflow", json=body, headers=headers) for _ in range(3)]
    assert answers[0].status_code == 200
    assert len({answer.text for answer in answers}) == 1
