"""A day, an hour or a part of the day in a question: for any pharmacy, or for the one told of."""

from datetime import time

import pytest

from nlu.slots import slots_in
from nlu.understand import understand
from shared.dialog.acts import Act, ChoosePlace, DayAndHour, Intent, TellPharmacy
from shared.dialog.values import State, Utterance
from shared.hours import DayPart
from shared.names.index import NameIndex, index_of
from tests.small_world import CATALOG

TOLD = TellPharmacy("9001060001", "adult_mask")
OPEN_THEN = "2020-03-03 evening"

EVENING, AFTERNOON = DayAndHour(part=DayPart.EVENING), DayAndHour(part=DayPart.AFTERNOON)
TOMORROW_MORNING = DayAndHour(ahead=1, part=DayPart.MORNING)

ANY = [
    ("zh-TW", "哪一家晚上有開", EVENING),
    ("zh-TW", "有沒有下午的", AFTERNOON),
    ("zh-TW", "有沒有開到晚上的", EVENING),
    ("zh-TW", "晚上七點以後還有賣的有嗎", DayAndHour(clock=time(19))),
    ("zh-TW", "我五點下班，哪裡還買得到", DayAndHour(clock=time(17))),
    ("zh-TW", "明天早上哪裡有開", TOMORROW_MORNING),
    ("zh-TW", "禮拜天哪一家有開", DayAndHour(weekday=6)),
    ("en-US", "which one is open in the evening", EVENING),
    ("en-US", "where can I get some after work", EVENING),
    ("zh-TW", "假日哪一家有開", DayAndHour(weekday=6)),
    ("en-US", "which pharmacy is open tomorrow morning", TOMORROW_MORNING),
    ("ja-JP", "夜に開いている薬局はありますか", EVENING),
    ("ja-JP", "夕方どこで買えますか", EVENING),
    ("en-US", "ok whichever is open late", EVENING),
    ("en-US", "is there a pharmacy open late", EVENING),
    ("en-US", "how about one that's open until late", EVENING),
    ("ja-JP", "遅くまで開いている薬局はありますか", EVENING),
]


@pytest.fixture(scope="module")
def small() -> NameIndex:
    return index_of(CATALOG)


def _acts(locale: str, text: str, small: NameIndex, open_at: str = "") -> tuple[Act, ...]:
    """What is asked after a pharmacy of 信義區 was told."""
    state = State(
        locale=locale, place="台北市信義區", told=(TOLD.id,), said=(TOLD,), open_at=open_at
    )
    return understand(Utterance(text=text), state, small).acts


@pytest.mark.parametrize(("locale", "text", "when"), ANY)
def test_a_time_beside_which_one_asks_for_any_that_is_open_then(
    locale: str, text: str, when: DayAndHour, small: NameIndex
) -> None:
    """After an answer too: it is not asked of the pharmacy just told of."""
    (act,) = _acts(locale, text, small)
    assert (act.intent, act.when) == (Intent.ASK, when)


THIS = [
    ("zh-TW", "這家晚上有開嗎", EVENING),
    ("zh-TW", "晚上有開嗎", EVENING),
    ("zh-TW", "那晚上呢", EVENING),
    ("zh-TW", "那家明天早上呢", TOMORROW_MORNING),
    ("zh-TW", "這家假日呢", DayAndHour(weekday=6)),
    ("zh-TW", "那家星期六有沒有", DayAndHour(weekday=5)),
    ("zh-TW", "那家週末有開嗎", DayAndHour(weekday=5)),
    ("zh-TW", "星期六有嗎", DayAndHour(weekday=5)),
    ("en-US", "are they open in the evening", EVENING),
    ("ja-JP", "そこは夜も開いていますか", EVENING),
]


@pytest.mark.parametrize(("locale", "text", "when"), THIS)
def test_a_time_alone_asks_for_the_hours_of_the_one_told_of(
    locale: str, text: str, when: DayAndHour, small: NameIndex
) -> None:
    """Whether that one is open then."""
    (act,) = _acts(locale, text, small)
    assert (act.intent, act.when) == (Intent.HOURS, when)


@pytest.mark.parametrize("text", ["那晚上呢", "晚上也可以", "明天早上的呢"])
def test_after_one_that_is_open_then_another_time_asks_anew(text: str, small: NameIndex) -> None:
    """「有沒有下午的」, 「晚上也可以」: it is any pharmacy that is asked for."""
    (act,) = _acts("zh-TW", text, small, OPEN_THEN)
    assert act.intent is Intent.ASK
    assert act.when is not None
    assert act.when.part is not None


@pytest.mark.parametrize("text", ["晚上開到幾點", "他們晚上幾點關門"])
def test_who_asks_for_an_hour_is_told_the_hours(text: str, small: NameIndex) -> None:
    """「晚上開到幾點」 wants a time, and not that it is open in the evening."""
    (act,) = _acts("zh-TW", text, small)
    assert act.intent is Intent.HOURS
    assert act.when is None or act.when.part is None


@pytest.mark.parametrize("text", ["哪一家現在就可以買", "信義區今天哪裡買得到", "信義區現在哪裡有"])
def test_now_is_no_other_time(text: str, small: NameIndex) -> None:
    """What is best now is told first in any case."""
    (act,) = _acts("zh-TW", text, small)
    assert (act.intent, act.when) == (Intent.ASK, None)


@pytest.mark.parametrize("text", ["我早上去排都沒有，信義區還有嗎", "信義區還有嗎，我晚上要上班"])
def test_a_time_that_is_told_beside_a_question_is_no_condition(text: str, small: NameIndex) -> None:
    """Only what asks which one is open, or sells, then."""
    act = next(act for act in _acts("zh-TW", text, small) if act.intent is Intent.ASK)
    assert act.when is None


@pytest.mark.parametrize(("locale", "text"), [("zh-TW", "那現在呢"), ("en-US", "what about now")])
def test_now_ends_the_wish_for_another_time(locale: str, text: str, small: NameIndex) -> None:
    """After one that is open in the evening: what is asked is which is open now."""
    (act,) = _acts(locale, text, small, OPEN_THEN)
    assert (act.intent, act.when) == (Intent.ASK, DayAndHour())


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en-US", "anywhere I can buy them on Sunday"),
        ("en-US", "where can I buy on Sunday"),
        ("ja-JP", "日曜日に買えるところはありますか"),
        ("zh-TW", "禮拜天哪裡買得到"),
    ],
)
def test_where_one_can_buy_on_a_day_is_no_question_for_the_rules(
    locale: str, text: str, small: NameIndex
) -> None:
    """Which is open then is asked, and not whose day it is."""
    (act,) = understand(Utterance(text=text), State(locale=locale), small).acts
    assert (act.intent, act.when) == (Intent.ASK, DayAndHour(weekday=6))


@pytest.mark.parametrize("text", ["who can buy on Sunday", "can I buy on Sunday"])
def test_who_may_buy_on_a_day_is_a_question_for_the_rules(text: str, small: NameIndex) -> None:
    """No place is asked for."""
    acts = understand(Utterance(text=text), State(locale="en-US"), small).acts
    assert [(act.intent, act.part) for act in acts] == [(Intent.RULES, "day")]


@pytest.mark.parametrize(
    ("locale", "text", "when"),
    [
        ("en-US", "okay and Saturday", DayAndHour(weekday=5)),
        ("en-US", "um and Sunday morning", DayAndHour(weekday=6, part=DayPart.MORNING)),
        ("en-US", "what about at eight pm", DayAndHour(clock=time(20))),
        ("ja-JP", "じゃあ土曜日は", DayAndHour(weekday=5)),
        ("ja-JP", "日曜の夜は？", DayAndHour(weekday=6, part=DayPart.EVENING)),
    ],
)
def test_another_day_after_an_answer_is_that_pharmacy_s(
    locale: str, text: str, when: DayAndHour, small: NameIndex
) -> None:
    """Whatever she says before the day."""
    (act,) = _acts(locale, text, small)
    assert (act.intent, act.when) == (Intent.HOURS, when)


def test_another_day_goes_on_where_none_was_known_to_be_open(small: NameIndex) -> None:
    """「晚上沒有查到有開的」, "what about tomorrow night then": of any pharmacy."""
    vain = TellPharmacy(TOLD.id, TOLD.product, in_vain=OPEN_THEN)
    state = State(locale="en-US", place="台北市信義區", told=(TOLD.id,), said=(vain,))
    (act,) = understand(Utterance(text="what about tomorrow night then"), state, small).acts
    assert act.intent is Intent.ASK
    assert act.when == DayAndHour(ahead=1, part=DayPart.EVENING)


@pytest.mark.parametrize(
    ("text", "clock", "bare"),
    [
        ("which one is open after eight pm", time(20), False),
        ("anywhere open at seven thirty p m", time(19, 30), False),
        ("who is open at nine a m", time(9), False),
        ("where can I buy some at ten", time(10), True),
        ("who is open at six", time(18), True),
        ("who is open at eight tonight", time(20), False),
        ("anywhere open this evening at seven", time(19), False),
        ("which one is open until nine", time(21), False),
        ("which one is open till 10 am", time(10), False),
    ],
)
def test_an_hour_in_words_is_an_hour(text: str, clock: time, bare: bool, small: NameIndex) -> None:
    """A recogniser writes "eight pm" as often as "8 pm"; without it the hour is bare."""
    (act,) = _acts("en-US", text, small)
    assert (act.intent, act.when) == (Intent.ASK, DayAndHour(clock=clock, bare=bare))


@pytest.mark.parametrize(
    ("locale", "text", "month_day"),
    [
        ("zh-TW", "三月五號有開嗎", (3, 5)),
        ("zh-TW", "星期二，三月十號", (3, 10)),
        ("zh-TW", "3月15日早上", (3, 15)),
        ("ja-JP", "3月5日は開いていますか", (3, 5)),
        ("en-US", "are they open on March 5th", (3, 5)),
        ("en-US", "what about december the 25th", (12, 25)),
        ("zh-TW", "十三月五號", None),
        ("zh-TW", "二月三十號", None),
        ("zh-TW", "五號", None),
    ],
)
def test_a_date_is_a_day(locale: str, text: str, month_day: tuple[int, int] | None) -> None:
    """By its month and its number, whichever weekday is named with it. What is in no calendar is
    none; a number alone may be a house or a plate."""
    when = slots_in(text, locale).when
    assert (when.month_day if when else None) == month_day
    assert when is None or when.weekday is None


@pytest.mark.parametrize(("text", "bare"), [("朝8時", False), ("午後8時", False), ("8時", True)])
def test_an_hour_in_japanese_is_bare_without_its_half(text: str, bare: bool) -> None:
    """Of the morning or of the evening is said before it."""
    when = slots_in(f"{text}に開いている薬局", "ja-JP").when
    assert when is not None
    assert when.bare is bare


def test_a_number_that_is_no_hour_tells_no_time(small: NameIndex) -> None:
    """Two pharmacies and at least eight are counts."""
    for text in ("are they at two pharmacies", "one with at least eight"):
        assert all(act.when is None for act in _acts("en-US", text, small))


@pytest.mark.parametrize(
    "text", ["信義區近一點的", "有沒有早一點開的", "便宜一點的呢", "請說慢一點"]
)
def test_a_little_is_no_hour(text: str, small: NameIndex) -> None:
    """「近一點」: nearer, and not at one o'clock."""
    assert all(not (act.when and act.when.clock) for act in _acts("zh-TW", text, small))


@pytest.mark.parametrize(
    ("locale", "text", "when"),
    [
        ("zh-TW", "不是星期六，是星期天", DayAndHour(weekday=6)),
        ("zh-TW", "我說的是星期天，不是星期六", DayAndHour(weekday=6)),
        ("zh-TW", "不是今天，是明天早上", TOMORROW_MORNING),
        ("en-US", "not Saturday, Sunday", DayAndHour(weekday=6)),
    ],
)
def test_a_day_that_is_denied_is_not_asked_about(
    locale: str, text: str, when: DayAndHour, small: NameIndex
) -> None:
    """The one that is meant instead is."""
    (act,) = _acts(locale, text, small)
    assert (act.intent, act.when) == (Intent.HOURS, when)


@pytest.mark.parametrize(
    ("text", "clock", "bare"),
    [
        ("兩點半呢", time(14, 30), True),
        ("那我兩點半去好不好", time(14, 30), True),
        ("九點還有開嗎", time(21), False),
        ("早上九點還有開嗎", time(9), False),
        ("晚上七八點還有開嗎", time(20), False),
        ("九點開了嗎", time(9), True),
    ],
)
def test_an_hour_is_asked_of_the_one_told_of(
    text: str, clock: time, bare: bool, small: NameIndex
) -> None:
    """What is still so at nine is so in the evening, where nothing else was said."""
    (act,) = _acts("zh-TW", text, small)
    assert (act.intent, act.when) == (Intent.HOURS, DayAndHour(clock=clock, bare=bare))


@pytest.mark.parametrize(
    "text", ["信義區，我要明天早上去買", "信義區，我不是要今天的，我明天早上再去買"]
)
def test_when_she_will_go_is_when_it_must_be_open(text: str, small: NameIndex) -> None:
    """Without a 「哪一家」."""
    (act,) = _acts("zh-TW", text, small)
    assert (act.intent, act.when) == (Intent.ASK, TOMORROW_MORNING)


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("zh-TW", "我七點去排都沒有，信義區哪裡有"),
        ("en-US", "I went at seven am and there was nothing, where in Xinyi District"),
    ],
)
def test_when_she_was_there_is_no_condition(locale: str, text: str, small: NameIndex) -> None:
    """Only what is to come must be open."""
    act = next(act for act in _acts(locale, text, small) if act.intent is Intent.ASK)
    assert act.when is None


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("今天是星期三嗎", DayAndHour()),
        ("後天禮拜幾", DayAndHour(ahead=2)),
        ("這個星期天是幾號", DayAndHour(weekday=6)),
    ],
)
def test_the_date_is_asked_of_any_day(text: str, when: DayAndHour, small: NameIndex) -> None:
    """Of today by whatever weekday she takes it for."""
    (act,) = _acts("zh-TW", text, small)
    assert (act.label, act.when) == ("clock", when)


def test_an_hour_beside_the_question_which_place_is_kept(small: NameIndex) -> None:
    """「您說的是信義區嗎」, 「下午好了」: it asks for one that is open then."""
    state = State(said=(ChoosePlace(("台北市信義區",)),))
    (act,) = understand(Utterance(text="不要十點半，下午好了"), state, small).acts
    assert (act.intent, act.when) == (Intent.ASK, AFTERNOON)


def test_one_o_clock_is_an_hour(small: NameIndex) -> None:
    """With the part of the day or without, at one or at eleven."""
    for text, hour in (
        ("下午一點哪一家有開", 13),
        ("一點以後哪一家有開", 13),
        ("早上十一點哪一家有開", 11),
    ):
        (act,) = _acts("zh-TW", text, small)
        assert act.when
        assert act.when.clock == time(hour)


@pytest.mark.parametrize(
    "text",
    ["good afternoon, are there any masks", "I went there this morning, where else can I go"],
)
def test_a_greeting_or_a_story_asks_of_no_time(text: str, small: NameIndex) -> None:
    """Nobody who greets in the afternoon asks which one is open then."""
    assert [act.when for act in _acts("en-US", text, small)] == [None]
