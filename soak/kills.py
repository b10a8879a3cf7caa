"""`kill -9` of the poller, of another worker, of everything, while calls go on.

The service is gunicorn as `make serve` runs it, started anew as deploy/mask-line.service has it. A
call tries a turn that met a refused or broken connection again, as Twilio does; it has lost its
place when an answer is not the one that belongs there, or none comes in time.
"""

import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from soak.feed_server import alike_at, renewing
from soak.gunicorn_process import RESTART_S, WORKERS, GunicornProcess
from soak.patient import GIVES_UP_S, PatientCallers
from soak.reader import Reader

KILLS = 200
BACK_S = 5.0
"""The service must be back within so long, the wait before a start by systemd included."""

_KINDS = ("poller", "worker", "poller", "worker", "everything")
STARTS_S = 180.0
"""Beyond it a service that does not answer is taken for dead, however busy the machine."""

_BETWEEN_S = (0.05, 1.5)
"""Random moments, in the midst of a start, of a renewal and of turns."""


@dataclass(slots=True)
class Killed:
    """What was seen."""

    backs: dict[str, list[float]]
    """kind → seconds until the service answered again and one of its processes asked the source"""
    turns: int = 0
    calls: int = 0
    again: int = 0
    """turns that met a refused or broken connection and were tried again"""
    slowest: float = 0.0
    """seconds of the slowest turn, tries included"""
    lost: tuple[str, ...] = ()
    """why a call lost its place, and what it was told"""
    looks: int = 0
    """how often a whole answer and the kept file were looked at"""
    halves: tuple[str, ...] = ()
    renewals: int = 0


def main(kills: int = KILLS) -> None:
    """Kill and print; RuntimeError where a promise broke."""
    seen = kill(kills)
    print(
        f"{sum(map(len, seen.backs.values()))} kills; {seen.calls:,} calls, {seen.turns:,} turns, "
        f"{seen.again} of them tried again, the slowest {seen.slowest:.2f} s; "
        f"{len(seen.lost)} calls lost their place"
    )
    print(
        f"{seen.looks:,} looks at answers and at the kept file during {seen.renewals} renewals: "
        f"{len(seen.halves)} half snapshots"
    )
    for kind, backs in seen.backs.items():
        middle = sorted(backs)[len(backs) // 2]
        print(
            f"  {kind}: {len(backs)} kills, back after {middle:.2f} s, at most {max(backs):.2f} s"
        )
    print(
        f"(a start waits {RESTART_S:g} s, as systemd does; load {os.getloadavg()[0]:.1f} of cores)"
    )
    if seen.lost or seen.halves:
        raise RuntimeError(f"lost {seen.lost[:3]}, half {seen.halves[:3]}")
    if max(max(backs) for backs in seen.backs.values()) > BACK_S:
        raise RuntimeError(f"the service was not back within {BACK_S:g} s")


def kill(kills: int, patience: float = GIVES_UP_S) -> Killed:
    """Kill so many times, always the same kinds in a row, at random moments.

    `patience`: seconds that a caller waits for an answer. A machine that others keep busy starts
    a service anew more slowly than Twilio waits, and loses no place by it.
    """
    chance = random.Random(6)  # noqa: S311  the same moments each time, not a secret
    seen = Killed({})
    with _running(patience) as (service, line, reader, renewals):
        for number in range(kills):
            time.sleep(chance.uniform(*_BETWEEN_S))
            kind = _KINDS[number % len(_KINDS)]
            began = time.monotonic()
            dead = {None, *_strike(service, kind)}
            while not reader.ready() or service.poller() in dead:
                if time.monotonic() - began > STARTS_S:
                    raise RuntimeError(f"not back after kill {number} of the {kind}")
                time.sleep(0.02)
            seen.backs.setdefault(kind, []).append(time.monotonic() - began)
        reader.stop()
        line.stop()
        seen.renewals = renewals()
    seen.turns, seen.calls, seen.again = line.turns, line.calls, line.again
    seen.slowest, seen.lost = line.slowest, tuple(line.lost)
    seen.looks, seen.halves = reader.looks, tuple(reader.halves)
    return seen


def _strike(service: GunicornProcess, kind: str) -> list[int]:
    """The workers that were killed; a dying one holds its lock a moment longer."""
    workers, poller = service.workers(), service.poller()
    if kind == "everything":
        service.kill()
        return workers
    others = [worker for worker in workers if worker != poller]
    chosen = poller if poller and (kind == "poller" or not others) else others[0]
    os.kill(chosen, signal.SIGKILL)
    return [chosen]


@contextmanager
def _running(
    patience: float,
) -> Iterator[tuple[GunicornProcess, PatientCallers, Reader, Callable[[], int]]]:
    """The source, the service, callers and a reader; all have ended after it."""
    with (
        renewing(alike_at) as source,
        tempfile.TemporaryDirectory() as directory,
        GunicornProcess(source.url, Path(directory)) as service,
    ):
        reader = Reader(service.base, source.url, Path(directory))
        began = time.monotonic()
        while service.ready < WORKERS:
            if time.monotonic() - began > STARTS_S:
                raise RuntimeError(f"the service did not start: {service.said()}")
            time.sleep(0.05)
        line = PatientCallers(service.base, patience)
        try:
            line.start()
            reader.start()
            yield service, line, reader, lambda: source.renewals
        finally:
            reader.stop()
            line.stop()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
