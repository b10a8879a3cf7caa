"""A file tells the version of its schema, and is brought to the one that the program knows."""

import multiprocessing
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from conversation.history import StockHistory
from shared.sqlite_file import opened

FIRST = ("CREATE TABLE IF NOT EXISTS call (at INTEGER)",)
SECOND = ("ALTER TABLE call ADD COLUMN county TEXT", "UPDATE call SET county = '台北市'")


def _version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def test_a_file_of_before_is_brought_up_and_keeps_what_it_holds(tmp_path: Path) -> None:
    """Step by step, and each step once."""
    path = tmp_path / "calls.sqlite"
    with opened(path, (FIRST,)) as connection:
        connection.execute("INSERT INTO call VALUES (5)")
    assert _version(path) == 1
    for _ in range(2):
        with opened(path, (FIRST, SECOND)) as connection:
            assert connection.execute("SELECT at, county FROM call").fetchall() == [(5, "台北市")]
    assert _version(path) == 2


def test_a_file_without_a_version_is_one_of_the_first(tmp_path: Path) -> None:
    """As they were written before they told any: its tables are there, its rows stay."""
    path = tmp_path / "calls.sqlite"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(FIRST[0])
        connection.execute("INSERT INTO call VALUES (5)")
    with opened(path, (FIRST, SECOND)) as connection:
        assert connection.execute("SELECT at FROM call").fetchall() == [(5,)]


def test_a_file_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    """After an upgrade that was taken back: its version is told, and nothing is written."""
    path = tmp_path / "calls.sqlite"
    with opened(path, (FIRST, SECOND)):
        pass
    with (
        pytest.raises(sqlite3.DatabaseError, match="version 2, and this program knows 1"),
        opened(path, (FIRST,)),
    ):
        pass
    assert _version(path) == 2


def test_a_step_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    """Half a migration would be worse than none."""
    path = tmp_path / "calls.sqlite"
    with opened(path, (FIRST,)):
        pass
    broken = (*SECOND, "UPDATE nowhere SET x = 1")
    with pytest.raises(sqlite3.OperationalError), opened(path, (FIRST, broken)):
        pass
    with opened(path, (FIRST,)) as connection:
        columns = [row[1] for row in connection.execute("PRAGMA table_info(call)")]
    assert columns == ["at"]


def _open(path: Path) -> None:
    with opened(path, (FIRST, SECOND)):
        pass


def test_processes_that_start_at_once_take_each_step_once(tmp_path: Path) -> None:
    """Workers of one host: an ALTER TABLE that two of them made would fail."""
    path = tmp_path / "calls.sqlite"
    with opened(path, (FIRST,)):
        pass
    context = multiprocessing.get_context("spawn")
    with context.Pool(4) as pool:
        pool.map(_open, [path] * 12)
    assert _version(path) == 2


def test_the_files_of_the_line_tell_their_version(tmp_path: Path) -> None:
    """So that the next change of a table has a number to start from."""
    StockHistory(tmp_path / "history.sqlite").restocked_at(
        "5901010101", "adult_mask", date(2020, 3, 3)
    )
    assert _version(tmp_path / "history.sqlite") == 1


def test_a_damaged_file_is_put_aside_and_begun_anew(tmp_path: Path) -> None:
    """It fails once; then there is a new one, and the damaged one beside it. Nobody else reads."""
    path = tmp_path / "some.sqlite"
    path.write_bytes(b"SQLite format 3\0" + b"\xff" * 5_000)
    migrations = (("CREATE TABLE thing (name TEXT)",),)
    with pytest.raises(sqlite3.DatabaseError), opened(path, migrations):
        pass
    with opened(path, migrations) as connection:
        connection.execute("INSERT INTO thing VALUES ('x')")
    assert path.with_name("some.sqlite.damaged").exists()
    assert path.stat().st_mode & 0o077 == 0


def test_a_file_that_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    """An earlier version made it so under `make serve`; it tells what callers asked."""
    path = tmp_path / "some.sqlite"
    path.touch()
    path.chmod(0o644)
    with opened(path, (("CREATE TABLE thing (name TEXT)",),)) as connection:
        connection.execute("INSERT INTO thing VALUES ('x')")
    assert path.stat().st_mode & 0o777 == 0o600
