"""A place that is denied is not told of; the one that is meant instead is."""

import pytest

from conversation.service import Conversation
from nlu.negation import without_denied
from shared import outcomes as o
from shared.dialog.values import Channel, State, Utterance
from tests.small_feed import NOW, snapshot

PHONE = Channel("twilio", keys=True)

LEFT = {
    ("zh-TW", "不是板橋"): "",
    ("zh-TW", "我不要板橋的"): "",
    ("zh-TW", "不是板橋是三重"): "三重",
    ("zh-TW", "不是板橋，是三重"): "三重",
    ("zh-TW", "不是板橋 我要三重的"): "三重的",
    ("zh-TW", "不是說板橋我是說三重區"): "三重區",
    ("zh-TW", "新莊還有口罩嗎，不是新店"): "新莊還有口罩嗎",
    ("zh-TW", "不是三民是三民的隔壁苓雅"): "苓雅",
    ("zh-TW", "不是三名是三名的隔壁零雅"): "零雅",
    ("zh-TW", "三民的隔壁有嗎"): None,
    ("zh-TW", "板橋還有口罩嗎"): None,
    ("zh-TW", "板橋是不是賣完了"): None,
    ("zh-TW", "不是，板橋"): None,
    ("en-US", "not Banqiao"): "",
    ("en-US", "No, not Banqiao, I meant Sanchong"): "no sanchong",
    ("en-US", "not Banqiao but Sanchong"): "sanchong",
    ("en-US", "I didn't say Banqiao, I said Sanchong"): "sanchong",
    ("en-US", "It's not Banqiao, it's Sanchong"): "sanchong",
    ("en-US", "nothing in Banqiao"): None,
    ("ja-JP", "板橋じゃない"): "",
    ("ja-JP", "板橋じゃなくて三重"): "三重",
    ("ja-JP", "板橋以外、三重"): "三重",
    ("ja-JP", "三重のマスク"): None,
}


@pytest.mark.parametrize(("said", "left"), LEFT.items(), ids=[said for _, said in LEFT])
def test_what_is_denied_is_taken_out(said: tuple[str, str], left: str | None) -> None:
    """What is left is what was said beside the denied name."""
    locale, heard = said
    found = without_denied(heard, locale)
    assert (found[0] if found else None) == left


def places(*heard: str, locale: str = "zh-TW") -> list[str]:
    """The district of each answer to a call; the class of the outcome where none was found."""
    talk = Conversation(snapshot, lambda: NOW)
    state: State | None = None
    found = []
    for number, words in enumerate(heard):
        turn = Utterance(text=words, opens=number == 0, locale=locale)
        state, reply = talk.take(state, turn, PHONE)
        outcome = reply.outcome
        told = outcome.pharmacy.district.key if isinstance(outcome, o.Found) else ""
        found.append(told or type(outcome).__name__)
    return found


CALLS = {
    "denied after it was told": (["板橋還有口罩嗎", "不是板橋"], "AskPlace"),
    "another one instead": (["板橋還有口罩嗎", "不是板橋，是三重"], "新北市三重區"),
    "another one in one breath": (["板橋還有口罩嗎", "不是板橋是三重"], "新北市三重區"),
    "another one, by a name that sounds like others": (
        ["板橋還有口罩嗎", "不是板橋啦是中和"],
        "新北市中和區",
    ),
    "no, and what was meant": (["板橋還有口罩嗎", "不是 三重"], "新北市三重區"),
    "no, run together with what was meant": (["板橋還有口罩嗎", "不是三重"], "新北市三重區"),
    "the county of what was told": (["台北市大安區", "不是台北的"], "AskPlace"),
    "the other county, after a no": (["大安區", "台中的", "不對 台北的"], "台北市大安區"),
    "the other county, after a no and I want": (
        ["大安區", "台中的", "不是，我要台北的"],
        "台北市大安區",
    ),
    "one of two that were offered": (["大安區還有口罩嗎", "不是大安區"], "AskPlace"),
    "one of two cities that were offered": (["大安區還有口罩嗎", "不是台北的"], "台中市大安區"),
    "one of two places that were offered": (["大安區", "不是台中市大安區"], "台北市大安區"),
    "a pharmacy": (["三民區健安藥局", "不是健安藥局"], "AskPlace"),
    "at the first question": (["新莊還有口罩嗎，不是新店喔"], "新北市新莊區"),
    "a product, not a place": (["板橋還有口罩嗎", "不要小孩的，要大人的"], "新北市板橋區"),
}


@pytest.mark.parametrize(("heard", "expected"), CALLS.values(), ids=CALLS.keys())
def test_a_denied_place_is_not_told_of(heard: list[str], expected: str) -> None:
    """The last answer of the call is about `expected`."""
    assert places(*heard)[-1] == expected


def test_it_is_denied_in_english() -> None:
    """The same sentence, by letters."""
    assert places("Banqiao", "not Banqiao", locale="en-US")[-1] == "AskPlace"
    assert (
        places("Banqiao", "not Banqiao but Xinzhuang District", locale="en-US")[-1]
        == "新北市新莊區"
    )


@pytest.mark.parametrize("asked", ["台中的", "台中的呢", "台中市的"])
def test_the_same_name_in_another_county(asked: str) -> None:
    """「台中的」 after 台北市大安區 is 台中市大安區; 台中市 alone may be any district."""
    assert places("台北市大安區還有口罩嗎", asked)[-1] == "台中市大安區"
    assert places("台北市大安區還有口罩嗎", "台中市")[-1] == "AskPlace"
    assert places("板橋還有口罩嗎", asked)[-1] == "AskPlace"


def test_that_one_in_the_district_is_the_one_just_told() -> None:
    """「大安區的那家」 is no new question: its telephone number is the one that is asked for."""
    talk = Conversation(snapshot, lambda: NOW)
    state, first = talk.take(None, Utterance(text="台北市大安區", opens=True), PHONE)
    state, second = talk.take(state, Utterance(text="下一家"), PHONE)
    state, same = talk.take(state, Utterance(text="大安區的那家"), PHONE)
    assert isinstance(first.outcome, o.Found)
    assert isinstance(second.outcome, o.Found)
    assert isinstance(same.outcome, o.Found)
    assert same.outcome.pharmacy == second.outcome.pharmacy != first.outcome.pharmacy
