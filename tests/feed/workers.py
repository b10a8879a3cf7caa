"""Processes with a feed that a test starts, watches and kills."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO

from tests.feed.files import many
from tests.feed.server import Handler

ROOT = Path(__file__).parents[2]


class Talking:
    """A process of ours that prints lines, each a word and a number, and what it printed."""

    def __init__(self, *command: str) -> None:
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
    def newest(self) -> int:
        """The number of the newest snapshot it saw, 0 for none."""
        return next((number for word, number in reversed(self.lines) if number), 0)

    def kill(self) -> None:
        """kill -9."""
        self.process.kill()
        self.process.wait()
        self._reader.join()
        assert self.process.stdout is not None
        self.process.stdout.close()


class Worker(Talking):
    """A process with a feed."""

    def __init__(
        self,
        url: str,
        directory: Path,
        redis_url: str = "",
        lease: str = "",
        inside: Sequence[str] = (),
    ) -> None:
        """`lease`: seconds; `inside`: a command before its own, as `ip netns exec NAME`."""
        command = (*inside, sys.executable, "-m", "tests.feed.worker", url, str(directory))
        super().__init__(*command, redis_url, lease)

    @property
    def asks(self) -> bool:
        """Whether it asks the source."""
        said = [word for word, _ in self.lines if word in ("asks", "follows")]
        return said[-1:] == ["asks"]


def renewing(request: Handler) -> None:
    """A new snapshot each time: every count is its number, and so is its time."""
    number = len(request.source.asked)
    stamp = f"2020/03/03 {11 + number // 3600:02d}:{number // 60 % 60:02d}:{number % 60:02d}"
    request.answer(many(300, adult=number, time=stamp))


PATIENCE_S = 180
"""No event of a test takes so long, however busy the machine is."""


def wait(what: str, until: Callable[[], object]) -> float:
    """Seconds until `until` holds; AssertionError where it never does."""
    began = time.monotonic()
    while not until():
        assert time.monotonic() - began < PATIENCE_S, f"{what}: not within {PATIENCE_S} s"
        time.sleep(0.01)
    return time.monotonic() - began
