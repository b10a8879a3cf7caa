"""A time that is asked about, and who is open then."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from shared.catalog import Hours
from shared.clock import TAIPEI
from shared.hours import AskedTime, DayPart, is_open, serves
from tests.small_world import SNAPSHOT

TUESDAY, SUNDAY = date(2020, 3, 3), date(2020, 3, 8)
SHOP = SNAPSHOT.catalog.pharmacies[0]

MORNINGS = "NNNNNNNYYYYYYYYYYYYYY"
ALL_WEEK = "N" * 21
NO_SUNDAY = "NNNNNNY" * 3


@pytest.mark.parametrize(
    "asked",
    [
        AskedTime(TUESDAY),
        AskedTime(TUESDAY, time(17, 30)),
        *(AskedTime(SUNDAY, part=part) for part in DayPart),
    ],
    ids=str,
)
def test_a_time_is_read_as_it_was_written(asked: AskedTime) -> None:
    """It travels in the state of a call as text."""
    assert AskedTime.read(str(asked)) == asked


@pytest.mark.parametrize("text", ["", "evening", "2020-03-99", "2020-03-03 25:00", "daan", "03-03"])
def test_what_is_no_time_is_none(text: str) -> None:
    """Forged, or the key of a chain in its place."""
    assert AskedTime.read(text) is None


@pytest.mark.parametrize("part", DayPart)
@pytest.mark.parametrize("listed", DayPart)
def test_the_periods_tell_each_part_of_the_day(part: DayPart, listed: DayPart) -> None:
    """Open in the part that is listed, closed in the two others."""
    rows = ["NNNNNNN" if one is listed else "YYYYYYY" for one in DayPart]
    shop = replace(SHOP, hours=Hours("".join(rows), ""))
    assert is_open(shop, AskedTime(TUESDAY, part=part)) is (part is listed)


@pytest.mark.parametrize(
    ("periods", "asked", "told"),
    [
        (MORNINGS, AskedTime(TUESDAY), True),
        (MORNINGS, AskedTime(TUESDAY, time(17)), False),
        (MORNINGS, AskedTime(TUESDAY, time(9, 30)), True),
        (NO_SUNDAY, AskedTime(SUNDAY), False),
        (NO_SUNDAY, AskedTime(TUESDAY, time(17)), True),
        ("", AskedTime(TUESDAY), None),
    ],
)
def test_the_day_or_the_hour_is_told(periods: str, asked: AskedTime, told: bool | None) -> None:
    """Without an hour, whether it opens on that day at all; None where nothing is listed."""
    shop = replace(SHOP, hours=Hours(periods, ""))
    assert is_open(shop, asked) is told


def test_who_lists_no_hours_serves_at_no_known_time() -> None:
    """Nobody is sent in the evening to one of which nothing is known."""
    shop = replace(SHOP, hours=None)
    assert is_open(shop, AskedTime(TUESDAY)) is None
    assert not serves(shop, AskedTime(TUESDAY))


@pytest.mark.parametrize(
    ("note", "asked", "told"),
    [
        ("", AskedTime(TUESDAY, part=DayPart.EVENING), True),
        ("已停止販售口罩", AskedTime(TUESDAY, part=DayPart.EVENING), False),
        ("口罩早上八點到十點販售", AskedTime(TUESDAY, part=DayPart.EVENING), False),
        ("口罩早上八點到十點販售", AskedTime(TUESDAY, part=DayPart.MORNING), True),
        ("週日不賣口罩", AskedTime(SUNDAY), False),
        ("週日不賣口罩", AskedTime(TUESDAY), True),
    ],
)
def test_one_that_is_open_but_sells_none_does_not_serve(
    note: str, asked: AskedTime, told: bool
) -> None:
    """Open in the evening, when the sale of the morning is long over."""
    shop = replace(SHOP, hours=Hours(ALL_WEEK, note))
    assert is_open(shop, asked) is True
    assert serves(shop, asked) is told


@pytest.mark.parametrize(
    ("asked", "over"),
    [
        (AskedTime(TUESDAY, part=DayPart.MORNING), True),
        (AskedTime(TUESDAY, part=DayPart.AFTERNOON), False),
        (AskedTime(TUESDAY, time(12, 59)), True),
        (AskedTime(TUESDAY, time(13, 1)), False),
        (AskedTime(TUESDAY), False),
        (AskedTime(SUNDAY, part=DayPart.MORNING), False),
        (AskedTime(date(2020, 3, 2), part=DayPart.EVENING), True),
    ],
    ids=str,
)
def test_a_time_that_has_passed_is_over(asked: AskedTime, over: bool) -> None:
    """At one o'clock on that Tuesday."""
    assert asked.is_over(datetime(2020, 3, 3, 13, 0, tzinfo=TAIPEI)) is over


@pytest.mark.parametrize(
    ("part", "clocks"),
    [
        (DayPart.MORNING, ["09:00", "10:00", "11:00"]),
        (DayPart.AFTERNOON, ["14:00", "15:30", "17:00"]),
        (DayPart.EVENING, ["19:00", "20:00", "21:00"]),
    ],
)
def test_a_part_of_the_day_is_asked_for_at_three_moments(part: DayPart, clocks: list[str]) -> None:
    """An hour from its nominal ends, within which nothing is claimed, and in its middle."""
    moments = AskedTime(TUESDAY, part=part).moments()
    assert [f"{moment:%H:%M}" for moment in moments] == clocks


@pytest.mark.parametrize(
    ("asked", "ends"),
    [
        (AskedTime(TUESDAY, time(17, 30)), datetime(2020, 3, 3, 17, 30, tzinfo=TAIPEI)),
        (AskedTime(TUESDAY, part=DayPart.MORNING), datetime(2020, 3, 3, 12, tzinfo=TAIPEI)),
    ],
    ids=str,
)
def test_a_time_is_over_once_it_has_come(asked: AskedTime, ends: datetime) -> None:
    """To the minute, and on any day behind it; the morning is over at noon."""
    assert asked.is_over(ends)
    assert asked.is_over(ends + timedelta(days=1))
    assert not asked.is_over(ends - timedelta(minutes=1))
    assert not asked.is_over(ends - timedelta(days=1, hours=-3))


@pytest.mark.parametrize(
    ("asked", "late"),
    [
        (AskedTime(TUESDAY, time(11, 59)), False),
        (AskedTime(TUESDAY, time(12)), True),
        (AskedTime(TUESDAY, part=DayPart.MORNING), False),
        (AskedTime(TUESDAY, part=DayPart.AFTERNOON), True),
        (AskedTime(TUESDAY, part=DayPart.EVENING), True),
        (AskedTime(TUESDAY), False),
    ],
    ids=str,
)
def test_noon_and_what_follows_is_late(asked: AskedTime, late: bool) -> None:
    """An hour that is said without its half of the day goes on in that half."""
    assert asked.late is late
