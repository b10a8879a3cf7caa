"""「今天」 in a note is the day on which it was first seen, after a restart too, or not told."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from shared.catalog import Hours
from shared.clock import TAIPEI
from shared.feed.extras_renewal import ExtrasRenewal
from shared.feed.fetch import FETCH_LIMITS
from shared.feed.file_cache import FileCache
from shared.feed.first_seen import FirstSeen
from shared.hours.sales import sale_in
from shared.today import days_from_today

MONDAY = datetime(2022, 5, 16, 10, tzinfo=TAIPEI)
TUESDAY = MONDAY + timedelta(days=1)
PERIODS = "NNNNNNNNNNNNNNNNNNNNN"
NOTE = "今天下午3點販售快篩"
TITLES = "醫事機構代碼,看診星期,看診備註\n"


def a_file(path: Path, note: str) -> str:
    """The daily file with that note of one pharmacy."""
    path.write_text(f"{TITLES}5901020001,{PERIODS},{note}\n", encoding="utf-8")
    return str(path)


class World:
    """The file as it is published, the directory where it is kept, and a clock."""

    def __init__(self, directory: Path) -> None:
        self.now = MONDAY
        self.source = a_file(directory / "hours.csv", "每日9點販售快篩")
        self.cache = FileCache(directory / "var", self.source, "secret")
        self.renewal = self.started()

    def started(self) -> ExtrasRenewal:
        """A process that starts and looks at what was kept."""
        renewal = ExtrasRenewal(self.source, "", FETCH_LIMITS, lambda: self.now)
        renewal.look(self.cache)
        return renewal

    def seen(self) -> date | None:
        """The day on which the note was first seen."""
        return self.renewal.extras.hours["5901020001"].seen


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def test_a_note_that_is_new_today_is_told_today_and_only_today(world: World) -> None:
    """It was not there yesterday: today is its today."""
    world.renewal.ask((world.cache,))
    a_file(Path(world.source), NOTE)
    world.now = TUESDAY
    world.renewal = world.started()
    world.renewal.ask((world.cache,))
    assert world.seen() == TUESDAY.date()

    hours = world.renewal.extras.hours["5901020001"]
    told = sale_in(hours, "rapid_test", TUESDAY.date())
    assert told is not None
    assert told.sale.sold_from is not None
    assert told.sale.sold_from.hour == 15
    assert sale_in(hours, "rapid_test", TUESDAY.date() + timedelta(days=1)) is None


def test_the_day_outlives_a_restart(world: World) -> None:
    """Two days later a new process knows that it was Tuesday's."""
    world.renewal.ask((world.cache,))
    a_file(Path(world.source), NOTE)
    world.now = TUESDAY
    world.renewal = world.started()
    world.renewal.ask((world.cache,))
    world.now = TUESDAY + timedelta(days=1)
    world.renewal = world.started()
    assert world.seen() == TUESDAY.date()
    world.renewal.ask((world.cache,))
    assert world.seen() == TUESDAY.date()


def test_a_note_that_stood_there_at_the_first_look_is_of_no_known_day(world: World) -> None:
    """Nobody knows since when: its today is not told."""
    a_file(Path(world.source), NOTE)
    world.renewal.ask((world.cache,))
    assert world.seen() is None
    assert sale_in(Hours(PERIODS, NOTE), "rapid_test", MONDAY.date()) is None


def test_nothing_is_known_after_a_long_sleep(world: World) -> None:
    """Three days without a look: the note may be of any of them."""
    world.renewal.ask((world.cache,))
    a_file(Path(world.source), NOTE)
    world.now = MONDAY + timedelta(days=3)
    world.renewal = world.started()
    world.renewal.ask((world.cache,))
    assert world.seen() is None


@pytest.mark.parametrize(
    "kept", [b"", b"{}", b"[1]", b'{"looked": "?", "days": {"1": ["a", "b"]}}']
)
def test_what_was_kept_and_is_damaged_is_left_alone(world: World, kept: bytes) -> None:
    """The note's today is not told, and the hours are."""
    world.renewal.ask((world.cache,))
    world.cache.keep("seen", kept)
    a_file(Path(world.source), NOTE)
    world.now = TUESDAY
    world.renewal = world.started()
    world.renewal.ask((world.cache,))
    assert world.renewal.extras.hours["5901020001"].note == NOTE
    assert world.seen() is None


def test_what_is_kept_comes_back_as_it_was() -> None:
    """Packed and unpacked."""
    seen = FirstSeen().after({}, MONDAY).after({"1": Hours(PERIODS, NOTE)}, TUESDAY)
    assert FirstSeen.unpacked(seen.packed()) == seen


def test_another_note_is_of_its_own_day() -> None:
    """Yesterday's was of yesterday, whoever wrote both."""
    seen = FirstSeen(MONDAY - timedelta(days=1)).after({"1": Hours(PERIODS, NOTE)}, MONDAY)
    other = {"1": Hours(PERIODS, NOTE.replace("3", "4"))}
    (hours,) = seen.after(other, TUESDAY).stamped(other).values()
    assert hours.seen == TUESDAY.date()


def test_a_note_is_known_again_by_sixteen_hexadecimal_digits() -> None:
    """In the next version too: else each note would be of the day on which that was started."""
    seen = FirstSeen(MONDAY).after({"1": Hours(PERIODS, NOTE)}, TUESDAY)
    digits, day = seen.days["1"]
    assert len(bytes.fromhex(digits)) * 2 == len(digits) == 16
    assert day == TUESDAY.date().isoformat()


@pytest.mark.parametrize(
    ("note", "hour"),
    [
        ("明天下午3點販售快篩", None),
        ("5/16今天下午3點販售快篩", None),
        ("每日14:00販售快篩，今日已售完", 14),
        ("每日14:00販售快篩，今日停售", None),
        ("今日5/17早上9:00販售快篩", 9),
    ],
)
def test_today_is_read_with_what_stands_beside_it(note: str, hour: int | None) -> None:
    """Another day, a date that is yesterday's, what has been sold."""
    told = sale_in(Hours(PERIODS, note, seen=TUESDAY.date()), "rapid_test", TUESDAY.date())
    begin = told.sale.sold_from if told else None
    assert (begin.hour if begin else None) == hour


@pytest.mark.parametrize(("word", "days"), days_from_today().items())
def test_each_word_of_a_day_is_kept_and_understood(word: str, days: int) -> None:
    """Whoever adds a word to shared/today.yaml need add it nowhere else."""
    hours = {"5901020001": Hours(PERIODS, f"{word}下午3點販售快篩", topic="rapid_test")}
    first = FirstSeen(looked=MONDAY).after(hours, TUESDAY)
    (noted,) = first.stamped(hours).values()
    assert noted.seen == TUESDAY.date()
    told = {
        day: sale_in(noted, "rapid_test", TUESDAY.date() + timedelta(days=day))
        for day in range(-1, 2)
    }
    assert {day for day, sale in told.items() if sale and sale.sale.sold_from} == {days}
