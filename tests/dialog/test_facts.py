"""What the dialogue may look at: what is left, what lies near, and whom a caller may know."""

from dataclasses import replace

import pytest

from shared.catalog import Catalog, Hours, Location
from shared.dialog.facts import Facts, needs_county, point_in
from shared.dialog.values import State
from shared.places.districts import by_key
from shared.places.landmarks import landmarks_called
from tests.dialog.talks import (
    DAAN,
    HEPING,
    PHONE,
    RENAI,
    SANCHONG,
    TEA,
    XINYI,
    like,
    with_pharmacies,
)
from tests.small_world import NOW, SNAPSHOT

ADULT, CHILD = SNAPSHOT.products
FACTS = Facts(SNAPSHOT, NOW, PHONE)
STATION = landmarks_called()["台北車站"][0]
NEXT_DOOR = like(
    XINYI,
    id="9001100001",
    name="躍獅松仁藥局",
    district="台北市信義區",
    hours=Hours("N" * 21, ""),
)
"""Of a chain, and always open."""
BESIDE = Facts(with_pharmacies(NEXT_DOOR), NOW, PHONE)


@pytest.mark.parametrize(("unknown", "mostly"), [(0, False), (1, False), (2, True), (3, True)])
def test_of_three_counts_two_are_most(unknown: int, mostly: bool) -> None:
    """Of four, two unknown ones are the half, and no more."""
    stocks = {**SNAPSHOT.stocks, **{key: {} for key in (XINYI, RENAI, HEPING)[:unknown]}}
    facts = Facts(replace(SNAPSHOT, stocks=stocks), NOW, PHONE)
    assert facts.mostly_unknown(by_key()[DAAN], ADULT) is mostly
    four = with_pharmacies(like(XINYI, id="9100000001"), snapshot=replace(SNAPSHOT, stocks=stocks))
    assert Facts(four, NOW, PHONE).mostly_unknown(by_key()[DAAN], ADULT) is (unknown > 2)


def test_what_a_place_has_left_is_what_has_some() -> None:
    """和平藥局 has no adult masks, and 12 for children; 仁愛藥局 the other way round."""
    for product, left in ((ADULT, {XINYI: 205, RENAI: 36}), (CHILD, {XINYI: 50, HEPING: 12})):
        counted = FACTS.in_stock(by_key()[DAAN], product)
        assert {pharmacy.id: many for many, pharmacy in counted} == left
    assert FACTS.in_stock(by_key()[TEA], ADULT) == []


@pytest.mark.parametrize(
    ("state", "found"),
    [
        (State(place=DAAN, told=(XINYI, RENAI)), ""),
        (State(place=DAAN, told=(XINYI,)), RENAI),
        (State(place=TEA), ""),
        (State(place="台北市信義區", told=(NEXT_DOOR.id,)), ""),
        (State(place="台北市松山區"), NEXT_DOOR.id),
        (State(place="台北市松山區", told=(XINYI,)), NEXT_DOOR.id),
        (State(place="台北市松山區", told=(XINYI, RENAI, NEXT_DOOR.id)), ""),
        (State(place="台北市松山區", kind="pharmacy"), ""),
        (State(place="台北市松山區", chain="躍獅"), ""),
        (State(place="台北市松山區", open_at="2020-03-04"), ""),
        (State(place="台北市松山區", near="台北車站"), ""),
        (State(place="台北市松山區", near="@25.041,121.517"), ""),
        (State(), ""),
    ],
)
def test_next_door_is_looked_at_where_the_place_has_none(state: State, found: str) -> None:
    """Only for whoever asked for any pharmacy in a district, of which none was told."""
    choice = BESIDE.choice(state)
    assert (choice.id if choice else "") == found


def test_of_next_door_any_that_has_some_will_do() -> None:
    """大安區 and 信義區 lie next to 松山區; none of a place that is no district."""
    assert BESIDE.beyond(State(place="台北市松山區", told=(XINYI, RENAI))) == NEXT_DOOR
    assert BESIDE.beyond(State(place="火星市大安區")) is None


def test_a_walk_wants_two_points() -> None:
    """Of a pharmacy without one nothing is known, whatever it is near to; nor of one to itself."""
    here = like(XINYI, location=Location(STATION.longitude, STATION.latitude))
    there = SNAPSHOT.catalog.by_id[RENAI]
    facts = Facts(replace(SNAPSHOT, catalog=Catalog.of((here, there))), NOW, PHONE)
    for near in ("台北車站", "@25.041,121.517", XINYI, "", "火星車站"):
        assert facts.walk_to(there, State(place=DAAN, near=near)) is None
    assert facts.walk_to(here, State(place=DAAN, near=XINYI)) is None
    assert facts.walk_to(here, State(place=DAAN, near="台北車站")) == 0


def test_the_metro_is_near_where_one_would_walk_to_it() -> None:
    """Beside the main station it is that one; off 台東, or without a point, there is none."""
    beside = like(XINYI, location=Location(STATION.longitude, STATION.latitude))
    far = like(XINYI, location=Location(121.5, 22.6))
    facts = Facts(SNAPSHOT, NOW, PHONE)
    assert facts.metro_near(beside) in landmarks_called()["捷運台北站"]
    assert facts.metro_near(far) is None
    assert facts.metro_near(SNAPSHOT.catalog.by_id[RENAI]) is None


@pytest.mark.parametrize("near", ["", "@", "@25.0", "@north,east", "25.027,121.528", XINYI])
def test_only_a_point_is_a_point(near: str) -> None:
    """Whatever a state holds that was written by another version."""
    assert point_in(near) is None


def test_a_village_is_near_in_its_own_district_alone() -> None:
    """Villages of one name are in many districts; without a district it is none."""
    from shared.places.villages import villages

    place = by_key()[DAAN]
    name, village = next(iter(villages(place).items()))
    assert FACTS.near(State(place=DAAN, near=name)) == village
    assert FACTS.near(State(near=name)) is None
    assert FACTS.near(State(place=DAAN)) is None


@pytest.mark.parametrize(
    ("state", "example"),
    [
        (State(place="台北市士林區"), DAAN),
        (State(area_code="02", place=TEA), SANCHONG),
        (State(area_code="02"), DAAN),
        (State(), None),
    ],
)
def test_an_example_is_the_district_with_the_most_pharmacies(
    state: State, example: str | None
) -> None:
    """Of the county that is talked about, else of the likeliest that her number is of."""
    two = with_pharmacies(like(XINYI, id="9100000001", district=SANCHONG))
    known = Facts(two, NOW, PHONE).example(state)
    assert (known.key if known else None) == example


def test_a_county_is_said_of_a_name_that_two_districts_bear() -> None:
    """大安區 is one of two; 坪林區 the only one."""
    assert needs_county(by_key()[DAAN])
    assert not needs_county(by_key()[TEA])
