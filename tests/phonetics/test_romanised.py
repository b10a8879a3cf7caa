"""Mandarin in Latin letters."""

import pytest

from shared.phonetics.pronunciations import read
from shared.phonetics.romanised import spell
from shared.phonetics.syllables import syllables


def _syllables(sounds: tuple[tuple[int, ...], ...]) -> list[set[tuple[str, str]]]:
    return [{syllables()[number][:2] for number in sound} for sound in sounds]


@pytest.mark.parametrize(
    ("spelled", "chinese"),
    [
        ("Da'an", "大安"),
        ("Daan", "大安"),
        ("Taan", "大安"),
        ("Ta-an", "大安"),
        ("Zhongli", "中壢"),
        ("Jhongli", "中壢"),
        ("Chungli", "中壢"),
        ("Hsinchu", "新竹"),
        ("Muzha", "木柵"),
        ("Kaohsiung", "高雄"),
        ("Pan-ch'iao", "板橋"),
        ("Banqiao", "板橋"),
        ("Sinyi", "信義"),
        ("Cijin", "旗津"),
        ("Chishan", "旗山"),
        ("Shihlin", "士林"),
        ("Szuhu", "四湖"),
        ("Yuchih", "魚池"),
        ("Lienchiang", "連江"),
        ("Keelung", "基隆"),
    ],
)
def test_all_common_systems_are_read(spelled: str, chinese: str) -> None:
    """Hanyu Pinyin, Tongyong, Wade–Giles with and without marks, and the names none explains."""
    (part,) = spell(spelled)
    for found, wanted in zip(_syllables(part.sounds), _syllables(read(chinese)), strict=True):
        assert found & wanted


@pytest.mark.parametrize(
    ("said", "chinese"),
    [
        ("Taiwan Boulevard", "臺灣大道"),
        ("taiwan blvd.", "臺灣大道"),
        ("Civic Boulevard", "市民大道"),
        ("Zhongzheng Blvd", "中正大道"),
    ],
)
def test_a_boulevard_is_read_as_its_signs_write_it(said: str, chinese: str) -> None:
    """Also in short, and where its name is English: "Taiwan" alone names no place."""
    (part,) = spell(said)
    for found, wanted in zip(_syllables(part.sounds), _syllables(read(chinese)), strict=True):
        assert found & wanted


def test_an_english_address_comes_out_in_chinese_order() -> None:
    """County, district, name."""
    parts = spell("masks at Kangxi Pharmacy in Sanchong District, New Taipei City")
    sounds = [len(part.sounds) for part in parts]
    assert sounds == [3, 3, 4]  # 新北市 三重區 康希藥局


def test_english_words_are_no_names() -> None:
    """A question without a name has no sounds."""
    assert spell("Are there any masks near me?") == []


@pytest.mark.parametrize(
    ("said", "places"),
    [
        ("any masks in Linkou, and what do they cost?", ("林口",)),
        ("Ban Chiao", ()),
        ("Ban Qiao please", ("板橋",)),
        ("near Shilin night market", ("士林夜市",)),
        ("I live in Tianmu", ("天母",)),
        ("Longshan Temple", ("龍山寺",)),
        ("Dongshan", ()),
        ("I'm hoping for more", ()),
    ],
)
def test_a_spelling_that_is_no_other_places_names_it(said: str, places: tuple[str, ...]) -> None:
    """Of 冬山 and 東山 neither is; an English word is none (hoping, 和平 in Wade–Giles)."""
    assert tuple(place for part in spell(said) for place in part.places) == places


def test_a_road_stands_behind_its_district() -> None:
    """In the order of an address, with its section: 汐止 大同路 2段."""
    parts = spell("on Datong Road Section 2 in Xizhi")
    assert [len(part.sounds) for part in parts] == [2, 5]


def test_a_word_between_syllables_of_a_name_is_one() -> None:
    """Da An, though "an" is an English word; in "is there an open one" it is none."""
    assert [len(part.sounds) for part in spell("Da An")] == [2]
    assert spell("is there an open one") == []
