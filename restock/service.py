"""Builds the parts of restock messages for the app, the conversation and the worker."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cached_property
from pathlib import Path

from restock.deliver import Deliverer
from restock.file_store import FileWatchStore
from restock.plan import Planner
from restock.queue import Jobs, queue_of
from restock.redis_store import RedisWatchStore
from restock.values import Tell, WatchStore
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
        self._store: WatchStore = (
            RedisWatchStore(connect(settings.redis_url, REDIS_SECONDS, text=True))
            if settings.redis_url
            else FileWatchStore(folder / "restock.sqlite")
        )
        self._seal, self._clock = Seal(settings.secret_key), clock
        self._ways: Callable[[], Mapping[str, Tell]] = dict
        self._snapshot: Callable[[], Snapshot | None] = lambda: None
        queue = queue_of(settings.redis_url, folder / "restock-queue.sqlite", settings.secret_key)
        self.jobs = Jobs(queue, lambda: self._deliverer)
        self.watches = Watches(self._store, self._seal, clock)
        self.planner = Planner(self._store, clock, self.jobs.owed)

    def connect(
        self, ways: Callable[[], Mapping[str, Tell]], snapshot: Callable[[], Snapshot | None]
    ) -> None:
        """Set what the worker needs. `ways`: called once, at the first message; `snapshot`: the one
        in use."""
        self._ways, self._snapshot = ways, snapshot

    @cached_property
    def _deliverer(self) -> Deliverer:
        return Deliverer(self._store, self._seal, self._ways(), self._snapshot, self._clock)
