"""Clock times as people write them → one time of the day, or none where two are possible."""

from dataclasses import dataclass
from datetime import time
from enum import StrEnum

EARLIEST = 6
"""No pharmacy sells before; 「5:00」 alone may be the afternoon's, so it stays unread."""

SURELY_MORNING = (8, 9)
"""One digit alone, 「8:00」 「九點」: when pharmacies open. 「7點」 may be the evening."""


class Half(StrEnum):
    """The part of the day that is written before a time."""

    MORNING = "morning"
    NOON = "noon"
    AFTERNOON = "afternoon"
    EVENING = "evening"


HALVES = {
    **dict.fromkeys(("清晨", "一早", "早上", "早晨", "上午", "早", "am", "a.m."), Half.MORNING),
    **dict.fromkeys(("中午", "午間"), Half.NOON),
    **dict.fromkeys(("下午", "午後", "pm", "p.m."), Half.AFTERNOON),
    **dict.fromkeys(("傍晚", "晚上", "晚間", "夜間", "晚"), Half.EVENING),
}

_TO_24_HOURS = {
    Half.MORNING: {hour: hour for hour in range(5, 12)},
    Half.NOON: {11: 11, 12: 12, 1: 13, 2: 14, 13: 13, 14: 14},
    Half.AFTERNOON: {12: 12, **{h: h + 12 for h in range(1, 8)}, **{h: h for h in range(13, 20)}},
    Half.EVENING: {**{h: h + 12 for h in range(5, 12)}, **{h: h for h in range(17, 24)}},
}
"""Hour as written → hour of the day; what is not here contradicts itself (早上15:00)."""

_CARRIED = {
    Half.MORNING: {**_TO_24_HOURS[Half.MORNING], 12: 12, **{h: h for h in range(13, 24)}},
    Half.NOON: {**_TO_24_HOURS[Half.NOON], 3: 15, **{h: h for h in range(15, 24)}},
    Half.AFTERNOON: {**_TO_24_HOURS[Half.AFTERNOON], **{h: h + 12 for h in range(8, 12)}},
    Half.EVENING: _TO_24_HOURS[Half.EVENING],
}
_CARRIED[Half.AFTERNOON].update({h: h for h in range(20, 24)})
"""The same for the end of a range whose start has the word: 「下午2點到8點」, 「早上8點-17:00」."""


@dataclass(frozen=True, slots=True)
class Written:
    """A clock time as it is written."""

    hour: int
    minute: int
    half: Half | None = None
    padded: bool = False
    """「08:00」, 「0800」: two digits, so the 24 hours of the day are meant"""

    def read(self, start: "Written | None" = None) -> time | None:
        """The time meant; None where it contradicts itself or could be another.

        `start`: the start of the range that this time ends.
        """
        if self.minute > 59:
            return None
        if self.half:
            hour = _TO_24_HOURS[self.half].get(self.hour)
        elif start and start.half:
            hour = _CARRIED[start.half].get(self.hour)
        elif self.hour >= 10 or (self.padded and self.hour >= EARLIEST):
            hour = self.hour if self.hour < 24 else None
        else:
            # 「8:30-9:00」 may end in the evening
            hour = self.hour if self.hour in SURELY_MORNING and not start else None
        return None if hour is None else time(hour, self.minute)
