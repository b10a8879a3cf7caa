"""What real files hold, each by name: nothing crashes, nothing wrong is told."""

import logging
from datetime import datetime

import pytest

from shared.catalog import Hours, Kind, Location, Snapshot
from shared.clock import TAIPEI
from shared.errors import FeedUnreadable
from shared.feed.parse import Extras, parse_feed
from tests.feed.files import (
    MASK_TITLES,
    TEST_TITLES,
    brand_row,
    many,
    mask_row,
    masks,
)
from tests.real import real_file

BOM = b"\xef\xbb\xbf"


def _counts(snapshot: Snapshot) -> dict[str, dict[str, int]]:
    return {identity: dict(stock) for identity, stock in snapshot.stocks.items()}


WHOLE = masks([mask_row(1), mask_row(2, adult=7)])

SAME_FILE = {
    "with a BOM": BOM + WHOLE,
    "without a BOM": WHOLE,
    "CRLF": WHOLE.replace(b"\n", b"\r\n"),
    "CR alone": WHOLE.replace(b"\n", b"\r"),
    "no end of the last line": WHOLE.rstrip(b"\n"),
    "blank lines": WHOLE.replace(b"\n", b"\n\n"),
    "lines of commas": WHOLE + b",,,,,,\n",
    "NULs": WHOLE.replace("和安".encode(), "和\x00安".encode()),
    "quoted cells": masks(
        '"' + row.replace(",", '","') + '"' for row in (mask_row(1), mask_row(2, adult=7))
    ),
    "Big5": WHOLE.decode().encode("cp950"),
    "the column's name of February": WHOLE.replace("成人口罩剩".encode(), "成人口罩總剩".encode()),
    "full-width counts": masks(
        [mask_row(1, adult="３６", child="１２"), mask_row(2, adult=" ７ ")]
    ),
    "臺 for 台": WHOLE.replace("台北".encode(), "臺北".encode()),
    "spaces around cells": WHOLE.replace(b",", b" , "),
    "commas after the last cell": masks([mask_row(1) + ",,", mask_row(2, adult=7)]),
    "the columns in another order": b"\n".join(
        b",".join(reversed(line.split(b","))) for line in WHOLE.split(b"\n")
    ),
}


@pytest.mark.parametrize("content", SAME_FILE.values(), ids=SAME_FILE.keys())
def test_the_same_file_in_every_dress_says_the_same(content: bytes) -> None:
    """However a file is encoded, ended or quoted, the same pharmacies have the same counts."""
    parsed = parse_feed(content)

    assert not [refusal for refusal in parsed.refusals if refusal.whole_row]
    assert _counts(parsed.snapshot) == {
        "5901020001": {"adult_mask": 36, "child_mask": 12},
        "5901020002": {"adult_mask": 7, "child_mask": 12},
    }
    first = parsed.snapshot.catalog.pharmacies[0]
    assert (first.name, first.district.key, first.phone) == (
        "和安藥局",
        "台北市大安區",
        "0227390997",
    )
    assert (first.address.road, first.address.section, first.address.number) == (
        "辛亥路",
        "3",
        "15",
    )
    assert parsed.snapshot.source_time == datetime(2020, 3, 3, 11, 23, 40, tzinfo=TAIPEI)


NO_FEED = {
    "empty": (b"", "empty"),
    "blanks": (b"\r\n \r\n", "empty"),
    "header only": (MASK_TITLES.encode(), "no row"),
    "HTML with status 200": (b"\n<!DOCTYPE html><html><body>502</body></html>", "HTML"),
    "HTML with a BOM": (BOM + b"<html>", "HTML"),
    "XML": (b"<?xml version='1.0'?><Error/>", "HTML"),
    "JSON": (b'{"error": "not found"}', "no feed has columns"),
    "another table": (
        "日期,人數\n2020/03/03,5\n".encode(),
        "no feed has columns such as 日期、人數",
    ),
    "a column missing": (WHOLE.replace("兒童口罩".encode(), b"x"), "兒童口罩剩餘數"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00\xff\xd8", "lacks the columns|neither"),
    "UTF-16": (WHOLE.decode().encode("utf-16"), "neither|lacks"),
    "no row with a readable time": (masks([mask_row(time="soon")]), "no row"),
    "no district anywhere": (masks([mask_row(identity="5999999999", address="某處")]), "no row"),
}


@pytest.mark.parametrize(("content", "cause"), NO_FEED.values(), ids=NO_FEED.keys())
def test_what_is_no_feed_is_refused_with_its_cause(content: bytes, cause: str) -> None:
    """An operator reads in the log what came instead of the file."""
    with pytest.raises(FeedUnreadable, match=cause):
        parse_feed(content)


BAD_LINES = {
    "cut off in mid-line": (mask_row(9)[:40], "cut off"),
    "cut off in the time": (mask_row(9, time="2020/0"), "time"),
    "a comma too many shifts the counts": (
        mask_row(9, address="台北市大安區辛亥路1號,2號"),
        "too many",
    ),
    "an id too short": (mask_row(identity="59010"), "id"),
    "an id of other signs": (mask_row(identity="59010200!9"), "id"),
    "no name": (mask_row(9, name=" "), "no name"),
    "no address": (mask_row(9, address=""), "no address"),
    "no time": (mask_row(9, time=""), "time"),
    "a month 13": (mask_row(9, time="2020/13/03 11:00:00"), "time"),
    "a row too long": (mask_row(9, address="台北市大安區" + "辛亥路" * 50_000), "too long"),
    "a cell too long for any table": (mask_row(9, address='"' + "辛" * 200_000 + '"'), "too long"),
    "a quote that is never closed": (mask_row(9, address='"台北市大安區辛亥路1號'), "cut off"),
    "a place outside Taiwan": (
        mask_row(identity="5999990009", address="福州市鼓樓區1號"),
        "district",
    ),
}


@pytest.mark.parametrize(("line", "cause"), BAD_LINES.values(), ids=BAD_LINES.keys())
def test_a_bad_line_costs_only_itself(line: str, cause: str) -> None:
    """The rows before and after it are taken; it is refused with its line and its reason."""
    parsed = parse_feed(masks([mask_row(1), line, mask_row(2)]))

    assert set(parsed.snapshot.stocks) == {"5901020001", "5901020002"}
    assert [refusal.line for refusal in parsed.refusals] == [3]
    assert cause in parsed.refusals[0].reason


def test_a_quoted_cell_may_run_over_lines() -> None:
    """The lines after it keep their numbers."""
    rows = [mask_row(1, address='"台北市大安區\n辛亥路３段１５號"'), mask_row(2, time="soon")]

    parsed = parse_feed(masks(rows))

    assert set(parsed.snapshot.stocks) == {"5901020001"}
    assert [refusal.line for refusal in parsed.refusals] == [4]


def test_two_quoted_cells_may_run_over_lines() -> None:
    """One ends on the line on which the other begins."""
    name, address = '"和安\n藥局"', '"台北市大安區\n辛亥路３段１５號"'
    rows = [mask_row(1, name=name, address=address), mask_row(2), mask_row(3, time="soon")]

    parsed = parse_feed(masks(rows))

    assert set(parsed.snapshot.stocks) == {"5901020001", "5901020002"}
    assert [refusal.line for refusal in parsed.refusals] == [6]


def test_quoted_cells_stand_beside_one_that_runs_over_lines() -> None:
    """Before it on its first line, and after it on its last."""
    row = mask_row(1, name='"和安藥局"', address='"台北市大安區\n辛亥路３段１５號"', phone='"02"')

    parsed = parse_feed(masks([row, mask_row(2, time="soon")]))

    assert set(parsed.snapshot.stocks) == {"5901020001"}
    assert [refusal.line for refusal in parsed.refusals] == [4]


def test_what_was_refused_is_shown_short_and_without_control_characters() -> None:
    """Sixty characters of a line, twenty of a cell: an operator's terminal obeys none of them."""
    row = f"\x1b[2J{'x' * 54}|{'y' * 9}"
    cell = f"{'7' * 19}八九"

    parsed = parse_feed(masks([row, mask_row(1, adult=cell), mask_row(2)]))

    whole, count = (refusal.reason for refusal in parsed.refusals)
    assert whole.endswith(f": ·[2J{'x' * 54}|y")
    assert f"'{'7' * 19}八'" in count


def test_a_byte_of_another_encoding_costs_one_line() -> None:
    """Neither the file nor a character that nobody wrote comes of it."""
    content = masks([mask_row(1), mask_row(2), mask_row(3)]).replace(
        b"5901020002,\xe5\x92\x8c", b"5901020002,\xb0\xea\xff"
    )

    parsed = parse_feed(content)

    assert set(parsed.snapshot.stocks) == {"5901020001", "5901020003"}
    assert "encoding" in parsed.refusals[0].reason


@pytest.mark.parametrize("cut", range(1, 140, 3))
def test_a_file_cut_at_any_byte_tells_no_wrong_count(cut: int) -> None:
    """The rows before the cut are as they were, and the last one is whole or left out."""
    whole = _counts(parse_feed(WHOLE).snapshot)

    taken = _counts(parse_feed((WHOLE + mask_row(3).encode())[: -cut - 1]).snapshot)

    assert taken.items() <= {**whole, "5901020003": whole["5901020001"]}.items()
    assert "5901020001" in taken


@pytest.mark.parametrize(
    "cell", ["-5", "99999999", "50001", "約20", "", "12.5", "1e3", "1_000", "٣٤", "9" * 1_500]
)
def test_an_absurd_count_is_never_told(cell: str) -> None:
    """The pharmacy stays with its other product; of this one none is told."""
    parsed = parse_feed(masks([mask_row(1, adult=cell)]))

    pharmacy = parsed.snapshot.catalog.pharmacies[0]
    adult, child = parsed.snapshot.products
    assert parsed.snapshot.left(pharmacy, adult) == 0
    assert parsed.snapshot.left(pharmacy, child) == 12
    assert (parsed.refusals[0].line, parsed.refusals[0].whole_row) == (2, False)
    assert "adult_mask" in parsed.refusals[0].reason


def test_the_brands_of_a_pharmacy_are_added_up() -> None:
    """Rapid tests: one pharmacy stands there once a brand, and a caller hears one number."""
    rows = [brand_row("甲牌", 5), brand_row("乙牌", "２０"), brand_row("丙牌", -1)]

    parsed = parse_feed(masks(rows, TEST_TITLES))

    assert parsed.snapshot.feed == "rapid_tests"
    assert _counts(parsed.snapshot) == {"5901020001": {"rapid_test": 25}}
    location = parsed.snapshot.catalog.pharmacies[0].location
    assert location is not None
    assert (location.longitude, location.latitude) == (121.544299, 25.021574)


def test_one_brand_twice_is_not_counted_twice() -> None:
    """A line that stands there twice is a slip: of two of one time the first counts."""
    parsed = parse_feed(masks([brand_row("甲牌", 5), brand_row("甲牌", 7)], TEST_TITLES))

    assert _counts(parsed.snapshot) == {"5901020001": {"rapid_test": 5}}
    (refusal,) = parsed.refusals
    assert refusal.line == 3
    assert "twice" in refusal.reason


@pytest.mark.parametrize("order", [1, -1])
def test_of_a_duplicate_id_the_newer_line_counts(order: int) -> None:
    """Wherever it stands."""
    rows = [mask_row(1, adult=5), mask_row(1, adult=9, time="2020/03/03 11:30:00")]

    parsed = parse_feed(masks(rows[::order]))

    assert parsed.snapshot.stocks["5901020001"]["adult_mask"] == 9
    assert len(parsed.snapshot.catalog.pharmacies) == 1
    assert "twice" in parsed.refusals[0].reason


@pytest.mark.parametrize(
    ("cell", "second"),
    [
        ("2020/03/03 11:23:40", 40),
        ("2020-03-03 11:23:40", 40),
        ("2020-03-03T11:23:40", 40),
        (" ２０２０/０３/０３ １１：２３：４０ ", 40),
        ("2020/3/3 11:23", 0),
    ],
)
def test_a_time_is_read_as_tables_write_it(cell: str, second: int) -> None:
    """With dashes, with a T, full-width, without its seconds; in Taiwan's time."""
    parsed = parse_feed(masks([mask_row(time=cell)]))
    assert parsed.snapshot.source_time == datetime(2020, 3, 3, 11, 23, second, tzinfo=TAIPEI)


def test_the_time_is_the_newest_sane_one() -> None:
    """One row that says 2030 does not make the whole file young."""
    times = [
        "2020/03/03 11:20:00",
        "2020/03/03 11:23:40",
        "2020/03/03 11:00:00",
        "2030/03/03 11:23:40",
    ]

    parsed = parse_feed(masks(mask_row(number, time=time) for number, time in enumerate(times)))

    assert parsed.snapshot.source_time == datetime(2020, 3, 3, 11, 23, 40, tzinfo=TAIPEI)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("和安藥局", Kind.PHARMACY),
        ("新竹市東區衛生所", Kind.HEALTH_CENTRE),
        ("大安健康服務中心", Kind.HEALTH_CENTRE),
        ("政大(文山健康服務中心)", Kind.HEALTH_CENTRE),
        ("安康健康藥局", Kind.PHARMACY),
    ],
)
def test_health_centres_are_told_from_pharmacies(name: str, kind: Kind) -> None:
    """By their names."""
    assert parse_feed(masks([mask_row(name=name)])).snapshot.catalog.pharmacies[0].kind is kind


def test_a_name_stays_as_the_feed_writes_it() -> None:
    """Whoever looks the name up in the feed finds it; only white space goes."""
    parsed = parse_feed(masks([mask_row(name="臺大　藥局（總店）")]))

    assert parsed.snapshot.catalog.pharmacies[0].name == "臺大藥局（總店）"


def test_a_renewal_of_counts_keeps_the_catalog() -> None:
    """So that its index is kept too; the order of lines does not matter."""
    first = parse_feed(many(50))
    lines = many(50, adult=3, time="2020/03/03 11:24:10").decode().strip().split("\n")
    renewed = parse_feed("\n".join([lines[0], *reversed(lines[1:])]).encode(), before=first)

    assert renewed.snapshot.catalog is first.snapshot.catalog
    assert renewed.snapshot.stocks["5901020001"]["adult_mask"] == 3
    assert renewed.snapshot.source_time > first.snapshot.source_time


@pytest.mark.parametrize(
    "change",
    [{"name": "新和安藥局"}, {"phone": "(02)27390998"}, {"address": "台北市大安區和平東路1段1號"}],
)
def test_a_changed_pharmacy_makes_a_new_catalog(change: dict[str, str]) -> None:
    """A name, an address or a telephone number."""
    first = parse_feed(masks([mask_row(1)]))

    renewed = parse_feed(masks([mask_row(1, **change)]), before=first)  # type: ignore[arg-type]

    assert renewed.snapshot.catalog is not first.snapshot.catalog


def test_other_hours_make_a_new_catalog() -> None:
    """They belong to the pharmacies."""
    first = parse_feed(WHOLE)

    assert parse_feed(WHOLE, before=first, extras=Extras({}, {})).snapshot.catalog is not (
        first.snapshot.catalog
    )


@pytest.mark.real
def test_the_real_feed_is_taken_whole() -> None:
    """6,588 rows, as the standard library counts them; every one has a district."""
    parsed = parse_feed(real_file("maskdata-20200303.csv").read_bytes())

    assert len(parsed.snapshot.catalog.pharmacies) == 6_588
    assert parsed.refusals == ()
    first = parsed.snapshot.catalog.pharmacies[0]
    assert (first.id, first.phone) == ("0145080011", "038358141")
    assert parsed.snapshot.stocks["2101010013"] == {"adult_mask": 71, "child_mask": 1681}
    assert parsed.snapshot.source_time == datetime(2020, 3, 3, 11, 23, 40, tzinfo=TAIPEI)


def test_hours_of_a_pharmacy_that_is_not_in_the_feed(caplog: pytest.LogCaptureFixture) -> None:
    """They are left out, make no pharmacy, and the log says so."""
    extras = Extras({"9999999999": Hours("N" * 21)}, {"9999999999": Location(121.5, 25.0)})
    with caplog.at_level(logging.INFO):
        catalog = parse_feed(WHOLE, extras=extras).snapshot.catalog
    assert catalog.pharmacies == parse_feed(WHOLE).snapshot.catalog.pharmacies
    assert "hours: 1 of 1 are of pharmacies not in the feed" in caplog.text
    assert "locations: 1 of 1" in caplog.text
