"""Only Twilio is answered."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from twilio.request_validator import RequestValidator

from settings import Settings
from tests.ivr.caller import PUBLIC_URL, TOKEN, Caller
from tests.ivr.conftest import client_of
from tests.ivr.fakes import FakeConversation

ROUTES = ["/ivr/call", "/ivr/turn", "/ivr/turn?state=x", "/ivr/dialled", "/ivr/fallback"]

FORM = {"CallSid": "CA1", "From": "+886227653147", "SpeechResult": "大安區還有口罩嗎 & more"}


def _sign(url: str, form: dict[str, Any] = FORM, token: str = TOKEN) -> dict[str, str]:
    return {"X-Twilio-Signature": RequestValidator(token).compute_signature(url, form)}


@pytest.mark.parametrize("route", ROUTES)
def test_a_signed_request_is_answered(client: FlaskClient, route: str) -> None:
    """What Twilio signed, with the URL as it knows it and every field, is answered with TwiML."""
    response = client.post(route, data=FORM, headers=_sign(PUBLIC_URL + route))
    assert (response.status_code, response.mimetype) == (200, "text/xml")


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Twilio-Signature": ""},
        {"X-Twilio-Signature": "x" * 28},
        {"X-Twilio-Signature": "簽名".encode().decode("latin-1")},
        _sign(PUBLIC_URL + "/ivr/call", token="another-token"),
        _sign("https://other.example/ivr/call"),
    ],
    ids=["none", "empty", "nonsense", "not ascii", "another token", "another host"],
)
def test_an_unsigned_or_wrongly_signed_request_gets_403_and_nothing_else(
    client: FlaskClient, conversation: FakeConversation, route: str, headers: dict[str, str]
) -> None:
    """No word of the service, and no turn is taken."""
    response = client.post(route, data=FORM, headers=headers)
    assert (response.status_code, response.data) == (403, b"")
    assert conversation.asked == []


@pytest.mark.parametrize(
    ("route", "form"),
    [
        ("/ivr/turn?state=b", FORM),
        ("/ivr/turn?state=a&x=1", FORM),
        ("/ivr/call?state=a", FORM),
        ("/ivr/turn?state=a", {**FORM, "SpeechResult": "信義區"}),
        ("/ivr/turn?state=a", {**FORM, "Digits": "0"}),
        ("/ivr/turn?state=a", {"CallSid": "CA1"}),
    ],
)
def test_a_tampered_request_gets_403(client: FlaskClient, route: str, form: dict[str, str]) -> None:
    """A signature fits one URL with one set of fields, and no other."""
    headers = _sign(PUBLIC_URL + "/ivr/turn?state=a")
    assert client.post(route, data=form, headers=headers).status_code == 403


def test_behind_a_proxy_the_public_url_counts(client: FlaskClient) -> None:
    """Where PUBLIC_URL is set the proxy's idea of host and scheme plays no part."""
    headers = {**_sign(PUBLIC_URL + "/ivr/call"), "Host": "10.0.0.7:8000", "X-Forwarded-Proto": "x"}
    assert client.post("/ivr/call", data=FORM, headers=headers).status_code == 200
    headers = {**_sign("http://10.0.0.7:8000/ivr/call"), "Host": "10.0.0.7:8000"}
    assert client.post("/ivr/call", data=FORM, headers=headers).status_code == 403


def test_without_a_public_url_the_url_of_the_request_counts() -> None:
    """A service that Twilio reaches directly needs no PUBLIC_URL."""
    client = client_of(FakeConversation(), Settings(secret_key="k", twilio_auth_token=TOKEN))
    for path in ("/ivr/call", "/ivr/call?from=%E5%8F%B0%20%26"):
        headers = {**_sign(f"http://line.example.tw{path}"), "Host": "line.example.tw"}
        assert client.post(path, data=FORM, headers=headers).status_code == 200


@pytest.mark.parametrize("host", ["line.example.tw:99999", "[::1", "a b", "", "line.example.tw:x"])
def test_a_host_that_makes_no_url_gets_403(host: str) -> None:
    """A broken Host header is no reason for an error of ours."""
    client = client_of(FakeConversation(), Settings(secret_key="k", twilio_auth_token=TOKEN))
    headers = {"X-Twilio-Signature": "x" * 28, "Host": host}
    assert client.post("/ivr/call", data=FORM, headers=headers).status_code == 403


def test_without_a_token_only_this_machine_is_answered() -> None:
    """No TWILIO_AUTH_TOKEN: for trying out on this machine, and refused to all others."""
    client = client_of(FakeConversation(), Settings(secret_key="k"))
    assert client.post("/ivr/call", data=FORM).status_code == 200
    remote = {"REMOTE_ADDR": "192.0.2.7"}
    assert client.post("/ivr/call", data=FORM, environ_overrides=remote).status_code == 403
    forwarded = {"X-Forwarded-For": "192.0.2.7"}
    assert client.post("/ivr/call", data=FORM, headers=forwarded).status_code == 403
    assert client.post("/ivr/call", data=FORM, headers={"Host": "a.example"}).status_code == 403


def test_without_a_token_a_public_service_answers_nobody() -> None:
    """PUBLIC_URL set and the token forgotten: closed, not open."""
    settings = Settings(secret_key="k", public_url=PUBLIC_URL)
    client = client_of(FakeConversation(), settings)
    assert client.post("/ivr/call", data=FORM).status_code == 403
    headers = _sign(PUBLIC_URL + "/ivr/call", token="")
    assert client.post("/ivr/call", data=FORM, headers=headers).status_code == 403


def test_a_body_over_the_limit_is_refused(
    client: FlaskClient, conversation: FakeConversation
) -> None:
    """Nobody makes the service read megabytes; ten thousand characters of speech still fit."""
    form = {"SpeechResult": "好" * 200_000}
    headers = _sign(PUBLIC_URL + "/ivr/call", form)
    response = client.post("/ivr/call", data=form, headers=headers)
    assert (response.status_code, response.data) == (403, b"")
    assert conversation.asked == []
    caller = Caller(client)
    caller.call()
    caller.say("好" * 10_000)
    assert set(conversation.last_turn.text) == {"好"}


@pytest.mark.parametrize("method", ["get", "put", "delete"])
def test_only_post_is_taken(client: FlaskClient, method: str) -> None:
    """A browser that wanders by gets no TwiML."""
    assert client.open("/ivr/call", method=method.upper()).status_code in (403, 405)
