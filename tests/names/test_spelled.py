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
