"""Opening hours and coordinates: what is odd is left out with a line in the log."""

import logging

import pytest

from shared.catalog import Hours, Location
from shared.errors import FeedUnreadable
from shared.feed.extras import parse_hours, parse_locations
from tests.real import real_file

WEEK = "NNNNNNYNNNNNNYNNNNNNY"


def _hours(periods: str, note: str = "九點開始") -> bytes:
    return f"醫事機構代碼,看診星期,看診備註\n5901020001,{periods},{note}\n".encode()


@pytest.mark.real
def test_every_real_row_is_read() -> None:
    """15 rows with their 21 periods and their notes as they stand."""
    hours = parse_hours(real_file("hours-sample.csv").read_bytes())

    assert len(hours) == 15
    assert hours["5945010289"] == Hours(
        "NNNNNNNNNNNNNYNNNNNNY", "08：00-22：00，口罩販售同營業時間。星期日08:00-12:00"
    )


@pytest.mark.parametrize("periods", [WEEK[1:], WEEK + "N", WEEK[1:] + "X", "", "０" * 21])
def test_periods_that_are_not_21_are_not_told(
    periods: str, caplog: pytest.LogCaptureFixture
) -> None:
    """20 or 22 of them shift the days; the note is still good."""
    with caplog.at_level(logging.WARNING):
        assert parse_hours(_hours(periods)) == {"5901020001": Hours("", "九點開始")}
    assert "hours: 1 rows have no 21 periods" in caplog.text


def test_nothing_is_said_of_files_in_which_nothing_is_odd(caplog: pytest.LogCaptureFixture) -> None:
    """Else nobody reads the log."""
    assert parse_hours(_hours(WEEK))
    assert parse_locations("醫事機構代碼,x,y\n5901020001,121.5,25.0\n".encode())
    assert not caplog.records


def test_lines_that_are_cut_off_are_left_out() -> None:
    """The lines before and after them stay, with cells more than there are titles too."""
    lines = f"1,{WEEK},九點\n2,{WEEK}\n3,{WEEK},十點,\n"
    hours = parse_hours(f"醫事機構代碼,看診星期,看診備註\n{lines}".encode())
    assert hours == {"1": Hours(WEEK, "九點"), "3": Hours(WEEK, "十點")}


def test_a_note_with_broken_bytes_is_left_out() -> None:
    """Its pharmacy's periods stay."""
    content = _hours(WEEK, "九點開始").replace("點".encode(), b"\xff")
    assert parse_hours(content) == {"5901020001": Hours(WEEK)}


def test_periods_in_small_letters_are_periods() -> None:
    """And of a line with neither periods nor a note nothing is told."""
    assert parse_hours(_hours(WEEK.lower())) == {"5901020001": Hours(WEEK, "九點開始")}
    assert parse_hours(_hours("", "")) == {}


def test_a_note_too_long_for_a_note_is_left_out() -> None:
    """5,000 characters would take minutes to say."""
    assert parse_hours(_hours(WEEK, "口" * 5_000)) == {"5901020001": Hours(WEEK)}


def test_another_table_is_no_hours_file() -> None:
    """HTML, an empty file, other columns."""
    for content in (b"<html>", b"", b"a,b\n1,2\n"):
        with pytest.raises(FeedUnreadable):
            parse_hours(content)


@pytest.mark.parametrize(
    ("x", "y", "where"),
    [
        ("121.5443", "25.0216", "Taipei"),
        ("118.3200", "24.4340", "Kinmen"),
        ("118.2340", "24.4260", "Little Kinmen"),
        ("119.9500", "26.1580", "Matsu, Nangan"),
        ("120.4900", "26.3660", "Matsu, Dongyin"),
        ("119.5660", "23.5650", "Penghu, Magong"),
        ("119.5140", "23.2040", "Penghu, Qimei"),
        ("121.5450", "22.0450", "Lanyu"),
        ("120.3700", "22.3400", "Little Liuqiu"),
    ],
)
def test_a_point_of_taiwan_is_taken(x: str, y: str, where: str) -> None:
    """The islands too."""
    content = f"醫事機構代碼,x,y\n5901020001,{x},{y}\n".encode()
    assert parse_locations(content) == {"5901020001": Location(float(x), float(y))}, where


@pytest.mark.parametrize(
    ("x", "y"),
    [
        ("25.0216", "121.5443"),
        ("123.5", "24.0"),
        ("119.5", "24.5"),
        ("0", "0"),
        ("", ""),
        ("nan", "nan"),
        ("inf", "25"),
        ("東經121", "25"),
    ],
    ids=["swapped", "Pacific", "strait", "zero", "missing", "nan", "infinite", "words"],
)
def test_a_point_elsewhere_is_left_out(x: str, y: str, caplog: pytest.LogCaptureFixture) -> None:
    """Nobody is sent into the sea."""
    content = f"醫事機構代碼,x,y\n5901020001,{x},{y}\n5901020002,121.5,25.0\n".encode()
    with caplog.at_level(logging.WARNING):
        assert parse_locations(content) == {"5901020002": Location(121.5, 25.0)}
    assert "1 points" in caplog.text


@pytest.mark.real
def test_all_real_points_are_taken() -> None:
    """5,085 of them."""
    assert len(parse_locations(real_file("locations.csv").read_bytes())) == 5_085
