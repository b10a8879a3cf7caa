"""The short form of `python -m soak.kills`."""

from soak.kills import STARTS_S, kill
from soak.patient import misplaced

TOLD = (
    "您好",
    "台北市大安區甲藥局，大人的還有三片。",
    "台北市大安區乙藥局，大人的還有三片。",
    "台北市大安區丙藥局，大人的還有三片。",
    "丙藥局在台北市大安區，和平路，九十二號。",
    "我再跟您說一遍。丙藥局在台北市大安區，和平路，九十二號。",
    "謝謝您打來，再見。",
)


def test_whatever_is_killed_no_call_loses_its_place() -> None:
    """kill -9 of the poller, another worker and everything: no half snapshot, no lost call."""
    seen = kill(5, patience=STARTS_S)
    assert {kind: len(backs) for kind, backs in seen.backs.items()} == {
        "poller": 2,
        "worker": 2,
        "everything": 1,
    }
    assert seen.turns > 0
    assert seen.looks > 0
    assert seen.lost == ()
    assert seen.halves == ()


def test_a_lost_place_is_seen() -> None:
    """A call that begins again, repeats a pharmacy, or speaks of another one."""
    assert misplaced(list(TOLD)) == ""
    for place, words in ((2, TOLD[1]), (3, TOLD[0]), (4, TOLD[4][1:]), (5, TOLD[4]), (6, TOLD[0])):
        assert misplaced([*TOLD[:place], words, *TOLD[place + 1 :]]) != ""
    assert misplaced(list(TOLD[:3])) != ""
