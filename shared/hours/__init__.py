"""Opening hours and sale notes, read into values."""

from shared.hours.asked_time import AskedTime, is_open, serves
from shared.hours.opening import opening_at
from shared.hours.sales import SaleDay, has_stopped, next_sale, sale_on
from shared.hours.values import DayPart, Opening, OpeningState, SaleNote

__all__ = [
    "AskedTime",
    "DayPart",
    "Opening",
    "OpeningState",
    "SaleDay",
    "SaleNote",
    "has_stopped",
    "is_open",
    "next_sale",
    "opening_at",
    "sale_on",
    "serves",
]
