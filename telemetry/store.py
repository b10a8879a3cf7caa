"""The sums of the counts of all workers: what a store does, and one in SQLite for a single host."""

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from shared.attempts import Attempts
from shared.sqlite_file import PROBLEMS, opened
from telemetry.counts import HOUR_S, MINUTE_S, SLOT_S, Counted, Key

KEPT_S = {MINUTE_S: 25 * 3600, SLOT_S: 49 * 3600, HOUR_S: 25 * 3600}
"""Width of a slot → how long it is kept: the page compares with yesterday by minute and by ten
minutes; districts are shown for today only."""

SILENT_S = 10
"""A worker without a sign of life for so long is gone."""


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
        self._attempts = Attempts(f"{path.name} (figures)", PROBLEMS)

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

        return self._attempts.insist(write) or False

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

        return self._attempts.attempt(read)
