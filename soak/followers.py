"""What one Redis must carry at a hundred hosts: their looks each second, and each new file.

The hosts are threads that do what a host's feed thread does (`RedisCache.mark` each second, `kept`
when it changed) over a connection each; the Redis and all of that are real, and so is the file.
"""

import argparse
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from statistics import median

import psutil

from shared.clock import TAIPEI
from shared.feed.redis_cache import RedisCache
from shared.redis_link import connect
from soak.feed_server import file_at
from tests.redis_server import RedisServer

HOSTS = 100
LOOKS_EVERY_S = 1.0
RENEWED_S = 6.0
"""In life 30 s: a file comes five times as often here."""

ROUNDS = 5
LATEST_S = 3.0
"""Within so long the last host must have a file; a caller notices nothing of it."""

NAMES = ("feed", "hours", "locations")
"""What a host looks at (shared/feed/renewal.py, extras_renewal.py)."""


@dataclass
class FollowersReport:
    """What the hosts saw."""

    taken: list[float] = field(default_factory=list)
    """seconds from the publishing to the host that has it, of each host and file"""
    missed: int = 0
    """looks that failed"""


def main(arguments: Sequence[str] = ()) -> None:
    """Print what Redis spent; RuntimeError where a host was late or had nothing."""
    parser = argparse.ArgumentParser(prog="python -m soak.followers")
    parser.add_argument("--hosts", type=int, default=HOSTS)
    hosts = parser.parse_args(arguments).hosts
    with RedisServer() as server:
        seen = _follow(server, hosts)
    wanted = hosts * ROUNDS
    if len(seen.taken) < wanted or max(seen.taken) > LATEST_S or seen.missed:
        raise RuntimeError(f"{len(seen.taken)} of {wanted} files taken, {seen.missed} looks failed")


def _follow(server: RedisServer, hosts: int) -> FollowersReport:
    seen, published, stop = FollowersReport(), [0.0], threading.Event()
    threads = [
        threading.Thread(target=_host, args=(server.url, place / hosts, published, stop, seen))
        for place in range(hosts)
    ]
    with connect(server.url, 5) as redis:
        cache = RedisCache(redis, "followers", "a secret")
        for name in NAMES[1:]:
            cache.keep(name, file_at(0, datetime.now(TAIPEI)))
        for thread in threads:
            thread.start()
        time.sleep(2 * LOOKS_EVERY_S)
        process = psutil.Process(server.pid)
        idle = _spent(process, lambda: time.sleep(5 * LOOKS_EVERY_S)) / 5
        before = redis.info("stats")["total_net_output_bytes"]
        began = time.monotonic()

        def publish() -> None:
            for number in range(1, ROUNDS + 1):
                content = file_at(number, datetime.now(TAIPEI))
                cache.keep("feed", content)
                published[0] = time.monotonic()
                time.sleep(RENEWED_S)

        spent = _spent(process, publish)
        took = time.monotonic() - began
        sent = redis.info("stats")["total_net_output_bytes"] - before
        held = redis.info("memory")["used_memory_peak"]
        size = len(cache.kept("feed") or b"")
        stop.set()
        for thread in threads:
            thread.join()
    a_file = (spent - idle * took) / ROUNDS
    print(f"{hosts} hosts, a file of {size:,} bytes, looks each {LOOKS_EVERY_S:g} s")
    print(f"  looks alone: {idle * 1000:.1f} ms of a processor a second")
    print(f"  each file: {a_file * 1000:.0f} ms of a processor, {sent / ROUNDS / 1e6:.0f} MB sent")
    print(f"  with a file each 30 s: {(idle + a_file / 30) * 100:.1f} % of a processor")
    print(f"  a host has it after {median(seen.taken):.2f} s, the last {max(seen.taken):.2f} s")
    print(f"  memory of Redis at most {held / 1e6:.0f} MB")
    return seen


def _spent(process: psutil.Process, during: Callable[[], None]) -> float:
    """Processor seconds of `process` while `during` runs."""
    before = sum(process.cpu_times()[:2])
    during()
    return float(sum(process.cpu_times()[:2]) - before)


def _host(
    url: str, offset: float, published: list[float], stop: threading.Event, seen: FollowersReport
) -> None:
    """One of them; hosts look at different moments."""
    with connect(url, 5) as redis:
        cache = RedisCache(redis, "followers", "a secret")
        marks: dict[str, str | None] = {}
        stop.wait(offset * LOOKS_EVERY_S)
        while not stop.is_set():
            for name in NAMES:
                mark = cache.mark(name)
                if mark == marks.get(name):
                    continue
                marks[name] = mark
                if mark is None or cache.kept(name) is None:
                    seen.missed += 1
                elif name == "feed":
                    seen.taken.append(time.monotonic() - published[0])
            stop.wait(LOOKS_EVERY_S)


if __name__ == "__main__":
    import sys

    main(sys.argv[1:])
