"""A pharmacy named beside the road it lies on: only the names on that road are looked at."""

import pytest

from shared.names.index import NameIndex, index_of
from shared.names.resolution import Meant
from shared.names.resolve import resolve
from tests import small_feed

INDEX = index_of(small_feed.snapshot().catalog)


@pytest.mark.parametrize(
    ("heard", "name", "district"),
    [
        ("中正路那間建安要局還有口罩嗎", "健安藥局", "台南市永康區"),
        ("建國三路上的建安要局還有口罩嗎", "健安藥局", "高雄市三民區"),
        ("回然要局，在中華路", "洄瀾藥局", "花蓮縣花蓮市"),
        ("中山南路那家海方要局", "海風藥局", "台中市大安區"),
    ],
)
def test_the_road_tells_which_pharmacy_is_meant(heard: str, name: str, district: str) -> None:
    """Of two of one name the one on it, and of names that sound alike; the road is no answer."""
    found = resolve(heard, INDEX)
    assert found.meant is Meant.PHARMACY
    first = found.pharmacies[0].pharmacy
    assert (first.name, first.district.key) == (name, district)
    assert found.districts[0].district == first.district


def test_two_of_one_name_on_the_road_are_asked_about() -> None:
    """光明路 runs through all of the small feed, and 豐春藥局 lies on it five times."""
    found = resolve("光明路那間豐村要局", INDEX)
    assert {one.pharmacy.name for one in found.pharmacies} == {"豐春藥局"}
    bearers = [one for one in INDEX.pharmacies if one.name == "豐春藥局"]
    assert found.namesakes == len(bearers) > len(found.pharmacies)
    assert found.pharmacies[0].score * len(bearers) <= 1, "one of them is meant"
    assert not found.sure


@pytest.mark.parametrize(
    "way", ["{}上哪一家藥局還有", "請問{}的藥局賣完了沒有", "{}那邊有沒有口罩"]
)
@pytest.mark.parametrize("road", ["中正路", "文化路"])
def test_a_road_alone_stays_a_road(road: str, way: str, index: NameIndex) -> None:
    """Where no name was said, though 藥局 was: 「一家藥局」 is neither 裕家藥局 nor 一加藥局."""
    assert resolve(way.format(road), index).meant is Meant.ROAD


def test_a_pharmacy_elsewhere_is_not_taken_for_the_one_on_the_road() -> None:
    """洄瀾藥局 is the only one on its 中華路, and sounds like nothing that was said."""
    found = resolve("中華路的福星藥局", INDEX)
    assert all(one.pharmacy.name != "洄瀾藥局" for one in found.pharmacies)


@pytest.mark.parametrize("heard", ["西港區的中山路", "但水其中山路有沒有"])
def test_a_place_is_no_pharmacy_of_its_name(heard: str, index: NameIndex) -> None:
    """西港藥局 lies on the 中山路 of 西港, 淡水藥局 on that of 淡水, but nobody said 藥局."""
    assert resolve(heard, index).meant is Meant.ROAD


@pytest.mark.parametrize(
    ("heard", "name", "district"),
    [
        ("豐春藥局還有嗎，在高雄大社區", "豐春藥局", "高雄市大社區"),
        ("我要問健安藥局，台南永康區的那間", "健安藥局", "台南市永康區"),
        ("回然要局有口罩嗎，花蓮市的", "洄瀾藥局", "花蓮縣花蓮市"),
    ],
)
def test_the_district_behind_tells_which_pharmacy_is_meant(
    heard: str, name: str, district: str
) -> None:
    """「在小港區」 behind a name tells where it is, surely, and asks for no other there."""
    found = resolve(heard, INDEX)
    assert found.meant is Meant.PHARMACY
    first = found.pharmacies[0].pharmacy
    assert (first.name, first.district.key) == (name, district)
    assert found.sure


@pytest.mark.parametrize(
    "heard",
    [
        "附近藥局還有嗎，我住台北市松山區",
        "請問永康區哪一家藥局有",
        "高雄鼓山區的藥局還有口罩嗎",
        "附近藥局還有嗎，我住台中西屯區",
    ],
)
@pytest.mark.real
def test_a_district_alone_stays_a_district(heard: str, index: NameIndex) -> None:
    """富景藥局, 一加藥局, 高雄藥局 and 927藥局 lie there, and nobody named them."""
    assert resolve(heard, index).meant is Meant.DISTRICT


def test_a_pharmacy_of_another_district_is_not_taken_for_one_there() -> None:
    """洄瀾藥局 lies in 花蓮市, and sounds like none in 小港區."""
    found = resolve("洄瀾藥局還有嗎，在小港區", INDEX)
    assert all(one.pharmacy.district.name != "小港區" for one in found.pharmacies)
