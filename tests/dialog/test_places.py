"""Places that are asked back about: a city or a county, one of many 東區, a health centre."""

from dataclasses import replace

import pytest

from shared import outcomes as o
from shared.catalog import Catalog, Kind, Pharmacy
from shared.dialog.acts import Intent
from shared.dialog.values import Channel, Reply, State
from shared.names.resolution import Meant, PlaceMatch, Resolution, RoadMatch
from shared.places.districts import all_counties, all_districts, by_key
from tests.small_world import CATALOG, NOW, SNAPSHOT, heard_districts
from tests.understood import Turn, take_turn

PHONE = Channel("test", keys=True)
COUNTIES = {county.name: county for county in all_counties()}
CHIAYI = (COUNTIES["嘉義市"], COUNTIES["嘉義縣"])


def _in(key: str, identity: str, name: str, kind: Kind = Kind.PHARMACY) -> Pharmacy:
    first = CATALOG.by_id["9001060001"]
    return replace(first, id=identity, name=name, district=by_key()[key], kind=kind)


CENTRE = _in("台北市大安區", "2301060001", "大安健康服務中心", Kind.HEALTH_CENTRE)
EASTERN = [
    _in(district.key, f"90099{number:05d}", f"{district.county.name[:-1]}東門藥局")
    for number, district in enumerate(all_districts())
    if district.name == "東區"
]
WORLD = replace(
    SNAPSHOT,
    catalog=Catalog.of((*CATALOG.pharmacies, CENTRE, *EASTERN)),
    stocks={
        **SNAPSHOT.stocks,
        **{one.id: {"adult_mask": 20, "child_mask": 20} for one in (CENTRE, *EASTERN)},
    },
)


def talk(*turns: Turn) -> list[Reply]:
    """The replies of one conversation."""
    state: State | None = None
    replies = []
    for turn in turns:
        state, reply = take_turn(state, turn, WORLD, NOW, PHONE)
        replies.append(reply)
    return replies


def ask(resolution: Resolution) -> Turn:
    """A question with these names in it."""
    return Turn(heard="…", intent=Intent.ASK, names=resolution)


def county(name: str) -> Turn:
    """A county alone."""
    return ask(Resolution("…", Meant.COUNTY, county=COUNTIES[name]))


EITHER_CHIAYI = ask(Resolution("嘉義", Meant.COUNTY, counties=CHIAYI))


@pytest.mark.parametrize(
    ("answer", "name"),
    [
        (Turn(keys="1"), "嘉義市"),
        (Turn(keys="2"), "嘉義縣"),
        (Turn(heard="第二個", intent=Intent.CHOOSE2), "嘉義縣"),
        (county("嘉義縣"), "嘉義縣"),
    ],
)
def test_the_city_or_the_county_is_chosen(answer: Turn, name: str) -> None:
    """By key and by voice; then its district is asked."""
    asked, chosen = talk(EITHER_CHIAYI, answer)
    assert asked.outcome == o.AmbiguousCounty(CHIAYI)
    assert "嘉義市，請按一；嘉義縣，請按二。" in asked.text
    assert chosen.outcome == o.AskPlace(COUNTIES[name])


def test_a_yes_tells_of_neither_city_nor_county() -> None:
    """「好」 after 「市，還是縣？」 chooses none of them: the question is asked again."""
    asked, again = talk(EITHER_CHIAYI, Turn(heard="好", intent=Intent.YES))
    assert again.outcome == asked.outcome


EAST = ask(
    Resolution(
        "東區",
        Meant.DISTRICT,
        tuple(PlaceMatch(by_key()[f"{name}東區"], 0.25) for name in ("新竹市", "台中市", "嘉義市")),
    )
)


def test_of_four_the_fourth_can_be_named() -> None:
    """東區 is in four cities: three are read out, that there are more, and 「台南市」 is taken."""
    asked, chosen = talk(EAST, county("台南市"))
    assert isinstance(asked.outcome, o.AmbiguousPlace)
    assert asked.outcome.more
    assert "請說是哪個縣市的" in asked.text
    assert isinstance(chosen.outcome, o.Found)
    assert chosen.outcome.pharmacy.district.key == "台南市東區"


def test_a_city_or_county_in_answer_is_the_one_offered() -> None:
    """「嘉義」 in answer to the 東區: only the city has one."""
    chosen = talk(EAST, EITHER_CHIAYI)[1].outcome
    assert isinstance(chosen, o.Found)
    assert chosen.pharmacy.district.key == "嘉義市東區"


def test_a_district_in_answer_keeps_the_road() -> None:
    """「仁愛路」 in two districts, then 「大安區」: the pharmacies on that road come first."""
    roads = tuple(RoadMatch(by_key()[key], "仁愛路", 0.3) for key in ("台北市大安區", "台中市東區"))
    asked = ask(Resolution("仁愛路", Meant.ROAD, roads=roads))
    outcome = talk(asked, ask(heard_districts("台北市大安區", sure=True)))[1].outcome
    assert isinstance(outcome, o.Found)
    assert outcome.pharmacy.name == "仁愛藥局"


def test_two_of_two_are_all() -> None:
    """Of 大安區 there are two, and no more is said."""
    asked = talk(ask(heard_districts("台北市大安區", "台中市大安區")))[0].outcome
    assert isinstance(asked, o.AmbiguousPlace)
    assert not asked.more


WANTED = Resolution("衛生所還有嗎", kind=Kind.HEALTH_CENTRE)


def wanted_in(*keys: str, sure: bool = True) -> Turn:
    """「…衛生所」 in districts."""
    return ask(replace(heard_districts(*keys, sure=sure), kind=Kind.HEALTH_CENTRE))


@pytest.mark.parametrize(
    "turns",
    [
        [wanted_in("台北市大安區")],
        [ask(WANTED), ask(heard_districts("台北市大安區", sure=True))],
        [ask(WANTED), Turn(keys="106")],
        [ask(WANTED), Turn(), ask(heard_districts("台北市大安區", sure=True))],
        [wanted_in("台北市大安區", "台中市大安區", sure=False), Turn(keys="1")],
        [ask(heard_districts("台北市大安區", sure=True)), ask(WANTED)],
    ],
    ids=["district", "asked", "code", "silence", "chosen", "last-place"],
)
def test_the_health_centre_of_the_place_is_told(turns: list[Turn]) -> None:
    """With its place, before it, or after it; the question goes on until the place is known."""
    outcome = talk(*turns)[-1].outcome
    assert isinstance(outcome, o.Found)
    assert outcome.pharmacy == CENTRE


def test_without_a_health_centre_that_is_said_and_a_pharmacy_told() -> None:
    """三重區 has none here: so, and the pharmacy there."""
    (reply,) = talk(wanted_in("新北市三重區"))
    assert isinstance(reply.outcome, o.Found)
    assert reply.outcome.pharmacy.name == "健安藥局"
    assert "三重區的衛生所沒有在賣，這家是藥局。" in reply.text


def test_the_kind_is_forgotten_once_it_was_told() -> None:
    """After the health centre a district alone is answered with any pharmacy."""
    outcome = talk(wanted_in("台北市大安區"), ask(heard_districts("新北市三重區", sure=True)))[1]
    assert isinstance(outcome.outcome, o.Found)
    assert outcome.outcome.no_centre_in is None


def road(name: str) -> Turn:
    """A road of 大安區."""
    named = (RoadMatch(by_key()["台北市大安區"], name, 0.9),)
    return ask(Resolution("…", Meant.ROAD, roads=named, sure=True))


def test_where_there_is_nothing_on_the_road_that_is_said_first() -> None:
    """Once, and of another road anew; of the road itself there is nothing to be said."""
    first, again, other, there = talk(*map(road, ("無名路", "無名路", "無名二路", "仁愛路")))
    assert first.text.startswith("無名路上現在買不到。")
    assert again.text.startswith("我再跟您說一遍。無名路上")
    assert other.text.startswith("無名二路上現在買不到。")
    assert isinstance(there.outcome, o.Found)
    assert there.outcome.off_road == ""
    *_, onward = talk(road("無名路"), Turn(heard="…", intent=Intent.NEXT))
    assert "無名路" not in onward.text


def test_of_roads_called_alike_the_one_where_she_is_is_meant() -> None:
    """「仁愛路那家」 after 大安區, though one in 台中 is as likely by its sound."""
    roads = tuple(RoadMatch(by_key()[key], "仁愛路", 0.3) for key in ("台中市東區", "台北市大安區"))
    asked = ask(Resolution("仁愛路", Meant.ROAD, roads=roads))
    outcome = talk(ask(heard_districts("台北市大安區", sure=True)), asked)[1].outcome
    assert isinstance(outcome, o.Found)
    assert outcome.pharmacy.name == "仁愛藥局"


def test_a_promise_to_look_for_another_is_kept() -> None:
    """「都賣完喔」 after a pharmacy: why, and the next one; before any the place is asked."""
    gone = Turn(heard="…", intent=Intent.TOPIC, part="shortage")
    first, after = talk(ask(heard_districts("台北市大安區", sure=True)), gone)
    assert isinstance(first.outcome, o.Found)
    assert isinstance(after.outcomes[-1], o.Found)
    assert after.outcomes[-1].pharmacy != first.outcome.pharmacy
    assert [type(one) for one in talk(gone)[0].outcomes] == [o.TopicTold]


def test_a_pharmacy_on_a_road_that_is_denied_is_passed_over() -> None:
    """「不要去信義路那間」 in 大安區: one on another road, as the first that is told."""
    asked = ask(heard_districts("台北市大安區", sure=True))
    there = (RoadMatch(by_key()["台北市大安區"], "信義路", 0.9),)
    without = replace(asked, denied=Resolution("…", Meant.ROAD, roads=there))
    told, other = talk(asked)[0].outcome, talk(without)[0].outcome
    assert isinstance(told, o.Found)
    assert isinstance(other, o.Found)
    assert told.pharmacy.address.road == "信義路"
    assert (other.pharmacy.name, other.ordinal) == ("仁愛藥局", 1)
