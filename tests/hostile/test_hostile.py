"""Hostile input to every route: calm answers, no words of it in a log, nothing of it on the disk."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from soak.attacks import Attack, attacks
from soak.target import Target

KEPT = {"figures.sqlite", "figures.sqlite-wal", "figures.sqlite-shm", "memory.sqlite"}


@pytest.mark.parametrize("public", [False, True], ids=["trying out", "public"])
def test_whatever_comes_is_answered_calmly(tmp_path: Path, public: bool) -> None:
    """Each attack on each route: no 500, no traceback, no trace of it in log or files."""
    target = Target(tmp_path, public=public)

    @settings(
        max_examples=40,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(attacks())
    def send(attack: Attack) -> None:
        target.attack(attack)

    try:
        send()
        files = set(target.look_at_the_files())
    finally:
        target.close()
    assert sum(target.statuses.values()) > 1_500
    assert target.statuses[200] > 50
    print(files, target.statuses)
