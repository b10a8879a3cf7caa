"""What the notes tell of a product on a day, for the questions of a caller."""

from datetime import date, time

import pytest

from shared.catalog import Hours, Kind, Pharmacy
from shared.hours import has_stopped, next_sale, sale_on
from shared.hours.sales import sale_in
from shared.places.address import Address
from shared.places.districts import by_key
from tests.products import ADULT, CHILD

TUESDAY, SUNDAY = date(2020, 3, 3), date(2020, 3, 8)
NOTE = "週一至週六8:30發號碼牌，14:00販售口罩，週日公休"


def pharmacy(note: str, remark: str = "") -> Pharmacy:
    """One with this note, and this remark in the feed."""
    place = by_key()["台北市大安區"]
    hours = Hours("", note, remark, "mask")
    return Pharmacy("9001060001", "信義藥局", Kind.PHARMACY, place, Address(""), "", hours=hours)


def test_a_day_of_sale_tells_its_times() -> None:
    """「幾點發號碼牌」「幾點賣」 are answered by one value."""
    told = sale_on(pharmacy(NOTE), ADULT, TUESDAY)
    assert told is not None
    assert (told.sale.plates_from, told.sale.sold_from) == (time(8, 30), time(14))
    assert (told.sold, told.closed) == (True, False)


@pytest.mark.parametrize(("counted", "clock"), [("", 9), ("rapid_test", 14)])
def test_a_sale_of_nothing_in_particular_is_of_what_the_feed_counts(
    counted: str, clock: int
) -> None:
    """Masks, where the feed does not say."""
    hours = Hours("", "口罩9:00販售，快篩14:00販售", topic=counted)
    told = sale_in(hours, "", TUESDAY)
    assert told is not None
    assert told.sale.sold_from == time(clock)


def test_a_day_off_is_told() -> None:
    """「禮拜天有賣嗎」 — closed, and when it is sold next."""
    told = sale_on(pharmacy(NOTE), ADULT, SUNDAY)
    assert told is not None
    assert (told.sold, told.closed) == (False, True)
    later = next_sale(pharmacy(NOTE), ADULT, SUNDAY)
    assert later is not None
    assert later.day == date(2020, 3, 9)


def test_a_queue_needs_no_plates() -> None:
    """「現場排隊，不發號碼牌」."""
    told = sale_on(pharmacy("不發號碼牌，現場排隊，10:00開始販賣"), ADULT, TUESDAY)
    assert told is not None
    assert told.sale.no_plates


@pytest.mark.parametrize("note", ["", "歡迎光臨"])
def test_a_note_that_tells_nothing_is_no_answer(note: str) -> None:
    """Nothing is claimed without a note, or of one that speaks of something else."""
    assert sale_on(pharmacy(note), ADULT, TUESDAY) is None


def test_the_remark_of_the_feed_goes_before_the_note() -> None:
    """What stands beside the count is newer and about what is counted."""
    told = sale_on(pharmacy(NOTE, remark="每日16:00開始販售"), ADULT, TUESDAY)
    assert told is not None
    assert told.sale.sold_from == time(16)


def test_who_has_stopped_is_told_and_is_sold_on_no_day() -> None:
    """Its stock is stale, whatever the count."""
    stopped = pharmacy("4/9起停止販售口罩")
    assert not has_stopped(stopped, ADULT, date(2020, 4, 8))
    assert has_stopped(stopped, ADULT, date(2020, 4, 9))
    assert next_sale(stopped, ADULT, date(2020, 4, 8)) is None


def test_children_are_told_their_own_times() -> None:
    """「成人14:00，兒童9:00」 — who asks for a child's mask is told the child's hour, and who asks
    for her own the adults'."""
    note = "週一至週六成人口罩14:00販售，兒童口罩9:00販售，週日公休"
    told = sale_on(pharmacy(note), ADULT, TUESDAY)
    assert told is not None
    assert told.sale.sold_from == time(14)
    own = sale_on(pharmacy(note), CHILD, TUESDAY)
    assert own is not None
    assert own.sale.sold_from == time(9)
    off = sale_on(pharmacy(note), CHILD, SUNDAY)
    assert off is not None
    assert off.sold is False


@pytest.mark.parametrize(
    ("note", "day", "sold", "since"),
    [
        ("口罩每日9:00販售，星期二不販售兒童口罩", TUESDAY, False, None),
        ("口罩每日9:00販售，星期二不販售兒童口罩", SUNDAY, True, time(9)),
        ("平日13:30賣口罩，3/3於20:00賣小孩口罩10份", TUESDAY, True, time(20)),
        ("平日13:30賣口罩，3/3於20:00賣小孩口罩10份", date(2020, 3, 4), None, None),
        ("9點、16點各100份成人口罩，兒童口罩不限時段", TUESDAY, None, None),
        ("口罩每日9:00販售，成人兒童同時", TUESDAY, True, time(9)),
    ],
)
def test_children_are_told_nothing_that_is_for_adults(
    note: str, day: date, sold: bool | None, since: time | None
) -> None:
    """A child's own day off and own hour count; adults' hours are not told for a child."""
    told = sale_on(pharmacy(note), CHILD, day)
    assert (told.sold if told else None) is sold
    assert (told.sale.sold_from if told else None) == since


@pytest.mark.parametrize(
    ("after", "found"), [(date(2020, 2, 25), True), (date(2020, 2, 24), False)]
)
def test_the_next_sale_is_looked_for_two_weeks_ahead(after: date, *, found: bool) -> None:
    """Who asks when it is sold next does not wait for longer."""
    once = pharmacy("3/10口罩9:00販售")
    assert (next_sale(once, ADULT, after) is not None) == found


def test_a_sale_on_a_date_tells_since_when_and_until_when() -> None:
    """「3/2至3/6」 has both, 「3/2起」 a beginning; one that stops ends on the day before."""
    both = sale_on(pharmacy("3/2至3/6口罩9:00販售"), ADULT, TUESDAY)
    assert both is not None
    assert (both.sale.since, both.sale.until) == (date(2020, 3, 2), date(2020, 3, 6))
    begun = sale_on(pharmacy("3/2起口罩9:00販售"), ADULT, TUESDAY)
    assert begun is not None
    assert (begun.sale.since, begun.sale.until) == (date(2020, 3, 2), None)
    ending = sale_on(pharmacy("口罩9:00販售，3/9起停止販售"), ADULT, TUESDAY)
    assert ending is not None
    assert ending.sale.until == date(2020, 3, 8)


def test_nothing_is_known_of_plates_where_none_are_named() -> None:
    """「要不要拿號碼牌」 has three answers."""
    told = sale_on(pharmacy("口罩9:00販售"), ADULT, TUESDAY)
    assert told is not None
    assert (told.sale.plates_from, told.sale.no_plates, told.sold) == (None, False, True)


def test_a_door_tells_no_sale() -> None:
    """「依門口公告」 answers where it stands, and not whether it is sold."""
    told = sale_on(pharmacy("口罩販售時間依門口公告"), ADULT, TUESDAY)
    assert told is not None
    assert (told.sale.see_door, told.sold) == (True, None)


def test_the_next_sale_is_none_of_today_and_within_two_weeks() -> None:
    """Who asks when it is sold next has heard of today."""
    told = next_sale(pharmacy("每日14:00販售口罩"), ADULT, TUESDAY)
    assert told is not None
    assert told.day == date(2020, 3, 4)
    by_date = pharmacy("3/17 14:00販售口罩")
    assert next_sale(by_date, ADULT, TUESDAY) is not None
    assert next_sale(by_date, ADULT, date(2020, 3, 2)) is None
