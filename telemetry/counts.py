"""What is counted of a turn, under names that a store can add up."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from conversation.observation import Observed, Recognition

MINUTE_S = 60
SLOT_S = 600
"""Details are kept by ten minutes: some 60 names, 144 times a day."""
HOUR_S = 3600
"""Districts are kept by the hour: there are 368, with three names each."""

TURN_MS = (1, 2, 3, 5, 8, 12, 20, 35, 60, 100, 200, 500, 1_000, 5_000, 15_000)
FIRST_S = (5, 10, 15, 20, 25, 30, 40, 50, 60, 90, 120, 180, 300)
"""Upper bounds of the buckets, of the operator's figures and of the metrics; what is above the last
counts into it. Twilio gives up after 15 s."""

REFUSALS = ("forbidden", "too_many", "too_large", "busy")
"""Why requests are not answered."""

Key = tuple[int, int, str]
"""seconds of a slot, when it began (seconds since 1970), name"""


@dataclass(frozen=True, slots=True)
class Counted:
    """A sum that a store gives back."""

    at: int
    """when its slot began, seconds since 1970"""
    name: str
    number: int


class CountedTurn(NamedTuple):
    """What is counted of a turn; of turns alike there are many in a minute."""

    minute: int
    """when that began, seconds since 1970"""
    channel: str
    opens: bool
    heard: Recognition
    outcome: str
    took: int
    """upper bound of the bucket, milliseconds"""
    first: int | None
    """the same of the time to the first count, seconds"""
    district: str
    taken_back: str

    @classmethod
    def of(cls, seen: Observed, now: datetime) -> "CountedTurn":
        """A turn that was answered `now`."""
        at, first = int(now.timestamp()), seen.first_count_s
        return cls(
            at - at % MINUTE_S,
            seen.channel,
            seen.opens,
            seen.heard,
            seen.outcome,
            _bucket(seen.microseconds / 1000, TURN_MS),
            None if first is None else _bucket(first, FIRST_S),
            seen.district,
            seen.taken_back,
        )

    def names(self) -> list[Key]:
        """What one such turn adds to its minute, its ten minutes and its hour."""
        by_minute = [f"turns/{self.channel}"]
        if self.opens:
            by_minute.append(f"calls/{self.channel}")
        if self.heard in (Recognition.UNHEARD, Recognition.UNSURE):
            by_minute.append(str(self.heard))
        by_slot = [*by_minute, f"outcome/{self.outcome}", f"ms/{self.took}"]
        if self.first is not None:
            by_slot.append(f"first/{self.first}")
        by_hour = []
        if self.district:
            by_hour.append(f"district/{self.district}/asked")
            if self.heard is Recognition.UNSURE:
                by_hour.append(f"district/{self.district}/unsure")
        if self.taken_back:
            by_hour.append(f"district/{self.taken_back}/wrong")
        return slot_keys({MINUTE_S: by_minute, SLOT_S: by_slot, HOUR_S: by_hour}, self.minute)


def slot_keys(names: Mapping[int, Iterable[str]], at: int) -> list[Key]:
    """Seconds of a slot → names, each counted once in the slot that `at` (since 1970) lies in."""
    return [(width, at - at % width, name) for width in names for name in names[width]]


def _bucket(value: float, bounds: tuple[int, ...]) -> int:
    return bounds[min(bisect_left(bounds, value), len(bounds) - 1)]


def quantile(buckets: Mapping[int, int], part: float) -> float | None:
    """The upper bound under which `part` of what was counted lies; None where nothing was."""
    wanted = part * sum(buckets.values())
    so_far = 0
    for bound in sorted(buckets):
        so_far += buckets[bound]
        if so_far >= wanted and so_far:
            return float(bound)
    return None
