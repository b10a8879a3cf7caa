"""`flask --app app doctor`: each thing that may be wrong is named, with what to do about it."""

import threading
import time
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Response

from app import CHANNELS, create_app
from commands.doctor import examine, feed_of, secrets_of, transfers_of
from commands.reach import Diagnosis, clock_by, data_dir_of, public_url_of, redis_of
from settings import Settings
from tests.feed.files import mask_row, masks
from tests.redis_server import RedisServer

ROOT = Path(__file__).parents[2]
NOTHING = Settings(secret_key="made at start")


def _named(findings: list[Diagnosis], word: str) -> Diagnosis:
    return next(finding for finding in findings if word in finding.what)


def test_without_any_setting_nothing_is_wrong(tmp_path: Path) -> None:
    """A demo is meant so: a line for each thing that is not set, and exit 0."""
    app = create_app(replace(NOTHING, data_dir=str(tmp_path)))
    result = app.test_cli_runner().invoke(args=["doctor"])
    assert result.exit_code == 0, result.output
    assert "✘" not in result.output
    assert all(line[0] in "✔–" for line in result.output.splitlines())


def test_what_is_wrong_ends_with_1(tmp_path: Path) -> None:
    """So that a script, or the start of the service, can ask."""
    settings = replace(NOTHING, data_dir=str(tmp_path), feed_url=str(tmp_path / "none.csv"))
    result = create_app(settings).test_cli_runner().invoke(args=["doctor"])
    assert result.exit_code == 1
    assert "✘ FEED_URL" in result.output


@pytest.mark.parametrize(
    ("settings", "key", "well"),
    [
        (NOTHING, "", None),
        (replace(NOTHING, public_url="https://line.example.tw"), "", False),
        (replace(NOTHING, redis_url="redis://127.0.0.1"), "", False),
        (replace(NOTHING, redis_url="redis://127.0.0.1"), "Zk3-tPq9_vLw7xRb2mYc", True),
        (replace(NOTHING, redis_url="redis://127.0.0.1"), "x", False),
    ],
)
def test_several_hosts_want_one_key(settings: Settings, key: str, well: bool | None) -> None:
    """Without it one host cannot read the state that another has signed."""
    found = list(secrets_of(replace(settings, lasting_secret=key)))
    assert _named(found, "SECRET_KEY").well is well


def test_no_secret_is_shown() -> None:
    """The page may be sent to whoever helps."""
    secret = "s3cret-of-the-tests"
    settings = Settings(
        secret_key=secret,
        lasting_secret=secret,
        twilio_auth_token=secret,
        dialogflow_token=secret,
        operator_password=secret,
        redis_url=f"redis://:{secret}@127.0.0.1:1",
        data_dir="/proc/none",
    )
    channels = tuple(declare(settings) for declare in CHANNELS)
    told = "\n".join(map(str, examine(settings, channels)))
    assert secret not in told
    assert "✔ TWILIO_AUTH_TOKEN is set" in told


def test_every_channel_that_knows_its_platform_is_told_of() -> None:
    """By the setting that opens it, and the page that tells how: none is forgotten."""
    channels = tuple(declare(NOTHING) for declare in CHANNELS)
    found = list(secrets_of(NOTHING, channels))
    for secret in ("TWILIO_AUTH_TOKEN", "JAMBONZ_SECRET", "LINE_CHANNEL_SECRET"):
        assert _named(found, secret).well is None
    pages = {page for one in found if (page := one.todo.rpartition("(")[2].rstrip(")"))}
    assert {page for page in pages if page.startswith("docs/") and not (ROOT / page).exists()} == (
        set()
    )


def test_the_feed_is_read(tmp_path: Path, httpserver: HTTPServer) -> None:
    """Its pharmacies are counted; what is no feed is called so; a live one must be of today."""
    file = tmp_path / "feed.csv"
    file.write_bytes(masks([mask_row(1)]))
    recorded = next(iter(feed_of(replace(NOTHING, feed_url=str(file)))))
    assert (recorded.well, "1 pharmacies" in recorded.what) == (True, True)
    live = next(iter(feed_of(replace(NOTHING, feed_url=file.as_uri()))))
    assert live.well is False
    assert "older" in live.todo
    httpserver.expect_request("/feed").respond_with_data("<html>502</html>", content_type="x")
    page = next(iter(feed_of(replace(NOTHING, feed_url=httpserver.url_for("/feed")))))
    assert page.well is False


def test_hours_and_locations_are_read(tmp_path: Path) -> None:
    """A file that cannot be had is named by its setting."""
    missing = str(tmp_path / "none.csv")
    found = list(feed_of(replace(NOTHING, hours_url=missing, locations_url=missing)))
    assert _named(found, "HOURS_URL").well is False
    assert _named(found, "LOCATIONS_URL").well is False


class _Clock(BaseHTTPRequestHandler):
    """A server whose clock is off."""

    seconds = 0

    def date_time_string(self, timestamp: float | None = None) -> str:
        return super().date_time_string((timestamp or time.time()) + self.seconds)

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.mark.parametrize(("seconds", "well"), [(0, True), (30, True), (300, False), (-300, False)])
def test_the_clock_is_compared(seconds: int, well: bool) -> None:
    """With the Date of the feed's server; a minute is too much."""
    handler = type("Clock", (_Clock,), {"seconds": seconds})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        (found,) = clock_by(f"http://127.0.0.1:{server.server_port}/feed")
        server.shutdown()
    assert found.well is well


def test_a_server_without_a_clock_is_no_fault(httpserver: HTTPServer) -> None:
    """Two dates are none; a file has none, and no line either."""
    answer = Response("x", headers={"Date": "yesterday"})
    httpserver.expect_request("/feed").respond_with_response(answer)
    (found,) = clock_by(httpserver.url_for("/feed"))
    assert found.well is None
    assert list(clock_by("feed.csv")) == []


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """And one that can is told with its room."""
    assert data_dir_of(str(tmp_path / "new")).well is True
    file = tmp_path / "file"
    file.write_text("x")
    assert data_dir_of(str(file / "below")).well is False


def test_redis_is_asked() -> None:
    """A real one tells its version; one that is away, what follows."""
    with RedisServer() as server:
        found = redis_of(server.url)
        assert found.well is True
        assert "version 7" in found.what
    assert redis_of("redis://127.0.0.1:1").well is False
    assert redis_of("").well is None


@pytest.mark.parametrize(
    ("body", "status", "well"),
    [
        ('{"status": "alive"}', 200, True),
        ("<html>parked</html>", 200, False),
        ("", 301, False),
        ("", 502, False),
    ],
)
def test_the_public_address_is_tried(
    httpserver: HTTPServer, body: str, status: int, well: bool
) -> None:
    """Through DNS and proxy, as the platforms come; what is not ours does not pass for it."""
    httpserver.expect_request("/healthz").respond_with_data(body, status=status)
    url = httpserver.url_for("").rstrip("/")
    found = list(public_url_of(replace(NOTHING, public_url=url)))
    assert _named(found, "/healthz").well is well
    assert _named(found, "https").well is False
    assert _named(found, "TRUSTED_PROXIES").well is None


def test_a_public_address_that_is_away_is_named() -> None:
    """Within the time limit, with what to check."""
    found = list(public_url_of(replace(NOTHING, public_url="https://127.0.0.1:1")))
    assert found[0].well is False
    assert "firewall" in found[0].todo


@pytest.mark.parametrize(
    ("caller_id", "operator", "well"),
    [
        ("", "1922", None),
        ("+16505550100", "0289781234", False),
        ("+886277777777", "1922", None),
        ("+886277777777", "0289781234", True),
    ],
)
def test_transfers_need_two_numbers(caller_id: str, operator: str, well: bool | None) -> None:
    """A Taiwanese one to ring from, and one that can be rung."""
    settings = replace(NOTHING, caller_id=caller_id, operator_number=operator)
    assert [finding.well for finding in transfers_of(settings)] == [well]
