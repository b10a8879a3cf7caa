"""「有貨通知我」: what is promised, to whom, and what is said where it cannot be kept."""

from shared import outcomes as o
from shared.dialog.acts import Act, Intent
from shared.dialog.notify import MOST_WATCHED, possible
from shared.dialog.values import Channel, State
from shared.names.resolution import Resolution
from tests.small_world import NOW, SNAPSHOT, heard_districts, heard_pharmacies
from tests.understood import Turn, take_turn

CHAT = Channel("line", for_the_eye=True, notifies="message")
RINGS = Channel("twilio", keys=True, notifies="ring")
DEAF = Channel("alexa")

SOLD_OUT = "9002320001"
TEA = heard_pharmacies(SOLD_OUT, sure=True)


def outcomes(turn: Turn, channel: Channel, state: State | None = None) -> tuple[o.Outcome, ...]:
    """What `turn` finds."""
    return take_turn(state, turn, SNAPSHOT, NOW, channel)[1].outcomes


def test_a_named_pharmacy_is_watched() -> None:
    """The pharmacy in the sentence, the product that is asked for, by the way the channel has."""
    turn = Turn(Intent.NOTIFY, "茶香藥局有貨通知我", names=TEA, product="child_mask")
    (message,) = outcomes(turn, CHAT)
    (call,) = outcomes(turn, RINGS)
    assert isinstance(message, o.NotifySet)
    assert isinstance(call, o.NotifySet)
    assert (message.pharmacy.id, message.product.id) == (SOLD_OUT, "child_mask")
    assert (message.rings, call.rings) == (False, True)


def test_the_one_just_told_of_is_watched() -> None:
    """「有貨通知我」 after an answer means the pharmacy of the answer."""
    state, _ = take_turn(None, Turn(Intent.ASK, "…", names=TEA), SNAPSHOT, NOW, CHAT)
    (found,) = outcomes(Turn(Intent.NOTIFY, "有貨通知我"), CHAT, state)
    assert isinstance(found, o.NotifySet)
    assert found.pharmacy.id == SOLD_OUT


def test_a_district_is_too_much_to_watch() -> None:
    """With nothing or a place alone it is asked which pharmacy."""
    place = heard_districts("新北市坪林區", sure=True)
    for turn in (Turn(Intent.NOTIFY, "…"), Turn(Intent.NOTIFY, "…", names=place)):
        assert outcomes(turn, CHAT) == (o.NotifyWhich(),)


def test_which_of_the_namesakes_is_settled_first() -> None:
    """「健安藥局有貨通知我」: after the choice the chosen one is watched, without asking again."""
    four = heard_pharmacies("9002410001", "9002200001", "9004070001", namesakes=4)
    turn = Turn(Intent.NOTIFY, "健安藥局有貨通知我", names=four)
    state, reply = take_turn(None, turn, SNAPSHOT, NOW, CHAT)
    assert isinstance(reply.outcome, o.AmbiguousPharmacy)
    found, promised = outcomes(Turn(keys="2"), CHAT, state)
    assert isinstance(found, o.Found)
    assert isinstance(promised, o.NotifySet)
    assert promised.pharmacy.id == found.pharmacy.id == "9002200001"


def test_three_are_the_most() -> None:
    """A fourth is refused; one that is watched already is promised anew."""
    watching = ("a", "b", SOLD_OUT)
    assert len(watching) == MOST_WATCHED
    again = Turn(Intent.NOTIFY, "…", names=TEA, watching=watching)
    assert isinstance(outcomes(again, CHAT)[0], o.NotifySet)
    fourth = Turn(Intent.NOTIFY, "…", names=TEA, watching=("a", "b", "c"))
    assert outcomes(fourth, CHAT) == (o.NotifyFull(),)


def test_what_cannot_be_kept_is_not_promised() -> None:
    """A store that does not answer is told of."""
    turn = Turn(Intent.NOTIFY, "…", names=TEA, not_kept=True)
    assert outcomes(turn, CHAT) == (o.NotifyFailed(),)


def test_a_channel_that_cannot_tell_later_says_so() -> None:
    """What was named is asked about now, and that nobody can be rung is said with it."""
    found, told = outcomes(Turn(Intent.NOTIFY, "…", names=TEA), DEAF)
    assert isinstance(found, o.Found)
    assert told == o.TopicTold("callback")
    assert outcomes(Turn(Intent.NOTIFY, "有貨打給我"), DEAF) == (o.TopicTold("callback"),)


def test_one_word_ends_it() -> None:
    """「取消通知」: deleted, or nothing was there, or it cannot be deleted now."""
    on, off = Turn(Intent.UNNOTIFY, "…", watching=(SOLD_OUT,)), Turn(Intent.UNNOTIFY, "…")
    failed = Turn(Intent.UNNOTIFY, "…", watching=(SOLD_OUT,), not_deleted=True)
    assert outcomes(on, CHAT) == (o.NotifyOff(),)
    assert outcomes(off, CHAT) == (o.NotifyOff(was_on=False),)
    assert outcomes(failed, CHAT) == (o.NotForgotten(),)


def test_an_unsure_place_is_asked_about_before_it_is_said_to_be_too_much() -> None:
    """「大安區有貨通知我」: which 大安區, and then which pharmacy."""
    unsure = heard_districts("台北市大安區", "台中市大安區")
    (asked,) = outcomes(Turn(Intent.NOTIFY, "…", names=unsure), CHAT)
    assert isinstance(asked, o.AmbiguousPlace)


def test_nothing_named_is_about_the_one_told_of() -> None:
    """A resolution without a name in it names nothing."""
    state, _ = take_turn(None, Turn(Intent.ASK, "…", names=TEA), SNAPSHOT, NOW, CHAT)
    nothing = Turn(Intent.NOTIFY, "有貨通知我", names=Resolution("有貨通知我"))
    (found,) = outcomes(nothing, CHAT, state)
    assert isinstance(found, o.NotifySet)
    assert found.pharmacy.id == SOLD_OUT


def test_two_are_not_yet_the_most() -> None:
    """A third is promised."""
    third = Turn(Intent.NOTIFY, "…", names=TEA, watching=("a", "b"))
    assert isinstance(outcomes(third, CHAT)[0], o.NotifySet)


def test_who_asks_and_wants_to_be_told_is_answered_once() -> None:
    """「茶香藥局還有嗎，有貨通知我」 where nobody can be told: the answer once, and why not."""
    asked = (Act(Intent.ASK, names=TEA), Act(Intent.NOTIFY, names=TEA))
    told = [(act.intent, act.part) for act in possible(asked, DEAF)]
    assert told == [(Intent.ASK, ""), (Intent.TOPIC, "callback")]
    assert possible(asked, CHAT) == asked
    alone = [(act.intent, act.part) for act in possible((Act(Intent.RULES), *asked[1:]), DEAF)]
    assert alone == [(Intent.RULES, ""), (Intent.ASK, ""), (Intent.TOPIC, "callback")]
