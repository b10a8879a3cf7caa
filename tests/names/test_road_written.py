"""A road that is written behind a place is that road, whether a pharmacy lies on it or not."""

from dataclasses import replace

import pytest

from shared.catalog import Kind
from shared.names import Hints, Meant, PharmacyMatch, PlaceMatch, Resolution, RoadMatch
from shared.names.exact import districts_before
from shared.names.index import index_of
from shared.names.road_beside import road_as_written
from shared.places.districts import District, by_key, county_by_name
from tests import small_feed

INDEX = index_of(small_feed.snapshot().catalog)
DAAN, SANCHONG, YONGKANG = (
    by_key()[key] for key in ("台北市大安區", "新北市三重區", "台南市永康區")
)


def _heard(text: str, **more: object) -> Resolution:
    return replace(Resolution(text, named=0.7), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("heard", "road"),
    [
        ("三重仁美街", "仁美街"),
        ("我住三重區仁美街那邊", "仁美街"),
        ("三重的仁美街二段", "仁美街2段"),
        ("我們這邊是三重啦仁美街", "仁美街"),
        ("三重區市民大道", "市民大道"),
        ("新北市三重區重新南路三段有嗎", "重新南路3段"),
        ("永康街那邊，三重仁美街", "仁美街"),
    ],
)
def test_behind_one_district_it_is_the_road_there(heard: str, road: str) -> None:
    """Though no pharmacy lies on it: as surely as it is written, and nothing else is told."""
    shops = (PharmacyMatch(INDEX.pharmacies[0], 0.3),)
    found = road_as_written(_heard(heard, pharmacies=shops), INDEX, Hints())
    assert (found.meant, found.sure, found.pharmacies) == (Meant.ROAD, True, ())
    assert found.roads == (RoadMatch(SANCHONG, road, 0.9),)
    assert found.districts == (PlaceMatch(SANCHONG, 0.9),)


@pytest.mark.parametrize(
    "heard",
    [
        "三重有仁美街",  # a word of a question stands between
        "三重仁街",  # one character
        "三重吉祥美麗好街",  # five
        "仁美街",  # behind nothing
        "板凳仁美街",
        "三重仁美街口",
        "三重12路",
        "三重仁美巷",
    ],
)
def test_what_is_no_road_behind_a_place_changes_nothing(heard: str) -> None:
    """Its name has two to four characters, and is no word of a question."""
    found = _heard(heard)
    assert road_as_written(found, INDEX, Hints()) is found


def test_of_a_county_those_districts_are_told_in_which_shops_lie_on_it() -> None:
    """At most three, which share the chance; where there is one, it is sure."""
    found = road_as_written(_heard("台北光明路"), INDEX, Hints())
    assert (found.meant, found.sure, len(found.roads)) == (Meant.ROAD, False, 3)
    assert {one.district.county.name for one in found.roads} == {"台北市"}
    shared = [one.score for one in found.roads]
    assert shared == [shared[0]] * 3
    assert shared[0] < 0.9 / 4
    one = road_as_written(_heard("台北和平東路二段"), INDEX, Hints())
    assert one.roads == (RoadMatch(DAAN, "和平東路2段", 0.9),)
    assert one.sure


def test_of_a_county_without_it_the_county_is_told() -> None:
    """Or the two that are called so, with what was mentioned."""
    found = road_as_written(_heard("台北仁美街"), INDEX, Hints())
    assert (found.meant, found.sure, found.named) == (Meant.COUNTY, False, 0.7)
    assert (found.county, found.counties) == (county_by_name()["台北市"], ())
    both = road_as_written(_heard("嘉義仁美街"), INDEX, Hints())
    assert both.county is None
    assert {one.name for one in both.counties} == {"嘉義市", "嘉義縣"}


def _on(district: District, road: str, score: float) -> tuple[RoadMatch, ...]:
    return (RoadMatch(district, road, score),)


def test_a_road_that_was_found_as_it_is_written_there_stays() -> None:
    """With its section; without it the section is told that is written; elsewhere it does not."""
    found = _heard("三重仁美街二段", meant=Meant.ROAD, roads=_on(SANCHONG, "仁美街2段", 0.5))
    assert road_as_written(found, INDEX, Hints()) is found
    whole = replace(found, roads=_on(SANCHONG, "仁美街", 0.5))
    assert road_as_written(whole, INDEX, Hints()) == found
    elsewhere = _heard("三重仁美街", meant=Meant.ROAD, roads=_on(DAAN, "仁美街", 0.5))
    assert road_as_written(elsewhere, INDEX, Hints()).roads[0].district == SANCHONG


@pytest.mark.parametrize(("score", "kept"), [(0.8, True), (0.7, False)])
def test_a_road_that_sounds_so_may_be_misheard(score: float, kept: bool) -> None:
    """Where it is likely and lies there: 人美街 for 仁美街."""
    found = _heard("三重人美街", meant=Meant.ROAD, roads=_on(SANCHONG, "仁美街", score))
    told = road_as_written(found, INDEX, Hints())
    assert told.roads == (_on(SANCHONG, "仁美街", score) if kept else _on(SANCHONG, "人美街", 0.9))
    there = road_as_written(replace(found, heard="三重光明路"), INDEX, Hints())
    assert there.roads == _on(SANCHONG, "光明路", 0.9)


@pytest.mark.parametrize(
    "found",
    [
        _heard("三重仁美街", meant=Meant.LANDMARK, sure=True),
        _heard("三重仁美街", meant=Meant.PHARMACY, sure=True),
        _heard("三重仁美街的衛生所", kind=Kind.HEALTH_CENTRE),
        _heard("三重仁美街安安藥局", meant=Meant.PHARMACY),
    ],
)
def test_what_was_named_otherwise_stays(found: Resolution) -> None:
    """A landmark or a pharmacy, surely; a health centre; a pharmacy by its name."""
    assert road_as_written(found, INDEX, Hints()) is found


@pytest.mark.parametrize(
    ("meant", "sure", "heard"),
    [
        (Meant.DISTRICT, True, "三重仁美街"),
        (Meant.ROAD, True, "三重仁美街"),
        (Meant.LANDMARK, False, "三重仁美街"),
        (Meant.PHARMACY, False, "三重仁美街的藥局"),
        (Meant.DISTRICT, True, "三重仁美街那間安安藥局"),
    ],
)
def test_else_the_road_is_meant(meant: Meant, sure: bool, heard: str) -> None:
    """Behind a district, and where a pharmacy was heard by no more than its 藥局."""
    found = road_as_written(_heard(heard, meant=meant, sure=sure), INDEX, Hints())
    assert found.roads == _on(SANCHONG, "仁美街", 0.9)


@pytest.mark.parametrize(
    ("heard", "keys"),
    [
        ("三重", {"新北市三重區"}),
        ("我住新北市三重區", {"新北市三重區"}),
        ("臺東市", {"台東縣台東市"}),
        ("大安區", {"台北市大安區", "台中市大安區"}),
        ("我", set()),
        ("沒有", set()),
    ],
)
def test_the_longest_name_right_before_a_place_counts(heard: str, keys: set[str]) -> None:
    """Of six characters at most; what stands behind is not read."""
    found = districts_before(heard + "仁美街", len(heard), Hints())
    assert {one.key for one in found} == keys


def test_hints_settle_a_district_before_a_road() -> None:
    """And a county is all of its districts."""
    there = districts_before("大安區和平路", 3, Hints(area_code="04"))
    assert [one.key for one in there] == ["台中市大安區"]
    county = districts_before("台北和平路", 2, Hints())
    assert {one.county.name for one in county} == {"台北市"}
    assert len(county) == 12
