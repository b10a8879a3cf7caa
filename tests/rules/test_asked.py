"""The rules as they are asked for on the telephone: each part alone, on each day the right one."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from conversation.service import Conversation
from shared.catalog import Snapshot
from shared.dialog.values import Channel, Utterance
from shared.speech.wordings import wording_of
from tests.small_feed import snapshot

PHONE = Channel("twilio", keys=True)
NOON = time(12, 0, tzinfo=ZoneInfo("Asia/Taipei"))

MAY, MAY_NOT = "今天可以買", "今天輪到"
ALL, ODD, EVEN = "大家都可以買", "單號的人買", "雙號的人買"


def asked(day: str, heard: str) -> str:
    """The first sentences of the answer on that day, without the question that follows."""
    now = datetime.combine(date.fromisoformat(day), NOON)

    def feed() -> Snapshot:
        return snapshot(now)

    talk = Conversation(feed, lambda: now, lambda *_: None)
    state, _ = talk.take(None, Utterance(opens=True), PHONE)
    _, reply = talk.take(state, Utterance(text=heard), PHONE)
    return reply.text.removesuffix(reply.prompt)


@pytest.mark.parametrize(
    ("day", "odd", "even", "anybody"),
    [
        ("2020-02-06", MAY_NOT, MAY, EVEN),  # the first day, a Thursday
        ("2020-02-09", MAY, MAY, ALL),  # Sunday
        ("2020-02-19", MAY, MAY_NOT, ODD),
        ("2020-02-20", MAY_NOT, MAY, EVEN),
        ("2020-03-02", MAY, MAY_NOT, ODD),  # a Monday
        ("2020-03-03", MAY_NOT, MAY, EVEN),
        ("2020-03-04", MAY, MAY_NOT, ODD),
        ("2020-03-05", MAY_NOT, MAY, EVEN),
        ("2020-03-06", MAY, MAY_NOT, ODD),
        ("2020-03-07", MAY_NOT, MAY, EVEN),
        ("2020-03-08", MAY, MAY, ALL),
        ("2020-04-08", MAY, MAY_NOT, ODD),  # the last day of odd and even, a Wednesday
        ("2020-04-09", ALL, ALL, ALL),
        ("2020-05-31", ALL, ALL, ALL),
        ("2020-12-31", ALL, ALL, ALL),
    ],
)
def test_may_i_buy_today(day: str, odd: str, even: str, anybody: str) -> None:
    """Yes or no by how the id ends, 0 counting as even; who may, where that was not said."""
    assert odd in asked(day, "身分證尾號是七可以買嗎")
    assert even in asked(day, "身分證尾號是八可以買嗎")
    assert even in asked(day, "身分證尾號是零可以買嗎")
    assert anybody in asked(day, "今天我可以買嗎")


def test_who_may_not_buy_today_hears_when() -> None:
    """The days of the week, and Sunday."""
    assert "禮拜一、三、五和禮拜天" in asked("2020-03-03", "尾號三可以買嗎")
    assert "禮拜二、四、六和禮拜天" in asked("2020-03-04", "尾號四可以買嗎")


@pytest.mark.parametrize(
    ("changed", "heard", "before", "on"),
    [
        ("2020-02-20", "小孩可以買幾片", "七天買兩片", "七天買四片"),
        ("2020-02-27", "可以幫別人買嗎", "一次幫一個人買", "小孩的健保卡，一次可以帶三張"),
        ("2020-03-05", "一次可以買幾片", "大人七天買兩片，小孩四片", "大人七天買三片，小孩五片"),
        ("2020-03-05", "小孩幾歲可以買", "十二歲以下", "十三歲以下"),
        ("2020-03-19", "小孩幾歲可以買", "十三歲以下", "十六歲以下"),
        ("2020-04-09", "一次可以買幾片", "大人七天買三片", "大人十四天買九片，小孩十片"),
        ("2020-04-09", "單號星期幾買", "單號禮拜一、三、五", "每天都可以買"),
        ("2020-04-09", "我可以買小孩的嗎", "大人不能買小孩的", "大人也可以買小孩的"),
        ("2020-04-23", "我可以買小孩的嗎", "大人也可以買小孩的", "大人不能買小孩的"),
        ("2020-06-01", "口罩多少錢", "一片五塊錢", "別的店也有在賣"),
        ("2020-12-31", "口罩多少錢", "一片五塊錢", "一片四塊錢"),
        ("2020-12-31", "一次可以買幾片", "買九片", "買十片"),
    ],
)
def test_each_changeover(changed: str, heard: str, before: str, on: str) -> None:
    """The day before has the old rule, the day of it the new one."""
    eve = (date.fromisoformat(changed) - timedelta(days=1)).isoformat()
    told = asked(eve, heard), asked(changed, heard)
    assert before in told[0]
    assert on not in told[0]
    assert on in told[1]


@pytest.mark.parametrize(
    ("heard", "told", "not_told"),
    [
        ("口罩多少錢", "一片五塊錢", ("健保卡", "單號", "七天")),
        ("要帶什麼", "要帶健保卡", ("塊錢", "單號", "七天")),
        ("一次可以買幾片", "大人七天買兩片", ("塊錢", "健保卡", "單號")),
        ("外國人可以買嗎", "居留證", ("塊錢", "七天")),
        ("規定是什麼", "雙號的人買", ("塊錢", "健保卡")),
    ],
)
def test_only_what_was_asked_is_told(heard: str, told: str, not_told: tuple[str, ...]) -> None:
    """One part, in at most forty syllables."""
    answer = asked("2020-03-03", heard)
    assert told in answer
    assert not any(word in answer for word in not_told)
    assert wording_of("zh-TW").syllables(answer) <= 40


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2020-02-26", ""),
        ("2020-02-27", "三月五號起，大人三片，小孩五片"),
        ("2020-03-04", "三月五號起，大人三片，小孩五片"),
        ("2020-03-05", ""),
        ("2020-04-16", ""),
    ],
)
def test_who_asks_how_many_hears_how_many_it_will_be(day: str, told: str) -> None:
    """In the week before the day from which one may buy more, and of no change of anything else."""
    answer = asked(day, "一次可以買幾片")
    assert ("起，大人" in answer) == bool(told)
    assert told in answer
    assert wording_of("zh-TW").syllables(answer) <= 40


@pytest.mark.parametrize("since", ["2020-03-05", "2020-04-09", "2020-12-31"])
def test_a_change_is_told_for_a_week(since: str) -> None:
    """Its date, on seven days and not on the eighth; in at most forty syllables with the rest."""
    first = date.fromisoformat(since)
    told = [asked((first + timedelta(days=days)).isoformat(), "規定是什麼") for days in range(8)]
    assert ["改過" in answer for answer in told] == [True] * 7 + [False]
    assert max(map(wording_of("zh-TW").syllables, told)) <= 40


@pytest.mark.parametrize(
    ("heard", "told"),
    [
        ("明天可以買嗎", "星期三是單號的人買"),
        ("禮拜天可以買嗎", "星期天大家都可以買"),
        ("後天輪到誰", "星期四是雙號的人買"),
        ("三月五號輪到誰", "星期四是雙號的人買"),
        ("尾數二，三月五號可以買嗎", "可以，星期四可以買"),
        ("尾數二，明天可以買嗎", "星期三不能買"),
        ("尾數一，3月6日可以買嗎", "可以，星期五可以買"),
    ],
)
def test_another_day_is_not_answered_for_today(heard: str, told: str) -> None:
    """The day that was asked about, as seen from Tuesday, 3 March 2020."""
    assert told in asked("2020-03-03", heard)


@pytest.mark.parametrize("day", ["2020-02-05", "2019-12-31"])
def test_before_the_scheme_nothing_is_claimed(day: str) -> None:
    """No rules are known, whatever is asked."""
    for heard in ("今天我可以買嗎", "口罩多少錢", "身分證尾號是八可以買嗎"):
        assert "不清楚" in asked(day, heard)
