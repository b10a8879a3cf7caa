"""Which pharmacy first: in stock, open, near, and no queues."""

import random
from collections import Counter
from datetime import datetime, time, timedelta

import pytest

from shared.catalog import Hours, Pharmacy, Snapshot
from shared.places.districts import by_key
from shared.query import (
    find_around,
    find_nearby,
    find_pharmacies,
    is_old,
    neighbours_with_stock,
    too_old,
    walking_metres,
)
from tests.products import ADULT
from tests.query.world import (
    AFTERNOONS,
    EVENINGS,
    HERE,
    NOW,
    OPEN,
    SHUT,
    TAIPEI,
    north,
    numbers,
    pharmacy,
    snapshot,
)

DAAN = by_key()["台北市大安區"]
CALLERS = 10_000
FAIR = 1.2
"""The issue's bound: share of callers over share of stock."""


def first_numbers(feed: Snapshot, **more: object) -> list[int]:
    """The order in 大安區 for the seed 0."""
    return numbers(find_pharmacies(feed, DAAN, ADULT, NOW, seed=0, **more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("clock", "order"),
    [
        ("07:30", [1, 2, 3, 4]),  # plates in half an hour, sale in an hour and a half, …
        ("08:30", [2, 3, 1, 4]),  # the plates are given; the others sell before the afternoon
        ("13:30", [2, 3, 1, 4]),
        ("14:30", [1, 2, 3, 4]),
    ],
)
def test_plates_soon_go_before_a_sale_now_and_what_is_over_comes_last(
    clock: str, order: list[int]
) -> None:
    """By the notes: plates soon, sold now, sold later, over or not today; who has stopped never."""
    hours, minutes = clock.split(":")
    now = NOW.replace(hour=int(hours), minute=int(minutes))
    feed = snapshot(
        (pharmacy(1, hours=Hours("", "8:00發號碼牌，14:00開始販售口罩")), 50),
        (pharmacy(2, hours=Hours("", "9:00開始販售口罩")), 50),
        (pharmacy(3, hours=Hours("", "9:30開始販售口罩")), 50),
        (pharmacy(4, hours=Hours("", "週二不販售口罩")), 50),
        (pharmacy(5, hours=Hours("", "已停止販售口罩")), 5000),
    )
    found = numbers(find_pharmacies(feed, DAAN, ADULT, now, seed=0))
    assert (found[0], found[-1], sorted(found)) == (order[0], 4, [1, 2, 3, 4])


def test_plates_of_a_pharmacy_that_opens_later_are_no_reason_to_go() -> None:
    """A note of plates at 11:30 beside periods that open in the evening contradicts itself."""
    plates = pharmacy(1, hours=Hours(EVENINGS.periods, "11:30發號碼牌"))
    assert first_numbers(snapshot((plates, 50), (pharmacy(2, hours=OPEN), 50))) == [2, 1]


def test_sold_out_is_never_offered() -> None:
    """Only those with the product in stock are found."""
    assert first_numbers(snapshot((pharmacy(1), 0), (pharmacy(2), 50), (pharmacy(3), 0))) == [2]


@pytest.mark.parametrize("hours", ["N" * 21, SHUT.periods])
def test_who_has_stopped_selling_is_never_offered(hours: str) -> None:
    """Its thousands are stale: nobody is sent there, by district, nearby, or when all is gone."""
    stopped = pharmacy(1, hours=Hours(hours, "已停止販售口罩"), at=HERE)
    feed = snapshot((stopped, 5000), (pharmacy(2, at=north(900)), 20))
    assert first_numbers(feed) == [2]
    assert numbers(find_nearby(feed, HERE, ADULT, NOW, seed=0)) == [2]
    assert first_numbers(snapshot((stopped, 5000))) == []


def test_open_ones_come_first_then_who_opens_soonest() -> None:
    """Open and unknown hours before those that open later, these before those shut today."""
    feed = snapshot(
        (pharmacy(1, hours=SHUT), 900),
        (pharmacy(2, hours=EVENINGS), 900),
        (pharmacy(3, hours=AFTERNOONS), 900),
        (pharmacy(4, hours=OPEN), 20),
    )
    assert first_numbers(feed) == [4, 3, 2, 1]


def test_unknown_hours_count_as_open() -> None:
    """A pharmacy is not put last because the daily file forgot it."""
    feed = snapshot((pharmacy(1, hours=EVENINGS), 900), (pharmacy(2), 20))
    assert first_numbers(feed) == [2, 1]


@pytest.mark.parametrize(
    "note", ["口罩14:00開始販售", "08:00-10:00販售口罩", "週二不販售", "暫停販售口罩"]
)
def test_who_does_not_sell_now_waits(note: str) -> None:
    """An open door is not enough: masks are sold later, were sold before, or not today."""
    feed = snapshot((pharmacy(1, hours=Hours("N" * 21, note)), 900), (pharmacy(2, hours=OPEN), 20))
    assert first_numbers(feed) == [2, 1]


def test_near_comes_before_much() -> None:
    """A large stock far off does not beat a small one near by; within 500 m they are equal."""
    feed = snapshot(
        (pharmacy(1, at=north(3000)), 900),
        (pharmacy(2, at=north(1000)), 900),
        (pharmacy(3, at=north(100)), 20),
        (pharmacy(4), 900),  # nobody knows where
    )
    assert first_numbers(feed, near=HERE) == [3, 2, 1, 4]


def test_road_comes_before_near() -> None:
    """Who named a road wants to go there."""
    feed = snapshot((pharmacy(1, road="信義路"), 900), (pharmacy(2, road="和平東路"), 20))
    assert first_numbers(feed, road="和平東路") == [2, 1]


def test_where_none_sells_on_the_road_those_nearer_to_it_come_first() -> None:
    """Its own is shut till the afternoon."""
    feed = snapshot(
        (pharmacy(1, road="信義路", at=north(3_000)), 900),
        (pharmacy(2, road="仁愛路", at=north(400)), 900),
        (pharmacy(3, road="和平東路", at=HERE, hours=AFTERNOONS), 900),
    )
    assert first_numbers(feed, road="和平東路") == [2, 1, 3]


def test_a_section_comes_before_its_road() -> None:
    """Who named the section wants to go there, else to another one, else anywhere."""
    feed = snapshot(
        (pharmacy(1, road="仁愛路"), 900),
        (pharmacy(2, road="忠孝東路", section="1"), 900),
        (pharmacy(3, road="忠孝東路", section="4"), 20),
    )
    assert first_numbers(feed, road="忠孝東路4段") == [3, 2, 1]


def test_few_left_come_after_many() -> None:
    """The last three may be gone on arrival."""
    feed = snapshot((pharmacy(1), 3), (pharmacy(2), 30))
    assert {tuple(order(feed, seed)) for seed in range(50)} == {(2, 1)}


def test_the_order_is_that_of_this_moment() -> None:
    """What was found a second ago, on one side of an hour, is not told on the other."""
    feed = snapshot((pharmacy(1), 5), (pharmacy(2, hours=EVENINGS), 900))
    expected = {"17:59:59": [1, 2], "18:00:00": [2, 1], "18:00:01": [2, 1], "17:58:00": [1, 2]}
    for clock, found in expected.items():
        moment = datetime.combine(NOW, time.fromisoformat(clock), TAIPEI)
        assert numbers(find_pharmacies(feed, DAAN, ADULT, moment, seed=0)) == found, clock


def test_renewed_counts_are_told_at_once() -> None:
    """A snapshot that replaces another within the same minute is the one that is answered from."""
    both = pharmacy(1), pharmacy(2)
    for left, expected in ((0, [1]), (900, [2, 1])):
        assert first_numbers(snapshot((both[0], 5), (both[1], left))) == expected


def test_too_few_for_one_buyer_come_last_however_near() -> None:
    """Nobody is sent next door for a single mask where enough are a kilometre away."""
    feed = snapshot((pharmacy(1, at=north(50)), 1), (pharmacy(2, at=north(1_200)), 30))
    assert numbers(find_nearby(feed, HERE, ADULT, NOW, seed=0)) == [2, 1]


def order(feed: Snapshot, seed: int) -> list[int]:
    """The order for one caller."""
    return numbers(find_pharmacies(feed, DAAN, ADULT, NOW, seed=seed))


def test_one_caller_sees_one_order() -> None:
    """The same seed gives the same order, however often it is asked."""
    feed = snapshot(*((pharmacy(number), 100) for number in range(12)))
    assert len({tuple(order(feed, 7)) for _ in range(5)}) == 1
    assert len({tuple(order(feed, seed)) for seed in range(50)}) > 20


def shares(feed: Snapshot, district: str, seeds: list[int]) -> dict[str, float]:
    """Pharmacy id → its share of the callers over its share of the stock."""
    place = by_key()[district]
    product = feed.products[0]
    firsts = Counter(find_pharmacies(feed, place, product, NOW, seed=seed)[0].id for seed in seeds)
    stock = {one.id: feed.left(one, product) for one in feed.catalog.by_district[place]}
    total = sum(stock.values())
    return {one: (firsts[one] / len(seeds)) / (stock[one] / total) for one in firsts}


def scattered(count: int) -> list[int]:
    """Numbers of callers between whom many others asked for other districts."""
    draw = random.Random(2020)  # noqa: S311  # a sample, no secret
    return [draw.getrandbits(32) for _ in range(count)]


@pytest.mark.real
@pytest.mark.parametrize("district", ["台北市大安區", "新北市板橋區", "台南市新營區"])
def test_no_queues_for_callers_in_a_row(any_feed: Snapshot, district: str) -> None:
    """Of 10,000 callers nobody's share exceeds 1.2 times its share of the stock."""
    found = shares(any_feed, district, list(range(CALLERS)))
    assert max(found.values()) <= FAIR


@pytest.mark.real
@pytest.mark.parametrize("district", ["台北市信義區", "台南市新營區", "新北市泰山區"])
def test_no_queues_for_scattered_callers(any_feed: Snapshot, district: str) -> None:
    """The same where chance has its say; in districts of more than 40 choices it may miss it."""
    assert max(shares(any_feed, district, scattered(CALLERS)).values()) <= FAIR


def test_spreading_costs_no_long_walk(any_feed: Snapshot) -> None:
    """Whoever is spread walks at most 500 m more than to the nearest that is as good."""
    product = any_feed.products[0]
    points = [one.location for one in any_feed.catalog.by_district[DAAN] if one.location]
    for seed, here in enumerate(points):
        found = find_nearby(any_feed, here, product, any_feed.source_time, seed=seed)
        walks = [walking_metres(here, one.location) for one in found if one.location]
        enough = [
            walk
            for one, walk in zip(found, walks, strict=True)
            if any_feed.left(one, product) >= 10
        ]
        assert walks[0] <= min(enough) + 500


def test_neighbours_are_asked_when_all_is_sold_out() -> None:
    """The nearest district over land with stock comes first."""
    feed = snapshot(
        (pharmacy(1, at=HERE), 0),
        (pharmacy(2, place="台北市信義區", at=north(2500)), 80),
        (pharmacy(3, place="台北市中山區", at=north(4500)), 80),
        (pharmacy(4, place="高雄市苓雅區", at=north(-290_000)), 80),
    )
    assert numbers(neighbours_with_stock(feed, DAAN, ADULT, NOW, seed=0)) == [2, 3]


def test_neighbours_without_points_are_those_across_the_border() -> None:
    """Without coordinates the districts that border on it are asked."""
    feed = snapshot((pharmacy(1), 0), (pharmacy(2, place="台北市松山區"), 80))
    assert numbers(neighbours_with_stock(feed, DAAN, ADULT, NOW, seed=0)) == [2]


def test_nobody_is_sent_by_boat() -> None:
    """An island has no neighbours, and is nobody's."""
    feed = snapshot((pharmacy(1, place="連江縣東引鄉"), 0), (pharmacy(2, place="連江縣南竿鄉"), 80))
    assert neighbours_with_stock(feed, by_key()["連江縣東引鄉"], ADULT, NOW, seed=0) == ()


@pytest.mark.parametrize(
    ("age", "said", "useless"),
    [
        (timedelta(minutes=3), False, False),
        (timedelta(minutes=30), False, False),
        (timedelta(minutes=31), True, False),
        (timedelta(hours=23), True, False),
        (timedelta(hours=25), True, True),
        (timedelta(hours=-2), True, False),  # the clock jumped back
    ],
)
def test_old_counts_are_told_with_their_time(age: timedelta, said: bool, useless: bool) -> None:
    """After half an hour the time is said, after a day nothing is told."""
    feed = snapshot((pharmacy(1), 5))
    assert (is_old(feed, NOW + age) == NOW) == said
    assert too_old(feed, NOW + age) == useless


def test_counts_from_the_future_are_logged(caplog: pytest.LogCaptureFixture) -> None:
    """A clock that jumps leaves a line in the log."""
    is_old(snapshot((pharmacy(1), 5)), NOW - timedelta(hours=2))
    assert "from the future" in caplog.text


def test_recording_always_says_its_time(any_feed: Snapshot) -> None:
    """A file of another day is asked as of its own time, and never passes for today's."""
    today = datetime(2026, 11, 22, tzinfo=TAIPEI)
    assert is_old(any_feed, any_feed.source_time) == any_feed.source_time
    assert not too_old(any_feed, today)


def test_hours_of_a_pharmacy_that_is_not_there_change_nothing() -> None:
    """A district without pharmacies has no choice, and no error."""
    assert (
        find_pharmacies(snapshot((pharmacy(1), 5)), by_key()["新北市坪林區"], ADULT, NOW, seed=0)
        == ()
    )


def test_around_a_pharmacy_without_a_point() -> None:
    """Its road first, then its district, then the neighbours; never itself."""
    asked = pharmacy(1, road="信義路")
    feed = snapshot(
        (asked, 90),
        (pharmacy(2, road="仁愛路"), 80),
        (pharmacy(3, road="信義路"), 20),
        (pharmacy(4, place="台北市松山區"), 900),
    )
    assert numbers(find_around(feed, asked, ADULT, NOW, seed=0)) == [3, 2, 4]


def test_around_a_pharmacy_with_a_point() -> None:
    """The nearest first, itself never."""
    asked = pharmacy(1, at=HERE)
    feed = snapshot((asked, 90), (pharmacy(2, at=north(900)), 80), (pharmacy(3, at=north(50)), 80))
    assert numbers(find_around(feed, asked, ADULT, NOW, seed=0)) == [3, 2]


def walks(found: tuple[Pharmacy, ...]) -> list[int]:
    """Rounded metres from HERE."""
    return [round(walking_metres(HERE, one.location)) for one in found if one.location]


def test_nearby_is_across_districts() -> None:
    """「附近」 knows no borders."""
    feed = snapshot(
        (pharmacy(1, at=north(900)), 80),
        (pharmacy(2, place="台北市信義區", at=north(200)), 80),
        (pharmacy(3, at=north(50)), 0),
    )
    found = find_nearby(feed, HERE, ADULT, NOW, seed=0)
    assert numbers(found) == [2, 1]
    assert walks(found) == [260, 1170]
