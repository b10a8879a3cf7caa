"""What callers want: by sound, in whole sentences, and beside places and pharmacies."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from nlu.commands import is_noise
from nlu.understand import hints, understand
from shared.dialog.values import Intent, State, Turn
from shared.names.index import NameIndex, index_of
from shared.names.resolution import Meant
from tests.small_world import CATALOG

MISHEARD = yaml.safe_load(
    Path(__file__).with_name("misheard_commands.yaml").read_text(encoding="utf-8")
)
OFFERED = State(options=(("next",), ("address",), ("phone",)))

KNOWN_FAILURES = {"作詞曲": Intent.NO, "我住長順": None}
"""Rows that must keep failing until one is mended and then goes: heard → what it should mean."""


@pytest.fixture(scope="module")
def small() -> NameIndex:
    return index_of(CATALOG)


@pytest.fixture(scope="module")
def spoken(material: Path) -> list[dict[str, Any]]:
    corpus = material / "spoken" / "dev.jsonl"
    return [json.loads(line) for line in corpus.read_text(encoding="utf-8").splitlines()]


def intent_of(heard: str, index: NameIndex, state: State = State()) -> Intent | None:  # noqa: B008
    return understand(Turn(heard=heard), state, index).intent


@pytest.mark.parametrize("intent", sorted(set(MISHEARD) - {"none"}))
def test_a_misheard_command_is_understood_by_its_sound(intent: str, index: NameIndex) -> None:
    """Homophones, an accent or a lost final do not change what is wanted."""
    state = OFFERED if intent.startswith("choose") else State()
    wrong = {h: intent_of(h, index, state) for h in MISHEARD[intent]}
    assert {h: i for h, i in wrong.items() if i != intent} == {}


def test_no_command_is_heard_where_none_was_said(index: NameIndex) -> None:
    """Places, pharmacies, greetings and noise are never taken for a command."""
    heard = {text: intent_of(text, index) for text in MISHEARD["none"]}
    assert {t: i for t, i in heard.items() if i not in (None, Intent.ASK)} == {}


@pytest.mark.parametrize("heard", KNOWN_FAILURES)
def test_known_failures_still_fail(heard: str, index: NameIndex) -> None:
    """A row that is mended must leave the list of known failures."""
    assert intent_of(heard, index) != KNOWN_FAILURES[heard]


def test_spoken_commands_reach_what_was_promised(
    index: NameIndex, spoken: list[dict[str, Any]]
) -> None:
    """At least 95 % of the clean and hard commands; nothing where no trace of one is left."""
    commands = [row for row in spoken if row["kind"] == "command"]
    audible = [row for row in commands if row["tier"] in ("clean", "hard")]
    right = sum(intent_of(row["heard"], index) == row["intent"] for row in audible)
    assert right >= 0.95 * len(audible)
    lost = [row["heard"] for row in commands if row["tier"] == "lost"]
    assert {heard: intent_of(heard, index) for heard in lost} == dict.fromkeys(lost)


def test_spoken_questions_are_questions(index: NameIndex, spoken: list[dict[str, Any]]) -> None:
    """At most one in fifty audible questions with a place or a pharmacy is taken for a command."""
    questions = [r for r in spoken if r["kind"] != "command" and r["tier"] in ("clean", "hard")]
    asked = sum(intent_of(row["heard"], index) == Intent.ASK for row in questions)
    assert asked >= 0.98 * len(questions)


SENTENCES = [
    # heard, intent, product
    ("再說一次", Intent.REPEAT, ""),
    ("可不可以麻煩你再說一次", Intent.REPEAT, ""),
    ("啊你說什麼我聽不太清楚啦", Intent.REPEAT, ""),
    ("那個電話是幾號啊我忘記了", Intent.PHONE, ""),
    ("好，我要聽地址", Intent.ADDRESS, ""),
    ("不好意思，請問有沒有其他的藥局", Intent.NEXT, ""),
    ("謝謝", Intent.STOP, ""),
    ("謝謝你喔，再見", Intent.STOP, ""),
    ("還有口罩嗎", Intent.ASK, ""),
    ("我要買口罩", Intent.ASK, ""),
    ("哪裡有兒童口罩", Intent.ASK, "child_mask"),
    ("快篩還有嗎", Intent.ASK, "rapid_test"),
    ("小孩的口罩呢", Intent.CHILD, ""),
    ("大安區還有小孩口罩嗎", Intent.ASK, "child_mask"),
    ("大安區還有小海口罩嗎", Intent.ASK, "child_mask"),
    ("大安區還有口罩嗎", Intent.ASK, ""),
    ("附近還有口罩嗎", Intent.NEARBY, ""),
    ("那口罩呢", Intent.ASK, ""),
    ("我要買三片", Intent.ASK, ""),
    ("我身分證最後是零", Intent.RULES, ""),
    ("零算單號還是雙號", Intent.RULES, ""),
    ("那我明天可以買嗎", Intent.RULES, ""),
    ("九片可以嗎", Intent.RULES, ""),
    ("你們騙人，我去了都沒有", Intent.NEXT, ""),
    ("那藥局沒開呢", Intent.NEXT, ""),
    ("走路要多久", Intent.REPEAT, ""),
    ("有幾家有", Intent.NEXT, ""),
    ("哪一家最多", Intent.HELP, ""),
    ("網路可以買嗎", Intent.HELP, ""),
    ("要排隊嗎", Intent.HOURS, ""),
    ("今天星期幾", Intent.DATATIME, ""),
    ("那個，大人的也要", Intent.ADULT, ""),
    ("我發燒了怎麼辦", Intent.OPERATOR, ""),
    ("English, please", Intent.ENGLISH, ""),
    ("ＯＫ", Intent.YES, ""),
]


@pytest.mark.parametrize(("heard", "intent", "product"), SENTENCES)
def test_a_sentence_means_this(heard: str, intent: Intent, product: str, small: NameIndex) -> None:
    """Commands amid politeness, questions with and without a place, products by their sound."""
    turn = understand(Turn(heard=heard), State(), small)
    assert (turn.intent, turn.product) == (intent, product)


@pytest.mark.parametrize(
    "heard", ["喂", "你好", "妳好", "喂，你好，請問", "請問一下", "嗯", "😀", "。"]
)
def test_a_greeting_means_nothing(heard: str, small: NameIndex) -> None:
    """Words of greeting alone, or no words at all, are no intent: the caller is asked."""
    assert intent_of(heard, small) is None


@pytest.mark.parametrize(
    ("heard", "intent"),
    [
        ("一", Intent.CHOOSE1),
        ("1", Intent.CHOOSE1),
        ("第二個", Intent.CHOOSE2),
        ("三", Intent.CHOOSE3),
        ("地一個", Intent.CHOOSE1),
        ("對", Intent.YES),
        ("不適", Intent.NO),
    ],
)
def test_with_options_offered_an_answer_chooses(
    heard: str, intent: Intent, small: NameIndex
) -> None:
    """After a question, a bare number or a short word is the answer to it."""
    assert intent_of(heard, small, OFFERED) == intent


@pytest.mark.parametrize(
    ("heard", "wants"),
    [
        ("信義藥局電話幾號", Intent.PHONE),
        ("信義藥局的店話幾號", Intent.PHONE),
        ("信義藥局的地址在哪裡", Intent.ADDRESS),
        ("信義藥局今天有開嗎", Intent.HOURS),
        ("信義藥局今天有開賣", Intent.HOURS),
        ("信義藥局還有口罩嗎", None),
    ],
)
def test_one_thing_may_be_asked_of_a_pharmacy(
    heard: str, wants: Intent | None, small: NameIndex
) -> None:
    """A question that names a pharmacy may ask its telephone, address or hours."""
    turn = understand(Turn(heard=heard), State(), small)
    assert turn.resolution is not None
    assert (turn.intent, turn.resolution.meant, turn.wants) == (
        Intent.ASK,
        Meant.PHARMACY,
        wants,
    )


def test_noise_is_nothing_but_its_words_may_be_a_command(small: NameIndex) -> None:
    """A recogniser's own prompt is silence; what callers say in the same words is not."""
    assert intent_of("以下是台灣口罩查詢專線的語音內容。", small) is None
    assert is_noise("詢專線的語音內容", "zh-TW")
    assert intent_of("感謝您", small) == Intent.STOP


def test_a_platforms_intent_stays(small: NameIndex) -> None:
    """What Alexa or Dialogflow has recognised is not guessed again; its names are resolved."""
    known = understand(Turn(heard="再見", intent=Intent.NEXT), State(), small)
    assert (known.intent, known.resolution) == (Intent.NEXT, None)
    asked = understand(Turn(heard="信義藥局", intent=Intent.PHONE), State(), small)
    assert (asked.intent, asked.wants) == (Intent.ASK, Intent.PHONE)
    bare = understand(Turn(heard="", intent=Intent.PHONE), State(), small)
    assert bare.intent == Intent.PHONE


def test_keys_and_silence_come_back_as_they_are(small: NameIndex) -> None:
    """Nothing is understood into a key press, nor into silence."""
    for turn in (Turn(), Turn(keys="1"), Turn(heard="  "), Turn(heard="對", keys="*")):
        assert understand(turn, State(), small) == turn


def test_the_county_that_was_asked_settles_a_district(index: NameIndex) -> None:
    """「台中市的哪一區呢？」, 「西區」: that of 台中, and 新竹's 東區 of the four."""
    for county, district in (("台中市", "西區"), ("新竹市", "東區"), ("嘉義市", "東區")):
        state = State(area_code="02", step=("ask", county))
        found = understand(Turn(heard=district), state, index).resolution
        assert found is not None
        assert found.sure
        assert found.districts[0].district.key == county + district


@pytest.mark.parametrize("heard", ["信義區呢", "那信義區呢", "信義區啦"])
def test_a_particle_after_a_place_leaves_it_sure(heard: str, index: NameIndex) -> None:
    """「信義區呢」 after another place needs no 「您說的是…嗎」."""
    found = understand(Turn(heard=heard), State(area_code="02"), index).resolution
    assert found is not None
    assert (found.sure, found.districts[0].district.key) == (True, "台北市信義區")


def test_the_resolver_is_told_what_the_conversation_knows(small: NameIndex) -> None:
    """The area code, the last place and the names just read out make some names likelier."""
    state = State(
        area_code="02",
        place="台中市大安區",
        options=(
            ("pharmacy", "9001060001"),
            ("district", "台北市大安區", ""),
            ("pharmacy", "gone"),
            ("district", "gone", ""),
            ("next",),
        ),
    )
    told = hints(state, small)
    assert told.area_code == "02"
    assert told.place is not None
    assert told.place.key == "台中市大安區"
    assert [pharmacy.name for pharmacy in told.offered_pharmacies] == ["信義藥局"]
    assert [place.key for place in told.offered_places] == ["台北市大安區"]


FOREIGN = [
    ("en-US", "Next one, please.", Intent.NEXT, ""),
    ("en-US", "what's the phone number", Intent.PHONE, ""),
    ("en-US", "could you say that again please", Intent.REPEAT, ""),
    ("en-US", "how many can I buy?", Intent.RULES, ""),
    ("en-US", "Where can I buy children's masks?", Intent.ASK, "child_mask"),
    ("en-US", "Thank you, goodbye.", Intent.STOP, ""),
    ("en-US", "the second one", Intent.CHOOSE2, ""),
    ("en-US", "uh what's the phone number again I forgot", Intent.PHONE, ""),
    ("en-US", "thank you very much, bye bye", Intent.STOP, ""),
    ("en-US", "masks in Banqiao for children", Intent.ASK, "child_mask"),
    ("en-US", "any kids masks in Taipei Daan", Intent.ASK, "child_mask"),
    ("en-US", "hello", None, ""),
    ("en-US", "colourless green ideas", None, ""),
    ("ja-JP", "もう一度お願いします", Intent.REPEAT, ""),
    ("ja-JP", "次の薬局", Intent.NEXT, ""),
    ("ja-JP", "すみません、電話番号を教えて", Intent.PHONE, ""),
    ("ja-JP", "ありがとうございました", Intent.STOP, ""),
    ("ja-JP", "すみません、住所を教えてください", Intent.ADDRESS, ""),
    ("ja-JP", "板橋区に子供用のマスクはありますか", Intent.ASK, "child_mask"),
    ("ja-JP", "子供用のマスクはありますか", Intent.CHILD, ""),
    ("ja-JP", "こんにちは", None, ""),
]


@pytest.mark.parametrize(("locale", "heard", "intent", "product"), FOREIGN)
def test_english_and_japanese_are_understood(
    locale: str, heard: str, intent: Intent | None, product: str, small: NameIndex
) -> None:
    """The same intents in the other languages, whatever the marks and the case."""
    turn = understand(Turn(heard=heard), State(locale=locale), small)
    assert (turn.intent, turn.product) == (intent, product)


@pytest.mark.parametrize("locale", ["zh-TW", "en-US", "ja-JP"])
@pytest.mark.parametrize(
    "heard", ["口罩" * 5000, "a" * 10_000, "\x00", "1" * 300, "𠀀𪚥", "()[]{}<>"]
)
def test_nonsense_is_answered(heard: str, locale: str, small: NameIndex) -> None:
    """No text makes understanding fall over."""
    understand(Turn(heard=heard), State(locale=locale), small)


@pytest.mark.parametrize(
    ("heard", "intent"),
    [
        ("我看不到路 可以說慢一點嗎", Intent.SLOWER),
        ("欸我拿一下筆，請再說一次", Intent.REPEAT),
        ("我朋友跟我講的 這樣要帶什麼", Intent.RULES),
        ("那個老闆不在 下一家", Intent.NEXT),
    ],
)
def test_the_last_clause_counts_where_the_whole_says_nothing(
    heard: str, intent: Intent, index: NameIndex
) -> None:
    """People think aloud; what they want stands at the end."""
    assert intent_of(heard, index, OFFERED) is intent


@pytest.mark.parametrize("heard", ["我跌倒了 再見", "醫生說這樣 刪除我的紀錄"])
def test_no_clause_ends_the_call(heard: str, index: NameIndex) -> None:
    """What ends it or deletes something must be all that was said."""
    assert intent_of(heard, index) not in (Intent.STOP, Intent.FORGET)


TAIWANESE = {
    "口罩敢有": Intent.ASK,
    "擱有口罩嘸": Intent.ASK,
    "佗位有口罩": Intent.ASK,
    "攏無": Intent.NO,
    "毋是啦": Intent.NO,
    "擱講一擺": Intent.REPEAT,
    "聽無": Intent.REPEAT,
    "較慢咧": Intent.SLOWER,
    "下一間咧": Intent.NEXT,
    "囝仔的": Intent.CHILD,
    "電話幾番": Intent.PHONE,
    "按怎買": Intent.RULES,
    "幾箍": Intent.RULES,
    "勞力": Intent.STOP,
    "歹勢": None,
}


@pytest.mark.parametrize(("heard", "intent"), TAIWANESE.items(), ids=TAIWANESE)
def test_taiwanese_words(heard: str, intent: Intent | None, index: NameIndex) -> None:
    """What elders mix into their Mandarin, as it is written where it is written down."""
    assert intent_of(heard, index) is intent


@pytest.mark.parametrize("heard", ["三重擱有嘸", "板橋敢有口罩", "大安區咧"])
def test_a_place_asked_for_in_taiwanese(heard: str, index: NameIndex) -> None:
    """The words around it are no part of its name."""
    found = understand(Turn(heard=heard), State(area_code="02"), index).resolution
    assert found is not None
    assert found.meant is Meant.DISTRICT
    assert found.sure


ASKED = {
    "我身分證尾號是七今天可以買嗎": Intent.RULES,
    "我的身分證尾號是八可以買嗎": Intent.RULES,
    "都沒有嗎": Intent.NEXT,
    "怎麼都沒有了嗎": Intent.NEXT,
    "賣完了怎麼辦": Intent.NEXT,
    "我要五片可以嗎": Intent.RULES,
    "身分證忘記帶": Intent.RULES,
    "這家有小孩的嗎": Intent.CHILD,
    "走過去要多久": Intent.REPEAT,
}


@pytest.mark.parametrize(("heard", "intent"), ASKED.items(), ids=ASKED)
def test_a_question_is_no_goodbye_and_no_place(
    heard: str, intent: Intent, index: NameIndex
) -> None:
    """「都沒有嗎」 asks for another one; 「尾號是七」 names no district."""
    told = State(place="新北市三重區", told=("5931100001",), at=0, options=OFFERED.options)
    assert intent_of(heard, index, told) is intent


def test_a_place_in_one_clause_and_the_product_in_another(index: NameIndex) -> None:
    """「在埔里」 is what settles it, and the masks asked for are children's."""
    turn = understand(Turn(heard="阿公要買小孩的口罩 在埔里"), State(), index)
    assert turn.intent is Intent.ASK
    assert turn.product == "child_mask"
    assert turn.resolution is not None
    assert turn.resolution.sure
    assert turn.resolution.districts[0].district.key == "南投縣埔里鎮"
