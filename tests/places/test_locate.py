"""A district for every address, whatever stands in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.places.locate import locate
from tests.real import real_rows

DISAGREEMENTS: dict[str, str] = {}
"""id → why the official list is not followed. There is none today."""


def test_the_official_list_is_agreed_with() -> None:
    """At least 99.5 % of its pharmacies lie where it says; each other one has its reason here."""
    official = {
        row[0]: (row[1] + row[2]).replace("臺", "台") for row in real_rows("districts-official.csv")
    }
    rows = [(row[0], row[2]) for row in real_rows("maskdata-20200303.csv")]
    found = {row[0]: place for row, (place, _) in zip(rows, locate(rows), strict=True)}
    compared = official.keys() & found.keys()
    wrong = {item for item in compared if not found[item] or found[item].key != official[item]}
    assert len(compared) > 2000
    assert wrong == DISAGREEMENTS.keys()
    assert len(wrong) <= 0.005 * len(compared)


def test_every_address_of_the_real_feed_has_a_district() -> None:
    """6,588 addresses, 6,588 districts."""
    rows = [(row[0], row[2]) for row in real_rows("maskdata-20200303.csv")]
    assert [row for row, (place, _) in zip(rows, locate(rows), strict=True) if not place] == []


@pytest.mark.parametrize(
    ("quirk", "text", "district"),
    [
        ("full-width digits", "台北市松山區八德路４段６９４號", "台北市松山區"),
        ("臺 for 台", "臺東縣臺東市中華路一段１號", "台東縣台東市"),
        ("巿 (U+5DFF) for 市", "高雄巿三民區建國三路１號", "高雄市三民區"),
        ("a misspelt first character", "高雄市揇梓區軍校路710號", "高雄市楠梓區"),
        ("another character of the same sound", "桃園市盧竹區南崁路210號", "桃園市蘆竹區"),
        ("a county and a town of before 2010", "台南縣西港鄉中山路358號", "台南市西港區"),
        ("a county and a city of before 2010", "台北縣板橋市文化路一段1號", "新北市板橋區"),
        ("a county and a city of before 2014", "桃園縣桃園市南平路411號", "桃園市桃園區"),
        ("a town that became a city", "彰化縣員林鎮莒光路3號", "彰化縣員林市"),
        ("today's county with the former town", "高雄市岡山鎮嘉興路282號", "高雄市岡山區"),
        ("a district that was merged", "台南市中區成功路31號", "台南市中西區"),
        ("a district without its ending", "高雄市左營重愛路53號", "高雄市左營區"),
        ("a city without its county", "彰化市興北里三民路209號", "彰化縣彰化市"),
        ("a district without its county", "淡水區新市一路3段103號", "新北市淡水區"),
        ("a county without its ending", "台南東區富強里中華東路二段49號", "台南市東區"),
        ("spaces", "桃園市龍潭區 民族路 １９２號", "桃園市龍潭區"),
        ("a postal code before it", "106台北市大安區辛亥路3段15號", "台北市大安區"),
        ("two addresses joined", "金門縣金湖鎮新市里中正路２號、２－２號", "金門縣金湖鎮"),
        ("a village named like a district", "台東縣成功鎮中山路1號", "台東縣成功鎮"),
    ],
)
def test_each_quirk_of_real_files_is_survived(quirk: str, text: str, district: str) -> None:
    """The district of one address alone, with nothing to learn from."""
    ((place, _),) = locate([("5900000000", text)])
    assert place is not None, quirk
    assert place.key == district


@pytest.mark.parametrize(
    ("text", "district"),
    [
        ("台南市金華路2段96號", "台南市南區"),
        ("新竹市中華路6段676號", "新竹市香山區"),
        ("嘉義市文昌里光彩街222號", "嘉義市東區"),
        ("新竹市新莊里長春街37號", "新竹市東區"),
    ],
)
def test_an_address_without_a_district_is_placed_by_the_others(text: str, district: str) -> None:
    """The road, or the code that the health insurance gives by district, tells it."""
    rows = [(row[0], row[2]) for row in real_rows("maskdata-20200303.csv")]
    found = {row[1]: place for row, (place, _) in zip(rows, locate(rows), strict=True)}
    place = found[text] if text in found else found[_full_width(text)]
    assert place is not None
    assert place.key == district


def _full_width(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if c.isdigit() else c for c in text)


def test_a_road_through_several_districts_tells_none() -> None:
    """A road that runs through two districts leaves an address without one where it is."""
    rows = [
        ("5900010001", "台南市東區長路1號"),
        ("5900020002", "台南市南區長路2號"),
        ("5900030003", "台南市長路3號"),
    ]
    assert locate(rows)[2][0] is None


@given(st.lists(st.tuples(st.text(max_size=12), st.text(max_size=60)), max_size=5))
def test_any_text_is_read_without_a_fault(rows: list[tuple[str, str]]) -> None:
    """Whatever stands in the address: an answer for each row."""
    assert len(locate(rows)) == len(rows)
