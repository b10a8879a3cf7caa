"""What is counted of a turn: named sums in slots of a minute, ten minutes and an hour."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from conversation.observation import Observed, Recognition

MINUTE_S = 60
SLOT_S = 600
"""Details are counted by ten minutes: some 60 names, 144 times a day."""
HOUR_S = 3600
"""Districts are counted by the hour: there are 368, with three names each."""

TURN_MS = (1, 2, 3, 5, 8, 12, 20, 35, 60, 100, 200, 500, 1_000, 5_000, 15_000)
FIRST_S = (5, 10, 15, 20, 25, 30, 40, 50, 60, 90, 120, 180, 300)
"""Upper bounds of the buckets (milliseconds of a turn, seconds to the first count), for the
operator's figures and the metrics; a value above the last counts into it. Twilio gives up after 15
s."""

REFUSALS = ("forbidden", "too_many", "too_large", "busy")
"""Why requests are not answered."""

Key = tuple[int, int, str]
"""(width of the slot in seconds, when it began in seconds since 1970, name)"""


@dataclass(frozen=True, slots=True)
class Counted:
    """A sum read from a store."""

    at: int
    """when its slot began, seconds since 1970"""
    name: str
    number: int


class CountedTurn(NamedTuple):
    """What is counted of a turn; equal turns of a minute are added up before they are written."""

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
            bucket_of(seen.microseconds / 1000, TURN_MS),
            None if first is None else bucket_of(first, FIRST_S),
            seen.district,
            seen.taken_back,
        )

    def names(self) -> list[Key]:
        """The keys that this turn adds 1 to: of its minute, its ten minutes and its hour."""
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
    """Width of a slot → names, as keys of the slot that `at` (seconds since 1970) lies in."""
    return [(width, at - at % width, name) for width in names for name in names[width]]


def bucket_of(value: float, bounds: tuple[int, ...]) -> int:
    """The least of `bounds` that is not under `value`; the last for one above all."""
    return bounds[min(bisect_left(bounds, value), len(bounds) - 1)]


def quantile(buckets: Mapping[int, int], part: float) -> float | None:
    """The upper bound of the bucket in which the quantile `part` (0 to 1) lies; None without
    counts."""
    wanted = part * sum(buckets.values())
    so_far = 0
    for bound in sorted(buckets):
        so_far += buckets[bound]
        if so_far >= wanted and so_far:
            return float(bound)
    return None
