"""Of several of one name those that the sentence, the hints and the posterior leave."""

from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

from shared.catalog import Catalog, Kind, Pharmacy
from shared.names import Hints, Meant, NameIndex, PlaceMatch, Resolution, RoadMatch, resolve
from shared.names.called_alike import in_its_county, which_place
from shared.names.index import index_of
from shared.names.offered import among_offered
from shared.names.posterior import Posterior, weighed_postings
from shared.names.road_beside import place_without_shops, without_road
from shared.places.address import Address
from shared.places.districts import all_districts, by_key
from shared.places.landmarks import landmark_named, landmarks_called


def _shop(number: int, name: str, key: str, road: str = "") -> Pharmacy:
    address = Address(f"{key}{road}{number}號", road=road, number=str(number))
    return Pharmacy(f"59{number:08}", name, Kind.PHARMACY, by_key()[key], address, "0227001001")


_ROWS = (
    ("洄瀾藥局", "新北市板橋區", "文化路"),
    ("洄瀾藥局", "新北市板橋區", "民生路"),
    ("洄瀾藥局", "新北市三重區", "正義北路"),
    ("御安藥局", "台北市士林區", "中正路"),
    ("裕安藥局", "台北市北投區", "中和街"),
)


@pytest.fixture(scope="module")
def several() -> NameIndex:
    """An index of pharmacies of one name, and of one of another in every district."""
    rows = [*_ROWS, *((f"{one.name[:-1]}光明藥局", one.key, "光明路") for one in all_districts())]
    return index_of(Catalog.of(tuple(_shop(i, *row) for i, row in enumerate(rows))))


@pytest.mark.parametrize(
    ("heard", "roads", "namesakes"),
    [
        ("洄瀾藥局", {"文化路", "民生路", "正義北路"}, 3),
        ("我要找洄瀾藥局", {"文化路", "民生路", "正義北路"}, 3),
        ("我要找板橋區的洄瀾藥局", {"文化路", "民生路"}, 2),
        ("我要找三重區的洄瀾藥局", {"正義北路"}, 1),
        ("我要找文化路的洄瀾藥局", {"文化路"}, 1),
    ],
)
def test_of_one_name_those_that_fit_are_offered(
    heard: str, roads: set[str], namesakes: int, several: NameIndex
) -> None:
    """In the district or on the road that was said with it, else all; one in its district is sure:
    of a road another may lie on it elsewhere."""
    found = resolve(heard, several)
    assert (found.meant, found.namesakes) == (Meant.PHARMACY, namesakes)
    assert found.sure is (namesakes == 1 and "區" in heard)
    alike = [one for one in found.pharmacies if one.pharmacy.name == "洄瀾藥局"]
    assert {one.pharmacy.address.road for one in alike} == roads


@pytest.mark.parametrize("heard", ["士林夜市那邊還有嗎", "新北市那邊", "我在光明路附近"])
def test_where_no_pharmacy_is_named_none_is_counted(heard: str, several: NameIndex) -> None:
    """Beside a landmark, a county or a road."""
    found = resolve(heard, several)
    assert (found.namesakes, found.pharmacies) == (0, ())


def test_of_no_pharmacies_places_are_known() -> None:
    """As before the first feed."""
    found = resolve("我住板橋那邊", index_of(Catalog.of(())))
    assert (found.sure, found.district.name, found.namesakes) == (True, "板橋區", 0)


def test_names_that_sound_alike_are_offered_side_by_side(several: NameIndex) -> None:
    """御安 and 裕安, once each, and neither is sure; behind them others that are less likely."""
    found = resolve("我要找與安藥局", several)
    assert not found.sure
    assert {one.pharmacy.name for one in found.pharmacies[:2]} == {"御安藥局", "裕安藥局"}
    assert len({one.pharmacy.id for one in found.pharmacies}) == len(found.pharmacies)


def test_a_name_is_meant_in_each_district_by_how_many_bear_it(several: NameIndex) -> None:
    """Two in 板橋 and one in 三重: two thirds of what is meant wherever it is, and with each what
    was said with its district."""
    number = several.names.numbers["洄瀾藥局"]
    postings = list(several.names.postings_of(number))
    by_place = {
        all_districts()[several.names.posting_district.item(one)].name: one for one in postings
    }
    told = Posterior.there_of
    posterior = SimpleNamespace(
        names=np.array([number]),
        alone=np.array([0.6]),
        postings=np.array([by_place["三重區"]]),
        there=np.array([0.3]),
        beside=np.array([0]),
    )
    posterior.there_of = lambda name: told(cast("Posterior", posterior), name)
    weighed = weighed_postings(0, cast("Posterior", posterior), several)
    assert weighed == pytest.approx({by_place["板橋區"]: 0.4, by_place["三重區"]: 0.2 + 0.3})


BEND, TOWNSHIP = landmark_named()["公館"], by_key()["苗栗縣公館鄉"]


def _place(*matches: PlaceMatch, heard: str = "公館", sure: bool = True) -> Resolution:
    return Resolution(heard, Meant.DISTRICT, matches, sure=sure)


def test_a_township_and_a_part_of_town_share_the_score() -> None:
    """Both are told, the township first, and asked about."""
    found = which_place(
        _place(PlaceMatch(TOWNSHIP, 0.9), PlaceMatch(DAAN[0].district, 0.05)), Hints()
    )
    assert (found.meant, found.sure, found.landmarks) == (Meant.LANDMARK, False, (BEND,))
    both = PlaceMatch(TOWNSHIP, 0.45), PlaceMatch(BEND.district, 0.45)
    assert found.districts == both


@pytest.mark.parametrize(
    ("found", "hints"),
    [
        (_place(PlaceMatch(TOWNSHIP, 0.9), sure=False), Hints()),
        (_place(PlaceMatch(TOWNSHIP, 0.9), heard="公館鄉"), Hints()),
        (_place(PlaceMatch(TOWNSHIP, 0.9), heard="苗栗的公館"), Hints()),
        (_place(PlaceMatch(TOWNSHIP, 0.9), heard="台北公館"), Hints()),
        (_place(PlaceMatch(TOWNSHIP, 0.9), heard="工館"), Hints()),
        (_place(PlaceMatch(by_key()["新北市板橋區"], 0.9)), Hints()),
        (_place(PlaceMatch(TOWNSHIP, 0.9)), Hints(area_code="037")),
        (Resolution("公館", Meant.PHARMACY, (PlaceMatch(TOWNSHIP, 0.9),), sure=True), Hints()),
        (
            Resolution(
                "公館夜市", Meant.LANDMARK, (PlaceMatch(BEND.district, 0.9),), sure=True,
                landmarks=(landmark_named()["公館夜市"],),
            ),
            Hints(),
        ),
    ],
)  # fmt: skip
def test_where_something_tells_which_it_stays(found: Resolution, hints: Hints) -> None:
    """What is not sure, a level or a county beside it, a hint, another place of that name."""
    assert which_place(found, hints) is found


DAAN = tuple(PlaceMatch(by_key()[key], 0.45) for key in ("台北市大安區", "台中市大安區"))


def test_a_county_anywhere_settles_the_district() -> None:
    """With the chance of all of its name, and no more than certain."""
    found = in_its_county(_place(*DAAN, heard="大安區，臺中的", sure=False))
    assert (found.sure, found.districts) == (True, (PlaceMatch(DAAN[1].district, 0.9),))
    more = tuple(PlaceMatch(one.district, 0.6) for one in DAAN)
    certain = in_its_county(_place(*more, heard="台北的大安區", sure=False))
    assert certain.districts == (PlaceMatch(DAAN[0].district, 1.0),)


@pytest.mark.parametrize(
    "found",
    [
        _place(*DAAN, heard="大安區，台中的"),  # sure already
        _place(*DAAN, heard="大安區，台北還是台中的", sure=False),
        _place(*DAAN, heard="大安區，高雄的", sure=False),
        _place(*DAAN, heard="大暗區，台中的", sure=False),
        _place(DAAN[1], PlaceMatch(by_key()["台中市大里區"], 0.2), heard="大安區台中", sure=False),
        _place(PlaceMatch(by_key()["新北市板橋區"], 0.5), heard="新北的板橋區", sure=False),
        Resolution("大安區，台中的", Meant.ROAD, DAAN),
    ],
)
def test_else_the_district_stays_as_unsure_as_it_was(found: Resolution) -> None:
    """Two counties or none, another district besides, a name that only one bears."""
    assert in_its_county(found) is found


@pytest.mark.parametrize(
    ("heard", "name"),
    [("林口", "林口長庚"), ("高雄的", "高雄長庚"), ("長庚", ""), ("。", ""), ("板橋", "")],
)
def test_a_part_of_one_offered_landmark_alone_chooses_it(heard: str, name: str) -> None:
    """Not what all of them are called, nor nothing."""
    stated = among_offered(heard, Hints(offered_landmarks=landmarks_called()["長庚"][:3]))
    assert [one.name for one in stated.landmarks] == [name] if stated else not name
    if stated:
        assert (stated.mention.start, stated.mention.end) == (0, len(heard))
    assert among_offered(heard, Hints()) is None


def _road(heard: str, *keys: str, sure: bool = True, road: str = "南京東路3段") -> Resolution:
    roads = tuple(RoadMatch(by_key()[key], road, 0.9) for key in keys)
    return Resolution(heard, Meant.ROAD, roads=roads, sure=sure)


@pytest.mark.parametrize(
    ("heard", "left"),
    [
        ("南京東路三段在中山區", "在中山區"),
        ("中山區的南京東路", "中山區的"),
        ("中山區南京東路3段", "中山區"),
        ("南京東路還有嗎", ""),
        ("Zhongshan, Nanjing East Road section 3.", "Zhongshan"),
        ("南勁東路在中山區", ""),
    ],
)
def test_what_is_left_without_the_road_may_name_a_place(heard: str, left: str) -> None:
    """Where the road stands in it, as found or romanised, and more than words of a question."""
    assert without_road(_road(heard, "台北市松山區", road="南京東路")) == left


ZHONGSHAN = tuple(PlaceMatch(by_key()[key], 0.46) for key in ("台北市中山區", "基隆市中山區"))


def test_the_road_in_the_district_that_was_said_is_meant() -> None:
    """Of two of a name that in the county of the road; of neither, both are asked about."""
    found = _road("中山區南京東路三段", "台北市松山區")
    beside = _place(*ZHONGSHAN, sure=False)
    there = place_without_shops(found, beside)
    assert (there.sure, there.districts) == (True, ZHONGSHAN[:1])
    assert there.roads == (RoadMatch(ZHONGSHAN[0].district, "南京東路3段", 0.46),)
    elsewhere = place_without_shops(_road("中山區南京東路三段", "高雄市三民區"), beside)
    assert (elsewhere.sure, elsewhere.districts) == (False, ZHONGSHAN)


@pytest.mark.parametrize(
    ("found", "beside"),
    [
        (_road("x", "台北市松山區"), Resolution("y")),
        (_road("x", "台北市松山區"), Resolution("y", Meant.COUNTY, ZHONGSHAN)),
        (_road("x", "台北市松山區"), _place(PlaceMatch(ZHONGSHAN[0].district, 0.89))),
        (_road("x", "台北市中山區"), _place(*ZHONGSHAN)),
        (_road("南", "台北市松山區", sure=False), _place(*ZHONGSHAN)),
        (_road("x", "台北市松山區"), _place(ZHONGSHAN[0], heard="跟中山路口")),
    ],
)
def test_else_the_road_stays_where_it_is(found: Resolution, beside: Resolution) -> None:
    """No district beside it or none that is sure, one it lies in, or both misheard; or a road that
    is called like a district."""
    assert place_without_shops(found, beside) is found
