"""What is counted of calls with sound: in Prometheus' text, and in the operator's figures."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from prometheus_client import CollectorRegistry, generate_latest

from shared.feed.status import FeedStatus
from telemetry.count_buffer import CountBuffer
from telemetry.figures import Figures
from telemetry.sound_calls import Telephone
from telemetry.store import FileCountStore
from tests.small_feed import snapshot

NOON = datetime(2020, 3, 3, 12, 0, tzinfo=ZoneInfo("Asia/Taipei"))
STATUS = FeedStatus({}, "", asks=False)


@pytest.fixture
def counted(tmp_path: Path) -> tuple[str, dict[str, object]]:
    """A line that told of three calls: Prometheus' text, and the figures of the day."""
    buffer = CountBuffer(
        FileCountStore(tmp_path / "figures.sqlite"), lambda: NOON, snapshot, lambda: STATUS
    )
    registry = CollectorRegistry()
    telephone = Telephone(buffer, registry)
    for seconds in (0.4, 1.3, 1.4):
        telephone.took("first_sound", seconds)
    telephone.took("recogniser", 0.9)
    telephone.refused("busy")
    telephone.lost("recogniser")
    telephone.calls(2)
    buffer.flush()
    figures = Figures(buffer.store, snapshot, tmp_path)
    return generate_latest(registry).decode(), figures.at(NOON)["sip"]


def test_prometheus_is_told_of_each(counted: tuple[str, dict[str, object]]) -> None:
    """Seconds in buckets, refusals by their reason, and what did not answer."""
    text, _ = counted
    for line in (
        'mask_line_sip_first_sound_seconds_bucket{le="0.5"} 1.0',
        'mask_line_sip_first_sound_seconds_bucket{le="1.5"} 3.0',
        "mask_line_sip_recogniser_seconds_count 1.0",
        'mask_line_sip_refused_total{why="busy"} 1.0',
        'mask_line_sip_refused_total{why="forbidden"} 0.0',
        'mask_line_sip_lost_total{what="recogniser"} 1.0',
        'mask_line_sip_lost_total{what="voice"} 0.0',
    ):
        assert line in text


def test_the_operator_sees_calls_and_waits(counted: tuple[str, dict[str, object]]) -> None:
    """Of this process and all others; in the bounds that are kept."""
    _, told = counted
    assert told["calls_now"] == 2
    assert told["first_sound_median"] == 1.5
    assert told["recogniser_median"] == 1.0
    assert told["voice_median"] is None
    assert told["refused"] == {"busy": 1}
