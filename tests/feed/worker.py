"""A process of its own with a feed, for the tests that kill such processes.

`python -m tests.feed.worker URL DIRECTORY [REDIS_URL [LEASE]]`: a line for each snapshot that it
sees: its number and whether it is whole, which is when all its counts are the same; `asks` when it
begins to ask the source, `follows` when it no longer does.
"""

import sys
import time
from datetime import datetime
from pathlib import Path

from shared.clock import TAIPEI
from shared.feed.poll import Feed
from shared.feed.source import Source

LEASE_SECONDS = 1.0


def main(url: str, directory: str, redis_url: str = "", lease: str = "") -> None:
    """Run until killed."""
    now = datetime(2020, 3, 3, 23, 59, tzinfo=TAIPEI)
    source = Source(
        url,
        seconds=0.1,
        data_dir=Path(directory),
        redis_url=redis_url,
        lease_seconds=float(lease or LEASE_SECONDS),
    )
    feed = Feed(source, lambda: now)
    feed.start()
    seen, asked = None, False
    while True:
        snapshot = feed.current()
        if snapshot is not None and snapshot is not seen:
            seen = snapshot
            counts = {stock["adult_mask"] for stock in snapshot.stocks.values()}
            whole = len(counts) == 1 and len(snapshot.catalog.pharmacies) == 300
            _say(f"{'whole' if whole else 'HALF'} {max(counts)}")
        if feed.status.asks is not asked:
            asked = not asked
            _say("asks 0" if asked else "follows 0")
        time.sleep(0.005)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
