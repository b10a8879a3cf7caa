"""Calls for a chain: its shops in the place come first, and that there is none is said."""

from dataclasses import replace

import pytest

from conversation.service import Conversation
from shared.catalog import Catalog, Pharmacy
from shared.dialog.values import Channel, State, Utterance
from shared.places.districts import by_key
from tests import small_feed

_CHANNEL = Channel("test", keys=True)
_SHOPS = (
    ("躍獅忠誠藥局", "台北市士林區", 36),
    ("躍獅天母藥局", "台北市士林區", 90),
    ("躍獅逢甲藥局", "台中市西屯區", 0),
    ("躍獅永康藥局", "台南市永康區", 0),
)


@pytest.fixture(scope="module")
def conversation() -> Conversation:
    """About the small feed, with four shops of a chain; those in 西屯區 and 永康區 have none."""
    base = small_feed.snapshot()
    first = base.catalog.pharmacies[0]
    shops: list[Pharmacy] = []
    for number, (name, key, _) in enumerate(_SHOPS):
        code = f"59880{number:05}"
        shops.append(replace(first, id=code, name=name, district=by_key()[key]))
    stocks = {
        one.id: {"adult_mask": row[2], "child_mask": 0}
        for one, row in zip(shops, _SHOPS, strict=True)
    }
    world = replace(
        base,
        catalog=Catalog.of((*base.catalog.pharmacies, *shops)),
        stocks={**base.stocks, **stocks},
    )
    return Conversation(lambda: world, lambda: small_feed.NOW, lambda _seen, _reply: None)


def call(conversation: Conversation, *said: str, locale: str = "zh-TW") -> list[str]:
    """What is answered, turn by turn."""
    state: State | None = None
    state, _ = conversation.take(state, Utterance(opens=True, locale=locale), _CHANNEL)
    answers = []
    for text in said:
        state, reply = conversation.take(state, Utterance(text=text), _CHANNEL)
        answers.append(reply.text)
    return answers


def test_its_shops_are_told_one_after_the_other(conversation: Conversation) -> None:
    """Then that there are no more, and another pharmacy."""
    first, second, third = call(conversation, "士林的躍獅還有嗎", "下一家", "下一家")
    told = {name for name in ("躍獅忠誠", "躍獅天母") if name in first + second}
    assert told == {"躍獅忠誠", "躍獅天母"}
    assert third.startswith("躍獅藥局沒有別家了。第三家，士林區")


def test_where_it_has_no_shop_that_is_said_first(conversation: Conversation) -> None:
    """Never another one without a word."""
    (reply,) = call(conversation, "板橋有沒有躍獅藥局")
    assert reply.startswith("板橋區沒有躍獅藥局。板橋區")


def test_where_it_is_sold_out_that_is_said_first(conversation: Conversation) -> None:
    """The one shop there bears its own name in the answer."""
    (reply,) = call(conversation, "西屯的躍獅還有嗎")
    assert "躍獅逢甲藥局" in reply
    assert "賣完了" in reply


def test_without_a_place_the_district_is_asked_once(conversation: Conversation) -> None:
    """And what is wanted is kept until it is known, and for the next place that is asked about."""
    asked, told, other = call(conversation, "我要找躍獅", "士林", "那板橋呢")
    assert asked.startswith("躍獅藥局有很多家，請問您在哪一區？")
    assert "躍獅" in told
    assert other.startswith("板橋區沒有躍獅藥局。")


def test_in_the_place_that_is_spoken_of(conversation: Conversation) -> None:
    """「有沒有躍獅」 after an answer asks for those there."""
    _, reply = call(conversation, "士林區還有口罩嗎", "有沒有躍獅藥局")
    assert "躍獅" in reply


def test_two_of_one_name_in_one_place_are_told_apart(conversation: Conversation) -> None:
    """An option is never read out as another one is."""
    (reply,) = call(conversation, "躍獅忠誠藥局還是躍獅天母藥局")
    assert "士林區，請按一；士林區，請按二" not in reply


@pytest.mark.parametrize(
    ("locale", "said", "told"),
    [
        ("zh-TW", "士林有幾家躍獅", "士林區有兩家躍獅藥局，都還有大人的口罩。"),
        ("zh-TW", "西屯有幾家躍獅藥局還有口罩", "西屯區有一家躍獅藥局，大人的口罩賣完了。"),
        ("zh-TW", "板橋有幾家躍獅", "板橋區沒有躍獅藥局。"),
        (
            "en-US",
            "how many Yueshi pharmacies are there in Shilin",
            "Yueshi has 2 pharmacies in Shilin",
        ),
        ("ja-JP", "士林に躍獅薬局は何軒ありますか", "ユエシー薬局は2軒で"),
    ],
)
def test_its_shops_are_counted_and_no_others(
    locale: str, said: str, told: str, conversation: Conversation
) -> None:
    """「士林有幾家躍獅」 counts no other pharmacy; it tells how many of hers there still have
    some."""
    (reply,) = call(conversation, said, locale=locale)
    assert told in reply


def test_what_follows_a_count_is_of_the_same_chain(conversation: Conversation) -> None:
    """The pieces, another place, the district that was asked for first, the shop that is left."""
    _, pieces, other = call(conversation, "士林有幾家躍獅", "那一共還有幾片", "那西屯呢")
    assert pieces.startswith("士林區的躍獅藥局一共還有一百二十六片")
    assert other.startswith("西屯區有一家躍獅藥局")
    asked, counted = call(conversation, "躍獅有幾家", "士林")
    assert "請問您在哪一區" in asked
    assert counted.startswith("士林區有兩家躍獅藥局")


def test_another_one_is_of_that_chain(conversation: Conversation) -> None:
    """「還有別家躍獅嗎」 never leads to the one just told of."""
    first, second = call(conversation, "士林的躍獅還有嗎", "還有別家躍獅嗎")
    names = [name for name in ("躍獅忠誠", "躍獅天母") if name in first + second]
    assert len(names) == 2
    assert "躍獅" in second
