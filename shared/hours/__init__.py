"""Opening hours and sale notes, read into values."""

from shared.hours.opening import opening_at
from shared.hours.sales import SaleDay, has_stopped, next_sale, sale_on
from shared.hours.values import Opening, OpeningState, SaleNote

__all__ = [
    "Opening",
    "OpeningState",
    "SaleDay",
    "SaleNote",
    "has_stopped",
    "next_sale",
    "opening_at",
    "sale_on",
]
