"""What is looked up at the moment in which it is said: counts, days, hours, and what is gone."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from shared import outcomes as o
from shared.catalog import Catalog, Hours, Location
from shared.dialog.acts import (
    About,
    ChooseCounty,
    ChooseLandmark,
    ChoosePharmacy,
    ChoosePlace,
    DayAndHour,
    Intent,
    Lack,
    Phrase,
    RequestPlace,
    Say,
    TakeNone,
    TellAbout,
    TellCompared,
    TellHowMany,
    TellLookup,
    TellNone,
    TellPharmacy,
    TellRules,
    Told,
)
from shared.dialog.facts import Facts
from shared.dialog.perform import perform
from shared.dialog.values import State
from shared.hours import AskedTime, DayPart
from shared.places.districts import by_key
from shared.places.landmarks import landmarks_called
from tests.dialog.talks import (
    CHAT,
    DAAN,
    HEPING,
    PHONE,
    RENAI,
    SEA,
    SPEAKER,
    TEA,
    XINYI,
    Seen,
    Talk,
    ask,
    like,
    of_county,
    with_pharmacies,
)
from tests.small_world import NOW, SNAPSHOT, SOURCE_TIME, heard_pharmacies

FACTS = Facts(SNAPSHOT, NOW, PHONE)
ADULT, CHILD = SNAPSHOT.products
HERE = State(place=DAAN, told=(XINYI,))


def told_of(what: Told, state: State = HERE, facts: Facts = FACTS) -> o.Outcome:
    """What is said."""
    return perform(what, state, facts)


@pytest.mark.parametrize(
    "gone",
    [
        TellPharmacy("0000000000", "adult_mask"),
        TellAbout("0000000000", About.PHONE),
        TellNone(Lack.SOLD_OUT, "火星市大安區", "adult_mask"),
        TellHowMany("火星市", "adult_mask"),
        TellCompared(("火星市大安區", DAAN), "adult_mask"),
        TellCompared((DAAN, "火星市大安區"), "adult_mask"),
        TellLookup("nothing"),
        ChoosePlace(("火星市大安區",)),
        ChooseLandmark(("火星車站",)),
        ChoosePharmacy(("0000000000",)),
    ],
    ids=str,
)
def test_of_what_is_gone_the_place_is_asked(gone: Told) -> None:
    """Between two turns a pharmacy may leave the feed."""
    assert told_of(gone) == o.AskPlace()


def test_an_example_is_said_where_a_place_is_asked() -> None:
    """A district of the county that was talked about, or that her number is of."""
    asked = [told_of(RequestPlace(), state) for state in (HERE, State(area_code="04"), State())]
    places = [one.example for one in asked if isinstance(one, o.AskPlace)]
    assert [place.county.name if place else None for place in places] == ["台北市", "台中市", None]


def test_of_two_counts_that_asked_for_comes_first() -> None:
    """And only once."""
    for product, others in ((ADULT, CHILD), (CHILD, ADULT)):
        found = told_of(TellPharmacy(XINYI, product.id))
        assert isinstance(found, o.Found)
        assert [count.product for count in found.counts] == [product, others]
        assert found.in_stock


def test_the_county_is_said_where_the_district_s_name_is_not_enough() -> None:
    """大安區 is in two counties; 坪林區 in one."""
    for pharmacy, county in ((XINYI, True), ("9002320001", False)):
        found = told_of(TellPharmacy(pharmacy, "adult_mask"))
        assert isinstance(found, o.Found)
        assert found.name_county is county


@pytest.mark.parametrize(
    ("hours", "told", "day_told"),
    [(0, False, False), (1, True, False), (13, True, True)],
)
def test_old_counts_are_told_with_their_time(hours: int, told: bool, day_told: bool) -> None:
    """Once a call; with their day where it is not today's any more."""
    talk = Talk(now=NOW + timedelta(hours=hours))
    for key in (DAAN, TEA):
        outcome = Talk(now=talk.now).say(ask(key)).outcome
        assert isinstance(outcome, o.Found | o.SoldOut)
        assert (outcome.as_of == SOURCE_TIME) is told
        assert (outcome.as_of_day and told) is day_told
    talk.say(ask(DAAN))
    assert talk.state is not None
    assert talk.state.time_told == (SOURCE_TIME.timestamp() // 60 if told else 0)
    again = talk.ask(Intent.NEXT)
    assert isinstance(again, o.Found)
    assert again.as_of is None


WALKS = [
    (State(place=DAAN, told=(XINYI,), near="台大醫院"), True),
    (State(place=DAAN, told=(XINYI,), near="@25.041,121.517"), True),
    (State(place=DAAN, told=(XINYI,), near=RENAI), True),
    (State(place=DAAN, told=(XINYI,), near=XINYI), False),
    (State(place=DAAN, told=(XINYI,), near="火星車站"), False),
    (HERE, False),
]


@pytest.mark.parametrize(("state", "known"), WALKS)
def test_a_walk_is_told_from_what_was_named(state: State, known: bool) -> None:
    """A landmark, a point, another pharmacy; and of nothing none."""
    hospital = landmarks_called()["台大醫院"][0]
    points = [
        like(key, location=Location(hospital.longitude, hospital.latitude + north))
        for key, north in ((XINYI, 0.01), (RENAI, 0.02))
    ]
    facts = Facts(replace(SNAPSHOT, catalog=Catalog.of(tuple(points))), NOW, PHONE)
    found = told_of(TellPharmacy(XINYI, "adult_mask", "walk"), state, facts)
    assert isinstance(found, o.Found)
    assert (found.walk_m is not None) is known
    if known:
        assert found.walk_m == pytest.approx(1112 * 1.3, rel=0.05)
    said = told_of(TellAbout(XINYI, About.DISTANCE), state, facts)
    assert isinstance(said, o.DistanceTold)
    assert said.metres == found.walk_m
    assert said.origin == found.walk_from
    silent = told_of(TellPharmacy(XINYI, "adult_mask"), state, facts)
    assert isinstance(silent, o.Found)
    assert silent.walk_from is None


def test_a_neighbour_is_told_as_one_only_of_a_district_that_is_sold_out() -> None:
    """坪林區 has none; who asked to be near to something asked for no district."""
    next_door = like(XINYI, id="9100000001", district="新北市石碇區")
    facts = Facts(with_pharmacies(next_door), NOW, PHONE)
    told = TellPharmacy(next_door.id, "adult_mask")
    expected = {
        State(place=TEA): by_key()[TEA],
        State(place=TEA, near="台大醫院"): None,
        State(place=DAAN): None,
        State(place="新北市石碇區"): None,
        State(): None,
    }
    for state, district in expected.items():
        found = told_of(told, state, facts)
        assert isinstance(found, o.Found)
        assert found.neighbour_of == district


def test_both_are_told_to_the_eye() -> None:
    """Who reads sees all counts; who listens the one asked for."""
    for channel, both in ((CHAT, True), (PHONE, False)):
        found = told_of(TellPharmacy(XINYI, "adult_mask"), HERE, Facts(SNAPSHOT, NOW, channel))
        assert isinstance(found, o.Found)
        assert found.with_others is both


def test_a_pharmacy_is_rung_by_a_channel_that_rings_and_never_in_a_demo() -> None:
    """Nor one without a number: the demo's are invented and may be somebody's."""
    silent = with_pharmacies(like(XINYI, id="9100000001", phone=""))
    for facts, pharmacy, rings in (
        (FACTS, XINYI, True),
        (Facts(SNAPSHOT, NOW, SPEAKER), XINYI, False),
        (Facts(replace(SNAPSHOT, demo=True), NOW, PHONE), XINYI, False),
        (Facts(silent, NOW, PHONE), "9100000001", False),
    ):
        told = told_of(TellAbout(pharmacy, About.CONNECT), HERE, facts)
        assert isinstance(told, o.ToPharmacy)
        assert told.connects is rings


def test_what_was_seen_before_is_told() -> None:
    """When it was restocked today, and when it sells out; without a history nothing."""
    seen = Facts(SNAPSHOT, NOW, PHONE, Seen())
    for facts, restocked, sold_out in ((seen, time(10), time(12)), (FACTS, None, None)):
        assert told_of(TellAbout(XINYI, About.RESTOCKED), HERE, facts) == o.RestockTold(
            SNAPSHOT.catalog.by_id[XINYI], ADULT, restocked
        )
        assert told_of(TellAbout(XINYI, About.SELLOUT), HERE, facts) == o.SelloutTold(
            SNAPSHOT.catalog.by_id[XINYI], ADULT, sold_out
        )


def test_a_watched_pharmacy_is_told_with_what_it_has_now() -> None:
    """None where it has none, and where nobody knows."""
    unknown = replace(SNAPSHOT, stocks={**SNAPSHOT.stocks, XINYI: {}})
    for facts, pharmacy, left in (
        (FACTS, XINYI, 205),
        (FACTS, HEPING, 0),
        (Facts(unknown, NOW, PHONE), XINYI, 0),
    ):
        told = told_of(TellAbout(pharmacy, About.NOTIFY), HERE, facts)
        assert isinstance(told, o.NotifySet)
        assert told.left == left


WEEK = Hours("N" * 7 + "Y" * 14, "早上九點發號碼牌，週日不賣")
"""Open on every morning."""


def _open(hours: Hours = WEEK) -> Talk:
    shop = like(XINYI, hours=hours)
    rest = [one for one in SNAPSHOT.catalog.pharmacies if one.id != XINYI]
    talk = Talk(replace(SNAPSHOT, catalog=Catalog.of((shop, *rest))))
    talk.ask(Intent.ASK, names=heard_pharmacies(XINYI, sure=True))
    return talk


@pytest.mark.parametrize(
    ("when", "asked", "today", "is_open"),
    [
        (DayAndHour(ahead=1), AskedTime(date(2020, 3, 4)), False, True),
        (DayAndHour(weekday=6), AskedTime(date(2020, 3, 8)), False, True),
        (DayAndHour(clock=time(15)), AskedTime(date(2020, 3, 3), time(15)), True, False),
        (
            DayAndHour(ahead=1, clock=time(9, 30)),
            AskedTime(date(2020, 3, 4), time(9, 30)),
            False,
            True,
        ),
        (
            DayAndHour(part=DayPart.EVENING),
            AskedTime(date(2020, 3, 3), part=DayPart.EVENING),
            True,
            False,
        ),
    ],
)
def test_hours_are_told_of_the_day_and_hour_that_was_asked(
    when: DayAndHour, asked: AskedTime, today: bool, is_open: bool
) -> None:
    """Tomorrow, on Sunday, at three, in the evening; the hour only where one was said."""
    told = _open().ask(Intent.HOURS, when=when)
    assert isinstance(told, o.OpenThen)
    assert told.then == o.OpenAt(asked, is_open, today)


@pytest.mark.parametrize("when", [None, DayAndHour(), DayAndHour(ahead=0), DayAndHour(weekday=1)])
def test_hours_are_of_now_where_today_is_meant(when: DayAndHour | None) -> None:
    """The third of March 2020 was a Tuesday."""
    assert isinstance(_open().ask(Intent.HOURS, when=when), o.HoursTold)


@pytest.mark.parametrize(("intent", "plates"), [(Intent.PLATES, True), (Intent.SALE, False)])
def test_the_sale_is_told_of_today_and_of_another_day(intent: Intent, plates: bool) -> None:
    """Which was asked for, and whether it is today's."""
    today = _open().ask(intent)
    sunday = _open().ask(intent, when=DayAndHour(weekday=6))
    assert isinstance(today, o.SaleTold)
    assert isinstance(sunday, o.SaleTold)
    assert (today.plates, today.today, today.day) == (plates, True, date(2020, 3, 3))
    assert (sunday.plates, sunday.today, sunday.day) == (plates, False, date(2020, 3, 8))
    assert today.told is not None
    assert today.later is None
    assert sunday.told is not None
    assert sunday.told.sold is False
    assert sunday.later is not None
    assert sunday.later.day == date(2020, 3, 9)


def test_a_sale_that_has_ended_is_told_as_over() -> None:
    """Sold until ten, and it is past eleven; tomorrow's is not over."""
    until_ten = Hours("N" * 21, "口罩早上八點到十點販售")
    today, tomorrow = _open(until_ten).ask(Intent.SALE), _open(until_ten)
    later = tomorrow.ask(Intent.SALE, when=DayAndHour(ahead=1))
    assert isinstance(today, o.SaleTold)
    assert isinstance(later, o.SaleTold)
    assert (today.over, later.over) == (True, False)


def test_nobody_waits_for_one_that_has_stopped() -> None:
    """No later day is told of what is not sold any more."""
    told = _open(Hours("N" * 21, "已停止販售口罩")).ask(Intent.SALE)
    assert isinstance(told, o.SaleTold)
    assert told.later is None


def test_a_note_that_was_not_read_is_read_out() -> None:
    """Of today alone, and only where nothing of it was understood."""
    words = "視狀況"
    told = _open(Hours("N" * 21, words)).ask(Intent.PLATES)
    read = _open().ask(Intent.PLATES)
    assert isinstance(told, o.SaleTold)
    assert isinstance(read, o.SaleTold)
    assert (told.told is None, bool(told.note)) == (True, True)
    assert read.note == ""


@pytest.mark.parametrize(
    ("key", "pharmacies", "pieces"), [(DAAN, 2, 241), (TEA, 0, 0), (SEA, 1, 77)]
)
def test_a_place_is_counted(key: str, pharmacies: int, pieces: int) -> None:
    """Pharmacies that have some, and all their pieces."""
    told = told_of(TellHowMany(key, "adult_mask"))
    assert isinstance(told, o.HowMany)
    assert (told.pharmacies, told.pieces) == (pharmacies, pieces)


def test_a_county_is_counted_and_its_most_told() -> None:
    """All of 台中市; and the pharmacy with the most lies in a district, which is talked about."""
    talk = Talk()
    told = talk.ask(Intent.HOWMANY, names=of_county("台中市"))
    assert isinstance(told, o.HowMany)
    assert (told.pharmacies, told.pieces) == (2, 106)
    most = talk.ask(Intent.MOST, names=of_county("台中市"))
    assert isinstance(most, o.Found)
    assert (most.pharmacy.name, most.why) == ("海邊藥局", "most")
    assert talk.state is not None
    assert talk.state.place == SEA
    assert isinstance(talk.ask(Intent.MOST, names=of_county("澎湖縣")), o.AskPlace)
    assert isinstance(talk.ask(Intent.MORE, names=of_county("台中市")), o.AskPlace)


def test_two_pharmacies_are_compared_by_what_they_have() -> None:
    """In the product that is spoken of."""
    for product, left in ((ADULT, [205, 36]), (CHILD, [50, 0])):
        told = told_of(TellCompared((XINYI, RENAI), product.id))
        assert isinstance(told, o.Compared)
        assert [side.left for side in told.sides] == left
        assert told.product == product


def test_two_counties_are_compared_by_all_that_they_have() -> None:
    """And either may be asked about then."""
    talk, others = Talk(), (of_county("台中市"),)
    told = talk.ask(Intent.COMPARE, names=of_county("澎湖縣"), others=others)
    assert isinstance(told, o.Compared)
    assert [one.left for one in told.sides] == [0, 106]
    assert talk.ask(Intent.LEFT) == told
    then = talk.ask(Intent.CHOOSE1)
    assert isinstance(then, o.AskPlace)
    assert then.county is not None
    assert then.county.name == "台中市"


@pytest.mark.parametrize(
    ("part", "about"), [("price", "price"), ("overview", "overview"), ("colour", "overview")]
)
def test_of_the_rules_the_part_that_was_asked_is_told(part: str, about: str) -> None:
    """The overview for what there is not."""
    told = told_of(TellRules(part))
    assert isinstance(told, o.RulesTold)
    assert (told.about, told.today, told.child_product) == (about, True, CHILD)


def test_whose_turn_it_is_is_told_of_the_day_and_of_the_next() -> None:
    """On a Wednesday odd numbers may buy: the fourth of March 2020."""
    wednesday = told_of(TellRules("turn", "odd", "2020-03-04"))
    today = told_of(TellRules("turn", "odd"))
    unsaid = told_of(TellRules("turn"))
    assert isinstance(wednesday, o.RulesTold)
    assert isinstance(today, o.RulesTold)
    assert isinstance(unsaid, o.RulesTold)
    assert (wednesday.today, wednesday.next_turn) == (False, date(2020, 3, 4))
    assert (today.today, today.next_turn) == (True, date(2020, 3, 4))
    assert unsaid.next_turn is None


@pytest.mark.parametrize(
    ("places", "more"),
    [
        ((DAAN,), False),
        ((DAAN, SEA), False),
        (("新竹市東區", "台中市東區"), True),
        (("新竹市東區", DAAN), False),
        (("新竹市東區", "台中市東區", "嘉義市東區"), True),
        (("新竹市東區", "台中市東區", "嘉義市東區", "台南市東區"), True),
    ],
)
def test_that_there_are_more_of_a_name_is_said_of_one_name(
    places: tuple[str, ...], more: bool
) -> None:
    """東區 is in four cities, and three are read out; 大安區 in two, which are all."""
    asked = told_of(ChoosePlace(places))
    assert isinstance(asked, o.AmbiguousPlace)
    assert (len(asked.places), asked.more) == (min(3, len(places)), more)


def test_what_is_left_of_a_choice_is_offered() -> None:
    """One of the pharmacies has gone; of one alone no name is shared."""
    two = told_of(ChoosePharmacy((XINYI, "0000000000", RENAI), namesakes=True))
    one = told_of(ChoosePharmacy((XINYI, "0000000000"), namesakes=True))
    other = told_of(ChoosePharmacy((XINYI, RENAI)))
    assert isinstance(two, o.AmbiguousPharmacy)
    assert isinstance(one, o.AmbiguousPharmacy)
    assert isinstance(other, o.AmbiguousPharmacy)
    assert [len(x.pharmacies) for x in (two, one, other)] == [2, 1, 2]
    assert [x.same_name for x in (two, one, other)] == [True, False, False]
    four = (XINYI, RENAI, HEPING, "9004390001")
    asked = told_of(ChoosePharmacy(four))
    assert isinstance(asked, o.AmbiguousPharmacy)
    assert len(asked.pharmacies) == 3


def test_two_counties_of_a_name_are_offered() -> None:
    """Those alone."""
    asked = told_of(ChooseCounty(("嘉義市", "嘉義縣")))
    assert isinstance(asked, o.AmbiguousCounty)
    assert [county.name for county in asked.counties] == ["嘉義市", "嘉義縣"]


def test_a_road_keeps_its_pharmacies_first() -> None:
    """「小孩的呢」 in a place that was asked about with a road keeps the road."""
    talk = Talk(state=State(place=DAAN, road="仁愛路"))
    told = talk.ask(Intent.ADULT)
    assert isinstance(told, o.Found)
    assert told.pharmacy.name == "仁愛藥局"


def test_nothing_is_a_landmark_but_a_landmark() -> None:
    """Of those that are offered the ones that are known."""
    asked = told_of(ChooseLandmark(("台北車站", "火星車站")))
    assert isinstance(asked, o.AmbiguousLandmark)
    assert [one.key for one in asked.landmarks] == ["台北車站"]


def test_how_an_id_ends_is_asked_once() -> None:
    """Told with one question, it holds for the next: 「那什麼時候輪到我」."""
    talk = Talk()
    ends = [talk.ask(Intent.RULES), talk.ask(Intent.RULES, part="turn", ends="odd")]
    ends += [talk.ask(Intent.RULES, part="turn"), talk.ask(Intent.RULES, ends="even")]
    assert [one.ends for one in ends if isinstance(one, o.RulesTold)] == ["", "odd", "odd", "even"]


def test_the_rules_of_another_day_are_of_that_day() -> None:
    """「明天可以買嗎」; today's where today is asked about."""
    days = [Talk().ask(Intent.RULES, when=when) for when in (DayAndHour(ahead=1), DayAndHour())]
    assert [(one.day, one.today) for one in days if isinstance(one, o.RulesTold)] == [
        (date(2020, 3, 4), False),
        (date(2020, 3, 3), True),
    ]


def test_a_pharmacy_off_the_road_is_told_as_such_once() -> None:
    """The first, on no lane of that road; not where something else was asked to be near to."""
    for road, told in (("信義路", ""), ("信義路二段", ""), ("和平東路", "和平東路"), ("", "")):
        found = told_of(TellPharmacy(XINYI, "adult_mask"), replace(HERE, road=road))
        assert isinstance(found, o.Found)
        assert found.off_road == told
    address = replace(like(XINYI).address, section="2")
    second = like(XINYI, id="9100000002", address=address)
    facts = Facts(with_pharmacies(second), NOW, PHONE)
    for road, told in (("信義路2段", ""), ("信義路3段", "信義路3段"), ("信義路", "")):
        found = told_of(TellPharmacy(second.id, "adult_mask"), replace(HERE, road=road), facts)
        assert isinstance(found, o.Found)
        assert found.off_road == told
    later = replace(HERE, road="和平東路", told=(RENAI, XINYI), at=1)
    near = replace(HERE, road="和平東路", near=RENAI)
    for state in (later, near):
        found = told_of(TellPharmacy(XINYI, "adult_mask"), state)
        assert isinstance(found, o.Found)
        assert found.off_road == ""


def test_a_district_is_not_sold_out_where_it_has_some_or_nobody_knows() -> None:
    """A neighbour of 三重區, which has nine, stands in for nothing."""
    next_door = like(XINYI, id="9100000001", district="新北市石碇區")
    facts = Facts(with_pharmacies(next_door), NOW, PHONE)
    told = TellPharmacy(next_door.id, "adult_mask")
    found = told_of(told, State(place="新北市三重區"), facts)
    assert isinstance(found, o.Found)
    assert found.neighbour_of is None
    unknown = replace(facts.snapshot, stocks={**facts.snapshot.stocks, "9002320001": {}})
    found = told_of(told, State(place=TEA), Facts(unknown, NOW, PHONE))
    assert isinstance(found, o.Found)
    assert found.neighbour_of is None


def test_what_is_told_of_a_chain_is_of_one_that_there_is() -> None:
    """A key that is none, or a place that is none, lacks nothing."""
    for key, state in (("nobody", HERE), ("躍獅", State()), ("", HERE)):
        found = told_of(TellPharmacy(XINYI, "adult_mask", "", key), state)
        assert isinstance(found, o.Found)
        assert found.instead_of is None


def test_all_counts_are_told_where_all_were_asked_for() -> None:
    """On the telephone too."""
    for why, all_told in (("all", True), ("most", False)):
        found = told_of(TellPharmacy(XINYI, "adult_mask", why))
        assert isinstance(found, o.Found)
        assert found.with_others is all_told


def test_of_one_product_the_rules_name_no_other() -> None:
    """A feed that counts adult masks alone."""
    alone = Facts(replace(SNAPSHOT, products=(ADULT,)), NOW, PHONE)
    told = told_of(TellRules("price"), HERE, alone)
    assert isinstance(told, o.RulesTold)
    assert (told.product, told.child_product) == (ADULT, None)


@pytest.mark.parametrize(("ahead", "note"), [(0, "視狀況"), (1, "")])
def test_a_note_is_today_s(ahead: int, note: str) -> None:
    """Of tomorrow nothing is read out that was not understood."""
    told = _open(Hours("N" * 21, "視狀況")).ask(Intent.SALE, when=DayAndHour(ahead=ahead))
    assert isinstance(told, o.SaleTold)
    assert told.note == note


def test_a_place_is_sold_out_or_not_known() -> None:
    """坪林區 has one, of which nobody knows; its time is told where the counts are old."""
    unknown = Facts(replace(SNAPSHOT, stocks={}), NOW + timedelta(hours=1), PHONE)
    for facts, expected in ((FACTS, (False, None)), (unknown, (True, SOURCE_TIME))):
        told = told_of(TellNone(Lack.SOLD_OUT, TEA, "adult_mask"), HERE, facts)
        assert isinstance(told, o.SoldOut)
        assert (told.unknown, told.as_of) == expected


@pytest.mark.parametrize(
    ("told", "alone"), [((XINYI,), True), ((XINYI, RENAI), False), ((), False)]
)
def test_one_that_was_told_of_is_the_only_one(told: tuple[str, ...], alone: bool) -> None:
    """And no other."""
    none = told_of(TellNone(Lack.NO_NEXT, DAAN, "adult_mask"), replace(HERE, told=told))
    assert none == o.NoNext(by_key()[DAAN], ADULT, alone=alone)


def test_after_a_time_that_was_told_it_is_told_again_once_it_is_another() -> None:
    """New counts, as old as the first were then."""
    old = Facts(SNAPSHOT, NOW + timedelta(hours=1), PHONE)
    told = int(SOURCE_TIME.timestamp()) // 60
    for before, as_of in ((0, SOURCE_TIME), (told, None), (told - 1, SOURCE_TIME)):
        found = told_of(TellPharmacy(XINYI, "adult_mask"), replace(HERE, time_told=before), old)
        assert isinstance(found, o.Found)
        assert found.as_of == as_of


@pytest.mark.parametrize("open_at", ["", "2020-03-03", "2020-03-04 09:00"])
def test_whether_it_is_open_then_is_told_where_that_was_asked(open_at: str) -> None:
    """And whether that is today."""
    found = told_of(TellPharmacy(XINYI, "adult_mask"), replace(HERE, open_at=open_at))
    assert isinstance(found, o.Found)
    assert (found.then is not None) is bool(open_at)
    if found.then:
        assert found.then.today is (open_at == "2020-03-03")
    vain = told_of(TellPharmacy(XINYI, "adult_mask", "", open_at))
    assert isinstance(vain, o.Found)
    assert (vain.none_open is not None) is bool(open_at)


def test_words_that_look_nothing_up_know_the_channel_and_what_is_open() -> None:
    """A person is rung where the channel dials; what is offered is told of where there is some."""
    for channel in (PHONE, SPEAKER):
        rung = told_of(Say(Phrase.OPERATOR), HERE, Facts(SNAPSHOT, NOW, channel))
        assert rung == o.ToPerson(channel.operator, channel.dials)
    for options in ((), (TakeNone(),)):
        state = State(options=options)
        for phrase, outcome in (
            (Phrase.NOT_HEARD, o.NotHeard),
            (Phrase.NOT_UNDERSTOOD, o.NotUnderstood),
        ):
            assert told_of(Say(phrase, 2), state) == outcome(2, offers=bool(options))
    demo = Facts(replace(SNAPSHOT, demo=True), NOW, PHONE)
    assert told_of(Say(Phrase.GREET), HERE, demo) == o.Greeting(ADULT, demo=True)
    assert told_of(Say(Phrase.NOT_COUNTED)) == o.NotCounted(ADULT)
    assert told_of(Say(Phrase.NOTIFY_NONE)) == o.NotifyOff(was_on=False)
    assert told_of(Say(Phrase.NOTIFY_OFF)) == o.NotifyOff(was_on=True)
