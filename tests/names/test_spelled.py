"""Places and pharmacies as our English answers spell them."""

import pytest

from shared.names.index import index_of
from shared.names.resolution import Hints, Meant
from shared.names.resolve import resolve
from shared.places.districts import all_districts
from shared.speech.english import say_district_en
from tests.small_world import CATALOG

_SMALL = index_of(CATALOG)


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("any masks in Linkou, and what do they cost?", "新北市林口區"),
        ("Ban Qiao please", "新北市板橋區"),
        ("is there a pharmacy in Chungli", "桃園市中壢區"),
        ("my boss lives in Fongyuan", "台中市豐原區"),
        ("East District of Hsinchu City", "新竹市東區"),
    ],
)
def test_a_place_that_is_spelled_is_sure(said: str, key: str) -> None:
    """In any system of romanisation; what sounds alike is not asked about."""
    found = resolve(said, _SMALL)
    assert (found.meant, found.sure) == (Meant.DISTRICT, True)
    assert found.districts[0].district.key == key


def test_districts_of_one_name_are_settled_by_what_is_known() -> None:
    """Da'an is two; a caller from Taichung means hers."""
    assert not resolve("any in Da'an", _SMALL).sure
    found = resolve("any in Da'an", _SMALL, Hints(area_code="04"))
    assert (found.sure, found.districts[0].district.key) == (True, "台中市大安區")


def test_what_the_line_says_it_hears() -> None:
    """Nearly every district is found first by its English name with its county."""
    lost = []
    for one in all_districts():
        found = resolve(f"masks in {say_district_en(one, with_county=True)}", _SMALL)
        if not found.districts or found.districts[0].district != one:
            lost.append(one.key)
    assert len(lost) < 8, lost


def test_a_landmark_in_her_own_area_is_meant_by_its_spelling() -> None:
    """Gongguan from Taipei is its part of town, in Mandarin and in English; the township has its
    level behind it, and from Miaoli it needs none."""
    taipei, miaoli = Hints(area_code="02"), Hints(area_code="037")
    found = resolve("masks around Gongguan", _SMALL, taipei)
    assert (found.meant, found.landmarks[0].name) == (Meant.LANDMARK, "公館")
    for said, hints in (("Gongguan Township", taipei), ("masks around Gongguan", miaoli)):
        there = resolve(said, _SMALL, hints)
        assert (there.meant, there.districts[0].district.key) == (Meant.DISTRICT, "苗栗縣公館鄉")


@pytest.mark.parametrize("said", ["is there one open 24 hours", "I need 40 masks for 20 people"])
def test_a_number_that_counts_something_names_nothing(said: str) -> None:
    """24 is no 二四."""
    assert resolve(said, _SMALL).named < 0.1


@pytest.mark.parametrize(
    ("said", "landmark"),
    [
        ("a pharmacy near NTU", "台灣大學"),
        ("Hsinchu Science Park, anything nearby", "竹科"),
        ("close to the National Palace Museum", "故宮"),
        ("日本人学校の近くに薬局はありますか", "日僑學校"),
    ],
)
def test_landmarks_go_by_the_names_that_visitors_use(said: str, landmark: str) -> None:
    """What no system of romanisation gives."""
    found = resolve(said, _SMALL, Hints(area_code="02"))
    assert (found.meant, found.landmarks[0].name) == (Meant.LANDMARK, landmark)
