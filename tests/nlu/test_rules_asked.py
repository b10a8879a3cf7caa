"""What of the rules a sentence asks for, and how the caller's id ends, as it is heard."""

import pytest

from nlu.understand import understand
from shared.dialog.acts import Intent
from shared.dialog.values import State, Utterance
from shared.names.index import index_of
from tests.small_world import CATALOG

INDEX = index_of(CATALOG)


def asked_of_rules(heard: str, locale: str) -> tuple[str, str]:
    """The part of the rules that is asked, and how the id ends; "" where none is."""
    acts = understand(Utterance(text=heard), State(locale=locale), INDEX).acts
    act = next((one for one in acts if one.intent is Intent.RULES), None)
    return (act.part, act.ends) if act else ("", "")


@pytest.mark.parametrize(
    ("heard", "part", "ends"),
    [
        ("今天我可以買嗎", "day", ""),
        ("今天是單號還是雙號", "day", ""),
        ("我身分證不是單號今天能買嗎", "day", "even"),
        ("我是雙號不是單號今天能買嗎", "day", "even"),
        ("身分證尾號是八可以買嗎", "day", "even"),
        ("身分證尾號是零可以買嗎", "day", "even"),
        ("身份證尾好是爸可以買嗎", "day", "even"),
        ("生分證最後一碼是三今天能買嗎", "day", "odd"),
        ("尾數7今天能買嗎", "day", "odd"),
        ("尾數雙號的今天能買嗎", "day", "even"),
        ("我是丹號可以買嗎", "day", "odd"),
        ("我尾號是八", "day", "even"),
        ("我的身分證最後一碼是五", "day", "odd"),
        ("我是單號", "day", "odd"),
        ("健保卡尾數是二可以買嗎", "day", "even"),
        ("我的身分證是A1開頭，最後一碼四，今天可以買嗎", "day", "even"),
        ("單號星期幾買", "turn", "odd"),
        ("我哪一天可以買", "turn", ""),
        ("一次可以買幾片", "amount", ""),
        ("一個人可以買集片", "amount", ""),
        ("可以買八片嗎", "amount", ""),
        ("九片可以嗎", "amount", ""),
        ("我身分證最後是零", "day", "even"),
        ("我是七號尾的", "day", "odd"),
        ("我老公是四的，他呢", "day", "even"),
        ("我的居留證最後一碼是六", "day", "even"),
        ("用身分證呢", "bring", ""),
        ("戶口名簿可以嗎", "bring", ""),
        ("哪一家比較便宜", "price", ""),
        ("我家兩個大人一個小孩可以買幾片", "amount", ""),
        ("我上個月買的，現在可以再買嗎", "again", ""),
        ("零算單號還是雙號", "day", ""),
        ("明天可以買嗎", "day", ""),
        ("多久可以買一次", "again", ""),
        ("口罩多少錢", "price", ""),
        ("一片多小錢", "price", ""),
        ("要帶什麼", "bring", ""),
        ("要帶建保卡嗎", "bring", ""),
        ("小孩幾歲可以買", "child", ""),
        ("小孩可以買幾片", "child", ""),
        ("兒童口罩要誰的健保卡", "child", ""),
        ("可以幫我媽媽代買嗎", "proxy", ""),
        ("外國人可以買嗎", "foreigner", ""),
        ("沒有健保卡外籍看護可以買嗎", "foreigner", ""),
        ("口罩怎麼買", "overview", ""),
        ("規定是什麼", "overview", ""),
        ("嗯", "", ""),
        ("", "", ""),
    ],
)
def test_mandarin_is_asked_by_its_sound(heard: str, part: str, ends: str) -> None:
    """One part, the more telling one where two are named."""
    assert asked_of_rules(heard, "zh-TW") == (part, ends)


@pytest.mark.parametrize(
    ("heard", "part", "ends"),
    [
        ("my id ends in eight can i buy today", "day", "even"),
        ("my id ends in seven can i buy today", "day", "odd"),
        ("my ID ends with 7, can I buy today?", "day", "odd"),
        ("is it odd or even today", "day", ""),
        ("do masks even help", "", ""),
        ("is it even open", "", ""),
        ("mine is even, can I go today", "day", "even"),
        ("can I buy today, mine is a seven", "day", "odd"),
        ("my ID ends in an 8, can I buy today", "day", "even"),
        ("which day is for everybody", "turn", ""),
        ("it's even, when can I go", "turn", "even"),
        ("my number is odd can i buy today", "day", "odd"),
        ("which day can i buy", "turn", ""),
        ("how many can i buy", "amount", ""),
        ("how much is a mask", "price", ""),
        ("what do i need to bring", "bring", ""),
        ("can i buy for my mother", "proxy", ""),
        ("can foreigners buy masks", "foreigner", ""),
        ("what are the rules", "overview", ""),
    ],
)
def test_english(heard: str, part: str, ends: str) -> None:
    """The same by the words."""
    assert asked_of_rules(heard, "en-US") == (part, ends)


@pytest.mark.parametrize(
    ("locale", "heard", "part"),
    [
        ("ja-JP", "番号の末尾が8の人は何曜日に買えますか", "turn"),
        ("ja-JP", "番号の最後が5です、月曜日に買えますか", "day"),
        ("zh-TW", "我身分證尾數8，星期幾可以買", "turn"),
    ],
)
def test_whose_id_is_known_hears_her_days_once(locale: str, heard: str, part: str) -> None:
    """Her days with the next of them, or of the day that she named whether she may."""
    acts = understand(Utterance(text=heard), State(locale=locale), INDEX).acts
    assert [(act.intent, act.part) for act in acts] == [(Intent.RULES, part)]


@pytest.mark.parametrize(
    ("heard", "part", "ends"),
    [
        ("番号の最後は八ですが今日買えますか", "day", "even"),
        ("番号の最後は奇数です今日買えますか", "day", "odd"),
        ("何曜日に買えますか", "turn", ""),
        ("一枚いくらですか", "price", ""),
        ("何を持って行けばいい", "bring", ""),
        ("外国人も買えますか", "foreigner", ""),
    ],
)
def test_japanese(heard: str, part: str, ends: str) -> None:
    """The same by the words."""
    assert asked_of_rules(heard, "ja-JP") == (part, ends)
