"""A place that is all of a sentence is a place, however much it sounds like a command."""

import pytest

from nlu.understand import understand
from shared.dialog.acts import Intent
from shared.dialog.values import State, Utterance
from shared.names.index import index_of
from shared.names.resolution import Meant
from shared.places.districts import all_counties, all_districts
from shared.places.former import former_names
from tests.small_world import CATALOG

INDEX = index_of(CATALOG)

PLACES = (
    [county.name for county in all_counties()]
    + [county.name[:-1] for county in all_counties()]
    + [district.name for district in all_districts()]
    + [district.name[:-1] for district in all_districts() if len(district.name) > 2]
    + list(former_names().nicknames)
)


def test_no_place_is_a_command() -> None:
    """Every county, district and nickname, with its ending and without: a question with a place."""
    wrong = {}
    for place in PLACES:
        turn = understand(Utterance(text=place), State(), INDEX)
        if turn.first is not Intent.ASK:
            wrong[place] = turn.first
    assert wrong == {}


@pytest.mark.parametrize(
    ("heard", "key"),
    [
        ("內湖", "台北市內湖區"),
        ("我住淡水", "新北市淡水區"),
        ("請問板橋有沒有小朋友的口罩", "新北市板橋區"),
        ("我家在中和，附近有沒有藥局有口罩", "新北市中和區"),
        ("台大醫院", "台北市中正區"),
    ],
)
def test_a_written_place_is_sure(heard: str, key: str) -> None:
    """One district by its very characters is not asked back."""
    turn = understand(Utterance(text=heard), State(area_code="02"), INDEX)
    assert turn.names is not None
    assert turn.names.sure
    assert turn.names.districts[0].district.key == key


def test_a_county_alone_asks_for_its_district() -> None:
    """「台北市」 and 「台南」 are counties, not 「重新開始」 and 「是啊」."""
    for heard in ("台北市", "台南"):
        turn = understand(Utterance(text=heard), State(), INDEX)
        assert turn.names is not None
        assert turn.names.meant is Meant.COUNTY


@pytest.mark.parametrize("heard", ["沒有了嗎", "我跌倒了", "吵死了", "等等", "零六"])
def test_nothing_ends_the_call_by_chance(heard: str) -> None:
    """What only sounds a little like goodbye does not hang up, nor change the language."""
    turn = understand(Utterance(text=heard), State(), INDEX)
    assert turn.first not in (Intent.STOP, Intent.FORGET, Intent.LANGUAGE)
