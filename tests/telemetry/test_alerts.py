"""The alarms: each asks for what the service really tells, and has its paragraph in the runbook."""

import re
from itertools import product
from pathlib import Path
from typing import Any

import promql_parser
import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from app import create_app
from settings import Settings
from telemetry.probe import Probed, keep

ROOT = Path(__file__).parents[2]
RUNBOOK = (ROOT / "docs/runbook.md").read_text(encoding="utf-8")
RULES = yaml.safe_load((ROOT / "deploy/alerts.yaml").read_text(encoding="utf-8"))
ALERTS: list[dict[str, Any]] = [rule for group in RULES["groups"] for rule in group["rules"]]

OF_PROMETHEUS = {"up": [{"job": "mask-line"}, {"job": "mask-line-sip"}]}
"""What Prometheus adds itself."""

NOBODY = "127.0.0.1:1"
"""Where nothing listens."""

Told = dict[str, list[dict[str, str]]]
"""Metric → the labels of each of its series."""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """All that a service tells: with the demo feed, without its feed, without its Redis."""
    found: Told = dict(OF_PROMETHEUS)
    without_feed = {"feed_url": f"http://{NOBODY}/feed.csv"}
    for settings in ({}, without_feed, {"redis_url": f"redis://{NOBODY}"}):
        place = str(tmp_path_factory.mktemp("data"))
        keep(Path(place), Probed(at=1, well=True, seconds=0.1))
        app = create_app(Settings(secret_key="k", data_dir=place, **settings))
        app.extensions["feed"].renew()
        client = app.test_client()
        host = {"Host": "127.0.0.1:8000"}
        client.post("/ivr/call", data={"CallSid": "CA1"}, headers=host)
        for family in text_string_to_metric_families(client.get("/metrics", headers=host).text):
            for sample in family.samples:
                found.setdefault(sample.name, []).append(sample.labels)
    return found


@pytest.mark.parametrize("alert", ALERTS, ids=lambda alert: alert["alert"])
def test_it_asks_for_what_is_told(alert: dict[str, Any], told: Told) -> None:
    """Every series that it names exists with those labels; a wrong name would never ring."""
    for name, labels in selectors(alert["expr"]):
        series = told.get(name, [])
        assert series, f"{name} is not told"
        for wanted in labels:
            assert any(wanted.items() <= one.items() for one in series), (name, wanted)


def selectors(expr: str) -> list[tuple[str, list[dict[str, str]]]]:
    """The metrics in `expr`, each with the sets of labels that it may have."""
    found = []

    def visit(part: object) -> bool:
        if isinstance(part, promql_parser.VectorSelector):
            wanted = {one.name: one.value.split("|") for one in part.matchers.matchers}
            sets = [dict(zip(wanted, values, strict=True)) for values in product(*wanted.values())]
            found.append((part.name, sets))
        return True

    promql_parser.walk(promql_parser.parse(expr), visit)
    return found


def test_each_has_its_paragraph() -> None:
    """Whoever is woken finds the name of the alarm, in the order of the file; no others stand."""
    headings = re.findall(r"^## (\w+)$", RUNBOOK, re.MULTILINE)
    assert headings == [alert["alert"] for alert in ALERTS]


@pytest.mark.parametrize("alert", ALERTS, ids=lambda alert: alert["alert"])
def test_its_paragraph_says_what_is_needed(alert: dict[str, Any]) -> None:
    """What the caller hears, what to look at, what to do; short enough for 3 a.m."""
    paragraph = RUNBOOK.split(f"\n## {alert['alert']}\n")[1].split("\n## ")[0]
    for part in ("**The caller**", "**Look**", "**Do**"):
        assert paragraph.count(part) == 1
    assert len(paragraph.split()) <= 130
