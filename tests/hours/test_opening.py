"""Opening hours from the periods, the note and the holidays."""

from datetime import UTC, date, datetime, time

import pytest

from shared.catalog import Hours, Kind, Pharmacy
from shared.clock import TAIPEI
from shared.hours import Opening, OpeningState, SaleNote, opening_at
from shared.hours.holidays import is_holiday
from shared.hours.values import DayPart
from shared.places.address import Address
from shared.places.districts import by_key

EVERY_DAY = "N" * 21
NOT_ON_SUNDAY = "NNNNNNY" * 3
MORNINGS = "NNNNNNN" + "Y" * 14
EVENINGS = "Y" * 14 + "NNNNNNN"
SATURDAY_MORNING = "NNNNNNYNNNNNYYNNNNNYY"
"""Monday to Friday all day, Saturday in the morning, Sunday never."""


def at(text: str) -> datetime:
    """「3/3 11:20」 of 2020 in Taipei; 3/3 was a Tuesday, 3/7 a Saturday, 3/8 a Sunday."""
    return datetime.strptime(f"2020/{text}", "%Y/%m/%d %H:%M").replace(tzinfo=TAIPEI)


def pharmacy(periods: str, note: str = "") -> Pharmacy:
    """One with these hours."""
    place = by_key()["台北市大安區"]
    hours = Hours(periods, note)
    return Pharmacy("9001060001", "信義藥局", Kind.PHARMACY, place, Address(""), "", hours=hours)


def opening(periods: str, now: datetime, note: str = "") -> Opening:
    """What is known of it at `now`."""
    known = opening_at(pharmacy(periods, note), now)
    assert known is not None
    return known


@pytest.mark.parametrize(
    ("periods", "now", "state"),
    [
        (EVERY_DAY, "3/3 10:00", "open"),
        (EVERY_DAY, "3/3 15:00", "open"),
        (EVERY_DAY, "3/3 06:30", "opens_later"),
        (EVERY_DAY, "3/3 08:20", "unknown"),  # some open at nine
        (EVERY_DAY, "3/3 12:30", "unknown"),  # some close for lunch
        (EVERY_DAY, "3/3 21:20", "closes_soon"),
        (EVERY_DAY, "3/3 22:30", "closed_today"),
        (NOT_ON_SUNDAY, "3/8 10:00", "closed_today"),
        (NOT_ON_SUNDAY, "3/7 10:00", "open"),
        (SATURDAY_MORNING, "3/7 10:00", "open"),
        (SATURDAY_MORNING, "3/7 11:30", "closes_soon"),
        (SATURDAY_MORNING, "3/7 15:00", "closed_today"),
        (SATURDAY_MORNING, "3/6 20:00", "open"),
        (MORNINGS, "3/3 14:00", "closed_today"),
        (EVENINGS, "3/3 14:00", "opens_later"),
        (EVENINGS, "3/3 19:30", "open"),
        ("Y" * 21, "3/3 10:00", "closed_today"),
        (EVERY_DAY, "2/28 10:00", "unknown"),  # a public holiday
    ],
)
def test_periods_tell_whether_it_is_open(periods: str, now: str, state: str) -> None:
    """N is open and Y closed: mornings Monday to Sunday, afternoons, evenings."""
    assert opening(periods, at(now)).state == state


def test_periods_tell_no_clock_time() -> None:
    """The file has no clock times, so only the part of the day is told."""
    assert opening(EVENINGS, at("3/3 14:00")) == Opening(
        OpeningState.OPENS_LATER, opens_on=date(2020, 3, 3), opens_in=DayPart.EVENING
    )
    assert opening(SATURDAY_MORNING, at("3/7 15:00")) == Opening(
        OpeningState.CLOSED_TODAY, opens_on=date(2020, 3, 9), opens_in=DayPart.MORNING
    )
    assert opening(EVERY_DAY, at("3/3 21:20")).at is None


def test_note_tells_the_clock_times() -> None:
    """Opening hours that stand in the note are told to the minute."""
    note = "營業時間08:30-21:30"
    assert opening(EVERY_DAY, at("3/3 08:40"), note).at == at("3/3 21:30")
    closing = opening(EVERY_DAY, at("3/3 21:05"), note)
    assert (closing.state, closing.at) == (OpeningState.CLOSES_SOON, at("3/3 21:30"))
    before = opening(EVERY_DAY, at("3/3 07:40"), note)
    assert (before.state, before.at) == (OpeningState.OPENS_LATER, at("3/3 08:30"))
    after = opening(EVERY_DAY, at("3/3 21:40"), note)
    assert (after.state, after.at) == (OpeningState.CLOSED_TODAY, at("3/4 08:30"))


def test_the_next_day_opens_with_its_first_hours() -> None:
    """Whether they are told to the minute or by their part of the day."""
    shut = opening(EVERY_DAY, at("3/3 21:40"), "營業時間09:00-12:00，15:00-21:00")
    assert shut.at == at("3/4 09:00")
    assert opening(EVERY_DAY, at("3/3 22:30")).opens_in is DayPart.MORNING


def test_note_closes_a_day() -> None:
    """A day off in the note counts, whatever the periods say."""
    off = opening(EVERY_DAY, at("3/8 10:00"), "週日公休，09:00販售")
    assert off.state is OpeningState.CLOSED_TODAY
    assert opening(EVERY_DAY, at("2/28 10:00"), "國定假日公休").state is OpeningState.CLOSED_TODAY


def test_contradiction_tells_nothing() -> None:
    """Where the note names a day that the periods close, nobody knows."""
    sunday = opening(NOT_ON_SUNDAY, at("3/8 10:00"), "週日09:00販售")
    assert sunday.state is OpeningState.UNKNOWN


def test_note_gives_way_where_the_periods_close() -> None:
    """「營業時間08:00-22:00」 is not Saturday's where the periods close Saturday afternoon."""
    saturday = opening(SATURDAY_MORNING, at("3/7 15:00"), "營業時間08:00-22:00")
    assert saturday.state is OpeningState.CLOSED_TODAY
    friday = opening(SATURDAY_MORNING, at("3/6 15:00"), "營業時間08:00-22:00")
    assert (friday.state, friday.at) == (OpeningState.OPEN, at("3/6 22:00"))


def test_sale_is_told_on_days_of_business_only() -> None:
    """「營業日09:00」 tells nothing of a Sunday on which it is closed."""
    note = "營業日09:00開始販售"
    assert opening(NOT_ON_SUNDAY, at("3/7 10:00"), note).sale == SaleNote(sold_from=time(9))
    assert opening(NOT_ON_SUNDAY, at("3/8 10:00"), note).sale is None


def test_time_is_taipeis() -> None:
    """Whatever the clock's zone, hours are those of Taipei."""
    assert opening(EVERY_DAY, datetime(2020, 3, 3, 2, tzinfo=UTC)).state is OpeningState.OPEN
    assert opening(MORNINGS, datetime(2020, 3, 3, 10, tzinfo=UTC)).state == "closed_today"


def test_no_hours_are_no_hours() -> None:
    """Nothing is claimed of a pharmacy that is not in the file."""
    place = by_key()["台北市大安區"]
    bare = Pharmacy("9001060001", "信義藥局", Kind.PHARMACY, place, Address(""), "")
    assert opening_at(bare, at("3/3 10:00")) is None


@pytest.mark.parametrize("periods", ["N" * 20, "N" * 22, "", "n" * 21, "N" * 20 + "X", "是" * 21])
def test_bad_periods_are_unknown(periods: str) -> None:
    """20 or 22 periods, or other letters, claim nothing."""
    assert opening(periods, at("3/3 10:00")).state is OpeningState.UNKNOWN


@pytest.mark.parametrize(
    "note",
    [
        "口罩" * 2500,
        "09:00 " * 850,
        "<p>視狀況</p>&nbsp;<script>alert(1)</script>",
        "😷😷😷",
        "\x00\x01\x02",
        "%%%%%%",
        "https://example.org/09:00",
    ],
)
def test_noise_is_left_out(note: str) -> None:
    """A note of 5,000 characters, of HTML, of emoji: neither a time nor a word of it is told."""
    known = opening(EVERY_DAY, at("3/3 10:00"), note)
    assert (known.sale, known.spoken_note) == (None, "")
    assert known.state is OpeningState.OPEN


def test_emoji_do_not_hide_a_note() -> None:
    """What cannot be spoken is left out of what is."""
    known = opening(EVERY_DAY, at("3/3 10:00"), "😷視進貨狀況9:30前後不定👍")
    assert known.spoken_note == "視進貨狀況九點三十分前後不定"


@pytest.mark.parametrize(
    ("note", "ear"),
    [
        ("視進貨狀況，０９：３０～１０：００間不定", "視進貨狀況，九點三十分到十點間不定"),
        ("請洽02-27001234", "請洽零二，二七零零一二三四"),
        ("單號8:00-9:00 / 雙號9:00-10:00", "單號八點到九點，雙號九點到十點"),
        ("如有2點補,限量200份", "如有兩點補，限量兩百份"),
        ("3/9起改週末開賣或看臉書", "三月九日起改週末開賣或看臉書"),
    ],
)
def test_unread_note_is_fit_for_the_ear(note: str, ear: str) -> None:
    """What could not be read is spoken as it stands, digits and signs as words."""
    assert opening(EVERY_DAY, at("3/3 10:00"), note).spoken_note == ear


@pytest.mark.parametrize(
    "now",
    [
        datetime(1, 1, 2, tzinfo=TAIPEI),
        datetime(1970, 1, 1, tzinfo=UTC),
        datetime(2038, 1, 19, 3, 14, 8, tzinfo=UTC),
        datetime(9999, 12, 30, tzinfo=TAIPEI),
    ],
)
def test_clock_that_jumps_is_survived(now: datetime) -> None:
    """Any clock gives an answer, and no sale time of another year."""
    known = opening(EVERY_DAY, now, "自2020/2/11~2020/2/29，08:30~22:00為販賣口罩時間")
    assert known.sale is None


@pytest.mark.parametrize(
    ("day", "holiday"),
    [
        (date(2020, 2, 28), True),
        (date(2020, 2, 29), False),
        (date(2020, 4, 2), True),
        (date(2020, 6, 26), True),
        (date(2020, 10, 9), True),
        (date(2021, 2, 10), True),
        (date(2021, 2, 16), True),
        (date(2021, 2, 17), False),
        (date(2021, 2, 20), False),  # a Saturday worked for the tenth
        (date(2021, 4, 2), True),
        (date(2021, 6, 14), True),
        (date(2021, 9, 20), True),
        (date(2021, 12, 31), True),
        (date(2022, 5, 2), True),
        (date(2022, 6, 3), True),
        (date(2022, 9, 9), True),
        (date(2020, 3, 3), False),
        (date(2031, 1, 1), False),  # a year the table does not have
    ],
)
def test_holidays_are_those_of_the_calendar(day: date, holiday: bool) -> None:
    """The days of the government's office calendar and Labour Day."""
    assert is_holiday(day) == holiday


@pytest.mark.parametrize(
    ("now", "over"), [("3/3 08:30", False), ("3/3 10:59", False), ("3/3 11:00", True)]
)
def test_a_sale_that_has_ended_is_known_to_be_over(now: str, over: bool) -> None:
    """「販售時間08:00~11:00」 is past from eleven on, so nobody is sent there for it."""
    assert opening(EVERY_DAY, at(now), "口罩販售時間08:00~11:00").sale_over is over


@pytest.mark.parametrize(
    ("periods", "now", "state"),
    [
        (EVERY_DAY, "3/3 07:59", "opens_later"),
        (EVERY_DAY, "3/3 08:00", "unknown"),
        (EVERY_DAY, "3/3 08:59", "unknown"),
        (EVERY_DAY, "3/3 09:00", "open"),
        (EVERY_DAY, "3/3 11:59", "open"),
        (EVERY_DAY, "3/3 12:00", "unknown"),
        (EVERY_DAY, "3/3 12:59", "unknown"),
        (EVERY_DAY, "3/3 13:00", "open"),
        (EVERY_DAY, "3/3 20:59", "open"),
        (EVERY_DAY, "3/3 21:00", "closes_soon"),
        (EVERY_DAY, "3/3 21:59", "closes_soon"),
        (EVERY_DAY, "3/3 22:00", "closed_today"),
        (MORNINGS, "3/3 10:59", "open"),
        (MORNINGS, "3/3 11:00", "closes_soon"),
        (MORNINGS, "3/3 12:00", "closed_today"),
        ("Y" * 7 + "N" * 7 + "Y" * 7, "3/3 12:59", "opens_later"),
        ("Y" * 7 + "N" * 7 + "Y" * 7, "3/3 14:00", "open"),
        ("Y" * 7 + "N" * 7 + "Y" * 7, "3/3 17:00", "closes_soon"),
        ("Y" * 7 + "N" * 7 + "Y" * 7, "3/3 18:00", "closed_today"),
        (EVENINGS, "3/3 17:59", "opens_later"),
        (EVENINGS, "3/3 18:30", "unknown"),
        (EVENINGS, "3/3 19:00", "open"),
    ],
)
def test_each_part_of_the_day_begins_and_ends_on_its_minute(
    periods: str, now: str, state: str
) -> None:
    """Mornings 8 to 12, afternoons 13 to 18, evenings 18 to 22; the first hour is not claimed, nor
    noon, and in the last it closes soon."""
    assert opening(periods, at(now)).state == state


@pytest.mark.parametrize(
    ("note", "now", "state"),
    [
        ("營業時間09:00-18:59", "3/3 10:00", "open"),  # into the evening that is closed: by an hour
        ("營業時間09:00-19:01", "3/3 10:00", "open"),
        ("營業時間09:00-19:01", "3/3 18:30", "closed_today"),
        ("營業時間09:00-18:59", "3/3 18:30", "closes_soon"),
    ],
)
def test_a_note_may_go_an_hour_into_what_the_periods_close(note: str, now: str, state: str) -> None:
    """Who stays half an hour longer than the file says is believed; for longer the file is."""
    mornings_and_afternoons = "N" * 14 + "Y" * 7
    assert opening(mornings_and_afternoons, at(now), note).state == state


def test_who_opens_once_a_week_opens_in_a_week() -> None:
    """On the evening of that day the next is seven days off, and it is looked for so far."""
    tuesdays = "YNYYYYY" * 3
    shut = opening(tuesdays, at("3/3 22:30"))
    assert (shut.state, shut.opens_on) == (OpeningState.CLOSED_TODAY, date(2020, 3, 10))


def test_a_day_off_that_nobody_knows_ends_the_search() -> None:
    """Before a holiday it is not told when it opens next: who knows whether it is shut on that."""
    eve = opening(EVERY_DAY, at("2/27 22:30"))
    assert (eve.state, eve.opens_on) == (OpeningState.CLOSED_TODAY, None)


@pytest.mark.parametrize(
    ("note", "now", "over"),
    [
        ("口罩22:00-01:00販售", "3/3 23:00", False),  # past midnight
        ("口罩每日9:00販售", "3/3 23:00", False),  # until none is left
    ],
)
def test_a_sale_without_an_end_today_is_not_over(note: str, now: str, *, over: bool) -> None:
    """It may go on."""
    assert opening(EVERY_DAY, at(now), note).sale_over is over


def test_a_note_that_is_read_is_not_read_aloud() -> None:
    """Opening hours that were understood are told as such; what speaks of another product is not
    this one's; what is not understood is read as it stands."""
    assert opening(EVERY_DAY, at("3/3 10:00"), "營業時間08:30-21:30").spoken_note == ""
    assert opening(EVERY_DAY, at("3/3 10:00"), "快篩週日10:00販售").spoken_note == ""
    assert opening(EVERY_DAY, at("3/3 10:00"), "視狀況").spoken_note == "視狀況"


@pytest.mark.parametrize(
    ("note", "sale"),
    [
        ("營業日09:00販售口罩", None),  # tells nothing of a day off
        ("週日公休，09:00販售口罩", SaleNote(not_today=True)),
        ("已停止販售口罩", SaleNote(not_today=True, stopped=True)),
    ],
)
def test_on_a_day_off_no_sale_is_told(note: str, sale: SaleNote | None) -> None:
    """What the note says of days on which it is open is not of a Sunday that the periods close."""
    sunday = opening(NOT_ON_SUNDAY, at("3/8 10:00"), note)
    assert sunday.state is OpeningState.CLOSED_TODAY
    assert sunday.sale == sale
    assert sunday.stopped is (sale is not None and sale.stopped)


def test_an_hour_into_a_part_that_is_closed_is_no_contradiction() -> None:
    """「08:00-14:00」 where the periods close the afternoon: an hour longer than they tell."""
    told = opening(MORNINGS, at("3/3 13:50"), "營業時間08:00-14:00")
    assert (told.state, told.at) == (OpeningState.CLOSES_SOON, at("3/3 14:00"))
    later = opening(MORNINGS, at("3/3 13:50"), "營業時間08:00-14:10")
    assert later.state is OpeningState.CLOSED_TODAY


def test_a_day_off_by_the_note_is_sure() -> None:
    """「週日公休」: its next opening is told by the clock where the note tells that."""
    sunday = opening(EVERY_DAY, at("3/8 10:00"), "營業時間08:00-20:00，週日公休")
    assert (sunday.state, sunday.at) == (OpeningState.CLOSED_TODAY, at("3/9 08:00"))
