"""The days of which a note speaks."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from shared.hours.holidays import is_worked

WEEK = frozenset(range(7))
"""Weekdays, 0 Monday."""

IN_FORCE = timedelta(days=150)
"""A date without its year is that of the last five months: 「8/15起」 in December is in force, in
March it is of another year."""

A_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Date:
    """A date as it is written."""

    month: int
    day: int
    year: int | None = None
    """None where it is not written"""
    weekday: int | None = None
    """「3/7(六)」: 5"""

    def near(self, day: date) -> date:
        """The date meant by whoever reads it on `day`: the nearest."""
        if self.year:
            return self.in_year(self.year)
        found = self.in_year(day.year)
        for year in (day.year - 1, day.year + 1):
            if date.min.year <= year <= date.max.year:
                other = self.in_year(year)
                if abs(other - day) < abs(found - day):
                    found = other
        return found

    def in_year(self, year: int) -> date:
        """That date in `year`; one that the month does not have is its last day: 2/29, 2/30."""
        return date(year, self.month, min(self.day, monthrange(year, self.month)[1]))


@dataclass(frozen=True, slots=True)
class Dates:
    """From one date to another; one day where both are the same."""

    first: Date | None
    """None: from now on"""
    last: Date | None = None
    """None: from then on"""

    @property
    def single(self) -> bool:
        """Whether it is one day."""
        return self.first is not None and self.first == self.last

    @property
    def month_long(self) -> bool:
        """Whether it is a month: 「八月份」."""
        first, last = self.first, self.last
        return first is not None and last is not None and (first.day, last.day) == (1, 31)

    @property
    def rank(self) -> int:
        """How narrowly it speaks of a day: 3 of it alone, 2 of a period, 1 from a date on."""
        return 3 if self.single else 2 if self.first and self.last else 1

    def covers(self, day: date) -> bool:
        """Whether `day` lies in it."""
        start, end = self.span(day)
        if self.single:
            return day == start
        if start and day < start:
            return False
        if end:
            return day <= end
        return start is None or day - start <= IN_FORCE or bool(self.first and self.first.year)

    def span(self, day: date) -> tuple[date | None, date | None]:
        """Its first and last day as understood on `day`."""
        start = self.first.near(day) if self.first else None
        if not self.last:
            return start, None
        if not start or self.last.year:
            return start, self.last.near(day)
        ends = (self.last.in_year(year) for year in (start.year, start.year + 1))
        return start, next(end for end in ends if end >= start)

    def short(self, day: date) -> bool:
        """Whether it is a week at most: days that were named on purpose."""
        start, end = self.span(day)
        return start is not None and end is not None and end - start <= A_WEEK

    def misnamed(self, day: date) -> bool:
        """Whether it names `day` with the weekday of another: 「3/8(六)」, a Sunday."""
        return any(
            end
            and end.weekday is not None
            and end.near(day) == day
            and day.weekday() != end.weekday
            for end in (self.first, self.last)
        )


@dataclass(frozen=True, slots=True)
class When:
    """The days for which something holds; what is not set does not limit them."""

    weekdays: frozenset[int] = frozenset()
    holidays: bool | None = None
    """True: on public holidays too; False: not on them"""
    normally: bool = False
    """nothing is said of the other days: 平日, 營業日"""
    every_day: bool = False
    """「每日」 is written"""
    dates: tuple[Dates, ...] = ()
    """on one of them"""
    either: bool = False
    """the dates are days of their own beside the weekdays: 「週日及3/5」"""

    @property
    def some_days(self) -> bool:
        """Whether it tells of some days of the week and not of others."""
        return bool(self.weekdays) or self.holidays is True

    @property
    def period(self) -> tuple[Dates, ...]:
        """Its dates of more than one day."""
        return tuple(one for one in self.dates if not one.single)

    @property
    def free(self) -> bool:
        """Whether nothing limits it."""
        return not (self.weekdays or self.holidays or self.dates)

    def holds(self, day: date, holiday: bool) -> bool:
        """Whether `day` is one of these days."""
        dated = any(one.covers(day) for one in self.dates)
        if self.either and dated:
            return True
        if self.dates and not dated and not (self.either and self.some_days):
            return False
        return self._weekly(day, holiday)

    def _weekly(self, day: date, holiday: bool) -> bool:
        if not self.some_days:
            return not self.normally or not holiday
        if self.holidays is not None and is_worked(day):
            return False  # a Saturday worked for another day: who knows which it counts as
        if holiday and self.holidays is not None:
            return self.holidays
        return day.weekday() in self.weekdays

    def rank(self, day: date) -> tuple[int, int]:
        """How narrowly it speaks of `day`: by date, then by weekday; larger goes first."""
        dated = max((one.rank for one in self.dates if one.covers(day)), default=0)
        return dated, len(WEEK - self.weekdays) if self.some_days else 0

    def with_dates(self, dates: tuple[Dates, ...]) -> "When":
        """The same within a period."""
        return When(self.weekdays, self.holidays, self.normally, self.every_day, dates)

    def joined(self, other: "When") -> "When":
        """Both said in one breath: 「週六、國定假日」, 「4/1-4/30平日」."""
        weekly = self.some_days or other.some_days
        holidays = (
            True if True in (self.holidays, other.holidays)
            else False if False in (self.holidays, other.holidays)
            else None
        )  # fmt: skip
        return When(
            weekdays=self.weekdays | other.weekdays,
            holidays=holidays,
            normally=self.normally or other.normally,
            every_day=(self.every_day or other.every_day) and not weekly,
            dates=self.dates + other.dates,
            either=any(one.single for one in self.dates + other.dates) and weekly,
        )


ALWAYS = When()
