"""Loading and renewing a feed, beside what the standard library needs to read the bare rows.

Run alone with `python -m bench.feed`. The limits are for the real feed of 6,588 rows.
"""

import csv
import io
import time
from collections.abc import Callable

from samples import FEED, material
from shared.feed.demo import demo_feed
from shared.feed.parse import parse_feed
from shared.names.index import index_of

ROUNDS = 7
LOAD_LIMIT_MS, RENEWAL_LIMIT_MS, DEMO_LIMIT_MS = 1_500, 100, 300


def main() -> None:
    """Print each figure with its limit and its ratio to the baseline of the same run."""
    content = (material() / "data" / FEED).read_bytes()
    _ready(content)  # what is read once, at the start of a process, is not a feed's cost
    held = parse_feed(content)
    bare = _best(lambda: list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")))))
    print(f"feed: {len(held.snapshot.catalog.pharmacies):,} rows; best of {ROUNDS}")
    print(f"  {'csv.DictReader alone (baseline)':<42}{bare:8.1f} ms")
    for name, what, limit in (
        ("bytes → snapshot", lambda: parse_feed(content), LOAD_LIMIT_MS),
        ("bytes → snapshot ready to be asked", lambda: _ready(content), LOAD_LIMIT_MS),
        ("renewal, counts only", lambda: parse_feed(content, before=held), RENEWAL_LIMIT_MS),
        ("demo feed made", lambda: demo_feed(held.snapshot.source_time), DEMO_LIMIT_MS),
    ):
        taken = _best(what)
        print(f"  {name:<42}{taken:8.1f} ms  {taken / bare:6.1f} × baseline  (limit {limit:,} ms)")


def _ready(content: bytes) -> object:
    return index_of(parse_feed(content).snapshot.catalog)


def _best(what: Callable[[], object]) -> float:
    """Milliseconds of the quickest of ROUNDS: the one least disturbed by others."""
    taken = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        what()
        taken.append((time.perf_counter() - began) * 1_000)
    return min(taken)


if __name__ == "__main__":
    main()
