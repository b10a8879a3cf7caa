"""A pharmacy that is named beside a district that has none of that name."""

from dataclasses import replace

import pytest

from shared.catalog import Catalog, Kind, Pharmacy
from shared.names import Hints, Meant, PharmacyMatch, PlaceMatch, Resolution, RoadMatch
from shared.names.index import index_of
from shared.names.sought import sought_in_vain
from shared.places.districts import by_key
from tests import small_feed

CATALOG = small_feed.snapshot().catalog
INDEX = index_of(CATALOG)
SANCHONG, LUZHOU, DAAN, SEA = (
    by_key()[key] for key in ("新北市三重區", "新北市蘆洲區", "台北市大安區", "台中市大安區")
)
ONE, NEXT_DOOR, ALIKE = "德生藥局", "興祥藥局", "海風藥局"
"""Each the only one: of 三重, of 蘆洲, and of 大安 in 台中."""


def _of(name: str, district: object) -> Pharmacy:
    return next(one for one in CATALOG.by_district[district] if one.name == name)  # type: ignore[index]


def _unsure(heard: str, *matches: PharmacyMatch) -> Resolution:
    return Resolution(heard, Meant.PHARMACY, pharmacies=matches, named=0.9)


def _sought(found: Resolution, hints: Hints = Hints()) -> Resolution:  # noqa: B008  # frozen
    return sought_in_vain(found, INDEX, hints)


@pytest.mark.parametrize(
    "heard",
    [
        "三重區的太平洋藥局還有嗎",
        "三重太平洋藥局",
        "新北市三重區太平洋藥房",
        "三重的太平洋健保藥局",
        "我要找三重那間太平洋大藥局",
        "三重有一間叫做太平洋藥局的",
        "三重，太平洋藥局",
        "三重快樂健康平安喜藥局",
        "中和的藥局，還有三重太平洋藥局",
        "藥局，藥局，三重太平洋藥局",
    ],
)
def test_a_name_on_no_list_tells_the_district(heard: str) -> None:
    """Surely: what sounds a little like it there is not offered."""
    faint = PharmacyMatch(_of(ONE, SANCHONG), 0.59)
    found = _sought(_unsure(heard, faint))
    assert (found.meant, found.sure, found.sought) == (Meant.DISTRICT, True, SANCHONG)
    assert (found.district, found.pharmacies) == (SANCHONG, ())


@pytest.mark.parametrize(
    "heard",
    [
        "三重藥局",
        "三重區藥局",
        "新北市三重區藥局",
        "三重社區藥局",
        "三重老藥局",
        "三重便宜的藥局",
        "三重便宜藥局",
        "三重有藥局嗎",
        "三重哪間藥局",
        "三重菜市場旁邊藥局",
        "三重排隊藥局",
        "三重七八間藥局",
        "三重區的太平洋",  # no 藥局
        "太平洋藥局",  # no place
        "三重陳藥局",  # too short for one
        "三重快樂健康平安喜樂藥局",  # too long for a name
    ],
)
def test_what_names_none_beside_a_place_changes_nothing(heard: str) -> None:
    """Any pharmacy there is asked for, or none is named, or no place."""
    found = _unsure(heard)
    assert _sought(found) is found


def test_one_of_that_name_elsewhere_in_the_county_is_told() -> None:
    """「三重的興祥藥局」, which lies in 蘆洲; of another county it is none to go to."""
    near = _sought(_unsure(f"三重的{NEXT_DOOR}"))
    assert (near.meant, near.sure, near.sought) == (Meant.PHARMACY, True, SANCHONG)
    assert near.pharmacy == _of(NEXT_DOOR, LUZHOU)
    far = _sought(_unsure(f"三重的{ALIKE}"))
    assert (far.meant, far.district, far.sought) == (Meant.DISTRICT, SANCHONG, SANCHONG)
    assert far.pharmacy == _of(ALIKE, SEA)


def test_a_name_on_the_list_may_be_of_one_character() -> None:
    """「三重的安藥局」, which lies in 蘆洲."""
    short = replace(_of(NEXT_DOOR, LUZHOU), id="6000000001", name="安藥局")
    index = index_of(Catalog.of((*CATALOG.pharmacies, short)))
    found = sought_in_vain(_unsure("三重的安藥局"), index, Hints())
    assert (found.pharmacy, found.sought) == (short, SANCHONG)


def test_what_sounds_like_it_there_is_asked_about_beside_that_of_its_name() -> None:
    """From the score on from which a misheard name is likelier than a wrong place."""
    alike = PharmacyMatch(_of(ONE, SANCHONG), 0.6)
    found = _sought(_unsure(f"三重的{NEXT_DOOR}", alike))
    assert (found.meant, found.sure, found.sought) == (Meant.PHARMACY, False, SANCHONG)
    assert [one.pharmacy.name for one in found.pharmacies] == [ONE, NEXT_DOOR]
    assert {one.score for one in found.pharmacies} == {0.6}
    third = replace(_of(ONE, SANCHONG), id="9000000009", name="德聲藥局")
    several = _sought(_unsure(f"三重的{NEXT_DOOR}", alike, PharmacyMatch(third, 0.6)))
    assert [one.pharmacy.name for one in several.pharmacies] == [ONE, NEXT_DOOR, third.name]


def test_one_that_is_there_is_not_sought() -> None:
    """Whether it was known by its sound or not."""
    for found in (_unsure(f"三重的{ONE}"), _unsure(f"大安區的{ALIKE}")):
        assert _sought(found) is found


def test_a_sure_one_elsewhere_is_told_with_the_place_where_it_is_not() -> None:
    """Of two districts of that name the one in its county; not where the place is a part of its
    name, and not where it lies there."""
    sure = replace(_unsure("大安區的宏民藥局", PharmacyMatch(_of(ALIKE, SEA), 0.95)), sure=True)
    there = _sought(replace(sure, heard="三重的海風藥局"))
    assert (there.sure, there.pharmacy.name, there.sought) == (True, ALIKE, SANCHONG)
    shop = replace(_of(ALIKE, SEA), name="三重海風藥局")
    found = replace(sure, heard="三重海風藥局", pharmacies=(PharmacyMatch(shop, 0.95),))
    assert _sought(found) is found
    next_door = replace(shop, name="興興藥局", district=by_key()["台中市豐原區"])
    found = replace(sure, heard="大安區的興興藥局", pharmacies=(PharmacyMatch(next_door, 0.95),))
    assert _sought(found).sought == SEA


def test_a_sure_one_that_was_misheard_gives_way_to_that_of_the_very_name() -> None:
    """「三重的興祥藥局」 is not surely another one of 三重."""
    sure = replace(
        _unsure(f"三重的{NEXT_DOOR}", PharmacyMatch(_of(ONE, SANCHONG), 0.92)), sure=True
    )
    found = _sought(sure)
    assert (found.sure, len(found.pharmacies)) == (False, 2)


def test_of_districts_of_one_name_the_callers_is_meant() -> None:
    """大安區 without a county is asked about first; not from 台北."""
    found = _unsure("大安區的太平洋藥局")
    assert _sought(found) is found
    assert _sought(found, Hints(area_code="02")).sought == DAAN


@pytest.mark.parametrize(
    "more", [{"chain": "yes"}, {"kind": Kind.HEALTH_CENTRE}, {"meant": Meant.LANDMARK}]
)
def test_a_chain_a_kind_and_a_landmark_are_no_names(more: dict[str, object]) -> None:
    """They are known by other words."""
    found = replace(_unsure("三重太平洋藥局"), **more)  # type: ignore[arg-type]
    assert _sought(found) is found


def test_a_place_alone_keeps_its_score() -> None:
    """Nothing else is weighed anew."""
    found = Resolution("三重太平洋藥局", Meant.DISTRICT, (PlaceMatch(LUZHOU, 0.5),))
    assert _sought(found).districts[0].district == SANCHONG


def test_beside_a_road_it_is_sought_in_the_district_of_the_road() -> None:
    """「三重正義北路上的太平洋藥局」; the road is told of, and that the name is not found."""
    road = RoadMatch(SANCHONG, "正義北路", 0.98)
    found = Resolution("三重正義北路上的太平洋藥局", Meant.ROAD, roads=(road,), sure=True)
    told = _sought(found)
    assert told == replace(found, sought=SANCHONG)
    for heard in ("三重正義北路上的藥局", "三重正義北路的德生藥局", "板橋正義北路的太平洋藥局"):
        other = replace(found, heard=heard)
        assert _sought(other) is other


def test_a_part_of_a_name_there_is_that_one() -> None:
    """「三重那間全家藥局」 for 全家健康藥局; of several that are called so, to be asked about."""
    shops = tuple(
        replace(_of(ONE, SANCHONG), id=f"900000000{n}", name=name)
        for n, name in enumerate(("全家健康藥局", "大全家藥局", "興隆藥局"))
    )
    for there, sure in ((shops[:1], True), (shops[:2], False)):
        index = index_of(Catalog.of((*CATALOG.pharmacies, *there)))
        found = sought_in_vain(_unsure("三重那間全家藥局"), index, Hints())
        assert (found.meant, found.sure, found.sought) == (Meant.PHARMACY, sure, None)
        assert [one.pharmacy for one in found.pharmacies] == [*there]
        assert found.namesakes == 1, "they bear no one name"
    three = tuple(replace(shops[0], id=f"700000000{n}", name=f"全家{n}藥局") for n in range(3))
    index = index_of(Catalog.of((*CATALOG.pharmacies, *three)))
    found = sought_in_vain(_unsure("三重那間全家藥局"), index, Hints())
    assert [one.pharmacy for one in found.pharmacies] == [*three], "so many can be asked about"
    many = tuple(replace(shops[0], id=f"800000000{n}", name=f"全家{n}藥局") for n in range(4))
    centre = replace(shops[0], name="全家衛生所", kind=Kind.HEALTH_CENTRE)
    for there in (many, (centre,)):
        index = index_of(Catalog.of((*CATALOG.pharmacies, *there)))
        found = sought_in_vain(_unsure("三重那間全家藥局"), index, Hints())
        assert (found.meant, found.sought) == (Meant.DISTRICT, SANCHONG), "no one can be meant"
