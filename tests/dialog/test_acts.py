"""What the line says, as it is kept between two turns."""

from dataclasses import MISSING, fields, replace
from datetime import date, datetime, time
from typing import get_args

import pytest

from shared import outcomes as o
from shared.clock import TAIPEI
from shared.dialog.acts import (
    About,
    Act,
    Choice,
    ChoosePlace,
    DayAndHour,
    Intent,
    Lack,
    Move,
    Phrase,
    Say,
    TakeNext,
    TellAbout,
    TellLookup,
    TellNone,
    Told,
    Understanding,
    pack_move,
    read_label,
    unpack_move,
)
from shared.dialog.facts import Facts
from shared.dialog.perform import perform
from shared.dialog.values import Channel, Hint, Option, Reply, State, Utterance
from shared.hours import AskedTime, DayPart
from shared.lookups import LOOKUPS
from tests.small_world import NOW, SNAPSHOT

CHANNEL = Channel("test", operator="1922")
STATE = State(place="台北市大安區", told=("9001060001",))

MOVES: tuple[Move, ...] = (
    *map(Say, Phrase),
    Say(Phrase.UNKNOWN_CODE, digits="999"),
    *(TellAbout("9001060001", about) for about in About),
    *(TellNone(lack, "台北市大安區", "adult_mask", "pharmacy") for lack in Lack),
    *map(TellLookup, LOOKUPS),
    ChoosePlace(("台北市大安區", "台中市大安區")),
    TakeNext(),
)


def test_of_a_move_what_is_usual_is_left_out() -> None:
    """A state travels in an address: every sign counts."""
    assert pack_move(Say(Phrase.HELP)) == ["s", "help"]
    assert pack_move(Say(Phrase.NOT_HEARD, 2)) == ["s", "not_heard", 2]


@pytest.mark.parametrize("move", MOVES, ids=str)
def test_a_move_comes_back_as_it_was(move: Move) -> None:
    """Of plain JSON alone, without the fields that are empty."""
    packed = pack_move(move)
    assert {type(part) for part in packed} <= {str, int, bool, list}
    assert packed[-1] not in ("", 0, False, [])
    assert unpack_move(packed) == move


@pytest.mark.parametrize(
    "packed",
    [
        *(None, "s", [], {}, ["?"], [["s"]], ["s"], ["s", "helps"], ["s", 1], ["s", ["help"]]),
        *(["a", "9001060001", "colour"], ["a", "9001060001"], ["n", "sold", "台北市大安區"]),
        *(["wp", "abc"], ["wp", [1]], ["wp", ["台北市大安區"], ["和平路"]]),
        *(["s", "help", 0, "", ""], ["s", "help", "1"], ["s", "help", True], ["x", ""]),
    ],
    ids=str,
)
def test_what_is_no_move_is_refused(packed: object) -> None:
    """Whatever another version, or somebody else, wrote into the state."""
    with pytest.raises(ValueError, match=r"."):
        unpack_move(packed)


@pytest.mark.parametrize("phrase", Phrase)
def test_every_phrase_can_be_said_again(phrase: Phrase) -> None:
    """Also the one for a line without data, which has its data again meanwhile."""
    told = perform(Say(phrase, digits="999"), STATE, Facts(SNAPSHOT, NOW, CHANNEL, None))
    assert isinstance(told, o.Outcome)


@pytest.mark.parametrize("name", [*LOOKUPS, "gone"])
def test_what_is_looked_up_fills_its_sentence(name: str) -> None:
    """Just the blanks that it declares; a name that a new version dropped asks for the place."""
    facts = Facts(SNAPSHOT, NOW, CHANNEL, None)
    told = perform(TellLookup(name), STATE, facts)
    if name == "gone":
        assert told == o.AskPlace()
        return
    assert isinstance(told, o.LookedUp)
    assert set(told.values) == set(LOOKUPS[name].sentences[told.sentence].split())


def test_the_date_of_another_day_is_told() -> None:
    """「後天禮拜幾」 on Tuesday the third of March."""
    facts = Facts(SNAPSHOT, NOW, CHANNEL, None)
    told = perform(TellLookup("clock", "2020-03-05"), STATE, facts)
    day = date(2020, 3, 5)
    assert told == o.LookedUp("clock_day", {"date": day, "weekday": o.Weekday(day)})


@pytest.mark.parametrize("about", About)
def test_everything_about_a_pharmacy_is_told_of_it(about: About) -> None:
    """What is asked of one is answered of that one."""
    facts = Facts(SNAPSHOT, NOW, CHANNEL, None)
    told = perform(TellAbout("9001060001", about), STATE, facts)
    assert told.pharmacy.id == "9001060001"  # type: ignore[union-attr]
    gone = perform(TellAbout("gone", about), STATE, facts)
    assert gone == o.AskPlace()


def test_what_may_be_asked_about_a_pharmacy_may_be_told() -> None:
    """Each intent of that kind; that none is nearer is told alone."""
    from shared.dialog.acts import ABOUT_A_PHARMACY

    assert {str(one) for one in ABOUT_A_PHARMACY} == set(About) - {About.NEAREST}
    assert Intent.NOTIFY in ABOUT_A_PHARMACY


def test_the_other_kind_is_told_with_its_count() -> None:
    """大安區 has no health centre: that, and the fullest pharmacy, with 205; where that kind alone
    is there, none."""
    facts = Facts(SNAPSHOT, NOW, CHANNEL, None)
    lacks = TellNone(Lack.ONLY_KIND, "台北市大安區", "adult_mask", "health_centre")
    told = perform(lacks, STATE, facts)
    assert isinstance(told, o.OnlyKind)
    assert (told.exists, told.instead and told.instead.name, told.left) == (False, "信義藥局", 205)
    only = perform(replace(lacks, kind="pharmacy"), STATE, facts)
    assert isinstance(only, o.OnlyKind)
    assert (only.exists, only.instead, only.left) == (True, None, 0)


VALUES = (Act, DayAndHour, Understanding, Channel, Hint, Option, Reply, State, Utterance)
SAID_OTHERWISE = {
    "Utterance.locale": "zh-TW",
    "State.locale": "zh-TW",
    "Reply.locale": "zh-TW",
    "Channel.operator": "1922",
    "Channel.counted": True,
    "Reply.listens": True,
    "Reply.digits": 1,
}


@pytest.mark.parametrize("kind", [*VALUES, *get_args(Told), *get_args(Choice)])
def test_what_is_not_said_is_empty(kind: type) -> None:
    """Each field that may be left out is nothing then, or what stands in the table above."""
    for spec in fields(kind):
        if spec.default is not MISSING:
            usual = SAID_OTHERWISE.get(f"{kind.__name__}.{spec.name}")
            assert spec.default == usual if usual else not spec.default


@pytest.mark.parametrize(("weekday", "day"), [(0, 9), (1, 3), (2, 4), (6, 8), (None, 3)], ids=str)
def test_a_weekday_is_the_next_one_today_included(weekday: int | None, day: int) -> None:
    """The third of March 2020 was a Tuesday; Monday is six days off."""
    assert DayAndHour(weekday=weekday).day(date(2020, 3, 3)) == date(2020, 3, day)
    assert DayAndHour(ahead=2, weekday=weekday).day(date(2020, 3, 3)).day == (
        5 if weekday is None else day
    )


@pytest.mark.parametrize(
    ("today", "month_day", "day"),
    [
        (date(2020, 3, 3), (3, 5), date(2020, 3, 5)),
        (date(2020, 3, 3), (2, 29), date(2020, 2, 29)),
        (date(2020, 12, 30), (1, 2), date(2021, 1, 2)),
        (date(2021, 1, 2), (12, 30), date(2020, 12, 30)),
        (date(2021, 6, 1), (2, 29), date(2020, 2, 29)),
    ],
    ids=str,
)
def test_a_date_is_the_nearest_one(today: date, month_day: tuple[int, int], day: date) -> None:
    """Of the year before, of this one or of the next; of a leap day that of a year that has one."""
    assert DayAndHour(month_day=month_day).day(today) == day


SUNDAY, TUESDAY, WEDNESDAY = (date(2020, 3, day) for day in (8, 3, 4))
NINE, EVENING = DayAndHour(clock=time(9), bare=True), DayAndHour(part=DayPart.EVENING)


@pytest.mark.parametrize(
    ("when", "before", "asked"),
    [
        (NINE, AskedTime(SUNDAY, time(20)), AskedTime(SUNDAY, time(21))),
        (NINE, AskedTime(SUNDAY, part=DayPart.EVENING), AskedTime(SUNDAY, time(21))),
        (NINE, AskedTime(SUNDAY, time(8)), AskedTime(SUNDAY, time(9))),
        (NINE, AskedTime(SUNDAY), AskedTime(SUNDAY, time(9))),
        (NINE, None, AskedTime(WEDNESDAY, time(9))),
        (replace(NINE, bare=False), AskedTime(SUNDAY, time(20)), AskedTime(SUNDAY, time(9))),
        (replace(NINE, bare=False), AskedTime(TUESDAY, time(20)), AskedTime(WEDNESDAY, time(9))),
        (replace(NINE, ahead=0), AskedTime(SUNDAY, time(20)), AskedTime(TUESDAY, time(9))),
        (replace(NINE, clock=time(14)), AskedTime(SUNDAY, time(20)), AskedTime(SUNDAY, time(14))),
        (EVENING, AskedTime(SUNDAY), AskedTime(SUNDAY, part=DayPart.EVENING)),
    ],
    ids=str,
)
def test_an_hour_goes_on_from_the_time_asked_before(
    when: DayAndHour, before: AskedTime | None, asked: AskedTime
) -> None:
    """「那九點呢」 after 「禮拜天晚上八點」 is nine in the evening of that day; what says its own
    day or its own half of it keeps them. At eleven nine has passed, and is tomorrow's."""
    assert when.asked(datetime(2020, 3, 3, 11, tzinfo=TAIPEI), before) == asked


@pytest.mark.parametrize(
    ("act", "label"),
    [
        (Act(Intent.ASK), "ask"),
        (Act(Intent.RULES, "price"), "rules.price"),
        (Act(Intent.LOOKUP, "datatime"), "datatime"),
        (Act(Intent.LANGUAGE, "english"), "english"),
    ],
)
def test_a_label_names_one_act(act: Act, label: str) -> None:
    """And what names none is refused."""
    assert act.label == label
    assert read_label(label) == (act.intent, act.part)
    with pytest.raises(ValueError, match="nothing"):
        read_label("nothing")


def test_an_utterance_has_what_is_asked_in_it() -> None:
    """In whichever place it stands."""
    heard = Understanding((Act(Intent.RULES), Act(Intent.STOP)))
    assert [heard.has(one) for one in (Intent.STOP, Intent.RULES, Intent.ASK)] == [
        *(True, True, False)
    ]
