"""「康希藥局有貨通知我」 on LINE, a feed that renews itself, workers killed: each is told once.

Real are the server with its poller, the queue, the workers (processes of their own) and what stands
for LINE: a server on loopback that knows a doubled push by its key, as LINE documents it.
"""

import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event, Lock

import pytest
import time_machine
from flask.testing import FlaskClient
from linebot.v3.messaging import PushMessageRequest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from app import create_app
from settings import Settings
from shared.clock import TAIPEI
from tests.redis_server import RedisServer
from tests.skills.line import events as line

NOON = datetime(2020, 3, 3, 12, 0, tzinfo=TAIPEI)
PEOPLE = ("U" + "1" * 32, "U" + "2" * 32, "U" + "3" * 32)
HEADER = (
    "醫事機構代碼,醫事機構名稱,醫事機構地址,醫事機構電話,成人口罩剩餘數,兒童口罩剩餘數,來源資料時間"
)
WAIT_S = 180
"""A worker needs some three seconds to start, more on a busy machine."""

OTHERS = 60
"""Pharmacies beside the one that is waited for: with fewer no file is taken for a feed."""


class Line:
    """LINE's push endpoint: takes each key once, and says 409 to it afterwards."""

    def __init__(self) -> None:
        self.pushed: list[tuple[str, PushMessageRequest]] = []
        self.doubled = 0
        self.before, self.after = Event(), Event()
        """set once: hang before a push is taken, hang after it was"""
        self.hangs, self.goes_on = Event(), Event()
        self._lock = Lock()

    def push(self, request: Request) -> Response:
        """As in LINE's reference: "Retry failed API requests"."""
        key = request.headers["X-Line-Retry-Key"]
        asked = PushMessageRequest.from_dict(json.loads(request.get_data()))
        self._hang(self.before)
        with self._lock:
            if key in {one for one, _ in self.pushed}:
                self.doubled += 1
                return Response('{"message": "The retry key is already accepted"}', status=409)
            self.pushed.append((key, asked))
        self._hang(self.after)
        sent = {"sentMessages": [{"id": "461230966842064897"}]}
        return Response(json.dumps(sent), mimetype="application/json")

    def _hang(self, where: Event) -> None:
        if where.is_set():
            where.clear()
            self.hangs.set()
            self.goes_on.wait(WAIT_S)
            self.goes_on.clear()

    @property
    def told(self) -> Counter[str]:
        """How often each was told."""
        return Counter(asked.to for _, asked in self.pushed)


class Source:
    """A feed that renews itself: at each look the counts are a little younger."""

    def __init__(self) -> None:
        self.left = 0
        self._asked = 0

    def file(self, _: Request) -> Response:
        """The file as it stands now."""
        self._asked += 1
        at = (NOON + timedelta(seconds=self._asked)).strftime("%Y/%m/%d %H:%M:%S")
        rows = [f"5901010101,康希藥局,台北市大安區和平東路2段5號,02 27001001,{self.left},0,{at}"]
        for number in range(OTHERS):
            name, road = f"安{number}藥局", f"台北市信義區松仁路{number + 1}號"
            rows.append(f"59010200{number:02},{name},{road},02 2720{number:04},50,20,{at}")
        return Response("\n".join((HEADER, *rows)), mimetype="text/csv")


@pytest.fixture(params=["file", "redis"])
def redis_url(request: pytest.FixtureRequest) -> Iterator[str]:
    if request.param == "file":
        yield ""
        return
    with RedisServer() as server:
        yield server.url


@contextmanager
def working(environment: dict[str, str], later: timedelta) -> Iterator[subprocess.Popen[str]]:
    """A worker whose time is `later` than noon; killed at the end, if it is not before."""
    ahead = NOON + later - datetime.now(TAIPEI)
    command = [sys.executable, "-m", "tests.restock.worker", str(ahead.total_seconds())]
    process = subprocess.Popen(  # noqa: S603  our own words
        command, env=os.environ | environment, stdout=subprocess.PIPE, text=True
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        assert process.stdout
        process.stdout.close()


def says(client: FlaskClient, person: str, words: str) -> None:
    """What LINE's server posts for a text of that person."""
    body = line.body(line.text(words, {"type": "user", "userId": person}))
    headers = {"X-Line-Signature": line.signature(body)}
    assert client.post("/line", data=body, headers=headers).status_code == 200


def test_none_is_lost_and_none_doubled(
    tmp_path: Path, httpserver: HTTPServer, redis_url: str
) -> None:
    """Three wait; one worker dies after LINE took a push, the next before it did."""
    platform, source = Line(), Source()
    httpserver.expect_request("/feed.csv").respond_with_handler(source.file)
    httpserver.expect_request("/v2/bot/message/push").respond_with_handler(platform.push)
    httpserver.expect_request("/v2/bot/message/reply").respond_with_json({"sentMessages": []})
    environment = {
        "FEED_URL": httpserver.url_for("/feed.csv"),
        "LINE_API_URL": httpserver.url_for("").rstrip("/"),
        "LINE_CHANNEL_SECRET": line.SECRET,
        "LINE_CHANNEL_TOKEN": "token",
        "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyz",
        "RESTOCK": "on",
        "DATA_DIR": str(tmp_path),
        "REDIS_URL": redis_url,
    }
    with time_machine.travel(NOON, tick=True):
        app = create_app(Settings.from_environment(environment), served=True)
        feed, watches = app.extensions["feed"], app.extensions["restock"].watches
        feed.renew()
        client = app.test_client()
        for person in PEOPLE:
            says(client, person, "康希藥局有貨通知我")
            assert watches.of("line", person) == ("5901010101",)
        source.left = 200
        feed.renew()
        feed.stop()  # outside of this block its next look would be years later
    with working(environment, timedelta(minutes=3)):
        platform.after.set()
        assert platform.hangs.wait(WAIT_S), "the first push came"
    platform.hangs.clear()
    platform.goes_on.set()
    if not redis_url:  # one death is enough for the other queue
        platform.before.set()
        with working(environment, timedelta(minutes=6)):
            assert platform.hangs.wait(WAIT_S), "another push came"
        platform.goes_on.set()
    with working(environment, timedelta(minutes=9)) as last:
        ends = time.monotonic() + WAIT_S
        while len(platform.told) < len(PEOPLE) or not platform.doubled:
            assert time.monotonic() < ends, platform.told
            time.sleep(0.1)
        last.terminate()
        assert last.wait(WAIT_S) == 0
    assert platform.told == Counter(PEOPLE)
    with time_machine.travel(NOON + timedelta(minutes=10), tick=True):
        says(client, PEOPLE[0], "取消通知")
        assert watches.of("line", PEOPLE[0]) == ()
        feed.stop()
        app.extensions["telemetry"].buffer.stop()
    (texts, card) = platform.pushed[0][1].messages
    assert "康希藥局補貨了" in texts.text
    assert card.alt_text.startswith("康希藥局 成人口罩 200")
