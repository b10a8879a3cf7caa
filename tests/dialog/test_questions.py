"""What is named in a question: taken where it is sure, asked back where it is not."""

from dataclasses import replace

import pytest

from shared import outcomes as o
from shared.catalog import Kind, Location, Pharmacy
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
from shared.dialog.questions import (
    A_NAME_HEARD,
    A_PLACE_HEARD,
    UNKNOWN,
    WORTH_OFFERING,
    lies_in,
    named_pharmacy,
    named_place,
    not_denied,
)
from shared.names.resolution import Meant, PharmacyMatch, PlaceMatch, Resolution, RoadMatch
from shared.places.districts import all_counties, by_key
from shared.places.landmarks import landmarks_called
from tests.dialog.talks import (
    DAAN,
    RENAI,
    SANCHONG,
    SEA,
    TEA,
    XINYI,
    Talk,
    ask,
    like,
    name_of,
    of_county,
    with_pharmacies,
)
from tests.small_world import CATALOG, SNAPSHOT, heard_districts, heard_pharmacies

COUNTIES = {one.name: one for one in all_counties()}
STATION = landmarks_called()["台北車站"][0]


def _scored(*scores: tuple[str, float], place: float = 0.0, namesakes: int = 1) -> Act:
    """A question in which pharmacies were heard so well, and the district 三重區 so well."""
    shops = tuple(PharmacyMatch(CATALOG.by_id[key], score) for key, score in scores)
    places = (PlaceMatch(by_key()[SANCHONG], place),) if place else ()
    names = Resolution("…", Meant.PHARMACY, places, shops, namesakes=namesakes)
    return Act(Intent.ASK, names=names)


@pytest.mark.parametrize(
    ("score", "place", "outcome"),
    [
        (A_NAME_HEARD, A_PLACE_HEARD, o.AmbiguousPharmacy),
        (A_NAME_HEARD, 0.0, o.AmbiguousPharmacy),
        (A_NAME_HEARD / 2, A_PLACE_HEARD, o.Found),
        (A_NAME_HEARD / 2, A_PLACE_HEARD - 0.01, o.AmbiguousPlace),
        (A_NAME_HEARD / 2, A_NAME_HEARD, o.AmbiguousPlace),
        (A_NAME_HEARD / 2, A_NAME_HEARD / 2, o.NotUnderstood),
        (A_NAME_HEARD / 2, 0.0, o.NotUnderstood),
    ],
)
def test_a_name_that_was_hardly_heard_gives_way_to_its_district(
    score: float, place: float, outcome: type
) -> None:
    """「三民區的藥局」: the district is meant, surely or not; and nothing is offered of nothing."""
    assert isinstance(Talk().say(_scored((XINYI, score), place=place)).outcome, outcome)
    assert (A_NAME_HEARD, A_PLACE_HEARD) == (0.1, 0.9)


def test_namesakes_share_their_chance_and_are_offered_all_the_same() -> None:
    """Twelve of one name have a twelfth each, and one of them was meant."""
    for bearers, more in ((12, True), (2, False)):
        few = Talk().say(_scored((XINYI, 0.08), (RENAI, 0.08), namesakes=bearers)).outcome
        assert isinstance(few, o.AmbiguousPharmacy)
        assert (few.same_name, few.more) == (True, more)


def test_two_names_are_not_one() -> None:
    """信義 or 仁愛: told apart by their names, and there are no more of them."""
    two = Talk().say(_scored((XINYI, 0.5), (RENAI, 0.4))).outcome
    assert isinstance(two, o.AmbiguousPharmacy)
    assert (two.same_name, two.more) == (False, False)


@pytest.mark.parametrize(("second", "offered"), [(0.05, 2), (0.049, 1)])
def test_what_is_far_less_likely_is_not_offered(second: float, offered: int) -> None:
    """A tenth of the first is still offered."""
    told = Talk().say(_scored((XINYI, 0.5), (RENAI, second))).outcome
    assert isinstance(told, o.AmbiguousPharmacy)
    assert len(told.pharmacies) == offered
    assert WORTH_OFFERING == 0.1


def test_a_district_that_was_hardly_heard_is_not_offered() -> None:
    """It is said that nothing was understood, each time in other words."""
    talk = Talk()
    act = Act(
        Intent.ASK, names=Resolution("…", Meant.DISTRICT, (PlaceMatch(by_key()[DAAN], 0.05),))
    )
    assert [talk.say(act).outcome for _ in range(2)] == [o.NotUnderstood(1), o.NotUnderstood(2)]


def test_a_landmark_that_is_not_sure_is_offered() -> None:
    """With yes and no where it is one."""
    talk = Talk()
    asked = talk.ask(Intent.ASK, names=Resolution("…", Meant.LANDMARK, landmarks=(STATION,)))
    assert isinstance(asked, o.AmbiguousLandmark)
    assert talk.state is not None
    assert talk.state.options == (TakeLandmark("台北車站"), TakeNone())


def test_a_road_is_taken_where_it_is_sure_and_else_asked_about() -> None:
    """「仁愛路」 in two districts; each district once, though the road has sections."""
    roads = tuple(
        RoadMatch(by_key()[key], road, 0.3)
        for key, road in ((DAAN, "仁愛路"), (DAAN, "仁愛路3段"), (SANCHONG, "仁愛路"))
    )
    asked = Talk().ask(Intent.ASK, names=Resolution("…", Meant.ROAD, roads=roads))
    assert isinstance(asked, o.AmbiguousPlace)
    assert [place.key for place in asked.places] == [DAAN, SANCHONG]
    told = Talk().ask(Intent.ASK, names=Resolution("…", Meant.ROAD, roads=roads, sure=True))
    assert name_of(told) == "仁愛藥局"


def test_the_road_that_was_asked_about_is_kept_for_a_district_that_was_not_offered() -> None:
    """「哪一個仁愛路」, 「大安的啊」: the one on that road, whether it was read out or not."""
    roads = tuple(RoadMatch(by_key()[key], "仁愛路", 0.3) for key in (SANCHONG, SEA))
    talk = Talk()
    talk.ask(Intent.ASK, names=Resolution("…", Meant.ROAD, roads=roads))
    assert name_of(talk.say(ask(DAAN)).outcome) == "仁愛藥局"
    assert talk.state is not None
    assert talk.state.road == "仁愛路"
    talk.say(ask(SANCHONG))
    assert talk.state.road == ""


def test_a_place_a_platform_could_not_resolve_is_asked_for() -> None:
    """And so is said why."""
    assert Talk().ask(Intent.ASK, part=UNKNOWN) == o.AskPlace(None, UNKNOWN)


@pytest.mark.parametrize("sure", [True, False])
def test_a_place_named_with_what_is_not_counted_is_kept_where_it_is_sure(sure: bool) -> None:
    """「大安區有快篩嗎」, 「那口罩呢」."""
    talk = Talk()
    names = heard_districts(DAAN, sure=sure)
    assert isinstance(talk.ask(Intent.ASK, product="rapid_test", names=names), o.NotCounted)
    assert isinstance(talk.ask(Intent.ASK), o.Found if sure else o.AskPlace)


FOUR = heard_pharmacies("9002410001", "9002200001", "9004070001", namesakes=4)


@pytest.mark.parametrize(
    ("answer", "name"),
    [
        (of_county("台中市"), "9004070001"),
        (of_county("高雄市"), "9008020001"),
        (heard_districts("新北市板橋區", sure=True), "9002200001"),
        (heard_districts("新北市板橋區", "台北市大安區"), "9002200001"),
    ],
)
def test_one_of_a_name_is_told_by_its_place(answer: Resolution, name: str) -> None:
    """Its county, its district, or one of two that were heard; also one that was not read out."""
    talk = Talk()
    talk.ask(Intent.ASK, names=FOUR)
    told = talk.ask(Intent.ASK, names=answer)
    assert isinstance(told, o.Found)
    assert told.pharmacy.id == name


def test_several_of_a_name_in_one_county_are_asked_about_again() -> None:
    """新北市 has two 健安藥局: these, and that is all of them; of four there three."""
    talk = Talk()
    talk.ask(Intent.ASK, names=FOUR)
    two = talk.ask(Intent.ASK, names=of_county("新北市"))
    assert isinstance(two, o.AmbiguousPharmacy)
    assert ({one.id for one in two.pharmacies}, two.same_name, two.more) == (
        {"9002410001", "9002200001"},
        True,
        False,
    )
    more = [
        like("9002410001", id=f"910000000{n}", district=key)
        for n, key in enumerate(("新北市永和區", "新北市中和區"))
    ]
    talk = Talk(with_pharmacies(*more))
    talk.ask(Intent.ASK, names=FOUR)
    four = talk.ask(Intent.ASK, names=of_county("新北市"))
    assert isinstance(four, o.AmbiguousPharmacy)
    assert (len(four.pharmacies), four.more) == (3, True)


def test_a_place_without_any_of_the_name_is_a_place() -> None:
    """「大安區」 in answer to the 健安藥局: that it has none, and what is there instead."""
    talk = Talk()
    talk.ask(Intent.ASK, names=FOUR)
    told = talk.say(ask(DAAN)).outcome
    assert isinstance(told, o.Found)
    assert told.pharmacy.district.key == DAAN
    assert told.instead_of == o.NoShop("健安藥局", told.pharmacy.district, o.ChainLack.NO_SHOP)


def test_many_of_a_name_are_asked_about_however_rare_each_is() -> None:
    """「平安藥局」 and no more is borne by nine, each as likely as one in ten: they are offered."""
    places = tuple(PlaceMatch(by_key()[key], 0.08) for key in (DAAN, "新北市板橋區"))
    shops = tuple(PharmacyMatch(CATALOG.by_id[id_], 0.08) for id_ in (XINYI, RENAI))
    names = Resolution("…", Meant.PHARMACY, places, shops, namesakes=9)
    told = Talk().ask(Intent.ASK, names=names)
    assert isinstance(told, o.AmbiguousPharmacy)
    assert (told.same_name, told.more) == (True, True)


def test_a_landmark_in_answer_to_namesakes_is_a_landmark() -> None:
    """Only districts and counties tell them apart; nor when those asked about have gone."""
    talk = Talk()
    talk.ask(Intent.ASK, names=FOUR)
    names = Resolution("…", Meant.LANDMARK, landmarks=(STATION,), county=COUNTIES["台中市"])
    assert isinstance(talk.ask(Intent.ASK, names=names), o.AmbiguousLandmark)
    talk = Talk()
    talk.ask(Intent.ASK, names=FOUR)
    rest = [one for one in talk.snapshot.catalog.pharmacies if one.name != "健安藥局"]
    talk.snapshot = replace(talk.snapshot, catalog=type(talk.snapshot.catalog).of(tuple(rest)))
    assert isinstance(talk.ask(Intent.ASK, names=of_county("台中市")), o.AskPlace)


def test_after_other_names_a_county_is_a_county() -> None:
    """信義 or 仁愛, and 「台北市」: these are not told apart by it."""
    talk = Talk()
    talk.say(_scored((XINYI, 0.5), (RENAI, 0.4)))
    assert talk.ask(Intent.ASK, names=of_county("台北市")) == o.AskPlace(COUNTIES["台北市"])


def test_the_county_one_is_in_is_no_new_question() -> None:
    """「台北市」 after a pharmacy there: that one; of another county its district is asked."""
    talk = Talk()
    first = talk.say(ask(DAAN)).outcome
    assert name_of(talk.ask(Intent.ASK, names=of_county("台北市"))) == name_of(first)
    assert talk.ask(Intent.ASK, names=of_county("台東縣")) == o.AskPlace(COUNTIES["台東縣"])


def test_the_same_in_another_county() -> None:
    """「台中的」 after 台北市大安區: the 大安區 there; where there is none the district is asked;
    and of her own county it says which of the two was meant."""
    for name, found in (("台中市", "海邊藥局"), ("台東縣", ""), ("台北市", "信義藥局")):
        talk = Talk()
        assert name_of(talk.say(ask(DAAN)).outcome) == "信義藥局"
        told = talk.ask(Intent.ASK, names=of_county(name), other_county=True)
        assert told == o.AskPlace(COUNTIES[name]) if not found else name_of(told) == found
    assert isinstance(
        Talk().ask(Intent.ASK, names=of_county("台中市"), other_county=True), o.AskPlace
    )


def test_a_township_may_be_called_like_a_district_of_another_county() -> None:
    """「不是台北的，是宜蘭的」 after 台北市大同區: 宜蘭縣大同鄉."""
    shops = (
        like(XINYI, id="9100000001", name="民生藥局", district="台北市大同區"),
        like(XINYI, id="9100000002", name="崙埤藥局", district="宜蘭縣大同鄉"),
    )
    talk = Talk(with_pharmacies(*shops))
    talk.say(ask("台北市大同區"))
    told = talk.ask(Intent.ASK, names=of_county("宜蘭縣"), other_county=True)
    assert name_of(told) == "崙埤藥局"


def test_a_district_of_the_county_that_was_not_read_out_is_taken() -> None:
    """東區: three were read out, and 「台南市」 is the fourth; of two that were, it is a county."""
    for count, found in ((3, True), (2, False)):
        talk = Talk(with_pharmacies(like(XINYI, id="9100000001", district="台南市東區")))
        offered = ("新竹市東區", "台中市東區", "嘉義市東區")[:count]
        talk.say(ask(*offered))
        told = talk.ask(Intent.ASK, names=of_county("台南市"))
        assert isinstance(told, o.Found) is found


OPTIONS: tuple[Choice, ...] = (TakeDistrict(DAAN), TakeDistrict(SEA))


@pytest.mark.parametrize(
    ("options", "denied", "left"),
    [
        (OPTIONS, of_county("台北市"), [TakeDistrict(SEA)]),
        (OPTIONS, heard_districts(SEA), [TakeDistrict(DAAN)]),
        (OPTIONS, heard_districts(DAAN, SEA), []),
        (OPTIONS, None, []),
        ((TakePharmacy(XINYI), TakePharmacy(RENAI)), heard_pharmacies(XINYI), None),
        ((TakeCounty("嘉義市"), TakeCounty("嘉義縣")), of_county("嘉義市"), None),
        ((TakeLandmark("台北車站"), TakeLandmark("台中榮總")), of_county("台北市"), None),
        ((TakeNext(), TakeAbout("address"), TakeNone()), of_county("台北市"), []),
    ],
)
def test_what_is_denied_is_not_meant(
    options: tuple[Choice, ...], denied: Resolution | None, left: list[Choice] | None
) -> None:
    """「不是台北的」: what is left of the places; where it is one, it is taken."""
    assert not_denied(options, denied) == (list(options[1:]) if left is None else left)


def test_a_place_that_is_denied_leaves_the_other() -> None:
    """Of two one is left; of one none, and the place is asked; after an answer the next is told."""
    talk = Talk()
    talk.say(ask(DAAN, SEA))
    assert name_of(talk.ask(Intent.NO, denied=of_county("台北市"))) == "海邊藥局"
    assert talk.ask(Intent.NO, denied=of_county("台中市")) == o.AskPlace()
    talk = Talk()
    first = name_of(talk.say(ask(DAAN)).outcome)
    assert name_of(talk.ask(Intent.NO)) != first
    assert Talk().ask(Intent.NO) == o.AskPlace()


def test_where_an_option_lies() -> None:
    """A district, a landmark, a county; and nothing that is none."""
    inside: list[Choice] = [TakeDistrict(DAAN), TakeLandmark("台北車站"), TakeCounty("台北市")]
    outside: list[Choice] = [
        TakeDistrict("火星市大安區"),
        TakeLandmark("火星車站"),
        TakePharmacy(XINYI),
        TakeNext(),
    ]
    assert all(lies_in(one, COUNTIES["台北市"]) for one in inside)
    assert not any(lies_in(one, COUNTIES["台北市"]) for one in outside)
    assert not any(lies_in(one, COUNTIES["台中市"]) for one in inside)


def test_only_what_is_sure_is_named() -> None:
    """A pharmacy, or a place by itself, by a road, by a landmark."""
    road = (RoadMatch(by_key()[DAAN], "仁愛路", 0.9),)
    sure = (
        heard_districts(DAAN, sure=True),
        Resolution("…", Meant.ROAD, roads=road, sure=True),
        Resolution("…", Meant.LANDMARK, landmarks=(STATION,), sure=True),
    )
    assert [place.key for one in sure if (place := named_place(one))] == [
        DAAN,
        DAAN,
        STATION.district.key,
    ]
    assert not any(named_place(replace(one, sure=False)) for one in sure)
    assert named_place(heard_pharmacies(XINYI, sure=True)) is None
    assert named_place(None) is None
    assert named_pharmacy(heard_pharmacies(XINYI, sure=True)) == CATALOG.by_id[XINYI]
    assert not any(map(named_pharmacy, (*sure, None, heard_pharmacies(XINYI))))


@pytest.mark.parametrize(
    ("more", "told"),
    [({}, "other"), ({"product": "adult_mask"}, "any"), ({"kind": Kind.PHARMACY}, "any")],
)
def test_asked_on_without_a_name(more: dict[str, object], told: str) -> None:
    """The next one after an answer; under a new condition the place anew."""
    talk = Talk()
    first = name_of(talk.say(ask(DAAN)).outcome)
    second = talk.ask(Intent.ASK, **more)
    assert (name_of(second) != first) is (told == "other")


def test_asked_on_after_something_else_is_the_place_anew() -> None:
    """After the rules 「哪裡有」 begins with the best of the place, not with its second."""
    talk = Talk()
    talk.say(ask(DAAN))
    talk.ask(Intent.NEXT)
    talk.ask(Intent.RULES)
    told = talk.ask(Intent.ASK)
    assert isinstance(told, o.Found)
    assert told.ordinal == 1


def test_about_another_pharmacy_tells_of_that_one() -> None:
    """「海邊藥局電話幾號」 after another; then it is the one that is talked about."""
    talk = Talk()
    talk.say(ask(DAAN))
    told = talk.ask(Intent.PHONE, names=heard_pharmacies("9004390001", sure=True))
    assert isinstance(told, o.PhoneTold)
    assert told.pharmacy.name == "海邊藥局"
    address = talk.ask(Intent.ADDRESS)
    assert isinstance(address, o.AddressTold)
    assert address.pharmacy.name == "海邊藥局"


def test_about_the_place_one_is_in_is_about_the_one_told_of() -> None:
    """「大安區那家幾點開」 after the second there: that one's hours, and no other pharmacy."""
    talk = Talk()
    talk.say(ask(DAAN))
    second = name_of(talk.ask(Intent.NEXT))
    told = talk.ask(Intent.HOURS, names=heard_districts(DAAN, sure=True))
    assert isinstance(told, o.HoursTold)
    assert told.pharmacy.name == second


def test_what_is_talked_about_is_compared_with_what_is_named() -> None:
    """A pharmacy with a pharmacy, a place with a place, also one that is sold out; and never one
    with itself, whatever it is called."""
    talk = Talk()
    talk.ask(Intent.ASK, names=heard_pharmacies(XINYI, sure=True))
    told = talk.ask(Intent.COMPARE, names=heard_pharmacies(RENAI))
    assert isinstance(told, o.Compared)
    assert [side.what for side in told.sides] == [CATALOG.by_id[XINYI], CATALOG.by_id[RENAI]]
    talk.say(ask(TEA))
    told = talk.ask(Intent.COMPARE, names=heard_districts(SEA))
    assert isinstance(told, o.Compared)
    assert [side.left for side in told.sides] == [0, 77]
    talk.ask(Intent.ASK, names=heard_pharmacies(XINYI, sure=True))
    assert isinstance(talk.ask(Intent.COMPARE, names=heard_pharmacies(XINYI)), o.AmbiguousPharmacy)


ROADS = tuple(RoadMatch(by_key()[key], "仁愛路", 0.5) for key in (DAAN, SANCHONG))
SEVERAL = (
    heard_pharmacies(XINYI, "9002410001", sure=True),
    heard_districts(DAAN, SANCHONG, sure=True),
    Resolution("…", Meant.ROAD, roads=ROADS, sure=True),
)


@pytest.mark.parametrize("names", SEVERAL)
def test_of_several_the_best_is_meant(names: Resolution) -> None:
    """The first of a sure resolution: asked for, watched, compared, and asked more about."""
    told = Talk().ask(Intent.ASK, names=names)
    assert isinstance(told, o.Found)
    assert told.pharmacy.district.key == DAAN
    address = Talk().ask(Intent.ADDRESS, names=names)
    assert isinstance(address, o.AddressTold)
    assert address.pharmacy.district.key == DAAN
    compared = Talk().ask(Intent.COMPARE, names=names, others=(heard_districts(SEA),))
    assert isinstance(compared, o.Compared)
    assert compared.sides[0].what == by_key()[DAAN]
    many = Talk().ask(Intent.HOWMANY, names=names)
    assert isinstance(many, o.HowMany)
    assert many.place == by_key()[DAAN]


def test_of_several_landmarks_the_best_is_meant() -> None:
    """Where it is sure; and compared as the district it lies in."""
    other = next(one for one in landmarks_called()["榮總"] if one.district.county.name == "高雄市")
    names = Resolution("…", Meant.LANDMARK, landmarks=(STATION, other), sure=True)
    talk = Talk()
    talk.ask(Intent.ASK, names=names)
    assert talk.state is not None
    assert talk.state.place == STATION.district.key
    compared = Talk().ask(Intent.COMPARE, names=names, others=(heard_districts(SEA),))
    assert isinstance(compared, o.Compared)
    assert compared.sides[0].what == STATION.district


def test_of_several_of_one_name_that_in_the_county_just_asked_about_is_taken() -> None:
    """「東區」 in answer to 「新竹市還是新竹縣？」, of which only the city has one."""
    both = (COUNTIES["新竹市"], COUNTIES["新竹縣"])
    talk = Talk()
    asked = talk.say(Act(Intent.ASK, names=Resolution("新竹", Meant.COUNTY, counties=both)))
    assert isinstance(asked.outcome, o.AmbiguousCounty)
    keys = ("新竹市東區", "台中市東區", "嘉義市東區")
    matches = tuple(PlaceMatch(by_key()[key], 0.3) for key in keys)
    named = Resolution("東區", Meant.DISTRICT, districts=matches)
    told = talk.say(Act(Intent.ASK, names=named)).outcome
    assert not isinstance(told, o.AmbiguousPlace)
    assert talk.state.place == "新竹市東區"


def _of_road(*places: tuple[str, str], sure: bool = False) -> Resolution:
    roads = tuple(RoadMatch(by_key()[key], road, 0.5) for key, road in places)
    return Resolution("…", Meant.ROAD, roads=roads, sure=sure)


def test_of_several_that_one_is_the_best_of_them() -> None:
    """「大安區的那家」 is the one told of where the best of what was heard is that place."""
    talk = Talk()
    talk.say(ask(DAAN))
    second = name_of(talk.ask(Intent.NEXT))
    for keys, same in (((DAAN, SANCHONG), True), ((SANCHONG, DAAN), False)):
        told = talk.ask(Intent.ASK, names=heard_districts(*keys, sure=True), that_one=True)
        assert (name_of(told) == second) is same


@pytest.mark.parametrize(("others", "more"), [(1, False), (2, True)])
def test_three_of_a_name_in_a_county_are_all(others: int, more: bool) -> None:
    """新北市 has two 健安藥局; with a third there are no more than are read out."""
    shops = [
        like("9002410001", id=f"910000000{n}", district=key)
        for n, key in enumerate(("新北市永和區", "新北市中和區")[:others])
    ]
    talk = Talk(with_pharmacies(*shops))
    talk.ask(Intent.ASK, names=FOUR)
    asked = talk.ask(Intent.ASK, names=of_county("新北市"))
    assert isinstance(asked, o.AmbiguousPharmacy)
    assert (len(asked.pharmacies), asked.same_name, asked.more) == (3, True, more)


def test_namesakes_are_known_by_any_of_them_that_is_there() -> None:
    """The first that was offered has left the feed, or is the only one that was."""
    talk = Talk()
    talk.ask(Intent.ASK, names=FOUR)
    rest = [one for one in talk.snapshot.catalog.pharmacies if one.id != "9002410001"]
    talk.snapshot = replace(talk.snapshot, catalog=type(talk.snapshot.catalog).of(tuple(rest)))
    assert name_of(talk.ask(Intent.ASK, names=of_county("台中市"))) == "健安藥局"
    talk = Talk()
    talk.ask(Intent.ASK, names=heard_pharmacies("9002410001", namesakes=4))
    assert name_of(talk.ask(Intent.ASK, names=of_county("高雄市"))) == "健安藥局"


@pytest.mark.parametrize("names", [of_county("台中市"), heard_districts("台北市大安區"), None])
def test_what_is_not_counted_is_told_so_wherever_it_was_asked(names: Resolution | None) -> None:
    """A county, an unsure place or none: the place is still to be asked."""
    talk = Talk()
    assert isinstance(talk.ask(Intent.ASK, product="rapid_test", names=names), o.NotCounted)
    assert talk.state is not None
    assert talk.state.place == ""


NEAR_IT = Resolution("…", Meant.LANDMARK, landmarks=(STATION,), sure=True)


@pytest.mark.parametrize("by_road", [True, False])
def test_a_new_condition_keeps_what_it_is_to_be_near_to(by_road: bool) -> None:
    """「小孩的呢，還有嗎」 on a road, or at a station: the first there that has some."""
    shop = like(
        XINYI,
        id="9100000001",
        name="車站藥局",
        district=STATION.district.key,
        location=Location(STATION.longitude, STATION.latitude),
    )
    talk = Talk(with_pharmacies(shop))
    names = _of_road((DAAN, "信義路"), sure=True) if by_road else NEAR_IT
    first = talk.ask(Intent.ASK, names=names)
    again = talk.ask(Intent.ASK, product="child_mask")
    assert name_of(again) == name_of(first)
    assert isinstance(again, o.Found)
    assert (again.ordinal, again.counts[0].product.id) == (1, "child_mask")
    assert talk.state is not None
    assert (talk.state.road, talk.state.near) == (("信義路", "") if by_road else ("", "台北車站"))


def test_a_new_condition_that_none_there_meets_is_asked_of_the_district() -> None:
    """「小孩的」 on a road where the one there has none for children: sold out, and no other."""
    shop = like(XINYI, id="9100000001", name="車站藥局", district=TEA)
    stocks = {**SNAPSHOT.stocks, shop.id: {"adult_mask": 9, "child_mask": 0}}
    talk = Talk(replace(with_pharmacies(shop), stocks=stocks))
    talk.ask(Intent.ASK, names=_of_road((TEA, "北宜路"), sure=True))
    assert isinstance(talk.ask(Intent.ASK, product="child_mask"), o.SoldOut)


@pytest.mark.parametrize(
    "more",
    [
        {"unwanted": Kind.HEALTH_CENTRE},
        {"when": DayAndHour(ahead=1)},
        {"names": Resolution("…", kind=Kind.PHARMACY)},
    ],
    ids=str,
)
def test_each_new_condition_is_asked_of_the_place_anew(more: dict[str, object]) -> None:
    """No health centre, tomorrow, a pharmacy: the best of those again, and not the next one."""
    talk = Talk()
    first = name_of(talk.say(ask(DAAN)).outcome)
    told = talk.ask(Intent.ASK, **more)
    assert (name_of(told), told.ordinal) == (first, 1)  # type: ignore[union-attr]


def _on_one_road(count: int, *others: Pharmacy) -> Talk:
    """大安區 with so many on 信義路, each better than the `others`."""
    row = [like(XINYI, id=f"92000000{n:02}", name=f"信義{n}藥局") for n in range(count)]
    rest = [one for one in CATALOG.pharmacies if one.district.key != DAAN]
    stocks = {**{one.id: {"adult_mask": 200} for one in row}, RENAI: {"adult_mask": 2}}
    catalog = type(CATALOG).of((*row, *others, *rest))
    return Talk(replace(SNAPSHOT, catalog=catalog, stocks=stocks))


def test_as_many_on_a_denied_road_as_are_passed_over_are() -> None:
    """「不要去信義路那間」: five of them; where there are no others, one of these after all."""
    denied = _of_road((DAAN, "信義路"))
    asked = replace(ask(DAAN), denied=denied)
    other = CATALOG.by_id[RENAI]
    for count in (1, 5):
        told = _on_one_road(count, other).say(asked).outcome
        assert (name_of(told), told.ordinal) == ("仁愛藥局", 1)  # type: ignore[union-attr]
    talk = _on_one_road(2)
    told = talk.say(asked).outcome
    assert (name_of(told)[:2], told.ordinal) == ("信義", 1)  # type: ignore[union-attr]
    assert talk.state is not None
    assert len(talk.state.told) == 1


def test_the_county_of_a_place_that_is_sold_out_is_asked_for_its_district() -> None:
    """「新北市」 after 坪林區, where none was told of."""
    talk = Talk()
    talk.say(ask(TEA))
    assert talk.ask(Intent.ASK, names=of_county("新北市")) == o.AskPlace(COUNTIES["新北市"])


def test_two_places_in_the_county_are_not_told_apart_by_it() -> None:
    """大安區 or 三重區, and 「台中市」: one is there; with 西屯區 two, and which is asked."""
    for second, outcome in ((SANCHONG, o.Found), ("台中市西屯區", o.AskPlace)):
        talk = Talk()
        talk.say(ask(SEA, second))
        assert isinstance(talk.ask(Intent.ASK, names=of_county("台中市")), outcome)


def test_a_road_in_three_districts_is_not_looked_for_in_a_fourth() -> None:
    """「中山路」 in three 東區, and 「台南市」: that is a county, and which district is asked."""
    talk = Talk(with_pharmacies(like(XINYI, id="9100000001", district="台南市東區")))
    three = [(key, "中山路") for key in ("新竹市東區", "台中市東區", "嘉義市東區")]
    talk.ask(Intent.ASK, names=_of_road(*three))
    assert isinstance(talk.ask(Intent.ASK, names=of_county("台南市")), o.AskPlace)


def test_a_county_that_has_no_namesake_of_what_was_read_out_is_a_county() -> None:
    """東區, 東區 and 大安區 bear two names; 台東縣 has no 東區."""
    for third, county in ((DAAN, "台南市"), ("嘉義市東區", "台東縣")):
        talk = Talk(with_pharmacies(like(XINYI, id="9100000001", district="台南市東區")))
        talk.say(ask("新竹市東區", "台中市東區", third))
        told = talk.ask(Intent.ASK, names=of_county(county))
        assert told == o.AskPlace(COUNTIES[county])


def test_another_road_than_the_likeliest_is_no_answer_where_she_is() -> None:
    """The likeliest is in 三重區; one that sounds like it, where she is, is only another road."""
    for here, outcome in (("仁愛路", o.Found), ("人愛路", o.AmbiguousPlace)):
        talk = Talk()
        talk.say(ask(DAAN))
        told = talk.ask(Intent.ASK, names=_of_road((SANCHONG, "仁愛路"), (DAAN, here)))
        assert isinstance(told, outcome)


def test_the_best_name_tells_whether_one_was_heard() -> None:
    """And the best place whether one was, whatever else sounds a little like them."""
    heard = _scored((XINYI, A_NAME_HEARD), (RENAI, A_NAME_HEARD / 2), place=A_PLACE_HEARD)
    assert isinstance(Talk().say(heard).outcome, o.AmbiguousPharmacy)
    places = (PlaceMatch(by_key()[DAAN], A_NAME_HEARD), PlaceMatch(by_key()[SEA], 0.01))
    asked = Talk().ask(Intent.ASK, names=Resolution("…", Meant.DISTRICT, places))
    assert asked == o.AmbiguousPlace((by_key()[DAAN],), more=False)


def test_of_several_in_the_county_just_asked_about_all_are_offered() -> None:
    """「新竹市還是新竹縣？」 and what was half heard: two districts of the city stay two."""
    talk = Talk()
    both = (COUNTIES["新竹市"], COUNTIES["新竹縣"])
    talk.ask(Intent.ASK, names=Resolution("新竹", Meant.COUNTY, counties=both))
    asked = talk.say(ask("新竹市東區", "新竹市北區", "台中市東區")).outcome
    assert isinstance(asked, o.AmbiguousPlace)
    assert len(asked.places) == 3


def test_the_walk_is_told_to_the_best_landmark() -> None:
    """「台北車站附近的衛生所」, which two landmarks are called like."""
    other = next(one for one in landmarks_called()["榮總"] if one.district.county.name == "高雄市")
    names = replace(heard_pharmacies(XINYI, RENAI, sure=True), landmarks=(STATION, other))
    talk = Talk()
    told = talk.ask(Intent.ASK, names=names)
    assert isinstance(told, o.Found)
    assert (told.pharmacy.id, told.walk_from) == (XINYI, STATION)


def test_a_district_that_is_called_like_a_landmark_is_offered_with_it() -> None:
    """「公館」: the part of 台北, or 苗栗縣公館鄉."""
    here = landmarks_called()["公館"][:1]
    there = PlaceMatch(by_key()["苗栗縣公館鄉"], 0.3)
    names = Resolution("公館", Meant.LANDMARK, (PlaceMatch(by_key()[DAAN], 0.5), there))
    talk = Talk()
    reply = talk.say(Act(Intent.ASK, names=replace(names, landmarks=here)))
    assert reply.outcome == o.AmbiguousLandmark(here, by_key()["苗栗縣公館鄉"])
    assert talk.state is not None
    assert talk.state.options == (TakeLandmark("公館"), TakeDistrict("苗栗縣公館鄉"))
    assert [one.name for one in reply.options] == [
        here[0].district.key + "公館",
        "苗栗縣公館鄉",
    ]


def test_the_best_place_named_with_what_is_not_counted_is_kept() -> None:
    """Of several that are sure."""
    talk = Talk()
    talk.ask(Intent.ASK, product="rapid_test", names=heard_districts(DAAN, SEA, sure=True))
    assert talk.state is not None
    assert talk.state.place == DAAN


def test_a_fourth_place_of_a_road_is_on_that_road_too() -> None:
    """「仁愛路」 in four districts, of which three are read out, and 「大安的啊」; also after a
    question in between."""
    keys = (SANCHONG, SEA, TEA, DAAN)
    for between in ((), (Act(Intent.RULES),)):
        talk = Talk()
        offered = keys[-1:] + keys[:-1] if between else keys
        talk.ask(Intent.ASK, names=_of_road(*((key, "仁愛路") for key in offered)))
        for act in between:
            talk.say(act)
        assert name_of(talk.say(ask(DAAN)).outcome) == "仁愛藥局"


def test_of_namesakes_the_one_in_the_district_is_meant_whatever_its_county_has() -> None:
    """「新北市板橋區的」: one, though 三重區 in the same county has one too."""
    talk = Talk()
    talk.ask(Intent.ASK, names=FOUR)
    there = replace(heard_districts("新北市板橋區", sure=True), county=COUNTIES["新北市"])
    told = talk.ask(Intent.ASK, names=there)
    assert isinstance(told, o.Found)
    assert told.pharmacy.id == "9002200001"


def test_of_a_place_without_a_namesake_its_own_county_is_a_county() -> None:
    """「新北市的」 after 三重區, of which there is one: which district of it."""
    talk = Talk()
    talk.say(ask(SANCHONG))
    told = talk.ask(Intent.ASK, names=of_county("新北市"), other_county=True)
    assert told == o.AskPlace(COUNTIES["新北市"])


def test_a_road_that_is_denied_passes_over_what_is_on_it_alone() -> None:
    """「不要去仁愛路那間」: the best is on another road anyway, and is told."""
    told = Talk().say(replace(ask(DAAN), denied=_of_road((DAAN, "仁愛路")))).outcome
    assert name_of(told) == "信義藥局"


def _sought(names: Resolution) -> Act:
    """`names`, sought in 三重區 in vain."""
    return Act(Intent.ASK, names=replace(names, sought=by_key()[SANCHONG]))


def test_of_a_name_that_none_bears_the_district_is_told_and_that_it_is_not_found() -> None:
    """「三重的太平洋藥局」; one of that name far away tells its name."""
    unlisted = replace(heard_districts(SANCHONG, sure=True), written=True)
    told = Talk().say(_sought(unlisted)).outcome
    assert isinstance(told, o.Found)
    assert (told.pharmacy.district.key, told.instead_of) == (
        SANCHONG,
        o.NoShop("", by_key()[SANCHONG], o.ChainLack.UNLISTED),
    )
    far = replace(unlisted, pharmacies=(PharmacyMatch(CATALOG.by_id[XINYI], 0.0),))
    told = Talk().say(_sought(far)).outcome
    assert isinstance(told, o.Found)
    assert told.instead_of == o.NoShop("信義藥局", by_key()[SANCHONG], o.ChainLack.NO_SHOP)


def test_one_of_that_name_elsewhere_is_told_with_where_it_is_not() -> None:
    """「三重的信義藥局」, which lies in 大安區; the next is of 大安區 too, and no more is said."""
    talk = Talk()
    told = talk.say(_sought(heard_pharmacies(XINYI, sure=True))).outcome
    assert isinstance(told, o.Found)
    assert (told.pharmacy.id, told.instead_of) == (
        XINYI,
        o.NoShop("信義藥局", by_key()[SANCHONG], o.ChainLack.NO_SHOP),
    )
    onward = talk.ask(Intent.NEXT)
    assert isinstance(onward, o.Found)
    assert (onward.pharmacy.district.key, onward.instead_of) == (DAAN, None)


@pytest.mark.parametrize("several", [False, True])
@pytest.mark.parametrize("intent", [Intent.NO, Intent.CHOOSE2])
def test_none_of_those_of_a_district_is_answered_by_what_it_has(
    intent: Intent, several: bool
) -> None:
    """「不是」, 「都不是」 or 2 after pharmacies of 大安區: that it is not found there."""
    ids = (XINYI, RENAI) if several else (XINYI,)
    if several and intent is Intent.CHOOSE2:
        intent = Intent.NO
    names = replace(heard_pharmacies(*ids), heard="大安區的太平洋藥局", sure=False)
    talk = Talk()
    talk.say(Act(Intent.ASK, names=names))
    told = talk.ask(intent)
    assert isinstance(told, o.Found)
    assert told.instead_of == o.NoShop("", by_key()[DAAN], o.ChainLack.UNLISTED)


def test_none_of_those_of_no_place_asks_for_the_place() -> None:
    """No district was said, or they lie in several."""
    for ids in ((XINYI, RENAI), ("9002410001", "9002200001")):
        talk = Talk()
        talk.say(Act(Intent.ASK, names=replace(heard_pharmacies(*ids), heard="太平洋", sure=False)))
        assert isinstance(talk.ask(Intent.NO), o.AskPlace)


def test_on_a_road_the_name_is_told_to_be_not_found() -> None:
    """「三重正義北路的太平洋藥局」: not the names that sound a little like it."""
    road = RoadMatch(by_key()[SANCHONG], "正義北路", 0.98)
    faint = (PharmacyMatch(CATALOG.by_id[XINYI], 0.1),)
    told = (
        Talk()
        .say(_sought(Resolution("…", Meant.ROAD, roads=(road,), pharmacies=faint, sure=True)))
        .outcome
    )
    assert isinstance(told, o.Found)
    assert told.instead_of == o.NoShop("", by_key()[SANCHONG], o.ChainLack.UNLISTED)


def test_of_a_name_that_none_bears_nothing_more_is_told_of_the_one_that_stands_in() -> None:
    """「三重的太平洋藥局電話幾號」: no number of another; of one so called elsewhere its own."""
    unlisted = replace(_sought(heard_districts(SANCHONG, sure=True)), intent=Intent.PHONE)
    assert [type(one) for one in Talk().say(unlisted).outcomes] == [o.Found]
    elsewhere = replace(_sought(heard_pharmacies(XINYI, sure=True)), intent=Intent.PHONE)
    told = Talk().say(elsewhere).outcome
    assert isinstance(told, o.PhoneTold)
    assert told.pharmacy.id == XINYI
