"""The one call of every channel: what it remembers of telephones, and what it writes down."""

import logging
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest

from conversation.memory import Memory, memory_texts
from conversation.service import UTTERANCE_LIMIT, Conversation
from shared import outcomes as o
from shared.dialog.values import Channel, Hint, State, Utterance
from tests.small_feed import NOW, snapshot

PHONE = Channel("twilio", keys=True)
CALLER = "+886227653147"


def conversation(memory: Memory | None = None) -> Conversation:
    """On the small feed, a minute after its counts."""
    return Conversation(snapshot, lambda: NOW, memory=memory)


def call(talk: Conversation, *heard: str, caller: str = CALLER) -> list[o.Outcome]:
    """The outcomes of one call in which `heard` is said."""
    state: State | None = None
    outcomes = []
    for number, words in enumerate(heard):
        turn = Utterance(text=words, caller=caller, opens=number == 0)
        state, reply = talk.take(state, turn, PHONE)
        outcomes.append(reply.outcome)
    return outcomes


def test_the_same_as_last_time_is_the_place_of_the_last_call(tmp_path: Path) -> None:
    """With memory, another call of the same number gets the place of the one before."""
    talk = conversation(Memory(memory_texts("", tmp_path / "memory.sqlite"), "secret"))
    call(talk, "花蓮市還有口罩嗎")
    (outcome,) = call(talk, "和上次一樣")
    assert isinstance(outcome, o.Found)
    assert outcome.pharmacy.district.key == "花蓮縣花蓮市"


def test_another_number_has_no_last_time(tmp_path: Path) -> None:
    """What one telephone asked is not told to another."""
    talk = conversation(Memory(memory_texts("", tmp_path / "memory.sqlite"), "secret"))
    call(talk, "花蓮市還有口罩嗎")
    assert isinstance(call(talk, "和上次一樣", caller="+886423720000")[0], o.NotRemembered)


def test_what_is_remembered_is_deleted_on_request(tmp_path: Path) -> None:
    """「刪除我的紀錄」 deletes it, by voice."""
    talk = conversation(Memory(memory_texts("", tmp_path / "memory.sqlite"), "secret"))
    outcomes = call(talk, "花蓮市還有口罩嗎", "刪除我的紀錄")
    assert isinstance(outcomes[1], o.Forgotten)
    assert isinstance(call(talk, "和上次一樣")[0], o.NotRemembered)


def test_who_cannot_be_forgotten_now_is_told_so(tmp_path: Path) -> None:
    """Nobody is told that a record is gone which is not."""
    path = tmp_path / "memory.sqlite"
    talk = conversation(Memory(memory_texts("", path), "secret"))
    call(talk, "花蓮市還有口罩嗎")
    path.write_bytes(b"no database at all" * 100)
    assert isinstance(call(talk, "刪除我的紀錄")[0], o.NotForgotten)


def test_without_memory_nothing_is_remembered() -> None:
    """Memory is off by default."""
    talk = conversation()
    call(talk, "花蓮市還有口罩嗎")
    assert isinstance(call(talk, "和上次一樣")[0], o.NotRemembered)


def test_the_log_has_one_line_a_turn_and_no_word_of_the_caller(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Channel, intent, outcome, microseconds; neither what was said nor who called."""
    with caplog.at_level(logging.INFO):
        call(conversation(), "花蓮市還有口罩嗎", "下一家")
    lines = [record.getMessage() for record in caplog.records]
    turns = [line for line in lines if line.startswith("turn ")]
    assert len(turns) == 2
    assert "channel=twilio" in turns[0]
    assert "intent=ask" in turns[0]
    assert "outcome=Found" in turns[0]
    assert not any("花蓮" in line or "2276" in line for line in lines)


def test_a_long_call_is_answered_from_the_snapshot_of_each_moment() -> None:
    """A snapshot that is replaced in the middle of a call is used from the next turn on."""
    snapshots = iter([snapshot(NOW), None, snapshot(NOW + timedelta(minutes=1))])
    talk = Conversation(lambda: next(snapshots), lambda: NOW + timedelta(minutes=1))
    kinds = [type(outcome) for outcome in call(talk, "花蓮市還有口罩嗎", "地址", "地址")]
    assert kinds == [o.Found, o.NoData, o.AddressTold]


def test_conversations_are_numbered_and_keep_their_number() -> None:
    """Callers in a row have numbers in a row, from the first to the last turn of each."""
    talk = Conversation(snapshot, lambda: NOW, seeds=count(40))
    states = [talk.take(None, Utterance(text="大安區", opens=True), PHONE)[0] for _ in range(3)]
    later = [talk.take(state, Utterance(text="下一家"), PHONE)[0] for state in states]
    assert [state.seed for state in states] == [state.seed for state in later] == [40, 41, 42]


def test_a_platform_tells_which_part_of_the_rules_is_asked() -> None:
    """Where no words come with the intent, the part that came with it is answered."""
    turn = Utterance(hint=Hint("rules.price"))
    _, reply = conversation().take(State(), turn, Channel("alexa"))
    assert isinstance(reply.outcome, o.RulesTold)
    assert reply.outcome.about == "price"


def test_no_channel_can_hand_in_more_than_is_understood() -> None:
    """Whatever a channel lets through, what stands behind UTTERANCE_LIMIT is not read."""
    asked = "花蓮市還有口罩嗎"
    within, beyond = UTTERANCE_LIMIT - len(asked), UTTERANCE_LIMIT
    (outcome,) = call(conversation(), "，" * within + asked)
    assert isinstance(outcome, o.Found)
    (outcome,) = call(conversation(), "，" * beyond + asked)
    assert not isinstance(outcome, o.Found)


class Waiting:
    """Who is told of what, in a table; fails while it is told to."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], list[str]] = {}
        self.fails = False

    def of(self, channel: str, person: str) -> tuple[str, ...] | None:
        return None if self.fails else tuple(self.kept.get((channel, person), ()))

    def add(self, channel: str, person: str, *what: str | int) -> bool:
        if not self.fails:
            self.kept.setdefault((channel, person), []).append(str(what[0]))
        return not self.fails

    def delete(self, channel: str, person: str) -> bool:
        if not self.fails:
            self.kept.pop((channel, person), None)
        return not self.fails


CHAT = Channel("line", for_the_eye=True, notifies="message")


def chat(talk: Conversation, *written: str, channel: Channel = CHAT) -> list[str]:
    """The outcomes of one chat, by name."""
    state: State | None = None
    outcomes = []
    for words in written:
        turn = Utterance(text=words, person="U1", opens=state is None)
        state, reply = talk.take(state, turn, channel)
        outcomes.append(type(reply.outcome).__name__)
    return outcomes


def test_what_is_promised_is_kept_and_one_word_deletes_it() -> None:
    """「洄瀾藥局有貨通知我」, and 「取消通知」; also 「刪除我的紀錄」, and leaving."""
    waiting = Waiting()
    talk = Conversation(snapshot, lambda: NOW, watches=waiting)
    for end in ("取消通知", "刪除我的紀錄"):
        assert chat(talk, "洄瀾藥局有貨通知我") == ["NotifySet"]
        assert waiting.kept == {("line", "U1"): ["5945010101"]}
        chat(talk, end)
        assert waiting.kept == {}
    chat(talk, "花蓮市洄瀾藥局還有嗎", "有貨通知我")
    assert waiting.kept
    talk.leave("U1", CHAT)
    assert waiting.kept == {}


def test_what_cannot_be_kept_is_not_promised() -> None:
    """The store does not answer: she is told so, and asked to come again."""
    waiting = Waiting()
    waiting.fails = True
    talk = Conversation(snapshot, lambda: NOW, watches=waiting)
    assert chat(talk, "洄瀾藥局有貨通知我", "取消通知") == ["NotifyFailed", "NotForgotten"]


def test_where_it_is_off_nothing_is_promised() -> None:
    """By default no channel can tell anybody later, and each says so."""
    talk = Conversation(snapshot, lambda: NOW)
    assert chat(talk, "有貨通知我", channel=Channel("line")) == ["TopicTold"]
    assert chat(talk, "洄瀾藥局有貨通知我") == ["NotifyFailed"]
