"""Several places or pharmacies at once: compared, told in one breath, and chosen from."""

from dataclasses import replace

import pytest

from shared import outcomes as o
from shared.catalog import Hours
from shared.dialog.acts import Act, Intent, TakeDistrict
from shared.dialog.questions import ANEW, FEWEST, NEXT_DOOR, ON_ROAD, PLACES, THESE, WHICH
from shared.dialog.values import Reply, State
from shared.names.resolution import Meant, Resolution
from shared.places.districts import by_key
from shared.places.landmarks import landmarks_called
from tests.dialog.talks import (
    DAAN,
    RENAI,
    SANCHONG,
    SEA,
    XINYI,
    Talk,
    ask,
    like,
    name_of,
    of_county,
    with_pharmacies,
)
from tests.small_world import SNAPSHOT, heard_districts, heard_pharmacies

THIRD = like(RENAI, id="9001060009", name="安和藥局")
"""A third of 大安區 that has some: 20, beside 205 and 36."""

NEXT_TO_DAAN = like(XINYI, id="9001100001", name="松仁藥局", district="台北市信義區")
WORLD = with_pharmacies(THIRD, NEXT_TO_DAAN)
BANQIAO = "新北市板橋區"


def compared(reply: Reply) -> list[tuple[str, int]]:
    """What was compared, each with how many it has."""
    assert isinstance(reply.outcome, o.Compared), reply.outcome
    names = (getattr(side.what, "key", side.what.name) for side in reply.outcome.sides)
    return list(zip(names, (side.left for side in reply.outcome.sides), strict=True))


def test_three_places_are_compared_and_offered_the_best_first() -> None:
    """「三重跟大安跟板橋哪邊多」: 9, 241 and 19."""
    others = tuple(heard_districts(key, sure=True) for key in (DAAN, BANQIAO))
    names = heard_districts(SANCHONG, sure=True)
    reply = Talk().say(Act(Intent.COMPARE, names=names, others=others))
    assert compared(reply) == [(SANCHONG, 9), (DAAN, 241), (BANQIAO, 19)]
    best_first = [TakeDistrict(key) for key in (DAAN, BANQIAO, SANCHONG)]
    assert [option.choice for option in reply.options] == best_first


def test_what_is_named_twice_is_one_side() -> None:
    """「大安區跟大安區」 compares nothing: a pharmacy there is told of."""
    names = heard_districts(DAAN, sure=True)
    reply = Talk().say(Act(Intent.COMPARE, names=names, others=(names,)))
    assert isinstance(reply.outcome, o.Found)


def test_the_most_of_what_was_compared_is_in_the_best_of_them() -> None:
    """「最多的那家」 after 板橋 and 大安 were compared: the one with most in 大安, as the first."""
    talk = Talk()
    names = heard_districts(BANQIAO, sure=True)
    talk.say(Act(Intent.COMPARE, names=names, others=(heard_districts(DAAN, sure=True),)))
    (found,) = talk.say(Act(Intent.MOST)).outcomes
    assert isinstance(found, o.Found)
    assert (found.pharmacy.id, found.why, found.ordinal) == (XINYI, "most", 1)


def test_what_is_asked_of_a_place_that_is_named_is_not_of_the_best_side() -> None:
    """「板橋那家的地址」 after 大安 was the better one: that of the one in 板橋."""
    talk = Talk()
    names = heard_districts(BANQIAO, sure=True)
    talk.say(Act(Intent.COMPARE, names=names, others=(heard_districts(DAAN, sure=True),)))
    told = talk.say(Act(Intent.ADDRESS, names=names)).outcome
    assert isinstance(told, o.AddressTold)
    assert told.pharmacy.district.key == BANQIAO


@pytest.mark.parametrize(
    ("act", "expected"),
    [
        (Act(Intent.COMPARE, part=PLACES), [(SANCHONG, 9), (BANQIAO, 19), (SEA, 77)]),
        (Act(Intent.COMPARE, part=THESE), [(SANCHONG, 9), (BANQIAO, 19), (SEA, 77)]),
        (Act(Intent.COMPARE), [(BANQIAO, 19), (SEA, 77)]),
    ],
)
def test_places_asked_about_one_after_the_other_are_compared(
    act: Act, expected: list[tuple[str, int]]
) -> None:
    """「哪一區最多」 all three; 「哪邊比較多」 the last two."""
    talk = Talk()
    for key in (SANCHONG, BANQIAO, SEA):
        talk.say(ask(key))
    assert compared(talk.say(act)) == expected


def test_these_pharmacies_are_compared() -> None:
    """「這三家哪一家最多」 after three of one place; one alone is compared with none."""
    talk = Talk(snapshot=WORLD)
    talk.say(ask(DAAN))
    assert isinstance(talk.say(Act(Intent.COMPARE, part=THESE)).outcome, o.Found)
    talk = Talk(snapshot=WORLD)
    talk.say(ask(DAAN, intent=Intent.LIST))
    named = {"信義藥局": 205, "仁愛藥局": 36, "安和藥局": 20}
    assert dict(compared(talk.say(Act(Intent.COMPARE, part=THESE)))) == named


def test_of_several_of_one_place_the_place_is_told_once() -> None:
    """And of the first it is told that it is the first."""
    outcomes = Talk(snapshot=WORLD).say(ask(DAAN, intent=Intent.LIST)).outcomes
    told = [(one.in_row, one.ordinal) for one in outcomes if isinstance(one, o.Found)]
    assert told == [(1, 1), (2, 2), (3, 3)]


def test_of_several_places_each_is_told_with_its_own() -> None:
    """「大安區跟三重」."""
    outcomes = Talk().say(ask(DAAN), ask(SANCHONG)).outcomes
    assert [one.in_row for one in outcomes if isinstance(one, o.Found)] == [0, 0]


def test_near_two_landmarks_of_one_district_each_is_a_first_one() -> None:
    """「景美還是木柵」: no list, though both lie in one district."""
    talk = Talk(snapshot=WORLD)
    outcomes = talk.say(
        ask(DAAN), Act(Intent.ASK, names=heard_pharmacies(RENAI, sure=True))
    ).outcomes
    assert [one.in_row for one in outcomes if isinstance(one, o.Found)] == [0, 0]


def test_a_list_is_said_again_as_a_list() -> None:
    """「慢一點」 after three: the same three, the place with the first alone."""
    talk = Talk(snapshot=WORLD)
    first = talk.say(ask(DAAN, intent=Intent.LIST))
    slower = talk.say(Act(Intent.SLOWER))
    said = first.text.removesuffix(first.prompt)
    assert slower.text.count("大安區") == said.count("大安區") == 1
    assert "第三家" in slower.text


def test_a_list_may_begin_anew() -> None:
    """「念前三家」 after the second: the first to the third."""
    talk = Talk(snapshot=WORLD)
    first = name_of(talk.say(ask(DAAN)).outcome)
    talk.say(Act(Intent.NEXT))
    outcomes = talk.say(Act(Intent.LIST, part=ANEW)).outcomes
    assert name_of(outcomes[0]) == first
    assert [one.ordinal for one in outcomes if isinstance(one, o.Found)] == [1, 2, 3]


def test_the_second_of_several_places_is_the_one_told_for_it() -> None:
    """「第二個」 after 大安 and 三重, and again after the first was chosen: the one in 三重."""
    second = Act(Intent.CHOOSE2, that_one=True)
    talk = Talk()
    talk.say(ask(DAAN), ask(SANCHONG))
    assert name_of(talk.say(replace(second, intent=Intent.CHOOSE1)).outcome) == "信義藥局"
    assert name_of(talk.say(second).outcome) == "健安藥局"
    talk.say(ask(DAAN), Act(Intent.NEXT))
    assert name_of(talk.say(second).outcome) == "仁愛藥局", "another question was asked since"


def test_behind_the_one_with_most_the_next_has_most_of_the_others() -> None:
    """「第二多的呢」: 205, then 36, then 20."""
    talk = Talk(snapshot=WORLD)
    found = [talk.say(ask(DAAN, intent=Intent.MOST)).outcome]
    found += [talk.say(Act(Intent.NEXT)).outcome for _ in range(2)]
    told = [(one.counts[0].left, one.why) for one in found if isinstance(one, o.Found)]
    assert told == [(205, "most"), (36, "next_most"), (20, "next_most")]


def test_next_door_is_in_another_district() -> None:
    """「隔壁區呢」; where nothing next to it has any, that is said; from nowhere the place is
    asked."""
    talk = Talk(snapshot=WORLD)
    talk.say(ask(DAAN))
    there = talk.say(Act(Intent.NEARBY, NEXT_DOOR)).outcome
    assert isinstance(there, o.Found)
    assert there.pharmacy == NEXT_TO_DAAN
    assert there.neighbour_of is None, "大安區 is not sold out"
    assert talk.state is not None
    assert talk.state.place == NEXT_TO_DAAN.district.key
    alone = Talk()
    alone.say(ask(DAAN))
    assert isinstance(alone.say(Act(Intent.NEARBY, NEXT_DOOR)).outcome, o.NoNext)
    assert Talk().say(Act(Intent.NEARBY, NEXT_DOOR)).outcome == o.AskPlace()


def test_next_door_once_more_leads_on_and_not_back() -> None:
    """「隔壁區呢」 twice: not where she asked first, as long as there is another."""
    beyond = like(XINYI, id="9001110001", name="莊敬藥局", district="台北市南港區")
    talk = Talk(snapshot=with_pharmacies(beyond, snapshot=WORLD))
    talk.say(ask(DAAN))
    told = [talk.say(Act(Intent.NEARBY, NEXT_DOOR)).outcome for _ in range(2)]
    assert [name_of(one) for one in told] == ["松仁藥局", "莊敬藥局"]


@pytest.mark.parametrize("intent", [Intent.PHONE, Intent.ADDRESS])
def test_what_was_asked_of_one_is_asked_of_that_of_another_place(intent: Intent) -> None:
    """「大安的電話」, 「三重的呢」: that one, and its number."""
    talk = Talk()
    talk.say(ask(DAAN, intent=intent))
    outcomes = talk.say(replace(ask(SANCHONG), place_alone=True)).outcomes
    kind = o.PhoneTold if intent is Intent.PHONE else o.AddressTold
    assert [type(one) for one in outcomes] == [o.Found, kind]


def test_of_the_one_with_most_what_is_asked_is_asked_once() -> None:
    """「大安最多的那家電話」: that one, and its number, and no other."""
    names = heard_districts(DAAN, sure=True)
    acts = (Act(Intent.MOST, names=names), Act(Intent.PHONE, names=names))
    most, phone = Talk(snapshot=WORLD).say(*acts).outcomes
    assert name_of(most) == "信義藥局"
    assert isinstance(phone, o.PhoneTold)
    assert phone.pharmacy.id == XINYI


def test_the_two_places_before_are_remembered_the_last_last() -> None:
    """One that is asked about again is not two of them."""
    talk = Talk(snapshot=SNAPSHOT)
    for key in (DAAN, SANCHONG, BANQIAO, SANCHONG, SEA):
        talk.say(ask(key))
    assert talk.state is not None
    assert talk.state.places_before == (BANQIAO, SANCHONG)
    assert talk.state.place == by_key()[SEA].key


def test_one_that_was_told_of_keeps_its_place() -> None:
    """「哪一家最多」 after the second: the first, and not the third."""
    talk = Talk(snapshot=WORLD)
    talk.say(ask(DAAN))
    talk.say(Act(Intent.NEXT))
    most = talk.say(Act(Intent.MOST)).outcome
    assert isinstance(most, o.Found)
    assert (most.pharmacy.id, most.ordinal) == (XINYI, 1)


def test_which_one_in_a_place_is_told_once() -> None:
    """「大安區哪一家」: what has masks there, and its name no second time."""
    assert [type(one) for one in Talk().say(ask(DAAN, intent=Intent.NAME)).outcomes] == [o.Found]


def test_what_was_compared_is_told_of_the_side_that_is_taken() -> None:
    """「小孩的哪邊多」, 「好」: the better side, and what it has for children."""
    talk = Talk()
    names = heard_districts(DAAN, sure=True)
    others = (heard_districts(SANCHONG, sure=True),)
    talk.say(Act(Intent.COMPARE, names=names, others=others, product="child_mask"))
    found = talk.say(Act(Intent.CHOOSE1)).outcome
    assert isinstance(found, o.Found)
    assert found.counts[0].product.id == "child_mask"


def test_several_of_the_better_side_may_be_told() -> None:
    """「去多的那邊，報三家」: three of that place, and none of the other."""
    talk = Talk(snapshot=WORLD)
    names = heard_districts(DAAN, sure=True)
    talk.say(Act(Intent.COMPARE, names=names, others=(heard_districts(SANCHONG, sure=True),)))
    outcomes = talk.say(Act(Intent.LIST)).outcomes
    told = [
        (one.pharmacy.district.key, one.ordinal) for one in outcomes if isinstance(one, o.Found)
    ]
    assert told == [(DAAN, 1), (DAAN, 2), (DAAN, 3)]


def test_another_one_of_the_place_talked_about_is_another_one() -> None:
    """「大安的再來一家」 after one of 大安; of another place it is the first there."""
    talk = Talk()
    talk.say(ask(DAAN))
    assert name_of(talk.say(ask(DAAN, intent=Intent.NEXT)).outcome) == "仁愛藥局"
    assert name_of(talk.say(ask(SANCHONG, intent=Intent.NEXT)).outcome) == "健安藥局"


def test_how_far_from_where_she_is_asks_for_no_other_pharmacy() -> None:
    """「走得到嗎，我在台大醫院」 after an answer; as the first question one near there is told."""
    names = Resolution("…", Meant.LANDMARK, landmarks=landmarks_called()["台大醫院"], sure=True)
    acts = Act(Intent.ASK, names=names), Act(Intent.DISTANCE, names=names)
    talk = Talk()
    talk.say(ask(DAAN))
    assert [type(one) for one in talk.say(*acts).outcomes] == [o.DistanceTold]
    assert o.DistanceTold not in [type(Talk().say(*acts).outcomes[0])]


def test_before_the_first_of_a_place_comes_the_one_of_the_place_before() -> None:
    """「隔壁區呢」, 「回剛剛那家」: the second of 大安, that was told of last there; and back."""
    talk = Talk(snapshot=WORLD)
    first = name_of(talk.say(ask(DAAN)).outcome)
    second = name_of(talk.say(Act(Intent.NEXT)).outcome)
    talk.say(ask(SANCHONG))
    back = [name_of(talk.say(Act(Intent.PREVIOUS)).outcome) for _ in range(2)]
    assert back == [second, "健安藥局"]
    assert first != second
    alone = Talk()
    alone.say(ask(DAAN))
    assert isinstance(alone.say(Act(Intent.PREVIOUS)).outcome, o.NoPrevious)


def test_the_most_of_what_was_counted_is_compared() -> None:
    """「大安跟三重各有幾家」, 「哪裡最多片」: 241 and 9."""
    talk = Talk()
    talk.say(ask(DAAN, intent=Intent.HOWMANY), ask(SANCHONG, intent=Intent.HOWMANY))
    assert compared(talk.say(Act(Intent.MOST))) == [(DAAN, 241), (SANCHONG, 9)]


def test_what_is_asked_of_each_of_several_is_told_of_each() -> None:
    """「三家的電話都給我」 after three: three numbers, and no fourth pharmacy; of the last two
    where two are asked for."""
    talk = Talk(snapshot=WORLD)
    shops = [name_of(one) for one in talk.say(ask(DAAN, intent=Intent.LIST)).outcomes]
    for count, acts in (
        (3, [Act(Intent.PHONE, shops=3)]),
        (3, [Act(Intent.LIST, shops=3), Act(Intent.PHONE, shops=3)]),
        (2, [Act(Intent.PHONE, shops=2)]),
    ):
        told = talk.say(*acts).outcomes
        assert [one.pharmacy.name for one in told if isinstance(one, o.PhoneTold)] == shops[-count:]
        assert len(told) == count


def test_as_many_are_listed_as_were_asked_for() -> None:
    """「大安區報兩家」."""
    reply = Talk(snapshot=WORLD).say(replace(ask(DAAN, intent=Intent.LIST), shops=2))
    assert len(reply.outcomes) == 2


def test_which_is_nearer_asks_where_she_is_while_that_is_not_known() -> None:
    """「剛剛那家比較近還是這家」."""
    talk = Talk(snapshot=WORLD)
    talk.say(ask(DAAN, intent=Intent.LIST))
    assert talk.say(Act(Intent.DISTANCE, shops=2)).outcomes == (o.AskPlace(why="nearer"),)


@pytest.mark.parametrize("asked_before", [False, True])
def test_the_districts_of_a_county_are_compared(asked_before: bool) -> None:
    """「新北市哪一區最多」, and that in answer to 「新北市的哪一區呢？」: those with some."""
    talk = Talk()
    county = of_county("新北市")
    if asked_before:
        assert talk.say(Act(Intent.ASK, names=county)).outcome == o.AskPlace(county.county)
    names = None if asked_before else county
    reply = talk.say(Act(Intent.COMPARE, part=PLACES, names=names))
    assert compared(reply) == [(BANQIAO, 19), (SANCHONG, 9)]


def test_the_one_with_the_fewest_has_some() -> None:
    """「最少的呢」: of 205, 36, 20 and none."""
    found = Talk(snapshot=WORLD).say(replace(ask(DAAN, intent=Intent.MOST), part=FEWEST)).outcome
    assert isinstance(found, o.Found)
    assert (name_of(found), found.why) == ("安和藥局", "fewest")


def test_on_the_same_road_until_there_is_no_other() -> None:
    """「那條路上還有嗎」 after 仁愛藥局: the other on 仁愛路; then that there is none, and one off
    it."""
    talk = Talk(snapshot=WORLD)
    talk.say(Act(Intent.ASK, names=heard_pharmacies(RENAI, sure=True)))
    told = [talk.say(Act(Intent.NEXT, ON_ROAD)).outcome, talk.say(Act(Intent.NEXT)).outcome]
    assert [name_of(one) for one in told] == ["安和藥局", "信義藥局"]
    assert [one.off_road for one in told if isinstance(one, o.Found)] == ["", "仁愛路"]


@pytest.mark.parametrize("seed", range(6))
def test_who_wants_both_is_told_of_one_that_has_both(seed: int) -> None:
    """「大人跟小孩的都要」 in 大安區, where one has both, and another far more for adults alone."""
    stocks = {**SNAPSHOT.stocks, RENAI: {"adult_mask": 9000, "child_mask": 0}}
    talk = Talk(snapshot=replace(SNAPSHOT, stocks=stocks), state=State(seed=seed))
    found = talk.say(replace(ask(DAAN), all_products=True)).outcome
    assert isinstance(found, o.Found)
    assert [count.left for count in found.counts] == [205, 50]


def test_the_place_in_which_other_goods_were_sought_is_kept() -> None:
    """「大安區有沒有額溫槍」, 「那口罩呢」: there."""
    talk = Talk()
    talk.say(Act(Intent.TOPIC, "goods", names=heard_districts(DAAN, sure=True)))
    found = talk.say(Act(Intent.ASK, product="adult_mask")).outcome
    assert isinstance(found, o.Found)
    assert found.pharmacy.district.key == DAAN


def test_what_is_not_known_is_not_said_beside_what_is() -> None:
    """「天氣好冷，到處都買不到」: of the shortage alone."""
    told = Talk().say(Act(Intent.TOPIC, "other"), Act(Intent.TOPIC, "shortage")).outcomes
    assert told == (o.TopicTold("shortage"),)


def test_one_without_plates_is_looked_for() -> None:
    """「哪一家不用號碼牌」: the one whose note says so; where none does, of the one told of; from
    nowhere the place is asked."""
    queues = Hours("N" * 21, "不發號碼牌，現場排隊，10:00開始販賣")
    world = with_pharmacies(like(RENAI, id="9001060009", name="安和藥局", hours=queues))
    for snapshot, expected in ((world, "安和藥局"), (SNAPSHOT, "信義藥局")):
        talk = Talk(snapshot=snapshot)
        talk.say(Act(Intent.ASK, names=heard_pharmacies(XINYI, sure=True)))
        told = talk.say(Act(Intent.PLATES, WHICH)).outcome
        assert isinstance(told, o.SaleTold)
        assert told.pharmacy.name == expected
    assert Talk().say(Act(Intent.PLATES, WHICH)).outcome == o.AskPlace(why="plates")
