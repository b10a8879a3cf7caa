"""Metrics for Prometheus: the counts of all workers of this host, and the state of the feed."""

import os
import shutil
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from conversation.observation import FAILED, Observed, Recognition
from shared.catalog import Snapshot
from shared.feed.status import KINDS as FEED_REFUSALS
from shared.query import too_old
from telemetry.count_buffer import CountBuffer
from telemetry.counts import FIRST_S, REFUSALS, TURN_MS
from telemetry.probe import last as last_probe

SHARED_DIR = "PROMETHEUS_MULTIPROC_DIR"
"""The folder in which the workers of one host add up their metrics (prometheus-client's own name);
unset for a single process."""


class Metrics(Collector):
    """Counts turns, and computes gauges at each scrape; `page` is what Prometheus reads."""

    def __init__(
        self,
        buffer: CountBuffer,
        clock: Callable[[], datetime],
        snapshot: Callable[[], Snapshot | None],
        data_dir: Path,
        channels: Iterable[str] = (),
    ) -> None:
        """`buffer`: knows the live workers; `snapshot`: the one that this process uses.

        `channels`: their failures are exported as 0 from the start, so that the first is a rise.
        """
        self._buffer, self._clock = buffer, clock
        self._snapshot, self._data_dir = snapshot, data_dir
        own = self.own = CollectorRegistry()
        self._registry = own
        if os.environ.get(SHARED_DIR):
            self._registry = CollectorRegistry()
            MultiProcessCollector(self._registry)  # type: ignore[no-untyped-call]
        self._registry.register(self)
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
            buckets=[ms / 1000 for ms in TURN_MS],
            registry=own,
        )
        self._first = Histogram(
            "mask_line_first_count_seconds",
            "From the beginning of a call to its first count",
            buckets=FIRST_S,
            registry=own,
        )
        self._refused = Counter(
            "mask_line_requests_refused",
            f"Requests not answered: {', '.join(REFUSALS)}",
            ("channel", "why"),
            registry=own,
        )
        for heard in Recognition:
            self._heard.labels(heard)
        for channel in channels:
            self._turns.labels(channel, FAILED)
            for why in REFUSALS:
                self._refused.labels(channel, why)

    def turn(self, seen: Observed) -> None:
        """Count a turn."""
        self._turns.labels(seen.channel, seen.outcome).inc()
        self._heard.labels(seen.heard).inc()
        self._seconds.labels(seen.channel).observe(seen.microseconds / 1e6)
        if seen.opens:
            self._calls.labels(seen.channel).inc()
        if seen.first_count_s is not None:
            self._first.observe(seen.first_count_s)

    def refused(self, channel: str, why: str) -> None:
        """Count a refused request."""
        self._refused.labels(channel, why).inc()

    def page(self) -> bytes:
        """All metrics in Prometheus' text format."""
        return generate_latest(self._registry)

    def collect(self) -> Iterable[Metric]:
        """This worker's snapshot and disk; the live workers and their feeds."""
        now, snapshot = self._clock(), self._snapshot()
        yield from self._feed(snapshot, now)
        yield from self._keeping()
        yield from self._probe(now)
        workers = self._buffer.store.workers(int(now.timestamp()))
        if workers is None:
            return
        yield _gauge("mask_line_workers", "Processes that answer", len(workers))
        talking = sum(worker.calls for worker in workers)
        yield _gauge("mask_line_sip_calls", "Calls with sound now, of all processes", talking)
        if snapshot is None or not (snapshot.demo or snapshot.recorded):
            asking = sum(worker.asks for worker in workers)
            yield _gauge("mask_line_pollers", "Processes that ask the live feed", asking)
        refusals = CounterMetricFamily(
            "mask_line_feed_refusals",
            "Renewals that failed, of the processes that live",
            labels=("kind",),
        )
        for kind in FEED_REFUSALS:
            refusals.add_metric((kind,), sum(worker.refusals.get(kind, 0) for worker in workers))
        yield refusals

    def _feed(self, snapshot: Snapshot | None, now: datetime) -> Iterable[Metric]:
        usable = snapshot is not None and not too_old(snapshot, now)
        yield _gauge("mask_line_feed_usable", "1 with a snapshot that counts are told from", usable)
        if snapshot:
            age = (snapshot.now(now) - snapshot.source_time).total_seconds()
            yield _gauge("mask_line_feed_age_seconds", "Age of the counts in use", age)
            known = len(snapshot.catalog.pharmacies)
            yield _gauge("mask_line_pharmacies", "Pharmacies in the snapshot in use", known)

    def _keeping(self) -> Iterable[Metric]:
        kept = GaugeMetricFamily(
            "mask_line_figures_kept",
            "1 while the store takes what this process counts",
            labels=("store",),
        )
        kept.add_metric((self._buffer.store.kind,), int(self._buffer.kept))
        yield kept
        with suppress(OSError):
            free = shutil.disk_usage(self._data_dir).free
            yield _gauge("mask_line_disk_free_bytes", "Room left where DATA_DIR is", free)

    def _probe(self, now: datetime) -> Iterable[Metric]:
        """The last `flask probe`, where there was one."""
        if probed := last_probe(self._data_dir):
            yield _gauge(
                "mask_line_probe_well", "1 where the last call against oneself was", probed.well
            )
            yield _gauge("mask_line_probe_seconds", "How long its turns took", probed.seconds)
            age = now.timestamp() - probed.well_at
            yield _gauge("mask_line_probe_age_seconds", "Since one went well last", age)


def _gauge(name: str, meaning: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, meaning, value=float(value))
