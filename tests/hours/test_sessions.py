"""The times of one day out of several that a note tells, each by what it means."""

from datetime import date, time

import pytest

from shared.hours.clock_times import Times
from shared.hours.note_reading import Statement
from shared.hours.note_sessions import breaks_of, closed_early, cut, ended_at, sessions_of
from shared.hours.when import ALWAYS, Date, Dates, When

MON, TUE, WED, THU, FRI, SAT, SUN = range(7)
WEDNESDAY, SATURDAY = date(2020, 3, 4), date(2020, 3, 7)


def span(text: str) -> Times:
    """「09:00」, 「09:00-12:00」."""
    start, _, end = text.partition("-")
    return Times(time.fromisoformat(start), time.fromisoformat(end) if end else None)


def spans(text: str) -> tuple[Times, ...]:
    """Several, with a space between."""
    return tuple(map(span, text.split()))


def sold(text: str, *weekdays: int, dates: tuple[Dates, ...] = ()) -> Statement:
    """A sale at these times."""
    return Statement("sold", When(frozenset(weekdays), dates=dates), spans(text))


def until(clock: str) -> Statement:
    """「賣到12點」."""
    return Statement("until", ALWAYS, (Times(None, time.fromisoformat(clock)),))


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        ("", ""),
        ("09:00", "09:00"),
        ("15:00 09:00", "09:00 15:00"),
        ("09:00 12:00", "09:00 12:00"),  # three hours apart: two sales
        ("09:00 11:59", None),  # less: which of the two?
        ("09:00-12:00 14:00-17:00", "09:00-12:00 14:00-17:00"),
        ("09:00-12:00 12:00-13:00", "09:00-12:00 12:00-13:00"),
        ("09:00-12:00 11:59-13:00", None),
        ("09:00-12:00 09:00-13:00", None),
        ("09:00 09:00-12:00", "09:00-12:00"),  # with its end
    ],
)
def test_the_times_of_a_day(told: str, wanted: str | None) -> None:
    """In order; none where they contradict each other."""
    found = sessions_of([sold(one) for one in told.split()], WEDNESDAY)
    assert found == (spans(wanted) if wanted is not None else None)


@pytest.mark.parametrize(
    ("wide", "narrow", "wanted"),
    [
        ("09:00", "10:00", "10:00"),
        ("09:00", "11:59", "11:59"),
        ("09:00", "12:00", None),  # beside the one at nine, or in its place?
        ("09:00-12:00", "14:00-17:00", "09:00-12:00 14:00-17:00"),
        ("09:00-12:00", "12:30-17:00", "09:00-12:00 12:30-17:00"),
        ("09:00-12:00", "12:29-17:00", "12:29-17:00"),  # no pause: in its place
        ("09:00-12:00", "10:00-11:00", "10:00-11:00"),
        ("14:00-17:00", "09:00-12:00", "09:00-12:00 14:00-17:00"),
    ],
)
def test_a_weekday_s_own_times_go_before_those_of_the_week(
    wide: str, narrow: str, wanted: str | None
) -> None:
    """「週一至週六9:00，週三10:00」; sessions with a pause between are both of that day."""
    told = [sold(wide, MON, TUE, WED, THU, FRI, SAT), sold(narrow, WED)]
    assert sessions_of(told, WEDNESDAY) == (spans(wanted) if wanted else None)
    assert sessions_of(told[::-1], WEDNESDAY) == (spans(wanted) if wanted else None)


def test_two_weekdays_may_have_their_own_time_three_contradict() -> None:
    """「週一至週六9:00，週三、五10:00」 is read; with three such days it may be meant otherwise."""
    week = sold("09:00", MON, TUE, WED, THU, FRI, SAT)
    assert sessions_of([week, sold("10:00", WED, FRI)], WEDNESDAY) == spans("10:00")
    assert sessions_of([week, sold("10:00", MON, WED, FRI)], WEDNESDAY) is None
    assert sessions_of([week, sold("09:00-11:00", MON, WED, FRI)], WEDNESDAY) is not None


def test_a_date_goes_before_every_week() -> None:
    """「週三9:00，3/4 15:00」: on that Wednesday at three."""
    that = Date(3, 4)
    told = [sold("09:00", WED), sold("15:00", dates=(Dates(that, that),))]
    assert sessions_of(told, WEDNESDAY) == spans("15:00")


@pytest.mark.parametrize(
    ("times", "end", "wanted"),
    [
        ("09:00", "12:00", "09:00-12:00"),
        ("09:00-17:00", "12:00", "09:00-12:00"),
        ("09:00-11:00 14:00-17:00", "12:00", "09:00-12:00"),
        ("09:00-11:00 14:00-17:00", "16:00", "09:00-11:00 14:00-16:00"),
        ("14:00", "12:00", None),
        ("12:00", "12:00", None),  # what begins when it ends is not sold
        ("09:00 14:00", "12:00", None),  # of the first no end was told
        ("08:00-09:00 10:00 15:00", "12:00", None),
        ("09:00-11:00 14:00", "15:00", "09:00-11:00 14:00-15:00"),
        ("", "12:00", ""),
    ],
)
def test_a_day_of_sale_that_has_an_end_of_its_own(times: str, end: str, wanted: str | None) -> None:
    """「星期日賣到12點」."""
    expected = spans(wanted) if wanted is not None else None
    assert ended_at(spans(times), [until(end)]) == expected
    assert ended_at(spans(times), []) == spans(times)
    assert ended_at(None, [until(end)]) is None


@pytest.mark.parametrize(
    ("times", "end", "wanted"),
    [
        ("09:00", "12:00", "09:00"),
        ("09:00-17:00", "12:00", "09:00-12:00"),
        ("09:00-11:00 14:00-17:00", "12:00", "09:00-11:00"),
        ("14:00-17:00", "12:00", None),
        ("12:00-17:00", "12:00", None),
    ],
)
def test_nothing_is_sold_once_the_pharmacy_is_closed(
    times: str, end: str, wanted: str | None
) -> None:
    """「週六營業至12點」."""
    assert closed_early(spans(times), [until(end)]) == (spans(wanted) if wanted else None)
    assert closed_early(spans(times), []) == spans(times)


@pytest.mark.parametrize(
    ("times", "wanted"),
    [
        ("09:00-11:00 14:00-17:00", "09:00-11:00"),
        ("09:00", "09:00"),
        ("12:00", None),
        ("18:00-20:00", "18:00-20:00"),
        ("17:59-20:00", None),
        ("09:00-12:00", "09:00-12:00"),
        ("09:00-12:01", None),  # goes on into what is off
    ],
)
def test_a_part_of_the_day_that_is_off_takes_what_begins_in_it(
    times: str, wanted: str | None
) -> None:
    """「週三下午休」: from noon to six."""
    found = cut(spans(times), (time(12), time(18)))
    assert found == (spans(wanted) if wanted else None)


def test_between_two_sessions_and_in_its_pauses_nothing_is_sold() -> None:
    """Each span once, in order; a pause outside of the sale is none of it."""
    lunch = Statement("break", ALWAYS, spans("12:00-14:00"))
    assert breaks_of(spans("09:00-12:00 14:00-17:00"), []) == ((time(12), time(14)),)
    assert breaks_of(spans("09:00-12:00 14:00-17:00"), [lunch]) == ((time(12), time(14)),)
    assert breaks_of(spans("09:00-17:00"), [lunch]) == ((time(12), time(14)),)
    assert breaks_of(spans("09:00"), [lunch]) == ((time(12), time(14)),)
    assert breaks_of(spans("15:00-17:00"), [lunch]) == ()
    assert breaks_of(spans("09:00-14:00"), [lunch]) == ()
    assert breaks_of(spans("14:00-17:00"), [lunch]) == ()  # over as the sale begins
    assert breaks_of(spans("13:59-17:00"), [lunch]) == ((time(12), time(14)),)
    assert breaks_of(spans("09:00-14:01"), [lunch]) == ((time(12), time(14)),)
    assert breaks_of(spans("09:00-12:00 12:00-17:00"), []) == ()
    clash = Statement("break", ALWAYS, spans("13:00-15:00"))
    assert breaks_of(spans("09:00-17:00"), [lunch, clash]) == ()
