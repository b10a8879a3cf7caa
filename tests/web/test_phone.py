"""The browser phone's routes: a turn as JSON, the plain page, and whatever a browser may send."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from conversation.service import Conversation
from shared.catalog import Snapshot
from shared.dialog.values import State
from tests.conversations import Recorder, Row, conversations, play
from tests.small_feed import NOW, snapshot
from tests.web.parts import service
from web import phone
from web.middleware import wrap
from web.phone import BODY_LIMIT
from web.seal import StateSeal

SMALL = snapshot()

FOREIGN = StateSeal("key", "ivr").seal(State(place="台中市大安區"))
"""Of another channel."""


def _client(recorder: Recorder, of: Snapshot | None = SMALL) -> FlaskClient:
    app = Flask(__name__, static_folder=None)
    conversation = Conversation(lambda: of, lambda: NOW, recorder)
    app.register_blueprint(phone.blueprint(service(conversation)))
    wrap(app, "1922", machines=("/phone",))
    return app.test_client()


@pytest.fixture
def recorder() -> Recorder:
    """What the conversation answered."""
    return Recorder()


@pytest.fixture
def client(recorder: Recorder) -> FlaskClient:
    """The phone, on the small feed."""
    return _client(recorder)


@pytest.mark.parametrize("name", sorted(conversations()))
def test_every_conversation_is_held(client: FlaskClient, recorder: Recorder, name: str) -> None:
    """The same conversations as on every channel, by key where a row has one."""
    state = client.post("/phone", json={"lang": "zh-TW"}).json["state"]

    def say(row: Row) -> str:
        nonlocal state
        words = {"keys": row.keys} if row.keys else {"heard": row.say}
        answer = client.post("/phone", json={"state": state, "lang": "zh-TW", **words}).json
        state = answer["state"]
        return str(answer["text"])

    play(conversations()[name], say, recorder)


@pytest.mark.parametrize("forged", ["x", "." * 900, "\x00\ud800台", FOREIGN, 7, None, ["state"]])
def test_a_forged_state_begins_anew(client: FlaskClient, forged: object) -> None:
    """Greeted as a new caller; no error, and nothing of the forgery is kept."""

    answer = client.post("/phone", json={"state": forged})
    assert answer.status_code == 200
    assert answer.json["outcome"] == "Greeting"


@pytest.mark.parametrize(
    "asked",
    [
        {"heard": "口" * 10_000},
        {"heard": "\ud800\x00", "state": "\ud800", "number": "\ud800", "lang": "\ud800"},
        {"keys": "7" * 10_000},
        {"state": "x" * 10_000, "number": "9" * 10_000},
        {"heard": {"a": 1}, "keys": 7, "number": [], "state": None, "lang": True},
        [],
        "text",
    ],
)
def test_whatever_is_sent_is_answered(client: FlaskClient, asked: object) -> None:
    """A sentence comes back, whatever a page or a script posts."""
    answer = client.post("/phone", json=asked)
    assert answer.status_code == 200
    assert answer.json["text"].strip()


def test_a_flood_is_refused(client: FlaskClient) -> None:
    """A body over the limit is not read."""
    body = {"heard": "x" * BODY_LIMIT}
    assert client.post("/", data=body).status_code == 413


def test_the_plain_page_holds_a_conversation(client: FlaskClient, recorder: Recorder) -> None:
    """Without scripts: the state goes along in the form, and a key can be typed."""
    asked = {"lang": "zh-TW", "heard": "台北市大安區還有口罩嗎"}
    page = client.post("/", data=asked).text
    state = page.split('name="state" value="')[1].split('"')[0]
    page = client.post("/", data={"lang": "zh-TW", "heard": "2", "state": state}).text
    assert type(recorder.replies[-1].outcome).__name__ == "AddressTold"
    assert recorder.replies[-1].text in page


def test_without_a_feed_the_caller_is_told_whom_to_ring(recorder: Recorder) -> None:
    """Calm words and the operator's number; no error."""
    answer = _client(recorder, None).post("/phone", json={}).json
    assert answer["outcome"] == "NoData"


def test_the_page_is_light_and_loads_nothing_from_elsewhere(client: FlaskClient) -> None:
    """Under 300 KB with all it needs; its policy lets no other host nor inline script in."""
    page = client.get("/")
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    size = len(page.data)
    for kind in ("css", "js"):
        with client.get(f"/phone/static/phone.{kind}") as file:
            assert file.status_code == 200
            size += len(file.data)
    assert size < 300_000
