"""What each constant of evidence decides: utterances that are answered otherwise without it, or
with twice as much of it.

Each row names the constant, and fails where that is 0 or doubled (`_0`, `_2`: in which case). The
names are those of `tests.small_feed`: one invented pharmacy a district, 德昇藥局 beside 德生藥局.
"""

from dataclasses import dataclass

import pytest

from shared.names import Hints, Meant, Resolution, resolve
from shared.names.index import index_of
from shared.places.districts import by_key
from shared.places.landmarks import landmarks
from tests import small_feed

INDEX = index_of(small_feed.snapshot().catalog)
NOTHING_KNOWN = Hints()


def around(area: str = "", place: str = "", offered: tuple[str, ...] = ()) -> Hints:
    """What is known before: an area code, the district talked about, those read out."""
    last = by_key()[place] if place else None
    return Hints(area_code=area, place=last, offered_places=tuple(by_key()[key] for key in offered))


@dataclass(frozen=True, slots=True)
class Row:
    """An utterance, and what it must be taken to mean."""

    constant: str
    heard: str
    meant: Meant
    best: str = ""
    """the district's key, the landmark's or the road's name, the pharmacy's, the county's"""
    sure: bool | None = None
    """None: either"""
    hints: Hints = NOTHING_KNOWN


PHARMACY, DISTRICT, LANDMARK, ROAD, COUNTY, NOTHING = (
    *(Meant.PHARMACY, Meant.DISTRICT, Meant.LANDMARK, Meant.ROAD, Meant.COUNTY, Meant.NOTHING),
)
TAICHUNG_VETERANS = "台中市西屯區"
"""where 台中榮總 lies; the other two of the name are in 台北市 and 高雄市"""

ROWS = (
    # What of a shop is heard beside a place: 藥局 alone is none, and a whole name is one.
    Row("decision._BESIDE_0", "逢甲夜市附近的藥局", LANDMARK, "逢甲夜市", True),
    Row("decision._BESIDE_0", "小姐北科大那邊還有沒有小孩子的口罩", LANDMARK, "台北科技大學", True),
    Row("decision._BESIDE_2", "台北車站對面福星藥局", PHARMACY, "福星藥局", True),
    Row("decision._BESIDE_2", "台北榮總旁邊的海風藥局", PHARMACY, "海風藥局", True),
    # A landline's area and the last place are about as much: where they differ, both are offered.
    Row("prior._MARGIN_0", "榮總那邊還有沒有", LANDMARK, "台中榮總", False,
        around(area="02", place=TAICHUNG_VETERANS)),
)  # fmt: skip


def best_of(found: Resolution) -> str:
    """The name of the best of what is meant."""
    match found.meant:
        case Meant.PHARMACY:
            return found.pharmacies[0].pharmacy.name
        case Meant.LANDMARK:
            return found.landmarks[0].spoken[0]
        case Meant.ROAD:
            return found.roads[0].road
        case Meant.DISTRICT:
            return found.districts[0].district.key
        case Meant.COUNTY if found.county:
            return found.county.name
    return ""


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.constant}-{row.heard}")
def test_each_constant_decides_what_it_is_for(row: Row) -> None:
    """In words that a caller might say."""
    found = resolve(row.heard, INDEX, row.hints)
    assert (found.meant, best_of(found)) == (row.meant, row.best)
    assert row.sure is None or found.sure is row.sure


@pytest.mark.parametrize("shop", ["長青藥局", "福星藥局", "海風藥局"])
@pytest.mark.parametrize("place", ["七堵車站", "台北車站", "竹南車站", "台大醫院"])
@pytest.mark.parametrize("sentence", ["{}旁邊的{}還有嗎", "{}對面的{}", "{}附近的{}有沒有小孩的"])
def test_a_pharmacy_named_beside_a_landmark_is_told(place: str, shop: str, sentence: str) -> None:
    """Its name is clear, so it is meant, however likely the landmark is by itself."""
    found = resolve(sentence.format(place, shop), INDEX)
    assert (found.meant, best_of(found)) == (Meant.PHARMACY, shop)


def test_what_is_meant_is_there() -> None:
    """「要去」 sounds like 藥局: beside a landmark no pharmacy is meant without one to tell of."""
    for landmark in landmarks():
        found = resolve(f"我等一下要去{landmark.spoken[0]}看醫生順便買口罩", INDEX)
        assert found.meant is not Meant.NOTHING
        assert best_of(found)
