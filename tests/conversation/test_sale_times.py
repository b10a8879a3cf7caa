"""When plates are handed out and when it is sold, by name and for the pharmacy just told."""

from dataclasses import replace
from datetime import timedelta

import pytest

from conversation.service import Conversation
from shared.catalog import Catalog, Hours
from shared.dialog.values import Channel, State, Utterance
from tests.small_world import CATALOG, NOW, SNAPSHOT

PHONE = Channel("twilio", keys=True)
NOTE = "週一至週六8:30發號碼牌，14:00至18:00販售口罩，週日公休"


def answers(note: str, *heard: str, hours_on: int = 0) -> list[str]:
    """What is said in a call in which `heard` is said, where 信義藥局 has this note."""
    first, *others = CATALOG.pharmacies
    hours = Hours("N" * 21, note, topic="mask")
    world = replace(SNAPSHOT, catalog=Catalog.of((replace(first, hours=hours), *others)))
    talk = Conversation(lambda: world, lambda: NOW + timedelta(hours=hours_on))
    state: State | None = None
    said = []
    for number, words in enumerate(heard):
        turn = Utterance(text=words, opens=number == 0)
        state, reply = talk.take(state, turn, PHONE)
        said.append(reply.text)
    return said


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("信義藥局幾點發號碼牌", ("八點半", "號碼牌")),
        ("信義藥局要領號碼牌嗎", ("八點半", "號碼牌")),
        ("信義藥局幾點開始賣", ("下午兩點", "六點")),
        ("信義藥局明天幾點賣", ("下午兩點", "星期三")),
        ("信義藥局禮拜天有賣嗎", ("星期天", "不賣", "下次是星期一", "八點半")),
    ],
)
def test_by_name(question: str, words: tuple[str, ...]) -> None:
    """One sentence is enough: the times of its note, on the day that was named."""
    (said,) = answers(NOTE, question)
    assert all(word in said for word in words), said


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("幾點發號碼牌", ("八點半", "號碼牌")),
        ("禮拜天有賣嗎", ("星期天", "不賣", "下次是星期一")),
        ("明天幾點開始賣", ("下午兩點",)),
    ],
)
def test_of_the_pharmacy_just_told(question: str, words: tuple[str, ...]) -> None:
    """「信義藥局還有口罩嗎」 … 「幾點發號碼牌」."""
    said = answers(NOTE, "台北市大安區信義藥局還有口罩嗎", question)[1]
    assert all(word in said for word in words), said


def test_a_day_on_which_it_is_not_sold_is_never_told_as_today() -> None:
    """「禮拜天」 and 「今天不賣」 do not stand in one sentence."""
    (said,) = answers(NOTE, "信義藥局禮拜天有賣嗎")
    assert "今天" not in said


def test_a_sale_that_is_over_is_told_so() -> None:
    """At half past six, 「今天賣到下午六點，已經過了」."""
    (said,) = answers(NOTE, "信義藥局幾點開始賣", hours_on=7)
    assert "已經過了" in said


def test_who_has_stopped_says_so_for_every_day() -> None:
    """No hour, and no next sale."""
    (said,) = answers("已停止販售口罩", "信義藥局禮拜天有賣嗎")
    assert "已經不賣了" in said
    assert "下次" not in said


def test_where_no_note_tells_nobody_is_sent() -> None:
    """Unknown is said, and who knows it."""
    (said,) = answers("", "信義藥局幾點發號碼牌")
    assert "打電話" in said
