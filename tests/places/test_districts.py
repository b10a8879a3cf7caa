"""The list of counties and districts, and the names beside it."""

from shared.places.districts import all_counties, all_districts, by_key, by_postal_code
from shared.places.former import former_names


def test_there_are_22_counties_and_368_districts() -> None:
    """As the Ministry of the Interior counts them, each under one key."""
    assert len(all_counties()) == 22
    assert len(all_districts()) == len(by_key()) == 368


def test_postal_codes_have_three_digits_and_two_are_shared() -> None:
    """300 belongs to 新竹市's three districts and 600 to 嘉義市's two; all others to one."""
    shared = {code: len(found) for code, found in by_postal_code().items() if len(found) > 1}
    assert shared == {"300": 3, "600": 2}
    assert all(len(code) == 3 and code.isdigit() for code in by_postal_code())


def test_every_name_is_in_english_too() -> None:
    """Latin letters alone, with a title at the end."""
    for district in all_districts():
        assert district.english.isascii()
        assert district.english.split()[-1] in {"District", "City", "Township"}
        assert "臺" not in district.key


def test_former_and_popular_names_lead_somewhere() -> None:
    """A few that everybody knows."""
    names = former_names()
    assert names.counties["台北縣"].name == "新北市"
    assert names.short_counties["北縣"].name == "新北市"
    assert names.districts["台南市中區"].key == "台南市中西區"
    assert names.nicknames["日月潭"][0].key == "南投縣魚池鄉"
