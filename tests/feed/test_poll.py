"""The feed of a running service: whatever its source does, calls are answered from the last good
snapshot, and the log names the cause once."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from samples import FEED
from shared.catalog import Catalog, Snapshot
from shared.clock import TAIPEI
from shared.feed.extras_renewal import ExtrasRenewal
from shared.feed.fetch import FetchLimits
from shared.feed.file_cache import FileCache
from shared.feed.leader_election import LeaderElection
from shared.feed.poll import FIRST_SECONDS, Feed
from shared.feed.source import Source
from tests.feed import server
from tests.feed.files import MASK_TITLES, many, mask_row, masks
from tests.feed.server import Behaviour, gives, gives_if_changed, serving
from tests.feed.workers import wait
from tests.real import rows_of

NOW = datetime(2020, 3, 3, 11, 30, tzinfo=TAIPEI)
LATER, EVEN_LATER = "2020/03/03 11:24:10", "2020/03/03 11:25:10"
PATIENT = FetchLimits(
    connect_seconds=10, read_seconds=10, total_seconds=20, size=1_000_000, tries=1
)
"""No source that answers is too slow for it, however busy the machine is."""
IMPATIENT = replace(PATIENT, read_seconds=1, total_seconds=2)
"""For sources that hang: what is waited for them is waited by the test."""
TEN_MINUTES = 600.0
GOOD = many(100)


def _feed(
    url: str,
    directory: Path,
    prepare: Callable[[Catalog], object] = id,
    hours: str = "",
    locations: str = "",
    limits: FetchLimits = PATIENT,
) -> Feed:
    source = Source(url, hours, locations, seconds=0.05, data_dir=directory, limits=limits)
    return Feed(source, lambda: NOW, prepare)


FAULTS: dict[str, tuple[Behaviour, str, str]] = {
    "refused": (server.hangs_up, "unreachable", "connection"),
    "reset in mid-body": (server.breaks_off(GOOD), "unreachable", "cut"),
    "slow by the byte": (server.drips(GOOD), "unreachable", "not whole"),
    "5xx": (gives(b"", 503), "unreachable", "status 503"),
    "404": (gives(b"", 404), "unreachable", "status 404"),
    "redirect loop": (server.redirects_to_itself, "unreachable", "redirects"),
    "wrong type": (
        gives(b"%PDF-1.4\n\xff\xfe", Content_Type="application/pdf"),
        "unreadable",
        "",
    ),
    "HTML with 200": (gives(b"<html>sorry</html>"), "unreadable", "HTML"),
    "empty": (gives(b""), "unreadable", "empty"),
    "header only": (gives(MASK_TITLES.encode()), "unreadable", "no row"),
    "half the rows": (gives(many(50, time=LATER)), "refused", "50 pharmacies where there were 100"),
    "a row too long, and no other": (
        gives(masks([mask_row(1, address="台" * 100_000)])),
        "unreadable",
        "no row",
    ),
    "wrong encoding": (gives(GOOD.decode().encode("utf-16")), "unreadable", ""),
    "gzip bomb": (
        gives(server.gzip_bomb(50), Content_Encoding="gzip"),
        "unreadable",
        "larger",
    ),
    "100 MB": (server.endless(100), "unreadable", "larger"),
    "time going back": (gives(many(100, time="2020/03/03 11:00:00")), "refused", "older"),
    "all zero": (
        gives(many(100, adult=0, time=LATER)),
        "refused",
        "zero",
    ),
    "clock wrong": (gives(many(100, time="2031/03/03 11:00:00")), "refused", "future"),
}


@pytest.mark.parametrize(("behave", "kind", "cause"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_leaves_the_last_good_snapshot(
    behave: Behaviour, kind: str, cause: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """During it and after a restart; its cause is counted each time and logged once."""
    with serving(gives(GOOD)) as source:
        limits = IMPATIENT if cause == "not whole" else PATIENT
        feed = _feed(source.url, tmp_path, limits=limits)
        feed.renew()
        held = feed.current()
        assert held is not None

        source.behave = behave
        with caplog.at_level(logging.WARNING):
            feed.renew()
            feed.renew()

        assert feed.current() is held
        assert feed.status.refusals == {kind: 2}
        assert cause in feed.status.cause
        assert len(caplog.records) == 1
        assert source.url in caplog.text
        feed.stop()

        again = _feed(source.url, tmp_path, limits=limits)
        again.renew()
        restarted = again.current()
        assert restarted is not None
        assert restarted.stocks == held.stocks
        assert restarted.source_time == held.source_time

        source.behave = gives(many(100, time=LATER))
        again.renew()
        renewed = again.current()
        assert renewed is not None
        assert renewed.source_time > held.source_time
        assert again.status.cause == ""
        again.stop()


def test_304_is_no_fault(tmp_path: Path) -> None:
    """The snapshot in hand is the newest there is."""
    with serving(gives_if_changed(GOOD)) as source:
        feed = _feed(source.url, tmp_path)
        feed.renew()
        held = feed.current()
        feed.renew()

        assert feed.current() is held
        assert (feed.status.refusals, feed.status.cause) == ({}, "")
        feed.stop()


@pytest.mark.parametrize("behave", [gives(b"", 500), gives(b"<html>"), server.says_nothing])
def test_absent_at_start(behave: Behaviour, tmp_path: Path) -> None:
    """No snapshot, no crash; the first good one is taken as soon as it is there."""
    with serving(behave) as source:
        feed = _feed(source.url, tmp_path, limits=IMPATIENT)
        feed.start()
        assert feed.current() is None
        source.behave = gives(GOOD)
        wait("a first snapshot", feed.current)
        feed.stop()


def test_a_start_waits_a_little_for_the_first_snapshot(tmp_path: Path) -> None:
    """So that the first call on a fresh machine is answered, and the second does not wait again."""
    others = set(threading.enumerate())
    with serving(gives(GOOD)) as source:
        feed = _feed(source.url, tmp_path)
        feed.ensure_started()
        held = feed.current()
        feed.ensure_started()
        started = set(threading.enumerate()) - others
        running = [thread for thread in started if thread.name == "feed"]
        feed.stop()

    assert held is not None
    assert len(running) == 1


def test_a_start_does_not_wait_for_the_source_where_something_is_kept(tmp_path: Path) -> None:
    """A call right after a restart is answered from disk."""
    with serving(gives(GOOD)) as source:
        feed = _feed(source.url, tmp_path)
        feed.renew()
        feed.stop()
        source.behave = server.says_nothing

        again = _feed(source.url, tmp_path, limits=IMPATIENT)
        began = time.monotonic()
        again.ensure_started()

        assert again.current() is not None
        assert time.monotonic() - began < FIRST_SECONDS
        again.stop()


def test_a_snapshot_is_prepared_before_it_is_in_use(tmp_path: Path) -> None:
    """No request waits for an index; a renewal of counts needs no new one."""
    seen: list[object] = []
    prepared: list[Catalog] = []

    def prepare(catalog: Catalog) -> None:
        seen.append(feed.current())
        prepared.append(catalog)

    with serving(gives(GOOD)) as source:
        feed = _feed(source.url, tmp_path, prepare)
        feed.renew()
        source.behave = gives(many(100, time=LATER))
        feed.renew()
        feed.stop()

    assert seen[0] is None
    assert prepared[0] is prepared[1]


def test_the_log_says_once_that_there_is_a_first_snapshot(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """By which an operator, and the soak, sees that a process is ready."""
    with serving(gives(GOOD)) as source, caplog.at_level(logging.INFO):
        feed = _feed(source.url, tmp_path)
        assert "first snapshot" not in caplog.text
        for minute in (24, 25):
            feed.renew()
            assert caplog.text.count("has its first snapshot") == 1
            source.behave = gives(many(100, time=f"2020/03/03 11:{minute}:00"))
        feed.stop()


def test_a_full_disk_stops_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """The new snapshot is in use; the log says once that it could not be kept."""
    with serving(gives(GOOD)) as source:
        feed = _feed(source.url, tmp_path)
        feed.renew()
        kept = next(tmp_path.glob("feed-*.kept"))
        kept.with_suffix(".part").symlink_to("/dev/full")
        with caplog.at_level(logging.WARNING):
            for minute in (25, 26):
                source.behave = gives(many(100, time=f"2020/03/03 11:{minute}:00"))
                feed.renew()
        feed.stop()

    current = feed.current()
    assert current is not None
    assert current.source_time.minute == 26
    assert feed.status.refusals == {"not_kept": 2}
    assert caplog.text.count("could not be kept") == 1


def test_no_place_to_write_stops_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Each process then asks for itself."""
    (tmp_path / "file").write_text("not a directory")
    with serving(gives(GOOD)) as source, caplog.at_level(logging.WARNING):
        feed = _feed(source.url, tmp_path / "file" / "var")
        feed.renew()
        feed.renew()
        feed.stop()

    assert feed.current() is not None
    assert caplog.text.count("asking alone") == 1


def test_a_damaged_kept_file_is_left_alone(tmp_path: Path) -> None:
    """And replaced by the next good snapshot."""
    with serving(gives(GOOD)) as source:
        feed = _feed(source.url, tmp_path)
        feed.renew()
        feed.stop()
        kept = next(tmp_path.glob("feed-*.kept"))
        kept.write_bytes(kept.read_bytes()[:-1])

        source.behave = gives(b"", 500)
        again = _feed(source.url, tmp_path)
        again.renew()
        assert again.current() is None
        source.behave = gives(GOOD)
        again.renew()
        assert again.current() is not None
        again.stop()


def test_two_that_share_a_directory(tmp_path: Path) -> None:
    """One asks, the other sees what it took at its next look, and takes over when that one ends."""
    with serving(gives(GOOD)) as source:
        first, second = _feed(source.url, tmp_path), _feed(source.url, tmp_path)
        first.start()
        second.start()
        wait("both have one", lambda: first.status.asks and second.current())
        assert not second.status.asks

        source.behave = gives(many(100, time=LATER))
        wait("the newer snapshot", lambda: first.current().source_time.minute == 24)  # type: ignore[union-attr]
        wait("the newer snapshot", lambda: second.current().source_time.minute == 24)  # type: ignore[union-attr]

        first.stop()
        wait("the second asks", lambda: second.status.asks)
        second.stop()


def test_a_look_that_finds_nothing_new_does_nothing(tmp_path: Path) -> None:
    """A process that follows makes one index, and writes nothing of what it took."""
    prepared: list[Catalog] = []
    with serving(gives(GOOD)) as source:
        first, second = _feed(source.url, tmp_path), _feed(source.url, tmp_path, prepared.append)
        first.renew()
        kept = next(tmp_path.glob("feed-*.kept")).stat().st_mtime_ns
        second.renew()
        second.renew()
        assert len(prepared) == 1
        assert next(tmp_path.glob("feed-*.kept")).stat().st_mtime_ns == kept
        first.stop()
        second.stop()


def test_hours_and_coordinates_come_with_the_snapshot(tmp_path: Path) -> None:
    """Into both processes and over a restart; when they fail the feed goes on without."""
    hours = "醫事機構代碼,看診星期,看診備註\n5901020001,NNNNNNYNNNNNNYNNNNNNY,九點開始\n".encode()
    point = "醫事機構代碼,x,y\n5901020001,121.5443,25.0216\n".encode()
    with serving(gives(GOOD)) as source, serving(gives(hours)) as one, serving(gives(point)) as two:
        feeds = [_feed(source.url, tmp_path, id, one.url, two.url) for _ in range(2)]
        for feed in feeds:
            feed.renew()
        one.behave = two.behave = gives(b"", 500)
        feeds.append(_feed(source.url, tmp_path, id, one.url, two.url))
        feeds[2].renew()
        for feed in feeds:
            current = feed.current()
            assert current is not None
            pharmacy = current.catalog.by_id["5901020001"]
            assert pharmacy.hours is not None
            assert pharmacy.hours.note == "九點開始"
            assert pharmacy.location is not None
            assert pharmacy.location.latitude == 25.0216
            feed.stop()

        alone = _feed(source.url, tmp_path / "other", id, one.url, two.url)
        alone.renew()
        current = alone.current()
        assert current is not None
        assert current.catalog.by_id["5901020001"].hours is None
        assert alone.status.cause == ""
        alone.stop()


POINT = "醫事機構代碼,x,y\n5901020001,121.5443,25.0216\n".encode()


def test_the_first_snapshot_has_its_coordinates(tmp_path: Path) -> None:
    """No map that asks in the first second is empty, and the index is made once."""
    prepared: list[Catalog] = []
    with serving(gives(GOOD)) as source, serving(gives(POINT)) as points:
        feed = _feed(source.url, tmp_path, prepared.append, "", points.url)
        feed.renew()
        feed.stop()

    (catalog,) = prepared
    assert catalog.by_id["5901020001"].location is not None


def test_coordinates_that_do_not_come_hold_nobody_up(tmp_path: Path) -> None:
    """A call at the start is answered without them; they are taken once they are there."""
    with serving(gives(GOOD)) as source, serving(server.says_nothing) as points:
        feed = _feed(source.url, tmp_path, id, "", points.url, IMPATIENT)
        feed.start()
        first = feed.current()
        assert first is not None
        assert first.catalog.by_id["5901020001"].location is None
        feed.stop()

    with serving(gives(GOOD)) as source, serving(gives(b"", 500)) as points:
        feed = _feed(source.url, tmp_path / "later", id, "", points.url)
        points.behave = _once(gives(b"", 500), gives(POINT))
        feed.renew()
        current = feed.current()
        feed.stop()
    assert current is not None
    assert current.catalog.by_id["5901020001"].location is not None


def _once(first: Behaviour, then: Behaviour) -> Behaviour:
    """`first` for one request, `then` for all later ones."""
    answers = iter([first])
    return lambda handler: next(answers, then)(handler)


def test_the_same_hours_again_change_nothing(tmp_path: Path) -> None:
    """A daily file that is as it was makes no new catalog and no new index."""
    hours = "醫事機構代碼,看診星期,看診備註\n5901020001,NNNNNNYNNNNNNYNNNNNNY,九點\n".encode()
    cache = FileCache(tmp_path, "http://example.tw/")
    extras_renewal = ExtrasRenewal("http://example.tw/hours", "", PATIENT)
    cache.keep("hours", hours)
    assert extras_renewal.look(cache)
    extras = extras_renewal.extras

    cache.keep("hours", hours)

    assert not extras_renewal.look(cache)
    assert extras_renewal.extras is extras


def test_a_recording_needs_no_directory(tmp_path: Path, material: Path) -> None:
    """It is asked as of its own time, whatever the clock says, and nothing is written."""
    feed = Feed(
        Source(str(material / "data" / FEED), data_dir=tmp_path / "var"),
        lambda: NOW + timedelta(days=2_000),
    )
    feed.start()
    wait("a first snapshot", feed.current)
    current = feed.current()
    feed.stop()

    assert current is not None
    assert (current.recorded, len(current.catalog.pharmacies)) == (
        True,
        len(rows_of(material / "data" / FEED)),
    )
    assert not (tmp_path / "var").exists()


def test_one_process_of_a_host_tells_of_what_it_took(tmp_path: Path) -> None:
    """With what was there before it; and not of the same again."""
    told: list[tuple[Snapshot | None, Snapshot]] = []

    def feed(url: str) -> Feed:
        source = Source(url, data_dir=tmp_path, limits=PATIENT)
        return Feed(source, lambda: NOW, accepted=lambda old, new: told.append((old, new)))

    with serving(gives_if_changed(GOOD)) as source:
        first, other = feed(source.url), feed(source.url)
        for one in (first, other, first):
            one.renew()
        held = first.current()
        source.behave = gives(many(100, time=LATER))
        for one in (first, other):
            one.renew()
        assert told == [(None, held), (held, first.current())]
        first.stop()
        other.stop()


def test_the_demo_feed_moves_on(tmp_path: Path) -> None:
    """Without any setting: marked as a demo, renewed, its catalog kept, nothing written."""
    now = [NOW]
    feed = Feed(Source(data_dir=tmp_path / "var"), lambda: now[0])
    feed.renew()
    first = feed.current()
    now[0] += timedelta(hours=3)
    feed.renew()
    second = feed.current()

    assert first is not None
    assert second is not None
    assert first.demo
    assert second.catalog is first.catalog
    assert second.stocks != first.stocks
    assert second.source_time - first.source_time == timedelta(hours=3)
    assert not (tmp_path / "var").exists()


def test_one_that_gets_nothing_from_the_others_asks_for_itself(tmp_path: Path) -> None:
    """The one that holds the lock hangs, or its disk is full: no process is left behind.

    After ten minutes without a new kept file, and then as often as any that asks.
    """
    with serving(gives(GOOD)) as source:
        holder = _feed(source.url, tmp_path)
        holder.renew()
        settings = Source(source.url, seconds=30, data_dir=tmp_path, limits=PATIENT)
        ticks = [0.0]
        other = Feed(settings, lambda: NOW, ticks=lambda: ticks[0])
        other.renew()
        source.behave = gives(many(100, time=LATER))
        kept = next(tmp_path.glob("feed-*.kept")).read_bytes()

        ticks[0] = TEN_MINUTES - 1
        other.renew()
        assert other.current().source_time.minute == 23  # type: ignore[union-attr]
        ticks[0] = TEN_MINUTES
        other.renew()

        assert other.current().source_time.minute == 24  # type: ignore[union-attr]
        assert not other.status.asks
        source.behave = gives(many(100, time=EVEN_LATER))
        ticks[0] += 29
        other.renew()
        assert other.current().source_time.minute == 24  # type: ignore[union-attr]
        ticks[0] += 1
        other.renew()
        assert other.current().source_time.minute == 25  # type: ignore[union-attr]
        assert next(tmp_path.glob("feed-*.kept")).read_bytes() == kept
        holder.stop()
        other.stop()


def test_one_that_starts_while_another_asks_waits_for_it(tmp_path: Path) -> None:
    """For ten minutes from its start: the first fetch may take long, or hang."""
    with serving(gives(GOOD)) as source:
        lock = FileCache(tmp_path, source.url).path("feed").with_suffix(".lock")
        holder = LeaderElection(lock)
        assert holder.stand()
        ticks = [0.0]
        settings = Source(source.url, data_dir=tmp_path, limits=PATIENT)
        other = Feed(settings, lambda: NOW, ticks=lambda: ticks[0])
        for now, asked in ((0.0, 0), (TEN_MINUTES - 1, 0), (TEN_MINUTES, 1)):
            ticks[0] = now
            other.renew()
            assert len(source.asked) == asked
        holder.resign()
        other.stop()


def test_a_cause_that_differs_in_its_numbers_alone_is_logged_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A source whose clock runs, but behind, would fill the log otherwise."""
    with serving(gives(GOOD)) as source, caplog.at_level(logging.WARNING):
        feed = _feed(source.url, tmp_path)
        feed.renew()
        for minute in range(3):
            source.behave = gives(many(100, time=f"2020/03/03 10:{minute:02d}:00"))
            feed.renew()
        feed.stop()

    assert feed.status.refusals == {"refused": 3}
    assert len(caplog.records) == 1
