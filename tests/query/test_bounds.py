"""Where each bound of the query lies: just within and just beyond it."""

import logging
from dataclasses import replace
from datetime import timedelta

import pytest

from shared.catalog import Hours, Pharmacy, Snapshot
from shared.places.districts import by_key
from shared.places.neighbours import neighbours_of
from shared.query import (
    find_nearby,
    find_pharmacies,
    has_stock,
    is_old,
    neighbours_with_stock,
    too_old,
)
from shared.query.next_to import districts_next_to
from tests.products import ADULT
from tests.query.world import HERE, NOW, OPEN, SHUT, north, numbers, pharmacy, snapshot

DAAN = by_key()["台北市大安區"]


def _order(*stocked: tuple[Pharmacy, int]) -> set[tuple[int, ...]]:
    """Every order in which callers of 大安區 hear of them."""
    feed = snapshot(*stocked)
    return {tuple(numbers(find_pharmacies(feed, DAAN, ADULT, NOW, seed=n))) for n in range(60)}


def _near(*stocked: tuple[Pharmacy, int]) -> set[tuple[int, ...]]:
    """Every order in which callers at HERE hear of them."""
    feed = snapshot(*stocked)
    return {tuple(numbers(find_nearby(feed, HERE, ADULT, NOW, seed=n))) for n in range(60)}


BOTH = {(1, 2), (2, 1)}


def test_three_are_enough_for_one_buyer() -> None:
    """Two are not: such a pharmacy comes last, however near."""
    far = (pharmacy(2, at=north(1_200)), 30)
    assert _near((pharmacy(1, at=north(50)), 3), far) == {(1, 2)}
    assert _near((pharmacy(1, at=north(50)), 2), far) == {(2, 1)}


def test_ten_are_not_few() -> None:
    """With ten a pharmacy stands beside those with many; with nine it comes after them."""
    assert _order((pharmacy(1), 10), (pharmacy(2), 10)) == BOTH
    assert _order((pharmacy(1), 9), (pharmacy(2), 10)) == {(2, 1)}


def test_within_five_hundred_metres_of_walk_all_are_equally_near() -> None:
    """A walk is 1.3 times as long as the line: 380 m away is within, 390 m is beyond."""
    near = (pharmacy(1, at=north(100)), 80)
    assert _near(near, (pharmacy(2, at=north(380)), 80)) == BOTH
    assert _near(near, (pharmacy(2, at=north(390)), 80)) == {(1, 2)}


@pytest.mark.parametrize(
    ("note", "first"),
    [
        ("口罩11:00開始販售", BOTH),
        ("口罩11:01開始販售", BOTH),
        ("口罩11:29開始販售", BOTH),
        ("口罩11:30開始販售", {(2, 1)}),
        ("08:00-11:00販售口罩", {(2, 1)}),
        ("08:00-11:01販售口罩", BOTH),
    ],
)
def test_selling_begins_and_ends_on_its_minute(note: str, first: set[tuple[int, ...]]) -> None:
    """It is eleven: what ends now is over; half an hour's wait puts a pharmacy behind others."""
    noted = pharmacy(1, hours=Hours("N" * 21, note))
    assert _order((noted, 80), (pharmacy(2, hours=OPEN), 80)) == first


@pytest.mark.parametrize(
    ("note", "first"),
    [
        ("口罩10:30發號碼牌，17:00開始販售", {(2, 1)}),  # given already
        ("口罩11:00發號碼牌，17:00開始販售", {(2, 1)}),  # being given now
        ("口罩11:01發號碼牌，17:00開始販售", {(1, 2)}),
        ("口罩12:00發號碼牌，17:00開始販售", {(1, 2)}),
        ("口罩12:01發號碼牌，17:00開始販售", {(2, 1)}),  # more than a walk away
    ],
)
def test_plates_are_soon_for_an_hour(note: str, first: set[tuple[int, ...]]) -> None:
    """It is eleven: within the hour who sets out now gets one; else she would wait until five."""
    noted = pharmacy(1, hours=Hours("N" * 21, note))
    assert _order((noted, 80), (pharmacy(2, hours=OPEN), 80)) == first


def test_unknown_hours_are_as_good_as_open_ones() -> None:
    """Neither before nor after: callers are spread over both."""
    assert _order((pharmacy(1, hours=OPEN), 80), (pharmacy(2), 80)) == BOTH


def test_the_last_mask_counts() -> None:
    """One left is in stock; none, or a count below nothing, is not."""
    feed = snapshot((pharmacy(1), 1))
    assert numbers(find_pharmacies(feed, DAAN, ADULT, NOW, seed=0)) == [1]
    assert has_stock(feed, DAAN, ADULT, NOW)
    for left in (0, -1):
        none = snapshot((pharmacy(1), left))
        assert find_pharmacies(none, DAAN, ADULT, NOW, seed=0) == ()
        assert not has_stock(none, DAAN, ADULT, NOW)


def test_all_callers_of_a_minute_see_the_same() -> None:
    """The wait counts from its beginning: at half past eleven there is one of half an hour."""
    noted = pharmacy(1, hours=Hours("N" * 21, "口罩12:00開始販售"))
    feed = snapshot((noted, 80), (pharmacy(2, hours=OPEN), 80))
    half_past = NOW.replace(minute=30)
    for moment in (half_past, half_past + timedelta(seconds=59)):
        for road in ("", "信義路"):
            found = {
                tuple(numbers(find_pharmacies(feed, DAAN, ADULT, moment, seed=n, road=road)))
                for n in range(30)
            }
            assert found == {(2, 1)}


def test_hours_that_tell_nothing_cost_nothing() -> None:
    """A row of the daily file without periods is as good as none."""
    assert _order((pharmacy(1, hours=Hours("", "")), 80), (pharmacy(2), 80)) == BOTH


def test_who_never_opens_comes_after_who_opens_next_week() -> None:
    """NOW is a Tuesday; open on Mondays only is six days away."""
    mondays = Hours("NYYYYYY" * 3)
    assert _order((pharmacy(1, hours=SHUT), 80), (pharmacy(2, hours=mondays), 80)) == {(2, 1)}


def _apart(metres: float) -> Snapshot:
    """大安區 and 信義區, the pharmacies of which lie so far apart."""
    return snapshot(
        (pharmacy(1, at=HERE), 0), (pharmacy(2, place="台北市信義區", at=north(metres)), 80)
    )


def test_nobody_is_sent_farther_than_twelve_kilometres() -> None:
    """By the points of the pharmacies of both districts."""
    assert numbers(neighbours_with_stock(_apart(11_999.5), DAAN, ADULT, NOW, seed=0)) == [2]
    assert numbers(neighbours_with_stock(_apart(12_000.5), DAAN, ADULT, NOW, seed=0)) == []


def test_without_points_a_border_is_not_enough() -> None:
    """和平區 borders on 國姓鄉 over the mountains: 26 km, and nobody is sent there."""
    heping = by_key()["台中市和平區"]
    catalog = snapshot((pharmacy(1, place=heping.key), 0)).catalog
    found = districts_next_to(catalog, heping)
    assert by_key()["南投縣國姓鄉"] in neighbours_of(heping)
    assert set(found) == set(neighbours_of(heping, within_km=12))
    assert by_key()["南投縣國姓鄉"] not in found


def test_without_points_twelve_kilometres_are_within_reach() -> None:
    """The middles of 左鎮區 and 內門區 lie 12.0 km apart."""
    zuozhen = by_key()["台南市左鎮區"]
    catalog = snapshot((pharmacy(1, place=zuozhen.key), 0)).catalog
    assert by_key()["高雄市內門區"] in districts_next_to(catalog, zuozhen)


def test_four_neighbours_are_looked_through() -> None:
    """The nearest of them, in their order; the fifth is not told of."""
    places = ["台北市信義區", "台北市松山區", "台北市中山區", "台北市中正區", "台北市文山區"]
    stocked = [
        (pharmacy(number, place=place, at=north(1000 * number)), 80)
        for number, place in enumerate(places, start=2)
    ]
    feed = snapshot((pharmacy(1, at=HERE), 0), *stocked)
    assert numbers(neighbours_with_stock(feed, DAAN, ADULT, NOW, seed=0)) == [2, 3, 4, 5]


def test_no_island_is_next_to_another() -> None:
    """馬公 and 湖西 are one land; 望安 and 大安區 are across the sea, however near their points."""
    places = ["澎湖縣湖西鄉", "澎湖縣望安鄉", "台北市大安區"]
    stocked = [
        (pharmacy(number, place=place, at=north(1000 * number)), 80)
        for number, place in enumerate(places, start=2)
    ]
    feed = snapshot((pharmacy(1, place="澎湖縣馬公市", at=HERE), 0), *stocked)
    assert numbers(neighbours_with_stock(feed, by_key()["澎湖縣馬公市"], ADULT, NOW, seed=0)) == [2]


SECOND = timedelta(seconds=1)


def test_counts_are_useless_after_a_day() -> None:
    """A day to the second is told with its time."""
    feed = snapshot((pharmacy(1), 5))
    assert not too_old(feed, NOW + timedelta(days=1))
    assert too_old(feed, NOW + timedelta(days=1) + SECOND)


@pytest.mark.parametrize(
    ("ahead", "recorded", "logged"),
    [
        (timedelta(minutes=30), False, False),
        (timedelta(minutes=30) + SECOND, False, True),
        (timedelta(hours=5), True, False),
        (timedelta(0), False, False),
    ],
)
def test_only_what_lies_half_an_hour_ahead_is_logged(
    ahead: timedelta, recorded: bool, logged: bool, caplog: pytest.LogCaptureFixture
) -> None:
    """A little is a clock's error, and a recording is of another day anyway."""
    feed = replace(snapshot((pharmacy(1), 5)), recorded=recorded)
    with caplog.at_level(logging.WARNING):
        is_old(feed, NOW - ahead)
    assert bool(caplog.records) == logged


def test_plates_soon_go_before_hours_that_nobody_knows() -> None:
    """Who is known to hand out plates within the hour is better than one who may be open."""
    plates = pharmacy(1, hours=Hours("", "11:45發號碼牌"))
    assert _order((plates, 80), (pharmacy(2), 80)) == {(1, 2)}


@pytest.mark.parametrize(
    ("plates", "first"),
    [("12:00", {(1, 2)}), ("11:59", BOTH)],  # as it opens; a minute before, which contradicts it
)
def test_plates_count_where_the_door_is_open_by_then(
    plates: str, first: set[tuple[int, ...]]
) -> None:
    """It is eleven, and both open at noon: one of them hands out plates then."""
    note = "營業時間12:00-21:00"
    hours = Hours("N" * 21, f"{note}，口罩{plates}發號碼牌")
    other = pharmacy(2, hours=Hours("N" * 21, note))
    assert _order((pharmacy(1, hours=hours), 80), (other, 80)) == first


def test_tomorrow_comes_before_the_day_after() -> None:
    """What is over today may be sold again tomorrow: before one that opens only on Thursday."""
    over = pharmacy(1, hours=Hours("N" * 21, "08:00-10:00販售口罩"))
    thursday = pharmacy(2, hours=Hours("YYYNYYY" * 3))
    assert _order((over, 80), (thursday, 80)) == {(1, 2)}


def test_a_part_of_the_day_is_waited_for_until_it_begins() -> None:
    """Wednesday's morning comes before, and its afternoon after, who sells a day from now."""
    over = pharmacy(1, hours=Hours("N" * 21, "08:00-10:00販售口罩"))
    for week, first in (("YYNYYYY" + "Y" * 14, {(2, 1)}), ("Y" * 7 + "YYNYYYY" * 2, {(1, 2)})):
        assert _order((over, 80), (pharmacy(2, hours=Hours(week)), 80)) == first


def test_the_sixtieth_nearest_is_looked_at() -> None:
    """And no farther one: who asks for what is near is not sent across the town."""
    gone = [(pharmacy(number, at=north(10 * number)), 0) for number in range(1, 60)]
    last = (pharmacy(60, at=north(600)), 80)
    beyond = (pharmacy(61, at=north(610)), 80)
    assert numbers(find_nearby(snapshot(*gone, last, beyond), HERE, ADULT, NOW, seed=0)) == [60]
