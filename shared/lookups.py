"""Questions whose answer is looked up and told in one sentence: a record each.

The key of a record is its label in `intents/contract.yaml`. How it is asked stands in
`intents/sentences`, its sentences in `shared/speech/text`; nothing else has to know of it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from shared.catalog import Snapshot
from shared.outcomes import LookedUp, Weekday


@dataclass(frozen=True, slots=True)
class Lookup:
    """How a question is answered."""

    find: Callable[[Snapshot, datetime, date], LookedUp]
    """the snapshot in use, the time, the day that is asked about → one of the sentences, and what
    is said in its blanks"""
    sentences: Mapping[str, str]
    """key in `shared/speech/text` → its blanks"""


def _data_time(snapshot: Snapshot, *_: object) -> LookedUp:
    """When the counts were taken."""
    taken = snapshot.source_time
    sentence = "data_time_demo" if snapshot.demo else "data_time"
    return LookedUp(sentence, {"date": taken.date(), "time": taken.time()})


def _clock(_: Snapshot, now: datetime, day: date) -> LookedUp:
    """Which day and what time it is: whose turn it is depends on it. 「後天禮拜幾」: that day."""
    told: dict[str, date | Weekday | time] = {"date": day, "weekday": Weekday(day)}
    if day != now.date():
        return LookedUp("clock_day", told)
    return LookedUp("clock", {**told, "time": now.time()})


LOOKUPS: Mapping[str, Lookup] = {
    "clock": Lookup(_clock, {"clock": "date weekday time", "clock_day": "date weekday"}),
    "datatime": Lookup(_data_time, {"data_time": "date time", "data_time_demo": "date time"}),
}
