"""What is kept on disk is there whole, or not at all."""

from pathlib import Path

import pytest

from shared.feed.file_cache import FileCache
from tests.feed.files import masks

URL = "https://example.tw/feed.csv?key=s3cret"


def test_kept_and_there_again(tmp_path: Path) -> None:
    """In a directory that is made when it is missing; a new one replaces the old."""
    cache = FileCache(tmp_path / "var" / "line", URL)
    assert cache.kept("feed") is None
    assert cache.mark("feed") is None

    cache.keep("feed", b"first")
    mark = cache.mark("feed")
    cache.keep("feed", b"second")

    assert FileCache(tmp_path / "var" / "line", URL).kept("feed") == b"second"
    assert cache.mark("feed") != mark


def test_a_file_cut_at_any_byte_is_known(tmp_path: Path) -> None:
    """A disk that lost its end, or any byte of it."""
    cache = FileCache(tmp_path, URL)
    cache.keep("feed", masks([]))
    path = cache.path("feed")
    whole = path.read_bytes()

    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        assert cache.kept("feed") is None
    for place in range(len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert cache.kept("feed") is None
    path.write_bytes(whole)
    assert cache.kept("feed") == masks([])


def test_a_crash_while_writing_leaves_the_old_one(tmp_path: Path) -> None:
    """Whatever lies beside it."""
    cache = FileCache(tmp_path, URL)
    cache.keep("feed", b"first")
    cache.path("feed").with_suffix(".part").write_bytes(b"mask-line fe")

    assert cache.kept("feed") == b"first"
    cache.keep("feed", b"second")
    assert cache.kept("feed") == b"second"
    assert [path.suffix for path in tmp_path.iterdir()] == [".kept"]


def test_a_full_disk_leaves_the_old_one(tmp_path: Path) -> None:
    """/dev/full answers every write as a full disk does."""
    cache = FileCache(tmp_path, URL)
    cache.keep("feed", b"first")
    cache.path("feed").with_suffix(".part").symlink_to("/dev/full")

    with pytest.raises(OSError, match="No space left"):
        cache.keep("feed", b"second" * 10_000)

    assert cache.kept("feed") == b"first"


def test_another_source_is_another_file(tmp_path: Path) -> None:
    """What one URL gave is never told as another's; no key stands in a file name."""
    FileCache(tmp_path, URL).keep("feed", b"first")

    assert FileCache(tmp_path, URL + "2").kept("feed") is None
    assert not any("s3cret" in path.name for path in tmp_path.iterdir())
