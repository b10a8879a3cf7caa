"""Days and dates as notes write them: which are meant, and where they end in the text."""

from datetime import date

import pytest

from shared.hours.note_dates import dates_at
from shared.hours.note_days import weekdays_at
from shared.hours.when import IN_FORCE, Date, Dates, When
from shared.numbers import read_number

MON, TUE, WED, THU, FRI, SAT, SUN = range(7)
WORKDAYS = {MON, TUE, WED, THU, FRI}


@pytest.mark.parametrize(
    ("text", "days", "left"),
    [
        ("週一", {MON}, ""),
        ("每週日休", {SUN}, "休"),
        ("星期天休", {SUN}, "休"),
        ("週末", set(), "週末"),
        ("週一至週五9:00", WORKDAYS, "9:00"),
        ("週一到五9:00", WORKDAYS, "9:00"),
        ("星期1-5", WORKDAYS, ""),
        ("週五至週一", {FRI, SAT, SUN, MON}, ""),
        ("週六至日", {SAT, SUN}, ""),
        ("週一、三、五9:00", {MON, WED, FRI}, "9:00"),
        ("週一.三.五", {MON, WED, FRI}, ""),
        ("週二四六", {TUE, THU, SAT}, ""),
        ("週二及週四", {TUE, THU}, ""),
        ("週二和四", {TUE, THU}, ""),
        ("週一 四 六 8:40", {MON, THU, SAT}, " 8:40"),  # each alone, so each a day
        ("週一 三重店", {MON}, " 三重店"),  # a place behind a space, and no Wednesday
        ("週一(三)", {MON, WED}, ""),
        ("(週一至週五)9:00", set(), "(週一至週五)9:00"),  # the bracket is looked at first
        ("週一至週五)", WORKDAYS, ")"),  # a bracket opened before it is not its own
        ("週一,三點", {MON}, ",三點"),  # three o'clock
        ("週一3個", {MON}, "3個"),
        ("週12", set(), "週12"),
        ("週一到週五，六日無", WORKDAYS, "，六日無"),
        ("週一至週五 週六週日不賣", WORKDAYS, " 週六週日不賣"),
        ("週一至週五週六", WORKDAYS | {SAT}, ""),
        ("週一至週六,週日休", WORKDAYS | {SAT}, ",週日休"),
        ("(一~五)9:00", WORKDAYS, "9:00"),
        ("(一)~(五)9:00", WORKDAYS, "9:00"),
        ("(六)休", {SAT}, "休"),
        ("(六日)休", {SAT, SUN}, "休"),
        ("(1-5) 9:00", WORKDAYS, " 9:00"),
        ("(1-5)9:00", set(), "(1-5)9:00"),
        ("一至五9:00", WORKDAYS, "9:00"),
        ("一三五10:00", {MON, WED, FRI}, "10:00"),
        ("六日休", {SAT, SUN}, "休"),
        ("日休", {SUN}, "休"),
        ("一人三片", set(), "一人三片"),
        ("三月", set(), "三月"),
    ],
)
def test_weekdays(text: str, days: set[int], left: str) -> None:
    """From the beginning of the text, as far as they go."""
    found = weekdays_at(text, 0)
    if not days:
        assert found is None
        return
    assert found is not None
    assert (set(found[0].weekdays), text[found[1] :]) == (days, left)


def test_two_days_side_by_side_may_be_a_range_whose_sign_was_lost() -> None:
    """「週一五」: Monday and Friday, or from one to the other? Of the days between nothing is said;
    of neighbours (「週六日」), of three, and of what has a sign that is no question."""
    for text, unsure in (
        ("週一五", True),
        ("週六日", False),
        ("週一三五", False),
        ("週一、五", False),
        ("週一至五", False),
        ("一五休", True),
        ("六日休", False),
    ):
        found = weekdays_at(text, 0)
        assert found is not None
        assert found[0].normally == unsure, text


def test_the_day_of_the_month_is_no_sunday() -> None:
    """「1/18.19.日休」 lists dates; 「每日」 and the like stand elsewhere."""
    text = "1/18.19.日休"
    assert weekdays_at(text, text.index("日")) is None
    assert weekdays_at("公告:日休", 3) is not None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("10", 10), ("十", 10), ("十二", 12), ("三十", 30), ("三十一", 31), ("九", 9), ("兩", 2)],
)
def test_numbers(text: str, wanted: int) -> None:
    """Of months, days and hours."""
    assert read_number(text) == wanted


def _one(month: int, day: int, year: int | None = None, weekday: int | None = None) -> Dates:
    same = Date(month, day, year, weekday)
    return Dates(same, same)


@pytest.mark.parametrize(
    ("text", "dates", "left"),
    [
        ("3/7休", (_one(3, 7),), "休"),
        ("3月7日休", (_one(3, 7),), "休"),
        ("三月七日休", (_one(3, 7),), "休"),
        ("2020/3/7休", (_one(3, 7, 2020),), "休"),
        ("109/3/7休", (_one(3, 7, 2020),), "休"),
        ("109年3月7日休", (_one(3, 7, 2020),), "休"),
        ("3/7(六)休", (_one(3, 7, None, SAT),), "休"),
        ("3/7週六休", (_one(3, 7, None, SAT),), "休"),
        ("0308(日)休", (_one(3, 8, None, SUN),), "休"),
        ("3.7休", (_one(3, 7),), "休"),
        ("3/7、3/9休", (_one(3, 7), _one(3, 9)), "休"),
        ("3/7.8休", (_one(3, 7), _one(3, 8)), "休"),
        ("3/7及9休", (_one(3, 7), _one(3, 9)), "休"),
        ("3/7-9休", (Dates(Date(3, 7), Date(3, 9)),), "休"),
        ("3/7-3/9休", (Dates(Date(3, 7), Date(3, 9)),), "休"),
        ("3月1日3月31日休", (Dates(Date(3, 1), Date(3, 31)),), "休"),  # its sign got lost
        ("3/7下午至3/9休", (Dates(Date(3, 8), Date(3, 9)),), "休"),  # of the 7th but a part
        ("3/7起休", (Dates(Date(3, 7)),), "休"),
        ("3/5、3/7起休", (_one(3, 5), Dates(Date(3, 7))), "休"),
        ("3/7止", (Dates(None, Date(3, 7)),), ""),
        ("3/5、3/7止", (_one(3, 5), Dates(None, Date(3, 7))), ""),
        ("3/1-3/7止", (Dates(Date(3, 1), Date(3, 7)),), ""),
        ("3月份休", (Dates(Date(3, 1), Date(3, 31)),), "休"),
        ("3月起休", (Dates(Date(3, 1)),), "休"),
        ("13/7休", (), "13/7休"),
        ("3/32休", (), "3/32休"),
        ("3/7點", (), "3/7點"),
        ("0月休", (), ""),
        ("13月休", (), ""),
        ("0/5休", (), ""),
        ("13/5休", (), ""),
        ("3/0休", (), ""),
        ("3/32休", (), ""),
    ],
)
def test_dates(text: str, dates: tuple[Dates, ...], left: str) -> None:
    """From the beginning of the text, as far as they go."""
    found = dates_at(text, 0)
    if not dates:
        assert found is None
        return
    assert found is not None
    assert (found[0].dates, text[found[1] :]) == (dates, left)


def test_a_date_behind_a_word_that_begins_a_period() -> None:
    """「自3/7休」 is from then on, 「於3/7休」 that day."""
    for text, dates in (("自3/7休", Dates(Date(3, 7))), ("於3/7休", _one(3, 7))):
        found = dates_at(text, 1)
        assert found is not None
        assert found[0].dates == (dates,)


@pytest.mark.parametrize(
    ("written", "read_on", "meant"),
    [
        (Date(3, 7), date(2020, 3, 1), date(2020, 3, 7)),
        (Date(12, 30), date(2021, 1, 5), date(2020, 12, 30)),
        (Date(1, 2), date(2020, 12, 20), date(2021, 1, 2)),
        (Date(3, 7, 2019), date(2020, 3, 1), date(2019, 3, 7)),
        (Date(2, 30), date(2020, 2, 1), date(2020, 2, 29)),
        (Date(2, 29), date(2021, 2, 1), date(2021, 2, 28)),
        (Date(4, 31), date(2020, 4, 1), date(2020, 4, 30)),
    ],
)
def test_a_date_without_its_year_is_the_nearest(written: Date, read_on: date, meant: date) -> None:
    """One that the month does not have is its last day."""
    assert written.near(read_on) == meant


@pytest.mark.parametrize(
    ("dates", "day", "covered"),
    [
        (_one(3, 7), date(2020, 3, 7), True),
        (_one(3, 7), date(2020, 3, 8), False),
        (Dates(Date(3, 7), Date(3, 9)), date(2020, 3, 7), True),
        (Dates(Date(3, 7), Date(3, 9)), date(2020, 3, 9), True),
        (Dates(Date(3, 7), Date(3, 9)), date(2020, 3, 10), False),
        (Dates(Date(3, 7), Date(3, 9)), date(2020, 3, 6), False),
        (Dates(Date(12, 30), Date(1, 2)), date(2020, 12, 31), True),  # over new year
        (Dates(Date(12, 30), Date(1, 2)), date(2021, 1, 3), False),
        (Dates(Date(2, 28), Date(2, 29)), date(2021, 2, 28), True),  # one day that year
        (Dates(Date(2, 28), Date(2, 29)), date(2021, 3, 1), False),
        (Dates(Date(1, 1, 2018), Date(12, 31)), date(2020, 1, 1), False),  # the year is of both
        (Dates(Date(3, 9, 2020), Date(3, 7, 2020)), date(2020, 3, 9), False),  # ends before it
        (Dates(Date(3, 9, 2020), Date(3, 7, 2020)), date(2020, 3, 8), False),
        (Dates(Date(3, 9, 2020), Date(3, 7, 2020)), date(2020, 3, 10), False),
        (Dates(Date(3, 7)), date(2020, 3, 6), False),
        (Dates(Date(3, 7)), date(2020, 3, 7) + IN_FORCE, True),
        (Dates(Date(3, 7, 2020)), date(2022, 3, 7), True),
        (Dates(None, Date(3, 7)), date(2020, 3, 7), True),
        (Dates(None, Date(3, 7)), date(2020, 3, 8), False),
    ],
)
def test_what_a_period_covers(dates: Dates, day: date, *, covered: bool) -> None:
    """Both ends with it; one that ends before it begins covers nothing."""
    assert dates.covers(day) == covered


def test_a_date_from_which_on_is_forgotten_after_five_months() -> None:
    """「8/15起」 is in force in December, 「7/1起」 is of another year by then."""
    assert Dates(Date(8, 15)).covers(date(2020, 12, 31))
    assert not Dates(Date(7, 1)).covers(date(2020, 12, 31))


def test_days_that_were_named_on_purpose_are_a_week_at_most() -> None:
    """From one Saturday to the next; a day more is a period of business."""
    assert Dates(Date(3, 7), Date(3, 14)).short(date(2020, 3, 8))
    assert not Dates(Date(3, 7), Date(3, 15)).short(date(2020, 3, 8))
    assert not Dates(Date(3, 7)).short(date(2020, 3, 8))
    assert not Dates(None, Date(3, 7)).short(date(2020, 3, 6))


def test_a_date_with_the_weekday_of_another_is_misnamed() -> None:
    """2020-03-08 was a Sunday."""
    assert _one(3, 8, None, SAT).misnamed(date(2020, 3, 8))
    assert not _one(3, 8, None, SUN).misnamed(date(2020, 3, 8))
    assert not _one(3, 8, None, SAT).misnamed(date(2020, 3, 9))
    assert Dates(Date(3, 7), Date(3, 8, None, SAT)).misnamed(date(2020, 3, 8))


def test_what_speaks_more_narrowly_goes_first() -> None:
    """A date before a period, that before a day from which on; a feast before one weekday, one
    weekday before several, several before all."""
    day = date(2020, 3, 7)
    ladder = [
        When(dates=(_one(3, 7),)),
        When(dates=(Dates(Date(3, 1), Date(3, 31)),)),
        When(dates=(Dates(Date(3, 1)),)),
        When(holidays=True),
        When(frozenset({SAT})),
        When(frozenset({SAT, SUN})),
        When(frozenset(range(6))),
        When(),
    ]
    ranks = [when.rank(day) for when in ladder]
    assert ranks == sorted(set(ranks), reverse=True)
    assert When(frozenset(range(7))).rank(day) == When(every_day=True).rank(day) == When().rank(day)


def test_which_days_hold() -> None:
    """By weekday, by feast, by date, and what is excepted."""
    saturday, feast = date(2020, 3, 7), date(2020, 2, 28)
    weekends = When(frozenset({SAT, SUN}))
    assert weekends.holds(saturday, False)
    assert not weekends.holds(feast, True)
    assert When(holidays=True).holds(feast, True)
    assert not When(holidays=True).holds(saturday, False)
    assert not When(frozenset({FRI}), holidays=False).holds(feast, True)
    assert When(frozenset({FRI})).holds(feast, True)
    assert not When(normally=True).holds(feast, True)
    worked = date(2020, 6, 20)  # a Saturday worked for another day
    assert not When(frozenset({SAT, SUN}), holidays=True).holds(worked, False)
    assert weekends.holds(worked, False)
    beside = weekends.joined(When(dates=(_one(3, 5),)))  # 「週六、日及3/5」
    assert [day for day in range(2, 9) if beside.holds(date(2020, 3, day), False)] == [5, 7, 8]
    within = weekends.joined(When(dates=(Dates(Date(3, 1), Date(3, 7)),)))  # 「3/1-3/7週六日」
    assert [day for day in range(1, 16) if within.holds(date(2020, 3, day), False)] == [1, 7]


def test_all_days_of_the_week_are_no_narrower_than_none() -> None:
    """「週一至週日9:00，週六10:00」: 「每日」 in other words."""
    day = date(2020, 3, 7)
    assert When(frozenset(range(7))).rank(day) == When().rank(day)
    assert When(frozenset(range(6))).rank(day) > When().rank(day)


def test_a_period_ends_within_a_year_of_its_begin() -> None:
    """「12/20-1/5」 goes over the turn of the year, 「1/2-12/31」 does not."""
    winter = Dates(Date(12, 20), Date(1, 5))
    assert winter.span(date(2020, 12, 25)) == (date(2020, 12, 20), date(2021, 1, 5))
    assert winter.span(date(2021, 1, 2)) == (date(2020, 12, 20), date(2021, 1, 5))
    assert winter.span(date(2020, 7, 1)) == (date(2020, 12, 20), date(2021, 1, 5))
    year = Dates(Date(1, 2), Date(12, 31))
    assert year.span(date(2020, 3, 3)) == (date(2020, 1, 2), date(2020, 12, 31))
