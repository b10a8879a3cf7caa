"""Questions whose answer is looked up and told in one sentence: a record each.

The key of a record is its label in `intents/contract.yaml`. How it is asked stands in
`intents/sentences`, its sentences in `shared/speech/text`; nothing else has to know of it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from shared.catalog import Snapshot
from shared.outcomes import LookedUp, Weekday


@dataclass(frozen=True, slots=True)
class Lookup:
    """How a question is answered."""

    find: Callable[[Snapshot, datetime], LookedUp]
    """the snapshot in use and the time → one of the sentences, and what is said in its blanks"""
    sentences: Mapping[str, str]
    """key in `shared/speech/text` → its blanks"""


def _data_time(snapshot: Snapshot, _: datetime) -> LookedUp:
    """When the counts were taken."""
    taken = snapshot.source_time
    sentence = "data_time_demo" if snapshot.demo else "data_time"
    return LookedUp(sentence, {"date": taken.date(), "time": taken.time()})


def _clock(_: Snapshot, now: datetime) -> LookedUp:
    """Which day and what time it is: whose turn it is depends on it."""
    return LookedUp(
        "clock", {"date": now.date(), "weekday": Weekday(now.date()), "time": now.time()}
    )


LOOKUPS: Mapping[str, Lookup] = {
    "clock": Lookup(_clock, {"clock": "date weekday time"}),
    "datatime": Lookup(_data_time, {"data_time": "date time", "data_time_demo": "date time"}),
}
