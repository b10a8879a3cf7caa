"""What an operator is told of a file."""

from datetime import datetime
from pathlib import Path

import pytest

from shared.clock import TAIPEI
from shared.errors import FeedUnreadable
from shared.feed.report import report_on
from tests.feed.files import mask_row, masks
from tests.real import real_file


def test_what_was_refused_is_told_with_its_line(tmp_path: Path) -> None:
    """Rows and counts apart."""
    path = tmp_path / "feed.csv"
    path.write_bytes(masks([mask_row(1), mask_row(2)[:40], mask_row(3, adult=-4)]))

    page = str(report_on(str(path)))

    assert "pharmacies taken: 2" in page
    assert "rows refused: 1; counts refused: 1" in page
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


def test_no_feed_at_all(tmp_path: Path) -> None:
    """The cause, as an error of ours."""
    path = tmp_path / "feed.csv"
    path.write_text("<html>")
    with pytest.raises(FeedUnreadable, match="HTML"):
        report_on(str(path))
