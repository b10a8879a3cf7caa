"""A SQLite file under DATA_DIR: made where it is missing, whenever that becomes possible."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

WAIT_S = 1.0
"""What a process waits while another one writes."""

PROBLEMS = (sqlite3.Error, OSError)
"""What using it may raise: a full disk, no right to write, a damaged file."""

Migration = Sequence[str]
"""The statements that bring a file from one version of its schema to the next."""


@contextmanager
def opened(
    path: Path, migrations: Sequence[Migration], pragma: str = "journal_mode = WAL"
) -> Iterator[sqlite3.Connection]:
    """The file at `path`, its schema brought to the last of `migrations`, committed at the end.

    `pragma` holds for this connection.
    A file tells the version of its schema (`PRAGMA user_version`): so many migrations it has seen.
    One of PROBLEMS where it cannot be used, or was written by a newer program.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
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
