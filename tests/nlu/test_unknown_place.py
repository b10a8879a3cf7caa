"""A place of which there is no list: 「仁愛國小附近」 is asked for by its road, and is no other."""

import pytest

from nlu.understand import understand
from shared.dialog.acts import TellPharmacy
from shared.dialog.values import State, Utterance
from shared.names.index import NameIndex
from shared.names.resolution import Meant

UNKNOWN = {
    ("保濟宮那邊有沒有", "02", "台北市大同區"): "whatever sounds like it",
    ("仁愛國小附近", "02", "台北市信義區"): "仁愛區 of 基隆",
    ("我住在民生國中對面", "02", ""): "民生藥局",
    ("福興宮旁邊", "02", ""): "福興鄉 of 彰化, in full",
    ("我在全聯旁邊", "02", ""): "nothing",
    ("宏恩醫院旁邊", "02", ""): "nothing",
    ("勝利交流道附近", "03", ""): "nothing",
    ("北回歸線那邊", "05", "嘉義縣水上鄉"): "北竿 and 北屯, elsewhere",
}
"""What is said, from where, after which place → what it was taken for."""


@pytest.mark.parametrize(("said", "area", "place"), UNKNOWN)
def test_it_is_asked_for_by_its_road(said: str, area: str, place: str, index: NameIndex) -> None:
    """And nothing that only sounds like it is offered."""
    state = State(area_code=area, place=place)
    understood = understand(Utterance(text=said), state, index)
    assert [act.label for act in understood.acts] == ["ask.landmark"]
    assert understood.names is None


@pytest.mark.parametrize(
    ("said", "district"),
    [
        ("松山健保局旁邊那個藥局有沒有", "台北市松山區"),
        ("永和國小附近", "新北市永和區"),
        ("大安區公所旁邊", "台北市大安區"),
        ("水上鄉水上國小", "嘉義縣水上鄉"),
    ],
)
def test_with_its_district_it_is_there(said: str, district: str, index: NameIndex) -> None:
    """The district that stands before it is known."""
    names = understand(Utterance(text=said), State(area_code="02"), index).names
    assert names
    assert (names.meant, names.sure) == (Meant.DISTRICT, True)
    assert names.districts[0].district.key == district


def test_in_english_its_district_stands_apart(index: NameIndex) -> None:
    """From 02 too "Luodong, near the bus station" is in 羅東, though the station is on no list."""
    said = Utterance(text="Luodong, near the bus station")
    names = understand(said, State(locale="en-US", area_code="02"), index).names
    assert names
    assert names.districts[0].district.key == "宜蘭縣羅東鎮"


def test_from_there_a_name_in_full_is_the_district(index: NameIndex) -> None:
    """「福興宮」, from 彰化: in 福興鄉."""
    names = understand(Utterance(text="福興宮旁邊"), State(area_code="04"), index).names
    assert names
    assert names.districts[0].district.key == "彰化縣福興鄉"


def test_what_is_known_is_known(index: NameIndex) -> None:
    """「建國市場」 is on the list; what is beside a pharmacy is asked of the pharmacy."""
    for said, label in (("建國市場附近", "ask"), ("旁邊有公園嗎", "topic.landmark")):
        acts = understand(Utterance(text=said), State(), index).acts
        assert [act.label for act in acts] == [label]


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("en-US", "is it close to the park"),
        ("en-US", "is it near the MRT"),
        ("ja-JP", "そこは学校の隣ですか"),
        ("zh-TW", "那間在公園旁邊嗎"),
    ],
)
def test_what_the_pharmacy_is_near_is_asked_of_it(locale: str, said: str, index: NameIndex) -> None:
    """After an answer: it is no place where the caller is."""
    shop = index.catalog.pharmacies[0]
    told = TellPharmacy(shop.id, "adult_mask")
    state = State(locale=locale, place=shop.district.key, told=(shop.id,), said=(told,))
    acts = understand(Utterance(text=said), state, index).acts
    assert [act.label for act in acts] == ["topic.landmark"]
