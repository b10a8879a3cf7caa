"""Who names certificates that are none costs no request that Amazon sent."""

import base64
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from threading import Event, Thread
from time import sleep

import pytest
from flask import Flask
from redis import Redis

from settings import Settings
from shared.feed.file_cache import ContentCache, FileCache
from shared.feed.redis_cache import RedisCache
from skills.alexa.certificates import SigningKeys
from skills.alexa.sdk import VerificationException
from skills.alexa.webhook import blueprint
from tests.hosts.conftest import redis  # noqa: F401  a fixture
from tests.redis_server import RedisServer
from tests.skills.alexa import envelopes
from tests.skills.alexa.chains import Leaf
from tests.skills.alexa.test_verifier import URL, chain, launch, root, sign
from tests.skills.fakes import FakeConversation
from tests.small_feed import NOW
from tests.web.parts import service
from web.rate_limit import Limits

GENUINE = 40
FETCH_S = 0.05
"""What Amazon's store takes to say that there is no such file."""

Fetch = Callable[[str], bytes]


class Amazon:
    """The files behind the URLs; who asked for which."""

    def __init__(self) -> None:
        self.files = {URL: chain()}
        self.asked: list[str] = []

    def __call__(self, url: str) -> bytes:
        """The file, after a while."""
        self.asked.append(url)
        sleep(FETCH_S)
        if url not in self.files:
            raise VerificationException("there is none")
        return self.files[url]


def _app(amazon: Amazon, chains: ContentCache | None = None) -> Flask:
    settings = Settings(alexa_skill_id=envelopes.SKILL_ID)
    keys = SigningKeys(amazon, [root().certificate], chains)
    allow = Limits("", "secret").allow
    app = Flask(__name__)
    made = service(FakeConversation(), allow=allow, settings=settings)
    app.register_blueprint(blueprint(made, keys))
    return app


def _post(app: Flask, address: str, url: str, body: bytes, signature: str) -> int:
    headers = {"Signature-256": signature, "SignatureCertChainUrl": url}
    peer = {"REMOTE_ADDR": address}
    client = app.test_client()
    return client.post("/alexa", data=body, headers=headers, environ_base=peer).status_code


@contextmanager
def strangers(app: Flask, body: bytes) -> Iterator[None]:
    """Two of them, who never stop, each with another file every time."""
    stop, number = Event(), count()
    forged = base64.b64encode(b"x" * 256).decode()

    def run(address: str) -> None:
        while not stop.is_set():
            url = f"https://s3.amazonaws.com/echo.api/echo-api-cert-{next(number)}x.pem"
            assert _post(app, address, url, body, forged) == 400

    threads = [Thread(target=run, args=(f"203.0.113.{n}",)) for n in (7, 8)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def test_two_strangers_cost_no_genuine_request() -> None:
    """Not even where they know the skill's id, and the service has just begun; and they have no
    more than twenty files fetched each."""
    amazon = Amazon()
    app = _app(amazon)
    with strangers(app, launch()):
        sleep(2 * FETCH_S)
        statuses = [
            _post(app, "54.240.197.1", URL, body, sign(body)) for body in [launch()] * GENUINE
        ]
    assert statuses == [200] * GENUINE
    assert amazon.asked.count(URL) == 1
    assert len(amazon.asked) <= 1 + 2 * 20


def test_who_does_not_know_the_skill_has_nothing_fetched() -> None:
    """What costs nothing is looked at first: the skill's id and the time."""
    amazon = Amazon()
    app = _app(amazon)
    for body in (launch(skill_id="amzn1.ask.skill.other"), launch(NOW - timedelta(hours=2))):
        assert _post(app, "203.0.113.7", URL, body, sign(body)) == 400
    assert amazon.asked == []


@pytest.fixture(params=["file", "redis"])
def chains(request: pytest.FixtureRequest, tmp_path: Path) -> ContentCache:
    """Where two workers keep them."""
    if request.param == "file":
        return FileCache(tmp_path, "alexa", "secret")
    server: RedisServer = request.getfixturevalue("redis")
    return RedisCache(Redis.from_url(server.url), "alexa", "secret")


def _keys(amazon: Amazon, chains: ContentCache) -> Callable[[datetime], object]:
    keys = SigningKeys(amazon, [root().certificate], chains)
    return lambda now: keys.key_of(URL, now)


def test_what_one_worker_fetched_another_has(chains: ContentCache) -> None:
    """And so has the next start of the service, until the certificate expires: then it is fetched
    anew, at once, whatever strangers have fetched meanwhile."""
    amazon = Amazon()
    _keys(amazon, chains)(NOW)
    another = _keys(amazon, chains)
    another(NOW + timedelta(days=29))
    assert amazon.asked == [URL]
    amazon.files[URL] = chain(Leaf(ends=timedelta(days=90)))
    with pytest.raises(VerificationException, match="asked for from there"):
        SigningKeys(amazon, [root().certificate]).key_of(URL, NOW, lambda: False)
    later = SigningKeys(amazon, [root().certificate], chains)
    assert later.key_of(URL, NOW + timedelta(days=31), lambda: False)
    assert amazon.asked == [URL, URL]


def test_what_lies_there_is_not_believed(tmp_path: Path) -> None:
    """A chain that somebody put there is verified like any other: no key of a stranger counts."""
    amazon = Amazon()
    for content in (b"", b"\xff" * 99, chain().replace(b"A", b"B"), chain(Leaf(names=["evil.tw"]))):
        chains = FileCache(tmp_path, "alexa", "secret")
        _keys(amazon, chains)(NOW)
        (kept,) = tmp_path.glob("*.kept")
        asked = len(amazon.asked)
        kept.write_bytes(content)  # as it is: not signed
        _keys(amazon, chains)(NOW)
        assert len(amazon.asked) == asked + 1
        chains.keep(kept.name.rpartition("-")[0], content)  # signed, by whoever has the secret
        _keys(amazon, chains)(NOW)
        assert len(amazon.asked) == asked + 2
