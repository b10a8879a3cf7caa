"""What is counted of a turn: from real conversations on the small feed."""

import dataclasses
import logging
from datetime import timedelta

import pytest

from conversation.observation import Observed, Recognition
from conversation.service import Conversation
from shared.dialog.values import Channel, Reply, State, Utterance
from tests.small_feed import NOW, snapshot

PHONE = Channel("twilio", keys=True)


def watched(*turns: Utterance, seconds: int = 20) -> list[Observed]:
    """What was seen of one conversation whose turns are `seconds` apart."""
    seen: list[Observed] = []
    times = iter(NOW + timedelta(seconds=seconds * number) for number in range(len(turns)))

    def keep(one: Observed, _reply: Reply | None) -> None:
        seen.append(one)

    talk = Conversation(snapshot, lambda: next(times), keep)
    state: State | None = None
    for turn in turns:
        state, _ = talk.take(state, turn, PHONE)
    return seen


def said(words: str) -> Utterance:
    """A turn in which something was said."""
    return Utterance(text=words)


OPENS = Utterance(opens=True)


@pytest.mark.parametrize(
    ("turn", "heard"),
    [
        (said("花蓮市還有口罩嗎"), Recognition.SURE),
        (said("再說一次"), Recognition.SURE),
        (said("台北市"), Recognition.SURE),
        (said("大安區"), Recognition.UNSURE),
        (said("健安藥局"), Recognition.UNSURE),
        (said(""), Recognition.UNHEARD),
        (said("嗯那個"), Recognition.UNHEARD),
        (Utterance(keys="970"), Recognition.PRESSED),
    ],
)
def test_how_well_it_was_heard(turn: Utterance, heard: Recognition) -> None:
    """Sure, asked back, nothing, or pressed."""
    assert watched(OPENS, turn)[1].heard is heard


def test_only_the_first_turn_opens() -> None:
    """A conversation is counted once."""
    turns = watched(OPENS, said("花蓮市"), said("下一家"))
    assert [one.opens for one in turns] == [True, False, False]


def test_seconds_to_the_first_count_are_told_once() -> None:
    """From the beginning to the first count; later counts of the same call are not the first."""
    turns = watched(OPENS, said("嗯那個"), said("花蓮市"), said("東引鄉"), said("永康區"))
    assert [one.first_count_s for one in turns] == [None, None, 40, None, None]


def test_a_count_in_the_first_turn_took_no_time() -> None:
    """Who asks at once has it at once."""
    assert [one.first_count_s for one in watched(said("花蓮市"))] == [0]


@pytest.mark.parametrize(
    ("turns", "taken_back"),
    [
        ((said("花蓮市"), said("永康區")), "花蓮縣花蓮市"),
        ((said("花蓮市"), said("不是")), "花蓮縣花蓮市"),
        ((said("花蓮市"), said("地址")), ""),
        ((said("花蓮市"), said("地址"), said("永康區")), ""),
        ((said("大安區"), said("永康區")), ""),
    ],
)
def test_an_answer_that_was_taken_back_at_once(
    turns: tuple[Utterance, ...], taken_back: str
) -> None:
    """The very next turn says no or names another place; not one that came later."""
    assert watched(*turns)[-1].taken_back == taken_back


def test_the_district_that_was_answered_for() -> None:
    """Of the answer, or of the first that was asked about; none where no place was meant."""
    turns = watched(OPENS, said("花蓮市"), said("東引鄉"), said("謝謝"))
    assert [one.district for one in turns] == ["", "花蓮縣花蓮市", "連江縣東引鄉", ""]


def test_a_district_is_asked_about_once() -> None:
    """「下一家」 and what is said again are no further questions; which one is meant is one."""
    turns = watched(*(said(words) for words in ("大安區", "再說一次", "第一個", "下一家")))
    assert [one.district for one in turns] == ["台北市大安區", "", "台北市大安區", ""]
    assert [one.heard for one in turns] == [
        Recognition.UNSURE,
        Recognition.SURE,
        Recognition.SURE,
        Recognition.SURE,
    ]


def test_a_turn_that_fails_is_seen() -> None:
    """What broke goes on to the one catch of the channel, after it was counted."""
    seen: list[tuple[str, bool, Reply | None]] = []

    def breaks() -> None:
        raise ZeroDivisionError

    talk = Conversation(
        breaks, lambda: NOW, lambda one, reply: seen.append((one.outcome, one.opens, reply))
    )
    with pytest.raises(ZeroDivisionError):
        talk.take(None, said("花蓮市"), PHONE)
    assert seen == [("Failed", True, None)]


def test_nothing_that_was_said_is_in_it(caplog: pytest.LogCaptureFixture) -> None:
    """Neither words nor number of the caller are counted or logged."""
    seen: list[Observed] = []
    words, number = "我的名字叫王小明", "+886227653147"
    with caplog.at_level(logging.INFO):
        talk = Conversation(snapshot, lambda: NOW)
        talk.take(None, Utterance(text=words, caller=number, opens=True), PHONE)
        Conversation(snapshot, lambda: NOW, lambda one, _: seen.append(one)).take(
            None, Utterance(text=words, caller=number, opens=True), PHONE
        )
    told = caplog.text + str([dataclasses.astuple(one) for one in seen])
    assert "channel=twilio" in told
    assert "王小明" not in told
    assert "227653147" not in told
