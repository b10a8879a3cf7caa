"""What a feed's file holds, for an operator: rows taken, rows refused and why."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.clock import TAIPEI
from shared.feed.fetch import describe, is_recording
from shared.feed.load import bytes_of, naming
from shared.feed.parse import Parsed, parse_feed
from shared.places.districts import all_districts

REFUSALS_LISTED = 50


@dataclass(frozen=True, slots=True)
class Report:
    """A file, read, with what was found; `str` is the operator's page."""

    source: str
    size: int
    """bytes"""
    parsed: Parsed
    read: datetime
    """when it was, aware"""

    def __str__(self) -> str:
        snapshot = self.parsed.snapshot
        whole = [refusal for refusal in self.parsed.refusals if refusal.whole_row]
        cells = [refusal for refusal in self.parsed.refusals if not refusal.whole_row]
        empty = [
            district.key
            for district in all_districts()
            if district not in snapshot.catalog.by_district
        ]
        lines = [
            f"{self.source}: {self.size:,} bytes, feed {snapshot.feed}",
            f"time of the counts: {snapshot.source_time:%Y-%m-%d %H:%M:%S %Z}, {self._age()}",
            f"pharmacies taken: {len(snapshot.catalog.pharmacies):,}",
            f"rows refused: {len(whole)}; counts refused: {len(cells)}",
            *self._products(),
            f"districts without a pharmacy: {len(empty)}" + _some(empty),
        ]
        listed = self.parsed.refusals[:REFUSALS_LISTED]
        lines.extend(f"  line {refusal.line}: {refusal.reason}" for refusal in listed)
        more = len(self.parsed.refusals) - REFUSALS_LISTED
        return "\n".join([*lines, f"  … and {more} more"] if more > 0 else lines)

    def _age(self) -> str:
        age = timedelta(
            seconds=round((self.read - self.parsed.snapshot.source_time).total_seconds())
        )
        return f"{age} ago" if age >= timedelta(0) else f"{-age} ahead of this machine's clock"

    def _products(self) -> list[str]:
        totals: Counter[str] = Counter()
        stocked: Counter[str] = Counter()
        for stock in self.parsed.snapshot.stocks.values():
            totals.update(stock)
            stocked.update(product for product, left in stock.items() if left)
        return [
            f"{product.id}: {totals[product.id]:,} left at {stocked[product.id]:,} pharmacies"
            for product in self.parsed.snapshot.products
        ]


def report_on(source: str, now: datetime | None = None) -> Report:
    """Read `source` (URL or path) once; FeedError where it is no feed at all.

    `now`: the time by which its age is told; None for this machine's.
    """
    content = bytes_of(source)
    with naming(source):
        parsed = parse_feed(content, recorded=is_recording(source))
    return Report(describe(source), len(content), parsed, now or datetime.now(TAIPEI))


def _some(names: list[str]) -> str:
    return f" ({'、'.join(names[:12])}{' …' if len(names) > 12 else ''})" if names else ""
