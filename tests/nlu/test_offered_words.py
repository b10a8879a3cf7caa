"""A word that was just offered is known by its sound where nothing else is."""

import pytest

from nlu.offered_words import offered_in
from shared.dialog.acts import TakeAbout, TakeDistrict, TakeNext, TakeNone
from shared.dialog.values import State

AFTER_AN_ANSWER = State(options=(TakeNext(), TakeAbout("address"), TakeAbout("phone")))


@pytest.mark.parametrize(
    ("heard", "label"),
    [
        ("願化", "phone"),
        ("前話", "phone"),
        ("練滑", "phone"),
        ("低值", "address"),
        ("吸一家", "next"),
    ],
)
def test_an_option_is_heard_by_its_sound(heard: str, label: str) -> None:
    """「要聽下一家、地址，還是電話？」 is answered by one of three words."""
    assert offered_in(heard, AFTER_AN_ANSWER) == label


@pytest.mark.parametrize(
    "heard",
    ["地方", "謝謝", "好的", "板橋", "三重", "再見", "沒有", "我要找大安區的藥局", "話", ""],
)
def test_other_words_are_no_option(heard: str) -> None:
    """Places, thanks and longer sentences lie far from all three."""
    assert offered_in(heard, AFTER_AN_ANSWER) == ""


@pytest.mark.parametrize(
    "state",
    [
        State(),
        State(options=(TakeDistrict("台北市大安區"), TakeNone())),
        State(locale="en-US", options=AFTER_AN_ANSWER.options),
    ],
    ids=["nothing offered", "a place offered", "another language"],
)
def test_only_what_was_offered_is_an_option(state: State) -> None:
    """The telephone number is not offered there."""
    assert offered_in("願化", state) == ""
