"""The sums of the counts of all workers: what a store does, and one in SQLite for a single host."""

import json
import logging
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any, Protocol, TypeVar

from shared.sqlite_file import PROBLEMS, opened
from telemetry.counts import HOUR_S, MINUTE_S, SLOT_S, Counted, Key

log = logging.getLogger(__name__)

KEPT_S = {MINUTE_S: 25 * 3600, SLOT_S: 49 * 3600, HOUR_S: 25 * 3600}
"""Width of a slot → how long it is kept: the page compares with yesterday by minute and by ten
minutes; districts are shown for today only."""

SILENT_S = 10
"""A worker without a sign of life for so long is gone."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Worker:
    """A process that answers, as of its last sign of life."""

    host: str
    pid: int
    since: int
    """when it started, seconds since 1970"""
    asks: bool
    """whether it is the one that polls the feed"""
    source_time: int
    """of its snapshot, seconds since 1970; 0 for none"""
    refusals: Mapping[str, int]
    """failed renewals of the feed since it started, by kind (`shared.feed.status`)"""
    cause: str
    """what was wrong with its last renewal; "" for nothing"""
    seen: int
    """time of the sign of life, seconds since 1970"""
    calls: int = 0
    """SIP calls that it holds"""


def parse_workers(said: Iterable[str]) -> list[Worker]:
    """Workers from JSON; those of another version, with other fields, are left out."""
    workers = []
    for one in said:
        with suppress(TypeError, ValueError):
            workers.append(Worker(**json.loads(one)))
    return workers


class CountStore(Protocol):
    """Adds up the counts of workers; a failure costs figures, never a call."""

    @property
    def kind(self) -> str:
        """file, redis."""

    def add(self, counts: Mapping[Key, int], worker: Worker) -> bool:
        """Add `counts` and note that `worker` lives; False where that failed."""

    def counted(self, width: int, since: int, before: int) -> list[Counted]:
        """The sums of the slots of `width` seconds that begin in [`since`, `before`)."""

    def workers(self, now: int) -> list[Worker] | None:
        """The live workers; None where the store does not answer."""


REST_S = 5.0
"""Reads do not ask a store that failed so recently: the page reads six sums, and would wait for
each. Writes are tried every two seconds in any case, in a thread of their own."""


class Attempts:
    """Uses a store that may fail; logs when it begins to fail and when it recovers, each once."""

    def __init__(self, store: str, problems: tuple[type[Exception], ...]) -> None:
        """`store`: its name in the log; `problems`: what using it may raise."""
        self._store, self._problems = store, problems
        self._fails, self._failed_at = False, 0.0

    def read(self, work: Callable[[], T]) -> T | None:
        """As `write`; None too where the store failed less than REST_S ago."""
        rests = self._fails and time.monotonic() - self._failed_at < REST_S
        return None if rests else self.write(work)

    def write(self, work: Callable[[], T]) -> T | None:
        """The result of `work`; None where it fails."""
        try:
            done = work()
        except self._problems as problem:
            if not self._fails:
                log.warning("figures in %s cannot be used (%s)", self._store, problem)
            self._fails, self._failed_at = True, time.monotonic()
            return None
        if self._fails:
            log.info("figures in %s can be used again", self._store)
        self._fails = False
        return done


_MIGRATIONS = (
    (
        """CREATE TABLE IF NOT EXISTS count (
            width INTEGER NOT NULL, at INTEGER NOT NULL, name TEXT NOT NULL,
            number INTEGER NOT NULL, PRIMARY KEY (width, at, name)
        ) WITHOUT ROWID""",
        """CREATE TABLE IF NOT EXISTS worker (
            pid INTEGER PRIMARY KEY, seen INTEGER NOT NULL, said TEXT
        )""",
    ),
)

_ADD = """
INSERT INTO count VALUES (?, ?, ?, ?)
ON CONFLICT (width, at, name) DO UPDATE SET number = number + excluded.number
"""


class FileCountStore:
    """`CountStore` in one SQLite file."""

    kind = "file"

    def __init__(self, path: Path) -> None:
        """`path`: the file under DATA_DIR; made when something is first added."""
        self._opened = partial(opened, path, _MIGRATIONS)
        self._attempts = Attempts(path.name, PROBLEMS)

    def add(self, counts: Mapping[Key, int], worker: Worker) -> bool:
        """As in `CountStore`; deletes old slots too."""

        def write() -> bool:
            with self._opened() as connection:
                rows = [(*key, number) for key, number in counts.items()]
                connection.executemany(_ADD, rows)
                row = (worker.pid, worker.seen, json.dumps(asdict(worker)))
                connection.execute("INSERT OR REPLACE INTO worker VALUES (?, ?, ?)", row)
                if counts:
                    old = [(width, worker.seen - kept) for width, kept in KEPT_S.items()]
                    connection.executemany("DELETE FROM count WHERE width = ? AND at < ?", old)
                    gone = (worker.seen - SILENT_S,)
                    connection.execute("DELETE FROM worker WHERE seen < ?", gone)
            return True

        return self._attempts.write(write) or False

    def counted(self, width: int, since: int, before: int) -> list[Counted]:
        asked = "SELECT at, name, number FROM count WHERE width = ? AND at >= ? AND at < ?"
        return [Counted(*row) for row in self._rows(asked, width, since, before) or []]

    def workers(self, now: int) -> list[Worker] | None:
        rows = self._rows("SELECT said FROM worker WHERE seen >= ?", now - SILENT_S)
        return None if rows is None else parse_workers(said for (said,) in rows)

    def _rows(self, asked: str, *values: int) -> list[tuple[Any, ...]] | None:
        def read() -> list[tuple[Any, ...]]:
            with self._opened() as connection:
                return connection.execute(asked, values).fetchall()

        return self._attempts.read(read)
