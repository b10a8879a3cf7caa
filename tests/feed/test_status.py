"""What became of each renewal is counted each time and said in the log once."""

import logging
from collections.abc import Iterator

import pytest

from shared.errors import FeedError, FeedRefused, FeedUnreachable, FeedUnreadable
from shared.feed.status import Tally


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    with caplog.at_level(logging.INFO):
        yield caplog


@pytest.mark.parametrize(
    ("problem", "kind"),
    [
        (FeedUnreachable("a"), "unreachable"),
        (FeedUnreadable("a"), "unreadable"),
        (FeedRefused("a"), "refused"),
    ],
)
def test_each_fault_has_its_kind(problem: FeedError, kind: str) -> None:
    """Operators are told of the three apart."""
    tally = Tally()
    tally.failed(problem)
    assert tally.status(asks=True).refusals == {kind: 1}


def test_a_cause_is_said_when_it_is_new_and_when_it_came_back(
    log: pytest.LogCaptureFixture,
) -> None:
    """Once while it lasts; another one again; and that it is over, once."""
    tally = Tally()
    tally.went_well()
    for cause in ("status 500", "status 500", "too slow"):
        tally.failed(FeedUnreachable(cause))
    assert [record.levelname for record in log.records] == ["WARNING", "WARNING"]
    assert tally.status(asks=False).cause == "too slow"
    tally.went_well()
    tally.went_well()
    assert tally.status(asks=False).cause == ""
    tally.failed(FeedUnreachable("too slow"))
    assert [record.levelname for record in log.records][2:] == ["INFO", "WARNING"]


def test_a_disk_that_refuses_is_said_once_for_each_cause(log: pytest.LogCaptureFixture) -> None:
    """Full at first, then read-only."""
    tally = Tally()
    for cause in ("No space left", "Read-only", "Read-only", "Read-only"):
        tally.not_kept(OSError(0, cause))
    assert tally.status(asks=True).refusals == {"not_kept": 4}
    assert [record.args for record in log.records] == [("No space left",), ("Read-only",)]
    assert tally.status(asks=True).cause == ""
