"""Telephone numbers of callers and of pharmacies."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.places.districts import all_counties, by_key
from shared.places.telephone import area_code_of, area_codes, counties_of, parse_phone

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
    """02 is Taipei's, with its neighbours; "" is nobody's."""
    assert {county.name for county in counties_of("02")} == {"台北市", "新北市", "基隆市"}
    assert counties_of("") == ()


@pytest.mark.parametrize(
    ("text", "place", "number"),
    [
        ("(02)27653147", "台北市大安區", "0227653147"),
        ("8358141", "花蓮縣豐濱鄉", "038358141"),
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
