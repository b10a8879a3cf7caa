"""A SQLite file under DATA_DIR: made where it is missing, whenever that becomes possible."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

WAIT_S = 1.0
"""What a process waits while another one writes."""

PROBLEMS = (sqlite3.Error, OSError)
"""What using it may raise: a full disk, no right to write, a damaged file."""


@contextmanager
def opened(path: Path, schema: str) -> Iterator[sqlite3.Connection]:
    """The file at `path` with `schema` (which changes nothing where it is there), committed at the
    end. One of PROBLEMS where it cannot be used."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path, timeout=WAIT_S)) as connection, connection:
        connection.executescript(schema)
        yield connection
