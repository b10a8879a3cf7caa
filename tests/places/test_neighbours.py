"""Districts that border on one another."""

import pytest

from shared.places.districts import District, all_districts, by_key
from shared.places.neighbours import neighbours_of

ISLANDS = {
    *("連江縣南竿鄉", "連江縣北竿鄉", "連江縣莒光鄉", "連江縣東引鄉"),
    *("金門縣烏坵鄉", "金門縣烈嶼鄉", "澎湖縣望安鄉", "澎湖縣七美鄉"),
    *("屏東縣琉球鄉", "台東縣綠島鄉", "台東縣蘭嶼鄉"),
}
ACROSS_THE_SEA = {"澎湖縣", "金門縣", "連江縣"}


@pytest.mark.parametrize(
    ("district", "neighbours"),
    [
        (
            "台北市大安區",
            {"台北市中正區", "台北市中山區", "台北市松山區", "台北市信義區", "台北市文山區"},
        ),
        ("台北市大同區", {"台北市士林區", "台北市中山區", "台北市中正區", "台北市萬華區"}),
        ("嘉義市西區", {"嘉義市東區", "嘉義縣民雄鄉", "嘉義縣太保市", "嘉義縣水上鄉"}),
        ("澎湖縣西嶼鄉", {"澎湖縣白沙鄉"}),
        ("金門縣金沙鎮", {"金門縣金湖鎮"}),
    ],
)
def test_the_neighbours_that_a_map_shows(district: str, neighbours: set[str]) -> None:
    """No one is left out, and of the same county none is added."""
    found = {other.key for other in neighbours_of(by_key()[district])}
    assert neighbours <= found
    assert all(other[:3] != district[:3] for other in found - neighbours)


def test_a_neighbour_is_one_in_return() -> None:
    """Whoever borders on another is bordered on; nobody on himself."""
    for district in all_districts():
        for other in neighbours_of(district):
            assert district in neighbours_of(other)
            assert other != district


def test_islands_have_none() -> None:
    """Eleven districts that no bridge joined to another in 2020, and no others."""
    assert {one.key for one in all_districts() if not neighbours_of(one)} == ISLANDS


def test_all_of_taiwan_hangs_together() -> None:
    """From 大安區, border by border, one comes to every district this side of the sea."""
    reached: set[District] = set()
    ahead = [by_key()["台北市大安區"]]
    while ahead:
        here = ahead.pop()
        if here not in reached:
            reached.add(here)
            ahead.extend(neighbours_of(here))
    on_taiwan = {
        one
        for one in all_districts()
        if one.county.name not in ACROSS_THE_SEA and one.key not in ISLANDS
    }
    assert reached == on_taiwan


def test_the_nearest_comes_first_and_the_far_can_be_left_out() -> None:
    """和平區 in the mountains borders on 南澳鄉, but nobody is sent there."""
    heping = by_key()["台中市和平區"]
    assert neighbours_of(heping)[0].key == "台中市東勢區"
    assert by_key()["宜蘭縣南澳鄉"] in neighbours_of(heping)
    assert by_key()["宜蘭縣南澳鄉"] not in neighbours_of(heping, within_km=30)
