"""The edges of clock times, dates and hours, one on each side."""

from datetime import date, datetime, time, timedelta

import pytest

from shared.catalog import Hours
from shared.clock import TAIPEI
from shared.hours import OpeningState, opening_at
from shared.hours.clock_times import Half, Written
from shared.hours.holidays import feast_days, is_worked
from shared.hours.note import read_note
from shared.hours.when import Date
from tests.query.world import pharmacy


@pytest.mark.parametrize(
    ("hour", "minute", "meant"),
    [
        (0, 30, None),
        (10, 0, time(10)),
        (23, 59, time(23, 59)),
        (24, 0, None),
        (12, 60, None),
        (12, 59, time(12, 59)),
    ],
)
def test_an_hour_that_stands_alone(hour: int, minute: int, meant: time | None) -> None:
    """From ten on it is one of the 24; the day has no 24th, the hour no 60th minute."""
    assert Written(hour, minute).alone() == meant


def test_an_end_of_the_afternoon_is_in_it() -> None:
    """「下午1點到11點」 ends late; 12 is no hour of the evening that follows."""
    one = Written(1, 0, Half.AFTERNOON)
    assert one.before(Written(11, 0)) == (time(13), time(23))
    assert one.before(Written(12, 0)) is None


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        (date(2020, 1, 2), date(2019, 12, 31)),
        (date(2020, 6, 29), date(2019, 12, 31)),
        (date(2020, 7, 3), date(2020, 12, 31)),
        (date(2020, 12, 1), date(2020, 12, 31)),
    ],
)
def test_a_date_without_year_is_the_nearest(read: date, meant: date) -> None:
    """12/31 lies behind whoever reads it in January."""
    assert Date(12, 31).near(read) == meant


def test_a_day_that_a_month_lacks_is_its_last() -> None:
    """2/30 is 2/29 in 2020, and 2/28 a year later."""
    assert Date(2, 30, 2020).near(date(2020, 3, 1)) == date(2020, 2, 29)
    assert Date(2, 30, 2021).near(date(2020, 3, 1)) == date(2021, 2, 28)


@pytest.mark.parametrize(
    ("clock", "state"),
    [
        (time(20, 29), OpeningState.OPEN),
        (time(20, 30), OpeningState.CLOSES_SOON),
        (time(20, 59), OpeningState.CLOSES_SOON),
        (time(21, 0), OpeningState.CLOSED_TODAY),
    ],
)
def test_it_closes_soon_half_an_hour_before(clock: time, state: OpeningState) -> None:
    """By the hours of its note, which are exact."""
    shop = pharmacy(1, hours=Hours("N" * 21, "營業時間08:00-21:00"))
    found = opening_at(shop, datetime.combine(date(2020, 3, 3), clock, TAIPEI))
    assert found is not None
    assert found.state is state


@pytest.mark.parametrize(
    ("note", "saturday"),
    [
        ("營業時間8:30-21:30  星期六至下午13:00", ((time(8, 30), time(13)),)),
        (
            "營業時間9:00-12:00，15:00-21:00。六日到20:00",
            ((time(9), time(12)), (time(15), time(20))),
        ),
        ("營業時間9:00-12:00，15:00-21:00。六日到14:00", ((time(9), time(12)),)),
    ],
)
def test_a_day_that_ends_earlier_is_open_until_then(
    note: str, saturday: tuple[tuple[time, time], ...]
) -> None:
    """What a note adds of the end of one weekday holds on it and on no other."""
    read = read_note(note)
    assert read is not None
    assert read.open_on(date(2020, 3, 7), False) == saturday
    assert read.open_on(date(2020, 3, 3), False)[-1][1] in (time(21), time(21, 30))


@pytest.mark.parametrize(
    ("feast", "days"),
    [
        ("端午節", {date(2020, 6, 25) + timedelta(days=n) for n in range(4)}),
        ("中秋節", {date(2020, 10, 1) + timedelta(days=n) for n in range(4)}),
    ],
)
def test_a_feast_with_the_days_off_around_it(feast: str, days: set[date]) -> None:
    """連假: from the first day on which offices are shut to the last, weekends with it."""
    found = {day for day in feast_days(feast, long=True) if day.year == 2020}
    assert found == days
    assert len([day for day in feast_days(feast, long=False) if day.year == 2020]) == 1


def test_a_worked_saturday_ends_the_days_off() -> None:
    """2020-06-20 was worked for the twenty-sixth, so no weekend is added before it."""
    assert is_worked(date(2020, 6, 20))
    assert not is_worked(date(2020, 6, 13))
    assert date(2020, 6, 20) not in feast_days("端午節", long=True)


@pytest.mark.parametrize(
    ("note", "days"),
    [
        ("今天14:00販售口罩", {3}),
        ("明天14:00販售口罩", {4}),
        ("昨天口罩14:00販售", {2}),
        ("3/2口罩售完，今天14:00販售口罩", set()),  # the file came late: whose today?
        ("今日口罩已售完，每日14:00販售", {2, 3, 4}),  # what follows is of every day
        ("今日售完，每日14:00販售", {2, 3, 4}),
        ("14:00販售口罩", {2, 3, 4}),
    ],
)
def test_today_in_a_note_is_the_day_on_which_it_was_first_seen(note: str, days: set[int]) -> None:
    """And nothing is told of it where nobody knows that day."""
    seen = date(2020, 3, 3)

    def told(when: date | None) -> set[int]:
        read = read_note(note, when)
        march = [(day, read.on(date(2020, 3, day), False)) for day in (2, 3, 4) if read]
        return {day for day, sale in march if sale and sale.sold_from == time(14)}

    assert told(seen) == days
    assert told(None) == (days if len(days) != 1 else set())


@pytest.mark.parametrize(
    ("half", "first", "last", "after"),
    [
        ("早上", "06:00", "11:59", "12:00"),
        ("中午", "12:00", "12:59", "13:00"),
        ("下午", "13:00", "17:29", "17:30"),
        ("中午", "12:00", "12:59", "11:59"),
        ("下午", "13:00", "17:29", "12:59"),
        ("晚上", "17:00", "23:00", "16:59"),
    ],
)
def test_what_begins_in_a_part_of_the_day_that_is_off_is_not_told(
    half: str, first: str, last: str, after: str
) -> None:
    """The afternoon of a day without sale ends where the evening's sales begin."""

    def told(clock: str) -> time | None:
        read = read_note(f"{clock}販售口罩，{half}不賣")
        sale = read.on(date(2020, 3, 3), False) if read else None
        return sale.sold_from if sale else None

    assert (told(first), told(last)) == (None, None)
    assert told(after) == time.fromisoformat(after)


def test_a_feast_on_a_monday_has_the_weekend_before_it() -> None:
    """2021-06-14 was the 端午節."""
    found = {day for day in feast_days("端午節", long=True) if day.year == 2021}
    assert found == {date(2021, 6, day) for day in (12, 13, 14)}


@pytest.mark.parametrize(("end", "told"), [(11, False), (12, True)])
def test_no_pharmacy_is_open_for_less_than_three_hours(end: int, *, told: bool) -> None:
    """「營業時間9:00-11:00」 is of something else, or ends in the evening."""
    read = read_note(f"營業時間09:00-{end}:00，週日公休")
    assert read is not None
    assert read.open_on(date(2020, 3, 3), False) == (((time(9), time(end)),) if told else ())
