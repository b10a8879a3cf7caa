"""Memory: the last district, without the number, for thirty days, until it is deleted."""

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from conversation.memory import Memory, memory_texts

NOW = datetime(2020, 3, 3, 11, 0, tzinfo=ZoneInfo("Asia/Taipei"))
NUMBER = "+886227653147"
DAAN = "台北市大安區"


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    """An empty one."""
    return Memory(memory_texts("", tmp_path / "memory.sqlite"), "a secret")


def test_last_district_is_recalled(memory: Memory) -> None:
    """「和上次一樣」: the last of several, for this telephone only."""
    memory.remember(NUMBER, "usual", "台北市信義區", NOW)
    memory.remember(NUMBER, "usual", DAAN, NOW + timedelta(minutes=1))
    later = NOW + timedelta(days=29)
    assert memory.recall(NUMBER, "usual", later) == DAAN
    assert memory.recall("+886912345678", "usual", later) == ""


def test_one_thing_is_kept_beside_another(memory: Memory) -> None:
    """Each has its own last value; all of a telephone end together, as in Redis."""
    memory.remember(NUMBER, "usual", DAAN, NOW)
    memory.remember(NUMBER, "favourite", "5901012345", NOW + timedelta(days=20))
    assert memory.recall(NUMBER, "usual", NOW) == DAAN
    for days, usual, favourite in ((49, DAAN, "5901012345"), (51, "", "")):
        then = NOW + timedelta(days=days)
        assert memory.recall(NUMBER, "usual", then) == usual
        assert memory.recall(NUMBER, "favourite", then) == favourite
    assert memory.forget(NUMBER)
    assert memory.recall(NUMBER, "favourite", NOW + timedelta(days=20)) == ""


def test_what_an_earlier_version_kept_is_recalled(memory: Memory, tmp_path: Path) -> None:
    """The file of version 1 held the district alone."""
    memory.remember(NUMBER, "usual", "台北市信義區", NOW)
    with closing(sqlite3.connect(tmp_path / "memory.sqlite")) as file, file:
        file.execute("CREATE TABLE usual (telephone BLOB PRIMARY KEY, district TEXT, at INTEGER)")
        file.execute("INSERT INTO usual SELECT key, ?, at FROM kept", (DAAN,))
        file.execute("DROP TABLE kept")
        file.execute("PRAGMA user_version = 1")
    assert memory.recall(NUMBER, "usual", NOW) == DAAN


def test_number_may_be_written_as_at_home(memory: Memory) -> None:
    """02-2765-3147 and +886227653147 are one telephone."""
    memory.remember("02-2765-3147", "usual", DAAN, NOW)
    assert memory.recall(NUMBER, "usual", NOW) == DAAN


def test_memory_ends_after_thirty_days(memory: Memory, tmp_path: Path) -> None:
    """It is not told any more, and goes from the file with the next call."""
    memory.remember(NUMBER, "usual", DAAN, NOW)
    assert memory.recall(NUMBER, "usual", NOW + timedelta(days=31)) == ""
    memory.remember("+886912345678", "usual", "台北市信義區", NOW + timedelta(days=31))
    assert DAAN.encode() not in (tmp_path / "memory.sqlite").read_bytes()


def test_memory_is_deleted_on_request(memory: Memory, tmp_path: Path) -> None:
    """Nothing of it is left, on the disk neither."""
    memory.remember(NUMBER, "usual", DAAN, NOW)
    memory.forget(NUMBER)
    assert memory.recall(NUMBER, "usual", NOW) == ""
    assert DAAN.encode() not in (tmp_path / "memory.sqlite").read_bytes()


def test_number_is_not_in_the_file(memory: Memory, tmp_path: Path) -> None:
    """Neither the number nor a hash that could be found by trying all numbers."""
    memory.remember(NUMBER, "usual", DAAN, NOW)
    assert b"27653147" not in (tmp_path / "memory.sqlite").read_bytes()
    other = Memory(memory_texts("", tmp_path / "memory.sqlite"), "another secret")
    assert other.recall(NUMBER, "usual", NOW) == ""


@pytest.mark.parametrize(
    "number", ["", "anonymous", "Restricted", "+266696687", "+86282452253", "sip:a@b", "1922"]
)
def test_withheld_numbers_share_no_memory(memory: Memory, number: str) -> None:
    """Whoever hides the number is nobody in particular."""
    memory.remember(number, "usual", DAAN, NOW)
    assert memory.recall(number, "usual", NOW) == ""


def test_memory_needs_a_secret(tmp_path: Path) -> None:
    """Without one the numbers could be found by trying."""
    with pytest.raises(ValueError, match="secret"):
        Memory(memory_texts("", tmp_path / "memory.sqlite"), "")


def test_disk_that_fails_costs_no_call(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A file that is no database: a line in the log, no error, and the next call is remembered."""
    path = tmp_path / "memory.sqlite"
    path.write_bytes(b"no database at all" * 100)
    broken = Memory(memory_texts("", path), "a secret")
    broken.remember(NUMBER, "usual", DAAN, NOW)
    assert "cannot be used" in caplog.text
    assert broken.recall(NUMBER, "usual", NOW) == ""
    broken.remember(NUMBER, "usual", DAAN, NOW)
    assert broken.recall(NUMBER, "usual", NOW) == DAAN
    assert [file.name for file in tmp_path.iterdir() if "damaged" in file.name] == []


def test_a_folder_that_comes_later_is_used(tmp_path: Path) -> None:
    """On a fresh machine DATA_DIR is made by whoever needs it first."""
    memory = Memory(memory_texts("", tmp_path / "var" / "memory.sqlite"), "a secret")
    memory.remember(NUMBER, "usual", DAAN, NOW)
    assert memory.recall(NUMBER, "usual", NOW) == DAAN
    assert memory.forget(NUMBER)
