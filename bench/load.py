"""How much it carries, beside a bare signed Flask route on the same workers, and what it does with
more than that.

The highest rate at which 99 of 100 turns are answered within 100 ms is looked for with calls that
come in whatever the server does (bench/offered.py), for both servers in the same run; then three
times as many calls as that come in. The callers have cores of their own, as they have in life: on
the same ones they take from the slower server what they need, and from the faster one more.
"""

import argparse
import os
from collections.abc import Sequence
from dataclasses import dataclass

from bench import spoken
from bench.callers import questions, script
from bench.offered import Offered, offer
from bench.serving import Server, serving

GOOD_S = 0.1
ENOUGH = 0.99
STEP = 1.08
PROBES = 10
FIRST_CALLS = 60.0
"""A second: where the search begins."""

OVERLOAD = 3
CARRIED = 0.8
"""This part of the highest rate must still be answered at three times of it."""

RATIO = 0.5


@dataclass(frozen=True, slots=True)
class Carried:
    """The highest rate that was answered well."""

    calls: float
    """a second that came in"""
    offered: Offered
    milliseconds: float
    """of a worker's processor, a turn"""


def main(arguments: Sequence[str] = ()) -> None:
    """Print the highest rates, their ratio, and three times as much."""
    parser = argparse.ArgumentParser(prog="python -m bench.load")
    parser.add_argument("--seconds", type=float, default=2.5, help="of each probe")
    seconds = parser.parse_args(arguments).seconds
    asked = questions(spoken.catalog())
    cores = sorted(os.sched_getaffinity(0))
    served, calling = set(cores[: len(cores) // 2 or 1]), set(cores[len(cores) // 2 :])
    os.sched_setaffinity(0, calling)
    with (
        serving(cores=served) as ours,
        serving("bench.bare:create_app()", cores=served) as bare,
    ):
        for server in (ours, bare):  # every worker has loaded what it loads once
            offer(server.base, asked, 20, 1)
        alone = highest(bare, asked, seconds)
        whole = highest(ours, asked, seconds)
        _print("bare signed Flask route", alone)
        _print("the line", whole)
        ratio = whole.offered.rate / alone.offered.rate
        print(f"ratio: {ratio:.2f} of the turns a second (at least {RATIO})")
        print(
            f"       {alone.milliseconds / whole.milliseconds:.2f} by processor time of the workers"
        )
        more = offer(ours.base, asked, OVERLOAD * whole.calls, max(seconds, 4))
        _print_overload(more, whole)


def highest(server: Server, asked: Sequence[str], seconds: float) -> Carried:
    """The highest rate of calls at which turns are answered well, within a step of STEP.

    Up in large steps as long as it goes well, then in small ones; a rate fails where it went badly
    twice, since now and then the machine itself has something else to do.
    """
    best, calls, step = None, FIRST_CALLS, STEP**4
    for _ in range(PROBES):
        found = _well(server, asked, calls, seconds) or _well(server, asked, calls, seconds)
        if found:
            best = found
        elif best is None:
            calls /= step
            continue
        elif step == STEP:
            break
        else:
            calls, step = best.calls, STEP
        calls *= step
    if best is None:
        raise RuntimeError("not even the lowest rate that was tried was answered well")
    return best


def _well(server: Server, asked: Sequence[str], calls: float, seconds: float) -> Carried | None:
    """What so many calls a second came to; None where they were not answered well."""
    spent = server.seconds()
    found = offer(server.base, asked, calls, seconds)
    if found.within(GOOD_S) < ENOUGH:
        return None
    return Carried(calls, found, (server.seconds() - spent) / max(1, found.made) * 1000)


def _print(name: str, carried: Carried) -> None:
    found = carried.offered
    print(
        f"{name}: {found.rate:,.0f} turns/s ({carried.calls:.0f} calls/s of "
        f"{len(script(0, ('',)))} turns), {found.within(GOOD_S):.1%} within 100 ms, "
        f"median {found.percentile(0.5) * 1e3:.1f} ms, {carried.milliseconds:.2f} ms of a processor"
    )


def _print_overload(found: Offered, carried: Carried) -> None:
    share = found.within(1.0) * found.turns / found.seconds / carried.offered.rate
    print(
        f"{OVERLOAD} times as many calls: {found.rate:,.0f} turns/s answered "
        f"(within 1 s: {share:.0%} of the highest rate, at least {CARRIED:.0%}), "
        f"99 % within {found.percentile(0.99) * 1e3:.0f} ms"
    )
    slowest = max([*found.answered, *found.busy], default=0.0)
    print(
        f"  the fallback: {len(found.busy)} turns of {found.turns}; "
        f"neither: {len(found.failed)} {sorted(set(found.failed))[:3]}; slowest {slowest:.2f} s"
    )


if __name__ == "__main__":
    import sys

    main(sys.argv[1:])
