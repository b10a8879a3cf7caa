"""Which pharmacy is told next: forth and back, more, nearer, and what is said where none is."""

from dataclasses import replace
from datetime import time, timedelta
from itertools import pairwise

import pytest

from shared import outcomes as o
from shared.catalog import Catalog, Hours, Kind, Location
from shared.dialog.acts import (
    Act,
    Choice,
    DayAndHour,
    Intent,
    TakeAbout,
    TakeCounty,
    TakeDistrict,
    TakeLandmark,
    TakeNext,
    TakeNone,
    TakePharmacy,
)
from shared.dialog.answers import FAR_M, LOOKED_THROUGH, TOLD_LIMIT, take
from shared.dialog.facts import Facts
from shared.dialog.values import State, Utterance
from shared.hours import AskedTime, DayPart
from shared.names.resolution import Meant, Resolution, RoadMatch
from shared.places.districts import by_key
from shared.places.landmarks import landmarks_called
from tests.dialog.talks import (
    CHAT,
    DAAN,
    HEPING,
    PHONE,
    RENAI,
    SANCHONG,
    SEA,
    SPEAKER,
    TEA,
    XINYI,
    Talk,
    ask,
    like,
    name_of,
    with_pharmacies,
)
from tests.small_world import NOW, SNAPSHOT, heard_pharmacies

STATION = landmarks_called()["台北車站"][0]


def _row(count: int, step: float = 0.003, **changes: object) -> tuple[object, ...]:
    """Pharmacies to the north of the station, each 333 m or so behind the one before."""
    return tuple(
        like(
            XINYI,
            id=f"91000{number:05}",
            name=f"{number}號藥局",
            location=Location(STATION.longitude, STATION.latitude + step * number),
            **changes,
        )
        for number in range(1, count + 1)
    )


def _at_station(talk: Talk) -> o.Outcome:
    named = Resolution("…", Meant.LANDMARK, sure=True, landmarks=(STATION,))
    return talk.ask(Intent.ASK, names=named)


def test_forth_to_the_end_and_back_to_the_start() -> None:
    """Each in its turn, by its number; before the first there is none, nor before any was told."""
    talk = Talk()
    assert talk.ask(Intent.PREVIOUS) == o.NeedPharmacy()
    told = [talk.say(ask(DAAN)).outcome, talk.ask(Intent.NEXT)]
    assert [one.ordinal for one in told if isinstance(one, o.Found)] == [1, 2]
    back = talk.ask(Intent.PREVIOUS)
    assert name_of(back) == name_of(told[0])
    assert isinstance(back, o.Found)
    assert back.ordinal == 1
    assert talk.ask(Intent.PREVIOUS) == o.NoPrevious()
    assert name_of(talk.ask(Intent.NEXT)) == name_of(told[1])


def test_next_wants_a_place() -> None:
    """「下一家」 before anything was asked."""
    assert Talk().ask(Intent.NEXT) == o.NeedPharmacy()


def test_the_only_one_is_told_as_the_only_one() -> None:
    """三重區 has one, 大安區 two with some left: 「只有這一家」 is said of one alone."""
    alone, two = Talk(), Talk()
    alone.say(ask(SANCHONG))
    two.say(ask(DAAN))
    two.ask(Intent.NEXT)
    ends = [talk.ask(Intent.NEXT) for talk in (alone, two)]
    assert [isinstance(end, o.NoNext) and end.alone for end in ends] == [True, False]


def test_the_first_is_gone_back_to() -> None:
    """「第一家」 after two; the second is the next one then."""
    talk = Talk()
    first, second = name_of(talk.say(ask(DAAN)).outcome), name_of(talk.ask(Intent.NEXT))
    assert name_of(talk.ask(Intent.FIRST)) == first
    assert name_of(talk.ask(Intent.NEXT)) == second
    assert isinstance(talk.ask(Intent.NEXT), o.NoNext)


def test_the_third_before_there_was_one_is_the_next() -> None:
    """「第三家」 after the first: the second, which is all there is; and then none."""
    talk = Talk()
    first = name_of(talk.say(ask(DAAN)).outcome)
    assert name_of(talk.ask(Intent.CHOOSE3, that_one=True)) != first
    assert isinstance(talk.ask(Intent.CHOOSE3, that_one=True), o.NoNext)


def test_more_is_more_than_the_one_told_of() -> None:
    """仁愛 has 36 and 信義 205: after the one the other, and after the other none."""
    talk = Talk()
    talk.ask(Intent.ASK, names=heard_pharmacies(RENAI, sure=True))
    told = talk.ask(Intent.MORE)
    assert name_of(told) == "信義藥局"
    assert isinstance(told, o.Found)
    assert told.why == "more"
    assert talk.ask(Intent.MORE) == o.NoMore(by_key()[DAAN], SNAPSHOT.products[0])


def test_as_many_are_not_more() -> None:
    """Nobody walks from one with 36 to another with 36."""
    other = like(RENAI, id="9100000001", name="同數藥局")
    snapshot = with_pharmacies(other, left=36)
    talk = Talk(replace(snapshot, stocks={**snapshot.stocks, XINYI: {}}))
    talk.ask(Intent.ASK, names=heard_pharmacies(RENAI, sure=True))
    assert isinstance(talk.ask(Intent.MORE), o.NoMore)


@pytest.mark.parametrize(("least", "why"), [(205, "more"), (206, "most")])
def test_so_many_at_least_may_be_asked_for(least: int, why: str) -> None:
    """And so many are enough; where none has so many, the one with most is told as that."""
    talk = Talk()
    talk.ask(Intent.ASK, names=heard_pharmacies(RENAI, sure=True))
    told = talk.ask(Intent.MORE, least=least)
    assert isinstance(told, o.Found)
    assert (told.pharmacy.id, told.why) == (XINYI, why)


def test_where_none_has_so_many_and_more_than_this_one_that_is_said() -> None:
    """「有三百片的嗎」 after the one with most."""
    talk = Talk()
    talk.ask(Intent.ASK, names=heard_pharmacies(XINYI, sure=True))
    assert isinstance(talk.ask(Intent.MORE, least=206), o.NoMore)


def test_the_first_that_is_told_is_more_than_no_other() -> None:
    """「大安區有一百片的嗎」 as the first question: one with so many, and more than none."""
    told = Talk().say(replace(ask(DAAN, intent=Intent.MORE), least=100)).outcome
    assert isinstance(told, o.Found)
    assert (told.pharmacy.id, told.why) == (XINYI, "")


def test_more_before_any_was_told_is_any_with_some() -> None:
    """「大安區有比較多的嗎」 as the first question."""
    assert isinstance(Talk().say(ask(SANCHONG, intent=Intent.MORE)).outcome, o.Found)
    assert isinstance(Talk().say(ask(TEA, intent=Intent.MORE)).outcome, o.NoMore)


def test_nearer_is_nearer_on_foot() -> None:
    """From a station: of one that is farther the nearer ones, and of the nearest none."""
    row = _row(3)
    talk = Talk(replace(with_pharmacies(), catalog=Catalog.of(row)))  # type: ignore[arg-type]
    talk.snapshot = replace(
        talk.snapshot,
        stocks={f"91000{n:05}": {"adult_mask": 50, "child_mask": 9} for n in (1, 2, 3)},
    )
    assert name_of(_at_station(talk)) == "1號藥局"
    assert talk.ask(Intent.NEARER) == o.NoNearer(row[0])  # type: ignore[arg-type]
    far = replace(talk.state or State(), told=("9100000003",), at=0)
    talk.state = far
    told = talk.ask(Intent.NEARER)
    assert name_of(told) == "1號藥局"
    assert isinstance(told, o.Found)
    assert told.walk_from == STATION


def test_the_nearest_may_be_one_that_was_told_before() -> None:
    """「換一家」, then 「最近的」: the first again, and of one that is sold out nothing."""
    talk = Talk(replace(with_pharmacies(), catalog=Catalog.of(_row(3))))  # type: ignore[arg-type]
    some, none = {"adult_mask": 50, "child_mask": 9}, {"adult_mask": 0, "child_mask": 0}
    talk.snapshot = replace(talk.snapshot, stocks={f"91000{n:05}": some for n in (1, 2, 3)})
    first = name_of(_at_station(talk))
    assert name_of(talk.ask(Intent.NEXT)) != first
    assert name_of(talk.ask(Intent.NEARER)) == first
    talk.ask(Intent.NEXT)
    gone = {**talk.snapshot.stocks, "9100000001": none}
    talk.snapshot = replace(talk.snapshot, stocks=gone)
    assert isinstance(talk.ask(Intent.NEARER), o.NoNearer)


def test_nearer_to_what_is_asked() -> None:
    """Of a district nobody knows where in it she stands."""
    assert Talk().ask(Intent.NEARER) == o.AskPlace(None, "nearer")
    talk = Talk()
    talk.say(ask(DAAN))
    assert talk.ask(Intent.NEARER) == o.AskPlace(None, "nearer")


def test_nearer_than_what_has_no_point_is_none() -> None:
    """On a road, in a feed without coordinates: the one told of is as near as is known."""
    road = (RoadMatch(by_key()[DAAN], "仁愛路", 0.9),)
    talk = Talk()
    talk.ask(Intent.ASK, names=Resolution("…", Meant.ROAD, roads=road, sure=True))
    told = talk.ask(Intent.NEARER)
    assert isinstance(told, o.NoNearer)
    assert told.pharmacy.name == "仁愛藥局"


def test_nearer_to_a_pharmacy_is_the_next_of_those_around_it() -> None:
    """「附近」 and then 「近一點的」: they come by their distance anyway."""
    row = _row(3)
    talk = Talk(replace(SNAPSHOT, catalog=Catalog.of(row)))  # type: ignore[arg-type]
    talk.snapshot = replace(
        talk.snapshot,
        stocks={f"91000{n:05}": {"adult_mask": 50, "child_mask": 9} for n in (1, 2, 3)},
    )
    _at_station(talk)
    assert name_of(talk.ask(Intent.NEARBY)) == "2號藥局"
    assert name_of(talk.ask(Intent.NEARER)) == "3號藥局"


def test_nearby_wants_something_to_be_near_to() -> None:
    """Before any place: near to what; in a place that is talked about: there."""
    assert Talk().ask(Intent.NEARBY) == o.AskPlace(None, "nearer")
    talk = Talk()
    talk.say(ask(TEA))
    assert talk.ask(Intent.NEARBY) == talk.say(ask(TEA)).outcome


@pytest.mark.parametrize(("kilometres", "found"), [(29, True), (31, False)])
def test_where_somebody_stands_is_near_to_what_she_can_reach(
    kilometres: float, found: bool
) -> None:
    """Within 30 km on foot; farther off her address is asked for instead."""
    straight = kilometres / 1.3 / 111.2  # a walk is 1.3 times as long as the line
    place = Location(STATION.longitude, STATION.latitude - straight)
    here = like(XINYI, id="9100000001", name="唯一藥局", location=_location(STATION))
    talk = Talk(replace(with_pharmacies(here), catalog=Catalog.of((here,))))
    outcome = talk.say(utterance=Utterance(point=place)).outcome
    assert isinstance(outcome, o.Found) is found
    assert FAR_M == 30_000
    if found:
        assert talk.state is not None
        assert talk.state.place == DAAN
        assert isinstance(talk.ask(Intent.NEXT), o.NoNext)


def _location(landmark: object) -> Location:
    return Location(landmark.longitude, landmark.latitude)  # type: ignore[attr-defined]


def test_a_point_in_a_feed_without_coordinates_finds_nothing() -> None:
    """Then it is asked where she is."""
    outcome = Talk().say(utterance=Utterance(point=_location(STATION))).outcome
    assert isinstance(outcome, o.NotHeard)


def test_the_pharmacies_told_of_are_remembered_up_to_a_limit() -> None:
    """So that the state stays small; those told of last stay."""
    many = [like(XINYI, id=f"92{n:08}", name=f"第{n}藥局") for n in range(25)]
    talk = Talk(with_pharmacies(*many, left=90))
    names = [name_of(talk.say(ask(DAAN)).outcome)]
    names += [name_of(talk.ask(Intent.NEXT)) for _ in range(22)]
    assert talk.state is not None
    assert len(talk.state.told) == TOLD_LIMIT == 16
    assert all(one != other for one, other in pairwise(names))
    assert name_of(talk.ask(Intent.PREVIOUS)) == names[-2]


def test_a_district_without_any_is_told_from_one_that_is_sold_out() -> None:
    """烏坵鄉 stands in no feed; 坪林區 has one, and no masks."""
    assert isinstance(Talk().say(ask("金門縣烏坵鄉")).outcome, o.NoPharmacy)
    assert isinstance(Talk().say(ask(TEA)).outcome, o.SoldOut)


@pytest.mark.parametrize(
    ("place", "left", "exists", "instead"),
    [
        (TEA, 20, True, "衛生所"),
        (TEA, 0, True, ""),
        ("金門縣烏坵鄉", 20, False, "衛生所"),
    ],
)
def test_who_wants_no_health_centre_hears_what_there_is(
    place: str, left: int, exists: bool, instead: str
) -> None:
    """Whether there is a pharmacy at all, and what the centre has after all."""
    centre = like(XINYI, id="2301060009", name="衛生所", kind=Kind.HEALTH_CENTRE, district=place)
    asked = replace(ask(place), unwanted=Kind.HEALTH_CENTRE)
    told = Talk(with_pharmacies(centre, left=left)).say(asked).outcome
    assert isinstance(told, o.OnlyKind)
    assert (told.kind, told.exists, told.left) == (Kind.PHARMACY, exists, left)
    assert (told.instead.name if told.instead else "") == instead


def test_a_health_centre_that_has_the_most_is_told() -> None:
    """Of two in a district; and with the pharmacy there where it has none."""
    few = like(XINYI, id="2301060001", name="甲衛生所", kind=Kind.HEALTH_CENTRE)
    many = replace(few, id="2301060002", name="乙衛生所")
    snapshot = with_pharmacies(few, many)
    stocks = {**snapshot.stocks, few.id: {"adult_mask": 3}, many.id: {"adult_mask": 90}}
    talk = Talk(replace(snapshot, stocks=stocks))
    assert name_of(talk.say(replace(ask(DAAN), kind=Kind.HEALTH_CENTRE)).outcome) == "乙衛生所"
    talk = Talk()
    told = talk.say(replace(ask(DAAN), kind=Kind.HEALTH_CENTRE)).outcome
    assert isinstance(told, o.Found)
    assert told.no_centre_in == by_key()[DAAN]


FACTS = Facts(SNAPSHOT, NOW, PHONE)
GONE: list[Choice] = [
    TakeDistrict("火星市大安區"),
    TakeLandmark("火星車站"),
    TakePharmacy("0000000000"),
    TakeNone(),
]


@pytest.mark.parametrize("choice", GONE, ids=str)
def test_a_choice_that_is_gone_asks_where(choice: Choice) -> None:
    """Its pharmacy has left the feed, or its place is no place any more."""
    talk = Talk(state=State(options=(choice, TakeNone()), place=DAAN))
    assert talk.ask(Intent.CHOOSE1) == o.AskPlace()


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        (TakeDistrict(SEA), o.Found),
        (TakeCounty("台中市"), o.AskPlace),
        (TakeLandmark("台北車站"), o.Found),
        (TakePharmacy(HEPING), o.Found),
        (TakeNext(), o.Found),
        (TakeAbout("phone"), o.PhoneTold),
    ],
    ids=str,
)
def test_what_was_offered_does_what_it_says(choice: Choice, expected: type) -> None:
    """Each kind of option."""
    state, _ = take(State(), TakePharmacy(XINYI), FACTS)
    talk = Talk(state=replace(state, options=(TakeNone(), choice)))
    assert isinstance(talk.ask(Intent.CHOOSE2), expected)


def test_a_third_that_was_not_offered_is_none() -> None:
    """Nor the last, where nothing is offered."""
    talk = Talk()
    talk.say(ask(DAAN, SEA))
    assert talk.ask(Intent.CHOOSE3) == o.NotAChoice()
    assert Talk().ask(Intent.CHOOSELAST) == o.NotAChoice()
    assert Talk().ask(Intent.CHOOSE1) == o.NotAChoice()


def test_the_last_of_what_is_offered_is_taken() -> None:
    """「最後一個」 of two."""
    talk = Talk()
    talk.say(ask(DAAN, SEA))
    assert name_of(talk.ask(Intent.CHOOSELAST)) == "海邊藥局"


@pytest.mark.parametrize("intent", [Intent.PLATES, Intent.SALE, Intent.HOURS])
def test_when_is_asked_of_a_place_first(intent: Intent) -> None:
    """「幾點發號碼牌」 before any pharmacy: which place."""
    assert Talk().ask(intent) == o.AskPlace(None, "plates")


@pytest.mark.parametrize("intent", [Intent.ADDRESS, Intent.PHONE, Intent.NAME, Intent.CONNECT])
def test_more_about_a_pharmacy_wants_one(intent: Intent) -> None:
    """「地址」 before any pharmacy was told of."""
    assert Talk().ask(intent) == o.NeedPharmacy()


def test_last_time_s_place_is_known_where_it_is_remembered() -> None:
    """By the telephone's memory; in a chat by what stands above; else it is said that it is not."""
    usual = Act(Intent.USUAL)
    told = Talk().say(usual, utterance=Utterance(text="…", remembered={Intent.USUAL: SEA})).outcome
    assert name_of(told) == "海邊藥局"
    for channel, expected in ((CHAT, o.Found), (SPEAKER, o.NotRemembered)):
        talk = Talk(channel=channel)
        assert talk.say(usual).outcome == o.NotRemembered()
        talk.say(ask(SEA))
        assert isinstance(talk.say(usual).outcome, expected)


EVENING = DayAndHour(part=DayPart.EVENING)
MORNINGS, ALL_DAY = Hours("NNNNNNN" + "Y" * 14, ""), Hours("N" * 21, "")


def _keeping_hours(**hours: Hours) -> Talk:
    """One in 大安區 for each of these hours, called as its keyword, and nobody else there."""
    shops = [
        like(XINYI, id=f"92000{number:05}", name=name, district=by_key()[DAAN], hours=kept)
        for number, (name, kept) in enumerate(hours.items())
    ]
    others = (one for one in SNAPSHOT.catalog.pharmacies if one.district.key != DAAN)
    stocks = {**SNAPSHOT.stocks, **{shop.id: {"adult_mask": 90} for shop in shops}}
    catalog = Catalog.of((*shops, *others))
    return Talk(replace(SNAPSHOT, catalog=catalog, stocks=stocks))


def test_one_that_is_open_when_it_is_asked_for_is_told() -> None:
    """And the next one is open then too, as long as nothing else is asked for."""
    talk = _keeping_hours(a=MORNINGS, b=ALL_DAY, c=MORNINGS, d=ALL_DAY)
    told = [talk.say(replace(ask(DAAN), when=EVENING)).outcome, talk.ask(Intent.NEXT)]
    assert {name_of(one) for one in told} == {"b", "d"}
    for one in told:
        assert isinstance(one, o.Found)
        assert one.then is not None
        assert one.then.open


def test_where_none_is_open_then_another_is_told_and_that_is_said() -> None:
    """Whoever asks for the evening hears that none is known to be open, and whom to ring up."""
    talk = _keeping_hours(a=MORNINGS)
    told = talk.say(replace(ask(DAAN), when=EVENING)).outcome
    assert isinstance(told, o.Found)
    assert told.none_open is not None
    assert told.none_open.asked.part is DayPart.EVENING
    assert told.then is None


def test_the_time_is_asked_of_the_next_place_and_forgotten_with_a_new_question() -> None:
    """「那大安區呢」 keeps it, 「大安區還有嗎」 does not."""
    talk = _keeping_hours(a=MORNINGS, b=ALL_DAY)
    talk.say(replace(ask(SANCHONG), when=EVENING))
    kept = talk.say(replace(ask(DAAN), place_alone=True)).outcome
    assert isinstance(kept, o.Found)
    assert kept.then is not None
    anew = talk.say(ask(DAAN)).outcome
    assert isinstance(anew, o.Found)
    assert anew.then is None


def test_a_time_that_has_passed_today_is_no_condition() -> None:
    """「今天早上七點哪裡有開」 at eleven asks for one that is good now."""
    talk = _keeping_hours(a=MORNINGS)
    gone = DayAndHour(ahead=0, clock=time(7))
    told = talk.say(replace(ask(DAAN), when=gone)).outcome
    assert isinstance(told, o.Found)
    assert (told.then, told.none_open) == (None, None)


def test_an_hour_that_has_passed_is_meant_of_tomorrow() -> None:
    """「有沒有早上八點就開的」 at eleven asks for one that is open then, on the next day."""
    talk = _keeping_hours(a=MORNINGS)
    told = talk.say(replace(ask(DAAN), when=DayAndHour(clock=time(8)))).outcome
    assert isinstance(told, o.Found)
    then = told.then or told.none_open
    assert then is not None
    assert then.asked == AskedTime(NOW.date() + timedelta(days=1), time(8))
    assert not then.today


def test_a_time_without_a_place_waits_for_the_place() -> None:
    """「晚上哪裡有開」 asks where, and the answer to that is open in the evening."""
    talk = _keeping_hours(a=MORNINGS, b=ALL_DAY)
    assert isinstance(talk.ask(Intent.ASK, when=EVENING), o.AskPlace)
    assert name_of(talk.say(ask(DAAN)).outcome) == "b"


def test_as_near_is_not_nearer() -> None:
    """Two in one house: whoever asks for a nearer one is told that there is none."""
    first = _row(1)[0]
    other = replace(first, id="9100000009", name="同樓藥局")  # type: ignore[type-var]
    talk = Talk(replace(SNAPSHOT, catalog=Catalog.of((first, other))))  # type: ignore[arg-type]
    stocks = {key: {"adult_mask": 50} for key in ("9100000001", "9100000009")}
    talk.snapshot = replace(talk.snapshot, stocks=stocks)
    _at_station(talk)
    assert isinstance(talk.ask(Intent.NEARER), o.NoNearer)


@pytest.mark.parametrize(("nth", "found"), [(3, True), (100, False)])
def test_for_more_nobody_is_sent_to_the_end_of_the_island(nth: int, found: bool) -> None:
    """For one mask more, 40 km away: forty that would do are looked through."""
    row = _row(100)
    stocks = {one.id: {"adult_mask": 50} for one in row}  # type: ignore[attr-defined]
    stocks[f"91000{nth:05}"] = {"adult_mask": 51}
    talk = Talk(replace(SNAPSHOT, catalog=Catalog.of(row), stocks=stocks))  # type: ignore[arg-type]
    assert name_of(_at_station(talk)) == "1號藥局"
    assert isinstance(talk.ask(Intent.MORE), o.Found) is found
    assert LOOKED_THROUGH == 40


def test_a_name_is_told_with_the_pharmacy_and_does_not_wait() -> None:
    """「那家叫什麼」 before any: then the pharmacy, whose name is told anyway, and its address
    only where that was asked for."""
    for intent, told in ((Intent.NAME, [o.Found]), (Intent.PHONE, [o.Found, o.PhoneTold])):
        talk = Talk()
        talk.ask(intent)
        assert [type(one) for one in talk.say(ask(DAAN)).outcomes] == told


def test_the_third_after_going_back_is_the_third() -> None:
    """「第三家」 goes on from the last that was told of, not from the one gone back to."""
    talk = Talk(with_pharmacies(like(XINYI, id="9100000001", name="第三藥局"), left=12))
    told = [name_of(talk.say(ask(DAAN)).outcome), name_of(talk.ask(Intent.NEXT))]
    talk.ask(Intent.PREVIOUS)
    third = talk.ask(Intent.CHOOSE3, that_one=True)
    assert name_of(third) not in told
    assert isinstance(third, o.Found)
    assert third.ordinal == 3


def test_of_an_hour_and_a_chain_the_hour_is_given_up_first() -> None:
    """「大安區的躍獅，晚上」: its shop, closed then, rather than another that is open."""
    talk = _keeping_hours(躍獅=MORNINGS, b=ALL_DAY)
    names = replace(ask(DAAN).names or Resolution("…"), chain="躍獅")
    told = talk.ask(Intent.ASK, names=names, when=EVENING)
    assert name_of(told) == "躍獅"
    assert isinstance(told, o.Found)
    assert told.none_open is not None
    assert told.instead_of is None


def test_what_a_landmark_lacks_is_said_of_what_is_near_it() -> None:
    """「台北車站附近的躍獅」: none is near it, and another that is."""
    talk = Talk(replace(SNAPSHOT, catalog=Catalog.of(_row(1))))  # type: ignore[arg-type]
    talk.snapshot = replace(talk.snapshot, stocks={"9100000001": {"adult_mask": 9}})
    names = Resolution("…", Meant.LANDMARK, landmarks=(STATION,), sure=True, chain="躍獅")
    told = talk.ask(Intent.ASK, names=names)
    assert name_of(told) == "1號藥局"
    assert isinstance(told, o.Found)
    assert told.instead_of is not None
    assert told.walk_from is None or told.walk_from == STATION


def test_at_a_landmark_in_a_feed_without_coordinates_its_district_is_told() -> None:
    """What is there, and no walk."""
    shop = like(XINYI, id="9100000001", name="車站藥局", district=STATION.district.key)
    told = _at_station(Talk(with_pharmacies(shop)))
    assert name_of(told) == "車站藥局"
    assert isinstance(told, o.Found)
    assert told.walk_m is None


def test_one_that_is_asked_for_by_name_meets_no_condition() -> None:
    """Neither the kind nor the hour nor the chain of the question before."""
    talk = Talk(state=State(kind="health_centre", chain="躍獅", open_at="2020-03-04"))
    told = talk.ask(Intent.PHONE, names=heard_pharmacies(RENAI, sure=True))
    assert isinstance(told, o.PhoneTold)
    assert talk.state is not None
    assert (talk.state.kind, talk.state.chain, talk.state.open_at) == ("", "", "")
    assert isinstance(talk.ask(Intent.NEXT), o.Found)


def test_next_after_a_question_that_found_none_is_of_the_place() -> None:
    """「下一家」 where all is sold out, and again: there is none, nor next door."""
    talk = Talk()
    talk.say(ask(TEA))
    assert [type(talk.ask(Intent.NEXT)) for _ in range(2)] == [o.NoNext, o.NoNext]
    assert isinstance(talk.ask(Intent.PREVIOUS), o.NeedPharmacy)


def test_after_going_back_it_is_the_one_gone_back_to_that_is_asked_about() -> None:
    """Its address, and not that of the last one told of."""
    talk = Talk()
    first = talk.say(ask(DAAN)).outcome
    talk.ask(Intent.NEXT)
    talk.ask(Intent.PREVIOUS)
    told = talk.ask(Intent.ADDRESS)
    assert isinstance(told, o.AddressTold)
    assert told.pharmacy.name == name_of(first)


def test_another_place_is_asked_after_a_number_of_which_there_was_none() -> None:
    """「第二家」 before any pharmacy was told of, then a place: none was talked about."""
    for at in (0, 1, -1):
        state = replace(State(place=DAAN), at=at).turned_to(SANCHONG)
        assert (state.shop_before, state.at) == ("", 0)
    talk = Talk()
    talk.ask(Intent.CHOOSE2, that_one=True)
    talk.say(ask(DAAN))
    assert isinstance(talk.say(ask(SANCHONG)).outcome, o.Found)
