"""The conversation as a pure function: each promise of the design's §6."""

import json
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared import outcomes as o
from shared.catalog import Catalog, Hours
from shared.dialog.acts import Intent
from shared.dialog.values import Channel, Reply, State, pack, unpack
from shared.lookups import LOOKUPS
from shared.names.resolution import Meant, Resolution
from shared.places.districts import by_key
from tests.small_world import NOW, SNAPSHOT, heard_districts, heard_pharmacies
from tests.understood import Turn, take_turn

PHONE = Channel("test", operator="0227653147", keys=True, dials=True, dials_pharmacies=True)
SPEAKER = Channel("test", operator="1922")

TAIPEI_DAAN = Turn(
    heard="大安區", intent=Intent.ASK, names=heard_districts("台北市大安區", sure=True)
)
EITHER_DAAN = Turn(
    heard="大安區",
    intent=Intent.ASK,
    names=heard_districts("台北市大安區", "台中市大安區"),
)


def want(intent: Intent) -> Turn:
    """A turn in which only `intent` was heard."""
    return Turn(heard="…", intent=intent)


def press(keys: str) -> Turn:
    """A turn in which keys were pressed."""
    return Turn(keys=keys)


def talk(*turns: Turn, channel: Channel = PHONE) -> list[Reply]:
    """The replies of one conversation; the state is passed on as JSON, as channels do."""
    state, replies = None, []
    for turn in turns:
        state, reply = take_turn(state, turn, SNAPSHOT, NOW, channel)
        state = unpack(json.loads(json.dumps(pack(state))))
        replies.append(reply)
    return replies


def outcomes(*turns: Turn, channel: Channel = PHONE) -> list[o.Outcome]:
    """The outcomes of one conversation."""
    return [reply.outcome for reply in talk(*turns, channel=channel)]


def test_a_new_call_is_greeted_and_listened_to() -> None:
    """A call without a word gets the greeting, which waits for three keys or an answer."""
    (reply,) = talk(Turn(opens=True))
    assert isinstance(reply.outcome, o.Greeting)
    assert reply.listens
    assert reply.digits == 3


def test_who_knows_what_to_say_is_answered_at_once() -> None:
    """A first turn that already asks gets the answer, not the greeting."""
    (outcome,) = outcomes(
        Turn(
            heard="大安區",
            intent=Intent.ASK,
            opens=True,
            names=heard_districts("台北市大安區", sure=True),
        )
    )
    assert isinstance(outcome, o.Found)


def test_an_answer_carries_both_counts_of_the_snapshot() -> None:
    """A pharmacy of the district, in stock, with the counts that stand in the feed."""
    (outcome,) = outcomes(TAIPEI_DAAN)
    assert isinstance(outcome, o.Found)
    assert outcome.pharmacy.district.key == "台北市大安區"
    expected = {"信義藥局": (205, 50), "仁愛藥局": (36, 0)}[outcome.pharmacy.name]
    assert tuple(count.left for count in outcome.counts) == expected
    assert outcome.name_county, "大安區 lies in two counties, so the county is said"


def test_next_tells_each_pharmacy_in_stock_once_then_says_so() -> None:
    """「下一家」 goes through those in stock; then there is no next one; back goes back."""
    told = outcomes(TAIPEI_DAAN, *[want(Intent.NEXT)] * 2, want(Intent.PREVIOUS))
    first, second, third, back = told
    assert isinstance(first, o.Found)
    assert isinstance(second, o.Found)
    assert {first.pharmacy.name, second.pharmacy.name} == {"信義藥局", "仁愛藥局"}
    assert second.ordinal == 2
    assert isinstance(third, o.NoNext)
    assert isinstance(back, o.Found)
    assert back.pharmacy == first.pharmacy


@pytest.mark.parametrize(
    ("by_voice", "by_key", "expected"),
    [
        (want(Intent.NEXT), press("1"), o.Found),
        (want(Intent.ADDRESS), press("2"), o.AddressTold),
        (want(Intent.PHONE), press("3"), o.PhoneTold),
        (want(Intent.OPERATOR), press("0"), o.ToPerson),
        (want(Intent.REPEAT), press("*"), o.Found),
        (want(Intent.RESTART), press("9"), o.Greeting),
        (want(Intent.STOP), press("#"), o.Goodbye),
        (Turn(Intent.LANGUAGE, part="english"), press("8"), o.LanguageChanged),
    ],
)
def test_each_question_works_by_voice_and_by_key(
    by_voice: Turn, by_key: Turn, expected: type
) -> None:
    """After an answer, voice and key lead to equal outcomes."""
    spoken = outcomes(TAIPEI_DAAN, by_voice)[1]
    pressed = outcomes(TAIPEI_DAAN, by_key)[1]
    assert type(spoken) is expected
    assert spoken == pressed


def test_a_postal_code_is_a_district() -> None:
    """106 is 台北市大安區, 439 is 台中市大安區, 300 has three districts to choose from."""
    taipei, taichung, hsinchu = (outcomes(press(code))[0] for code in ("106", "439", "300"))
    assert isinstance(taipei, o.Found)
    assert taipei.pharmacy.district.key == "台北市大安區"
    assert isinstance(taichung, o.Found)
    assert taichung.pharmacy.name == "海邊藥局"
    assert isinstance(hsinchu, o.AmbiguousPlace)
    assert {place.key for place in hsinchu.places} == {"新竹市東區", "新竹市北區", "新竹市香山區"}


def test_an_unknown_postal_code_is_said_so() -> None:
    """999 belongs to no district: the digits are said back and the place is asked again."""
    (reply,) = talk(press("999"))
    assert reply.outcome == o.UnknownPostalCode("999")
    assert reply.digits == 3


def test_same_named_districts_are_asked_and_chosen() -> None:
    """大安區 without a hint is asked; 2 chooses the second; 「第一個」 the first."""
    asked, by_key = outcomes(EITHER_DAAN, press("2"))
    assert isinstance(asked, o.AmbiguousPlace)
    assert isinstance(by_key, o.Found)
    assert by_key.pharmacy.district.key == "台中市大安區"
    by_voice = outcomes(EITHER_DAAN, want(Intent.CHOOSE1))[1]
    assert isinstance(by_voice, o.Found)
    assert by_voice.pharmacy.district.key == "台北市大安區"


def test_the_county_alone_chooses_among_offered_districts() -> None:
    """「台中市的」 in answer to the two 大安區 takes that of 台中市."""
    county = by_key()["台中市大安區"].county
    heard = Resolution("台中市的", Meant.COUNTY, county=county)
    chosen = outcomes(EITHER_DAAN, Turn(heard="台中市的", intent=Intent.ASK, names=heard))[1]
    assert isinstance(chosen, o.Found)
    assert chosen.pharmacy.district.key == "台中市大安區"


def test_one_unsure_name_is_asked_with_yes_and_no() -> None:
    """One candidate, not surely: yes takes it, no asks for the place again."""
    unsure = Turn(heard="…", intent=Intent.ASK, names=heard_pharmacies("9001060001"))
    yes = outcomes(unsure, want(Intent.YES))[1]
    no = outcomes(unsure, want(Intent.NO))[1]
    assert isinstance(yes, o.Found)
    assert yes.pharmacy.name == "信義藥局"
    assert isinstance(no, o.AskPlace)


@pytest.mark.parametrize("turn", [Turn(), Turn(heard="嗯那個")])
def test_silence_in_the_middle_asks_one_thing(turn: Turn) -> None:
    """After an answer the options are said again, briefly, and no district is asked for; then a
    person."""
    replies = talk(TAIPEI_DAAN, turn, turn, turn)
    assert "請按一" in replies[0].prompt
    assert all("哪一區" not in reply.text for reply in replies[1:3])
    assert all(reply.text.endswith("要聽下一家、地址，還是電話？") for reply in replies[1:3])
    assert "按零" in replies[3].text
    assert len({reply.text for reply in replies}) == 4


@pytest.mark.parametrize(
    ("asked", "outcome"),
    [
        (Intent.ADDRESS, o.AddressTold),
        (Intent.PHONE, o.PhoneTold),
        (Intent.CHILD, o.Found),
        (Intent.NEXT, o.Found),
        (Intent.NEARBY, o.Found),
    ],
)
def test_who_asks_on_has_said_yes(asked: Intent, outcome: type) -> None:
    """「是三重區嗎」, 「地址呢」: of the pharmacy there, and the place is not asked again."""
    unsure = Turn(heard="…", intent=Intent.ASK, names=heard_districts("新北市三重區"))
    _, told = outcomes(unsure, want(asked))
    assert isinstance(told, outcome)
    assert told.pharmacy.id == "9002410001"


def test_several_pharmacies_of_one_name_are_told_apart_by_district() -> None:
    """健安藥局 stands four times: three are offered, and that there are more."""
    turn = Turn(
        heard="健安藥局",
        intent=Intent.ASK,
        names=heard_pharmacies("9002410001", "9002200001", "9004070001", namesakes=4),
    )
    asked, chosen = outcomes(turn, press("3"))
    assert isinstance(asked, o.AmbiguousPharmacy)
    assert asked.same_name
    assert asked.more
    assert isinstance(chosen, o.Found)
    assert chosen.pharmacy.id == "9004070001"


def test_a_place_narrows_pharmacies_of_one_name() -> None:
    """「台中的」 in answer to the four 健安藥局 tells the one there, not another of that place."""
    namesakes = Turn(
        heard="健安藥局",
        intent=Intent.ASK,
        names=heard_pharmacies("9002410001", "9002200001", "9008020001", namesakes=4),
    )
    county = by_key()["台中市西屯區"].county
    there = Turn(
        heard="台中的",
        intent=Intent.ASK,
        names=Resolution("台中的", Meant.COUNTY, county=county),
    )
    chosen = outcomes(namesakes, there)[1]
    assert isinstance(chosen, o.Found)
    assert chosen.pharmacy.id == "9004070001"


def test_the_second_one_by_voice_is_another_pharmacy() -> None:
    """After an answer 「第二家」 goes on to the next, while key 2 tells the address."""
    turn = Turn(heard="第二家", intent=Intent.CHOOSE2, that_one=True)
    first, second = outcomes(TAIPEI_DAAN, turn)
    assert isinstance(first, o.Found)
    assert isinstance(second, o.Found)
    assert second.pharmacy != first.pharmacy


@pytest.mark.parametrize(
    ("first_one", "second_one"),
    [("第一家", "第二家"), ("the first one", "the second one"), ("1軒目", "2軒目")],
)
def test_the_first_one_by_voice_is_the_one_that_was_told_first(
    first_one: str, second_one: str
) -> None:
    """「第一家」 after two of them goes back, and 「第二家」 comes again to the second."""
    one = Turn(heard=first_one, intent=Intent.CHOOSE1, that_one=True)
    two = Turn(heard=second_one, intent=Intent.CHOOSE2, that_one=True)
    told = outcomes(TAIPEI_DAAN, want(Intent.NEXT), one, two)
    first, second, again, other = [t.pharmacy for t in told if isinstance(t, o.Found)]
    assert first != second
    assert again == first
    assert other == second


def test_a_yes_that_answers_nothing_is_no_fault() -> None:
    """「好」 after an answer asks whether that was all, not 「沒有這個選項」, and reads no help."""
    assert outcomes(TAIPEI_DAAN, want(Intent.YES))[1] == o.TopicTold("okay")


def test_a_pharmacy_asked_for_by_name_is_told_even_if_sold_out() -> None:
    """和平藥局 has no adult masks: that is the answer, and not another pharmacy."""
    turn = Turn(
        heard="和平藥局",
        intent=Intent.ASK,
        names=heard_pharmacies("9001060003", sure=True),
    )
    (outcome,) = outcomes(turn)
    assert isinstance(outcome, o.Found)
    assert outcome.pharmacy.name == "和平藥局"
    assert not outcome.in_stock


def test_a_pharmacy_asked_for_by_name_that_has_stopped_is_told_so() -> None:
    """Its count is not told: 「已經不賣大人的了」, and nothing of pieces or of today."""
    named = SNAPSHOT.catalog.by_id["9001060001"]
    stopped = replace(named, hours=Hours("N" * 21, "已停止販售口罩"))
    rest = [one for one in SNAPSHOT.catalog.pharmacies if one.id != named.id]
    snapshot = replace(SNAPSHOT, catalog=Catalog.of((*rest, stopped)))
    turn = Turn(
        heard="信義藥局",
        intent=Intent.ASK,
        names=heard_pharmacies("9001060001", sure=True),
    )
    _, reply = take_turn(None, turn, snapshot, NOW, PHONE)
    assert isinstance(reply.outcome, o.Found)
    assert "已經不賣大人的了" in reply.text
    assert "還有" not in reply.text
    assert "今天不賣" not in reply.text


def test_unknown_counts_are_not_told_as_sold_out() -> None:
    """Where every count is -1 or 99999999 the line does not know, of a district and by name."""
    snapshot = replace(SNAPSHOT, stocks={key: {} for key in SNAPSHOT.stocks})
    by_name = Turn(
        heard="和平藥局",
        intent=Intent.ASK,
        names=heard_pharmacies("9001060003", sure=True),
    )
    for turn in (TAIPEI_DAAN, by_name):
        _, reply = take_turn(None, turn, snapshot, NOW, PHONE)
        assert "查不到" in reply.text
        assert "賣完" not in reply.text
        assert "沒有了" not in reply.text


def test_a_neighbour_of_unknown_counts_is_not_told_as_of_a_sold_out_district() -> None:
    """Next to 坪林區, which nobody knows of, 石碇區 has some: 「都賣完了」 is not said."""
    other = replace(SNAPSHOT.catalog.by_id["9001060001"], district=by_key()["新北市石碇區"])
    rest = [one for one in SNAPSHOT.catalog.pharmacies if one.id != other.id]
    stocks = {**SNAPSHOT.stocks, "9002320001": {}}
    snapshot = replace(SNAPSHOT, catalog=Catalog.of((*rest, other)), stocks=stocks)
    _, reply = take_turn(None, PINGLIN, snapshot, NOW, PHONE)
    assert isinstance(reply.outcome, o.Found)
    assert reply.outcome.neighbour_of is None


def test_the_telephone_of_a_named_pharmacy_is_told_at_once() -> None:
    """「信義藥局電話幾號」 is answered with the number."""
    turn = Turn(
        heard="信義藥局電話幾號",
        intent=Intent.PHONE,
        names=heard_pharmacies("9001060001", sure=True),
    )
    (reply,) = talk(turn)
    assert isinstance(reply.outcome, o.PhoneTold)
    assert reply.outcome.pharmacy.phone == "0227390997"


def test_children_are_asked_for_of_the_same_pharmacy() -> None:
    """「小孩的呢」 tells the child count of the pharmacy just named, first."""
    adult, child = outcomes(TAIPEI_DAAN, want(Intent.CHILD))
    assert isinstance(adult, o.Found)
    assert isinstance(child, o.Found)
    assert child.pharmacy == adult.pharmacy
    assert child.counts[0].product.id == "child_mask"


PINGLIN = Turn(intent=Intent.ASK, names=heard_districts("新北市坪林區", sure=True))
"""A question about 坪林區, whose one pharmacy has no masks."""


def test_a_sold_out_district_names_no_pharmacy_of_it() -> None:
    """No district next to 坪林區 has any either: sold out, and where that is."""
    (outcome,) = outcomes(PINGLIN)
    assert isinstance(outcome, o.SoldOut)
    assert outcome.place == by_key()["新北市坪林區"]


def test_a_sold_out_district_leads_to_the_one_next_to_it() -> None:
    """With stock in 石碇區, across the border: that pharmacy, told for the district asked about."""
    other = replace(
        SNAPSHOT.catalog.by_id["9002200001"], district=by_key()["新北市石碇區"], name="石碇藥局"
    )
    rest = [one for one in SNAPSHOT.catalog.pharmacies if one.id != other.id]
    snapshot = replace(SNAPSHOT, catalog=Catalog.of((*rest, other)))
    _, reply = take_turn(None, PINGLIN, snapshot, NOW, PHONE)
    assert isinstance(reply.outcome, o.Found)
    assert reply.outcome.pharmacy == other
    assert reply.outcome.neighbour_of == by_key()["新北市坪林區"]


def test_a_district_without_a_pharmacy_is_said_so() -> None:
    """烏坵鄉 is in no feed."""
    turn = Turn(intent=Intent.ASK, names=heard_districts("金門縣烏坵鄉", sure=True))
    (outcome,) = outcomes(turn)
    assert isinstance(outcome, o.NoPharmacy)


def test_nothing_heard_is_said_differently_and_ends_with_a_person() -> None:
    """Each silence has its own words; at the third a person is offered; the line never hangs."""
    replies = talk(Turn(opens=True), *[Turn()] * 6)
    silences = [reply.outcome for reply in replies[1:]]
    assert silences[:5] == [o.NotHeard(times) for times in range(1, 6)]
    assert isinstance(silences[5], o.Goodbye)
    assert "零" in replies[3].text, "the third offers a person by key 0"
    assert all(before.text != after.text for before, after in pairwise(replies))


@pytest.mark.parametrize(
    ("area_code", "county"), [("07", "高雄市"), ("04", "台中市"), ("03", "桃園市")]
)
def test_an_example_is_a_district_of_the_caller_s_county(area_code: str, county: str) -> None:
    """「像是鳳山區」 for whoever rings from Kaohsiung: 板橋 says nothing to her."""
    turns = Turn(opens=True, area_code=area_code), Turn(heard="…")
    reply = talk(*turns)[1]
    assert isinstance(reply.outcome, o.NotUnderstood)
    assert reply.outcome.example is not None
    assert county in reply.outcome.example.key
    assert f"像是{reply.outcome.example.name}" in reply.text


def test_an_example_is_of_the_county_that_was_talked_about() -> None:
    """Of the county of her last answer, wherever she rings from."""
    reply = talk(Turn(opens=True, area_code="07"), TAIPEI_DAAN, Turn(heard="…"), Turn(heard="…"))[3]
    assert isinstance(reply.outcome, o.NotUnderstood)
    assert reply.outcome.example is not None
    assert reply.outcome.example.county.name == "台北市"


def test_louder_says_the_answer_again_once_introduced() -> None:
    """「好，我說清楚一點」 leads to the answer; only the second time more is said before it."""
    louder = Turn(heard="…", intent=Intent.TOPIC, part="louder")
    first, second = talk(TAIPEI_DAAN, louder, louder)[1:]
    assert first.text.startswith("好，我說清楚一點。")
    assert second.text != first.text


def test_a_choice_stays_open_when_nothing_was_heard() -> None:
    """After a silence the offered districts can still be chosen."""
    chosen = outcomes(EITHER_DAAN, Turn(), press("1"))[2]
    assert isinstance(chosen, o.Found)


def test_repeat_after_a_silence_says_the_last_answer() -> None:
    """「再說一次」 means the answer, not 「我沒聽到」."""
    first, _, again = outcomes(TAIPEI_DAAN, Turn(), want(Intent.REPEAT))
    assert again == first


def test_slower_says_the_last_answer_again_and_stays_slow() -> None:
    """「慢一點」 repeats at once, and every later reply is slow."""
    first, slower, later = talk(TAIPEI_DAAN, want(Intent.SLOWER), want(Intent.NEXT))
    assert slower.slow
    assert later.slow
    assert isinstance(first.outcome, o.Found)
    assert first.outcome.pharmacy.name in slower.text


def test_a_person_is_rung_where_the_channel_can_and_told_where_not() -> None:
    """0 rings the operator on the telephone; a speaker tells the number and goes on listening."""
    (rung,) = talk(want(Intent.OPERATOR))
    assert rung.rings == "0227653147"
    assert not rung.listens
    (told,) = talk(want(Intent.OPERATOR), channel=SPEAKER)
    assert told.rings == ""
    assert told.listens
    assert "一九二二" in told.text


def test_a_pharmacy_is_rung_with_its_number_spoken() -> None:
    """「幫我轉接」 rings the pharmacy just named."""
    told, rung = talk(TAIPEI_DAAN, want(Intent.CONNECT))
    assert isinstance(told.outcome, o.Found)
    assert rung.rings == told.outcome.pharmacy.phone


def test_nobody_answering_goes_on_with_the_conversation() -> None:
    """After an unanswered transfer the pharmacy's address can still be asked."""
    _, _, unanswered, address = outcomes(
        TAIPEI_DAAN, want(Intent.CONNECT), Turn(unanswered=True), want(Intent.ADDRESS)
    )
    assert isinstance(unanswered, o.NoAnswer)
    assert isinstance(address, o.AddressTold)


def test_without_a_snapshot_the_line_says_where_to_ask() -> None:
    """No data: the operator's number, and 0 still reaches the person."""
    state, reply = take_turn(None, Turn(opens=True), None, NOW, PHONE)
    assert reply.outcome == o.NoData("0227653147")
    _, person = take_turn(state, press("0"), None, NOW, PHONE)
    assert person.rings == "0227653147"


def test_counts_over_a_day_old_are_not_told() -> None:
    """A live snapshot of the day before yesterday gives no counts."""
    _, reply = take_turn(None, TAIPEI_DAAN, SNAPSHOT, NOW + timedelta(days=2), PHONE)
    assert isinstance(reply.outcome, o.NoData)


def test_counts_over_half_an_hour_old_say_so() -> None:
    """After an hour without a renewal the time of the counts is told with them."""
    _, reply = take_turn(None, TAIPEI_DAAN, SNAPSHOT, NOW + timedelta(hours=1), PHONE)
    assert isinstance(reply.outcome, o.Found)
    assert reply.outcome.as_of == SNAPSHOT.source_time


def test_keys_of_a_speaker_are_not_told() -> None:
    """A channel without a keypad hears no 「請按」."""
    (reply,) = talk(TAIPEI_DAAN, channel=SPEAKER)
    assert "按" not in reply.text


_WITH_PART = (Intent.TOPIC, Intent.LOOKUP, Intent.LANGUAGE)
_INTENTS = st.sampled_from([None, *(intent for intent in Intent if intent not in _WITH_PART)])
_PLACES = st.sampled_from(
    [
        None,
        heard_districts("台北市大安區", sure=True),
        heard_districts("台北市大安區", "台中市大安區"),
        heard_districts("金門縣烏坵鄉", sure=True),
        heard_pharmacies("9001060003", sure=True),
        heard_pharmacies("9002410001", "9002200001", "9004070001", namesakes=4),
    ]
)
_TURNS = st.one_of(
    st.builds(Turn, keys=st.text("0123456789*#", max_size=5)),
    st.builds(Turn, heard=st.sampled_from(["", "…"]), intent=_INTENTS, names=_PLACES),
    st.builds(Turn, intent=st.just(Intent.TOPIC), part=st.sampled_from(["okay", "wait", "other"])),
    st.builds(Turn, intent=st.just(Intent.LOOKUP), part=st.sampled_from(sorted(LOOKUPS))),
    st.builds(Turn, intent=st.just(Intent.LANGUAGE), part=st.sampled_from(["english", "mandarin"])),
)


@settings(deadline=None)  # other work on the machine is not ours
@given(st.lists(_TURNS, max_size=12), st.sampled_from([PHONE, SPEAKER]))
def test_no_reply_is_empty_too_long_or_equal_to_the_one_before(
    turns: list[Turn], channel: Channel
) -> None:
    """Whatever is said or pressed: words, at most 500 of them, and never the same twice."""
    replies = talk(Turn(opens=True), *turns, channel=channel)
    for before, reply in pairwise(replies):
        assert reply.text.strip()
        assert len(reply.text) <= 500
        assert reply.text != before.text


@settings(deadline=None)  # other work on the machine is not ours
@given(st.lists(_TURNS, max_size=40))
def test_the_state_stays_small(turns: list[Turn]) -> None:
    """However long the conversation, its state fits into an action URL of 1,000 characters."""
    state: State | None = None
    for turn in turns:
        state, _ = take_turn(state, turn, SNAPSHOT, NOW, PHONE)
        assert len(json.dumps(pack(state), ensure_ascii=False).encode()) < 700


@pytest.mark.parametrize(
    "forged",
    [None, [], "x", {"at": "1"}, {"told": "abc"}, {"options": [[1]]}, {"seed": True}, {"slow": 1}],
)
def test_a_forged_state_is_refused(forged: object) -> None:
    """Anything that `pack` did not write is a ValueError, so that the channel starts anew."""
    with pytest.raises(ValueError):  # noqa: PT011  the kind of fault does not matter
        unpack(forged)


def test_slower_twice_is_answered_in_other_words() -> None:
    """「慢一點」「再慢一點」 never hears the same beginning twice."""
    _, first, second = talk(TAIPEI_DAAN, want(Intent.SLOWER), want(Intent.SLOWER))
    assert first.text.split("。")[0] != second.text.split("。")[0]


@pytest.mark.parametrize("asked", [want(Intent.EMERGENCY), press("119")])
def test_who_needs_an_ambulance_hears_the_number_and_nothing_else(asked: Turn) -> None:
    """119 at once, by voice and by key, in the middle of a choice and without a snapshot too."""
    _, told = talk(EITHER_DAAN, asked)
    _, without = take_turn(None, asked, None, NOW, PHONE)
    for reply in (told, without):
        assert reply.outcome == o.Emergency()
        assert "一一九" in reply.text
        assert reply.listens
        assert reply.options == ()


def test_what_the_feed_does_not_count_is_not_answered_with_something_else() -> None:
    """Rapid tests asked of the mask line: no count of masks passes for theirs."""
    asked = replace(TAIPEI_DAAN, product="rapid_test")
    (reply,) = talk(asked)
    assert isinstance(reply.outcome, o.NotCounted)
    assert "口罩專線" in reply.text


def test_masks_may_be_asked_after_what_is_not_counted() -> None:
    """「大安區有快篩嗎」, 「那口罩呢」: the place was heard, and is not asked again."""
    asked = replace(TAIPEI_DAAN, product="rapid_test")
    _, outcome = outcomes(asked, want(Intent.ASK))
    assert isinstance(outcome, o.Found)
    assert outcome.pharmacy.district.key == "台北市大安區"


def test_another_place_is_offered_only_after_a_first() -> None:
    """Who has named no place yet is not asked for 「別的地方」."""
    before, _, after = talk(want(Intent.RULES), TAIPEI_DAAN, press("#"))
    assert "別的地方" not in before.text
    assert "請說哪一區" in before.text
    assert after.listens is False


def test_the_most_of_a_place_that_was_chosen_is_told_alone() -> None:
    """「大安區哪一家最多」, and which 大安區: one pharmacy is told, the one with the most."""
    which = replace(EITHER_DAAN, intent=Intent.MOST)
    asked, told = talk(which, press("1"))
    assert isinstance(asked.outcome, o.AmbiguousPlace)
    assert [type(outcome) for outcome in told.outcomes] == [o.Found]
    assert isinstance(told.outcome, o.Found)
    most = max(
        (one for one in SNAPSHOT.catalog.pharmacies if one.district.key == "台北市大安區"),
        key=lambda one: SNAPSHOT.left(one, SNAPSHOT.products[0]),
    )
    assert told.outcome.pharmacy == most
    assert told.outcome.why == "most"


def test_without_data_the_line_ends_once_it_is_told_to_or_has_said_so_three_times() -> None:
    """「沒事了」 is a goodbye; nobody hears a fourth time that there is nothing."""
    _, ended = take_turn(None, want(Intent.STOP), None, NOW, PHONE)
    assert (ended.outcome, ended.listens) == (o.Goodbye(), False)
    state, told = None, []
    for _ in range(4):
        state, reply = take_turn(state, Turn(heard="…"), None, NOW, PHONE)
        told.append(type(reply.outcome))
    assert told == [o.NoData] * 3 + [o.Goodbye]


def test_what_asks_a_place_is_asked_again_by_a_speaker() -> None:
    """The answer itself where it is the question; the question alone behind an answer."""
    asked, found, bye = talk(want(Intent.ASK), TAIPEI_DAAN, want(Intent.STOP))
    assert asked.prompt == asked.text
    assert found.text.endswith(found.prompt)
    assert found.prompt != found.text
    assert bye.prompt == ""


def test_the_keys_are_told_until_the_usual_ones_were() -> None:
    """Two places to choose from bring no keys with them that would be known then."""
    asked, told, onward = talk(EITHER_DAAN, press("1"), want(Intent.NEXT))
    assert "請按一" in asked.prompt
    assert "請按一" in told.prompt
    assert "請按" not in onward.prompt
