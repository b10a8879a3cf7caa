"""Public holidays of Taiwan (`holidays.yaml`, with its sources)."""

from datetime import date
from functools import cache
from importlib import resources

import yaml


def is_holiday(day: date) -> bool:
    """Whether `day` is a public holiday; False in years the table does not have."""
    return day in _holidays()


@cache
def _holidays() -> frozenset[date]:
    source = resources.files(__package__).joinpath("holidays.yaml").read_text(encoding="utf-8")
    return frozenset(day for days in yaml.safe_load(source).values() for day in days)
