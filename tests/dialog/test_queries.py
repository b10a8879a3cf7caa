"""Questions that compare, go back and forth, or name what is not surely heard."""

from dataclasses import replace

import pytest

from shared import outcomes as o
from shared.catalog import Kind
from shared.dialog import take_turn as dialogue
from shared.dialog.acts import Act, Intent, Understanding
from shared.dialog.questions import IN_STOCK
from shared.dialog.values import Channel, Reply, State, Utterance
from shared.names.resolution import Resolution
from shared.places.districts import by_key
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
    return Act(Intent.COMPARE, names=one, other=other)


def test_two_places_are_compared_in_the_order_in_which_they_were_named() -> None:
    """大安 in 台北 has 205 and 36, the one in 台中 77."""
    for first, second in ((DAAN, SEA), (SEA, DAAN)):
        (reply,) = talk(compare(heard_districts(first), heard_districts(second)))
        told = reply.outcome
        assert isinstance(told, o.Compared)
        assert [side.left for side in (told.one, told.other)] == [
            {DAAN: 241, SEA: 77}[key] for key in (first, second)
        ]


def test_one_place_is_compared_with_the_one_talked_about() -> None:
    """And never with itself; without any talk of one it is asked for."""
    _, reply = talk(ask(DAAN), compare(heard_districts(SEA)))
    assert isinstance(reply.outcome, o.Compared)
    assert [reply.outcome.one.left, reply.outcome.other.left] == [241, 77]
    _, reply = talk(ask(DAAN), compare(heard_districts(DAAN, sure=True)))
    assert isinstance(reply.outcome, o.Found)
    (reply,) = talk(compare(heard_districts(SEA, sure=True)))
    assert isinstance(reply.outcome, o.Found)


def test_two_places_asked_one_after_the_other_are_compared() -> None:
    """「大安區」, 「那台中大安區呢」, 「哪邊比較多」: both, though neither is named with it."""
    *_, both = talk(ask(DAAN), ask(SEA), compare(None))
    assert isinstance(both.outcome, o.Compared)
    assert [both.outcome.one.left, both.outcome.other.left] == [241, 77]


def test_the_nearest_of_a_kind_is_that_of_the_place() -> None:
    """「最近的衛生所呢」 after an answer does not ask where she is: a district has one."""
    _, reply = talk(ask(DAAN), Act(Intent.NEARER, kind=Kind.HEALTH_CENTRE))
    assert isinstance(reply.outcome, o.Found)
    assert reply.outcome.no_centre_in == by_key()[DAAN]


def test_two_that_were_told_of_are_compared() -> None:
    """「這兩家哪家多」, 「第一家跟第二家哪家多」: 205 and 36; where only one was told, the most."""
    first, _, both = talk(ask(DAAN), Act(Intent.NEXT), compare(None))
    assert isinstance(both.outcome, o.Compared)
    assert [both.outcome.one.left, both.outcome.other.left] == [205, 36]
    *_, both = talk(ask(DAAN), Act(Intent.NEXT), Act(Intent.COMPARE, that_one=True))
    assert isinstance(both.outcome, o.Compared)
    assert both.outcome.one.what == first.outcome.pharmacy  # type: ignore[union-attr]
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
    assert (told.one.left, told.other.left) == (241, 19)


def test_forth_and_back_and_forth_again() -> None:
    """What was told before is told again in its place, and then what comes behind it."""
    ways = (Intent.NEXT, Intent.PREVIOUS, Intent.NEXT)
    first, second, back, again = talk(ask(DAAN), *map(Act, ways))
    names = [reply.outcome.pharmacy.name for reply in (first, second, back, again)]  # type: ignore[union-attr]
    assert names[0] == names[2] != names[1] == names[3]


def test_how_many_are_left_wants_a_pharmacy() -> None:
    """「還剩幾片」: of the one told of; before any was, the place is asked for."""
    _, reply = talk(ask(DAAN), Act(Intent.LEFT))
    assert isinstance(reply.outcome, o.Found)
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
