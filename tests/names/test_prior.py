"""What is likelier before the words are heard: each rule decides where the sound does not."""

import math
from itertools import pairwise

import numpy as np
import pytest

from shared.catalog import Catalog
from shared.names import Hints, Meant, NameIndex, resolve
from shared.names.index import index_of
from shared.names.lexicon import all_places
from shared.names.prior import Prior, prior_of
from shared.places.districts import District, by_key
from shared.places.landmarks import Landmark, landmark_named
from shared.places.telephone_numbers import counties_of
from tests import small_feed

DAAN = "大安區有沒有口罩啊"
"""大安區 is in 台北 and in 台中; written out, with words around it, so that it is weighed."""


@pytest.mark.parametrize(("area", "county"), [("02", "台北市"), ("04", "台中市")])
def test_a_landline_asks_about_its_own_area(area: str, county: str, index: NameIndex) -> None:
    """Surely, where the name alone would leave two."""
    found = resolve(DAAN, index, Hints(area_code=area))
    assert found.sure
    assert found.districts[0].district.county.name == county


def test_of_two_namesakes_neither_is_sure(index: NameIndex) -> None:
    """Without any hint each has about half."""
    found = resolve(DAAN, index)
    assert found.meant is Meant.DISTRICT
    assert not found.sure
    assert {match.district.key for match in found.districts[:2]} == {"台北市大安區", "台中市大安區"}


def test_the_last_place_settles_its_name(index: NameIndex) -> None:
    """Who spoke of 台中市大安區 still means it."""
    found = resolve(DAAN, index, Hints(place=by_key()["台中市大安區"]))
    assert found.sure
    assert found.districts[0].district.key == "台中市大安區"


def test_what_was_offered_settles_its_name_against_the_area(index: NameIndex) -> None:
    """It was just read out, so it is meant, wherever the call comes from."""
    hints = Hints(area_code="02", offered_places=(by_key()["台中市大安區"],))
    found = resolve(DAAN, index, hints)
    assert found.districts[0].district.key == "台中市大安區"


def test_a_hint_names_nothing_by_itself(index: NameIndex) -> None:
    """However likely a place is, somebody must have said it."""
    hints = Hints(area_code="02", place=by_key()["台北市大安區"])
    assert not resolve("那怎麼辦才好呢", index, hints).sure


def test_what_is_written_wins_over_what_sounds_alike_in_the_area(index: NameIndex) -> None:
    """芬園 is rung from 04 too and sounds like 豐原; 豐原 was written."""
    found = resolve("你好 我住豐原 想買口罩", index, Hints(area_code="04"))
    assert (found.sure, found.districts[0].district.key) == (True, "台中市豐原區")


def test_a_county_misheard_is_not_its_town(index: NameIndex) -> None:
    """台東線 is 台東縣, and what stands behind it the place: not 台東市, however it is written."""
    found = resolve("我要問台東線關宣證口罩的事", index)
    assert found.districts[0].district.key == "台東縣關山鎮"


PARTS = [
    ("公館", Hints(area_code="02"), "公館", "台北市中正區"),
    ("公館", Hints(place=by_key()["台北市萬華區"]), "公館", "台北市中正區"),
    ("公館", Hints(area_code="037"), "", "苗栗縣公館鄉"),
    ("公館", Hints(place=by_key()["苗栗縣苗栗市"]), "", "苗栗縣公館鄉"),
    ("東區", Hints(area_code="02"), "台北東區", "台北市大安區"),
    ("東區", Hints(area_code="03"), "", "新竹市東區"),
    ("埔心", Hints(area_code="03"), "埔心", "桃園市楊梅區"),
    ("埔心", Hints(area_code="04"), "", "彰化縣埔心鄉"),
]


@pytest.mark.parametrize("sentence", ["{}", "我在{}", "{}還有口罩嗎", "{}那邊哪裡有口罩"])
@pytest.mark.parametrize(("name", "hints", "landmark", "district"), PARTS)
def test_a_part_of_town_nearby_is_meant_before_a_township_elsewhere(
    name: str, hints: Hints, landmark: str, district: str, sentence: str, index: NameIndex
) -> None:
    """公館 is a part of 台北 to whoever rings from there, and 公館鄉 to its neighbours."""
    found = resolve(sentence.format(name), index, hints)
    assert found.sure
    assert [one.name for one in found.landmarks] == [landmark] * bool(landmark)
    assert found.districts[0].district.key == district


WEIGHED = "我等一下要去大安區看醫生順便買口罩"
"""With words beside it that no list knows: weighed by its sound, and by what is likelier."""

TAIPEI, TAICHUNG = by_key()["台北市大安區"], by_key()["台中市大安區"]


def _first(hints: Hints, index: NameIndex) -> tuple[str, bool]:
    found = resolve(WEIGHED, index, hints)
    return found.districts[0].district.key, found.sure


def test_what_was_offered_goes_before_what_was_talked_about(index: NameIndex) -> None:
    """It was read out a moment ago; the other is a turn older."""
    hints = Hints(place=TAICHUNG, offered_places=(TAIPEI,))
    assert _first(hints, index)[0] == TAIPEI.key


def test_what_was_offered_goes_before_the_area(index: NameIndex) -> None:
    """Callers ask for others too, and have just heard it."""
    assert _first(Hints(area_code="04", offered_places=(TAIPEI,)), index)[0] == TAIPEI.key


def test_an_offer_does_not_outweigh_the_area_and_the_last_place(index: NameIndex) -> None:
    """Who rings from Taichung and spoke of it still means it, whatever else was read out."""
    hints = Hints(area_code="04", place=TAICHUNG, offered_places=(TAIPEI,))
    assert _first(hints, index)[0] == TAICHUNG.key


def test_the_last_place_and_the_area_are_asked_about_where_they_differ(index: NameIndex) -> None:
    """Who rings from Taipei and spoke of Taichung's may mean either."""
    assert not _first(Hints(area_code="02", place=TAICHUNG), index)[1]


HOSPITAL, BEND = landmark_named()["台大醫院"], landmark_named()["公館"]
"""both in 台北市中正區"""
FROM_TAIPEI = Hints(area_code="02")

LADDER: tuple[tuple[str, str, Hints, District | Landmark], ...] = (
    ("nothing is known of it", "", Hints(), TAIPEI),
    ("a landmark of the county that was talked about", "", Hints(place=TAIPEI), HOSPITAL),
    ("the district that was talked about", "", Hints(place=TAIPEI), TAIPEI),
    ("a place of the caller's area", "", FROM_TAIPEI, TAIPEI),
    ("a landmark of the district talked about", "", Hints(place=HOSPITAL.district), HOSPITAL),
    ("what was just read out", "", Hints(offered_places=(TAIPEI,)), TAIPEI),
    ("a district that stands written", "我在板橋", Hints(), by_key()["新北市板橋區"]),
    ("and is of the area too", "我在板橋", FROM_TAIPEI, by_key()["新北市板橋區"]),
    ("a part of town nearby, written, whose name a township has", "公館", FROM_TAIPEI, BEND),
)
"""Each is likelier beforehand than the one before it."""


def _weight(text: str, hints: Hints, place: District | Landmark, index: NameIndex) -> float:
    return float(prior_of(text, hints, index).places[all_places().index(place)])


@pytest.mark.parametrize(("less", "more"), list(pairwise(LADDER)), ids=lambda one: one[0])
def test_each_step_of_what_is_likelier_is_higher_than_the_one_below(
    less: tuple[str, str, Hints, District | Landmark],
    more: tuple[str, str, Hints, District | Landmark],
    index: NameIndex,
) -> None:
    """And clearly so: by a third of the odds at least."""
    gain = _weight(*more[1:], index) - _weight(*less[1:], index)
    assert gain > math.log(1.33)


def test_a_landmark_that_stands_written_is_as_one_read_out(index: NameIndex) -> None:
    """More than one of the district talked about, and less than a district that stands written:
    埔心 is a part of 楊梅, and 埔心鄉 is meant by whoever says no more."""
    written = _weight("台大醫院", Hints(), HOSPITAL, index)
    assert written == _weight("", Hints(offered_landmarks=(HOSPITAL,)), HOSPITAL, index)
    assert written > _weight("", Hints(place=HOSPITAL.district), HOSPITAL, index)
    assert written < _weight("板橋", Hints(), by_key()["新北市板橋區"], index)


SMALL = index_of(small_feed.snapshot().catalog)
SHOPS = {one.name: one for one in SMALL.catalog.pharmacies}


def _texts(numbers: tuple[int, ...]) -> set[str]:
    return {SMALL.names.texts[number] for number in numbers}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("我要找長青藥局", {"長青藥局", "長青"}),
        ("光明路", {"光明路"}),
        ("長青藥局在光明路", {"長青藥局", "長青", "光明路"}),
        ("長親藥局", set()),
        ("嗯" * 38 + "光明路", set()),  # beyond what is listened to
        ("", set()),
    ],
)
def test_a_name_that_stands_in_the_text_is_known(text: str, names: set[str]) -> None:
    """From its first character to its last, wherever, of the first forty."""
    assert _texts(prior_of(text, Hints(), SMALL).written) == names


def test_what_was_read_out_and_what_was_doubtful_are_known() -> None:
    """The pharmacies by their names, one of no catalogue is left out; what was doubtful a turn ago
    goes before what was talked about, and behind what was read out."""
    other = landmark_named()["台大醫院"]
    hints = Hints(
        offered_pharmacies=(SHOPS["長青藥局"],),
        doubtful_pharmacies=(SHOPS["福星藥局"],),
        offered_landmarks=(other,),
        doubtful_places=(TAIPEI,),
    )
    found = prior_of("", hints, SMALL)
    assert _texts(found.names) == {"長青藥局", "福星藥局"}
    weights = {one: found.places.item(all_places().index(one)) for one in (other, TAIPEI, TAICHUNG)}
    assert weights[other] > weights[TAIPEI] > weights[TAICHUNG] == 0
    assert weights[TAIPEI] > _weight("", Hints(place=TAIPEI), TAIPEI, SMALL)
    gone = index_of(Catalog.of((SHOPS["海風藥局"],)))
    assert prior_of("", hints, gone).names == ()


def test_what_stands_written_is_no_hint() -> None:
    """Nor is a word that is a district too clear: 和平 is peace."""
    found = prior_of("我住板橋，和平", Hints(area_code="02"), SMALL)
    banqiao = all_places().index(by_key()["新北市板橋區"])
    heping = all_places().index(by_key()["台中市和平區"])
    assert found.places.item(banqiao) > found.hinted.item(banqiao) > 0
    assert banqiao in found.written_places
    assert heping not in found.written_places
    assert found.places.item(heping) == 0


def test_of_places_of_one_name_those_that_hints_favour_are_left() -> None:
    """And what differs by little; without hints all of them."""
    hinted = np.array([3.0, 2.6, 2.4, 0.0, 0.0], np.float32)
    prior = Prior(hinted, hinted)
    assert prior.favoured(np.array([0, 1, 2, 3])).tolist() == [True, True, False, False]
    assert prior.favoured(np.array([3, 4])).tolist() == [True, True]


def test_two_forms_in_one_text_make_a_place_no_likelier_than_the_clearer(index: NameIndex) -> None:
    """板橋 and 板橋區 stand there, and it is one place."""
    place = by_key()["新北市板橋區"]
    assert _weight("板橋區", Hints(), place, index) == _weight("板橋", Hints(), place, index)


def test_the_area_code_favours_its_counties_alone(index: NameIndex) -> None:
    """Their districts and their landmarks."""
    found = prior_of("", FROM_TAIPEI, index).places
    for number, place in enumerate(all_places()):
        district = place.district if isinstance(place, Landmark) else place
        assert (found.item(number) > 0) is (district.county in counties_of("02"))
