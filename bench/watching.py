"""What it costs to count a turn, beside the turn itself; and what it costs to read the figures.

Run alone with `python -m bench.watching`. Counted as under gunicorn, in files that workers share.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from conversation.observation import Observed, Recognition
from conversation.service import Conversation
from shared.clock import TAIPEI
from shared.dialog.values import Channel, State, Utterance
from shared.feed.load import load_demo
from shared.feed.status import FeedStatus
from shared.places.districts import all_districts
from telemetry.count_buffer import CountBuffer
from telemetry.counts import SLOT_S
from telemetry.figures import Figures
from telemetry.metrics import SHARED_DIR, Metrics
from telemetry.store import FileCountStore

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=TAIPEI)
SAID = ("大安區", "花蓮市還有口罩嗎", "下一家", "地址", "再說一次", "嗯那個")
ROUNDS, TURNS = 5, 600
LIMIT = 0.1
"""Of a turn; what is left of issue 6's half of the bare route is worth more than a figure."""

STATUS = FeedStatus({}, "", asks=True)


def main() -> None:
    """Print each figure; in a process of its own, since the library looks once where to count."""
    with TemporaryDirectory() as place:
        environment = os.environ | {SHARED_DIR: place}
        subprocess.run([sys.executable, "-m", "bench.watching"], env=environment, check=True)


def measure(place: Path) -> None:
    """With the files of the metrics and of the buffer below `place`."""
    snapshot = load_demo(NOW).snapshot
    times = count()

    def clock() -> datetime:
        return NOW + timedelta(milliseconds=next(times))

    store = FileCountStore(place / "figures.sqlite")
    buffer = CountBuffer(store, clock, lambda: snapshot, lambda: STATUS)
    metrics = Metrics(buffer, clock, lambda: snapshot, place)
    seen: list[Observed] = []
    talk = Conversation(lambda: snapshot, clock, lambda one, _: seen.append(one))
    channel = Channel("twilio", keys=True)

    def hold() -> None:
        state: State | None = None
        for number in range(TURNS):
            state, _ = talk.take(state, Utterance(text=SAID[number % len(SAID)]), channel)

    def each(what: Callable[[Observed], None]) -> Callable[[], object]:
        return lambda: [what(one) for one in seen[:TURNS]]  # type: ignore[func-returns-value]

    turn = _best(hold) / TURNS
    print(f"watching: µs a turn, best of {ROUNDS}")
    print(f"  {'a turn (baseline)':<34}{turn:9.1f} µs")
    buffered, metered = _best(each(buffer.turn)) / TURNS, _best(each(metrics.turn)) / TURNS
    for name, taken in (
        ("buffer", buffered),
        ("metrics", metered),
        ("both", buffered + metered),
    ):
        print(f"  {name:<34}{taken:9.1f} µs  {taken / turn:6.3f} × a turn  (limit {LIMIT})")
    _fill(buffer, NOW)
    figures = Figures(store, lambda: snapshot, Path())
    print("reading, with two days in which every district was asked about each hour")
    print(f"  {'/metrics':<34}{_best(metrics.page) / 1000:9.1f} ms")
    print(f"  {'/operator/live.json':<34}{_best(lambda: figures.at(NOW)) / 1000:9.1f} ms")


def _fill(buffer: CountBuffer, until: datetime) -> None:
    """Every ten minutes of two days, each channel and outcome, and a share of the districts."""
    districts = all_districts()
    for slot in range(2 * 86_400 // SLOT_S):
        filling = CountBuffer(
            buffer.store, partial(_ago, until, slot), lambda: None, lambda: STATUS
        )
        for number in range(slot % 6, len(districts), 6):
            filling.turn(
                Observed(
                    channel=("twilio", "alexa", "browser", "api")[number % 4],
                    intent="ask",
                    outcome=("Found", "SoldOut", "AmbiguousPlace", "NotHeard")[number // 4 % 4],
                    microseconds=400 << number % 8,
                    opens=number % 3 == 0,
                    heard=(Recognition.SURE, Recognition.UNSURE)[number % 2],
                    district=districts[number].key,
                    first_count_s=number % 90,
                )
            )
        filling.flush()


def _ago(until: datetime, slots: int) -> datetime:
    return until - timedelta(seconds=SLOT_S * slots)


def _best(what: Callable[[], object]) -> float:
    """Microseconds of the quickest of ROUNDS: the one least disturbed by others."""
    taken = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        what()
        taken.append((time.perf_counter() - began) * 1e6)
    return min(taken)


if __name__ == "__main__":
    if SHARED_DIR in os.environ:
        measure(Path(os.environ[SHARED_DIR]))
    else:
        main()
