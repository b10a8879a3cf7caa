"""「衛生所」: a kind of place that can be asked for, whatever each is called."""

import pytest

from shared.catalog import Kind
from shared.names.index import NameIndex
from shared.names.resolution import Meant
from shared.names.resolve import resolve


@pytest.mark.parametrize(
    ("heard", "name"),
    [
        ("香山衛生所", "新竹市香山衛生所"),
        ("香山區的衛生所還有口罩嗎", "新竹市香山衛生所"),
        ("新竹市香山衛生所", "新竹市香山衛生所"),
        ("大安健康服務中心", "大安健康服務中心"),
        ("台北市大安區衛生所", "大安健康服務中心"),
    ],
)
def test_the_health_centre_of_a_district_is_that_one(
    heard: str, name: str, index: NameIndex
) -> None:
    """By the district and 衛生所, whatever its own name says."""
    found = resolve(heard, index)
    assert (found.meant, found.sure) == (Meant.PHARMACY, True)
    assert found.pharmacies[0].pharmacy.name == name


def test_near_a_landmark_it_is_the_one_of_that_district(index: NameIndex) -> None:
    """「台大醫院附近的衛生所」: and from where the walk is counted."""
    found = resolve("台大醫院附近的衛生所", index)
    assert found.sure
    assert found.districts[0].district.key == "台北市中正區"
    assert [one.key for one in found.landmarks] == ["台大醫院"]


@pytest.mark.parametrize(
    ("heard", "meant", "districts"),
    [
        ("板橋衛生所", Meant.DISTRICT, {"新北市板橋區"}),
        ("板橋衛深所還有口罩嗎", Meant.DISTRICT, {"新北市板橋區"}),
        ("衛生所還有嗎", Meant.NOTHING, set()),
        ("附近的衛生所", Meant.NOTHING, set()),
    ],
)
def test_the_kind_is_kept_where_no_one_is_meant(
    heard: str, meant: Meant, districts: set[str], index: NameIndex
) -> None:
    """A district without one, or no district: that a health centre is wanted goes on."""
    found = resolve(heard, index)
    assert (found.meant, found.kind) == (meant, Kind.HEALTH_CENTRE)
    assert {match.district.key for match in found.districts[:1]} == districts


def test_of_two_districts_of_a_name_both_are_asked_about(index: NameIndex) -> None:
    """「大安區衛生所」 is in 台北 or in 台中."""
    found = resolve("大安區衛生所", index)
    assert (found.meant, found.sure, found.kind) == (Meant.DISTRICT, False, Kind.HEALTH_CENTRE)
    assert {one.district.key for one in found.districts[:2]} == {"台北市大安區", "台中市大安區"}


@pytest.mark.parametrize("heard", ["惠生藥局還有口罩嗎", "衛生紙還有嗎", "板橋還有口罩嗎"])
def test_other_words_are_no_health_centre(heard: str, index: NameIndex) -> None:
    """藥局 that begin with its sound, and 衛生紙."""
    assert resolve(heard, index).kind is None
