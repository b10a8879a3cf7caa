"""Questions that compare, go back and forth, or name what is not surely heard."""

from dataclasses import replace

import pytest

from shared import outcomes as o
from shared.catalog import Kind, Product
from shared.dialog import take_turn as dialogue
from shared.dialog.acts import Act, Intent, Understanding
from shared.dialog.questions import IN_STOCK
from shared.dialog.values import Channel, Reply, State, Utterance
from shared.names.resolution import Meant, Resolution
from shared.places.districts import all_counties, by_key
from tests.dialog.talks import HEPING, XINYI, Talk
from tests.products import ADULT, CHILD
from tests.small_world import NOW, SNAPSHOT, heard_districts, heard_pharmacies

CHANNEL = Channel("test", operator="1922", keys=True)
DAAN, SEA = "台北市大安區", "台中市大安區"


def talk(*acts: Act, state: State | None = None) -> list[Reply]:
    """The replies of one conversation, an act a turn."""
    replies = []
    for act in acts:
        utterance = Utterance(text="…")
        understood = Understanding((act,), act.names)
        state, reply = dialogue.take_turn(state, utterance, understood, SNAPSHOT, NOW, CHANNEL)
        replies.append(reply)
    return replies


def ask(*districts: str) -> Act:
    """A question about places."""
    return Act(Intent.ASK, names=heard_districts(*districts, sure=len(districts) == 1))


def compare(one: Resolution | None, other: Resolution | None = None) -> Act:
    """「…跟…哪邊比較多」."""
    return Act(Intent.COMPARE, names=one, others=(other,) if other else ())


def test_two_places_are_compared_in_the_order_in_which_they_were_named() -> None:
    """大安 in 台北 has 205 and 36, the one in 台中 77."""
    for first, second in ((DAAN, SEA), (SEA, DAAN)):
        (reply,) = talk(compare(heard_districts(first), heard_districts(second)))
        told = reply.outcome
        assert isinstance(told, o.Compared)
        assert [side.left for side in told.sides] == [
            {DAAN: 241, SEA: 77}[key] for key in (first, second)
        ]


def test_one_place_is_compared_with_the_one_talked_about() -> None:
    """And never with itself; without any talk of one it is asked for."""
    _, reply = talk(ask(DAAN), compare(heard_districts(SEA)))
    assert isinstance(reply.outcome, o.Compared)
    assert [side.left for side in reply.outcome.sides] == [241, 77]
    _, reply = talk(ask(DAAN), compare(heard_districts(DAAN, sure=True)))
    assert isinstance(reply.outcome, o.Found)
    (reply,) = talk(compare(heard_districts(SEA, sure=True)))
    assert isinstance(reply.outcome, o.Found)


def test_two_places_asked_one_after_the_other_are_compared() -> None:
    """「大安區」, 「那台中大安區呢」, 「哪邊比較多」: both, though neither is named with it."""
    *_, both = talk(ask(DAAN), ask(SEA), compare(None))
    assert isinstance(both.outcome, o.Compared)
    assert [side.left for side in both.outcome.sides] == [241, 77]


def test_the_nearest_of_a_kind_is_that_of_the_place() -> None:
    """「最近的衛生所呢」 after an answer does not ask where she is: a district has one."""
    _, reply = talk(ask(DAAN), Act(Intent.NEARER, kind=Kind.HEALTH_CENTRE))
    assert isinstance(reply.outcome, o.Found)
    assert reply.outcome.no_centre_in == by_key()[DAAN]


def test_two_that_were_told_of_are_compared() -> None:
    """「這兩家哪家多」, 「第一家跟第二家哪家多」: 205 and 36; where only one was told, the most."""
    first, _, both = talk(ask(DAAN), Act(Intent.NEXT), compare(None))
    assert isinstance(both.outcome, o.Compared)
    assert [side.left for side in both.outcome.sides] == [205, 36]
    *_, both = talk(ask(DAAN), Act(Intent.NEXT), Act(Intent.COMPARE, that_one=True))
    assert isinstance(both.outcome, o.Compared)
    assert both.outcome.sides[0].what == first.outcome.pharmacy  # type: ignore[union-attr]
    _, alone = talk(ask(DAAN), compare(None))
    assert isinstance(alone.outcome, o.Found)


def test_after_a_comparison_each_side_may_be_heard() -> None:
    """Both are offered by name, the better first, and not as an answer to confirm."""
    compared, address = talk(
        compare(heard_districts(SEA), heard_districts(DAAN)), Act(Intent.ADDRESS)
    )
    assert [option.label for option in compared.options] == ["named", "named"]
    assert compared.options[0].name == DAAN
    assert "是的話" not in compared.text
    assert isinstance(address.outcome, o.AddressTold)
    _, yes = talk(compare(heard_districts(SEA), heard_districts(DAAN)), Act(Intent.YES))
    assert isinstance(yes.outcome, o.Found)
    assert yes.outcome.pharmacy.district.key == DAAN


def test_what_is_asked_of_the_second_of_two_is_told_of_that_one() -> None:
    """「第二個，叫什麼名字」: not of the first, which a question alone would mean."""
    compared = compare(heard_districts(DAAN), heard_districts(SEA))
    conversation = Talk()
    conversation.say(compared)
    told = conversation.say(Act(Intent.CHOOSE2), Act(Intent.PHONE)).outcomes
    assert [one.pharmacy.district.key for one in told] == [SEA, SEA]  # type: ignore[union-attr]


def test_more_about_one_of_two_asks_which_one_again() -> None:
    """「請問是哪一個？」 and 「地址」: the two options stay, and the address follows the choice."""
    asked, again, told = talk(ask(DAAN, SEA), Act(Intent.ADDRESS), Act(Intent.CHOOSE2))
    assert isinstance(again.outcome, o.AmbiguousPlace)
    assert again.options == asked.options
    assert [type(one) for one in told.outcomes] == [o.Found, o.AddressTold]


def test_a_pharmacy_and_a_place_are_compared_as_places() -> None:
    """What lies in 大安區 against the district of 健安藥局 in 板橋."""
    (reply,) = talk(compare(heard_districts(DAAN), heard_pharmacies("9002200001")))
    told = reply.outcome
    assert isinstance(told, o.Compared)
    assert tuple(side.left for side in told.sides) == (241, 19)


def test_forth_and_back_and_forth_again() -> None:
    """What was told before is told again in its place, and then what comes behind it."""
    ways = (Intent.NEXT, Intent.PREVIOUS, Intent.NEXT)
    first, second, back, again = talk(ask(DAAN), *map(Act, ways))
    names = [reply.outcome.pharmacy.name for reply in (first, second, back, again)]  # type: ignore[union-attr]
    assert names[0] == names[2] != names[1] == names[3]


def test_how_many_are_left_wants_a_pharmacy() -> None:
    """「還剩幾片」: of the one told of; before any was, the place is asked for."""
    asked, reply = talk(ask(DAAN), Act(Intent.LEFT))
    assert reply.outcome == asked.outcome
    (reply,) = talk(Act(Intent.LEFT))
    assert isinstance(reply.outcome, o.AskPlace)


def test_that_one_in_another_district_is_another_one() -> None:
    """「大安區的那家」 is the one just told of where it lies there, and a question otherwise."""
    there = replace(ask(DAAN), that_one=True)
    first, second, same = talk(ask(DAAN), Act(Intent.NEXT), there)
    assert same.outcome.pharmacy == second.outcome.pharmacy != first.outcome.pharmacy  # type: ignore[union-attr]
    *_, other = talk(ask(DAAN), replace(ask(SEA), that_one=True))
    assert other.outcome.pharmacy.name == "海邊藥局"  # type: ignore[union-attr]


def test_three_are_offered_and_a_fourth_is_told_of() -> None:
    """More than three nobody remembers."""
    four = ("9002410001", "9002200001", "9004070001", "9008020001")
    (reply,) = talk(Act(Intent.ASK, names=heard_pharmacies(*four)))
    assert isinstance(reply.outcome, o.AmbiguousPharmacy)
    assert len(reply.outcome.pharmacies) == 3


def test_a_channel_rings_nobody_unless_it_says_so() -> None:
    """Neither a person nor a pharmacy."""
    plain = Channel("test")
    assert (plain.keys, plain.dials, plain.dials_pharmacies) == (False, False, False)


def test_an_open_question_stays_when_the_product_is_said() -> None:
    """「請問是哪一個？」, 「小孩的」: the same question, and its answer is of children's masks."""
    asked, still, told = talk(ask(DAAN, SEA), Act(Intent.CHILD), Act(Intent.CHOOSE1))
    assert isinstance(asked.outcome, o.AmbiguousPlace)
    assert still.outcome == asked.outcome
    assert still.options == asked.options
    assert isinstance(told.outcome, o.Found)
    assert told.outcome.counts[0].product.id == "child_mask"


def test_what_was_counted_is_counted_of_the_next_place_and_product() -> None:
    """「大安區還有幾家」, 「那還有幾片」, 「小孩的呢」, 「那台中的呢」."""
    sea = Act(Intent.ASK, names=heard_districts(SEA, sure=True), place_alone=True)
    many = Act(Intent.HOWMANY, names=heard_districts(DAAN, sure=True))
    replies = talk(many, Act(Intent.LEFT), Act(Intent.CHILD), sea)
    told = [reply.outcome for reply in replies]
    place = [by_key()[key] for key in (DAAN, DAAN, DAAN, SEA)]
    assert told == [
        o.HowMany(place[0], ADULT, 2, 241, total=False),
        o.HowMany(place[1], ADULT, 2, 241, total=True),
        o.HowMany(place[2], CHILD, 2, 62, total=True),
        o.HowMany(place[3], CHILD, 1, 4, total=True),
    ]


def test_the_most_is_asked_of_the_next_place_too() -> None:
    """「那台中的呢」 after the pharmacy with the most; with a wish of its own it asks that."""
    most = Act(Intent.MOST, names=heard_districts(DAAN, sure=True))
    for alone, why in ((True, "most"), (False, "")):
        there = Act(Intent.ASK, names=heard_districts(SEA, sure=True), place_alone=alone)
        _, reply = talk(most, there)
        assert isinstance(reply.outcome, o.Found)
        assert (reply.outcome.pharmacy.district.key, reply.outcome.why) == (SEA, why)


def test_after_the_rules_children_s_ones_in_stock_are_those_of_the_pharmacy() -> None:
    """「有小孩的嗎」 asks for stock; 「小孩呢」 for how many one may buy."""
    rules = Act(Intent.RULES, "amount")
    *_, in_stock = talk(ask(DAAN), rules, Act(Intent.CHILD, IN_STOCK))
    assert isinstance(in_stock.outcome, o.Found)
    assert in_stock.outcome.counts[0].product == CHILD
    *_, allowed = talk(ask(DAAN), rules, Act(Intent.CHILD))
    assert isinstance(allowed.outcome, o.RulesTold)


@pytest.mark.parametrize(
    "intent", [Intent.MOST, Intent.LEFT, Intent.COMPARE, Intent.NEXT, Intent.ASK, Intent.NEARBY]
)
def test_what_is_asked_before_the_choice_leaves_it_open(intent: Intent) -> None:
    """「請問是哪一個？」 and 「哪一家最多」: which one again, and the same keys choose."""
    asked, again, told = talk(ask(DAAN, SEA), Act(intent), Act(Intent.CHOOSE2))
    assert again.outcome == asked.outcome
    assert again.options == asked.options
    assert isinstance(told.outcomes[0], o.Found)
    assert told.outcomes[0].pharmacy.district.key == SEA


def test_the_most_is_told_once_the_place_is_chosen() -> None:
    """「請問是哪一個？」, 「哪一家最多」, 「第一個」: the one there with the most."""
    *_, told = talk(ask(DAAN, SEA), Act(Intent.MOST), Act(Intent.CHOOSE1))
    assert [one.why for one in told.outcomes if isinstance(one, o.Found)] == ["most"]


def test_who_denies_one_of_two_that_were_offered_means_the_other() -> None:
    """「請問是哪一個？」, 「不是第一個」: the second."""
    *_, told = talk(ask(DAAN, SEA), Act(Intent.NO, not_nth=0))
    assert isinstance(told.outcome, o.Found)
    assert told.outcome.pharmacy.district.key == SEA


def test_who_denies_one_that_was_told_hears_another() -> None:
    """「不要第一家」 leads on from the first, and stays with the second."""
    first, second, same = talk(ask(DAAN), Act(Intent.NO, not_nth=0), Act(Intent.NO, not_nth=0))
    names = [reply.outcome.pharmacy.name for reply in (first, second, same)]  # type: ignore[union-attr]
    assert names[0] != names[1] == names[2]


def test_the_last_one_after_an_answer_is_a_pharmacy() -> None:
    """「最後一家」 of two that were told of is the second, and no third key."""
    _, second, _, last = talk(
        ask(DAAN), Act(Intent.NEXT), Act(Intent.PREVIOUS), Act(Intent.CHOOSELAST)
    )
    assert last.outcome.pharmacy == second.outcome.pharmacy  # type: ignore[union-attr]


def test_one_with_at_least_so_many_is_not_said_to_have_more_than_the_last() -> None:
    """「有沒有十片以上的」 after one with 205: that with 36 has enough, and not more."""
    *_, told = talk(ask(DAAN), Act(Intent.MORE, least=10))
    assert isinstance(told.outcome, o.Found)
    assert (told.outcome.counts[0].left, told.outcome.why) == (36, "")


def test_how_many_are_left_at_another_place_is_told_of_one_there() -> None:
    """「海邊那邊還剩幾片」 after an answer is a new question, and so is that about a pharmacy."""
    for names in (heard_districts(SEA, sure=True), heard_pharmacies("9004390001", sure=True)):
        _, reply = talk(ask(DAAN), Act(Intent.LEFT, names=names))
        assert reply.outcome.pharmacy.name == "海邊藥局"  # type: ignore[union-attr]


@pytest.mark.parametrize(("intent", "part"), [(Intent.CHILD, "child"), (Intent.ADULT, "amount")])
def test_of_the_rules_what_holds_for_children_or_adults_is_told(intent: Intent, part: str) -> None:
    """「小孩呢」, 「大人呢」 after the rules; with a place in it it asks for some there."""
    _, rules = talk(Act(Intent.RULES, "price"), Act(intent))
    assert isinstance(rules.outcome, o.RulesTold)
    assert rules.outcome.about == part
    there = Act(intent, names=heard_districts(DAAN, sure=True))
    _, found = talk(Act(Intent.RULES, "price"), there)
    assert isinstance(found.outcome, o.Found)


def test_another_product_is_asked_of_what_was_talked_about() -> None:
    """「小孩的呢」 of a place that was sold out; before any place it is asked for."""
    sold_out, still = talk(ask("新北市坪林區"), Act(Intent.CHILD))
    assert isinstance(sold_out.outcome, o.SoldOut)
    assert still.outcome == replace(sold_out.outcome, product=CHILD)
    asked, told = talk(Act(Intent.CHILD), ask(DAAN))
    assert isinstance(asked.outcome, o.AskPlace)
    assert told.outcome.counts[0].product == CHILD  # type: ignore[union-attr]


def test_what_is_asked_of_an_unsure_place_waits_for_it() -> None:
    """Its number, its hours, how many it has: told behind the choice and not before."""
    for intent, told in ((Intent.HOURS, o.HoursTold), (Intent.HOWMANY, o.HowMany)):
        asked, chosen = talk(Act(intent, names=heard_districts(DAAN, SEA)), Act(Intent.CHOOSE1))
        assert isinstance(asked.outcome, o.AmbiguousPlace)
        assert isinstance(chosen.outcomes[-1], told)


def test_a_place_is_asked_for_before_it_is_counted() -> None:
    """「還有幾家」 from nowhere, and then 「大安區」: how many there are."""
    asked, counted = talk(Act(Intent.HOWMANY), ask(DAAN))
    assert asked.outcome == o.AskPlace()
    assert [type(one) for one in counted.outcomes] == [o.HowMany]


def test_a_sold_out_place_is_no_question_that_waits() -> None:
    """「坪林哪一家最多」: sold out, and the next place is asked nothing of before."""
    most = Act(Intent.MOST, names=heard_districts("新北市坪林區", sure=True))
    sold_out, found = talk(most, ask(DAAN))
    assert isinstance(sold_out.outcome, o.SoldOut)
    assert found.outcome.why == ""  # type: ignore[union-attr]


def test_the_place_is_that_of_the_pharmacy_that_is_named() -> None:
    """「海邊藥局那邊有幾家」, and the one told of stays while its place is counted."""
    there = Act(Intent.HOWMANY, names=heard_pharmacies("9004390001", sure=True))
    (reply,) = talk(there)
    assert reply.outcome.place == by_key()[SEA]  # type: ignore[union-attr]
    same = Act(Intent.HOWMANY, names=heard_districts(DAAN, sure=True))
    _, _, address = talk(ask(DAAN), same, Act(Intent.ADDRESS))
    assert isinstance(address.outcome, o.AddressTold)
    other = Act(Intent.HOWMANY, names=heard_districts(SEA, sure=True))
    _, _, address = talk(ask(DAAN), other, Act(Intent.ADDRESS))
    assert isinstance(address.outcome, o.AddressTold)  # of one that was counted
    assert address.outcome.pharmacy.district == by_key()[SEA]


def test_a_county_is_counted_as_the_place_before_it_was() -> None:
    """「那台中市呢」 after a count; of whoever asked for a pharmacy its district is asked."""
    county = Resolution("…", Meant.COUNTY, county=by_key()[SEA].county)
    there = Act(Intent.ASK, names=county, place_alone=True)
    many = Act(Intent.TOTAL, names=heard_districts(DAAN, sure=True))
    _, counted = talk(many, there)
    assert isinstance(counted.outcome, o.HowMany)
    assert (counted.outcome.pieces, counted.outcome.total) == (106, True)
    _, asked = talk(ask(DAAN), there)
    assert asked.outcome == o.AskPlace(by_key()[SEA].county)
    (alone,) = talk(there)
    assert alone.outcome == asked.outcome


def test_the_best_of_each_side_is_compared() -> None:
    """Of several that may have been heard."""
    told = talk(compare(heard_districts(DAAN, "新北市三重區"), heard_districts(SEA, DAAN)))
    assert [side.left for side in told[0].outcome.sides] == [241, 77]  # type: ignore[union-attr]
    pharmacies = heard_pharmacies("9001060001", "9001060002"), heard_pharmacies("9001060002")
    told = talk(compare(*pharmacies))
    assert [side.left for side in told[0].outcome.sides] == [205, 36]  # type: ignore[union-attr]


def test_with_one_side_alone_the_most_is_told_or_its_place_asked() -> None:
    """「哪邊比較多」 from nowhere; a pharmacy with no other is told of."""
    (reply,) = talk(compare(None))
    assert reply.outcome == o.AskPlace()
    (reply,) = talk(compare(heard_pharmacies("9001060002", sure=True)))
    assert reply.outcome.pharmacy.name == "仁愛藥局"  # type: ignore[union-attr]
    _, reply = talk(ask(DAAN), compare(heard_pharmacies("9001060002", sure=True)))
    assert [side.left for side in reply.outcome.sides] == [205, 36]  # type: ignore[union-attr]


def test_of_three_that_were_told_of_the_last_two_or_the_first_two_are_compared() -> None:
    """「這兩家」 after the third are the second and the third; 「第一家跟第二家」 the first ones;
    after going back to the first they are the first two."""
    ids = ("9001060001", "9001060002", "9004390001")
    for at, that_one, left in (
        (2, False, [36, 77]),
        (2, True, [205, 36]),
        (1, False, [205, 36]),
        (0, False, [205, 36]),
    ):
        state = State(place=DAAN, told=ids, at=at)
        (reply,) = talk(Act(Intent.COMPARE, that_one=that_one), state=state)
        assert [side.left for side in reply.outcome.sides] == left  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "more", [{"kind": Kind.HEALTH_CENTRE}, {"unwanted": Kind.PHARMACY}], ids=str
)
def test_another_kind_is_looked_for_in_the_place(more: dict[str, object]) -> None:
    """「有沒有別的衛生所」: in 大安區, which has none; before any place one must be known."""
    another = Act(Intent.NEXT, **more)  # type: ignore[arg-type]
    _, reply = talk(ask(DAAN), another)
    assert reply.outcome.no_centre_in == by_key()[DAAN]  # type: ignore[union-attr]
    (reply,) = talk(another)
    assert reply.outcome == o.NeedPharmacy()


@pytest.mark.parametrize("intent", [Intent.PREVIOUS, Intent.FIRST, Intent.LIST, Intent.NEARBY])
def test_a_way_on_with_a_place_in_it_asks_of_that_place(intent: Intent) -> None:
    """「海邊那邊的其他家」."""
    _, reply = talk(ask(DAAN), Act(intent, names=heard_districts(SEA, sure=True)))
    assert reply.outcomes[0].pharmacy.name == "海邊藥局"  # type: ignore[union-attr]


def test_the_nearest_health_centre_wants_a_place() -> None:
    """「最近的衛生所」 from nowhere: near to what."""
    (reply,) = talk(Act(Intent.NEARER, kind=Kind.HEALTH_CENTRE))
    assert reply.outcome == o.AskPlace(None, "nearer")
    _, reply = talk(ask(DAAN), Act(Intent.NEARER, names=heard_districts(SEA, sure=True)))
    assert reply.outcome.pharmacy.name == "海邊藥局"  # type: ignore[union-attr]


def test_what_is_asked_of_an_open_one_is_told_of_the_one_that_is_told() -> None:
    """「大安區那家的地址」 of the one told of there; of another place another one's."""
    _, same = talk(ask(DAAN), Act(Intent.HOURS, names=heard_districts(DAAN, sure=True)))
    assert isinstance(same.outcome, o.HoursTold)
    _, other = talk(ask(DAAN), Act(Intent.HOURS, names=heard_districts(SEA, sure=True)))
    assert other.outcome.pharmacy.name == "海邊藥局"  # type: ignore[union-attr]


def test_a_city_or_county_is_asked_about_before_it_is_counted() -> None:
    """「嘉義還有幾家」: the city or the county, and then its district, which is counted."""
    both = tuple(one for one in all_counties() if one.name in ("嘉義市", "嘉義縣"))
    names = Resolution("嘉義", Meant.COUNTY, counties=both)
    asked, counted = talk(Act(Intent.HOWMANY, names=names), ask(DAAN))
    assert asked.outcome == o.AmbiguousCounty(both)
    assert [type(one) for one in counted.outcomes] == [o.HowMany]


def test_a_place_is_not_compared_with_itself() -> None:
    """「跟大安區比哪邊多」 of whoever is there already: what is there is told instead."""
    _, reply = talk(ask(DAAN), compare(heard_districts(DAAN)))
    assert isinstance(reply.outcome, o.AmbiguousPlace)


@pytest.mark.parametrize(
    "act",
    [
        Act(Intent.LEFT),
        Act(Intent.NEARBY),
        Act(Intent.MORE, least=1),
        Act(Intent.MOST),
        Act(Intent.ASK),
        Act(Intent.LEFT, names=heard_pharmacies("9004390001", sure=True)),
    ],
    ids=lambda act: act.intent,
)
def test_the_product_that_is_named_with_a_question_is_told(act: Act) -> None:
    """「小孩的還剩幾片」 after an answer of adults' ones, and of it goes what follows."""
    _, told, after = talk(ask(DAAN), replace(act, product="child_mask"), Act(Intent.LEFT))
    assert told.outcome.counts[0].product == CHILD  # type: ignore[union-attr]
    assert after.outcome.counts[0].product == CHILD  # type: ignore[union-attr]


def test_the_product_that_is_named_is_counted_and_compared() -> None:
    """「小孩的大安跟台中大安哪邊多」: 62 and 4."""
    sides = compare(heard_districts(DAAN), heard_districts(SEA))
    (told,) = talk(replace(sides, product="child_mask"))
    assert [side.left for side in told.outcome.sides] == [62, 4]  # type: ignore[union-attr]
    many = Act(Intent.TOTAL, names=heard_districts(DAAN, sure=True), product="child_mask")
    (counted,) = talk(many)
    assert counted.outcome.pieces == 62  # type: ignore[union-attr]
    _, _, chosen = talk(
        ask(DAAN, SEA), Act(Intent.ADDRESS, product="child_mask"), Act(Intent.CHOOSE1)
    )
    assert chosen.outcomes[0].counts[0].product == CHILD  # type: ignore[union-attr]


def test_where_none_is_nearby_the_one_told_of_is_still_talked_about() -> None:
    """「附近還有嗎」, there is none, 「地址呢」: that of the only one."""
    only = Act(Intent.ASK, names=heard_pharmacies("9004390001", sure=True))
    _, none, address = talk(only, Act(Intent.NEARBY), Act(Intent.ADDRESS))
    assert isinstance(none.outcome, o.NoNext)
    assert address.outcome.pharmacy.name == "海邊藥局"  # type: ignore[union-attr]


def test_what_is_denied_may_be_named_as_anything_is() -> None:
    """「不是，台中的」 read as a name alone: the other of the two."""
    _, told = talk(ask(DAAN, SEA), Act(Intent.NO, names=heard_districts(SEA)))
    assert told.outcome.pharmacy.district.key == DAAN  # type: ignore[union-attr]


def test_a_city_or_county_is_counted_as_the_place_before_it_was() -> None:
    """「那嘉義呢」 after a count: which of the two, and then how many."""
    both = tuple(one for one in all_counties() if one.name in ("嘉義市", "嘉義縣"))
    many = Act(Intent.HOWMANY, names=heard_districts(DAAN, sure=True))
    names = Resolution("嘉義", Meant.COUNTY, counties=both)
    _, asked, counted = talk(many, Act(Intent.ASK, names=names, place_alone=True), ask(SEA))
    assert asked.outcome == o.AmbiguousCounty(both)
    assert isinstance(counted.outcome, o.HowMany)


def test_both_products_are_of_one_that_has_both() -> None:
    """「和平藥局還有小孩的嗎」, 「那大人的也要」: 和平 has no adults' ones, 信義 has either."""
    child = Act(Intent.ASK, product=CHILD.id, names=heard_pharmacies(HEPING, sure=True))
    both = Act(Intent.ADULT, product=ADULT.id, all_products=True)
    *_, reply = talk(child, both)
    assert isinstance(reply.outcome, o.Found)
    assert (reply.outcome.pharmacy.id, reply.outcome.with_others) == (XINYI, True)


@pytest.mark.parametrize(("product", "again"), [(CHILD, True), (ADULT, False)])
def test_whether_it_has_none_is_told_again_or_another_is(product: Product, again: bool) -> None:
    """「沒有嗎」 of one with twelve, and of the same where there are none."""
    it = Act(Intent.ASK, product=product.id, names=heard_pharmacies(HEPING, sure=True))
    _, reply = talk(it, Act(Intent.LEFT, IN_STOCK))
    assert isinstance(reply.outcome, o.Found)
    assert (reply.outcome.pharmacy.id == HEPING) is again


@pytest.mark.parametrize(
    ("act", "told"),
    [
        (Act(Intent.CHOOSE2, that_one=True), 2),
        (Act(Intent.PHONE), 1),
        (Act(Intent.CONNECT), 0),
    ],
)
def test_what_was_counted_may_be_told_of(act: Act, told: int) -> None:
    """「大安區有幾家」, 「第二家」, 「電話呢」; which one is rung must be said."""
    counted = Act(Intent.HOWMANY, names=heard_districts(DAAN, sure=True))
    _, reply = talk(counted, act)
    found = [one for one in reply.outcomes if isinstance(one, o.Found)]
    assert [one.pharmacy.district.key for one in found] == [DAAN] * (told > 0)
    assert [one.ordinal for one in found] == [told] * (told > 0)


def test_the_one_in_a_place_that_was_talked_about_is_that_one() -> None:
    """「海邊那邊呢」, 「剛剛大安那家」: the one that was told of, and not another there."""
    there = Act(Intent.ASK, names=heard_districts(SEA, sure=True))
    back = Act(Intent.ASK, names=heard_districts(DAAN, sure=True), that_one=True)
    second = Act(Intent.NEXT)
    _, told, _, again = talk(ask(DAAN), second, there, back)
    assert isinstance(told.outcome, o.Found)
    assert isinstance(again.outcome, o.Found)
    assert again.outcome.pharmacy == told.outcome.pharmacy


def test_the_likeliest_of_one_name_is_the_one_talked_about() -> None:
    """「那是大安區嗎」, heard too badly to be sure which: the one of which a pharmacy was told."""
    unsure = Act(Intent.ASK, names=heard_districts(DAAN, SEA))
    assert isinstance(talk(ask(DAAN), unsure)[1].outcome, o.Found)
    assert isinstance(talk(ask(SEA), unsure)[1].outcome, o.AmbiguousPlace)
    assert isinstance(talk(unsure)[0].outcome, o.AmbiguousPlace)
