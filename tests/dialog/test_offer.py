"""What may be chosen after an answer, in which words it is offered, and when it is not."""

from dataclasses import replace

import pytest

from shared import outcomes as o
from shared.dialog.acts import Act, Intent
from shared.dialog.values import Channel, Reply, State, Utterance, pack, unpack
from shared.names.resolution import PharmacyMatch
from tests.dialog.talks import (
    CHAT,
    DAAN,
    PHONE,
    RENAI,
    SEA,
    SPEAKER,
    TEA,
    XINYI,
    Talk,
    ask,
    like,
    with_pharmacies,
)
from tests.small_world import SNAPSHOT, heard_districts, heard_pharmacies


def _labels(talk: Talk, *acts: Act) -> list[str]:
    return [option.label for option in talk.say(*acts).options]


@pytest.mark.parametrize(
    ("channel", "demo", "third"),
    [(PHONE, False, "connect"), (SPEAKER, False, "phone"), (PHONE, True, "phone")],
)
def test_who_has_heard_the_number_may_be_connected(
    channel: Channel, demo: bool, third: str
) -> None:
    """Where the channel can; before that the number is offered."""
    talk = Talk(replace(SNAPSHOT, demo=demo), channel)
    assert _labels(talk, ask(DAAN)) == ["next", "address", "phone"]
    assert _labels(talk, Act(Intent.PHONE)) == ["next", "address", third]
    assert _labels(talk, Act(Intent.ADDRESS)) == ["next", "address", "phone"]


def test_what_was_just_told_is_not_read_out_though_it_stays_open() -> None:
    """After the address: next or the number."""
    talk = Talk()
    first = talk.say(ask(DAAN))
    address = talk.say(Act(Intent.ADDRESS))
    assert "地址" in first.prompt
    assert "地址" not in address.prompt
    assert "電話" in address.prompt


def test_the_keys_are_read_out_once() -> None:
    """In full, then shortened; in another language once more."""
    talk = Talk()
    first, second = talk.say(ask(DAAN)), talk.say(Act(Intent.NEXT))
    assert "請按一" in first.prompt
    assert "請按" not in second.prompt
    english = talk.say(Act(Intent.LANGUAGE, "english"))
    after = talk.say(Act(Intent.ADDRESS))
    assert "press" in (english.prompt + after.prompt).lower()


@pytest.mark.parametrize("topic", ["wait", "okay", "wrongnumber", "ill"])
def test_after_some_words_no_options_are_read_out(topic: str) -> None:
    """「等一下」: they stay open, and nobody is talked at."""
    talk = Talk()
    talk.say(ask(DAAN))
    reply = talk.say(Act(Intent.TOPIC, topic))
    assert "下一家" not in reply.text
    assert [option.label for option in reply.options] == ["next", "address", "phone"]


def test_after_two_silences_the_options_are_not_read_a_third_time() -> None:
    """The third offers a person instead."""
    talk = Talk()
    talk.say(ask(DAAN))
    prompts = ["下一家" in talk.say(utterance=Utterance()).text for _ in range(3)]
    assert prompts == [True, True, False]


@pytest.mark.parametrize(
    ("intent", "ends"),
    [(Intent.STOP, ""), (Intent.OPERATOR, ""), (Intent.HELP, "哪一區")],
)
def test_a_question_ends_a_reply_that_waits_for_one(intent: Intent, ends: str) -> None:
    """Not a goodbye, nor a number that is rung."""
    reply = Talk().say(Act(intent))
    assert bool(reply.prompt) is bool(ends)
    assert reply.listens is bool(ends)


def test_pharmacies_of_one_name_are_offered_by_their_districts() -> None:
    """Of others the name is said, with its county where the district's name is not enough."""
    alike = Talk().say(
        Act(Intent.ASK, names=heard_pharmacies("9002410001", "9002200001", namesakes=2))
    )
    other = Talk().say(Act(Intent.ASK, names=heard_pharmacies(XINYI, "9002320001")))
    assert [option.name for option in alike.options] == ["三重區", "板橋區"]
    assert [option.name for option in other.options] == ["台北市大安區信義藥局", "坪林區茶香藥局"]
    assert [option.key for option in other.options] == ["1", "2"]


def test_they_are_offered_so_again_when_nothing_was_heard() -> None:
    """By their districts, with the same keys."""
    talk = Talk()
    asked = talk.say(
        Act(Intent.ASK, names=heard_pharmacies("9002410001", "9002200001", namesakes=2))
    )
    assert talk.say(utterance=Utterance()).options == asked.options


def test_one_is_offered_with_yes_and_no() -> None:
    """Keys 1 and 2."""
    options = Talk().say(Act(Intent.ASK, names=heard_pharmacies(RENAI))).options
    assert [(option.label, option.key) for option in options] == [("yes", "1"), ("no", "2")]


def test_after_a_comparison_it_is_asked_which_of_the_two() -> None:
    """The one with more first."""
    act = Act(Intent.COMPARE, names=heard_districts(SEA), others=(heard_districts(DAAN),))
    reply = Talk().say(act)
    assert [option.name for option in reply.options] == [DAAN, SEA]
    assert "哪" in reply.prompt


def test_who_named_a_place_is_offered_another() -> None:
    """After a sold-out one; before any place, any."""
    assert "別的地方" in Talk().say(ask(TEA)).prompt
    assert "別的地方" not in Talk().say(Act(Intent.RULES)).prompt


def test_a_number_waits_for_three_keys_where_nothing_is_offered() -> None:
    """A postal code; one key where something is."""
    assert Talk().say(Act(Intent.RULES)).digits == 3
    assert Talk().say(ask(DAAN)).digits == 1


def test_a_channel_can_do_nothing_that_it_does_not_say() -> None:
    """Rings nobody, tells nobody later, asks no platform; and its turns are people's."""
    plain = Channel("test")
    able = (plain.keys, plain.dials, plain.dials_pharmacies, plain.for_the_eye, plain.asks_nlu)
    assert not any(able)
    assert (plain.notifies, plain.operator, plain.counted) == ("", "1922", True)


def test_an_utterance_says_only_what_it_says() -> None:
    """Nobody hung up, nothing failed, nobody opened a call."""
    plain = Utterance()
    told = (plain.unanswered, plain.hung_up, plain.opens, plain.not_deleted, plain.not_kept)
    assert not any(told)
    assert (plain.seed, plain.locale, plain.watching, plain.point) == (0, "zh-TW", (), None)
    assert (State().seed, State().locale) == (0, "zh-TW")


def test_a_reply_waits_for_one_key_and_rings_nobody() -> None:
    """Unless it says otherwise."""
    plain = Reply((o.Help(),), "…")
    assert (plain.listens, plain.digits, plain.rings, plain.slow) == (True, 1, "", False)


def test_who_calls_stands_in_no_log() -> None:
    """Neither her number nor where she can be told something is shown."""
    shown = repr(Utterance(text="你好", caller="0912345678", person="U4af4980629"))
    assert "0912345678" not in shown
    assert "U4af4980629" not in shown


@pytest.mark.parametrize(
    ("utterance", "silent"),
    [
        (Utterance(), True),
        (Utterance(text="  "), True),
        (Utterance(text="好"), False),
        (Utterance(keys="1"), False),
    ],
)
def test_silence_is_nothing_said_and_nothing_pressed(utterance: Utterance, silent: bool) -> None:
    """Blanks are nothing."""
    assert utterance.silent is silent


def test_of_a_fresh_conversation_nothing_is_kept() -> None:
    """Each field of a state is left out as long as it says nothing."""
    assert pack(State()) == {}
    assert unpack({}) == State()


STATES = (
    State(locale="en-US", seed=7, area_code="02", product="child_mask", place=DAAN, road="仁愛路"),
    State(kind="pharmacy", near="台北車站", told=(XINYI, RENAI), at=1, passing="s help"),
    State(waiting=("address",), ends="odd", again=2, unheard=3, slow=True, keys_told=True),
    State(time_told=26_388_000, began=1_583_205_600),
)


@pytest.mark.parametrize("state", STATES)
def test_a_state_comes_back_as_it_was(state: State) -> None:
    """All of its fields; each has a type of its own."""
    packed = pack(state)
    assert unpack(packed) == state
    for name, value in packed.items():
        with pytest.raises(ValueError):  # noqa: PT011  the kind of fault does not matter
            unpack({**packed, name: 1.5 if not isinstance(value, list) else [1.5]})


@pytest.mark.parametrize("forged", [{"said": [["td", DAAN]]}, {"options": [["s", "help"]]}])
def test_what_was_said_is_no_option(forged: object) -> None:
    """Nor the other way round."""
    with pytest.raises(ValueError, match="may not"):
        unpack(forged)


def test_another_place_is_turned_to_with_nothing_told_of_it() -> None:
    """What is asked for stays; where, and what was told, is new."""
    before = State(
        product="child_mask", place=DAAN, road="仁愛路", near="台北車站", told=(XINYI,), at=0
    )
    assert before.turned_to(SEA) == State(
        product="child_mask", place=SEA, places_before=(DAAN,), shop_before=XINYI
    )


def test_from_the_beginning_everything_is_forgotten_but_who_calls() -> None:
    """Her language, her area and how slowly she wants it stay."""
    talk = Talk(state=State("en-US", 7, "02", product="child_mask", place=DAAN, slow=True))
    assert isinstance(talk.ask(Intent.RESTART), o.Greeting)
    assert talk.state is not None
    kept = State("en-US", 7, "02", slow=True)
    fields = ("locale", "seed", "area_code", "product", "place", "slow", "told")
    assert all(getattr(talk.state, name) == getattr(kept, name) for name in fields)


def test_a_call_begins_as_the_channel_says() -> None:
    """Locale, area and running number are of the first turn."""
    talk = Talk()
    talk.say(utterance=Utterance(opens=True, locale="ja-JP", area_code="07", seed=9))
    assert talk.state is not None
    assert (talk.state.locale, talk.state.area_code, talk.state.seed) == ("ja-JP", "07", 9)


def test_to_the_eye_answers_stand_on_lines_of_their_own() -> None:
    """In a chat; on the telephone they follow each other."""
    for channel, lines in ((CHAT, True), (PHONE, False)):
        assert ("\n" in Talk(channel=channel).say(ask(DAAN), Act(Intent.RULES)).text) is lines


def test_a_language_is_changed_for_all_that_was_said() -> None:
    """The last answer once more in it; from a greeting nothing but the change."""
    talk = Talk()
    talk.say(ask(DAAN))
    reply = talk.say(Act(Intent.LANGUAGE, "english"))
    assert reply.locale == "en-US"
    assert "masks" in reply.text


def test_an_answer_that_was_given_is_said_again_in_other_words() -> None:
    """Twice the same question in a row."""
    talk = Talk(with_pharmacies())
    first, second = (talk.say(Act(Intent.RULES)) for _ in range(2))
    assert first.text != second.text
    assert first.outcome == second.outcome


def test_a_side_of_a_comparison_that_is_a_pharmacy_is_told() -> None:
    """「第一個」 of two pharmacies is the one with more."""
    talk = Talk()
    act = Act(Intent.COMPARE, names=heard_pharmacies(RENAI), others=(heard_pharmacies(XINYI),))
    options = talk.say(act).options
    assert [option.name for option in options] == ["台北市大安區信義藥局", "台北市大安區仁愛藥局"]
    assert isinstance(talk.ask(Intent.CHOOSE2), o.Found)
    assert talk.state is not None
    assert talk.state.told == (RENAI,)


def test_of_one_name_in_one_district_the_name_is_said() -> None:
    """Two that are not told apart by where they lie, asked about and offered again."""
    talk = Talk(with_pharmacies(like("9002410001", id="9100000001")))
    names = replace(
        heard_pharmacies("9002410001", "9002200001", namesakes=2),
        pharmacies=tuple(
            PharmacyMatch(talk.snapshot.catalog.by_id[key], 0.9)
            for key in ("9002410001", "9100000001")
        ),
    )
    asked = talk.say(Act(Intent.ASK, names=names))
    assert [option.name for option in asked.options] == ["三重區健安藥局"] * 2
    assert talk.say(utterance=Utterance()).options == asked.options


def test_others_are_offered_again_by_their_names() -> None:
    """After a silence, as before it."""
    talk = Talk()
    asked = talk.say(Act(Intent.ASK, names=heard_pharmacies(XINYI, "9002320001")))
    assert talk.say(utterance=Utterance()).options == asked.options
    assert [option.name for option in asked.options] == ["台北市大安區信義藥局", "坪林區茶香藥局"]


@pytest.mark.parametrize("times", [1, 2, 3])
def test_what_is_not_understood_offers_again_what_is_open(times: int) -> None:
    """Twice; the third time a person is offered instead."""
    talk = Talk()
    talk.say(ask(DAAN))
    prompts = [talk.say(utterance=Utterance(text="嗯那個")).prompt for _ in range(times)]
    assert ("下一家" in prompts[-1]) is (times < 3)
    assert "下一家" not in Talk().say(utterance=Utterance(text="嗯那個")).prompt


def test_another_pace_or_language_asks_nothing_behind_what_was_said() -> None:
    """What was said again has its question; from nowhere the place is asked for."""
    for act in (Act(Intent.SLOWER), Act(Intent.LANGUAGE, "mandarin")):
        talk = Talk()
        assert "哪一區" in talk.say(act).text
        talk.say(Act(Intent.RULES))
        assert "哪一區" not in talk.say(act).text
        assert "別的地方" not in talk.say(act).text


def test_after_the_number_and_the_address_what_is_left_is_offered() -> None:
    """Both at once: only the next one is read out, and all stay open."""
    talk = Talk(channel=SPEAKER)
    talk.say(ask(DAAN))
    reply = talk.say(Act(Intent.ADDRESS), Act(Intent.PHONE))
    assert "下一家" in reply.prompt
    assert "地址" not in reply.prompt
    assert "電話" not in reply.prompt
    assert [option.label for option in reply.options] == ["next", "address", "phone"]


def test_of_a_state_of_another_version_what_is_unknown_is_left_out() -> None:
    """And the rest is as it was."""
    assert unpack({"gone": [1], "place": DAAN, "at": 1}) == State(place=DAAN, at=1)


def test_turned_to_where_she_is_the_place_before_stays_the_place_before() -> None:
    """Two places are compared, whichever was asked about twice."""
    there = State(place=SEA).turned_to(DAAN)
    assert (there.places_before, there.turned_to(DAAN).places_before) == ((SEA,), (SEA,))
