"""The same for Prometheus: what all workers of this host counted, and how the feed is."""

import os
from collections.abc import Callable, Iterable
from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from intents.observed import Heard, Observed
from shared.catalog import Snapshot
from watch.store import Store

TURN_SECONDS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 5, 15)
"""Twilio gives up after 15 s."""

FIRST_SECONDS = (5, 10, 15, 20, 30, 45, 60, 90, 120, 300)

SHARED_DIR = "PROMETHEUS_MULTIPROC_DIR"
"""Where the workers of one host add up (prometheus-client's own name); unset for one process."""


class Metrics:
    """Counts turns; `page` is what Prometheus reads."""

    def __init__(
        self,
        store: Store,
        clock: Callable[[], datetime],
        snapshot: Callable[[], Snapshot | None],
    ) -> None:
        """`store`: where the workers say that they live; `snapshot`: the one in use here."""
        own = CollectorRegistry()
        self._registry = own
        if os.environ.get(SHARED_DIR):
            self._registry = CollectorRegistry()
            MultiProcessCollector(self._registry)  # type: ignore[no-untyped-call]
        self._registry.register(_Now(store, clock, snapshot))
        self._turns = Counter(
            "mask_line_turns", "Turns answered", ("channel", "outcome"), registry=own
        )
        self._calls = Counter("mask_line_calls", "Calls begun", ("channel",), registry=own)
        self._heard = Counter(
            "mask_line_heard", "Turns by how well they were heard", ("heard",), registry=own
        )
        self._seconds = Histogram(
            "mask_line_turn_seconds",
            "Time to answer a turn",
            ("channel",),
            buckets=TURN_SECONDS,
            registry=own,
        )
        self._first = Histogram(
            "mask_line_first_count_seconds",
            "From the beginning of a call to its first count",
            buckets=FIRST_SECONDS,
            registry=own,
        )
        self._refused = Counter(
            "mask_line_requests_refused",
            "Requests not answered: forbidden, too_many, too_large",
            ("why",),
            registry=own,
        )
        for heard in Heard:
            self._heard.labels(heard)

    def turn(self, seen: Observed) -> None:
        """Count a turn."""
        self._turns.labels(seen.channel, seen.outcome).inc()
        self._heard.labels(seen.heard).inc()
        self._seconds.labels(seen.channel).observe(seen.microseconds / 1e6)
        if seen.opens:
            self._calls.labels(seen.channel).inc()
        if seen.first_count_s is not None:
            self._first.observe(seen.first_count_s)

    def refused(self, why: str) -> None:
        """Count a request that was not answered."""
        self._refused.labels(why).inc()

    def page(self) -> bytes:
        """All of it in Prometheus' text format."""
        return generate_latest(self._registry)


class _Now(Collector):
    """What is read when it is asked for."""

    def __init__(
        self,
        store: Store,
        clock: Callable[[], datetime],
        snapshot: Callable[[], Snapshot | None],
    ) -> None:
        self._store = store
        self._clock = clock
        self._snapshot = snapshot

    def collect(self) -> Iterable[Metric]:
        """The snapshot of this worker; the workers heard of lately and their feeds."""
        now = self._clock()
        if snapshot := self._snapshot():
            age = (snapshot.now(now) - snapshot.source_time).total_seconds()
            yield _gauge("mask_line_feed_age_seconds", "Age of the counts in use", age)
            known = len(snapshot.catalog.pharmacies)
            yield _gauge("mask_line_pharmacies", "Pharmacies in the snapshot in use", known)
        workers = self._store.workers(int(now.timestamp()))
        yield _gauge("mask_line_workers", "Processes that answer", len(workers))
        asking = sum(worker.asks for worker in workers)
        yield _gauge("mask_line_pollers", "Processes that ask the feed", asking)
        refusals = CounterMetricFamily(
            "mask_line_feed_refusals",
            "Renewals that failed, of the processes that live",
            labels=("kind",),
        )
        for kind in sorted({kind for worker in workers for kind in worker.refusals}):
            total = sum(worker.refusals.get(kind, 0) for worker in workers)
            refusals.add_metric((kind,), total)
        yield refusals


def _gauge(name: str, meaning: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, meaning, value=value)
