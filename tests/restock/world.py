"""Somebody who waits for a pharmacy, and snapshots in which it has some again."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from restock.values import NotTold, Telling
from shared.catalog import Snapshot
from tests.small_world import NOW, SNAPSHOT

TEA = "9002320001"
"""茶香藥局, which is sold out."""

SECRET = "a secret of the tests"


def having(left: int, minutes: int = 0) -> Snapshot:
    """The small world `minutes` later, with so many adult masks at TEA."""
    stocks = {**SNAPSHOT.stocks, TEA: {"adult_mask": left, "child_mask": 0}}
    later = SNAPSHOT.source_time + timedelta(minutes=minutes)
    return replace(SNAPSHOT, stocks=stocks, source_time=later)


@dataclass
class Clock:
    """A time that the test moves."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def on(self, **by: int) -> None:
        """Let so much time go by."""
        self.now += timedelta(**by)


@dataclass
class Platform:
    """Takes what is told, once a key as LINE does; fails while it is told to."""

    told: list[Telling] = field(default_factory=list)
    fails: NotTold | None = None

    def __call__(self, telling: Telling) -> None:
        if self.fails:
            raise self.fails
        if telling.key not in {one.key for one in self.told}:
            self.told.append(telling)
