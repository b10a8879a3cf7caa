"""The short form of `make soak`: a few thousand turns while the feed renews itself."""

from datetime import datetime
from zoneinfo import ZoneInfo

from shared.feed.parse import parse_feed
from soak.feed_server import file_at
from soak.memory_growth import Look, Soaked, soak

NOW = datetime(2026, 3, 3, 12, tzinfo=ZoneInfo("Asia/Taipei"))


def test_no_turn_fails_while_the_feed_renews_itself() -> None:
    """Every turn is answered, no worker dies, no file handle is lost."""
    seen = soak(1_200, looks=2)
    assert seen.turns >= 1_200
    assert seen.failed == 0
    assert seen.renewals > 0
    assert seen.lost <= 0
    assert len(seen.pids) == len(seen.looks[0].handles)


def test_the_source_is_as_large_as_the_real_one() -> None:
    """Some 7,000 pharmacies that all parse; other counts each time, now and then other shops."""
    first, second, later = (parse_feed(file_at(renewal, NOW)).snapshot for renewal in (1, 2, 5))
    assert len(first.catalog.pharmacies) > 6_500
    assert first.stocks != second.stocks
    assert set(first.catalog.by_id) == set(second.catalog.by_id) != set(later.catalog.by_id)


def test_growth_and_loss_are_seen() -> None:
    """A worker that grows by a tenth, or loses a handle, is told of."""
    looks = tuple(Look((100.0 + n, 100.0 + n), (10, 10 + n // 9)) for n in range(0, 30, 3))
    seen = Soaked(1, 0, 1, 1.0, looks, frozenset({1, 2}))
    assert seen.growth > 1.1
    assert seen.lost == 3
