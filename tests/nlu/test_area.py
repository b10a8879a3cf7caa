"""Where a caller rings from tells whether something that sounds like a name is one."""

from dataclasses import replace

import pytest

from commands.common import snapshot_of
from nlu.understand import understand
from settings import Settings
from shared.dialog.doubtful import candidates
from shared.dialog.values import State, Utterance
from shared.names.index import NameIndex, index_of
from shared.names.resolution import Meant, Resolution
from tests.real import real_file

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def whole() -> NameIndex:
    """Every pharmacy of the real feed."""
    return index_of(
        snapshot_of(str(real_file("maskdata-20200303.csv")), Settings.from_environment({})).catalog
    )


def _names(text: str, state: State, index: NameIndex) -> Resolution | None:
    names = understand(Utterance(text=text), state, index).names
    return names if names and names.meant is not Meant.NOTHING else None


@pytest.mark.parametrize(
    ("heard", "area", "district"),
    [
        ("前進還有幾家", "07", "高雄市前金區"),
        ("馬道哥有賣服", "06", "台南市麻豆區"),
        ("堅誠", "082", "金門縣金城鎮"),
    ],
)
def test_a_place_of_the_callers_own_area_is_offered_where_elsewhere_it_is_none(
    heard: str, area: str, district: str, whole: NameIndex
) -> None:
    """What was misheard is worth asking about where the caller is likely at home."""
    names = _names(heard, State(area_code=area), whole)
    assert names is not None
    assert names.districts[0].district.key == district
    assert _names(heard, State(), whole) is None


def test_what_sounds_like_a_place_far_from_the_caller_is_none(whole: NameIndex) -> None:
    """官商勾結 sounds a little like 關山, to anyone, and nobody in Taipei means that."""
    assert _names("官商勾結", State(area_code="089"), whole) is not None
    assert _names("官商勾結", State(area_code="02"), whole) is None


def test_the_area_tells_nothing_more_once_a_place_is_known(whole: NameIndex) -> None:
    """「旁邊那家富康」 in 南港 is not surely a 富康藥局 in another part of the same city."""
    there = State(area_code="02", place="台北市南港區")
    names = _names("旁邊那家富康有沒有", there, whole)
    assert names is None or not names.sure


def test_what_sounds_like_one_place_twice_is_that_place(whole: NameIndex) -> None:
    """小港, written 小高 and 小剛: neither is enough, both are."""
    first = "我早上7點就去排排刀酒店說沒了我住小高蘭尼探還有那裡"
    second = "我早上7點就去排排到酒店說沒了我多小剛拉你看還有那裡"
    state = State(area_code="07")
    kept = understand(Utterance(text=first), state, whole).doubtful
    assert kept is not None
    assert kept.districts[0].district.key == "高雄市小港區"
    assert _names(second, state, whole) is None
    again = replace(state, doubtful=candidates(kept))
    names = _names(second, again, whole)
    assert names is not None
    assert names.districts[0].district.key == "高雄市小港區"


def test_nothing_doubtful_is_kept_of_plain_speech(whole: NameIndex) -> None:
    """A sentence that was heard well and names nothing leaves nothing to offer later."""
    for text in ("我早上跑了三家都沒有", "那我今天可以買嗎", "一個人可以買幾片"):
        assert understand(Utterance(text=text), State(area_code="02"), whole).doubtful is None
