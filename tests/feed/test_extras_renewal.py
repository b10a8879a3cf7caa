"""The daily files: asked once a day, ten minutes after a failure, and kept when they changed."""

import logging
from pathlib import Path

import pytest

from shared.feed.extras_renewal import ExtrasRenewal
from shared.feed.fetch import FETCH_LIMITS
from shared.feed.file_cache import FileCache

DAY, TEN_MINUTES = 86_400.0, 600.0
HOURS = "醫事機構代碼,看診星期,看診備註\n5901020001,,{}點\n"
POINTS = "醫事機構代碼,x,y\n5901020001,121.5443,25.02{}6\n"


class World:
    """Both files as they are published, the directory where they are kept, and a clock."""

    def __init__(self, directory: Path) -> None:
        self.ticks = 0.0
        self.directory = directory
        self.hours, self.points = directory / "hours.csv", directory / "points.csv"
        self.publish(hours=9, points=1)
        self.cache = FileCache(directory / "var", "http://a/")

    def publish(self, **numbers: int) -> None:
        """New content for the files that are named."""
        for name, number in numbers.items():
            text = (HOURS if name == "hours" else POINTS).format(number)
            (self.directory / f"{name}.csv").write_text(text, encoding="utf-8")

    def renewal(self, *, hours: bool = True, points: bool = True) -> ExtrasRenewal:
        """Of the files that are wanted."""
        return ExtrasRenewal(
            str(self.hours) if hours else "",
            str(self.points) if points else "",
            FETCH_LIMITS,
            ticks=lambda: self.ticks,
        )


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def _note(renewal: ExtrasRenewal) -> str:
    return renewal.extras.hours["5901020001"].note


@pytest.mark.parametrize("changed", ["hours", "points"])
def test_a_file_is_asked_for_once_a_day(world: World, changed: str) -> None:
    """A day after the last answer; whether either of them says something new is told."""
    renewal = world.renewal()
    assert renewal.ask([])
    world.publish(**{changed: 5})
    world.ticks = DAY - 1
    assert not renewal.ask([])
    world.ticks = DAY
    assert renewal.ask([])
    world.ticks = 2 * DAY
    assert not renewal.ask([])


def test_after_a_failure_it_is_asked_for_in_ten_minutes(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    """What was read stays meanwhile, and the log names the file."""
    renewal = world.renewal(points=False)
    renewal.ask([])
    world.hours.unlink()
    world.ticks = DAY
    with caplog.at_level(logging.WARNING):
        assert not renewal.ask([])
    assert "hours stay as they were" in caplog.text
    assert _note(renewal) == "9點"
    world.publish(hours=5)
    world.ticks = DAY + TEN_MINUTES - 1
    assert not renewal.ask([])
    world.ticks = DAY + TEN_MINUTES
    assert renewal.ask([])
    assert _note(renewal) == "5點"


def test_a_failure_at_the_start_is_asked_for_again_at_once(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    """Callers wait for the first try, so it is short and nothing is said of it."""
    renewal = world.renewal()
    world.hours.unlink()
    assert renewal.ask([], at_first=True)
    assert not caplog.records
    world.publish(hours=5)
    assert renewal.ask([])
    assert _note(renewal) == "5點"


def test_what_is_new_is_kept_and_what_is_not_is_not_written_again(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    """On each cache; another process takes it, and finds nothing new the second time."""
    renewal, other = world.renewal(), world.renewal()
    onto = FileCache(world.directory / "onto", "http://a/")
    renewal.ask([world.cache])
    assert set(renewal.contents) == {"hours", "locations", "seen"}
    mark = world.cache.mark("hours")
    assert mark

    assert other.look(world.cache, (onto,))
    assert not other.look(world.cache, (onto,))
    assert "cannot be read" not in caplog.text
    assert other.extras == renewal.extras
    assert {name: onto.kept(name) for name in renewal.contents} == renewal.contents

    world.hours.touch()
    world.ticks = DAY
    renewal.ask([world.cache])
    assert world.cache.mark("hours") == mark


def test_a_file_that_is_not_wanted_is_not_looked_for(world: World) -> None:
    """Who unset HOURS_URL has no hours though some are kept."""
    world.renewal().ask([world.cache])
    without = world.renewal(hours=False)
    without.look(world.cache)
    assert (dict(without.extras.hours), len(without.extras.locations)) == ({}, 1)
    assert set(without.contents) == {"locations"}


def test_what_is_kept_and_no_table_is_left_alone(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    """And said, once; the other file is taken."""
    world.renewal().ask([world.cache])
    world.cache.keep("hours", b"<html>")
    renewal = world.renewal()
    with caplog.at_level(logging.WARNING):
        assert renewal.look(world.cache)
        assert not renewal.look(world.cache)
    assert caplog.text.count("the kept hours cannot be read") == 1
    assert len(renewal.extras.locations) == 1


def test_days_that_are_kept_and_cannot_be_read_change_nothing(world: World) -> None:
    """Nobody makes a new catalog for them."""
    renewal = world.renewal()
    renewal.ask([])
    world.cache.keep("seen", b"damaged")
    assert not renewal.look(world.cache)


def test_a_disk_that_refuses_costs_nobody_the_hours(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    """They are in use; the log says that they were not kept."""
    (world.directory / "file").write_text("no directory")
    renewal = world.renewal()
    with caplog.at_level(logging.WARNING):
        assert renewal.ask([FileCache(world.directory / "file" / "var", "http://a/")])
    assert _note(renewal) == "9點"
    assert "hours could not be kept" in caplog.text
