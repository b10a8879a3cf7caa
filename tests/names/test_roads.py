"""Roads in a sentence, on both feeds."""

import pytest

from shared.catalog import Catalog, Kind, Pharmacy
from shared.names.index import NameIndex, index_of
from shared.names.resolution import Hints, Meant
from shared.names.resolve import resolve
from shared.places.address import Address
from shared.places.districts import all_districts, by_key


@pytest.mark.parametrize(
    ("heard", "district", "road"),
    [
        ("大安區和平東路還有口罩嗎", "台北市大安區", "和平東路"),
        ("大安區和瓶東路還有口罩嗎", "台北市大安區", "和平東路"),
        ("板橋區文化路有口罩嗎", "新北市板橋區", "文化路"),
    ],
)
def test_a_road_is_heard_with_its_district(
    heard: str, district: str, road: str, index: NameIndex
) -> None:
    """By its characters or its sound: sure of the road in the district that was said with it."""
    found = resolve(heard, index)
    assert found.meant is Meant.ROAD
    assert found.roads[0].road == road
    assert found.roads[0].district.key == district
    assert found.sure


def test_a_road_through_several_districts_is_asked_back(index: NameIndex) -> None:
    """羅斯福路 runs through three districts of 台北市: those are offered, and no others."""
    found = resolve("我在台北市羅斯福路", index)
    assert found.meant is Meant.ROAD
    assert not found.sure
    assert {m.district.key for m in found.roads} == {"台北市大安區", "台北市中正區", "台北市文山區"}


@pytest.mark.parametrize(
    ("heard", "street", "districts"),
    [
        ("忠孝東路四段", "忠孝東路4段", ["台北市大安區", "台北市信義區"]),
        ("忠孝東路五段還有口罩嗎", "忠孝東路5段", ["台北市信義區"]),
        ("台北市中山北路六段", "中山北路6段", ["台北市士林區"]),
        ("大安區忠孝東路四段", "忠孝東路4段", ["台北市大安區"]),
        ("台北市中山北路九段", "中山北路", ["台北市士林區", "台北市中山區"]),
    ],
)
def test_a_section_tells_the_district(
    heard: str, street: str, districts: list[str], index: NameIndex
) -> None:
    """Only where pharmacies lie on that section; one that has none counts as the whole road."""
    found = resolve(heard, index)
    assert found.meant is Meant.ROAD
    assert {match.road for match in found.roads} == {street}
    assert {match.district.key for match in found.roads} == set(districts)
    assert found.sure == (len(districts) == 1)


def test_a_road_of_many_towns_is_asked_back(index: NameIndex) -> None:
    """中正路 alone lies everywhere: at most three are offered, those of the caller's area first."""
    found = resolve("中正路有口罩嗎", index, Hints(area_code="06"))
    assert found.meant is Meant.ROAD
    assert not found.sure
    assert 2 <= len(found.roads) <= 3
    assert {match.district.county.name for match in found.roads} <= {"台南市", "澎湖縣"}


def test_the_last_place_settles_a_road(index: NameIndex) -> None:
    """After 永康區, 中正路 is the one there."""
    place = by_key()["台南市永康區"]
    found = resolve("中正路呢", index, Hints(place=place))
    assert found.sure
    assert found.roads[0].district == place


def test_a_pharmacy_asked_for_by_name_is_no_road(index: NameIndex) -> None:
    """「康希藥局在哪條路」 asks about the pharmacy."""
    assert resolve("三重區康希藥局在哪條路", index).meant is Meant.PHARMACY


def _pharmacy(number: int, key: str, road: str, section: str = "") -> Pharmacy:
    text = f"{key}{road}{section and section + '段'}{number}號"
    address = Address(text, road=road, section=section, number=str(number))
    code, name = f"59{number:08}", f"{key[3:-1]}光明藥局"
    return Pharmacy(code, name, Kind.PHARMACY, by_key()[key], address, "0227001001")


def test_a_section_without_shops_is_the_road_of_the_caller_s_own_area() -> None:
    """中山北路二段 is in 台北 and in 楊梅; shops lie on that section in 楊梅 alone."""
    towns = [
        _pharmacy(1, "台北市中山區", "中山北路", "1"),
        _pharmacy(2, "台北市士林區", "中山北路", "6"),
        _pharmacy(3, "桃園市楊梅區", "中山北路", "2"),
    ]
    others = [_pharmacy(4 + n, one.key, "光明路") for n, one in enumerate(all_districts())]
    index = index_of(Catalog.of((*towns, *others)))
    taipei = resolve("中山北路二段那邊", index, Hints(area_code="02"))
    assert (taipei.meant, taipei.sure) == (Meant.ROAD, False)
    assert {one.district.key for one in taipei.roads} == {"台北市中山區", "台北市士林區"}
    for heard, area in (("中山北路二段那邊", "03"), ("楊梅的中山北路二段那邊", "02")):
        found = resolve(heard, index, Hints(area_code=area))
        assert (found.meant, found.sure) == (Meant.ROAD, True)
        assert [one.district.key for one in found.roads] == ["桃園市楊梅區"]


@pytest.mark.parametrize(
    "heard",
    [
        "中山區的南京東路",
        "南京東路三段 中山區",
        "on Nanjing East Road in Zhongshan",
        "Nanjing East Road section 3, Zhongshan district",
        "中山区の南京東路",
    ],
)
def test_a_district_without_shops_on_the_road_is_told_of_all_the_same(heard: str) -> None:
    """南京東路 begins in 中山區; where shops lie on it in 松山區 alone, hers is still 中山區."""
    towns = [
        _pharmacy(1, "台北市中山區", "龍江路"),
        _pharmacy(2, "台北市松山區", "南京東路", "3"),
        _pharmacy(3, "台北市松山區", "南京東路", "5"),
    ]
    others = [_pharmacy(4 + n, one.key, "光明路") for n, one in enumerate(all_districts())]
    found = resolve(heard, index_of(Catalog.of((*towns, *others))))
    assert (found.meant, found.sure) == (Meant.ROAD, True)
    assert [one.district.key for one in found.roads] == ["台北市中山區"]


def test_a_road_in_its_own_district_stays_one(index: NameIndex) -> None:
    """「永康區的中正路」 is the road there."""
    found = resolve("永康區的中正路", index)
    assert found.meant is Meant.ROAD
    assert found.roads[0].district.key == "台南市永康區"
