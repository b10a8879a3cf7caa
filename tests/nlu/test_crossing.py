"""Roads named with another, and roads of another part of the country."""

import pytest

from nlu.understand import understand
from shared.dialog.values import State, Utterance
from shared.names.index import NameIndex
from shared.names.resolution import Meant, Resolution

pytestmark = pytest.mark.real


def _names(said: str, state: State, index: NameIndex) -> Resolution:
    names = understand(Utterance(text=said), state, index).names
    assert names is not None
    return names


@pytest.mark.parametrize("said", ["忠孝東路跟復興南路口", "我在忠孝東路 復興南路"])
def test_two_roads_cross_in_the_one_district_that_has_both(said: str, index: NameIndex) -> None:
    """忠孝東路 runs through 大安, 信義, 中正 and 汐止; 復興南路 is in 大安 alone."""
    names = _names(said, State(area_code="02"), index)
    assert (names.meant, names.sure) == (Meant.ROAD, True)
    assert names.roads[0].district.key == "台北市大安區"


def test_a_road_of_another_county_is_asked_about(index: NameIndex) -> None:
    """大學路 of 三峽 is the only one with a pharmacy, and 民雄 has one too."""
    there = State(area_code="05", place="嘉義縣民雄鄉")
    assert not _names("大學路", there, index).sure
    assert _names("三峽大學路", there, index).sure
    assert _names("大學路", State(area_code="02"), index).sure


def test_a_landmark_of_another_county_is_asked_about(index: NameIndex) -> None:
    """文化中心 is a station of 高雄, and other towns have one; from nowhere it is that station."""
    there = State(area_code="06", place="台南市安南區")
    assert not understand(Utterance(text="文化中心"), there, index).acts[0].names
    assert not _names("那間在巨蛋站附近嗎", there, index).sure
    assert _names("文化中心站", State(area_code="06"), index).sure
