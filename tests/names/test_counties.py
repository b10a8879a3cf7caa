"""嘉義 and 新竹 are a city and a county: which one is asked, unless something tells."""

import pytest

from shared.names.index import NameIndex
from shared.names.resolution import Hints, Meant
from shared.names.resolve import resolve
from shared.places.districts import all_counties, by_key

CHIAYI = tuple(county for county in all_counties() if county.name[:-1] == "嘉義")
HSINCHU = tuple(county for county in all_counties() if county.name[:-1] == "新竹")


@pytest.mark.parametrize("heard", ["{}", "{}還有口罩嗎", "{}的口罩", "我在{}"])
def test_a_name_of_both_is_both(heard: str, index: NameIndex) -> None:
    """Neither is taken; the area code, which they share, tells nothing."""
    for stem, both in (("嘉義", CHIAYI), ("新竹", HSINCHU)):
        for hints in (Hints(), Hints(area_code="05"), Hints(area_code="03")):
            found = resolve(heard.format(stem), index, hints)
            assert (found.meant, found.county) == (Meant.COUNTY, None)
            assert set(found.counties) == set(both)


@pytest.mark.parametrize(
    ("heard", "hints", "name"),
    [
        ("嘉義市", Hints(), "嘉義市"),
        ("嘉義縣還有口罩嗎", Hints(), "嘉義縣"),
        ("家意縣還有口罩嗎", Hints(), "嘉義縣"),
        ("嘉義還有口罩嗎", Hints(place=by_key()["嘉義縣民雄鄉"]), "嘉義縣"),
        ("台中還有口罩嗎", Hints(), "台中市"),
    ],
)
def test_what_tells_is_taken(heard: str, hints: Hints, name: str, index: NameIndex) -> None:
    """市 or 縣 said with it, or the last place."""
    found = resolve(heard, index, hints)
    assert (found.meant, found.counties) == (Meant.COUNTY, ())
    assert found.county is not None
    assert found.county.name == name
