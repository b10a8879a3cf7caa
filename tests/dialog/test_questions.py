"""What is named in a question: taken where it is sure, asked back where it is not."""

from dataclasses import replace

import pytest

from shared import outcomes as o
from shared.catalog import Kind
from shared.dialog.acts import (
    Act,
    Choice,
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
from tests.small_world import CATALOG, heard_districts, heard_pharmacies

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
    assert [told.one.what, told.other.what] == [CATALOG.by_id[XINYI], CATALOG.by_id[RENAI]]
    talk.say(ask(TEA))
    told = talk.ask(Intent.COMPARE, names=heard_districts(SEA))
    assert isinstance(told, o.Compared)
    assert [told.one.left, told.other.left] == [0, 77]
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
    compared = Talk().ask(Intent.COMPARE, names=names, other=heard_districts(SEA))
    assert isinstance(compared, o.Compared)
    assert compared.one.what == by_key()[DAAN]
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
    compared = Talk().ask(Intent.COMPARE, names=names, other=heard_districts(SEA))
    assert isinstance(compared, o.Compared)
    assert compared.one.what == STATION.district


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
