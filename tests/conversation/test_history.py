"""StockHistory: only what was seen, and only when enough was seen."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from conversation.history import StockHistory
from shared.catalog import Catalog, Snapshot
from shared.clock import TAIPEI
from tests.products import ADULT
from tests.query.world import pharmacy, snapshot

ONE = pharmacy(1)
DAY = date(2020, 3, 3)
MB = 1_000_000


def counts(clock: str, left: int, day: date = DAY) -> Snapshot:
    """A feed at `clock` of `day` with so many left."""
    when = datetime.combine(day, time.fromisoformat(clock), TAIPEI)
    return snapshot((ONE, left), when=when)


def seen(history: StockHistory, *steps: tuple[str, int], day: date = DAY) -> None:
    """Let `history` see a day's counts, one after the other."""
    feeds = [counts(clock, left, day) for clock, left in steps]
    for previous, current in zip([None, *feeds], feeds, strict=False):
        history.record(previous, current)


@pytest.fixture
def history(tmp_path: Path) -> StockHistory:
    """An empty one."""
    return StockHistory(tmp_path / "history.sqlite")


def test_restock_is_told_as_it_was_seen(history: StockHistory) -> None:
    """The last rise by a delivery on that day."""
    seen(history, ("08:00", 0), ("09:12", 200), ("09:30", 150), ("14:05", 350), ("15:00", 90))
    assert history.restocked_at(ONE.id, ADULT.id, DAY) == time(14, 5)


def test_correction_is_no_restock(history: StockHistory) -> None:
    """Two more than before were brought back or miscounted."""
    seen(history, ("08:00", 40), ("09:00", 38), ("09:01", 41))
    assert history.restocked_at(ONE.id, ADULT.id, DAY) is None


def test_restock_of_another_day_is_not_todays(history: StockHistory) -> None:
    """Yesterday's delivery does not answer for today."""
    seen(history, ("08:00", 0), ("09:12", 200))
    assert history.restocked_at(ONE.id, ADULT.id, DAY + timedelta(days=1)) is None
    assert history.restocked_at("9001069999", ADULT.id, DAY) is None


def test_what_rose_while_nobody_looked_has_no_time(history: StockHistory) -> None:
    """After a gap the counts start anew: the rise in between was not seen."""
    seen(history, ("08:00", 50), ("08:30", 0))
    seen(history, ("12:00", 200), ("12:05", 198))
    assert history.restocked_at(ONE.id, ADULT.id, DAY) is None


def test_usual_hour_is_that_of_most_days(history: StockHistory) -> None:
    """Sold out on six days between 10:20 and 10:50: about 10:40."""
    for offset, minute in enumerate((20, 30, 40, 40, 45, 50)):
        day = DAY + timedelta(days=offset)
        seen(history, ("08:00", 0), ("09:00", 200), (f"10:{minute}", 0), day=day)
    assert history.sells_out_about(ONE.id, ADULT.id) == time(10, 40)


def test_too_few_days_tell_nothing(history: StockHistory) -> None:
    """Four days are no habit."""
    for offset in range(4):
        seen(history, ("09:00", 200), ("10:30", 0), day=DAY + timedelta(days=offset))
    assert history.sells_out_about(ONE.id, ADULT.id) is None


def test_scattered_hours_tell_nothing(history: StockHistory) -> None:
    """Now in the morning, now at night: nobody can be advised by that."""
    for offset, clock in enumerate(("09:30", "12:00", "15:00", "18:00", "21:00", "10:00")):
        seen(history, ("09:00", 200), (clock, 0), day=DAY + timedelta(days=offset))
    assert history.sells_out_about(ONE.id, ADULT.id) is None


def test_mostly_unsold_days_tell_nothing(history: StockHistory) -> None:
    """Sold out on five days of twelve is not what usually happens."""
    for offset in range(12):
        last = 0 if offset < 5 else 30
        seen(history, ("09:00", 200), ("10:30", last), day=DAY + timedelta(days=offset))
    assert history.sells_out_about(ONE.id, ADULT.id) is None


def test_clock_that_jumps_back_is_not_recorded(history: StockHistory) -> None:
    """An older snapshot after a newer one changes nothing."""
    history.record(counts("12:00", 0), counts("08:00", 200))
    assert history.restocked_at(ONE.id, ADULT.id, DAY) is None


def test_recording_leaves_no_history(history: StockHistory) -> None:
    """A file of another day is not something that was seen."""
    history.record(counts("08:00", 0), replace(counts("09:00", 200), recorded=True))
    assert history.restocked_at(ONE.id, ADULT.id, DAY) is None


def test_old_changes_go(history: StockHistory) -> None:
    """After four weeks they are forgotten."""
    seen(history, ("08:00", 0), ("09:12", 200))
    seen(history, ("08:00", 0), ("09:12", 200), day=DAY + timedelta(days=30))
    assert history.restocked_at(ONE.id, ADULT.id, DAY) is None
    assert history.restocked_at(ONE.id, ADULT.id, DAY + timedelta(days=30)) == time(9, 12)


def test_disk_that_fails_costs_no_call(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A file that is no database: no history, a line in the log, no error."""
    path = tmp_path / "history.sqlite"
    path.write_bytes(b"no database at all" * 100)
    broken = StockHistory(path)
    broken.record(counts("08:00", 0), counts("09:00", 200))
    assert broken.restocked_at(ONE.id, ADULT.id, DAY) is None
    assert broken.sells_out_about(ONE.id, ADULT.id) is None
    assert "cannot be used" in caplog.text


def test_a_folder_that_comes_later_is_used(tmp_path: Path) -> None:
    """On a fresh machine DATA_DIR is made by whoever needs it first."""
    history = StockHistory(tmp_path / "var" / "history.sqlite")
    seen(history, ("08:00", 0), ("09:12", 200))
    assert history.restocked_at(ONE.id, ADULT.id, DAY) == time(9, 12)


def test_a_day_stays_small(tmp_path: Path) -> None:
    """A tenth of the country, 120 changes each in a day: under 3 MB, so a day under 30 MB."""
    catalog = Catalog.of(tuple(pharmacy(number) for number in range(660)))
    path = tmp_path / "history.sqlite"
    history = StockHistory(path)
    before = None
    for step in range(121):
        when = datetime.combine(DAY, time(8), TAIPEI) + timedelta(minutes=4 * step)
        stocks = {one.id: {"adult_mask": 400 - 3 * step} for one in catalog.pharmacies}
        current = Snapshot("masks", (ADULT,), catalog, stocks, when)
        history.record(before, current)
        before = current
    size = sum(file.stat().st_size for file in tmp_path.iterdir())
    assert size < 3 * MB, f"{size / MB:.2f} MB"
