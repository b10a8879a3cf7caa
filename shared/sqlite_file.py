"""A SQLite file under DATA_DIR: made where it is missing, whenever that becomes possible."""

import logging
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeVar

WAIT_S = 1.0
"""What a process waits while another one writes."""

_OTHERS = 0o077

DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)

PROBLEMS = (sqlite3.Error, OSError)
"""What using it may raise: a full disk, no right to write, a damaged file."""

WAL = "journal_mode = WAL"

FORGETS = "secure_delete = ON"
"""Deleted rows are overwritten on the disk; no WAL, which would keep copies of them."""

log = logging.getLogger(__name__)

T = TypeVar("T")

Migration = Sequence[str]
"""The statements that bring a file from one version of its schema to the next."""


@contextmanager
def opened(
    path: Path,
    migrations: Sequence[Migration],
    pragma: str = WAL,
    *,
    private: bool = False,
) -> Iterator[sqlite3.Connection]:
    """The file at `path`, its schema brought to the last of `migrations`, committed at the end.

    `pragma` holds for this connection; `private`: of a damaged file nothing is left lying about.
    A file tells the version of its schema (`PRAGMA user_version`): so many migrations it has seen.
    One of PROBLEMS where it cannot be used, or was written by a newer program; a damaged file is
    put aside then, so that the next use begins anew.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():  # for nobody else to read: it tells what callers asked
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    elif path.stat().st_mode & _OTHERS:  # made by an earlier version, or by hand
        path.chmod(0o600)
    try:
        with _connected(path, migrations, pragma) as connection:
            yield connection
    except sqlite3.DatabaseError as problem:
        if getattr(problem, "sqlite_errorcode", 0) & 0xFF in DAMAGED:
            _put_aside(path, keep=not private)
        raise


def attempt(
    path: Path,
    migrations: Sequence[Migration],
    work: Callable[[sqlite3.Connection], T],
    what: str,
    pragma: str = WAL,
    *,
    private: bool = False,
) -> T | None:
    """The result of `work`, its changes committed; None, and a line in the log, where it fails.

    `what`: what the file holds, for the log; the rest as in `opened`.
    """
    try:
        with opened(path, migrations, pragma, private=private) as connection:
            return work(connection)
    except PROBLEMS as problem:
        log.warning("%s in %s cannot be used (%s)", what, path, problem)
        return None


def _put_aside(path: Path, *, keep: bool) -> None:
    """Leave a damaged file beside, for whoever wants to look at it; the next use begins anew."""
    log.warning("%s is damaged; %s", path.name, "it is put aside" if keep else "it is deleted")
    if keep:
        path.replace(path.with_name(f"{path.name}.damaged"))
    else:
        path.unlink()
    for part in ("-wal", "-shm"):
        path.with_name(path.name + part).unlink(missing_ok=True)


@contextmanager
def _connected(
    path: Path, migrations: Sequence[Migration], pragma: str
) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path, timeout=WAIT_S)) as connection, connection:
        connection.execute(f"PRAGMA {pragma}")
        if _version(connection) != len(migrations):
            _migrate(connection, migrations)
        yield connection


def _migrate(connection: sqlite3.Connection, migrations: Sequence[Migration]) -> None:
    """What is missing, whole or not at all; of two processes the second finds it done."""
    connection.execute("BEGIN IMMEDIATE")
    version = _version(connection)
    if version > len(migrations):
        told = f"its schema is of version {version}, and this program knows {len(migrations)}"
        raise sqlite3.DatabaseError(told)
    for migration in migrations[version:]:
        for statement in migration:
            connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {len(migrations)}")
    connection.commit()


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
