"""A district for every address, whatever stands in it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samples import FEED
from shared.places.address import clean
from shared.places.locate import locate
from tests.real import rows_of

DISAGREEMENTS: dict[str, str] = {}
"""id → why the official list is not followed. There is none today."""


def test_the_official_list_is_agreed_with(material: Path) -> None:
    """At least 99.5 % of its pharmacies lie where it says; each other one has its reason here."""
    official = {
        row[0]: (row[1] + row[2]).replace("臺", "台")
        for row in rows_of(material / "data" / "districts-official.csv")
    }
    rows = [(row[0], row[2]) for row in rows_of(material / "data" / FEED)]
    found = {row[0]: place for row, (place, _) in zip(rows, locate(rows), strict=True)}
    compared = official.keys() & found.keys()
    wrong = {item for item in compared if not found[item] or found[item].key != official[item]}
    assert len(compared) > 700
    assert wrong == DISAGREEMENTS.keys()
    assert len(wrong) <= 0.005 * len(compared)


def test_every_address_of_a_feed_has_a_district(material: Path) -> None:
    """Of the real one 6,588 addresses, 6,588 districts."""
    rows = [(row[0], row[2]) for row in rows_of(material / "data" / FEED)]
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
        ("a county without 市, today's district", "台北大安區信義路1號", "台北市大安區"),
        ("a county without 縣", "嘉義民雄鄉中樂路1號", "嘉義縣民雄鄉"),
        ("a former city without its county", "板橋市文化路1號", "新北市板橋區"),
        ("U+90F7 for 鄉", "豐濱郷豐濱村1號", "花蓮縣豐濱鄉"),
        ("the islands' name for the county", "馬祖南竿鄉介壽村1號", "連江縣南竿鄉"),
        ("the islands' name behind the county", "連江縣馬祖北竿鄉塘岐村1號", "連江縣北竿鄉"),
        ("the islands' name, no village", "福建省連江縣馬祖東引鄉1號", "連江縣東引鄉"),
        ("a former town without its county", "員林鎮莒光路3號", "彰化縣員林市"),
        ("a town of another name since 2010", "高雄縣三民鄉民權村1號", "高雄市那瑪夏區"),
        ("a province before it", "福建省連江縣南竿鄉復興村217號", "連江縣南竿鄉"),
        ("恒 for 恆", "屏東縣恒春鎮中正路1號", "屏東縣恆春鎮"),
        ("塩 for 鹽", "高雄市塩埕區大勇路1號", "高雄市鹽埕區"),
        ("頭分 for 頭份", "苗栗縣頭分鎮中正路1號", "苗栗縣頭份市"),
        ("区 for 區", "臺北市大安区信義路1号", "台北市大安區"),
        ("spaces", "桃園市龍潭區 民族路 １９２號", "桃園市龍潭區"),
        ("a name of two characters, whole", "台中市東區自由路4號", "台中市東區"),
        ("four characters without a county", "三地門鄉中正路2號", "屏東縣三地門鄉"),
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
@pytest.mark.real
def test_an_address_without_a_district_is_placed_by_the_others(
    text: str, district: str, material: Path
) -> None:
    """The road, or the code that the health insurance gives by district, tells it."""
    rows = [(row[0], row[2]) for row in rows_of(material / "data" / FEED)]
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


@pytest.mark.parametrize(
    "text",
    [
        "台北市內湖路一段1號",
        "台北市中山北路六段1號",
        "高雄市左營大路1號",
        "新北市新莊里1號",
        "台南市東山市場1號",
        "東山市場1號",
    ],
)
def test_what_is_named_like_a_district_may_lie_elsewhere(text: str) -> None:
    """中山北路六段 lies in 士林區: a road, village or market does not tell the district."""
    assert locate([("5900000000", text)])[0][0] is None


def test_the_code_is_believed_before_the_road() -> None:
    """Another road of the same name lies elsewhere in the county; the code knows better."""
    rows = [
        ("5900010001", "台中市東區自由路1號"),
        ("5900020002", "台中市北區學士路2號"),
        ("5900020003", "台中市自由路3號"),
    ]
    place = locate(rows)[2][0]
    assert place is not None
    assert place.key == "台中市北區"


def test_a_code_of_another_county_is_not_believed() -> None:
    """The county in the address stands; then the road decides."""
    rows = [
        ("5900010001", "台北市大安區信義路1號"),
        ("5900020002", "台中市北區學士路2號"),
        ("5900010003", "台中市學士路3號"),
    ]
    place = locate(rows)[2][0]
    assert place is not None
    assert place.key == "台中市北區"


@pytest.mark.real
def test_every_district_is_found_with_any_of_its_real_neighbours_left_unnamed(
    material: Path,
) -> None:
    """Each tenth address of a feed, robbed of its district, is placed by all the others."""
    rows = [(row[0], row[2]) for row in rows_of(material / "data" / FEED)]
    whole = [place for place, _ in locate(rows)]
    robbed = list(rows)
    for number in range(0, len(rows), 10):
        place = whole[number]
        text = clean(rows[number][1])
        if place and text.startswith(place.key):
            robbed[number] = (rows[number][0], text.replace(place.key, place.county.name, 1))
    found = [place for place, _ in locate(robbed)]
    wrong = [row for row, a, b in zip(robbed, found, whole, strict=True) if a and a != b]
    unplaced = [row for row, a in zip(robbed, found, strict=True) if a is None]
    assert len(wrong) <= 5
    assert len(unplaced) <= 20


@given(st.lists(st.tuples(st.text(max_size=12), st.text(max_size=60)), max_size=5))
def test_any_text_is_read_without_a_fault(rows: list[tuple[str, str]]) -> None:
    """Whatever stands in the address: an answer for each row."""
    assert len(locate(rows)) == len(rows)
