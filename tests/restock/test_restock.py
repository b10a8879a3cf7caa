"""Who waits is told once a restock, by day, one after the other; on a file and on Redis alike."""

from collections.abc import Iterator
from dataclasses import astuple
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from restock import file_rows
from restock.deliver import CLAIM, GIVEN_UP, Deliverer
from restock.file_rows import FileRows
from restock.plan import MORNING, NIGHT, SPACING, Planner, by_day, moment_for
from restock.redis_rows import RedisRows
from restock.values import KEPT, NotTold
from restock.watch_store import WatchStore
from restock.watches import Seal, Watches
from shared.clock import TAIPEI
from shared.redis_link import connect
from shared.sqlite_file import FORGETS, opened
from tests.redis_server import RedisServer
from tests.restock.world import SECRET, TEA, Clock, Platform, having
from tests.small_world import NOW

PERSON = "U8189cf6745fc0d808977bdb0b9f22995"


@pytest.fixture(scope="module")
def redis_url() -> Iterator[str]:
    with RedisServer() as server:
        yield server.url


@pytest.fixture(params=["file", "redis"])
def store(request: pytest.FixtureRequest, tmp_path: Path, redis_url: str) -> WatchStore:
    if request.param == "file":
        return WatchStore(FileRows(tmp_path / "restock.sqlite"))
    redis = connect(redis_url, 1.0, text=True)
    redis.flushall()
    return WatchStore(RedisRows(redis))


class World:
    """All of it, on one store, at a time that the test moves."""

    def __init__(self, store: WatchStore) -> None:
        self.store, self.clock, self.line = store, Clock(), Platform()
        self.seal = Seal(SECRET)
        self.watches = Watches(store, self.seal, self.clock)
        self.planner = Planner(store, self.clock)
        self.snapshot = having(0)
        ways = {"line": self.line}
        self.deliverer = Deliverer(store, self.seal, ways, lambda: self.snapshot, self.clock)

    def waits(self, person: str = PERSON, left: int = 0) -> None:
        """That person asks to be told of TEA."""
        assert self.watches.add("line", person, TEA, "adult_mask", left, "zh-TW")

    def renews(self, left: int, minutes: int) -> None:
        """The feed is renewed."""
        self.snapshot = having(left, minutes)
        self.planner.look(self.snapshot)

    def works(self) -> None:
        """The worker looks for what is overdue, and tells it."""
        for id_ in self.deliverer.due():
            self.deliverer.deliver(id_)

    @property
    def told(self) -> list[str]:
        """Who was told, in order."""
        return [one.address for one in self.line.told]


@pytest.fixture
def world(store: WatchStore) -> World:
    return World(store)


def test_a_restock_is_told_once(world: World) -> None:
    """From none to many: one message, however often the same counts come."""
    world.waits()
    for left, minutes in ((0, 1), (200, 2), (200, 3), (180, 4)):
        world.renews(left, minutes)
        world.works()
    assert world.told == [PERSON]
    assert world.line.told[0].outcome.left == 200


def test_each_restock_is_told(world: World) -> None:
    """Sold out and filled again: another message, with another key."""
    world.waits()
    for left, minutes in ((200, 1), (0, 90), (200, 180)):
        world.renews(left, minutes)
        world.works()
    assert world.told == [PERSON, PERSON]
    assert len({one.key for one in world.line.told}) == 2


@pytest.mark.parametrize("counts", [(0, 12), (0, 12, 25, 9, 22), (100, 300)])
def test_a_corrected_count_sends_nobody(world: World, counts: tuple[int, ...]) -> None:
    """Some masks more are no delivery; and where there are masks, none is waited for."""
    world.waits(left=counts[0])
    for minutes, left in enumerate(counts, start=1):
        world.renews(left, minutes)
    world.works()
    assert len(world.told) == (25 in counts)


def test_nothing_is_missed_between_two_processes(world: World) -> None:
    """The process that saw none ended; the next one compares with what was seen, not with its own
    last snapshot."""
    world.waits()
    world.renews(0, 1)
    Planner(world.store, world.clock).look(having(200, 2))
    world.snapshot = having(200, 2)
    world.works()
    assert world.told == [PERSON]


def test_two_hosts_owe_one_message(world: World) -> None:
    """Both see the same counts, or the second later ones."""
    world.waits()
    others = [Planner(world.store, world.clock) for _ in range(2)]
    for planner, minutes in ((world.planner, 1), (others[0], 1), (others[1], 2)):
        planner.look(having(200, minutes))
    world.snapshot = having(200, 2)
    assert len(world.deliverer.due()) == 1


def test_those_who_wait_are_told_one_after_the_other(world: World) -> None:
    """Who asked first is told first; between two there is time for the counter."""
    people = [f"U{number}" for number in range(4)]
    for person in people:
        world.waits(person)
        world.clock.on(seconds=1)
    world.renews(200, 1)
    for told in range(1, 5):
        world.works()
        assert world.told == people[:told]
        world.clock.on(seconds=int(SPACING.total_seconds()))


def test_who_comes_late_is_not_sent_to_an_empty_shop(world: World) -> None:
    """Sold out before the second one's turn: she is told of the next restock instead."""
    for person in ("U1", "U2"):
        world.waits(person)
        world.clock.on(seconds=1)
    world.renews(200, 1)
    world.works()
    world.renews(0, 2)
    world.clock.on(minutes=2)
    world.works()
    assert world.told == ["U1"]
    world.renews(200, 60)
    world.clock.on(minutes=2)
    world.works()
    assert world.told == ["U1", "U1", "U2"]


def test_a_worker_that_is_killed_is_followed_by_another(world: World) -> None:
    """Claimed, and then nothing: nobody else tells it for a while, then somebody does, once."""
    world.waits()
    world.renews(200, 1)
    (id_,) = world.deliverer.due()
    now = int(world.clock().timestamp())
    assert world.store.claim(id_, now, now + int(CLAIM.total_seconds()))
    world.works()
    assert not world.told
    world.clock.on(seconds=int(CLAIM.total_seconds()))
    world.works()
    world.works()
    assert world.told == [PERSON]
    assert world.line.told[0].again, "the platform is asked whether it was told already"


def test_a_platform_that_fails_is_asked_again_and_then_left_alone(world: World) -> None:
    """Each time later; no message comes hours after the masks are sold."""
    world.waits()
    world.renews(200, 1)
    world.line.fails = NotTold("HTTP 500")
    world.works()
    assert not world.deliverer.due()
    world.clock.on(minutes=1)
    world.line.fails = None
    world.works()
    assert world.told == [PERSON]
    world.renews(0, 60)
    world.renews(200, 90)
    world.line.fails = NotTold("HTTP 500")
    for _ in range(12):
        world.works()
        world.clock.on(minutes=32)  # the longest wait between two tries
    assert timedelta(minutes=12 * 32) > GIVEN_UP
    world.line.fails = None
    world.works()
    assert world.told == [PERSON]


def test_who_is_gone_is_forgotten(world: World) -> None:
    """A number that cannot be rung: nothing of that person is kept."""
    world.waits()
    world.renews(200, 1)
    world.line.fails = NotTold("HTTP 400", gone=True)
    world.works()
    assert world.watches.of("line", PERSON) == ()


def test_nobody_is_woken(world: World) -> None:
    """A restock at night is told in the morning, if it is still there."""
    world.waits()
    world.clock.now = datetime(2020, 3, 3, 22, 0, tzinfo=TAIPEI)
    world.renews(200, 1)
    world.works()
    world.clock.now = datetime(2020, 3, 4, 7, 59, tzinfo=TAIPEI)
    world.works()
    assert not world.told
    world.clock.now = datetime(2020, 3, 4, 8, 0, tzinfo=TAIPEI)
    world.works()
    assert world.told == [PERSON]


def test_a_worker_that_wakes_at_night_waits(world: World) -> None:
    """Owed by day, but nobody worked until the night: in the morning."""
    world.waits()
    world.renews(200, 1)
    world.clock.now = datetime(2020, 3, 3, 23, 0, tzinfo=TAIPEI)
    world.works()
    assert not world.told
    world.clock.now = datetime(2020, 3, 4, 8, 0, tzinfo=TAIPEI)
    world.works()
    assert world.told == [PERSON]


@given(st.integers(0, 7 * 24 * 3600), st.integers(0, 2000))
def test_no_moment_lies_in_the_night(second: int, place: int) -> None:
    """Whenever a restock is seen, and however many wait; and no two are told at once."""
    now = NOW + timedelta(seconds=second)
    due = moment_for(place, now)
    assert MORNING <= due.astimezone(TAIPEI).time() < NIGHT
    assert due >= by_day(now) >= now
    assert moment_for(place + 1, now) >= due + SPACING


def test_one_word_deletes_all_of_it(world: World) -> None:
    """The watches and what is owed for them; others keep theirs."""
    world.waits()
    world.waits("U2")
    world.renews(200, 1)
    assert world.watches.delete("line", PERSON)
    assert world.watches.of("line", PERSON) == ()
    assert world.watches.of("line", "U2") == (TEA,)
    world.clock.on(minutes=5)
    world.works()
    assert world.told == ["U2"]


def test_who_asks_again_while_told_is_owed_is_told_still(world: World) -> None:
    """A restock at night, and the same wish before the morning: neither is lost."""
    world.waits()
    world.clock.now = datetime(2020, 3, 3, 22, 0, tzinfo=TAIPEI)
    world.renews(200, 1)
    world.waits(left=200)
    world.clock.now = datetime(2020, 3, 4, 8, 0, tzinfo=TAIPEI)
    world.works()
    assert world.told == [PERSON]


def test_what_an_earlier_version_kept_is_told(tmp_path: Path) -> None:
    """The file of version 1 held watches in columns, and messages in a table of their own."""
    path = tmp_path / "restock.sqlite"
    old, first = World(WatchStore(FileRows(path))), file_rows._MIGRATIONS[:1]
    old.waits()
    old.renews(200, 1)
    (watch,) = old.store.all(0)
    *columns, message = astuple(watch)
    path.unlink()
    with opened(path, first, FORGETS) as file:
        file.execute("INSERT INTO watch VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", columns)
        id_, due, made, free, tries = message
        row = (id_, watch.id, due, made, tries, free)
        file.execute("INSERT INTO message VALUES (?, ?, ?, ?, ?, ?)", row)
    world = World(WatchStore(FileRows(path)))
    assert world.store.all(0) == [watch]
    world.snapshot = having(200, 1)
    world.works()
    assert world.told == [PERSON]


def test_after_seven_days_nothing_is_known(world: World) -> None:
    """Nobody is told of what was asked for a week ago."""
    world.waits()
    world.clock.on(days=KEPT.days, seconds=1)
    assert world.watches.of("line", PERSON) == ()
    world.renews(200, 1)
    world.works()
    assert not world.told


def test_what_is_kept_tells_nobody_who_waits(tmp_path: Path) -> None:
    """No id and no number stands in the file, and it is for its owner alone; once deleted, nothing
    is left of the sealed one either."""
    path = tmp_path / "restock.sqlite"
    world = World(WatchStore(FileRows(path)))
    world.waits()
    (watch,) = world.store.all(0)
    kept = path.read_bytes()
    assert PERSON.encode() not in kept
    assert watch.address.encode() in kept
    assert path.stat().st_mode & 0o077 == 0
    assert Seal("another secret").open(watch.address) == ""
    world.watches.delete("line", PERSON)
    assert watch.address.encode() not in path.read_bytes()


def test_a_store_that_fails_is_told_of_and_harms_nothing(tmp_path: Path) -> None:
    """No file can be made: not kept, not known, not deleted; the feed goes on."""
    blocked = tmp_path / "file"
    blocked.write_text("")
    world = World(WatchStore(FileRows(blocked / "restock.sqlite")))
    assert not world.watches.add("line", PERSON, TEA, "adult_mask", 0, "zh-TW")
    assert world.watches.of("line", PERSON) is None
    assert not world.watches.delete("line", PERSON)
    world.renews(200, 1)


def test_a_redis_that_is_away_is_told_of(tmp_path: Path) -> None:
    """The same where Redis does not answer."""
    world = World(WatchStore(RedisRows(connect(f"unix://{tmp_path}/nobody", 0.2, text=True))))
    assert not world.watches.add("line", PERSON, TEA, "adult_mask", 0, "zh-TW")
    assert world.watches.of("line", PERSON) is None
    world.renews(200, 1)
