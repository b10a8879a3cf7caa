"""A call against oneself: it goes well where the line answers, and is wrong where it does not."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
import requests
from flask import Flask
from prometheus_client.parser import text_string_to_metric_families
from twilio.request_validator import RequestValidator
from werkzeug import Response

from app import create_app
from commands.probing import ring
from settings import Settings
from shared.clock import TAIPEI
from shared.feed.demo import demo_feed
from telemetry.probe import FILE, Probed, call_id, keep, last
from tests.web.serving import serving

TOKEN = "a token"
WHEN = datetime(2020, 3, 3, 11, tzinfo=TAIPEI)


def _settings(folder: Path) -> Settings:
    """Of a service that tells from a recording, and of who rings it."""
    feed = folder / "feed.csv"
    if not feed.exists():
        feed.write_bytes(demo_feed(WHEN)[0])
    return Settings(
        feed_url=str(feed),
        data_dir=str(folder / "data"),
        secret_key="a key of some length",
        twilio_auth_token=TOKEN,
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the feed lies."""
    return tmp_path_factory.mktemp("probe")


@pytest.fixture(scope="module")
def line(folder: Path) -> Iterator[str]:
    """The whole service."""
    app = create_app(_settings(folder))
    app.extensions["feed"].renew()
    with serving(app) as address:
        yield address
    app.extensions["feed"].stop()


def test_a_line_that_answers_is_well(folder: Path, line: str) -> None:
    """Any district, time after time: the pharmacy and the count are those of the file."""
    for _ in range(12):
        probed = ring(_settings(folder), line, "", 0)
        assert (probed.well, probed.why) == (True, "")
        assert 0 < probed.seconds < 5


def test_another_token_is_refused(folder: Path, line: str) -> None:
    """As a request that is forged, and it says where to look."""
    other = replace(_settings(folder), twilio_auth_token="another")
    assert (
        ring(other, line, "", 0).why == "the line answers 403: is TWILIO_AUTH_TOKEN the service's?"
    )


def test_a_call_against_oneself_is_in_no_figure(folder: Path, line: str) -> None:
    """Neither turns nor calls of /metrics grow by it; by anybody else's call they do, with
    whatever CallSid that has not the token behind it."""
    settings = _settings(folder)

    def turns() -> float:
        page = requests.get(f"{line}metrics", timeout=5).text
        return sum(
            sample.value
            for family in text_string_to_metric_families(page)
            for sample in family.samples
            if sample.name in ("mask_line_turns_total", "mask_line_calls_total")
        )

    before = turns()
    assert ring(settings, line, "", 0).well
    assert turns() == before
    for call in ("CA" + "0" * 32, call_id("another token"), ""):
        before, form = turns(), {"CallSid": call, "From": "anonymous"}
        signed = RequestValidator(TOKEN).compute_signature(f"{line}ivr/call", form)
        headers = {"X-Twilio-Signature": signed}
        requests.post(f"{line}ivr/call", form, headers=headers, timeout=5).raise_for_status()
        assert turns() > before, call


def test_old_counts_are_seen(folder: Path, line: str, tmp_path: Path) -> None:
    """Where the feed has gone on and the line has not: other counts, or other pharmacies."""
    settings = _settings(folder)
    text = Path(settings.feed_url).read_text(encoding="utf-8-sig").splitlines()
    for change, why in (
        (
            lambda cells: [*cells[:4], *(str(int(c) * 7 + 1) for c in cells[4:-1]), cells[-1]],
            "count",
        ),
        (lambda cells: [cells[0], "甲乙丙丁藥局", *cells[2:]], "names no pharmacy"),
    ):
        rows = [",".join(change(row.split(","))) for row in text[1:]]
        (tmp_path / "other.csv").write_text("\n".join([text[0], *rows]), encoding="utf-8")
        other = replace(settings, feed_url=str(tmp_path / "other.csv"))
        assert why in ring(other, line, "", 0).why


def _says(body: str, status: int = 200) -> Response:
    return Response(body, status, content_type="text/xml")


@pytest.mark.parametrize(
    ("body", "status", "why"),
    [
        ("<Response><Say>台北市，有一百片。</Say></Response>", 200, "names no pharmacy"),
        ("<Response", 200, "no TwiML"),
        ("<!DOCTYPE a [<!ENTITY b 'c'>]><Response/>", 200, "no TwiML"),
        ("broken", 500, "answers 500"),
        ("", 302, "answers 302"),
    ],
)
def test_another_answer_is_wrong(folder: Path, body: str, status: int, why: str) -> None:
    """Whatever it is; no word of it is kept."""
    app = Flask("another")
    app.add_url_rule("/ivr/call", view_func=lambda: _says(body, status), methods=["POST"])
    with serving(app) as address:
        probed = ring(_settings(folder), address, "", 0)
    assert not probed.well
    assert why in probed.why
    assert "一百片" not in probed.why


def test_nobody_there_is_wrong(folder: Path, line: str) -> None:
    """Neither the line nor the telephone of one's own, where that is asked."""
    assert "no answer" in ring(_settings(folder), "http://127.0.0.1:9", "", 0).why
    assert "SIP" in ring(_settings(folder), line, "127.0.0.1:9", 0).why


def test_the_command_tells_and_keeps(folder: Path, line: str) -> None:
    """Exit 0 or 1; the metrics and the page have age and result, and when it last went well."""
    app = create_app(_settings(folder))
    run = app.test_cli_runner().invoke
    data = Path(_settings(folder).data_dir)
    well = run(args=["probe", "--base", line, "--wait", "0"])
    assert (well.exit_code, well.output[0]) == (0, "✔"), well.output
    first = last(data)
    badly = run(args=["probe", "--base", "http://127.0.0.1:9", "--wait", "0"])
    assert (badly.exit_code, badly.output[0]) == (1, "✘")
    probed = last(data)
    assert first
    assert probed
    assert (probed.well, probed.well_at) == (False, first.well_at)
    client, host = app.test_client(), {"Host": "127.0.0.1:8000"}
    told = {
        sample.name: sample.value
        for family in text_string_to_metric_families(client.get("/metrics", headers=host).text)
        for sample in family.samples
    }
    assert told["mask_line_probe_well"] == 0
    assert 0 <= told["mask_line_probe_age_seconds"] < 60
    shown = client.get("/operator/live.json", headers=host).json
    assert shown
    assert not shown["probe"]["well"]
    assert "no answer" in shown["probe"]["why"]


@pytest.mark.parametrize(
    "content", [b"", b"\xff", b"[]", b"{}", b'{"at":"x","well":1,"seconds":{}}', b"[" * 5000]
)
def test_rubbish_in_its_file_is_no_probe(tmp_path: Path, content: bytes) -> None:
    """A full disk, or somebody's hand: then there was none."""
    (tmp_path / FILE).write_bytes(content)
    assert last(tmp_path) is None
    keep(tmp_path, Probed(1, well=True, seconds=0.1))
    assert json.loads((tmp_path / FILE).read_text())["at"] == 1
