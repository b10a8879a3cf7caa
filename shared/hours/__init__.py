"""Opening hours and sale notes, read into values."""

from shared.hours.opening import opening_at
from shared.hours.values import Opening, OpeningState, SaleNote

__all__ = ["Opening", "OpeningState", "SaleNote", "opening_at"]
