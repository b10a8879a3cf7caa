"""An hour's turns, compressed: 200,000 of them while the feed renews itself every few seconds.

Memory must be flat and no file handle be lost once everything is warm, and no turn may fail.
"""

import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from bench import spoken
from bench.callers import Caller, questions
from bench.serving import Server, serving
from soak.feed_server import renewing

TURNS = 200_000
WARM = 0.3
"""So much of them goes by before memory is looked at: by then every cache has what it keeps."""

LOOKS = 10
"""How often it is looked at after that."""

FLAT = 1.05
"""The last third of the looks may have at most so much more memory than the first third."""

CALLERS = 2
RENEWED_S = 5


@dataclass(frozen=True, slots=True)
class Look:
    """The workers at one moment."""

    megabytes: tuple[float, ...]
    handles: tuple[int, ...]

    @classmethod
    def at(cls, server: Server) -> "Look":
        """As they are now, while nobody calls."""
        workers = server.workers()
        return cls(
            tuple(worker.memory_info().rss / 2**20 for worker in workers),
            tuple(worker.num_fds() for worker in workers),
        )


@dataclass(frozen=True, slots=True)
class Soaked:
    """What was seen."""

    turns: int
    failed: int
    renewals: int
    seconds: float
    looks: tuple[Look, ...]
    pids: frozenset[int]
    """of the workers, at all looks: more than there are workers where one died"""

    @property
    def growth(self) -> float:
        """Memory of the last third of the looks beside that of the first third."""
        sums = [sum(look.megabytes) for look in self.looks]
        third = max(1, len(sums) // 3)
        return (sum(sums[-third:]) / third) / (sum(sums[:third]) / third)

    @property
    def lost(self) -> int:
        """File handles at the last look that were not there at the first."""
        return sum(self.looks[-1].handles) - sum(self.looks[0].handles)


def main(turns: int = TURNS) -> None:
    """Soak and print; RuntimeError where a promise broke."""
    seen = soak(turns)
    print(
        f"{seen.turns:,} turns in {seen.seconds:.0f} s, {seen.turns / seen.seconds:,.0f} a second; "
        f"{seen.renewals} renewals, {seen.failed} turns failed"
    )
    for look in seen.looks:
        print(f"  {' + '.join(f'{mb:.1f} MB' for mb in look.megabytes)}, handles {look.handles}")
    print(
        f"memory after warming up: × {seen.growth:.3f} (at most {FLAT}); handles lost: {seen.lost}"
    )
    if (
        seen.failed
        or seen.growth > FLAT
        or seen.lost > 0
        or len(seen.pids) > len(seen.looks[0].handles)
    ):
        raise RuntimeError("the soak broke a promise")


def soak(turns: int, looks: int = LOOKS) -> Soaked:
    """Hold calls until `turns` have been taken, and look at the workers between."""
    asked = questions(spoken.catalog())
    with renewing() as source, tempfile.TemporaryDirectory() as directory:
        settings = {
            "FEED_URL": source.url,
            "FEED_SECONDS": str(RENEWED_S),
            "DATA_DIR": directory,
        }
        with serving(environment=settings) as server, ProcessPoolExecutor(CALLERS) as callers:
            began = time.monotonic()
            seen: list[Look] = []
            pids: set[int] = set()
            done = failed = first = 0
            chunks = [int(turns * WARM)] + [int(turns * (1 - WARM) / looks)] * looks
            for chunk in chunks:
                parts = [
                    callers.submit(hold, server.base, first + part, chunk // CALLERS, asked)
                    for part in range(CALLERS)
                ]
                taken = [part.result() for part in parts]
                done += sum(count for count, _, _ in taken)
                failed += sum(bad for _, bad, _ in taken)
                first = max(last for _, _, last in taken) + CALLERS
                seen.append(_at_rest(server))
                pids |= {worker.pid for worker in server.workers()}
            seconds = time.monotonic() - began
    return Soaked(done, failed, source.renewals, seconds, tuple(seen), frozenset(pids))


def _at_rest(server: Server) -> Look:
    """The look with the fewest handles of some: a renewal holds a few for a moment, and so do
    connections that were just hung up."""
    looks = []
    for _ in range(_LOOKS_AT_REST):
        time.sleep(_SETTLES_S)
        looks.append(Look.at(server))
    return min(looks, key=lambda look: sum(look.handles))


_SETTLES_S, _LOOKS_AT_REST = 0.3, 5


def hold(base: str, first: int, turns: int, asked: Sequence[str]) -> tuple[int, int, int]:
    """Calls one after the other until `turns` are taken: turns, failed ones, the last number."""
    taken = failed = 0
    number = first
    while taken < turns:
        caller = Caller(base, number)
        took, well = caller.converse(asked)
        taken += took
        failed += not well
        number += CALLERS
    return taken, failed, number


if __name__ == "__main__":
    main()
