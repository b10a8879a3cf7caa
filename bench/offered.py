"""Calls that come in when they come in, however long the answers take; and what became of them.

Each process of callers has one event loop. Calls begin at random moments of a given rate, whatever
the server does (an open loop); within a call the next turn follows a moment after the answer. A
turn's time runs from the moment at which it was due, so that a late caller hides no late answer.
"""

import asyncio
import random
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field

from bench.callers import BUSY, GIVES_UP_S, Call, length_of, script

PROCESSES = 2
THINKS_S = 0.1
"""Between an answer and the next turn; people take 5 s, but nothing is measured by that."""

SETTLED_S = 1.5
"""From the start until as many calls are in each of their turns as come in; not counted."""


@dataclass(slots=True)
class Offered:
    """What became of the turns that were due while it was measured."""

    seconds: float
    answered: list[float] = field(default_factory=list)
    """seconds until the answer of each turn that was answered"""
    busy: list[float] = field(default_factory=list)
    """the same of each that got the fallback"""
    failed: list[str] = field(default_factory=list)
    """why, of each that got neither: refused, reset, not within 15 s"""

    made: int = 0
    """turns of the whole run, those not counted with them"""

    @property
    def rate(self) -> float:
        """Turns answered a second."""
        return len(self.answered) / self.seconds

    @property
    def turns(self) -> int:
        """All of them."""
        return len(self.answered) + len(self.busy) + len(self.failed)

    def within(self, seconds: float) -> float:
        """The share of all turns that was answered within so many seconds."""
        return sum(took < seconds for took in self.answered) / max(1, self.turns)

    def percentile(self, share: float) -> float:
        """Seconds in which that share of the answered turns was answered."""
        ordered = sorted(self.answered) or [float("inf")]
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def offer(base: str, asked: Sequence[str], calls_a_second: float, seconds: float) -> Offered:
    """Put so many calls a second on the server at `base` for so long (after settling)."""
    with ProcessPoolExecutor(PROCESSES) as processes:
        parts = [
            processes.submit(_run, base, asked, calls_a_second / PROCESSES, seconds, process)
            for process in range(PROCESSES)
        ]
        whole = Offered(seconds)
        for part in parts:
            found = part.result()
            whole.answered += found.answered
            whole.busy += found.busy
            whole.failed += found.failed
            whole.made += found.made
    return whole


def _run(base: str, asked: Sequence[str], rate: float, seconds: float, process: int) -> Offered:
    return asyncio.run(_offer(base, asked, rate, seconds, process))


async def _offer(
    base: str, asked: Sequence[str], rate: float, seconds: float, process: int
) -> Offered:
    chance = random.Random(f"{process} {rate}")  # noqa: S311  no secret
    began = time.perf_counter()
    found = _Found(began + SETTLED_S, began + SETTLED_S + seconds, Offered(seconds))
    number, due, running = process, began, set()
    while (due := due + chance.expovariate(rate)) < found.until:
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        call = asyncio.create_task(_converse(Call(number, base), due, asked, chance, found))
        running.add(call)
        call.add_done_callback(running.discard)
        number += PROCESSES
    await asyncio.gather(*running)
    return found.offered


@dataclass(slots=True)
class _Found:
    since: float
    until: float
    offered: Offered

    def counts(self, due: float) -> bool:
        """Whether a turn that was due then is counted."""
        return self.since <= due < self.until


async def _converse(
    call: Call, due: float, asked: Sequence[str], chance: random.Random, found: _Found
) -> None:
    """One call to its end, or to the end of the measurement."""
    reader: asyncio.StreamReader | None = None
    writer: asyncio.StreamWriter | None = None
    try:
        async with asyncio.timeout_at(asyncio.get_running_loop().time() + GIVES_UP_S) as limit:
            for turn in script(call.number, asked):
                if due >= found.until:
                    return
                limit.reschedule(asyncio.get_running_loop().time() + GIVES_UP_S)
                if writer is None or reader is None:
                    host, port = call.base.removeprefix("http://").split(":")
                    reader, writer = await asyncio.open_connection(host, int(port))
                writer.write(call.request(turn))
                body = await reader.readexactly(length_of(await reader.readuntil(b"\r\n\r\n")))
                took = time.perf_counter() - due
                found.offered.made += 1
                refused = BUSY is not None and body == BUSY.body
                if found.counts(due):
                    (found.offered.busy if refused else found.offered.answered).append(took)
                if not call.goes_on(body):
                    return
                thinks = chance.expovariate(1 / THINKS_S)
                due = time.perf_counter() + thinks
                await asyncio.sleep(thinks)
    except (OSError, EOFError, RuntimeError, TimeoutError) as problem:
        if found.counts(due):
            found.offered.failed.append(f"{type(problem).__name__}: {problem}")
    finally:
        if writer is not None:
            writer.close()
