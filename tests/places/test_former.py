"""Former, short and popular names, as whoever extends the file may write them."""

import pytest

from shared.places.districts import all_counties, all_districts
from shared.places.former import former_names, parse_former_names

RIGHT = """
characters: {臺: 台}
counties: {台北縣: 新北市}
short_counties: {北縣: 新北市}
districts: {台南市中區: 台南市中西區}
nicknames:
  西門町: 台北市萬華區
  公館: [台北市中正區, 台北市大安區]
"""


def test_one_district_needs_no_brackets() -> None:
    """西門町: 台北市萬華區 is as good as a list of one."""
    names = parse_former_names(RIGHT)
    assert [one.key for one in names.nicknames["西門町"]] == ["台北市萬華區"]
    assert [one.key for one in names.nicknames["公館"]] == ["台北市中正區", "台北市大安區"]


@pytest.mark.parametrize(
    ("name", "district"),
    [("葫蘆墩", "台中市豐原區"), ("小琉球", "屏東縣琉球鄉"), ("日月潭", "南投縣魚池鄉")],
)
def test_nicknames_lead_where_people_mean(name: str, district: str) -> None:
    """The likelier district first."""
    assert former_names().nicknames[name][0].key == district


def test_no_nickname_is_the_name_of_a_place() -> None:
    """It would hide the district or county that is really called so."""
    real = {one.name for one in all_districts()} | {one.name for one in all_counties()}
    assert not real & former_names().nicknames.keys()
