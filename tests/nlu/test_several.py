"""Several places or pharmacies in one utterance, and words that point to what was told before."""

from dataclasses import replace

import pytest

from nlu.slots import slots_in
from nlu.understand import understand
from shared.dialog.acts import Act, Intent, RequestPlace, TakeAbout, TakeNext, TellPharmacy
from shared.dialog.questions import ANEW, FEWEST, NEXT_DOOR, ON_ROAD, PLACES, THESE, WHICH
from shared.dialog.values import State, Utterance
from shared.names.index import NameIndex, index_of
from shared.names.resolution import Meant
from tests.small_world import CATALOG

FROM = {"02": State(area_code="02"), "04": State(area_code="04"), "05": State(area_code="05")}
TOLD = State(
    area_code="02",
    place="台北市大安區",
    told=("9001060001", "9001060002"),
    said=(TellPharmacy("9001060001", "adult_mask"),),
    options=(TakeNext(), TakeAbout("address"), TakeAbout("phone")),
)


@pytest.fixture(scope="module")
def small() -> NameIndex:
    return index_of(CATALOG)


def acts_of(heard: str, state: State, index: NameIndex) -> tuple[Act, ...]:
    """What `heard` asks for."""
    return understand(Utterance(text=heard), state, index).acts


def district(act: Act) -> str:
    """The name of the district that is named with it; "" for none."""
    return act.names.districts[0].district.name if act.names and act.names.districts else ""


@pytest.mark.parametrize(
    ("heard", "area", "expected"),
    [
        ("新莊跟泰山跟五股有沒有", "02", ["新莊區", "泰山區", "五股區"]),
        ("樹林還有鶯歌有沒有口罩", "02", ["樹林區", "鶯歌區"]),
        ("蘆洲三重新莊哪裡還有", "02", ["蘆洲區", "三重區", "新莊區"]),
        ("大肚 龍井 沙鹿哪裡有", "04", ["大肚區", "龍井區", "沙鹿區"]),
        ("土城有沒有口罩 沒有的話三峽也可以", "02", ["土城區", "三峽區"]),
        ("我跟你講喔 我女兒住泰山 她說都要排隊 那林口有沒有", "02", ["泰山區", "林口區"]),
    ],
)
def test_each_of_several_places_is_asked_for(
    heard: str, area: str, expected: list[str], small: NameIndex
) -> None:
    """Joined, with a pause, or with nothing between them; three as well as two."""
    acts = acts_of(heard, FROM[area], small)
    assert [(act.intent, district(act)) for act in acts] == [(Intent.ASK, one) for one in expected]


@pytest.mark.parametrize(
    ("heard", "area", "expected"),
    [
        ("北港跟土庫跟虎尾哪邊比較多", "05", ["北港鎮", "土庫鎮", "虎尾鎮"]),
        ("淡水、三芝、石門各有幾片", "02", ["淡水區", "三芝區", "石門區"]),
        ("東勢 石岡 新社 每一區還有多少", "04", ["東勢區", "石岡區", "新社區"]),
        ("外埔 后里 神岡 哪一區最多", "04", ["外埔區", "后里區", "神岡區"]),
    ],
)
def test_what_several_have_is_compared(
    heard: str, area: str, expected: list[str], small: NameIndex
) -> None:
    """Which has more, and how many each has."""
    (act,) = acts_of(heard, FROM[area], small)
    assert act.intent is Intent.COMPARE
    sides = [one.districts[0].district.name for one in (act.names, *act.others) if one]
    assert sides == expected


@pytest.mark.parametrize("heard", ["大安信義路那邊有嗎", "彰化員林還有嗎", "新莊中正路有沒有"])
def test_a_road_and_a_county_before_its_town_are_no_second_place(
    heard: str, small: NameIndex
) -> None:
    """Though districts are called so: one question."""
    assert [act.intent for act in acts_of(heard, FROM["02"], small)] == [Intent.ASK]


@pytest.mark.parametrize(
    ("heard", "expected"),
    [
        ("這三家哪一家最多", (Intent.COMPARE, THESE)),
        ("那兩家哪家比較多", (Intent.COMPARE, THESE)),
        ("這三個地方哪裡比較多", (Intent.COMPARE, PLACES)),
        ("哪一區最多", (Intent.COMPARE, PLACES)),
        ("哪一家最多", (Intent.MOST, "")),
        ("念前三家給我聽", (Intent.LIST, ANEW)),
        ("都念給我聽", (Intent.LIST, "")),
        ("隔壁區呢", (Intent.NEARBY, NEXT_DOOR)),
        ("那旁邊的鄉鎮有沒有", (Intent.NEARBY, NEXT_DOOR)),
        ("最少的呢", (Intent.MOST, FEWEST)),
        ("哪一家最少", (Intent.MOST, FEWEST)),
        ("那條路上還有別家嗎", (Intent.NEXT, ON_ROAD)),
        ("同一條街還有沒有別間", (Intent.NEXT, ON_ROAD)),
        ("剛剛那家比較近還是這家", (Intent.DISTANCE, "")),
        ("這兩家哪一家近", (Intent.DISTANCE, "")),
        ("哪一家不用號碼牌", (Intent.PLATES, WHICH)),
        ("這家要抽號碼牌嗎", (Intent.PLATES, "")),
    ],
)
def test_what_was_told_before_is_pointed_to(
    heard: str, expected: tuple[Intent, str], small: NameIndex
) -> None:
    """「這三家」, 「哪一區」, 「前三家」, 「隔壁區」 after an answer."""
    (act,) = acts_of(heard, TOLD, small)
    assert (act.intent, act.part) == expected


def test_the_one_just_told_of_is_the_first_where_no_other_was(small: NameIndex) -> None:
    """「我是問剛剛那一家」 after one: what it has; after two, the one before."""
    heard = "不是啦 我是問剛剛那一家"
    (first,) = acts_of(heard, TOLD, small)
    (before,) = acts_of(heard, replace(TOLD, at=1), small)
    assert (first.intent, before.intent) == (Intent.LEFT, Intent.PREVIOUS)


def test_two_landmarks_are_both_asked_for(small: NameIndex) -> None:
    """In one district too: 「景美跟木柵」."""
    acts = acts_of("景美跟木柵有沒有", FROM["02"], small)
    near = [act.names.landmarks[0].key for act in acts if act.names]
    assert len(near) == len(set(near)) == 2


@pytest.mark.parametrize(
    ("heard", "expected"),
    [
        ("第二個的電話", [Intent.CHOOSE2, Intent.PHONE]),
        ("第一個在哪裡", [Intent.CHOOSE1, Intent.ADDRESS]),
        ("坪林的電話", [Intent.PHONE]),
        ("板橋最多的那家電話", [Intent.MOST, Intent.PHONE]),
    ],
)
def test_what_stands_behind_is_asked_of_it(
    heard: str, expected: list[Intent], small: NameIndex
) -> None:
    """The number of the second, and of the one with most."""
    assert [act.intent for act in acts_of(heard, TOLD, small)] == expected


@pytest.mark.parametrize("heard", ["坪林的電話", "三重電話", "板橋地址"])
def test_a_number_is_more_than_a_place(heard: str, small: NameIndex) -> None:
    """「坪林的電話」 is no 「坪林」."""
    (act,) = acts_of(heard, FROM["02"], small)
    assert act.intent in (Intent.PHONE, Intent.ADDRESS)
    assert district(act)


@pytest.mark.parametrize("heard", ["小港有嗎", "大園有嗎", "小港的呢"])
def test_a_place_is_no_product(heard: str) -> None:
    """小港 sounds like 小孩."""
    assert slots_in(heard, "zh-TW").product == ""
    assert slots_in("小孩有嗎", "zh-TW").product == "child_mask"


@pytest.mark.parametrize("heard", ["我不會用手機，三重哪裡還有", "我不會上網 你跟我說板橋還有沒有"])
def test_why_she_calls_is_not_answered(heard: str, small: NameIndex) -> None:
    """Where she asks for a place behind it."""
    assert [act.intent for act in acts_of(heard, FROM["02"], small)] == [Intent.ASK]


def test_of_a_story_what_is_asked_at_its_end_is_kept(small: NameIndex) -> None:
    """However much she tells before it: three acts are answered."""
    heard = "我跟你講喔 我女兒住土城啦 她說都要排很久 三重有沒有"
    acts = acts_of(heard, FROM["02"], small)
    assert "三重區" in [district(act) for act in acts if act.intent is Intent.ASK]


@pytest.mark.parametrize("heard", ["是我孫女叫我打這支電話", "鄰居說打這個電話問口罩"])
def test_who_was_told_to_call_did_not_misdial(heard: str, small: NameIndex) -> None:
    """No goodbye for whoever tells why she calls."""
    labels = {act.label for act in acts_of(heard, FROM["02"], small)}
    assert not labels & {"topic.wrongnumber", "stop"}


@pytest.mark.parametrize("heard", ["好 電話跟幾點開門", "電話跟幾點開門", "嗯，幾點開門跟電話"])
def test_what_is_joined_is_heard_behind_a_filler_too(heard: str, small: NameIndex) -> None:
    """The number and the hours, however the sentence begins."""
    asked = {act.intent for act in acts_of(heard, TOLD, small)}
    assert asked == {Intent.PHONE, Intent.HOURS}


@pytest.mark.parametrize(
    ("heard", "least"),
    [
        ("至少要一百五的", 150),
        ("那三百片的", 300),
        ("有沒有兩百片的", 200),
        ("一個人七天兩片的", 0),
        ("兩片的錢", 0),
    ],
)
def test_so_many_are_wanted(heard: str, least: int) -> None:
    """Hundreds are what a pharmacy has; two are what one may buy."""
    assert slots_in(heard, "zh-TW").least == least


@pytest.mark.parametrize(
    ("locale", "heard"),
    [
        ("zh-TW", "那家有五十片以上嗎"),
        ("en-US", "do they have more than fifty"),
        ("en-US", "does that one have 60 or more"),
    ],
)
def test_so_many_are_asked_of_the_one_just_told_of(
    locale: str, heard: str, small: NameIndex
) -> None:
    """Whether it has enough, and for no other one."""
    (act,) = acts_of(heard, replace(TOLD, locale=locale), small)
    assert act.intent is Intent.LEFT


@pytest.mark.parametrize("heard", ["is there one with more than 60", "which one has over sixty"])
def test_so_many_are_asked_of_any(heard: str, small: NameIndex) -> None:
    """Where another one is asked for, one with so many."""
    (act,) = acts_of(heard, replace(TOLD, locale="en-US"), small)
    assert (act.intent, act.least) == (Intent.MORE, 60)


def test_a_number_of_pieces_is_no_postal_code(small: NameIndex) -> None:
    """What stands behind "more than" is no other side of a comparison: 104 is 台北市中山區 too."""
    state = State(locale="en-US", area_code="02")
    (act,) = acts_of("Sanchong, more than 104", state, small)
    assert (act.intent, act.least, act.others) == (Intent.MORE, 104, ())
    (compared,) = acts_of("does Sanchong have more than Pinglin", state, small)
    assert compared.intent is Intent.COMPARE
    assert len(compared.others) == 1


def test_the_hours_of_the_one_there_are_those_of_a_pharmacy(small: NameIndex) -> None:
    """「三重那家幾點開」: the one there, and its hours; 「三重幾點有開」 any that is open."""
    one, hours = acts_of("三重那家幾點開", TOLD, small)
    assert (one.intent, district(one), hours.intent) == (Intent.ASK, "三重區", Intent.HOURS)


@pytest.mark.parametrize("heard", ["那三重那家的", "三重的也給我", "三重的呢"])
def test_the_same_of_another_place(heard: str, small: NameIndex) -> None:
    """After a number was told: what is asked of that place is not said again."""
    (act,) = acts_of(heard, TOLD, small)
    assert (act.intent, act.place_alone, district(act)) == (Intent.ASK, True, "三重區")


@pytest.mark.parametrize(
    "heard",
    ["台北市哪一區最多", "台北市還有哪幾區有", "高雄市哪個區比較多", "宜蘭縣哪些鄉鎮有口罩"],
)
def test_the_districts_of_a_county_are_asked_for(heard: str, small: NameIndex) -> None:
    """And no pharmacy, nor any one of them."""
    (act,) = acts_of(heard, FROM["02"], small)
    assert (act.intent, act.part) == (Intent.COMPARE, PLACES)
    assert act.names is not None
    assert act.names.meant is Meant.COUNTY


def test_which_district_is_asked_back(small: NameIndex) -> None:
    """「哪一區最多」 in answer to 「新北市的哪一區呢？」."""
    (act,) = acts_of("哪一區最多", State(said=(RequestPlace("新北市"),)), small)
    assert (act.intent, act.part, act.names) == (Intent.COMPARE, PLACES, None)


@pytest.mark.parametrize(
    ("heard", "count"),
    [
        ("三家的電話都給我", 3),
        ("報兩家給我聽", 2),
        ("每一家的地址都念一下", 3),
        ("第二家的電話", 0),
        ("這家的電話", 0),
        ("這兩家哪一家多", 0),
    ],
)
def test_of_how_many_pharmacies_it_is_asked(heard: str, count: int) -> None:
    """Of each of these; 「第二家」 is one, and of two that are compared one is meant."""
    assert slots_in(heard, "zh-TW").shops == count


@pytest.mark.parametrize(
    ("heard", "count"),
    [
        ("tell me the next two", 2),
        ("give me three pharmacies", 3),
        ("the addresses of both", 3),
        ("the phone number of each of them", 3),
        ("the second one's phone number", 0),
        ("can I buy two masks there", 0),
        ("is it open for two hours", 0),
    ],
)
def test_of_how_many_pharmacies_it_is_asked_in_english(heard: str, count: int) -> None:
    """As in Mandarin: of all that were told of where no number is said."""
    assert slots_in(heard, "en-US").shops == count


@pytest.mark.parametrize(
    ("heard", "several"),
    [
        ("兩種都說", True),
        ("大人小孩各有幾片", True),
        ("給孫子跟我自己戴的", True),
        ("小孩的", False),
    ],
)
def test_all_products_are_asked_for(heard: str, several: bool) -> None:
    """By what they are together, too."""
    assert slots_in(heard, "zh-TW").all_products == several


@pytest.mark.parametrize("heard", ["永和跟中和交界那邊有沒有", "我住板橋跟土城的交界"])
def test_where_two_districts_meet_both_are_asked_for(heard: str, small: NameIndex) -> None:
    """And nothing that sounds like 「交界」."""
    acts = acts_of(heard, FROM["02"], small)
    assert len({district(act) for act in acts if act.intent is Intent.ASK}) == 2


@pytest.mark.parametrize("heard", ["喂 小姐 我要問一下 板橋府中那邊有沒有口罩", "台中西屯逢甲附近"])
def test_a_part_of_town_is_no_pharmacy_that_is_called_so(heard: str, index: NameIndex) -> None:
    """府中藥局 and 逢甲藥局 stand there; what is near 府中 was asked."""
    (act,) = acts_of(heard, State(), index)
    assert act.names is not None
    assert act.names.meant is Meant.LANDMARK


def test_a_landmark_of_the_place_talked_about_is_known_by_its_short_name(index: NameIndex) -> None:
    """「哪一家離北大近」 after 三峽: near the university there."""
    there = State(place="新北市三峽區", told=("1",), said=(TellPharmacy("1", "adult_mask"),))
    (act,) = acts_of("哪一家離北大近", there, index)
    assert act.names is not None
    assert act.names.sure
    assert act.names.landmark.key == "台北大學"


@pytest.mark.parametrize(
    ("heard", "expected"),
    [
        ("masks in Zhongli, Taoyuan", ["中壢區"]),
        ("Zhongli, in Taoyuan", ["中壢區"]),
        ("Banqiao, Xinzhuang", ["板橋區", "新莊區"]),
        ("Taoyuan and Zhongli, any masks there", ["桃園區", "中壢區"]),
    ],
)
def test_a_county_behind_its_district_is_no_second_place(
    heard: str, expected: list[str], small: NameIndex
) -> None:
    """Where the county has a district of its name, too; joined by a word both are meant."""
    acts = acts_of(heard, replace(FROM["02"], locale="en-US"), small)
    assert [(act.intent, district(act)) for act in acts] == [(Intent.ASK, one) for one in expected]


def test_what_is_asked_behind_and_may_be_contracted(small: NameIndex) -> None:
    """Each wish of "… and what's the phone" is answered."""
    said = "how many masks do they have left and what's the phone"
    acts = acts_of(said, replace(TOLD, locale="en-US"), small)
    assert [act.intent for act in acts] == [Intent.LEFT, Intent.PHONE]


@pytest.mark.parametrize("heard", ["二つ目は", "二番目を教えてください", "二軒目"])
def test_the_second_in_japanese_is_a_pharmacy(heard: str, small: NameIndex) -> None:
    """And not the second of what is offered, the address."""
    (act,) = acts_of(heard, replace(TOLD, locale="ja-JP"), small)
    assert (act.label, act.that_one) == ("choose2", True)


@pytest.mark.parametrize("heard", ["一番と二番、どっちが多いですか", "一番目と二番目ではどちら"])
def test_two_that_were_told_of_are_compared_in_japanese(heard: str, small: NameIndex) -> None:
    """And neither is chosen, nor are districts compared."""
    (act,) = acts_of(heard, replace(TOLD, locale="ja-JP"), small)
    assert (act.label, act.that_one) == ("compare", True)


def test_which_had_the_most_compares_those_told_of(small: NameIndex) -> None:
    """「一番多かったのはどこ」, and asks for no address."""
    (act,) = acts_of("一番多かったのはどこですか", replace(TOLD, locale="ja-JP"), small)
    assert (act.intent, act.part) == (Intent.COMPARE, THESE)


def test_a_station_and_its_district_are_one_place(small: NameIndex) -> None:
    """「高雄市の左営区、新左営駅」 asks for one near the station, and for no other."""
    (act,) = acts_of("高雄市の左営区、新左営駅", State(locale="ja-JP"), small)
    assert act.names
    assert [one.key for one in act.names.landmarks] == ["新左營車站"]


@pytest.mark.parametrize(
    "said", ["中国語が話せないんですけど大丈夫ですか", "台湾語も中国語もできないんです"]
)
def test_who_speaks_no_mandarin_is_not_answered_in_it(said: str, small: NameIndex) -> None:
    """The line goes on in Japanese."""
    assert [act.label for act in acts_of(said, State(locale="ja-JP"), small)] == ["japanese"]
