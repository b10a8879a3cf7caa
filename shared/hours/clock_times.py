"""Clock times as people write them → times of the day, or none where two are possible."""

from dataclasses import dataclass
from datetime import time
from enum import StrEnum

EARLIEST = 6
"""Nobody sells masks before six: 「2點開賣」 「02:00」 is the afternoon's."""

SURE_FROM = 8
"""Alone, 「8:00」 「九點」 is when pharmacies open; 「7點」 may be the evening."""


LATE = 8
"""From this hour on people say 晚上; two digits beside 下午 are a slip of the pen."""


class Half(StrEnum):
    """The part of the day that is written before a time."""

    MORNING = "morning"
    NOON = "noon"
    AFTERNOON = "afternoon"
    EVENING = "evening"


HALVES = {
    **dict.fromkeys(
        ("清晨", "一早", "早上", "早晨", "上午", "早", "am", "a.m.", "a.m"), Half.MORNING
    ),
    **dict.fromkeys(("中午", "正午", "午間"), Half.NOON),
    **dict.fromkeys(("下午", "午後", "pm", "p.m.", "p.m"), Half.AFTERNOON),
    **dict.fromkeys(("傍晚", "晚上", "晚間", "夜間", "晚"), Half.EVENING),
}

_TO_24_HOURS = {
    Half.MORNING: {hour: hour for hour in range(5, 13)},
    Half.NOON: {11: 11, 12: 12, 1: 13, 2: 14, 13: 13, 14: 14},
    Half.AFTERNOON: {12: 12, **{h: h + 12 for h in range(1, 12)}, **{h: h for h in range(13, 24)}},
    Half.EVENING: {**{h: h + 12 for h in range(5, 12)}, **{h: h for h in range(17, 24)}},
}
"""Hour as written → hour of the day; what is not here contradicts itself (早上15:00)."""


@dataclass(frozen=True, slots=True)
class Written:
    """A clock time as it is written."""

    hour: int
    minute: int
    half: Half | None = None
    padded: bool = False
    """「08:00」, 「0800」: two digits, so the 24 hours of the day are meant"""

    @property
    def told_by_half(self) -> int | None:
        """The hour of the day, where the word before it says which."""
        return _TO_24_HOURS[self.half].get(self.hour) if self.half else None

    def alone(self) -> time | None:
        """The time meant where nothing follows; None where it could be another."""
        if self.half is Half.AFTERNOON and self.padded and LATE <= self.hour < 12:
            return None  # 「下午0900至2200」
        return self._at(self.told_by_half if self.half else self._plain())

    def _plain(self) -> int | None:
        if 0 < self.hour < EARLIEST:
            return self.hour + 12
        sure = self.padded or self.hour >= SURE_FROM
        return self.hour if sure else None

    def _at(self, hour: int | None) -> time | None:
        return time(hour, self.minute) if hour and hour < 24 and self.minute < 60 else None

    def before(self, end: "Written") -> tuple[time, time] | None:
        """The span from this time to `end`; None where it is not clear or runs backwards."""
        start = self.alone()
        if start is None and not self.half and self.hour in (6, 7) and end.opens_the_day:
            start = self._at(self.hour)
        if start is None:
            return None
        until = end._ending(self, start)
        return (start, until) if until and until > start else None

    @property
    def opens_the_day(self) -> bool:
        """Whether a span that ends so began in the morning: 「7:00-12:00」, 「7點-19點」."""
        return (self.told_by_half or self.hour) >= 11 or 0 < self.hour < EARLIEST

    def _ending(self, first: "Written", start: time) -> time | None:
        if self.half:
            return self._at(self.told_by_half)
        hour = self.hour
        late = first.half in (Half.AFTERNOON, Half.EVENING) or (
            first.half is Half.NOON and hour < 10
        )
        if hour < 12 and late:
            return self._at(hour + 12)
        as_written = self._at(hour)
        if as_written and as_written > start:
            sure = hour >= 10 or self.padded or first.padded or first.half is not None
            return as_written if sure else None  # 「8:30-9:00」 may end in the evening
        if hour >= 12 or (self.padded and hour >= EARLIEST):
            return None
        return self._at(hour + 12) if hour else None


@dataclass(frozen=True, slots=True)
class Times:
    """A time or a span."""

    start: time | None
    """None: only the end is told, 「到九點」; or it is not clear"""
    end: time | None = None
    """None: open, or until none is left"""
    clear: bool = True
    """False: it could be another time"""
