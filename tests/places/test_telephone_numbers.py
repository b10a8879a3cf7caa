"""Telephone numbers of callers and of pharmacies."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samples import FEED
from shared.places.districts import all_counties, by_key
from shared.places.locate import locate
from shared.places.telephone_numbers import area_code_of, area_codes, counties_of, parse_phone
from tests.real import rows_of

DAAN = by_key()["台北市大安區"]


def test_every_county_has_an_area_code() -> None:
    """All 22 of them."""
    known = {county for counties in area_codes().values() for county in counties}
    assert known == set(all_counties())


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("+886227653147", "02"),
        ("+886423720000", "04"),
        ("0492522904", "049"),
        ("+886224221234", "0224"),
        ("082325100", "082"),
        ("082662345", "0826"),
        ("+88637123456", "037"),
        ("(089) 325-100", "089"),
        ("+88683622510", "0836"),
        ("+886912345678", ""),
        ("+14155550100", ""),
        ("anonymous", ""),
        ("", ""),
    ],
)
def test_the_area_code_of_a_caller(number: str, code: str) -> None:
    """Landlines of Taiwan have one; mobiles, foreign and withheld numbers have none."""
    assert area_code_of(number) == code


def test_the_counties_of_an_area_code() -> None:
    """02 is 台北市's and 新北市's; behind 02-24 is 基隆市 first; "" is nobody's."""
    assert [county.name for county in counties_of("02")] == ["台北市", "新北市"]
    assert [county.name for county in counties_of("0224")] == ["基隆市", "新北市", "台北市"]
    assert [county.name for county in counties_of("04")] == ["台中市", "彰化縣"]
    assert counties_of("") == ()


def test_callers_live_where_their_number_says(material: Path) -> None:
    """Of the landlines of a feed, 99 in 100 stand in a county of their area code."""
    rows = rows_of(material / "data" / FEED)
    away = landlines = 0
    places = locate([(row[0], row[2]) for row in rows])
    for row, (district, _) in zip(rows, places, strict=True):
        assert district is not None
        code = area_code_of(parse_phone(row[3], district))
        landlines += bool(code)
        away += bool(code) and district.county not in counties_of(code)
    assert landlines > 0.98 * len(rows)
    assert away <= 0.01 * landlines


@pytest.mark.parametrize(
    ("text", "place", "number"),
    [
        ("(02)27653147", "台北市大安區", "0227653147"),
        ("8358141", "花蓮縣豐濱鄉", "038358141"),
        ("325100", "金門縣金城鎮", "082325100"),
        ("2522904", "彰化縣芬園鄉", "0492522904"),
        ("25892027", "苗栗縣卓蘭鎮", "0425892027"),
        ("37653147", "台北市大安區", "0237653147"),
        ("24221234", "基隆市仁愛區", "0224221234"),
        ("912345678", "台北市大安區", "0912345678"),
        ("(05)52399311", "嘉義市東區", "052399311"),
        ("02-2765-3147 轉 12", "台北市大安區", "0227653147"),
        ("+886-2-2765-3147", "台北市大安區", "0227653147"),
        ("(03) 835 8141", "花蓮縣豐濱鄉", "038358141"),
        ("（０２）２７６５３１４７", "台北市大安區", "0227653147"),
        ("(083)623995", "連江縣南竿鄉", "083623995"),
        ("(04)2906620", "南投縣埔里鎮", "0492906620"),
        ("(02)0229869850", "新北市三重區", "0229869850"),
        ("(82)325100", "金門縣金城鎮", "082325100"),
        ("(092)0318305", "台北市大安區", "0920318305"),
        ("(04)25892027", "苗栗縣卓蘭鎮", "0425892027"),
        ("02-27653147#12", "台北市大安區", "0227653147"),
        ("(02)27653147、27653148", "台北市大安區", "0227653147"),
        ("(07)10009047", "新北市淡水區", ""),
        ("82000560", "桃園市龜山區", "0282000560"),
        ("82000560", "桃園市桃園區", ""),
        ("87883456", "屏東縣屏東市", "087883456"),
        ("82325100", "金門縣金城鎮", "082325100"),
        ("無", "台北市大安區", ""),
    ],
)
def test_the_number_of_a_pharmacy(text: str, place: str, number: str) -> None:
    """As dialled inside Taiwan; "" rather than a number that cannot be one."""
    assert parse_phone(text, by_key()[place]) == number


@given(st.text(max_size=40))
def test_any_text_is_a_number_or_none(text: str) -> None:
    """Digits with the area code, or ""."""
    number = parse_phone(text, DAAN)
    assert number == "" or (number.isdigit() and number[0] == "0" and 8 <= len(number) <= 10)
