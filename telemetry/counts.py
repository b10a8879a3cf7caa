"""What is counted of a turn: named sums in slots of a minute, ten minutes and an hour."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass

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


def names_of(seen: Observed) -> Mapping[int, list[str]]:
    """Width of a slot in seconds → the names that a turn adds 1 to."""
    by_minute = [f"turns/{seen.channel}"]
    if seen.opens:
        by_minute.append(f"calls/{seen.channel}")
    if seen.heard in (Recognition.UNHEARD, Recognition.UNSURE):
        by_minute.append(str(seen.heard))
    took = bucket_of(seen.microseconds / 1000, TURN_MS)
    by_slot = [*by_minute, f"outcome/{seen.outcome}", f"ms/{took}"]
    if seen.first_count_s is not None:
        by_slot.append(f"first/{bucket_of(seen.first_count_s, FIRST_S)}")
    by_hour = []
    if seen.district:
        by_hour.append(f"district/{seen.district}/asked")
        if seen.heard is Recognition.UNSURE:
            by_hour.append(f"district/{seen.district}/unsure")
    if seen.taken_back:
        by_hour.append(f"district/{seen.taken_back}/wrong")
    return {MINUTE_S: by_minute, SLOT_S: by_slot, HOUR_S: by_hour}


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
