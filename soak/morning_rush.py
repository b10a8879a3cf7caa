"""Eight o'clock of 6 February 2020, simulated: who rings, who gets through, and what gives first.

Callers ring for an hour, most of them in its first minutes; a call has some turns, a few seconds
apart; who gets no line, or is told to ring again, does so after a while, a few times. Machines are
cores that take so many milliseconds a turn, with the queue and the limits of web/admission.py.
What is assumed and what was measured: docs/scale.md.
"""

import argparse
import heapq
import random
from collections.abc import Sequence
from dataclasses import dataclass

from web.admission import CONCURRENCY, MAX_WAIT_S, QUEUE, Pool

TURN_MS = 3.1
"""Of a core, a turn in service (docs/scale.md)."""

TURNS = (3, 7)
"""Of a call: greeting, question, answer, a next one; bench/callers.py plays eight."""

BETWEEN_S = (5.0, 9.0)
"""An answer is heard (four to seven seconds), and the next thing said."""

HALF_LIFE_S = 600.0
"""Half of those who ring in the hour ring in its first ten minutes."""

HOUR_S = 3600.0
AGAIN_S = (20.0, 90.0)
TRIES = 5
"""Then she gives up."""


@dataclass(frozen=True, slots=True)
class Morning:
    """What comes in, and what there is."""

    callers: int
    """people who ring within the hour"""
    lines: int
    """calls that the telephone company passes on at once"""
    cores: int


@dataclass(slots=True)
class MorningReport:
    """What became of them."""

    served: int = 0
    served_at_once: int = 0
    """without ringing again"""
    no_line: int = 0
    """tries that met an engaged tone"""
    told_to_ring_again: int = 0
    gave_up: int = 0
    most_lines: int = 0
    busiest: float = 0.0
    """turns a second and core, in the busiest ten seconds"""

    def gives_first(self) -> str:
        """The part that turned people away."""
        if not self.no_line and not self.told_to_ring_again:
            return "nothing"
        return "the lines" if self.no_line >= self.told_to_ring_again else "the cores"


class Simulation:
    """One morning, event by event."""

    def __init__(self, morning: Morning, turn_ms: float = TURN_MS, seed: int = 6) -> None:
        self._morning, self._turn_s = morning, turn_ms / 1000
        self._chance = random.Random(seed)  # noqa: S311  no secret
        self._events: list[tuple[float, int, str, int, int]] = []
        self._number = 0
        self._free_at = [0.0] * morning.cores
        self._lines = 0
        self._turns: dict[int, int] = {}
        self.seen = MorningReport()

    def run(self) -> MorningReport:
        """Until everybody was served or gave up."""
        for _ in range(self._morning.callers):
            self._later(self._rings_at(), "rings", 0, 1)
        while self._events:
            now, _, what, turns, tries = heapq.heappop(self._events)
            if what == "rings":
                self._ring(now, tries)
            else:
                self._turn(now, turns, tries)
        self.seen.busiest = max(self._turns.values(), default=0) / 10 / self._morning.cores
        return self.seen

    def _rings_at(self) -> float:
        while (at := self._chance.expovariate(0.693 / HALF_LIFE_S)) > HOUR_S:
            pass
        return at

    def _later(self, at: float, what: str, turns: int, tries: int) -> None:
        self._number += 1
        heapq.heappush(self._events, (at, self._number, what, turns, tries))

    def _ring(self, now: float, tries: int) -> None:
        if self._lines >= self._morning.lines:
            self.seen.no_line += 1
            self._again(now, tries)
            return
        self._lines += 1
        self.seen.most_lines = max(self.seen.most_lines, self._lines)
        self._turn(now, self._chance.randint(*TURNS), tries, new=True)

    def _turn(self, now: float, turns: int, tries: int, *, new: bool = False) -> None:
        """The core that is free first takes it, or it is refused where the queue is too long."""
        core = min(range(self._morning.cores), key=self._free_at.__getitem__)
        waits = max(0.0, self._free_at[core] - now)
        queue = QUEUE if new else 2 * QUEUE
        if waits > min(MAX_WAIT_S, (queue + CONCURRENCY[Pool.TELEPHONE]) * self._turn_s):
            self._lines -= 1
            self.seen.told_to_ring_again += 1
            self._again(now, tries)
            return
        self._free_at[core] = now + waits + self._turn_s
        self._turns[int(now // 10)] = self._turns.get(int(now // 10), 0) + 1
        if turns > 1:
            pause = self._chance.uniform(*BETWEEN_S)
            self._later(now + waits + self._turn_s + pause, "turn", turns - 1, tries)
        else:
            self._lines -= 1
            self.seen.served += 1
            self.seen.served_at_once += tries == 1

    def _again(self, now: float, tries: int) -> None:
        if tries >= TRIES:
            self.seen.gave_up += 1
        else:
            self._later(now + self._chance.uniform(*AGAIN_S), "rings", 0, tries + 1)


MORNINGS = (
    Morning(2_000, 60, 1),
    Morning(20_000, 300, 2),
    Morning(20_000, 2_000, 2),
    Morning(100_000, 300, 2),
    Morning(100_000, 6_000, 2),
    Morning(100_000, 6_000, 4),
    Morning(300_000, 20_000, 4),
    Morning(300_000, 20_000, 8),
)


def main(arguments: Sequence[str] = ()) -> None:
    """Print what became of each morning."""
    parser = argparse.ArgumentParser(prog="python -m soak.morning_rush")
    parser.add_argument("--turn-ms", type=float, default=TURN_MS, help="of a core, a turn")
    turn_ms = parser.parse_args(arguments).turn_ms
    print(
        "callers | lines | cores | at once | served | gave up | lines used | turns/s a core | gives"
    )
    for morning in MORNINGS:
        seen = Simulation(morning, turn_ms).run()
        print(
            f"{morning.callers:,} | {morning.lines:,} | {morning.cores} | "
            f"{seen.served_at_once / morning.callers:.0%} | {seen.served / morning.callers:.0%} | "
            f"{seen.gave_up:,} | {seen.most_lines:,} | {seen.busiest:.0f} | {seen.gives_first()}",
            flush=True,
        )


if __name__ == "__main__":
    import sys

    main(sys.argv[1:])
