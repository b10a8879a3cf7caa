"""Public holidays of Taiwan (`holidays.yaml`, with its sources)."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any

from shared.data_tables import table_of

_SATURDAY = 5


def is_holiday(day: date) -> bool:
    """Whether `day` is a public holiday; False in years the table does not have."""
    return day in _holidays()


def is_worked(day: date) -> bool:
    """Whether `day` is a Saturday on which offices work for another day (補行上班日)."""
    return day in _data()["worked"]


@cache
def feast_names() -> Mapping[str, str]:
    """What notes call feasts → the feast: 端午 → 端午節."""
    return {name: feast for feast, spec in _data()["feasts"].items() for name in spec["names"]}


@cache
def feast_days(feast: str, *, long: bool) -> tuple[date, ...]:
    """The days of `feast` in all years; `long`: with the days off around it (連假)."""
    days = set(_data()["feasts"][feast]["days"])
    if long:
        for day in tuple(days):
            for step in (timedelta(days=1), timedelta(days=-1)):
                other = day + step
                while _is_off(other):
                    days.add(other)
                    other += step
    return tuple(sorted(days))


def _is_off(day: date) -> bool:
    return (day.weekday() >= _SATURDAY or is_holiday(day)) and not is_worked(day)


@cache
def _holidays() -> frozenset[date]:
    years = (days for year, days in _data().items() if isinstance(year, int))
    return frozenset(day for days in years for day in days)


@cache
def _data() -> dict[Any, Any]:
    return dict(table_of(__package__, "holidays.yaml"))
