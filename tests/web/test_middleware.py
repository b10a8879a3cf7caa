"""What holds for every response: headers, sizes, calm words; and the limits, on every channel."""

import base64
import json
import logging
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from settings import Settings
from skills.alexa.skill import SPEAKER
from skills.dialogflow.webhook import SESSION
from tests.ivr.caller import PUBLIC_URL, TOKEN, Caller
from tests.skills.alexa.envelopes import encode, envelope, intent, session
from tests.small_feed import NOW
from tests.web.parts import service
from web import phone
from web.middleware import BODY_LIMIT, wrap
from web.rate_limit import ADDRESS, API, CALL, TURN

STRANGER = {"REMOTE_ADDR": "203.0.113.7"}

OPEN = Settings(secret_key="key")
PUBLIC = Settings(
    secret_key="key",
    public_url=PUBLIC_URL,
    twilio_auth_token=TOKEN,
    dialogflow_token="token",
    trusted_proxies=1,
)


def _app(settings: Settings, folder: Path) -> Flask:
    app = create_app(replace(settings, data_dir=str(folder)))
    app.testing = True
    return app


@pytest.fixture
def here(tmp_path: Path) -> FlaskClient:
    """The whole service on this machine, no secret set."""
    return _app(OPEN, tmp_path).test_client()


@pytest.fixture
def public(tmp_path: Path) -> FlaskClient:
    """The whole service behind one proxy."""
    return _app(PUBLIC, tmp_path).test_client()


@pytest.mark.parametrize("path", ["/", "/api", "/healthz", "/phone/static/phone.js", "/nothing"])
def test_every_response_is_guarded(public: FlaskClient, path: str) -> None:
    """No foreign script, no frame, no guessing of types, no trace in other sites' logs."""
    with public.get(path) as response:
        headers = response.headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Strict-Transport-Security"].startswith("max-age=31536000")
    assert len(headers.getlist("Content-Security-Policy")) == 1


def test_without_https_none_is_promised(here: FlaskClient) -> None:
    """A browser that was told so once would not come back to http://127.0.0.1."""
    assert "Strict-Transport-Security" not in here.get("/").headers


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/phone"),
        ("POST", "/"),
        ("POST", "/ivr/call"),
        ("GET", "/operator"),
        ("GET", "/operator/live.json"),
        ("GET", "/api/v1/ask?q=大安區"),
        ("GET", "/api/v1/resolve?heard=大安區"),
        ("GET", "/api/v1/nothing"),
        ("GET", "/nothing"),
    ],
)
def test_no_answer_to_somebody_is_kept_on_the_way(
    here: FlaskClient, method: str, path: str
) -> None:
    """A state, somebody's words, live figures, a fault: neither a browser nor a proxy keeps it."""
    assert here.open(path, method=method).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("lang", "words"), [("zh-TW", "首頁"), ("en-US", "first page"), ("ja-JP", "最初のページ")]
)
def test_a_wrong_address_is_answered_in_the_language_of_the_page(
    here: FlaskClient, lang: str, words: str
) -> None:
    """Asked for in the address, or by the browser."""
    for response in (
        here.get(f"/nothing?lang={lang}"),
        here.get("/nothing", headers={"Accept-Language": lang, "Accept": "text/html"}),
    ):
        assert response.status_code == 404
        assert words in response.text
        assert response.mimetype == "text/html"


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/nothing", b"", 404),
        ("GET", "/phone", b"", 405),
        ("POST", "/", b"heard=" + b"x" * BODY_LIMIT, 413),
        ("POST", "/api/v1/ask", b"q=x", 405),
        ("GET", "/json/nothing", b"", 404),
    ],
)
def test_json_is_answered_with_json(
    here: FlaskClient, method: str, path: str, body: bytes, status: int
) -> None:
    """A program reads the status and a sentence, as RFC 9457 has them."""
    response = here.open(
        path,
        method=method,
        data=body,
        content_type="application/x-www-form-urlencoded",
        headers={"Accept": "application/json"},
    )
    assert response.status_code == status
    assert response.mimetype == "application/problem+json"
    assert response.json["status"] == status
    assert response.json["detail"].strip()


def test_a_fault_of_ours_is_calm_and_tells_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """No traceback on the page; in the log its kind and place, and not what was said."""
    app = _app(OPEN, tmp_path)

    @app.get("/broken")
    def broken() -> str:
        raise ValueError("what the caller said")

    with caplog.at_level(logging.INFO):
        response = app.test_client().get("/broken")
    assert response.status_code == 500
    assert "1922" in response.text
    assert "Traceback" not in response.text
    assert "broken" in caplog.text
    assert "ValueError" in caplog.text
    assert "what the caller said" not in caplog.text


@pytest.mark.parametrize("query", ["a=\r\nX-Evil: b", "a=\x00", "a=\xe5\x8d"])
def test_a_query_that_is_no_text_is_no_fault_of_ours(query: str, public: FlaskClient) -> None:
    """Whoever writes two slashes is sent to where one stands, with the query made harmless."""
    environ = {"QUERY_STRING": query, "REQUEST_METHOD": "POST", "PATH_INFO": "/ivr//call"}
    answer = public.open(environ_overrides=environ)
    assert answer.status_code == 308
    assert urlsplit(answer.headers["Location"]).path == "/ivr/call"
    assert answer.headers["Location"].isprintable()
    assert "X-Evil" not in answer.headers


def test_a_proxy_tells_who_asks(public: FlaskClient) -> None:
    """Behind one, each address has its own limit; who is refused is told when to come back."""
    mine, other = {"X-Forwarded-For": "203.0.113.7"}, {"X-Forwarded-For": "198.51.100.1"}
    for _ in range(ADDRESS.most.amount):
        assert public.post("/phone", json=[], headers=mine).status_code == 200
    refused = public.post("/phone", json=[], headers=mine)
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) == ADDRESS.seconds
    assert public.post("/phone", json=[], headers=other).status_code == 200
    page = public.get("/", headers=mine | {"Accept": "text/html"})
    assert page.status_code == 429
    assert "1922" in page.text


def test_a_forwarded_loopback_opens_nothing(tmp_path: Path) -> None:
    """With a proxy trusted, X-Forwarded-For: 127.0.0.1 is still not somebody at this machine."""
    client = _app(replace(OPEN, trusted_proxies=1), tmp_path).test_client()
    for path in ("/ivr/call", "/alexa", "/dialogflow"):
        forged = client.post(path, headers={"X-Forwarded-For": "127.0.0.1"})
        assert forged.status_code == 403, path


def test_the_api_has_a_limit(here: FlaskClient) -> None:
    """As RFC 9457 tells it, with the time to wait."""
    path = "/api/v1/pharmacies/none"
    for _ in range(API.most.amount):
        assert here.get(path, environ_base=STRANGER).status_code == 404
    refused = here.get(path, environ_base=STRANGER)
    assert refused.status_code == 429
    assert refused.mimetype == "application/problem+json"
    assert int(refused.headers["Retry-After"]) == API.seconds
    assert here.get(path).status_code == 404


def test_a_call_that_asks_too_often_hears_so(public: FlaskClient) -> None:
    """Words and the end of the call, never silence; other calls go on."""
    caller = Caller(public, CallSid="CA" + "7" * 32)
    caller.call()
    url = caller.url
    for _ in range(TURN.most.amount - 1):
        caller.url = url
        assert caller.press("*").gather is not None
    caller.url = url
    refused = caller.press("*")
    assert "1922" in refused.said.replace("一九二二", "1922")
    assert refused.verbs[-1] == "Hangup"
    assert Caller(public, CallSid="CA" + "8" * 32).call().gather is not None


def test_a_telephone_that_calls_too_often_hears_so(public: FlaskClient) -> None:
    """By its number; withheld numbers are nobody's, and a replayed request is no new call."""
    for call in range(CALL.most.amount):
        caller = Caller(public, "+886912345678", CallSid=f"CA{call:032}")
        for _ in range(2):
            assert caller.call().gather is not None
    refused = Caller(public, "+886912345678", CallSid="CA" + "9" * 32).call()
    assert refused.verbs == ["Say", "Hangup"]
    for call in range(CALL.most.amount + 1):
        withheld = Caller(public, "+266696687", CallSid=f"CB{call:032}")
        assert withheld.call().gather is not None


def test_a_speaker_that_asks_too_often_hears_so(here: FlaskClient) -> None:
    """By the account, in the language of the speaker."""
    body = encode(envelope(intent("AMAZON.HelpIntent"), NOW, locale="ja-JP", session=session({})))
    for _ in range(SPEAKER.most.amount):
        assert "sessionAttributes" in here.post("/alexa", data=body).json
    response = here.post("/alexa", data=body).json["response"]
    assert "お電話ください" in response["outputSpeech"]["ssml"]
    assert response["shouldEndSession"] is True


def test_a_session_that_asks_too_often_is_told_so(public: FlaskClient) -> None:
    """By the session of Dialogflow."""
    body = {"session": "projects/p/agent/sessions/s", "queryResult": {"queryText": "你好"}}
    headers = {"Authorization": "Basic " + base64.b64encode(b"u:token").decode()}
    answers = [
        public.post("/dialogflow", data=json.dumps(body), headers=headers)
        for _ in range(SESSION.most.amount + 1)
    ]
    assert all(answer.status_code == 200 for answer in answers)
    assert "很多人" in answers[-1].json["fulfillmentText"]
    assert "很多人" not in answers[-2].json["fulfillmentText"]


def test_the_browser_phone_stays_calm(tmp_path: Path) -> None:
    """Whatever goes wrong in a turn, a sentence comes back, and whom to ring."""

    class Breaks:
        def take(self, *_: object) -> None:
            raise RuntimeError

    app = Flask("phone", static_folder=None)
    app.register_blueprint(phone.blueprint(service(Breaks())))
    wrap(app, "1922", machines=("/phone",))
    client = app.test_client()
    answer = client.post("/phone", json={"lang": "en-US"})
    assert answer.status_code == 200
    assert "1922" in answer.json["text"].replace(" ", "")
    assert not answer.json["listens"]
    assert client.post("/", data={}).status_code == 200
