"""Which snapshots must not replace the one in hand."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from shared.catalog import Catalog, Snapshot
from shared.clock import TAIPEI
from shared.errors import FeedRefused
from shared.feed.parse import parse_feed
from shared.feed.plausibility import Votes, refuse_implausible
from tests.feed.files import many

NOW = datetime(2020, 3, 3, 11, 24, tzinfo=TAIPEI)
HELD = parse_feed(many(100)).snapshot


def _with(share_of_pharmacies: float = 1.0, zeros: float = 0.0, **later: float) -> Snapshot:
    """The one in hand, `later` on, with a part of its pharmacies, a part of them sold out."""
    kept = HELD.catalog.pharmacies[: round(100 * share_of_pharmacies)]
    empty = round(len(kept) * zeros)
    stocks = {
        pharmacy.id: {"adult_mask": 0 if place < empty else 9, "child_mask": 9}
        for place, pharmacy in enumerate(kept)
    }
    time = HELD.source_time + timedelta(**later)
    return replace(HELD, catalog=Catalog.of(kept), stocks=stocks, source_time=time)


def _grown(pharmacies: int, **later: float) -> Snapshot:
    """One of so many pharmacies, `later` on."""
    time = HELD.source_time + timedelta(**later)
    return replace(parse_feed(many(pharmacies)).snapshot, source_time=time)


@pytest.mark.parametrize(
    ("new", "cause"),
    [
        (_with(seconds=-1), "older"),
        (_with(days=-1), "older"),
        (_with(0.69, seconds=30), "69 pharmacies where there were 100"),
        (_with(0.5, hours=23), "50 pharmacies where there were 100"),
        (_grown(150, seconds=30), "150 pharmacies where there were 100"),
        (_with(zeros=1.0, seconds=30), "adult_mask is zero"),
        (_with(zeros=0.96, seconds=30), "adult_mask is zero"),
        (_with(minutes=17), "future"),
        (_with(days=3650), "future"),
    ],
)
def test_refused(new: Snapshot, cause: str) -> None:
    """Time going back, pharmacies lost, all zero, a clock that is wrong."""
    with pytest.raises(FeedRefused, match=cause):
        refuse_implausible(new, HELD, NOW if "future" in cause else NOW + timedelta(days=2))


@pytest.mark.parametrize(
    "new",
    [
        _with(),
        _with(seconds=30),
        _with(0.71, seconds=30),
        _with(zeros=0.94, seconds=30),
        _with(minutes=10),
    ],
)
def test_taken(new: Snapshot) -> None:
    """What happens on real days."""
    refuse_implausible(new, HELD, NOW)


def test_the_first_is_taken_but_not_from_the_future() -> None:
    """There is nothing to measure it by but our own clock."""
    refuse_implausible(_with(0.1, zeros=1.0), None, NOW)
    with pytest.raises(FeedRefused):
        refuse_implausible(_with(days=1), None, NOW)


def test_sold_out_where_most_was_sold_out() -> None:
    """In the evening that is how it is."""
    refuse_implausible(_with(zeros=1.0, seconds=30), _with(zeros=0.6), NOW)


def test_a_snapshot_that_is_not_told_any_more_is_no_measure() -> None:
    """A source that really changed is taken a day later at the latest."""
    refuse_implausible(_with(0.5, zeros=1.0, hours=25), HELD, NOW + timedelta(days=2))


def test_one_taken_while_our_clock_was_wrong_is_no_measure() -> None:
    """Otherwise every true snapshot would be older than it for years."""
    refuse_implausible(HELD, _with(days=400), NOW)


def test_a_recording_is_of_another_time() -> None:
    """Its clock is its own."""
    refuse_implausible(replace(HELD, recorded=True), None, datetime(2019, 1, 1, tzinfo=TAIPEI))


@pytest.mark.parametrize("wrong", [150, 40])
def test_three_that_agree_outvote_the_one_in_hand(wrong: int) -> None:
    """A wrong file that was taken at the start locks the true ones out for two renewals, no day."""
    votes, later = Votes(), NOW + timedelta(hours=1)
    held = _grown(wrong)
    for number in (1, 2):
        with pytest.raises(FeedRefused):
            votes.judge(_grown(100, seconds=30 * number), held, later)
    votes.judge(_grown(101, seconds=90), held, later)


def test_one_wrong_file_again_and_again_outvotes_nothing() -> None:
    """The same file three times is one snapshot, and three that do not agree are three faults."""
    votes, later = Votes(), NOW + timedelta(hours=1)
    wrong = [_grown(150, seconds=30)] * 4
    wrong += [_grown(size, seconds=60 + n) for n, size in enumerate((20, 60, 180, 400))]
    for snapshot in wrong:
        with pytest.raises(FeedRefused):
            votes.judge(snapshot, HELD, later)


def test_a_true_one_between_ends_the_run() -> None:
    """Two wrong ones, a true one, and a third wrong one: it stands alone again."""
    votes, later = Votes(), NOW + timedelta(hours=1)
    for seconds in (30, 60):
        with pytest.raises(FeedRefused):
            votes.judge(_grown(150, seconds=seconds), HELD, later)
    votes.judge(_grown(100, seconds=90), HELD, later)
    with pytest.raises(FeedRefused):
        votes.judge(_grown(150, seconds=120), HELD, later)
