"""What needs no pharmacy: yes and no, choices, languages, what is remembered and forgotten."""

from datetime import date

import pytest

from shared import outcomes as o
from shared.dialog.acts import Act, DayAndHour, Intent, TakeDistrict, TakeNext, TakeNone
from shared.dialog.questions import MISHEARD
from shared.dialog.services import to_remember
from shared.dialog.values import State, Utterance
from tests.dialog.talks import (
    CHAT,
    DAAN,
    RENAI,
    SANCHONG,
    SEA,
    TEA,
    XINYI,
    Talk,
    ask,
    name_of,
    of_county,
)
from tests.small_world import heard_districts, heard_pharmacies

YES, NO = Act(Intent.YES), Act(Intent.NO)
ONE = Act(Intent.ASK, names=heard_districts(DAAN))


def test_a_yes_takes_what_is_offered_alone() -> None:
    """Of two it takes none; where nothing is asked it is only answered."""
    talk = Talk()
    talk.say(ONE)
    assert isinstance(talk.say(YES).outcome, o.Found)
    assert talk.say(YES).outcome == o.TopicTold("okay")
    asked = talk.say(ask(SEA, DAAN)).outcome
    assert talk.say(YES).outcome == asked
    assert Talk().say(YES).outcome == o.TopicTold("okay")
    talk = Talk()
    talk.ask(Intent.ASK)
    assert talk.say(YES).outcome == o.TopicTold("okay"), "「請問您在哪一區」, 「好」"


def test_a_no_asks_for_the_place_where_none_is_left() -> None:
    """After an offer, of what is denied by name, and before any answer; else the next is told."""
    talk = Talk()
    talk.say(ONE)
    assert isinstance(talk.say(NO).outcome, o.AskPlace)
    first = name_of(talk.say(ask(DAAN)).outcome)
    assert isinstance(talk.ask(Intent.NO, denied=of_county("台中市")), o.AskPlace)
    assert name_of(talk.say(NO).outcome) != first
    assert Talk().ask(Intent.NO, part=MISHEARD) == o.AskPlace()


@pytest.mark.parametrize(("nth", "place"), [(0, SEA), (1, DAAN), (2, "")])
def test_of_two_that_were_offered_the_other_is_meant(nth: int, place: str) -> None:
    """「不要第一個」 the second, 「不要第二個」 the first; 「不要第三個」 asks again."""
    talk = Talk()
    talk.say(ask(DAAN, SEA))
    told = talk.ask(Intent.NO, not_nth=nth)
    if place:
        assert isinstance(told, o.Found)
        assert told.pharmacy.district.key == place
    else:
        assert isinstance(told, o.AmbiguousPlace)


def test_of_three_two_are_left_and_asked_about_again() -> None:
    """Nobody knows which of them is meant."""
    talk = Talk()
    asked = talk.say(ask(DAAN, SEA, SANCHONG)).outcome
    assert talk.ask(Intent.NO, not_nth=1) == asked


@pytest.mark.parametrize(("nth", "other"), [(0, False), (1, True)])
def test_one_that_is_not_talked_about_is_denied_for_nothing(nth: int, other: bool) -> None:
    """「不要第一家」 at the second stays there; 「不要第二家」 leads on."""
    talk = Talk()
    talk.say(ask(DAAN))
    second = name_of(talk.ask(Intent.NEXT))
    told = talk.ask(Intent.NO, not_nth=nth)
    assert (not isinstance(told, o.Found) or name_of(told) != second) is other


def test_a_number_chooses_what_is_offered_and_then_a_pharmacy() -> None:
    """「第二個」 of two places; 「第二家」 after an answer is the second pharmacy, and 「第二個」
    the second option: the address."""
    talk = Talk()
    talk.say(ask(DAAN, SEA))
    assert name_of(talk.ask(Intent.CHOOSE2, that_one=True)) == "海邊藥局"
    talk = Talk()
    first = name_of(talk.say(ask(DAAN)).outcome)
    assert isinstance(talk.ask(Intent.CHOOSE2), o.AddressTold)
    assert name_of(talk.ask(Intent.CHOOSE2, that_one=True)) != first


def test_a_named_pharmacy_that_is_offered_is_chosen_after_one_was_told() -> None:
    """「第一家」 of two that are asked about is one of these, whatever was told before."""
    talk = Talk()
    talk.say(ask(SANCHONG))
    talk.say(Act(Intent.ASK, names=heard_pharmacies(XINYI, RENAI)))
    assert name_of(talk.ask(Intent.CHOOSE1, that_one=True)) == "信義藥局"
    talk.say(Act(Intent.ASK, names=heard_pharmacies(XINYI, RENAI)))
    assert name_of(talk.ask(Intent.CHOOSELAST)) == "仁愛藥局"


def test_the_last_is_the_last_that_was_told_of() -> None:
    """After one there is one; options that are no answer's are chosen from."""
    talk = Talk()
    first = name_of(talk.say(ask(DAAN)).outcome)
    assert name_of(talk.ask(Intent.CHOOSELAST)) == first
    nothing_told = Talk(state=State(options=(TakeNext(), TakeDistrict(SEA))))
    assert name_of(nothing_told.ask(Intent.CHOOSELAST)) == "海邊藥局"


def test_in_another_language_the_keys_are_told_anew() -> None:
    """And the rest of the call is in it."""
    talk = Talk()
    talk.say(ask(DAAN))
    changed = talk.say(Act(Intent.LANGUAGE, "english"))
    assert "press" in changed.text
    assert "press" not in talk.say(ask(SEA)).text
    assert talk.state is not None
    assert talk.state.locale == "en-US"


@pytest.mark.parametrize(
    ("when", "day"),
    [(None, 3), (DayAndHour(), 3), (DayAndHour(ahead=1), 4), (DayAndHour(weekday=1), 3)],
)
def test_the_rules_are_those_of_the_day(when: DayAndHour | None, day: int) -> None:
    """Today's are kept as today's: said again tomorrow they are of that day."""
    talk = Talk()
    told = talk.ask(Intent.RULES, when=when)
    assert isinstance(told, o.RulesTold)
    assert (told.day, told.about) == (date(2020, 3, day), "overview")
    assert talk.state is not None
    assert talk.state.last is not None
    assert talk.state.last.day == ("" if day == 3 else "2020-03-04")  # type: ignore[union-attr]


def test_who_may_buy_goes_on_from_the_day_asked_about() -> None:
    """「星期天可以買嗎」, 「我單號」: on that Sunday; today once that is said."""
    talk = Talk()
    talk.ask(Intent.RULES, part="day", when=DayAndHour(weekday=6))
    sunday = talk.ask(Intent.RULES, part="day", ends="odd")
    today = talk.ask(Intent.RULES, part="day", when=DayAndHour())
    price = talk.ask(Intent.RULES, part="price")
    assert isinstance(sunday, o.RulesTold)
    assert isinstance(today, o.RulesTold)
    assert isinstance(price, o.RulesTold)
    days = [(one.day.day, one.ends) for one in (sunday, today, price)]
    assert days == [(8, "odd"), (3, "odd"), (3, "odd")]


@pytest.mark.parametrize(("failed", "told"), [(False, o.Forgotten), (True, o.NotForgotten)])
def test_what_was_forgotten_is_told_so(failed: bool, told: type) -> None:
    """Or that it could not be."""
    heard = Utterance(text="…", not_deleted=failed)
    assert isinstance(Talk().say(Act(Intent.FORGET), utterance=heard).outcome, told)


@pytest.mark.parametrize(
    ("before", "now", "kept"),
    [
        ("", DAAN, {Intent.USUAL: DAAN}),
        (SEA, DAAN, {Intent.USUAL: DAAN}),
        (DAAN, DAAN, {}),
        (DAAN, "", {}),
        ("", "", {}),
    ],
)
def test_a_place_is_remembered_when_it_is_new(before: str, now: str, kept: dict[str, str]) -> None:
    """What a telephone had before is written once, and never made empty."""
    assert to_remember(State(place=before), State(place=now)) == kept


def test_the_usual_place_is_told_before_the_one_talked_about() -> None:
    """What is remembered stands above what is in the chat; one that is gone is none."""
    usual = Act(Intent.USUAL)
    for last, name in ((SEA, "海邊藥局"), ("火星市大安區", "健安藥局")):
        talk = Talk(channel=CHAT)
        talk.say(ask(SANCHONG))
        heard = Utterance(text="…", remembered={Intent.USUAL: last})
        assert name_of(talk.say(usual, utterance=heard).outcome) == name


def test_from_nowhere_the_first_thing_is_said() -> None:
    """「再說一次」 before anything was said greets; 「慢一點」 stays slow for the whole call."""
    assert isinstance(Talk().ask(Intent.REPEAT), o.Greeting)
    talk = Talk()
    assert talk.say(Act(Intent.SLOWER)).slow
    assert talk.say(ask(TEA)).slow
    assert not Talk().say(ask(TEA)).slow


def test_a_denied_offer_is_not_offered_any_more() -> None:
    """「是大安區嗎」, 「不是」: nothing is left of it."""
    talk = Talk()
    talk.say(ONE)
    assert talk.state is not None
    assert talk.state.options == (TakeDistrict(DAAN), TakeNone())
    talk.say(NO)
    assert talk.state.options == ()
