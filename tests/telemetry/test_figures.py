"""The operator's figures, from turns that were counted and added up in a real store."""

import json
import socket
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from conversation.observation import Observed, Recognition
from shared.catalog import Snapshot
from shared.feed.status import FeedStatus
from shared.redis_link import connect
from telemetry.count_buffer import CountBuffer
from telemetry.figures import Figures
from telemetry.redis_store import WORKERS, RedisCountStore
from telemetry.store import CountStore, FileCountStore, Worker
from tests.redis_server import RedisServer
from tests.small_feed import NOW as FED
from tests.small_feed import snapshot

NOON = datetime(2020, 3, 3, 12, 0, tzinfo=ZoneInfo("Asia/Taipei"))
STATUS = FeedStatus({"unreachable": 2}, "feed.example.tw: refused", asks=True)


class Clock:
    """A clock that a test sets."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    """Noon."""
    return Clock(NOON)


@pytest.fixture(scope="module")
def redis_server() -> Iterator[RedisServer]:
    """A server of Redis' protocol on this machine."""
    with RedisServer() as server:
        yield server


def client_of(server: RedisServer) -> Redis:
    """As app.py makes it."""
    return Redis.from_url(server.url, decode_responses=True, retry=Retry(NoBackoff(), 0))


@pytest.fixture(params=["file", "redis"])
def store(
    request: pytest.FixtureRequest, tmp_path: Path, redis_server: RedisServer
) -> Iterator[CountStore]:
    """In a file, and in Redis: the same figures from both."""
    if request.param == "file":
        yield FileCountStore(tmp_path / "figures.sqlite")
        return
    with client_of(redis_server) as client:
        client.flushall()
        yield RedisCountStore(client)


@pytest.fixture
def buffer(store: CountStore, clock: Clock) -> CountBuffer:
    """Of a process whose feed fails."""
    return CountBuffer(store, clock, snapshot, lambda: STATUS)


def turn(channel: str = "twilio", **seen: object) -> Observed:
    """A turn that was answered in 3 ms."""
    usual: dict[str, object] = {
        "intent": "ask",
        "outcome": "Found",
        "microseconds": 3_000,
        "opens": False,
        "heard": Recognition.SURE,
    }
    return Observed(channel, **(usual | seen))  # type: ignore[arg-type]


def figures(store: CountStore, now: datetime, of: Snapshot | None = None) -> dict[str, object]:
    """At `now`, for a process with that snapshot."""
    return Figures(store, lambda: of, Path()).at(now)


def test_calls_and_turns_stand_in_their_minute(
    store: CountStore, buffer: CountBuffer, clock: Clock
) -> None:
    """Sixty minutes, oldest first, the empty ones too; by channel."""
    buffer.turn(turn(opens=True))
    buffer.turn(turn("alexa", opens=True, heard=Recognition.UNSURE))
    buffer.turn(turn())
    clock.now += timedelta(minutes=2)
    buffer.turn(turn(heard=Recognition.UNHEARD, outcome="NotHeard"))
    buffer.flush()
    minutes = figures(store, clock.now)["minutes"]
    assert len(minutes) == 60
    assert minutes[-1]["at"] == "2020-03-03T12:02:00+08:00"
    assert minutes[-1] | {"at": ""} == {
        "at": "",
        "calls": 0,
        "turns": 1,
        "unheard": 1,
        "unsure": 0,
        "by_channel": {"twilio": {"calls": 0, "turns": 1}},
    }
    assert (minutes[-2]["calls"], minutes[-2]["turns"]) == (0, 0)
    assert minutes[-3]["by_channel"] == {
        "alexa": {"calls": 1, "turns": 1},
        "twilio": {"calls": 1, "turns": 2},
    }
    assert minutes[-3]["unsure"] == 1


def test_today_is_beside_yesterday_up_to_the_same_time(
    store: CountStore, buffer: CountBuffer, clock: Clock
) -> None:
    """What came yesterday after this time of day is only in its hours."""
    for hours in (-48, -24, -20, 0):
        clock.now = NOON + timedelta(hours=hours)
        buffer.turn(turn(opens=True))
    buffer.flush()
    told = figures(store, NOON)
    assert (told["today"]["calls"], told["yesterday"]["calls"]) == (1, 1)
    assert [hour for hour, calls in enumerate(told["today"]["hours"]) if calls] == [12]
    assert [hour for hour, calls in enumerate(told["yesterday"]["hours"]) if calls] == [12, 16]


def test_yesterday_is_counted_to_the_minute(
    store: CountStore, buffer: CountBuffer, clock: Clock
) -> None:
    """At 08:05 the calls of 08:00 to 08:05 stand against each other, not those to 08:10."""
    for minute in (0, 4, 6, 9):
        clock.now = datetime(2020, 3, 2, 8, minute, tzinfo=NOON.tzinfo)
        buffer.turn(turn(opens=True))
    buffer.flush()
    told = figures(store, datetime(2020, 3, 3, 8, 5, tzinfo=NOON.tzinfo))
    assert (told["yesterday"]["calls"], told["yesterday"]["hours"][8]) == (2, 4)


def test_a_day_begins_at_midnight_in_taipei(
    store: CountStore, buffer: CountBuffer, clock: Clock
) -> None:
    """Not at that of the server's zone."""
    clock.now = datetime(2020, 3, 2, 23, 59, tzinfo=NOON.tzinfo)
    buffer.turn(turn(opens=True))
    clock.now = datetime(2020, 3, 3, 0, 0, tzinfo=NOON.tzinfo)
    buffer.turn(turn(opens=True))
    buffer.flush()
    told = figures(store, clock.now)
    assert (told["today"]["calls"], sum(told["yesterday"]["hours"])) == (1, 1)


def test_outcomes_and_times_of_the_day(store: CountStore, buffer: CountBuffer) -> None:
    """Outcomes most frequent first; times as the bounds under which half, and nearly all, lie."""
    for seconds in (8, 12, 14, 200):
        buffer.turn(turn(first_count_s=seconds))
    for _ in range(2):
        buffer.turn(turn(outcome="NotHeard", microseconds=900))
    buffer.flush()
    today = figures(store, NOON)["today"]
    assert list(today["outcomes"].items()) == [("Found", 4), ("NotHeard", 2)]
    assert today["first_count_seconds"] == {"median": 15, "p90": 300, "count": 4}
    assert today["turn_ms"] == {"median": 3, "p99": 3}


def test_districts_with_the_most_trouble_come_first(store: CountStore, buffer: CountBuffer) -> None:
    """Asked back, and taken back at once; districts without trouble are left out."""
    for _ in range(3):
        buffer.turn(turn(district="台北市大安區"))
    buffer.turn(turn(district="花蓮縣花蓮市", heard=Recognition.UNSURE))
    buffer.turn(turn(district="台東縣台東市", taken_back="台北市信義區"))
    buffer.turn(turn(taken_back="台北市信義區"))
    buffer.flush()
    assert figures(store, NOON)["misheard_districts"] == [
        {"district": "台北市信義區", "asked": 0, "unsure": 0, "wrong": 2},
        {"district": "花蓮縣花蓮市", "asked": 1, "unsure": 1, "wrong": 0},
    ]


def test_refused_requests(store: CountStore, buffer: CountBuffer) -> None:
    """By what was wrong with them."""
    for why in ("forbidden", "forbidden", "too_large", "busy"):
        buffer.refused(why)
    buffer.flush()
    refused = figures(store, NOON)["requests_refused"]
    assert refused == {"forbidden": 2, "too_many": 0, "too_large": 1, "busy": 1}


@pytest.mark.parametrize(
    ("age", "state"),
    [
        (timedelta(minutes=2), "fresh"),
        (timedelta(minutes=40), "old"),
        (timedelta(hours=25), "too_old"),
    ],
)
def test_the_state_of_the_feed(store: CountStore, age: timedelta, state: str) -> None:
    """As the callers are told: silent, its age, no counts."""
    feed = figures(store, FED + age, snapshot())["feed"]
    assert (feed["state"], feed["name"]) == (state, "masks")
    assert feed["pharmacies"] == len(snapshot().catalog.pharmacies)


def test_a_recording_is_never_old(store: CountStore) -> None:
    """It is answered as of its own time: nothing is wrong with the line."""
    recording = replace(snapshot(), recorded=True)
    assert figures(store, NOON + timedelta(days=2_000), recording)["feed"]["state"] == "fresh"


def test_without_a_feed(store: CountStore) -> None:
    """Before the first snapshot there is nothing to tell."""
    feed = figures(store, NOON)["feed"]
    assert (feed["state"], feed["age_seconds"], feed["source_time"]) == ("none", None, None)


def test_workers_that_live_are_told(tmp_path: Path) -> None:
    """Each with its feed; what the one that asks cannot reach is the feed's trouble."""
    store = FileCountStore(tmp_path / "figures.sqlite")
    now = datetime.now(NOON.tzinfo)
    buffer = CountBuffer(store, lambda: now, snapshot, lambda: STATUS)
    buffer.flush()
    told = figures(store, now)
    (worker,) = told["workers"]
    assert (worker["asks"], worker["since"][:16]) == (True, now.isoformat()[:16])
    assert told["feed"]["refusals"] == {"unreachable": 2}
    assert told["feed"]["cause"] == "feed.example.tw: refused"
    assert figures(store, now + timedelta(seconds=30))["workers"] == []


def test_workers_of_all_hosts_are_told_by_the_clock_of_redis(redis_server: RedisServer) -> None:
    """Hosts whose clocks are wrong are seen; those that fell silent, or write otherwise, not."""
    with client_of(redis_server) as client:
        client.flushall()
        store = RedisCountStore(client)
        wrong = CountBuffer(store, lambda: NOON, snapshot, lambda: STATUS)
        wrong.flush()
        (alive,) = store.workers(0)
        silent = Worker("b", 7, 0, asks=False, source_time=0, refusals={}, cause="", seen=1)
        client.hset(WORKERS, "b:7", json.dumps(asdict(silent)))
        client.hset(WORKERS, "c:8", json.dumps({"name": "of another version"}))
        assert store.workers(0) == [alive]
        assert client.hlen(WORKERS) == 1


def test_figures_expire_in_redis(redis_server: RedisServer) -> None:
    """Nothing is left there of what nobody looks at any more."""
    with client_of(redis_server) as client:
        client.flushall()
        buffer = CountBuffer(RedisCountStore(client), lambda: NOON, snapshot, lambda: STATUS)
        buffer.turn(turn(opens=True, district="台北市大安區"))
        buffer.flush()
        slots = [key for key in client.scan_iter() if key != WORKERS]
        assert len(slots) == 3
        assert all(0 < client.ttl(key) <= 49 * 3600 for key in slots)


def test_what_redis_missed_is_handed_on_when_it_is_back() -> None:
    """While Redis is away turns are counted as ever, and no turn waits for it."""
    with RedisServer() as server, client_of(server) as client:
        store = RedisCountStore(client)
        buffer = CountBuffer(store, lambda: NOON, snapshot, lambda: STATUS)
        server.kill()
        buffer.turn(turn(opens=True))
        buffer.flush()
        assert not buffer.kept
        assert store.workers(0) is None
        assert figures(store, NOON)["today"]["turns"] == 0
        server.start()
        server.wait()
        buffer.turn(turn())
        buffer.flush()
        assert buffer.kept
        assert figures(store, NOON)["today"]["turns"] == 2


def test_who_looks_does_not_wait_for_a_silent_redis_again_and_again() -> None:
    """The page asks for six sums at a time; after the first in vain it asks for no more."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(0.2)
        url = f"redis://127.0.0.1:{silent.getsockname()[1]}"
        with connect(url, 0.05, text=True) as client:
            told = figures(RedisCountStore(client), NOON)
        silent.accept()[0].close()
        with pytest.raises(TimeoutError):
            silent.accept()
    assert told["today"]["turns"] == 0


def test_a_store_that_fails_loses_nothing(tmp_path: Path) -> None:
    """Counts wait until the disk takes them again, and no turn notices."""
    place = tmp_path / "data"
    place.touch()  # a file, where a directory is wanted
    store = FileCountStore(place / "figures.sqlite")
    buffer = CountBuffer(store, lambda: NOON, snapshot, lambda: STATUS)
    buffer.turn(turn(opens=True))
    buffer.flush()
    assert not buffer.kept
    assert figures(store, NOON)["today"]["calls"] == 0
    place.unlink()
    buffer.turn(turn())
    buffer.flush()
    assert (figures(store, NOON)["today"]["calls"], figures(store, NOON)["today"]["turns"]) == (
        1,
        2,
    )
