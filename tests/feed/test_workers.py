"""Processes that share a directory, killed at any moment: no half snapshot, and soon back."""

import os
import random
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

from tests.feed.server import serving
from tests.feed.workers import Worker, renewing, wait

ROOT = Path(__file__).parents[2]
KILLS = int(os.environ.get("SOAK_KILLS", "6"))
"""`make test` tries few random moments; the soak more."""

BACK_S = 5


@pytest.fixture
def workers() -> Iterator[list[Worker]]:
    """Those that a test starts; all are dead after it."""
    started: list[Worker] = []
    yield started
    for worker in started:
        if worker.process.poll() is None:
            worker.kill()


def test_killed_at_random_moments(tmp_path: Path, workers: list[Worker]) -> None:
    """kill -9 of the one that asks, of another, of all: another asks, all go on, mostly in 5 s."""
    back: list[float] = []
    chance = random.Random(6)  # noqa: S311  the same moments each time, not a secret
    with serving(renewing) as source:
        running = [Worker(source.url, tmp_path) for _ in range(2)]
        workers.extend(running)
        wait("a first snapshot", lambda: all(worker.newest for worker in running))
        for kill in range(KILLS):
            time.sleep(chance.uniform(0, 0.3))
            dying = running if kill % 6 == 5 else [running.pop(chance.randrange(2))]
            before = max(worker.newest for worker in workers)
            for worker in dying:
                worker.kill()
            running = [worker for worker in running if worker not in dying]
            running += [Worker(source.url, tmp_path) for _ in range(2 - len(running))]
            workers.extend(running)
            back.append(
                wait(
                    f"back after kill {kill}",
                    lambda seen=before, alive=running: min(w.newest for w in alive) > seen,
                )
            )
    assert median(back) < BACK_S

    lines = [line for worker in workers for line in worker.lines]
    assert {word for word, _ in lines} == {"whole", "asks"}
    for worker in workers:
        numbers = [number for word, number in worker.lines if word == "whole"]
        assert numbers == sorted(numbers), "time went back"


def test_only_one_asks(tmp_path: Path, workers: list[Worker]) -> None:
    """Three processes put no more on the source than one, and all see what it took."""
    with serving(renewing) as source:
        workers.extend(Worker(source.url, tmp_path) for _ in range(3))
        wait("a first snapshot", lambda: all(worker.newest for worker in workers))
        time.sleep(0.3)
        assert sum(worker.asks for worker in workers) == 1
        newest = len(source.asked)
        wait("seen by all", lambda: all(worker.newest >= newest for worker in workers))
