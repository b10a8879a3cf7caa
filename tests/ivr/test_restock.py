"""Told of a restock by telephone: one call, whatever happened to the first try; and who may ask."""

import logging
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest
import requests
from pytest_httpserver import HTTPServer
from twilio.http import HttpClient
from twilio.http.response import Response

from ivr.restock import teller
from ivr.turns import later_turn
from ivr.twilio import channel_of
from restock.values import NotTold, Telling
from settings import Settings
from shared.outcomes import Restocked
from tests.products import ADULT
from tests.small_world import CATALOG

HOTLINE = Settings(
    secret_key="secret",
    twilio_auth_token="token",
    twilio_account_sid="AC" + "1" * 32,
    caller_id="+886227653147",
    restock=True,
)
CALLS = f"/2010-04-01/Accounts/{HOTLINE.twilio_account_sid}/Calls.json"
NUMBER = "+886912345678"
TELLING = Telling(
    address=NUMBER,
    key="8d0c1ab4-2f5b-4f0e-9d52-2b9d5b0f6a61",
    made=1583205720,
    again=False,
    locale="zh-TW",
    outcome=Restocked(CATALOG.by_id["9001060001"], ADULT, 200),
)


class Loopback(HttpClient):
    """Twilio's own client, whose requests go to a server of the test's."""

    def __init__(self, url: str) -> None:
        super().__init__(logging.getLogger(__name__), False, None)
        self._url = url

    def request(self, method: str, url: str, **asked: Any) -> Response:  # type: ignore[override]
        there = self._url + urlsplit(url).path
        wanted = {name: asked.get(name) for name in ("params", "data", "auth")}
        answer = requests.request(method, there, timeout=5, **wanted)
        return Response(answer.status_code, answer.text)


@pytest.fixture
def http(httpserver: HTTPServer) -> Loopback:
    return Loopback(httpserver.url_for("").rstrip("/"))


def test_a_call_says_it_once_and_ends(httpserver: HTTPServer, http: Loopback) -> None:
    """From our number to hers: who rings, what there is, how to have no more, then the end."""
    httpserver.expect_request(CALLS, "POST").respond_with_json({"sid": "CA1"}, status=201)
    teller(HOTLINE, http)(TELLING)
    ((request, _),) = httpserver.log
    form = {name: values[0] for name, values in parse_qs(request.get_data(as_text=True)).items()}
    assert (form["To"], form["From"]) == (NUMBER, "+886227653147")
    twiml = ElementTree.fromstring(form["Twiml"])
    assert [verb.tag for verb in twiml] == ["Pause", "Say", "Hangup"]
    words = twiml[1].text or ""
    assert words.startswith("您好，這裡是口罩專線")
    assert "信義藥局補貨了" in words
    assert "兩百片" in words
    assert "取消通知" in words
    assert NUMBER not in words


@pytest.mark.parametrize("rung", [True, False])
def test_a_second_try_asks_whether_it_rang(
    httpserver: HTTPServer, http: Loopback, rung: bool
) -> None:
    """Who told her was killed: Twilio knows whether the call was made, and she is rung once."""
    found = {"calls": [{"sid": "CA1"}] if rung else [], "page": 0, "page_size": 1}
    httpserver.expect_request(CALLS, "GET").respond_with_json(found)
    httpserver.expect_request(CALLS, "POST").respond_with_json({"sid": "CA2"}, status=201)
    teller(HOTLINE, http)(replace(TELLING, again=True))
    methods = [request.method for request, _ in httpserver.log]
    assert methods == (["GET"] if rung else ["GET", "POST"])
    assert httpserver.log[0][0].args["To"] == NUMBER
    assert httpserver.log[0][0].args["StartTime>"].startswith("2020-03-03")


@pytest.mark.parametrize(("status", "gone"), [(400, True), (429, False), (500, False)])
def test_what_twilio_refuses_is_told_of(
    httpserver: HTTPServer, http: Loopback, status: int, gone: bool
) -> None:
    """A number that is none is given up; everything else is tried again."""
    fault = {"code": 21211, "message": "no", "status": status}
    httpserver.expect_request(CALLS, "POST").respond_with_json(fault, status=status)
    with pytest.raises(NotTold) as told:
        teller(HOTLINE, http)(TELLING)
    assert told.value.gone is gone


@pytest.mark.parametrize(
    ("settings", "notifies"),
    [
        (HOTLINE, "ring"),
        (replace(HOTLINE, restock=False), ""),
        (replace(HOTLINE, caller_id="+12025550123"), ""),
        (replace(HOTLINE, caller_id=""), ""),
        (replace(HOTLINE, twilio_account_sid=""), ""),
    ],
)
def test_only_a_taiwanese_number_rings_back(settings: Settings, notifies: str) -> None:
    """From abroad it would open with a fraud warning; then the line says that it cannot."""
    assert channel_of(settings).notifies == notifies


@pytest.mark.parametrize(
    ("caller", "person"),
    [(NUMBER, NUMBER), ("+81312345678", ""), ("anonymous", ""), ("", ""), ("+266696687", "")],
)
def test_only_a_taiwanese_telephone_is_rung(caller: str, person: str) -> None:
    """A withheld number and one abroad cannot be told later."""
    assert later_turn({"From": caller, "SpeechResult": "有貨通知我"}).person == person
