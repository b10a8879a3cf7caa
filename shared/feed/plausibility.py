"""Whether a new snapshot may replace the one in hand."""

from datetime import datetime, timedelta

from shared.catalog import Product, Snapshot
from shared.errors import FeedRefused, FeedResized

MOST_LOST = 0.3
"""Share of pharmacies that may vanish at once. On real days single ones come and go; a file cut in
half loses 50 %."""

MOST_GAINED = 0.3
"""The same the other way: one file that is too long would make each true one after it too short."""

AGREEING = 3
"""Snapshots of so many times in a row that agree among themselves: then it was the one in hand that
was wrong. A minute and a half of the feed of 2020."""

ZERO_BEFORE, ZERO_AFTER = 0.5, 0.95
"""Where fewer than half were sold out, nearly all being so a moment later is a fault at the source;
at night, when they really run out, the share rises through many renewals."""

AHEAD = timedelta(minutes=15)
"""How far a source's clock may be ahead of ours."""

WORTHLESS = timedelta(days=1)
"""Counts so much older than the new ones are not told any more, so they are no measure for them:
otherwise one great change at the source would be refused for ever."""


def refuse_implausible(new: Snapshot, before: Snapshot | None, clock: datetime) -> None:
    """FeedRefused, with the cause, where `new` must not be told from."""
    if not new.recorded and new.source_time > clock + AHEAD:
        raise FeedRefused(f"its time {new.source_time:%Y-%m-%d %H:%M} lies in the future")
    if before is None or before.feed != new.feed or before.demo != new.demo:
        return
    if not before.recorded and before.source_time > clock + AHEAD:
        return  # our own clock was wrong when that one was taken
    if new.source_time < before.source_time:
        raise FeedRefused(
            f"older ({new.source_time:%Y-%m-%d %H:%M:%S}) than the one in hand "
            f"({before.source_time:%Y-%m-%d %H:%M:%S})"
        )
    if new.source_time - before.source_time > WORTHLESS:
        return
    had, has = len(before.catalog.pharmacies), len(new.catalog.pharmacies)
    if not _alike(has, had):
        raise FeedResized(f"{has} pharmacies where there were {had}")
    for product in new.products:
        if _zero_share(before, product) < ZERO_BEFORE and _zero_share(new, product) > ZERO_AFTER:
            raise FeedRefused(f"nearly every count of {product.id} is zero where most were not")


def _alike(has: int, had: int) -> bool:
    return had * (1 - MOST_LOST) <= has <= had * (1 + MOST_GAINED)


class Votes:
    """`refuse_implausible`, and what a run of snapshots that agree says against the one in hand."""

    def __init__(self) -> None:
        self._run: dict[datetime, int] = {}
        """time → pharmacies of those that agree; the same once more says nothing new"""

    def judge(self, new: Snapshot, before: Snapshot | None, clock: datetime) -> None:
        """FeedRefused where `new` must not be told from, unless it is the AGREEING-th to say so."""
        try:
            refuse_implausible(new, before, clock)
        except FeedResized:
            if not self._agrees(new):
                raise
        self._run.clear()

    def _agrees(self, new: Snapshot) -> bool:
        has = len(new.catalog.pharmacies)
        if not all(_alike(has, other) for other in self._run.values()):
            self._run.clear()
        self._run[new.source_time] = has
        return len(self._run) >= AGREEING


def _zero_share(snapshot: Snapshot, product: Product) -> float:
    """Share of pharmacies with none of `product`."""
    empty = sum(1 for stock in snapshot.stocks.values() if not stock.get(product.id))
    return empty / len(snapshot.stocks)
