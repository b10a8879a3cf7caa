"""Of the processes that share a directory one asks the source, and there is always one."""

import logging
from pathlib import Path

import pytest

from shared.feed.leader_election import LeaderElection


def test_one_asks_until_it_resigns(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Then the other does; the log says who began to ask, once; the directory is made."""
    first, second = (LeaderElection(tmp_path / "var" / "line" / "lock") for _ in range(2))
    assert not first.won
    with caplog.at_level(logging.INFO):
        assert first.stand()
        assert first.stand()
    assert len(caplog.records) == 1
    assert not second.stand()
    assert (first.won, second.won) == (True, False)
    first.resign()
    assert not first.won
    assert second.stand()
    assert second.won
    second.resign()


def test_who_cannot_lock_asks_alone_until_it_can(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The log says so once; where the directory is there at last another process may be first."""
    (tmp_path / "var").write_text("no directory")
    one, other = (LeaderElection(tmp_path / "var" / "feed.lock") for _ in range(2))
    with caplog.at_level(logging.WARNING):
        assert one.stand()
        assert one.stand()
    assert one.won
    assert len(caplog.records) == 1
    one.resign()
    assert not one.won
    assert one.stand()
    (tmp_path / "var").unlink()
    assert other.stand()
    assert not one.stand()
    assert not one.won
    other.resign()


def test_a_file_system_without_locks_stops_nobody(caplog: pytest.LogCaptureFixture) -> None:
    """Each process asks for itself then."""
    election = LeaderElection(Path("/proc/self/oom_score_adj") / "feed.lock")
    assert election.stand()
    assert election.won
    assert "asking alone" in caplog.text
