"""Near a pharmacy or a landmark: from where the walk is counted, and no ping-pong."""

from dataclasses import replace

from shared import outcomes as o
from shared.catalog import Catalog, Location
from shared.dialog import take_turn as dialogue
from shared.dialog.acts import Act, DayAndHour, Intent, Understanding
from shared.dialog.values import Channel, Reply, State, Utterance
from shared.hours import DayPart
from shared.names.resolution import Meant, PharmacyMatch, Resolution
from shared.places.districts import by_key
from shared.places.landmarks import landmarks_called
from tests.small_world import CATALOG, NOW, SNAPSHOT, heard_districts
from tests.understood import Turn, take_turn

PHONE = Channel("test", keys=True)
HOSPITAL = landmarks_called()["台大醫院"][0]

_FIRST = CATALOG.by_id["9001060001"]
ROW = tuple(
    replace(
        _FIRST,
        id=f"900106100{number}",
        name=f"{name}藥局",
        location=Location(HOSPITAL.longitude, HOSPITAL.latitude + number * 0.003),
    )
    for number, name in enumerate("甲乙丙丁")
)
"""Four pharmacies to the north of 台大醫院, each 433 m on foot from the next."""

WORLD = replace(
    SNAPSHOT,
    catalog=Catalog.of(ROW),
    stocks={pharmacy.id: {"adult_mask": 50, "child_mask": 9} for pharmacy in ROW},
)


def talk(*turns: Turn) -> list[Reply]:
    """The replies of one conversation."""
    state: State | None = None
    replies = []
    for turn in turns:
        state, reply = take_turn(state, turn, WORLD, NOW, PHONE)
        replies.append(reply)
    return replies


def want(intent: Intent) -> Turn:
    """A turn in which only `intent` was heard."""
    return Turn(heard="…", intent=intent)


def at_landmark(name: str) -> Turn:
    """「…附近還有口罩嗎」."""
    named = landmarks_called()[name][:3]
    resolution = Resolution("…", Meant.LANDMARK, sure=len(named) == 1, landmarks=named)
    return Turn(heard="…", intent=Intent.ASK, names=resolution)


def name_of(reply: Reply) -> str:
    """The pharmacy that was told of."""
    assert isinstance(reply.outcome, o.Found)
    return reply.outcome.pharmacy.name


def test_the_walk_from_a_landmark_is_said_once() -> None:
    """「台大醫院附近」: the nearest, and from where; with the next one only how far."""
    first, second = talk(at_landmark("台大醫院"), want(Intent.NEXT))
    assert name_of(first) == "甲藥局"
    assert "就在台大醫院旁邊。" in first.text
    assert name_of(second) == "乙藥局"
    assert "走路大約七分鐘。" in second.text
    assert "台大醫院" not in second.text


def test_the_walk_to_a_health_centre_is_said_where_it_is_known() -> None:
    """「台大醫院附近的衛生所」: which it is, and from where how far."""
    centre = (PharmacyMatch(ROW[1], 0.9),)
    asked = Resolution("…", Meant.PHARMACY, pharmacies=centre, sure=True, landmarks=(HOSPITAL,))
    (reply,) = talk(Turn(heard="…", intent=Intent.ASK, names=asked))
    assert name_of(reply) == "乙藥局"
    assert "從台大醫院走路大約七分鐘。" in reply.text


def test_where_none_is_open_then_the_nearest_is_told_still() -> None:
    """「台大醫院附近」, 「有沒有開到晚上的」: that none is known to be open, of the same one."""
    evening = Act(Intent.ASK, when=DayAndHour(part=DayPart.EVENING))
    first, asked = at_landmark("台大醫院"), Utterance(text="…")
    state, _ = take_turn(None, first, WORLD, NOW, PHONE)
    _, reply = dialogue.take_turn(state, asked, Understanding((evening,)), WORLD, NOW, PHONE)
    assert isinstance(reply.outcome, o.Found)
    assert reply.outcome.none_open is not None
    assert reply.outcome.pharmacy.name == "甲藥局"
    assert reply.outcome.walk_m is not None


def test_nearby_again_and_again_leads_on() -> None:
    """「附近」 after 「附近」 tells each once; the walk is counted from the one before."""
    asked = Turn(heard="…", intent=Intent.ASK, names=heard_districts("台北市大安區", sure=True))
    replies = talk(asked, *[want(Intent.NEARBY)] * 4)
    told = [name_of(reply) for reply in replies[:4]]
    assert sorted(told) == ["丁藥局", "丙藥局", "乙藥局", "甲藥局"]
    for before, reply in zip(told, replies[1:4], strict=False):
        assert f"從{before}走路大約" in reply.text
    assert isinstance(replies[4].outcome, o.NoNext)


def test_going_back_after_nearby_tells_the_one_before() -> None:
    """「上一家」 after 「附近」 goes back to the pharmacy near which was asked."""
    asked = at_landmark("台大醫院")
    first, _, back = talk(asked, want(Intent.NEARBY), want(Intent.PREVIOUS))
    assert name_of(back) == name_of(first)


def test_landmarks_of_one_name_are_asked_and_chosen() -> None:
    """「榮總」: 台北, 台中 or 高雄; key 1, 「第一個」 and 「台北市」 take the first."""
    asked, pressed = talk(at_landmark("榮總"), Turn(keys="1"))
    assert isinstance(asked.outcome, o.AmbiguousLandmark)
    assert "台北榮總，請按一；台中榮總，請按二；高雄榮總，請按三。" in asked.text
    assert isinstance(pressed.outcome, o.Found)
    taipei = by_key()["台北市北投區"].county
    county = Turn(
        heard="台北市",
        intent=Intent.ASK,
        names=Resolution("台北市", Meant.COUNTY, county=taipei),
    )
    for answer in (want(Intent.CHOOSE1), county):
        assert talk(at_landmark("榮總"), answer)[1].outcome == pressed.outcome


def test_nearer_to_the_landmark_that_was_asked_is_the_nearest_to_it() -> None:
    """「離車站近一點的」, 「台大醫院」 again: the nearest is told as such, and not found anew."""
    nearer = replace(at_landmark("台大醫院"), intent=Intent.NEARER)
    first, again = talk(at_landmark("台大醫院"), nearer)
    assert isinstance(again.outcome, o.NoNearer)
    assert again.outcome.pharmacy.name == name_of(first)


def test_how_far_it_is_from_a_landmark_is_told_of_the_one_just_told_of() -> None:
    """「離台大醫院多遠」 after an answer looks for no other; from another place it is told anew."""
    asked = Turn(heard="…", intent=Intent.ASK, names=heard_districts("台北市大安區", sure=True))
    first, far, again = talk(asked, *[replace(at_landmark("台大醫院"), intent=Intent.DISTANCE)] * 2)
    assert isinstance(far.outcome, o.DistanceTold)
    assert far.outcome.pharmacy.name == name_of(first)
    assert far.text.startswith("從台大醫院到")
    assert again.text.startswith("我再跟您說一遍。從台大醫院到")


def test_of_two_pharmacies_the_walk_is_told_of_the_one_that_is_near() -> None:
    """「我是信義區的，可是我在台大醫院」: the first is not seven kilometres from there."""
    home = Act(Intent.ASK, names=heard_districts("台北市信義區", sure=True))
    here = Act(Intent.ASK, names=at_landmark("台大醫院").names)
    place = by_key()["台北市信義區"]
    far = replace(
        ROW[0], id="9001060009", name="戊藥局", district=place, location=Location(121.57, 25.03)
    )
    feed = replace(
        WORLD, catalog=Catalog.of((*ROW, far)), stocks={**WORLD.stocks, far.id: {"adult_mask": 5}}
    )
    heard = Utterance(text="…")
    _, reply = dialogue.take_turn(None, heard, Understanding((home, here)), feed, NOW, PHONE)
    first, second = reply.outcomes
    assert isinstance(first, o.Found)
    assert isinstance(second, o.Found)
    assert (first.walk_m is None, second.walk_m is None) == (True, False)


def test_the_third_after_the_first_is_the_third() -> None:
    """「第三家」, where one was told of: not the second."""
    third = Turn(heard="…", intent=Intent.CHOOSE3, that_one=True)
    first, answer = talk(at_landmark("台大醫院"), third)
    assert (name_of(first), name_of(answer)) == ("甲藥局", "丙藥局")
    assert isinstance(answer.outcome, o.Found)
    assert answer.outcome.ordinal == 3


def test_a_pharmacy_is_told_once_though_two_wishes_wait_for_it() -> None:
    """「哪個近，我在…」 asks for one there and for the nearest: where, then one pharmacy."""
    names = replace(at_landmark("台大醫院").names or Resolution("…"), sure=False)
    acts = (Act(Intent.ASK, names=names), Act(Intent.NEARBY, names=names))
    heard = Utterance(text="…")
    state, asked = dialogue.take_turn(None, heard, Understanding(acts), WORLD, NOW, PHONE)
    assert isinstance(asked.outcome, o.AmbiguousLandmark)
    _, chosen = take_turn(state, Turn(keys="1"), WORLD, NOW, PHONE)
    told = [one.pharmacy.name for one in chosen.outcomes if isinstance(one, o.Found)]
    assert told == ["甲藥局"]


def test_of_several_the_nearer_is_told_first() -> None:
    """「剛剛那家近還是這家近」 near 台大醫院: how far each is, 甲 before 乙."""
    state: State | None = None
    for turn in (at_landmark("台大醫院"), want(Intent.NEXT)):
        state, _ = take_turn(state, turn, WORLD, NOW, PHONE)
    assert state is not None
    state = replace(state, told=state.told[::-1])
    asked = Understanding((Act(Intent.DISTANCE, shops=2),))
    _, reply = dialogue.take_turn(state, Utterance(text="…"), asked, WORLD, NOW, PHONE)
    told = [one for one in reply.outcomes if isinstance(one, o.DistanceTold)]
    assert [one.pharmacy.name for one in told] == ["甲藥局", "乙藥局"]


def test_so_many_are_wanted_near_what_is_named() -> None:
    """「台大醫院附近有五十片以上的」: the nearest with so many, and how far it is."""
    few = {"adult_mask": 9, "child_mask": 9}
    world = replace(WORLD, stocks={**WORLD.stocks, ROW[0].id: few})
    turn = replace(at_landmark("台大醫院"), intent=Intent.MORE)
    act = Act(Intent.MORE, names=turn.names, least=50)
    understood = Understanding((act,), turn.names)
    _, reply = dialogue.take_turn(None, Utterance(text="…"), understood, world, NOW, PHONE)
    told = reply.outcome
    assert isinstance(told, o.Found)
    assert (told.pharmacy.id, told.why) == (ROW[1].id, "walk")
