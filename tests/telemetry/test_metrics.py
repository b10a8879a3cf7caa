"""What Prometheus reads, from the real service: one process, and gunicorn's workers together."""

import os
import re
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest
import requests
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from app import create_app
from settings import Settings
from telemetry.counts import HOUR_S, SLOT_S
from telemetry.store import FileCountStore
from tests.ports import free_port
from web.monitoring import READ
from web.rate_limit import TURN

ROOT = Path(__file__).parents[2]
LOOPBACK = {"Host": "127.0.0.1:8000"}


def samples(text: str) -> dict[tuple[str, ...], float]:
    """(name, label values …) → value, read by Prometheus' own parser."""
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def client_of(tmp_path: Path, **settings: str) -> FlaskClient:
    """A client on this machine of a service with these settings."""
    app = create_app(Settings(secret_key="k", data_dir=str(tmp_path), **settings))
    app.extensions["feed"].renew()  # on a busy machine the first request comes before the feed
    return app.test_client()


def test_turns_are_counted_by_channel_and_outcome(tmp_path: Path) -> None:
    """A call by keypad: the greeting, a place, silence."""
    client = client_of(tmp_path)
    opened = client.post("/ivr/call", data={"CallSid": "CA1"}, headers=LOOPBACK)
    action = re.search(r'action="([^"]+)"', opened.text)
    assert action
    path = action[1].replace("&amp;", "&")
    client.post(path, data={"CallSid": "CA1", "Digits": "106"}, headers=LOOPBACK)
    client.post(path, data={"CallSid": "CA1"}, headers=LOOPBACK)
    told = samples(client.get("/metrics", headers=LOOPBACK).text)
    assert told["mask_line_turns_total", "twilio", "Greeting"] == 1
    assert told["mask_line_turns_total", "twilio", "Found"] == 1
    assert told["mask_line_turns_total", "twilio", "Failed"] == 0
    assert told["mask_line_calls_total", "twilio"] == 1
    assert told["mask_line_heard_total", "unheard"] == 1
    assert told["mask_line_heard_total", "pressed"] == 2
    assert told["mask_line_turn_seconds_count", "twilio"] == 3
    assert told["mask_line_first_count_seconds_count",] == 1
    assert told["mask_line_pharmacies",] > 1_000
    assert 0 <= told["mask_line_feed_age_seconds",] < 60


def test_refused_requests_are_counted(tmp_path: Path) -> None:
    """One from elsewhere and one too large."""
    client = client_of(tmp_path)
    client.post("/ivr/call", headers={"Host": "line.example.tw"})
    client.post("/ivr/call", data={"CallSid": "x" * 600_000}, headers=LOOPBACK)
    client.post("/alexa", data="{}", headers={"Host": "line.example.tw"})
    told = samples(client.get("/metrics", headers=LOOPBACK).text)
    assert told["mask_line_requests_refused_total", "twilio", "forbidden"] == 1
    assert told["mask_line_requests_refused_total", "twilio", "too_large"] == 1
    assert told["mask_line_requests_refused_total", "alexa", "forbidden"] == 1
    assert told["mask_line_requests_refused_total", "dialogflow", "forbidden"] == 0


def test_a_call_that_asks_too_often_is_counted(tmp_path: Path) -> None:
    """It is told so in a sentence with status 200, and counted all the same."""
    client = client_of(tmp_path)
    most = TURN.most.amount
    for _ in range(most + 3):
        client.post("/ivr/turn", data={"CallSid": "CA1", "Digits": "0"}, headers=LOOPBACK)
    told = samples(client.get("/metrics", headers=LOOPBACK).text)
    assert told["mask_line_requests_refused_total", "twilio", "too_many"] == 3


def test_what_was_asked_for_makes_no_series(tmp_path: Path) -> None:
    """However many paths and codes are tried, the page of metrics does not grow."""
    client = client_of(tmp_path)
    before = len(samples(client.get("/metrics", headers=LOOPBACK).text))
    for number in range(30):
        client.post(f"/ivr/{number}", data={"SpeechResult": f"{number}"}, headers=LOOPBACK)
        client.get(f"/{number}/{number}", headers={"X-Real-Ip": f"203.0.113.{number}"})
    assert len(samples(client.get("/metrics", headers=LOOPBACK).text)) == before


@pytest.mark.parametrize(
    ("password", "headers", "status"),
    [
        ("", LOOPBACK, 200),
        ("", LOOPBACK | {"X-Forwarded-For": "203.0.113.7"}, 401),
        ("", {"Host": "line.example.tw"}, 401),
        ("open", LOOPBACK, 401),
        ("open", {"Authorization": "Basic " + b64encode(b"operator:open").decode()}, 200),
        ("open", {"Authorization": "Basic " + b64encode(b"operator:shut").decode()}, 401),
        ("open", {"Authorization": "Basic " + b64encode(b"root:open").decode()}, 401),
        ("open", {"Authorization": "Basic !"}, 401),
        ("open", {"Authorization": "Bearer open"}, 401),
    ],
)
def test_who_may_read_it(
    tmp_path: Path, password: str, headers: dict[str, str], status: int
) -> None:
    """This machine; with a password, whoever has it."""
    client = client_of(tmp_path, operator_password=password)
    assert client.get("/metrics", headers=headers).status_code == status


def test_the_password_is_not_found_by_trying(tmp_path: Path) -> None:
    """Whoever tries too often waits, with the right password too; others do not."""
    client = client_of(tmp_path, operator_password="open")
    stranger, other = {"REMOTE_ADDR": "203.0.113.7"}, {"REMOTE_ADDR": "203.0.113.8"}
    for number in range(READ.most.amount):
        wrong = client.get("/metrics", auth=("operator", str(number)), environ_base=stranger)
        assert wrong.status_code == 401
    right = client.get("/metrics", auth=("operator", "open"), environ_base=stranger)
    assert right.status_code == 429
    assert int(right.headers["Retry-After"]) == READ.seconds
    read = client.get("/metrics", auth=("operator", "open"), environ_base=other)
    assert read.status_code == 200


@dataclass(frozen=True, slots=True)
class Served:
    """A running `make serve` with two workers."""

    url: str
    master: psutil.Process

    def metrics(self) -> dict[tuple[str, ...], float]:
        """What it tells Prometheus."""
        return samples(requests.get(self.url + "/metrics", timeout=10).text)

    def files(self) -> set[Path]:
        """Those in which its workers count."""
        maps = (one.path for child in self.master.children() for one in child.memory_maps())
        return {Path(path) for path in maps if "mask-line-metrics-" in path}


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """Stopped at the end as a service manager stops it; it leaves none of its files."""
    port = free_port()
    environment = os.environ | {
        "BIND": f"127.0.0.1:{port}",
        "WEB_CONCURRENCY": "2",
        "DATA_DIR": str(tmp_path),
        "INSECURE": "yes",  # so that unsigned calls are answered
    }
    environment.pop("PROMETHEUS_MULTIPROC_DIR", None)
    with (tmp_path / "log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py"],
            cwd=ROOT,
            env=environment,
            stderr=log,
        )
    try:
        running = Served(f"http://127.0.0.1:{port}", psutil.Process(server.pid))
        until(running.url + "/readyz")
        files = running.files()
        yield running
    finally:
        server.terminate()
        server.wait(60)
    assert files
    assert not {path.parent for path in files if path.parent.exists()}


def until(url: str, seconds: float = 180) -> None:
    """Wait for an answer of 200."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if requests.get(url, timeout=5).ok:
                return
        except requests.RequestException:
            pass
        time.sleep(0.1)
    raise AssertionError(f"no answer from {url}")


def test_any_worker_answers_for_all(served: Served) -> None:
    """Calls that both workers took are counted together, also those of one that died."""
    for number in range(20):
        requests.post(served.url + "/ivr/call", data={"CallSid": f"CA{number}"}, timeout=10)
    assert told_when(served, lambda told: told["mask_line_workers",] == 2)
    first, _ = served.master.children()
    first.kill()
    psutil.wait_procs([first], timeout=10)
    assert told_when(served, lambda told: told["mask_line_calls_total", "twilio"] == 20)


def test_a_stop_loses_no_figures(served: Served, tmp_path: Path) -> None:
    """What was counted in the last seconds before an upgrade is on the operator's page too."""
    for number in range(5):
        requests.post(served.url + "/ivr/call", data={"CallSid": f"CA{number}"}, timeout=10)
    served.master.terminate()
    served.master.wait(60)
    now = int(time.time())
    counted = FileCountStore(tmp_path / "figures.sqlite").counted(SLOT_S, now - HOUR_S, now + 1)
    assert sum(one.number for one in counted if one.name == "calls/twilio") == 5


def told_when(served: Served, true: Callable[[dict[tuple[str, ...], float]], bool]) -> bool:
    """Whether that becomes true of the metrics; workers are heard of every two seconds."""
    end = time.monotonic() + 120
    while time.monotonic() < end:
        if true(served.metrics()):
            return True
        time.sleep(0.2)
    return False
