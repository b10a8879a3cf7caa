"""What an operator is told of a file."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from shared.clock import TAIPEI
from shared.errors import FeedUnreadable
from shared.feed.report import report_on
from shared.places.districts import all_districts
from tests.feed.files import mask_row, masks
from tests.real import real_file


def test_what_was_refused_is_told_with_its_line(tmp_path: Path) -> None:
    """Rows and counts apart."""
    path = tmp_path / "feed.csv"
    path.write_bytes(masks([mask_row(1), mask_row(2)[:40], mask_row(3, adult=-4), "x"]))

    page = str(report_on(str(path)))

    assert "pharmacies taken: 2" in page
    assert "rows refused: 2; counts refused: 1" in page
    assert "line 3: cut off" in page
    assert "line 4: adult_mask: '-4'" in page
    assert "adult_mask: 36 left at 1 pharmacies" in page
    assert "districts without a pharmacy: 367" in page


@pytest.mark.real
def test_the_real_file() -> None:
    """Every row is taken; its time and its size are told."""
    now = datetime(2020, 3, 4, 13, 23, 40, tzinfo=TAIPEI)
    page = str(report_on(str(real_file("maskdata-20200303.csv")), now))

    assert "pharmacies taken: 6,588" in page
    assert "rows refused: 0; counts refused: 0" in page
    assert "2020-03-03 11:23:40 CST, 1 day, 2:00:00 ago" in page


def test_a_long_list_is_cut(tmp_path: Path) -> None:
    """A page, not a book."""
    path = tmp_path / "feed.csv"
    path.write_bytes(masks([mask_row(1), *(["x"] * 300)]))

    assert "… and 250 more" in str(report_on(str(path)))


def _page(path: Path, rows: list[str], now: datetime | None = None) -> str:
    path.write_bytes(masks(rows))
    return str(report_on(str(path), now))


def test_a_list_of_fifty_is_told_whole(tmp_path: Path) -> None:
    """Of the fifty-first on it is said how many there are."""
    assert "more" not in _page(tmp_path / "feed.csv", [mask_row(1), *(["x"] * 50)])
    assert "… and 1 more" in _page(tmp_path / "feed.csv", [mask_row(1), *(["x"] * 51)])


def test_twelve_districts_without_a_pharmacy_are_named(tmp_path: Path) -> None:
    """Of more it is said that there are more; of none none."""
    keys = [district.key for district in all_districts()]
    rows = [mask_row(n, address=f"{key}中正路1號") for n, key in enumerate(keys)]
    told = "districts without a pharmacy:"
    path = tmp_path / "feed.csv"
    assert f"{told} 12 ({'、'.join(keys[:12])})" in _page(path, rows[12:])
    assert f"{told} 13 ({'、'.join(keys[:12])} …)" in _page(path, rows[13:])
    assert f"{told} 0\n" in _page(path, [*rows, "x"])


def test_counts_of_the_future_are_told_as_such(tmp_path: Path) -> None:
    """The source's clock or this machine's is wrong; at the second itself they are not."""
    path = tmp_path / "feed.csv"
    taken = datetime(2020, 3, 3, 11, 23, 40, tzinfo=TAIPEI)
    assert "0:00:00 ago" in _page(path, [mask_row(1)], taken)
    ahead = _page(path, [mask_row(1)], taken - timedelta(minutes=2))
    assert "0:02:00 ahead of this machine's clock" in ahead


def test_a_pharmacy_that_has_none_is_not_counted_as_having_some(tmp_path: Path) -> None:
    """Of each product by itself."""
    page = _page(tmp_path / "feed.csv", [mask_row(1, adult=0, child=3), mask_row(2, child=4)])
    assert "adult_mask: 36 left at 1 pharmacies" in page
    assert "child_mask: 7 left at 2 pharmacies" in page


def test_no_feed_at_all(tmp_path: Path) -> None:
    """The cause, as an error of ours."""
    path = tmp_path / "feed.csv"
    path.write_text("<html>")
    with pytest.raises(FeedUnreadable, match="HTML"):
        report_on(str(path))
