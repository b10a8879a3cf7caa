"""points.json beside plain `json.dumps` of the same collection: sent from memory, and made anew."""

import json
from collections.abc import Callable
from dataclasses import replace
from time import perf_counter

from flask import Flask

from samples import FEED, material
from shared.catalog import Snapshot
from shared.feed.load import load_snapshot
from web.api.points import make_points
from web.api.responses import Answers

DATA = material() / "data"
ROUNDS = 5
SENT = 2_000


def main() -> None:
    """Print bytes, microseconds and ratios."""
    feed = load_snapshot(str(DATA / FEED), locations=str(DATA / "locations.csv"))
    first = _seconds(lambda: make_points(feed), 1)
    points = make_points(feed)
    collection = json.loads(points.content)
    plain = _seconds(lambda: json.dumps(collection), ROUNDS)
    renewed = _seconds(lambda: make_points(replace(feed)), ROUNDS)
    sent = _sent(feed)
    print(f"points.json: {len(collection['features']):,} pharmacies, {len(points.content):,} bytes")
    print(f"  gzip                      {len(points.zipped):,} bytes")
    print(f"  plain json.dumps          {plain * 1e6:,.0f} µs")
    print(f"  first, with gzip          {first * 1e6:,.0f} µs, {first / plain:.2f}×")
    print(f"  each renewal, with gzip   {renewed * 1e6:,.0f} µs, {renewed / plain:.2f}×")
    print(f"  each request after it     {sent * 1e6:,.0f} µs, {sent / plain:.4f}×")


def _seconds(work: Callable[[], object], rounds: int) -> float:
    """The best of some rounds."""
    best = float("inf")
    for _ in range(rounds):
        started = perf_counter()
        work()
        best = min(best, perf_counter() - started)
    return best


def _sent(feed: Snapshot) -> float:
    """Seconds a request, from the snapshot to the whole response, gzip accepted."""
    answers = Answers(lambda: feed, lambda: feed.source_time, 30)
    with Flask(__name__).test_request_context(headers={"Accept-Encoding": "gzip"}):
        answers.points()
        started = perf_counter()
        for _ in range(SENT):
            answers.points()
        return (perf_counter() - started) / SENT


if __name__ == "__main__":
    main()
