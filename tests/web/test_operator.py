"""The operator's routes: who may see them, and what they hold."""

import html
import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer

from app import create_app
from intents.contract import LOCALES
from settings import Settings
from shared import outcomes
from shared.catalog import Snapshot
from tests.small_feed import NOW, snapshot
from tests.web.figures import figures
from web import operator
from web.labels import labels
from web.operator import BODY_LIMIT
from web.operator_login import COOKIE, LIFETIME_SECONDS, TRY, Login
from web.rate_limit import Limits

KEY = "key"
PASSWORD = "菊花茶 forty-two"
ROUTES = ("/operator", "/operator/live.json", "/operator/places.json", "/operator/stock.json")
ELSEWHERE = {"REMOTE_ADDR": "192.0.2.7"}


def _client(
    password: str = "",
    *,
    secret_key: str = KEY,
    public_url: str = "",
    of: Snapshot | None = None,
    path: Path | None = None,
) -> FlaskClient:
    app = Flask(__name__, static_folder=None)
    login = Login(password, secret_key, public_url, Limits("", KEY, path))
    current = of or snapshot()
    app.register_blueprint(operator.blueprint(figures, lambda: current, lambda: NOW, login))
    return app.test_client()


def _log_in(client: FlaskClient, password: str = PASSWORD, **environ: str) -> int:
    sent = client.post(
        "/operator/login", data={"password": password}, environ_overrides=environ or ELSEWHERE
    )
    return sent.status_code


@pytest.mark.parametrize("route", ROUTES)
def test_without_a_password_it_serves_this_machine_only(route: str) -> None:
    """Neither another machine, nor what a proxy passes on, nor a public service."""
    assert _client().get(route).status_code == 200
    assert _client().get(route, environ_overrides=ELSEWHERE).status_code == 403
    assert _client().get(route, headers={"X-Forwarded-For": "127.0.0.1"}).status_code == 403
    assert _client(public_url="https://line.example.tw").get(route).status_code == 403
    assert _log_in(_client(), "") == 403


@pytest.mark.parametrize("route", ROUTES)
def test_with_a_password_it_asks_for_it(route: str) -> None:
    """From this machine too; those who know it come in, until they leave."""
    client = _client(PASSWORD)
    asked = client.get(route)
    assert asked.status_code in (303, 401)
    assert (asked.status_code == 303) == (route == "/operator")
    assert _log_in(client) == 303
    assert client.get(route, environ_overrides=ELSEWHERE).status_code == 200
    client.post("/operator/logout")
    assert client.get(route).status_code in (303, 401)


def test_every_channel_has_its_name_on_the_page(tmp_path: Path) -> None:
    """As people call it: what a channel says of itself, save where the language has its own."""
    app = create_app(Settings(secret_key=KEY, data_dir=str(tmp_path)))
    page = html.unescape(app.test_client().get("/operator").get_data(as_text=True))
    told, _ = json.JSONDecoder().raw_decode(page[page.index('data-text="') + 11 :])
    names = {channel.name for channel in app.extensions["channels"]} | {"sip", "assist"}
    assert names - set(told["channels"]) == set()
    assert (told["channels"]["line"], told["channels"]["twilio"]) == ("LINE", "電話")


@pytest.mark.parametrize("wrong", ["", "x", PASSWORD + " ", PASSWORD.upper(), "\x00", "口" * 99])
def test_a_wrong_password_opens_nothing(wrong: str) -> None:
    """It is said so, and no session is given."""
    client = _client(PASSWORD)
    assert _log_in(client, wrong) == 403
    assert client.get_cookie(COOKIE, path="/operator") is None
    assert client.get("/operator/live.json").status_code == 401


@pytest.mark.parametrize("address", ["192.0.2.7", "127.0.0.1"])
def test_tries_are_few(address: str) -> None:
    """After ten even the right one waits, also behind a proxy on this machine; another address does
    not, nor does a session that is open."""
    client, inside = _client(PASSWORD), _client(PASSWORD)
    assert _log_in(inside, REMOTE_ADDR=address) == 303
    for _ in range(TRY.most.amount):
        assert _log_in(client, "guess", REMOTE_ADDR=address) == 403
    assert _log_in(client, REMOTE_ADDR=address) == 429
    assert _log_in(client, REMOTE_ADDR="192.0.2.8") == 303
    assert inside.get("/operator/live.json").status_code == 200


def test_of_a_site_of_many_networks_tries_are_as_few() -> None:
    """Who has a /48 of IPv6 has 65,536 networks of a household, and ten tries."""
    client = _client(PASSWORD)
    for number in range(TRY.most.amount):
        assert _log_in(client, "guess", REMOTE_ADDR=f"2001:db8:1:{number:x}::1") == 403
    assert _log_in(client, REMOTE_ADDR="2001:db8:1:ffff::1") == 429
    assert _log_in(client, REMOTE_ADDR="2001:db8:2::1") == 303


def test_workers_count_tries_together_and_know_who_left(tmp_path: Path) -> None:
    """Two workers of one host, without Redis: ten tries in all; and a cookie that was copied is
    dead in both of them when its session was ended in one."""
    path = tmp_path / "login.sqlite"
    one, other = (_client(PASSWORD, path=path) for _ in range(2))
    assert _log_in(one) == 303
    cookie = one.get_cookie(COOKIE, path="/operator")
    assert cookie
    for client in (one, other):
        client.set_cookie(COOKIE, cookie.value, path="/operator")
        assert client.get("/operator/live.json").status_code == 200
    one.post("/operator/logout")
    for client in (one, other):
        client.set_cookie(COOKIE, cookie.value, path="/operator")
        assert client.get("/operator/live.json").status_code == 401
    for number in range(TRY.most.amount - 1):
        assert _log_in((one, other)[number % 2], "guess") == 403
    assert _log_in(other) == _log_in(one) == 429


def test_without_a_disk_tries_are_counted_all_the_same(tmp_path: Path) -> None:
    """Each worker for itself then, and the page opens to who knows the password."""
    client = _client(PASSWORD, path=tmp_path)  # a folder is no file
    assert _log_in(client) == 303
    assert client.get("/operator/live.json").status_code == 200
    for _ in range(TRY.most.amount - 1):
        assert _log_in(client, "guess") == 403
    assert _log_in(client) == 429


def test_the_session_is_kept_from_others() -> None:
    """Not for scripts, not from other sites, not elsewhere on this one; over TLS only where it is
    public."""
    for public_url, secure in (("", False), ("https://line.example.tw", True)):
        client = _client(PASSWORD, public_url=public_url)
        sent = client.post("/operator/login", data={"password": PASSWORD})
        cookie = sent.headers["Set-Cookie"]
        assert {"HttpOnly", "SameSite=Strict", "Path=/operator"} <= set(cookie.split("; "))
        assert ("Secure" in cookie) == secure


FORGED = URLSafeTimedSerializer(KEY, salt="operator.session").dumps("in")
"""Signed with the key alone."""


@pytest.mark.parametrize(
    "cookie",
    ["", "x", "in", "." * 3000, "台", FORGED, FORGED[:-1]],
    ids=["none", "short", "plain", "long", "Chinese", "forged", "cut"],
)
def test_a_forged_session_opens_nothing(cookie: str) -> None:
    """Nor does one that another password or another key made."""
    client = _client(PASSWORD)
    client.set_cookie(COOKIE, cookie, path="/operator")
    assert client.get("/operator/live.json").status_code == 401


@pytest.mark.parametrize("other", [_client("new"), _client(PASSWORD, secret_key="new")])
def test_a_new_password_or_key_ends_all_sessions(other: FlaskClient) -> None:
    """Whoever left the bureau is out with the password that she knew."""
    client = _client(PASSWORD)
    _log_in(client)
    session = client.get_cookie(COOKIE, path="/operator")
    assert session is not None
    other.set_cookie(COOKIE, session.value, path="/operator")
    assert other.get("/operator/live.json").status_code == 401


def test_a_session_ends_with_the_shift() -> None:
    """After twelve hours the password is asked for again."""
    client = _client(PASSWORD)
    with time_machine.travel(NOW, tick=False) as now:
        _log_in(client)
        now.shift(timedelta(seconds=LIFETIME_SECONDS))
        assert client.get("/operator/live.json").status_code == 200
        now.shift(timedelta(seconds=1))
        assert client.get("/operator/live.json").status_code == 401


def test_a_flood_is_not_read() -> None:
    """A body over the limit of a password's."""
    sent = _client(PASSWORD).post("/operator/login", data={"password": "x" * BODY_LIMIT})
    assert sent.status_code == 413


def test_live_figures_are_those_of_the_line() -> None:
    """All that is counted, with the one word in front."""
    answer = _client().get("/operator/live.json")
    assert answer.json == {"state": "fine", **figures(NOW)}


def test_many_who_look_on_cost_one_count() -> None:
    """Ten pages that ask in the same moment get the same figures, added up once."""
    asked = []

    def counting(now: datetime) -> dict[str, Any]:
        asked.append(now)
        return figures(now)

    app = Flask(__name__, static_folder=None)
    login = Login("", KEY, "", Limits("", KEY))
    moments = iter([NOW, NOW + timedelta(seconds=1), NOW + timedelta(seconds=2)])
    app.register_blueprint(operator.blueprint(counting, lambda: None, lambda: next(moments), login))
    answers = [app.test_client().get("/operator/live.json").json["now"] for _ in range(3)]
    assert answers == [it.isoformat() for it in (NOW, NOW, NOW + timedelta(seconds=2))]
    assert len(asked) == 2


@pytest.mark.parametrize("route", ["/operator/places.json", "/operator/stock.json"])
def test_what_the_browser_has_is_not_sent_again(route: str) -> None:
    """Counts that did not change cost a header."""
    client = _client()
    first = client.get(route)
    again = client.get(route, headers={"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code, again.data) == (200, 304, b"")


def test_without_a_snapshot_there_is_nothing_to_draw() -> None:
    """Said by a status, so that the page asks again; the page itself is there."""
    app = Flask(__name__, static_folder=None)
    login = Login("", KEY, "", Limits("", KEY))
    app.register_blueprint(operator.blueprint(figures, lambda: None, lambda: NOW, login))
    statuses = [app.test_client().get(route).status_code for route in ROUTES]
    assert statuses == [200, 200, 503, 503]


@pytest.mark.parametrize("lang", [*LOCALES, "xx", "../../app"])
def test_the_page_is_whole_in_every_language(lang: str) -> None:
    """No name of a missing word, no inline script, the state in words before any script runs."""
    page = _client().get(f"/operator?lang={lang}").text
    words = labels("operator", lang if lang in LOCALES else "zh-TW")
    assert words["states"]["fine"] in page
    assert "<script>" not in page
    assert "style=" not in page
    assert "onclick" not in page


@pytest.mark.parametrize("lang", LOCALES)
def test_every_outcome_has_its_words(lang: str) -> None:
    """Each class of shared.outcomes, so that a new one is not shown by its English name."""
    classes = {kind.__name__ for kind in outcomes.Outcome.__args__}
    assert classes == set(labels("operator", lang)["outcomes"])
