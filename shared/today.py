"""「今天」 as pharmacies write it: words for days seen from the one on which they were written."""

from collections.abc import Mapping
from functools import cache

from shared.data_tables import table_of


@cache
def days_from_today() -> Mapping[str, int]:
    """Word → days from the day on which it was written: 明天 → 1."""
    return dict(table_of(__package__, "today.yaml"))
