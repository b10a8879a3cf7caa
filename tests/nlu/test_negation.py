"""A place that is denied is not told of; the one that is meant instead is."""

import pytest

from conversation.service import Conversation
from nlu.negation import taken_back, without_denied
from nlu.understand import understand
from shared import outcomes as o
from shared.dialog.values import Channel, State, Utterance
from shared.names.index import NameIndex
from shared.names.resolution import Meant
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
    ("zh-TW", "板橋以外的有嗎"): "有嗎",
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


INSTEAD = [
    ("zh-TW", "士林 啊不對 是三重", "新北市三重區"),
    ("zh-TW", "中和，喔不是，永和", "新北市永和區"),
    ("zh-TW", "我要去士林 不 北投好了", "台北市北投區"),
    ("zh-TW", "萬華吧 還是北投好了", "台北市北投區"),
    ("zh-TW", "我說的是三重不是三峽", "新北市三重區"),
    ("zh-TW", "我講錯了 是三重不是三峽", "新北市三重區"),
    ("zh-TW", "鳳山沒有的話鳥松呢", "高雄市鳥松區"),
    ("zh-TW", "要是鳳山賣完了那鳥松呢", "高雄市鳥松區"),
    ("zh-TW", "三重以外的不要", "新北市三重區"),
    ("zh-TW", "三重以外的還有口罩嗎", "AskPlace"),
    ("zh-TW", "三重以外的有嗎", "AskPlace"),
    ("zh-TW", "除了三重 別的地方有嗎", "AskPlace"),
    ("zh-TW", "除了三峽以外 三重有嗎", "新北市三重區"),
    ("zh-TW", "三重有沒有小孩的 不對 是要大人的", "新北市三重區"),
    ("en-US", "Shilin, no wait, Sanchong", "新北市三重區"),
    ("en-US", "Shilin, sorry, I mean Sanchong", "新北市三重區"),
    ("en-US", "Shilin, actually Sanchong", "新北市三重區"),
    ("ja-JP", "士林、いや、三重です", "新北市三重區"),
]


@pytest.mark.parametrize(("locale", "heard", "place"), INSTEAD, ids=[row[1] for row in INSTEAD])
def test_what_is_taken_back_is_not_told_of(locale: str, heard: str, place: str) -> None:
    """Who corrects herself in the same breath is told of what she meant in the end."""
    assert places(heard, locale=locale) == [place]


ASKS = ["板橋是不是賣完了", "你說的板橋，對不對", "板橋還有口罩，對不對", "不是，板橋"]


@pytest.mark.parametrize("heard", ASKS)
def test_a_question_takes_nothing_back(heard: str) -> None:
    """「是不是」 and 「對不對」 ask, and take no name back."""
    assert taken_back(heard, "zh-TW") == []
    assert places(heard) == ["新北市板橋區"]


TWO = [
    "士林 三重",
    "我要查士林，然後三重",
    "我媽住士林 我住三重 哪邊有",
    "士林或三重都可以",
    "士林有沒有，沒有的話三重",
]


@pytest.mark.parametrize("heard", TWO)
def test_two_places_are_both_told_of(heard: str) -> None:
    """With nothing but a pause between them, as with 「跟」: neither is chosen for her."""
    talk = Conversation(snapshot, lambda: NOW)
    _, reply = talk.take(None, Utterance(text=heard, opens=True), PHONE)
    told = [one.pharmacy.district.key for one in reply.outcomes if isinstance(one, o.Found)]
    assert told == ["台北市士林區", "新北市三重區"]


@pytest.mark.parametrize(
    ("heard", "place"), [("桃園 中壢", "桃園市中壢區"), ("三重 三重區", "新北市三重區")]
)
def test_a_county_before_its_district_is_no_second_place(heard: str, place: str) -> None:
    """「桃園 中壢」 names one place, though 桃園 is a district too."""
    assert places(heard) == [place]


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


def test_what_sounds_like_what_is_denied_is_not_what_is_meant(index: NameIndex) -> None:
    """「是興豐路不是新豐鄉」: not 新豐鄉, whether any pharmacy stands in 興豐路 or not."""
    state = State(area_code="03", place="桃園市八德區")
    for said in ("是興豐路不是新豐鄉", "不是啦 是興豐路不是新豐鄉"):
        names = understand(Utterance(text=said), state, index).names
        assert names is None or names.meant is Meant.ROAD


@pytest.mark.parametrize(
    ("locale", "said", "product"),
    [
        ("en-US", "no kids' masks, not adult ones", "child_mask"),
        ("en-US", "adult ones, not children's", "adult_mask"),
        ("ja-JP", "大人用じゃなくて子供用です", "child_mask"),
        ("zh-TW", "不要大人的，要小孩的", "child_mask"),
        ("zh-TW", "我要小孩的，不是大人的", "child_mask"),
    ],
)
def test_a_product_that_is_denied_is_not_told_of(
    locale: str, said: str, product: str, index: NameIndex
) -> None:
    """The other one alone is asked for, not both."""
    acts = understand(Utterance(text=said), State(locale=locale), index).acts
    assert [(act.product, act.all_products) for act in acts] == [(product, False)]
