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
        ("台北市中山北路九段", "中山北路9段", ["台北市士林區", "台北市中山區"]),
    ],
)
def test_a_section_tells_the_district(
    heard: str, street: str, districts: list[str], index: NameIndex
) -> None:
    """Only where pharmacies lie on that section; one that has none lies where the road does."""
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


def _with_others(*towns: Pharmacy) -> NameIndex:
    """These, and one in every district on another road."""
    others = [_pharmacy(100 + n, one.key, "光明路") for n, one in enumerate(all_districts())]
    return index_of(Catalog.of((*towns, *others)))


def test_a_section_without_shops_is_the_road_of_the_caller_s_own_area() -> None:
    """中山北路二段 is in 台北 and in 楊梅; shops lie on that section in 楊梅 alone."""
    towns = [
        _pharmacy(1, "台北市中山區", "中山北路", "1"),
        _pharmacy(2, "台北市士林區", "中山北路", "6"),
        _pharmacy(3, "桃園市楊梅區", "中山北路", "2"),
    ]
    index = _with_others(*towns)
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
    found = resolve(heard, _with_others(*towns))
    assert (found.meant, found.sure) == (Meant.ROAD, True)
    assert [one.district.key for one in found.roads] == ["台北市中山區"]


def test_a_road_in_its_own_district_stays_one(index: NameIndex) -> None:
    """「永康區的中正路」 is the road there."""
    found = resolve("永康區的中正路", index)
    assert found.meant is Meant.ROAD
    assert found.roads[0].district.key == "台南市永康區"


def _towns(*roads: tuple[str, str]) -> NameIndex:
    """Pharmacies on these roads, by district, and one in every district on another."""
    towns = [_pharmacy(1 + n, key, road) for n, (key, road) in enumerate(roads)]
    return _with_others(*towns)


@pytest.mark.parametrize(
    ("heard", "key", "road"),
    [
        ("花蓮市國聯一路", "花蓮縣花蓮市", "國聯一路"),
        ("我住台北市士林區的雨聲街", "台北市士林區", "雨聲街"),
        ("內湖瑞湖街哪裡有口罩", "台北市內湖區", "瑞湖街"),
        ("內湖瑞湖街那間藥局", "台北市內湖區", "瑞湖街"),
        ("彰化市中山路二段的藥局", "彰化縣彰化市", "中山路2段"),
    ],
)
def test_a_road_on_which_no_pharmacy_lies_is_that_of_the_district(
    heard: str, key: str, road: str
) -> None:
    """It stands written behind its district: no other road is asked about, nor a pharmacy."""
    towns = _towns(
        ("花蓮縣花蓮市", "建國路"), ("台北市內湖區", "文湖街"), ("彰化縣員林市", "中正路")
    )
    found = resolve(heard, towns)
    assert (found.meant, found.sure, found.pharmacies) == (Meant.ROAD, True, ())
    assert [(one.district.key, one.road) for one in found.roads] == [(key, road)]


def test_a_road_called_like_a_pharmacy_is_no_pharmacy() -> None:
    """「三重仁美街」 asks for the street, 「三重仁美藥局」 for the pharmacy."""
    shop = Address("新北市三重區正義北路1號", road="正義北路", number="1")
    place = by_key()["新北市三重區"]
    named = Pharmacy("5931000001", "仁美藥局", Kind.PHARMACY, place, shop, "0229000001")
    index = _with_others(named)
    assert resolve("三重仁美街", index).roads[0].road == "仁美街"
    assert resolve("三重仁美藥局", index).pharmacies[0].pharmacy == named


@pytest.mark.parametrize("heard", ["嘉義市民族路", "嘉義民族路"])
def test_a_road_behind_a_county_is_one_of_its_own(heard: str) -> None:
    """Wherever she rings from: those in 嘉義, and none in 新北."""
    towns = _towns(("嘉義市東區", "民族路"), ("嘉義市西區", "民族路"), ("新北市蘆洲區", "民族路"))
    found = resolve(heard, towns, Hints(area_code="02"))
    assert (found.meant, found.sure) == (Meant.ROAD, False)
    assert {one.district.key for one in found.roads} == {"嘉義市東區", "嘉義市西區"}


def test_an_unknown_road_behind_a_county_asks_for_the_district() -> None:
    """Which of them it runs through nobody can tell; of 新竹 not even whether city or county."""
    found = resolve("新竹市關新路", _towns(("新竹市東區", "建新路")))
    assert (found.meant, found.county and found.county.name) == (Meant.COUNTY, "新竹市")
    found = resolve("新竹關新路", _towns(("新竹市東區", "建新路")))
    assert {one.name for one in found.counties} == {"新竹市", "新竹縣"}


@pytest.mark.parametrize(
    "heard", ["三重哪一條路有", "三重路邊有沒有", "三重的路口那間", "嘉義縣番路鄉", "高雄市路竹區"]
)
def test_a_road_without_a_name_is_none(heard: str) -> None:
    """The district is all that is named."""
    assert resolve(heard, _towns(("新北市三重區", "正義北路"))).meant is Meant.DISTRICT


def test_a_road_of_another_number_is_another_road() -> None:
    """「五福三路」, on which no pharmacy lies, is not 五福四路."""
    towns = _towns(("高雄市鹽埕區", "五福四路"))
    for heard in ("五福三路", "五福四路"):
        (found,) = resolve(f"{heard}哪裡有口罩", towns).roads
        assert (found.district.key, found.road) == ("高雄市鹽埕區", heard)


def test_an_unknown_road_behind_a_district_of_two_cities_asks_which() -> None:
    """「大安區雨聲街」, from nowhere: that of 台北 or of 台中, and no county to begin with."""
    found = resolve("大安區雨聲街", _towns(("台北市士林區", "社子街")))
    assert (found.meant, found.sure) == (Meant.DISTRICT, False)
    assert {one.district.key for one in found.districts} == {"台北市大安區", "台中市大安區"}
    (only,) = resolve("大安區雨聲街", _towns(), Hints(area_code="02")).roads
    assert (only.district.key, only.road) == ("台北市大安區", "雨聲街")
