"""What is named only beside a place: its station, 「火車站附近」, and its villages."""

import pytest

from shared.names.index import NameIndex
from shared.names.local_names import local_name
from shared.names.resolution import Hints, Meant, PlaceMatch, Resolution
from shared.names.resolve import resolve
from shared.places.districts import all_districts, by_key, county_by_name
from shared.places.landmarks import LandmarkKind, landmark_named

OF_A_PLACE = {
    ("火車站附近", "新北市板橋區"): "板橋車站",
    ("離火車站多遠", "彰化縣員林市"): "員林車站",
    ("火車站那邊呢", "台北市松山區"): "松山車站",  # it lies in 信義區
    ("火車站附近", "台中市西屯區"): "台中車站",  # six kilometres, and called like the city
    ("車站附近有沒有", "桃園市中壢區"): "中壢車站",  # and not 內壢, in the same district
    ("高鐵站附近", "新竹縣竹北市"): "高鐵新竹站",
    ("高鐵站那邊", "新竹市東區"): "高鐵新竹站",
    ("near the train station", "新北市板橋區"): "板橋車站",
    ("駅の近く", "新北市板橋區"): "板橋車站",
    ("火車站附近", "台南市麻豆區"): "隆田車站",  # eight kilometres
    ("高鐵站附近", "台南市佳里區"): "高鐵台南站",  # thirty
    ("縣政府那邊", "彰化縣員林市"): "彰化縣政府",
    ("near the city hall", "台中市北屯區"): "台中市政府",
    ("closest to the MRT station", "新北市板橋區"): "捷運板橋站",
    ("is there one near the MRT", "台北市士林區"): "捷運士林站",
}


@pytest.mark.parametrize(("heard", "place"), OF_A_PLACE)
def test_it_is_that_of_the_place_that_was_talked_about(
    heard: str, place: str, index: NameIndex
) -> None:
    """The one that people there mean by it."""
    found = resolve(heard, index, Hints(place=by_key()[place]))
    assert (found.meant, found.sure) == (Meant.LANDMARK, True)
    assert [one.key for one in found.landmarks] == [OF_A_PLACE[heard, place]]


@pytest.mark.parametrize(
    ("heard", "near", "station"),
    [
        ("離車站近一點的", "捷運中山站", "捷運中山站"),
        ("駅から歩いて何分ですか", "捷運中山站", "捷運中山站"),
        ("火車站附近", "捷運中山站", "台北車站"),
        ("離車站多遠", "台大醫院", "台北車站"),
    ],
)
def test_it_is_the_stop_that_was_talked_about(
    heard: str, near: str, station: str, index: NameIndex
) -> None:
    """「捷運中山站附近」, 「離車站近一點的」; the railway's where that is said."""
    named = landmark_named()[near]
    found = resolve(heard, index, Hints(place=named.district, near=named))
    assert [one.key for one in found.landmarks] == [station]


def test_a_stop_of_the_metro_lies_in_the_place(index: NameIndex) -> None:
    """信義安和 is called like 信義區, and lies in 大安區; where is no metro, none is meant."""
    xinyi = by_key()["台北市信義區"]
    found = resolve("the one nearest to an MRT station", index, Hints(place=xinyi))
    assert [one.district for one in found.landmarks] == [xinyi]
    without = Hints(place=by_key()["台南市北區"])
    assert not resolve("near the MRT station", index, without).sure


def test_beside_a_place_it_is_its_station(index: NameIndex) -> None:
    """「員林的火車站」, after 板橋; 「烏日高鐵站」, which is called 台中."""
    after = Hints(place=by_key()["新北市板橋區"])
    for heard, station in (("員林的火車站附近", "員林車站"), ("烏日高鐵站附近", "高鐵台中站")):
        found = resolve(heard, index, after)
        assert [one.key for one in found.landmarks] == [station]


def test_in_answer_to_which_district_it_is_that_of_the_city(index: NameIndex) -> None:
    """「嘉義市的哪一區呢？」, 「火車站那邊」."""
    city = county_by_name()["嘉義市"]
    there = tuple(one for one in all_districts() if one.county == city)
    found = resolve("火車站那邊", index, Hints(offered_places=there))
    assert [one.key for one in found.landmarks] == ["嘉義車站"]


@pytest.mark.parametrize(
    ("heard", "place"),
    [
        ("火車站附近", ""),  # of nowhere
        ("火車站附近", "澎湖縣馬公市"),  # there is none
        ("新無日火車站附近", "新北市板橋區"),  # 新烏日: another's name was misheard
        ("公車站旁邊", "新北市板橋區"),
    ],
)
def test_it_is_no_station_of_the_place(heard: str, place: str, index: NameIndex) -> None:
    """Where none is near, or something else is named."""
    found = resolve(heard, index, Hints(place=by_key().get(place)))
    of_the_place = {"松山車站", "板橋車站"}
    assert not of_the_place.intersection(one.key for one in found.landmarks)


@pytest.mark.parametrize(
    ("heard", "place"), [("火車站附近", "新北市萬里區"), ("高鐵站附近", "宜蘭縣頭城鎮")]
)
def test_a_place_without_a_station_has_none(heard: str, place: str, index: NameIndex) -> None:
    """Nine kilometres from 基隆車站, thirty-one from 高鐵南港站, people call neither theirs."""
    assert not resolve(heard, index, Hints(place=by_key()[place])).sure


def test_a_station_nearby_is_nearer_than_a_district_far_away(index: NameIndex) -> None:
    """「北門」 is a district of 台南 and a station of 台北."""
    north = by_key()["台北市中正區"]
    for hints, name in (
        (Hints(place=north), ["捷運北門站"]),
        (Hints(area_code="02"), ["捷運北門站"]),
        (Hints(area_code="06"), []),
        (Hints(), []),
    ):
        assert [one.key for one in resolve("北門", index, hints).landmarks] == name
    assert not resolve("北門區", index, Hints(place=north)).landmarks


@pytest.mark.parametrize(
    ("heard", "hints", "station"),
    [
        ("八堵呢", Hints(place=by_key()["基隆市七堵區"]), "八堵車站"),
        ("山佳有沒有", Hints(area_code="02"), "山佳車站"),
        ("山佳有沒有", Hints(area_code="07"), None),  # not from 高雄
        ("中山", Hints(area_code="02"), None),  # a district before the station
        ("山佳", Hints(), None),
    ],
)
def test_a_station_is_a_place_where_nothing_else_is_called_so(
    heard: str, hints: Hints, station: str | None, index: NameIndex
) -> None:
    """By its bare name, in the counties around the caller."""
    found = resolve(heard, index, hints)
    told = found.landmarks[0].key if found.sure and found.landmarks else None
    assert told == station


VILLAGES = {
    ("水門那邊有沒有", "屏東縣內埔鄉"): "水門村",
    ("水碓", "新北市淡水區"): "水碓里",
    ("我住水碓裡這邊", "新北市淡水區"): "水碓里",  # by the sound of its ending
    ("我住誰對里", "新北市淡水區"): "水碓里",  # and of the rest of it
    ("誰對那邊", "新北市淡水區"): None,  # by its sound with its ending alone
    ("板橋江翠里", "新北市淡水區"): "江翠里",
    ("水上鄉水上村", ""): "水上村",  # called like its district
    ("東勢呢", "屏東縣內埔鄉"): "東勢村",  # and not 東勢區 of 台中
    ("巷口里", "台南市永康區"): None,  # 永康 has none
    ("巷口", "台南市麻豆區"): None,  # an everyday word, which names 巷口里 with its ending alone
    ("巷口里", "台南市麻豆區"): "巷口里",
    ("潮州呢", "屏東縣內埔鄉"): None,  # a town of the same county
    ("水門藥局", "屏東縣內埔鄉"): None,
    ("水門", ""): None,
    ("前鎮 草衙", ""): "草衙里",
    ("請幫我查一下土城清水那邊", ""): "清水里",  # and not 清水區 of 台中
    ("江翠車站", "新北市板橋區"): "江翠里",  # of a station that is on no list
    ("後庄國小旁邊", "高雄市大寮區"): "後庄里",
}


@pytest.mark.parametrize(("heard", "place"), VILLAGES)
def test_a_village_is_known_where_its_district_is(heard: str, place: str, index: NameIndex) -> None:
    """It is all that is said, beside the words of a question."""
    found = resolve(heard, index, Hints(place=by_key().get(place)))
    names = [one.name for one in found.landmarks if one.kind is LandmarkKind.VILLAGE]
    assert names == ([VILLAGES[heard, place]] if VILLAGES[heard, place] else [])
    assert found.sure or not names


BANQIAO, YUANLIN = by_key()["新北市板橋區"], by_key()["彰化縣員林市"]


def _found(heard: str, *keys: str, meant: Meant = Meant.DISTRICT, sure: bool = True) -> Resolution:
    matches = tuple(PlaceMatch(by_key()[key], 0.9) for key in keys)
    return Resolution(heard, meant, matches, sure=sure)


UNKNOWN = Resolution("火車站")


@pytest.mark.parametrize(
    ("found", "hints", "station"),
    [
        (_found("火車站", "彰化縣員林市"), Hints(place=BANQIAO), "員林車站"),
        (_found("員林 火車站", "彰化縣員林市", sure=False), Hints(place=BANQIAO), "員林車站"),
        (_found("火車站", "彰化縣員林市", sure=False), Hints(place=BANQIAO), "板橋車站"),
        (
            Resolution("火車站", Meant.COUNTY, county=county_by_name()["嘉義市"], sure=True),
            Hints(place=BANQIAO),
            "嘉義車站",
        ),
        (
            _found("火車站", meant=Meant.NOTHING, sure=False),
            Hints(offered_places=(YUANLIN,)),
            "彰化車站",
        ),
        (UNKNOWN, Hints(offered_places=(BANQIAO, YUANLIN)), ""),
        (UNKNOWN, Hints(), ""),
        (_found("火車站", "彰化縣員林市", meant=Meant.PHARMACY), Hints(place=BANQIAO), ""),
        (_found("火車站", "彰化縣員林市", meant=Meant.ROAD), Hints(place=BANQIAO), ""),
    ],
)
def test_the_place_is_the_one_named_beside_it(
    found: Resolution, hints: Hints, station: str
) -> None:
    """Surely, or by its characters; else the one talked about. A county has one that is called like
    it; what is sure and no district or county stays."""
    told = local_name(found, hints)
    if station:
        assert [one.key for one in told.landmarks] == [station]
        assert (told.meant, told.sure) == (Meant.LANDMARK, True)
        (mention,) = told.mentions
        assert told.heard[mention.start : mention.end] == "火車站"
    else:
        assert told is found


@pytest.mark.parametrize(
    ("found", "hints"),
    [
        (_found("北門", "台南市北門區"), Hints()),
        (_found("北門", "台南市北門區"), Hints(area_code="06")),
        (_found("北門", "台南市北門區", sure=False), Hints(area_code="02")),
        (_found("北門那條路", "台南市北門區"), Hints(area_code="02")),
        (_found("北門", "台北市中正區"), Hints(area_code="02")),
        (_found("七股", "台南市七股區"), Hints(area_code="02")),
    ],
)
def test_a_district_elsewhere_stays_where_no_station_nearby_is_called_so(
    found: Resolution, hints: Hints
) -> None:
    """Nothing tells where the caller is, it is hers, it was not sure, or more is said."""
    assert local_name(found, hints) is found


def test_a_station_that_is_called_like_a_district_is_told_where_it_stands() -> None:
    """In the utterance as it was given."""
    told = local_name(_found("我在 北門", "台南市北門區"), Hints(area_code="02"))
    assert [one.key for one in told.landmarks] == ["捷運北門站"]
    (mention,) = told.mentions
    assert (mention.start, mention.end) == (3, 5)


@pytest.mark.parametrize(
    ("heard", "span"), [("我住水碓里", (2, 5)), ("淡水 水碓", (3, 5)), ("淡水的水碓", (3, 5))]
)
def test_a_village_is_told_as_it_is_written(heard: str, span: tuple[int, int]) -> None:
    """Behind its district or without."""
    told = local_name(_found(heard, "新北市淡水區"), Hints())
    assert (told.meant, told.written, told.landmarks[0].name) == (Meant.LANDMARK, True, "水碓里")
    (mention,) = told.mentions
    assert (mention.start, mention.end) == span
