"""What hosts leave for each other in a real Redis: whole or not at all, and never older."""

import logging
import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from redis import Redis

from conversation.kept_texts import RedisTexts
from shared.clock import TAIPEI
from shared.feed.fetch import FetchLimits
from shared.feed.poll import Feed
from shared.feed.redis_cache import Lease, RedisCache, key_of
from shared.feed.source import Source
from shared.redis_link import connect
from telemetry.redis_store import RedisCountStore
from tests.feed.files import many
from tests.feed.server import gives, gives_if_changed, serving
from tests.feed.workers import wait
from tests.redis_server import RedisServer

NOW = datetime(2020, 3, 3, 11, 30, tzinfo=TAIPEI)
LIMITS = FetchLimits(
    connect_seconds=0.3, read_seconds=0.3, total_seconds=0.5, size=1_000_000, tries=1
)
OLD, NEW = many(100, adult=1), many(100, adult=2, time="2020/03/03 11:24:10")


@pytest.fixture
def client(redis: RedisServer) -> Iterator[Redis]:
    """Of the server."""
    with connect(redis.url, 2) as found:
        yield found


Host = Callable[..., Feed]
"""url, name → the feed of a host with a directory of that name; its thread is not started"""


@pytest.fixture
def host(tmp_path: Path, redis: RedisServer) -> Iterator[Host]:
    """Makes hosts, and ends what they hold after the test."""
    made: list[Feed] = []

    def make(url: str, name: str, redis_url: str = redis.url, **more: str) -> Feed:
        source = Source(
            url,
            data_dir=tmp_path / name,
            limits=LIMITS,
            redis_url=redis_url,
            **more,  # type: ignore[arg-type]  # hours, secret
        )
        made.append(Feed(source, lambda: NOW))
        return made[-1]

    yield make
    for feed in made:
        feed.stop()


def adult(feed: Feed) -> int:
    """The count that all pharmacies have; 0 without a snapshot."""
    snapshot = feed.current()
    return max(stock["adult_mask"] for stock in snapshot.stocks.values()) if snapshot else 0


def test_a_new_host_has_the_snapshot_though_the_source_is_down(
    host: Host, redis: RedisServer
) -> None:
    """What one host took is there for one that starts later, and stays on its disk."""
    with serving(gives(NEW)) as source:
        host(source.url, "first").renew()
    later = host(source.url, "later")
    later.renew()
    assert (adult(later), later.status.asks) == (2, False)
    later.stop()
    redis.kill()
    restarted = host(source.url, "later", redis_url="")
    restarted.renew()
    assert adult(restarted) == 2


@pytest.mark.parametrize(
    "damage",
    [
        {"content": NEW[:-100]},
        {"content": b""},
        {"mark": b"\xff\xfe"},
        {"content": b"<html>", "mark": b"1"},
    ],
)
def test_what_is_damaged_is_not_taken(host: Host, client: Redis, damage: dict[str, bytes]) -> None:
    """A value that is not what its digest says is left alone, until whoever asks puts it right."""
    with serving(gives(NEW)) as source:
        first = host(source.url, "first")
        first.renew()
        client.hset(key_of(source.url, "feed"), mapping=damage)  # type: ignore[arg-type]
        later = host(source.url, "later")
        later.renew()
        assert adult(later) == 0
        first.renew()
        later.renew()
    assert adult(later) == 2


def test_what_is_older_is_not_taken(host: Host, client: Redis) -> None:
    """A host that is ahead is not led back by what another one left."""
    with serving(gives(NEW)) as source:
        ahead = host(source.url, "ahead", redis_url="")
        ahead.renew()
        ahead.stop()
        RedisCache(client, source.url).keep("feed", OLD)
        client.set(key_of(source.url, "lease"), "another host's")
        ahead = host(source.url, "ahead")
        ahead.start()
        ahead.renew()
        assert (adult(ahead), ahead.status.asks) == (2, False)


def test_the_hours_are_shared_too(host: Host) -> None:
    """Opening hours that one host took are those of all, and stay on the disk of each."""
    hours = "醫事機構代碼,看診星期,看診備註\n5901020001," + "N" * 21 + ",九點開始\n"
    with serving(gives(NEW)) as source, serving(gives(hours.encode())) as beside:
        for name in ("first", "second"):
            feed = host(source.url, name, hours=beside.url)
            feed.renew()
            snapshot = feed.current()
            assert snapshot is not None
            assert snapshot.catalog.by_id["5901020001"].hours is not None
        assert len(beside.asked) == 1
        feed.stop()
        beside.behave = gives(b"", 500)
        feed = host(source.url, "second", redis_url="", hours=beside.url)
        feed.renew()
        snapshot = feed.current()
        assert snapshot is not None
        assert snapshot.catalog.by_id["5901020001"].hours is not None


def test_a_secret_in_the_address_is_not_in_redis(host: Host, client: Redis) -> None:
    """Keys hold a hash of the source's URL."""
    with serving(gives(NEW)) as source:
        host(source.url + "?key=hush", "first").renew()
    names = b" ".join(client.keys("*"))  # type: ignore[arg-type]
    assert b"mask-line:" in names
    assert b"hush" not in names


def test_what_redis_lost_is_left_there_again(host: Host, client: Redis) -> None:
    """It may have come up empty: whoever asks leaves what it has, though the source has no news."""
    with serving(gives_if_changed(NEW)) as source:
        first = host(source.url, "first")
        first.renew()
        client.delete(key_of(source.url, "feed"))
        first.renew()
        assert RedisCache(client, source.url).kept("feed") == NEW


FAR = many(100, adult=3, time="2021/03/03 11:24:10")
ONE = many(1, adult=4, time="2020/03/03 11:25:10")


@pytest.mark.parametrize("planted", [FAR, ONE])
def test_what_others_left_is_judged_like_what_the_source_sends(
    host: Host, client: Redis, planted: bytes
) -> None:
    """A row in Redis with one pharmacy, or dated a year ahead, is not told; nor after a restart."""
    with serving(gives(NEW)) as source:
        first = host(source.url, "first")
        first.renew()
        first.stop()
        RedisCache(client, source.url).keep("feed", planted)
        client.set(key_of(source.url, "lease"), "another host's")
        for _ in "again":
            first = host(source.url, "first")
            first.start()
            first.renew()
            assert adult(first) == 2
            first.stop()


@pytest.mark.parametrize("forged", ["", "another secret"])
def test_what_is_not_signed_with_our_secret_is_nothing(
    host: Host, client: Redis, forged: str
) -> None:
    """Who can write to Redis but does not know SECRET_KEY plants no counts."""
    with serving(gives(OLD)) as source:
        RedisCache(client, source.url, forged).keep("feed", NEW)
        one = host(source.url, "one", secret="ours")
        one.renew()
        assert adult(one) == 1
        follower = host(source.url, "two", secret="ours")
        follower.renew()
        assert adult(follower) == 1


def test_a_huge_value_is_not_read(client: Redis) -> None:
    """Longer than any feed, or than any mark: nothing there, without being loaded."""
    cache = RedisCache(client, "http://example.tw/")
    for length, mark in ((200, "x" * 200), (201, None)):
        client.hset(key_of(cache.source, "feed"), mapping={"mark": "x" * length, "content": "x"})
        assert cache.mark("feed") == mark
    client.hset(key_of(cache.source, "feed"), "content", b"x" * 21_000_000)
    assert cache.kept("feed") is None
    assert client.info("clients")["connected_clients"]


def test_a_lease_lasts_for_eight_seconds_and_is_one_s_own(client: Redis) -> None:
    """Who comes second waits for its end, and does not end it; who resigns leaves it to others."""
    url = "http://example.tw/"
    key = key_of(url, "lease")
    first, second = Lease(client, url), Lease(client, url)
    assert not first.held
    assert (first.stand(), second.stand()) == (True, False)
    left = client.pttl(key)
    assert 7_000 < left <= 8_000  # type: ignore[operator]
    second.resign()
    assert client.exists(key)
    assert (first.held, second.held) == (True, False)
    first.resign()
    assert not client.exists(key)
    assert not first.held


def test_a_lease_is_kept_up_before_it_ends(client: Redis) -> None:
    """Its time is full again though it was never gone; taken away it is taken again."""
    key = key_of("http://example.tw/", "lease")
    lease = Lease(client, "http://example.tw/", 4)
    lease.stand()
    seen = [int(client.pttl(key))]  # type: ignore[arg-type]

    def renewed() -> bool:
        seen.append(int(client.pttl(key)))  # type: ignore[arg-type]
        return seen[-1] > seen[-2]

    wait("renewed", renewed)
    assert 0 < min(seen) <= max(seen) <= 4_000
    client.delete(key)
    wait("taken again", lambda: client.exists(key))
    threads = [one for one in threading.enumerate() if one.name == "lease"]
    assert all(one.daemon for one in threads)
    assert len(threads) == 1
    lease.resign()


def test_without_redis_a_host_asks_after_a_lease_s_time(
    redis: RedisServer, client: Redis, caplog: pytest.LogCaptureFixture
) -> None:
    """It waits for it at first; the log says once that it asks alone."""
    lease = Lease(client, "http://example.tw/", 1)
    client.set(key_of("http://example.tw/", "lease"), "another host's")
    with caplog.at_level(logging.INFO):
        assert not lease.stand()
        redis.kill()
        wait("it asks alone", lambda: lease.held)
        redis.start()
        redis.wait()
        client.set(key_of("http://example.tw/", "lease"), "another host's")
        lease.resign()
    assert caplog.text.count("Redis is away") == 1


def test_a_mark_changes_with_each_keeping(client: Redis) -> None:
    """Also of the same content: whoever looks sees that it was taken anew."""
    cache = RedisCache(client, "http://example.tw/")
    assert (cache.mark("feed"), cache.kept("feed")) == (None, None)
    marks = set()
    for _ in range(2):
        cache.keep("feed", NEW)
        marks.add(cache.mark("feed"))
    assert len(marks) == 2
    assert cache.holds("feed", NEW)
    assert not cache.holds("feed", OLD)
    assert cache.kept("hours") is None
    client.hdel(key_of(cache.source, "feed"), "mark")
    assert cache.kept("feed") is None


class Garbled:
    """A server that answers in no Redis at all."""

    def __getattr__(self, name: str) -> Callable[..., object]:
        def fails(*_: object, **__: object) -> object:
            return b"\xff".decode()

        return fails


def test_garbage_is_as_nothing_there() -> None:
    """What cannot even be read (UnicodeDecodeError, ValueError) stops no renewal and no page."""
    garbled: Any = Garbled()
    cache = RedisCache(garbled, "http://example.tw/")
    assert (cache.mark("feed"), cache.kept("feed"), cache.holds("feed", b"x")) == (None, None, True)
    with pytest.raises(OSError, match="Redis"):
        cache.keep("feed", b"x")
    lease = Lease(garbled, "http://example.tw/", 0.05)
    lease.stand()
    lease.resign()
    store = RedisCountStore(garbled)
    assert store.counted(60, 0, 120) == []
    assert store.workers(0) is None
    assert RedisTexts(garbled, "", timedelta(1)).get(b"key", "usual", NOW) == ""
