"""The time in Taiwan: every day, hour and age that is told is of that zone."""

from datetime import datetime
from zoneinfo import ZoneInfo

TAIPEI = ZoneInfo("Asia/Taipei")


def taipei_now() -> datetime:
    """The time in Taiwan, aware."""
    return datetime.now(TAIPEI)
