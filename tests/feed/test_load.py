"""A source read once: what is told where it cannot be, and what stands beside it."""

from pathlib import Path

import pytest

from shared.errors import FeedUnreachable, FeedUnreadable
from shared.feed.load import load_demo, load_extras, load_snapshot
from tests.feed.files import many
from tests.feed.server import gives, serving
from tests.feed.test_poll import NOW

HOURS = "醫事機構代碼,看診星期,看診備註\n5901020001,,九點\n"
POINTS = "醫事機構代碼,x,y\n5901020001,121.5443,25.0216\n"


@pytest.mark.parametrize(("hours", "points"), [(True, True), (True, False), (False, True)])
def test_what_stands_beside_a_feed_may_be_there_or_not(
    tmp_path: Path, hours: bool, points: bool
) -> None:
    """Each of the two files by itself."""
    beside, where = tmp_path / "hours.csv", tmp_path / "points.csv"
    beside.write_text(HOURS, encoding="utf-8")
    where.write_text(POINTS, encoding="utf-8")
    extras = load_extras(str(beside) if hours else "", str(where) if points else "")
    assert (len(extras.hours), len(extras.locations)) == (int(hours), int(points))


def test_without_a_source_it_is_the_demo_feed(tmp_path: Path) -> None:
    """Said to be one; a path is a recording, an address neither."""
    assert load_snapshot().demo
    path = tmp_path / "feed.csv"
    path.write_bytes(many(3))
    recording = load_snapshot(str(path))
    live = load_snapshot(path.as_uri())
    assert [(one.demo, one.recorded) for one in (recording, live)] == [
        (False, True),
        (False, False),
    ]


def test_the_demo_feed_keeps_its_catalog() -> None:
    """Its hours and points are read once."""
    first = load_demo(NOW)
    assert load_demo(NOW, first).extras is first.extras
    assert first.extras.hours
    assert first.extras.locations


def test_what_cannot_be_read_is_told_with_its_address_and_without_its_key() -> None:
    """A web page, and an answer that claims that nothing has changed."""
    for behave, error, cause in (
        (gives(b"<html>"), FeedUnreadable, "HTML"),
        (gives(b"", 304), FeedUnreachable, "nothing was read yet"),
    ):
        with serving(behave) as source:
            with pytest.raises(error, match=cause) as raised:
                load_snapshot(source.url + "?key=s3cret")
            assert source.url in str(raised.value)
            assert "s3cret" not in str(raised.value)
