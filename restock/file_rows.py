"""Watches in one SQLite file, for the processes of one host."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from restock.values import KEPT_S, Watch
from restock.watch_store import Change
from shared.sqlite_file import FORGETS, opened

_MIGRATIONS = (
    (
        """CREATE TABLE watch (
            id TEXT PRIMARY KEY, who TEXT NOT NULL, channel TEXT NOT NULL, address TEXT NOT NULL,
            pharmacy TEXT NOT NULL, product TEXT NOT NULL, locale TEXT NOT NULL,
            since INTEGER NOT NULL, low INTEGER NOT NULL, seen INTEGER NOT NULL,
            told INTEGER NOT NULL
        ) WITHOUT ROWID""",
        "CREATE INDEX watch_who ON watch (who)",
        """CREATE TABLE message (
            id TEXT PRIMARY KEY, watch TEXT NOT NULL, due INTEGER NOT NULL, made INTEGER NOT NULL,
            tries INTEGER NOT NULL, free INTEGER NOT NULL
        ) WITHOUT ROWID""",
    ),
    (
        """CREATE TABLE kept (
            id TEXT PRIMARY KEY, who TEXT NOT NULL, since INTEGER NOT NULL, watch TEXT NOT NULL
        ) WITHOUT ROWID""",
        "CREATE INDEX kept_who ON kept (who)",
        """INSERT OR REPLACE INTO kept SELECT watch.id, who, since, json_object(
            'id', watch.id, 'who', who, 'channel', channel, 'address', address,
            'pharmacy', pharmacy, 'product', product, 'locale', locale, 'since', since,
            'low', low, 'seen', seen, 'told', told, 'message', CASE WHEN due THEN json_object(
                'id', message.id, 'due', due, 'made', made, 'tries', tries, 'free', free
            ) END
        ) FROM watch LEFT JOIN message ON message.watch = watch.id ORDER BY made""",
        "DROP TABLE watch",
        "DROP TABLE message",
    ),
)

_ALL = "SELECT watch FROM kept WHERE since >= ?"
_OF_ONE = f"{_ALL} AND who = ?"


class FileRows:
    """`WatchRows` in SQLite."""

    def __init__(self, path: Path) -> None:
        """`path`: the file under DATA_DIR."""
        self._path = path

    def change(self, id_: str, work: Change) -> Watch | None:
        """As in `WatchRows`; what is too old goes at the same time."""
        with self._opened() as file:
            file.execute("BEGIN IMMEDIATE")
            row = file.execute("SELECT watch FROM kept WHERE id = ?", (id_,)).fetchone()
            new = work(Watch.read(row[0]) if row else None)
            if new:
                file.execute("DELETE FROM kept WHERE since < ?", (new.since - KEPT_S,))
                kept = (id_, new.who, new.since, new.written())
                file.execute("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?)", kept)
        return new

    def read(self, since: int, who: str = "") -> list[Watch]:
        with self._opened() as file:
            rows = file.execute(_OF_ONE, (since, who)) if who else file.execute(_ALL, (since,))
            return [Watch.read(text) for (text,) in rows]

    def delete(self, who: str) -> None:
        with self._opened() as file:
            file.execute("DELETE FROM kept WHERE who = ?", (who,))

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        try:
            with opened(self._path, _MIGRATIONS, FORGETS, private=True) as file:
                yield file
        except sqlite3.Error as problem:
            raise OSError(f"{self._path.name}: {type(problem).__name__}") from problem
