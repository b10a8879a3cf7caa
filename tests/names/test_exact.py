"""A place that is written, and the words of a question around it."""

import pytest

from shared.names.exact import (
    alone,
    bare,
    has_written_district,
    is_written_place,
    said_once,
    span_of,
    which_county,
    written_pharmacy,
    written_place,
)
from shared.names.resolution import Hints, Meant, Resolution
from shared.names.transcript import hear
from shared.places.districts import by_key, county_by_name
from tests.small_world import CATALOG


@pytest.mark.parametrize(
    ("heard", "name"),
    [
        ("板橋", "板橋"),
        ("我住板橋", "板橋"),
        ("我住在 板橋。", "板橋"),
        ("板橋 板橋", "板橋"),
        ("板橋呢", "板橋"),
        ("臺北市", "台北市"),
        ("板橋還有口罩嗎", "板橋"),
        ("請問板橋有沒有口罩", "板橋"),
        ("板橋的", "板橋"),
        ("呢", "呢"),
        ("住在", "在"),
        ("請問", "請問"),
        ("好" * 40, "好" * 30),
    ],
)
def test_the_words_of_a_question_are_left_out(heard: str, name: str) -> None:
    """The longest before and the longest behind, where something is left; of thirty characters."""
    assert bare(heard) == name


@pytest.mark.parametrize(
    ("heard", "name"), [("請問我住板橋還有口罩嗎", "板橋"), ("請問還有嗎", ""), ("水碓", "水碓")]
)
def test_without_any_words_a_name_stands_alone(heard: str, name: str) -> None:
    """However many stand around it, and if nothing is left."""
    assert alone(heard) == name


@pytest.mark.parametrize(
    ("heard", "name", "span"),
    [
        ("板橋", "板橋", (0, 2)),
        ("我住 板 橋。", "板橋", (3, 6)),
        ("臺北市呢", "台北市", (0, 3)),
        ("ｂａｎ", "板橋", (0, 3)),
    ],
)
def test_a_name_stands_where_its_characters_do(
    heard: str, name: str, span: tuple[int, int]
) -> None:
    """Spaces and all; the whole where it is written otherwise."""
    assert span_of(heard, name) == span


@pytest.mark.parametrize(
    ("heard", "hints", "meant", "keys"),
    [
        ("台北市", Hints(), Meant.COUNTY, []),
        ("台北縣", Hints(), Meant.COUNTY, []),
        ("北市", Hints(), Meant.COUNTY, []),
        ("板橋", Hints(), Meant.DISTRICT, ["新北市板橋區"]),
        ("新北板橋區", Hints(), Meant.DISTRICT, ["新北市板橋區"]),
        ("新北板橋", Hints(), Meant.DISTRICT, ["新北市板橋區"]),
        ("新北市板橋", Hints(), Meant.DISTRICT, ["新北市板橋區"]),
        ("東區", Hints(area_code="05"), Meant.DISTRICT, ["嘉義市東區"]),
        ("台大醫院", Hints(), Meant.LANDMARK, ["台北市中正區"]),
        ("公館", Hints(area_code="02"), Meant.LANDMARK, ["台北市中正區"]),
        ("公館", Hints(area_code="037"), Meant.DISTRICT, ["苗栗縣公館鄉"]),
    ],
)
def test_a_place_that_is_all_of_it_is_that_place(
    heard: str, hints: Hints, meant: Meant, keys: list[str]
) -> None:
    """By any of its names; of a county no district."""
    found = written_place(heard, hints)
    assert found is not None
    assert (found.meant, [one.key for one in found.districts]) == (meant, keys)
    assert found.written is (meant is not Meant.LANDMARK)
    assert is_written_place(heard)


@pytest.mark.parametrize(
    ("heard", "place"), [("板橋藥局", False), ("嘉義", True), ("東", False), ("", False)]
)
def test_what_is_more_or_less_is_none(heard: str, place: bool) -> None:
    """嘉義 is a place, and two of them: which is asked."""
    assert written_place(heard, Hints()) is None
    assert is_written_place(heard) is place


def test_which_of_a_city_and_a_county_tells_the_word_that_was_heard() -> None:
    """By its sound, or the last place; of other names there is one."""
    city, county = county_by_name()["嘉義市"], county_by_name()["嘉義縣"]
    found = Resolution("x", Meant.COUNTY, county=city)
    assert which_county(found, hear("嘉義那邊"), Hints()).counties == (city, county)
    assert which_county(found, hear("有家意是嗎"), Hints()) is found
    last = which_county(found, hear("嘉義"), Hints(place=by_key()["嘉義縣民雄鄉"]))
    assert (last.county, last.counties) == (county, ())
    other = which_county(found, hear("嘉義"), Hints(place=by_key()["台北市大安區"]))
    assert (other.county, other.counties) == (None, (city, county))
    for one in (Resolution("x", Meant.DISTRICT, county=city), Resolution("x", Meant.COUNTY)):
        assert which_county(one, hear("嘉義"), Hints()) is one
    taipei = Resolution("x", Meant.COUNTY, county=county_by_name()["台北市"])
    assert which_county(taipei, hear("台北"), Hints()) is taipei


@pytest.mark.parametrize(
    ("text", "there"),
    [("後壁一間", True), ("臺東市區", True), ("三重", True), ("士林夜市", True), ("口罩", False)],
)
def test_a_district_may_stand_in_another_word(text: str, there: bool) -> None:
    """By any of its forms."""
    assert has_written_district(text) is there


def test_a_pharmacy_is_read_off_its_sign() -> None:
    """Letter by letter and nothing beside; 台 for 臺, of any width."""
    found = written_pharmacy(" 信義藥局 ", CATALOG, Hints())
    assert found is not None
    assert [one.name for one in found.pharmacies] == ["信義藥局"]
    assert written_pharmacy("信義藥局嗎", CATALOG, Hints()) is None


@pytest.mark.parametrize(
    ("heard", "once"),
    [
        ("信義區 信義區有嗎", "信義區有嗎"),
        ("大同區，大同區那邊", "大同區那邊"),
        ("三重，三重區啦", "三重區啦"),
        ("大同區 對 大同區", "大同區"),
        ("文山區，我是說文山區", "文山區"),
        ("台北車站啊台北車站", "台北車站"),
        ("大安區的大安藥局", "大安區的大安藥局"),
        ("慢慢來，慢慢來", "慢慢來，慢慢來"),
        ("板橋有沒有，板橋", "板橋有沒有，板橋"),
    ],
)
def test_a_place_that_is_said_twice_in_a_row_is_heard_once(heard: str, once: str) -> None:
    """With nothing between that tells anything; what is no place stays."""
    assert said_once(heard) == once
