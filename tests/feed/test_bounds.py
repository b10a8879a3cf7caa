"""Where each bound of a feed lies: just within and just beyond it."""

import gzip
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from redis import Redis

from shared.catalog import Catalog, Hours, Snapshot
from shared.errors import FeedRefused, FeedUnreadable
from shared.feed import extras_renewal, poll
from shared.feed.extras import parse_hours, parse_locations
from shared.feed.fetch import FETCH_LIMITS, FetchLimits, fetch
from shared.feed.file_cache import FileCache
from shared.feed.first_seen import FirstSeen
from shared.feed.parse import newest_sane, parse_feed
from shared.feed.plausibility import refuse_implausible
from shared.feed.poll import WATCH_SECONDS
from shared.feed.redis_cache import RedisCache, key_of
from shared.feed.renewal import REDIS_SECONDS
from shared.feed.rows import LAND, parse_location
from shared.feed.source import Source
from tests.feed.files import TEST_TITLES, brand_row, many, mask_row, masks
from tests.feed.server import gives, serving
from tests.feed.test_plausibility import HELD, NOW
from tests.redis_server import RedisServer

MB_20 = b"0" * 20_000_000
SECOND = timedelta(seconds=1)


def _taken(content: bytes) -> set[str]:
    return set(parse_feed(content).snapshot.stocks)


def test_a_note_has_up_to_500_characters() -> None:
    """A longer one is no note."""
    for length, hours in ((500, {"1": Hours("", "口" * 500)}), (501, {})):
        content = f"醫事機構代碼,看診星期,看診備註\n1,,{'口' * length}\n"
        assert parse_hours(content.encode()) == hours


def test_of_a_remark_500_characters_are_read() -> None:
    """Of one brand's, and of those of all brands together."""
    for remarks in (("備" * 501,), ("備" * 300, "註" * 300)):
        rows = [brand_row(f"{n}牌", 5) + remark for n, remark in enumerate(remarks)]
        (pharmacy,) = parse_feed(masks(rows, TEST_TITLES)).snapshot.catalog.pharmacies
        assert pharmacy.hours is not None
        assert pharmacy.hours.remark == " ".join(remarks)[:500]


def test_the_remarks_of_all_brands_are_told_each_once() -> None:
    """In the order of the file; one that says nothing adds nothing."""
    rows = [
        brand_row(f"{n}牌", 5) + remark for n, remark in enumerate(("早上", "", "下午", "早上"))
    ]
    (pharmacy,) = parse_feed(masks(rows, TEST_TITLES)).snapshot.catalog.pharmacies
    assert pharmacy.hours is not None
    assert pharmacy.hours.remark == "早上 下午"


def test_a_line_has_up_to_2000_characters() -> None:
    """Without its commas."""
    length = len(mask_row(9).replace(",", ""))
    fits = mask_row(9, phone="(02)27390997" + " " * (2_000 - length))
    assert _taken(masks([mask_row(1), fits])) == {"5901020001", "5901020009"}
    assert _taken(masks([mask_row(1), fits.replace("(", " (")])) == {"5901020001"}


def test_a_quoted_cell_runs_over_up_to_20_lines() -> None:
    """A quote that is never closed must not swallow the file."""
    for breaks, taken in ((19, {"5901020001", "5901020009"}), (20, {"5901020001"})):
        tall = mask_row(9, name='"和安' + "\n" * breaks + '藥局"')
        assert _taken(masks([tall, mask_row(1)])) == taken
        assert _taken(masks([mask_row(1), tall])) == taken


def test_a_quote_that_is_never_closed_takes_no_other_line() -> None:
    """Neither in mid-row nor in the last cell, which may as well have been meant so."""
    open_end = mask_row(9, time='"2020/03/03 11:23:40')
    assert _taken(masks([open_end, mask_row(1)])) == {"5901020001", "5901020009"}
    open_name = mask_row(9, name='"和安藥局')
    assert _taken(masks([open_name, mask_row(1)])) == {"5901020001"}


def test_a_quoted_cell_may_end_with_the_file() -> None:
    """The last line of a table belongs to it."""
    last = mask_row(9, time='"2020/03/03\n 11:23:40"').replace("\n", "")
    assert _taken(masks([mask_row(1), last]).rstrip(b"\n")) == {"5901020001", "5901020009"}
    broken = mask_row(9, name='"和安\n藥局"')
    assert _taken(masks([mask_row(1), broken]).rstrip(b"\n")) == {"5901020001", "5901020009"}


def test_a_count_may_be_50000() -> None:
    """One more is a mistake."""
    parsed = parse_feed(masks([mask_row(1, adult=50_000), mask_row(2, adult=50_001)]))
    assert [dict(stock) for stock in parsed.snapshot.stocks.values()] == [
        {"adult_mask": 50_000, "child_mask": 12},
        {"child_mask": 12},
    ]


def test_a_row_a_day_ahead_of_half_the_rows_is_believed() -> None:
    """One second more is a slip."""
    half = HELD.source_time
    tomorrow = half + timedelta(days=1)
    assert newest_sane([half - SECOND, half, tomorrow]) == tomorrow
    assert newest_sane([half - SECOND, half, tomorrow + SECOND]) == half


def test_where_most_rows_are_of_the_next_day_that_is_their_time() -> None:
    """A part of the pharmacies that tell nothing new makes the others' counts no slip."""
    old, new = HELD.source_time, HELD.source_time + timedelta(days=2)
    assert newest_sane([old, old, new, new, new]) == new


def _later(pharmacies: int, zeros: int = 0, **later: float) -> Snapshot:
    """Of so many pharmacies, so many of them sold out, `later` than the one in hand."""
    found = parse_feed(many(pharmacies)).snapshot
    stocks = {
        one.id: {"adult_mask": int(place >= zeros), "child_mask": 9}
        for place, one in enumerate(found.catalog.pharmacies)
    }
    time = HELD.source_time + timedelta(**later)
    return replace(found, stocks=stocks, source_time=time)


BOUNDS = {
    "three of ten may vanish": (_later(70), _later(69), HELD, NOW),
    "three of ten may come": (_later(130), _later(131), HELD, NOW),
    "95 of a hundred may be sold out at once": (_later(100, 95), _later(100, 96), HELD, NOW),
    "the source's clock may be 15 minutes ahead": (
        _later(100),
        _later(100, seconds=1),
        None,
        HELD.source_time - timedelta(minutes=15),
    ),
}


@pytest.mark.parametrize(("within", "beyond", "held", "clock"), BOUNDS.values(), ids=BOUNDS.keys())
def test_a_new_snapshot_is_taken_within_and_refused_beyond(
    within: Snapshot, beyond: Snapshot, held: Snapshot | None, clock: object
) -> None:
    """One pharmacy, or one second, makes the difference."""
    refuse_implausible(within, held, clock)  # type: ignore[arg-type]
    with pytest.raises(FeedRefused):
        refuse_implausible(beyond, held, clock)  # type: ignore[arg-type]


def test_counts_of_a_day_ago_are_a_measure_and_no_older_ones() -> None:
    """Otherwise one great change at the source would be refused for ever."""
    clock = NOW + timedelta(days=2)
    with pytest.raises(FeedRefused):
        refuse_implausible(_later(10, days=1), HELD, clock)
    refuse_implausible(_later(10, days=1, seconds=1), HELD, clock)


def test_all_may_be_sold_out_where_half_were() -> None:
    """One less, and it is a fault of the source."""
    refuse_implausible(_later(100, 100), _later(100, 50), NOW)
    with pytest.raises(FeedRefused):
        refuse_implausible(_later(100, 100), _later(100, 49), NOW)


def test_each_product_is_looked_at() -> None:
    """Children's masks alone may be all zero by a fault, too."""
    none = {identity: {"adult_mask": 9} for identity in HELD.stocks}
    with pytest.raises(FeedRefused, match="child_mask"):
        refuse_implausible(replace(HELD, stocks=none), HELD, NOW)


@pytest.mark.parametrize("other", [{"feed": "rapid_tests"}, {"demo": True}])
def test_another_feed_is_no_measure(other: dict[str, object]) -> None:
    """What is a fifth of the masks' pharmacies may be all that sell tests."""
    few = replace(_later(20), **other)  # type: ignore[arg-type]
    refuse_implausible(few, HELD, NOW)
    refuse_implausible(HELD, few, NOW)


def test_one_in_hand_is_from_the_future_after_15_minutes() -> None:
    """Within them the clocks are merely apart, and it is a measure."""
    clock = HELD.source_time - timedelta(minutes=15)
    few = Catalog.of(HELD.catalog.pharmacies[:10])
    new = replace(HELD, catalog=few, source_time=HELD.source_time - timedelta(hours=1))
    with pytest.raises(FeedRefused):
        refuse_implausible(new, HELD, clock)
    refuse_implausible(new, HELD, clock - SECOND)


def test_a_recording_in_hand_is_from_no_future() -> None:
    """Its clock is its own: a shorter one does not replace it for that."""
    held = replace(HELD, recorded=True)
    clock = HELD.source_time - timedelta(days=400)
    with pytest.raises(FeedRefused, match="10 pharmacies where there were 100"):
        refuse_implausible(replace(_later(10), recorded=True), held, clock)


def test_a_note_is_new_within_36_hours_of_the_last_look() -> None:
    """After a longer time it was written on nobody knows which day."""
    hours = {"1": Hours("N" * 21, "今天下午3點販售")}
    looked = FirstSeen(looked=NOW)
    for seconds, known in ((0, True), (1, False)):
        now = NOW + timedelta(hours=36, seconds=seconds)
        (one,) = looked.after(hours, now).stamped(hours).values()
        assert (one.seen == now.date()) is known


def test_a_file_of_20_megabytes_is_taken(tmp_path: Path) -> None:
    """And one byte more is no feed: packed or not, from a file, from the web."""
    path = tmp_path / "feed.csv"
    for content in (MB_20, gzip.compress(MB_20, 1)):
        path.write_bytes(content)
        answer = fetch(str(path))
        assert answer is not None
        assert answer.content == MB_20
    for content in (MB_20 + b"0", gzip.compress(MB_20 + b"0", 1)):
        path.write_bytes(content)
        with pytest.raises(FeedUnreadable, match="larger"):
            fetch(str(path))
    for content, good in ((b"0" * 1_000, True), (b"0" * 1_001, False)):
        with serving(gives(content)) as source:
            if good:
                assert fetch(source.url, limits=FetchLimits(size=1_000))
            else:
                with pytest.raises(FeedUnreadable, match="larger"):
                    fetch(source.url, limits=FetchLimits(size=1_000))


def test_20_megabytes_are_kept_and_no_more(tmp_path: Path) -> None:
    """On the disk and in Redis: what is larger is no feed, and is not read into memory."""
    with RedisServer() as server, Redis.from_url(server.url) as client:
        for cache in (FileCache(tmp_path, "http://a/"), RedisCache(client, "http://a/")):
            cache.keep("feed", MB_20)
            assert cache.kept("feed") == MB_20
            cache.keep("feed", MB_20 + b"0")
            assert cache.kept("feed") is None


def test_a_source_s_name_is_kept_as_twelve_hexadecimal_digits(tmp_path: Path) -> None:
    """So that a new version finds what the last one kept; no key of the address stands in it."""
    name = FileCache(tmp_path, "http://a/?key=s3cret").path("feed").name
    digits = name.removeprefix("feed-").removesuffix(".kept")
    assert len(bytes.fromhex(digits)) * 2 == len(digits) == 12
    assert key_of("http://a/?key=s3cret", "feed") == f"mask-line:{digits}:feed"


def test_what_another_process_took_is_seen_within_two_seconds() -> None:
    """By who looks at the disk, and by who waits for a Redis that is slow."""
    assert min(WATCH_SECONDS, REDIS_SECONDS) > 0
    assert WATCH_SECONDS + REDIS_SECONDS <= 2


def test_a_start_waits_for_longer_than_for_both_daily_files() -> None:
    """The first snapshot comes after them, each of which may be waited for."""
    assert poll.FIRST_SECONDS > 2 * extras_renewal.FIRST_SECONDS


def test_a_fetch_ends_before_the_next_is_due() -> None:
    """All its tries together, and each of them within."""
    assert FETCH_LIMITS.total_seconds < Source().seconds == 30
    assert FETCH_LIMITS.connect_seconds < FETCH_LIMITS.read_seconds < FETCH_LIMITS.total_seconds


def test_the_time_of_a_fetch_is_what_its_tries_may_need() -> None:
    """Each may wait its longest to be connected, and the last its longest for the answer."""
    connecting = FETCH_LIMITS.tries * FETCH_LIMITS.connect_seconds
    assert connecting + FETCH_LIMITS.read_seconds == FETCH_LIMITS.total_seconds


WITHIN = (
    ("119.51", "23.19", "the Penghu islands' south"),
    ("119.32", "23.41", "the Penghu islands' west, Huayu"),
    ("119.67", "23.78", "the Penghu islands' north, Mudouyu"),
    ("120.05", "23.10", "the west of Taiwan, Qigu"),
    ("120.85", "21.90", "the south of Taiwan, Eluanbi"),
    ("122.00", "25.01", "the east of Taiwan, Sandiaojiao"),
    ("122.07", "25.63", "the islets in the north, Pengjia"),
    ("118.14", "24.42", "the islets of Kinmen"),
    ("118.51", "24.44", "the east of Kinmen"),
    ("119.45", "24.99", "Wuqiu"),
    ("119.94", "25.97", "Juguang"),
    ("120.50", "26.38", "the north of Matsu, Dongyin"),
)

BEYOND = (
    ("119.00", "23.00", "west of Penghu"),
    ("118.70", "23.50", "west of Penghu"),
    ("119.50", "22.50", "south of Penghu"),
    ("119.88", "23.40", "between Penghu and Taiwan"),
    ("119.50", "24.20", "north of Penghu"),
    ("122.60", "24.00", "east of Taiwan"),
    ("121.00", "21.30", "the Bashi channel"),
    ("121.50", "26.20", "north of Taiwan"),
    ("118.08", "24.45", "Xiamen"),
    ("118.39", "24.96", "Nan'an"),
    ("118.30", "23.60", "south of Kinmen"),
    ("119.00", "24.40", "east of Kinmen"),
    ("119.00", "25.00", "Putian's coast"),
    ("119.80", "25.00", "east of Wuqiu"),
    ("119.50", "24.50", "south of Wuqiu"),
    ("119.50", "25.60", "Fuqing's coast"),
    ("119.45", "26.00", "Mawei"),
    ("120.20", "25.80", "between Matsu and Taiwan"),
    ("121.00", "26.20", "east of Matsu"),
    ("120.00", "26.88", "Xiapu"),
)


def test_a_point_is_taken_where_taiwan_is_and_nowhere_else() -> None:
    """The outermost shores, and the seas and shores next to them."""
    for table, taken in ((WITHIN, True), (BEYOND, False)):
        for x, y, where in table:
            assert bool(parse_locations(f"醫事機構代碼,x,y\n1,{x},{y}\n".encode())) is taken, where


def test_a_point_on_the_very_bound_is_taken() -> None:
    """A shore that lies there belongs to it."""
    for west, east, south, north in LAND:
        for x in (west, east):
            for y in (south, north):
                assert parse_location(str(x), str(y)) is not None
