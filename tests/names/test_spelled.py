"""Places and pharmacies as our English answers spell them."""

import pytest

from shared.catalog import Catalog, Kind, Pharmacy
from shared.names.index import index_of
from shared.names.resolution import Hints, Meant, PharmacyMatch, PlaceMatch, Resolution, RoadMatch
from shared.names.resolve import resolve
from shared.names.spelled import spelled_name
from shared.names.stated import Stated
from shared.names.transcript import transcribe
from shared.places.address import Address
from shared.places.districts import all_districts, by_key, county_by_name
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
        ("Hsin-chu city, north district", "新竹市北區"),
        ("Nanzi, so check Nanzi", "高雄市楠梓區"),
        ("Nanzi so check Nanzi", "高雄市楠梓區"),
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
    assert [(one.start, one.end) for one in found.mentions] == [(0, len(found.heard))]
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


_ROWS = (
    ("洄瀾藥局", "花蓮縣花蓮市"),
    ("健安藥局", "台南市永康區"),
    ("健安大藥局", "高雄市三民區"),
    ("復康活力健保藥局", "新北市板橋區"),
    ("長青樹藥局", "新北市板橋區"),
    ("大藥局", "新北市板橋區"),
    ("甲乙丙丁藥局", "台北市信義區"),
    ("甲乙丙丁戊藥局", "台北市信義區"),
    ("A1藥局", "台北市信義區"),
)
_SHOPS = tuple(
    Pharmacy(f"59{i:08}", name, Kind.PHARMACY, by_key()[key], Address(key), "0227001001")
    for i, (name, key) in enumerate(_ROWS)
)
_SPELLED = Catalog.of(_SHOPS)
_UNSURE = Resolution("x")


def _spelled(said: str, found: Resolution = _UNSURE, hints: Hints | None = None) -> Stated | None:
    return spelled_name(found, transcribe(said), _SPELLED, hints or Hints())


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("Huilan Pharmacy", ["洄瀾藥局"]),
        ("is the hui-lan drugstore open", ["洄瀾藥局"]),
        ("the Hui Lan chemist, please", ["洄瀾藥局"]),
        ("my pharmacy, no, the Huilan drug store", ["洄瀾藥局"]),
        ("Jian'an Pharmacy", ["健安藥局", "健安大藥局"]),
        ("Jianan pharmacy in Sanmin", ["健安大藥局"]),
        ("Jia yi bing ding pharmacy", ["甲乙丙丁藥局"]),
        ("A1 pharmacy", ["A1藥局"]),
        ("Fukang pharmacy in Banqiao", ["復康活力健保藥局"]),
        ("Fukan pharmacy in Banqiao", ["復康活力健保藥局"]),
        ("a pharmacy, my pharmacy, Huilan pharmacy", ["洄瀾藥局"]),
        ("there's one called Huilan", ["洄瀾藥局"]),
        ("a place named Hui Lan, I think", ["洄瀾藥局"]),
        ("is there a place called Jian'an in Sanmin", ["健安大藥局"]),
    ],
)
def test_a_pharmacy_is_known_by_its_letters(said: str, names: list[str]) -> None:
    """In one word or several, in the district that is named; there the beginning is enough."""
    found = _spelled(said)
    assert found is not None
    assert [one.name for one in found.pharmacies] == names


@pytest.mark.parametrize(
    "said",
    [
        "Jia yi bing ding wu pharmacy",  # five words
        "Fukang pharmacy",  # the beginning, of nowhere
        "Chan pharmacy in Banqiao",  # four letters
        "Huilan, a pharmacy",
        "Huilan clinic",
        "a pharmacy, a pharmacy, a pharmacy, Huilan pharmacy",  # the fourth
        "the pharmacy",
        "a town called Banqiao",  # a place, and perhaps a pharmacy
        "one called Huilandong",
    ],
)
def test_what_is_not_spelled_so_is_no_pharmacy(said: str) -> None:
    """Nor is what stands behind a comma, or is too short to tell."""
    found = _spelled(said)
    assert found is None or not found.pharmacies


def test_of_one_spelling_what_is_known_tells_the_pharmacy() -> None:
    """The county that was heard, or the place talked about."""
    kaohsiung, yongkang = county_by_name()["高雄市"], by_key()["台南市永康區"]
    for found, hints, key in (
        (Resolution("x", Meant.COUNTY, county=kaohsiung), Hints(), "高雄市三民區"),
        (_UNSURE, Hints(place=yongkang), "台南市永康區"),
    ):
        stated = _spelled("Jianan pharmacy", found, hints)
        assert stated is not None
        assert [one.district.key for one in stated.pharmacies] == [key]


def _shop(name: str, score: float, *, sure: bool) -> Resolution:
    shop = next(one for one in _SHOPS if one.name == name)
    other = PharmacyMatch(_SHOPS[3], 0.55)
    return Resolution(
        "x", Meant.PHARMACY, pharmacies=(PharmacyMatch(shop, score), other), sure=sure
    )


def test_what_was_found_surely_stays() -> None:
    """Unless another is spelled."""
    assert _spelled("Huilan pharmacy", _shop("洄瀾藥局", 0.9, sure=True)) is None
    for other in (_shop("洄瀾藥局", 0.7, sure=False), _shop("健安藥局", 0.9, sure=True)):
        stated = _spelled("Huilan pharmacy", other)
        assert stated is not None
        assert stated.pharmacies == _SHOPS[:1]


@pytest.mark.parametrize(
    ("found", "kept"),
    [
        (_UNSURE, False),
        (_shop("健安藥局", 0.5, sure=False), False),
        (_shop("健安藥局", 0.51, sure=False), True),
        (
            Resolution(
                "x", Meant.ROAD, roads=(RoadMatch(by_key()["台北市信義區"], "林口街", 0.4),)
            ),
            True,
        ),
        (Resolution("x", Meant.COUNTY, county=county_by_name()["新北市"]), False),
        (
            Resolution(
                "x", Meant.DISTRICT, (PlaceMatch(by_key()["新北市林口區"], 0.9),), sure=True
            ),
            True,
        ),
    ],
)
def test_a_place_that_is_spelled_goes_before_what_is_unsure(found: Resolution, kept: bool) -> None:
    """But not before a road, nor a pharmacy that is likelier than not."""
    stated = _spelled("any in Linkou", found)
    assert (stated is None) is kept
    if stated:
        assert (stated.meant, stated.written) == (Meant.DISTRICT, False)
        assert [one.key for one in stated.districts] == ["新北市林口區"]
        assert (stated.mention.start, stated.mention.end) == (0, len(found.heard))


def test_of_two_places_that_are_spelled_neither_is_taken() -> None:
    """And a county that is called like its town is the county."""
    assert _spelled("Linkou or Banqiao") is None
    county = Resolution("x", Meant.COUNTY, county=county_by_name()["花蓮縣"])
    assert _spelled("masks in Hualien", county) is None
    assert _spelled("masks in Hualien") is not None


def test_a_landmark_that_is_spelled_is_one() -> None:
    """Where no district is called so."""
    stated = _spelled("near Tianmu")
    assert stated is not None
    assert [one.name for one in stated.landmarks] == ["天母"]
