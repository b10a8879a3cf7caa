"""jambonz' webhooks: the same conversations, its verbs, its signature."""

import hmac
import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from conversation.service import Conversation
from ivr.dialling import e164
from ivr.jambonz import blueprint, is_signed
from settings import Settings
from tests import small_feed
from tests.conversations import Recorder, Row, conversations, play
from tests.web.parts import service

SNAPSHOT = small_feed.snapshot()
SECRET = "wh_secret"
SCHEMAS = {
    json.loads(path.read_text())["$id"]: json.loads(path.read_text())
    for path in (Path(__file__).parent / "jambonz_schema").rglob("*.json")
}
REGISTRY: Registry[Any] = Registry().with_resources(
    (name, Resource.from_contents(schema)) for name, schema in SCHEMAS.items()
)


def client_of(conversation: Conversation, **settings: str) -> FlaskClient:
    app = Flask("jambonz")
    chosen = Settings(secret_key="k", jambonz_secret=SECRET, public_url="https://line", **settings)
    app.register_blueprint(blueprint(service(conversation, lambda: SNAPSHOT, settings=chosen)))
    return app.test_client()


def signed(body: bytes, at: float | None = None, secret: str = SECRET) -> str:
    stamp = int(time.time() if at is None else at)
    found = hmac.new(secret.encode(), f"{stamp}.".encode() + body, "sha256").hexdigest()
    return f"t={stamp},v1={found}"


class Caller:
    """A call as jambonz makes it; each answer is held against the published schema."""

    def __init__(self, client: FlaskClient, number: str = "+886912345678") -> None:
        self._client = client
        self._about = {"call_sid": "c1", "from": number, "direction": "inbound"}
        self.verbs: list[dict[str, Any]] = []
        self.post("/jambonz", {})

    def post(self, path: str, more: Mapping[str, object]) -> str:
        body = json.dumps(self._about | dict(more), ensure_ascii=False).encode()
        answer = self._client.post(path, data=body, headers={"Jambonz-Signature": signed(body)})
        assert answer.status_code == 200
        self.verbs = answer.get_json()
        for verb in self.verbs:
            schema = SCHEMAS[f"https://jambonz.org/schema/verbs/{verb['verb']}"]
            Draft202012Validator(schema, registry=REGISTRY).validate(verb)
        first = self.verbs[0]
        return str(first["text"] if first["verb"] == "say" else first["say"]["text"])

    def send(self, more: Mapping[str, object]) -> str:
        link = urlsplit(self.verbs[-1]["actionHook"])
        return self.post(f"{link.path}?{link.query}", more)

    def say(self, words: str) -> str:
        speech = {"is_final": True, "alternatives": [{"transcript": words, "confidence": 0.9}]}
        return self.send({"reason": "speechDetected", "speech": speech})

    def press(self, keys: str) -> str:
        return self.send({"reason": "dtmfDetected", "digits": keys})


@pytest.mark.parametrize("name", conversations())
def test_every_conversation_works_over_jambonz(name: str) -> None:
    """Signed requests in, verbs of its schema out, and each turn finds what it should."""
    recorder = Recorder()
    conversation = Conversation(lambda: SNAPSHOT, lambda: small_feed.NOW, recorder)
    caller = Caller(client_of(conversation))

    def send(row: Row) -> str:
        return caller.say(row.say) if row.say else caller.press(row.keys)

    play(conversations()[name], send, recorder)


def test_a_question_awaits_speech_and_keys_and_names_what_is_likely() -> None:
    """Three keys for a postal code after the greeting; hints; the caller may break in."""
    caller = Caller(client_of(Conversation(lambda: SNAPSHOT, lambda: small_feed.NOW)))
    gather = caller.verbs[0]
    assert gather["verb"] == "gather"
    assert gather["maxDigits"] == 3
    assert gather["bargein"]
    assert gather["dtmfBargein"]
    assert gather["recognizer"]["language"] == "cmn-Hant-TW"
    assert "大安區" in gather["recognizer"]["hints"]


def test_a_person_is_rung_and_nobody_answers() -> None:
    """With a Taiwanese number of ours; afterwards the conversation goes on."""
    conversation = Conversation(lambda: SNAPSHOT, lambda: small_feed.NOW)
    client = client_of(conversation, caller_id="+886227653147", operator_number="02-2395-9825")
    caller = Caller(client)
    caller.press("0")
    dial = caller.verbs[-1]
    assert dial["verb"] == "dial"
    assert dial["target"] == [{"type": "phone", "number": e164("02-2395-9825")}]
    caller.send({"dial_call_status": "no-answer"})
    assert caller.verbs[-1]["verb"] == "gather"


def test_what_is_not_signed_is_refused() -> None:
    """No signature, another secret, another body, an old one: 403 each."""
    client = client_of(Conversation(lambda: SNAPSHOT, lambda: small_feed.NOW))
    body, now = b'{"call_sid": "c"}', time.time()
    for header in (
        "",
        "t=,v1=",
        "v1=abc",
        signed(body, secret="another"),
        signed(b"{}"),
        signed(body, now - 400),
    ):
        answer = client.post("/jambonz", data=body, headers={"Jambonz-Signature": header})
        assert answer.status_code == 403, header
    assert is_signed(body, signed(body, now), SECRET)


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"speech": [], "digits": 1, "from": {}}'])
def test_nonsense_that_is_signed_is_answered_with_the_greeting(body: bytes) -> None:
    """A field that is missing or of another kind is as if nothing was said."""
    client = client_of(Conversation(lambda: SNAPSHOT, lambda: small_feed.NOW))
    answer = client.post("/jambonz", data=body, headers={"Jambonz-Signature": signed(body)})
    assert answer.get_json()[0]["verb"] == "gather"
