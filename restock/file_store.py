"""Watches and due messages in one SQLite file, for the processes of one host."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, replace
from pathlib import Path
from typing import Any

from restock.values import KEPT, Message, Watch
from shared.sqlite_file import FORGETS, opened

_OWED = """SELECT due, made, tries, watch.* FROM message JOIN watch ON watch.id = message.watch
WHERE message.id = ?"""
_KEPT_S = int(KEPT.total_seconds())
_KEEP = "INSERT OR REPLACE INTO watch VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"

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
)
"""The columns of `watch` are the fields of `Watch`, in their order. `free`: the time from which a
message may be claimed; a claim and a postponement move it."""


class FileWatchStore:
    """`WatchStore` in SQLite."""

    def __init__(self, path: Path) -> None:
        """`path`: the file under DATA_DIR."""
        self._path = path

    def put(self, watch: Watch) -> None:
        """As in `WatchStore`; deletes old ones too."""
        with self._opened() as file:
            file.execute("DELETE FROM watch WHERE since < ?", (watch.since - _KEPT_S,))
            file.execute("DELETE FROM message WHERE watch NOT IN (SELECT id FROM watch)")
            file.execute(_KEEP, astuple(watch))

    def of(self, who: str, now: int) -> list[Watch]:
        return self._read("SELECT * FROM watch WHERE who = ? AND since >= ?", who, now - _KEPT_S)

    def all(self, now: int) -> list[Watch]:
        return self._read("SELECT * FROM watch WHERE since >= ?", now - _KEPT_S)

    def _read(self, asked: str, *values: object) -> list[Watch]:
        with self._opened() as file:
            return [_watch(row) for row in file.execute(asked, values)]

    def delete(self, who: str) -> None:
        with self._opened() as file:
            file.execute(
                "DELETE FROM message WHERE watch IN (SELECT id FROM watch WHERE who = ?)", (who,)
            )
            file.execute("DELETE FROM watch WHERE who = ?", (who,))

    def saw(self, watch: Watch, low: bool, seen: int, message: Message | None) -> bool:
        told = watch.told + (message is not None)
        with self._opened() as file:
            changed = file.execute(
                "UPDATE watch SET low = ?, seen = ?, told = ? WHERE id = ? AND seen < ?"
                " AND told = ?",
                (low, seen, told, watch.id, seen, watch.told),
            ).rowcount
            if changed and message:
                row = (message.id, watch.id, message.due, message.made, message.due)
                file.execute("INSERT OR IGNORE INTO message VALUES (?, ?, ?, ?, 0, ?)", row)
        return bool(changed)

    def due(self, now: int) -> list[str]:
        with self._opened() as file:
            rows = file.execute(
                "SELECT id FROM message WHERE free <= ? ORDER BY free", (now,)
            ).fetchall()
        return [str(row[0]) for row in rows]

    def claim(self, id_: str, now: int, until: int) -> Message | None:
        with self._opened() as file:
            claimed = file.execute(
                "UPDATE message SET free = ?, tries = tries + 1 WHERE id = ? AND free <= ?",
                (until, id_, now),
            ).rowcount
            row = file.execute(_OWED, (id_,)).fetchone()
        if not claimed or row is None:
            return None
        due, made, tries, *rest = row
        return Message(id_, _watch(rest), due, made, tries - 1)

    def postpone(self, id_: str, due: int) -> None:
        with self._opened() as file:
            file.execute("UPDATE message SET free = ? WHERE id = ?", (due, id_))

    def done(self, id_: str) -> None:
        with self._opened() as file:
            file.execute("DELETE FROM message WHERE id = ?", (id_,))

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        try:
            with opened(self._path, _MIGRATIONS, FORGETS, private=True) as file:
                yield file
        except sqlite3.Error as problem:
            raise OSError(f"{self._path.name}: {type(problem).__name__}") from problem


def _watch(row: Sequence[Any]) -> Watch:
    found = Watch(*row)
    return replace(found, low=bool(found.low))
