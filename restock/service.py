"""Builds the parts of restock messages: what the conversation and the feed use, and the worker."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from restock.deliver import Deliverer
from restock.file_rows import FileRows
from restock.plan import Planner
from restock.queue import Jobs, queue_of
from restock.redis_rows import RedisRows
from restock.values import Tell
from restock.watch_store import WatchStore
from restock.watches import Seal, Watches
from settings import Settings
from shared.catalog import Snapshot
from shared.redis_link import connect

REDIS_SECONDS = 0.3
"""The longest that a turn which sets a watch waits for Redis."""


class Restock:
    """Restock messages, where RESTOCK=on."""

    def __init__(self, settings: Settings, clock: Callable[[], datetime]) -> None:
        folder = Path(settings.data_dir)
        self._store = WatchStore(
            RedisRows(connect(settings.redis_url, REDIS_SECONDS, text=True))
            if settings.redis_url
            else FileRows(folder / "restock.sqlite")
        )
        self._seal, self._clock = Seal(settings.secret_key), clock
        self._jobs = Jobs(
            queue_of(settings.redis_url, folder / "restock-queue.sqlite", settings.secret_key)
        )
        self.watches = Watches(self._store, self._seal, clock)
        self.planner = Planner(self._store, clock, self._jobs.owed)

    def work(self, ways: Mapping[str, Tell], snapshot: Callable[[], Snapshot | None]) -> None:
        """Deliver messages until SIGTERM. `ways`: name of a channel → its function that tells a
        person; `snapshot`: the one in use."""
        self._jobs.work(Deliverer(self._store, self._seal, ways, snapshot, self._clock))
