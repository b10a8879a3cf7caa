"""Processes that share a directory, killed at any moment: no half snapshot, and soon back."""

import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest

from tests.feed.files import many
from tests.feed.server import Handler, serving

ROOT = Path(__file__).parents[2]
KILLS = int(os.environ.get("SOAK_KILLS", "6"))
"""`make test` tries few random moments; the soak more."""


class Worker:
    """A process with a feed, and what it printed."""

    def __init__(self, url: str, directory: Path) -> None:
        command = [sys.executable, "-m", "tests.feed.worker", url, str(directory)]
        self.process = subprocess.Popen(  # noqa: S603  our own module
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        self.lines: list[tuple[str, int]] = []
        assert self.process.stdout is not None
        self._reader = threading.Thread(target=self._read, args=(self.process.stdout,))
        self._reader.start()

    def _read(self, output: IO[str]) -> None:
        for line in output:
            if line.endswith("\n"):  # not one cut off by the kill
                word, _, number = line.strip().rpartition(" ")
                self.lines.append((word, int(number)))

    @property
    def asks(self) -> bool:
        """Whether it has begun to ask the source."""
        return ("asks", 0) in self.lines

    @property
    def newest(self) -> int:
        """The number of the newest snapshot it saw, 0 for none."""
        return next((number for word, number in reversed(self.lines) if word != "asks"), 0)

    def kill(self) -> None:
        """kill -9."""
        self.process.kill()
        self.process.wait()
        self._reader.join()
        assert self.process.stdout is not None
        self.process.stdout.close()


def _renewing(request: Handler) -> None:
    """A new snapshot each time: every count is its number, and so is its time."""
    number = len(request.source.asked)
    stamp = f"2020/03/03 {11 + number // 3600:02d}:{number // 60 % 60:02d}:{number % 60:02d}"
    request.answer(many(300, adult=number, time=stamp))


@pytest.fixture
def workers() -> Iterator[list[Worker]]:
    """Those that a test starts; all are dead after it."""
    started: list[Worker] = []
    yield started
    for worker in started:
        if worker.process.poll() is None:
            worker.kill()


def _wait(what: str, until: object, seconds: float) -> float:
    began = time.monotonic()
    while not until():  # type: ignore[operator]
        assert time.monotonic() - began < seconds, f"{what}: not within {seconds} s"
        time.sleep(0.01)
    return time.monotonic() - began


def test_killed_at_random_moments(tmp_path: Path, workers: list[Worker]) -> None:
    """kill -9 of the one that asks, of another, of all: another asks, all go on in under 5 s."""
    chance = random.Random(6)  # noqa: S311  the same moments each time, not a secret
    with serving(_renewing) as source:
        running = [Worker(source.url, tmp_path) for _ in range(2)]
        workers.extend(running)
        _wait("a first snapshot", lambda: all(worker.newest for worker in running), 10)
        for kill in range(KILLS):
            time.sleep(chance.uniform(0, 0.3))
            dying = running if kill % 6 == 5 else [running.pop(chance.randrange(2))]
            before = max(worker.newest for worker in workers)
            for worker in dying:
                worker.kill()
            running = [worker for worker in running if worker not in dying]
            running += [Worker(source.url, tmp_path) for _ in range(2 - len(running))]
            workers.extend(running)
            _wait(
                f"back after kill {kill}",
                lambda seen=before, alive=running: min(w.newest for w in alive) > seen,
                5,
            )

    lines = [line for worker in workers for line in worker.lines]
    assert {word for word, _ in lines} == {"whole", "asks"}
    for worker in workers:
        numbers = [number for word, number in worker.lines if word == "whole"]
        assert numbers == sorted(numbers), "time went back"


def test_only_one_asks(tmp_path: Path, workers: list[Worker]) -> None:
    """Three processes put no more on the source than one, and all see what it took in 2 s."""
    with serving(_renewing) as source:
        workers.extend(Worker(source.url, tmp_path) for _ in range(3))
        _wait("a first snapshot", lambda: all(worker.newest for worker in workers), 10)
        time.sleep(0.3)
        assert sum(worker.asks for worker in workers) == 1
        newest = len(source.asked)
        _wait("seen by all", lambda: all(worker.newest >= newest for worker in workers), 2)
