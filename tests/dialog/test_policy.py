"""Several acts in one utterance: which are answered, in what order, and what waits."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shared import outcomes as o
from shared.catalog import Location
from shared.dialog.acts import CHOICES, Act, Intent, Understanding
from shared.dialog.policy import LONGEST_CODE, MOST_ACTS, SILENCES_TO_END
from shared.dialog.questions import MISHEARD, REGION, UNCLEAR
from shared.dialog.values import Hint, Utterance
from shared.names.resolution import Meant, PlaceMatch, Resolution, RoadMatch
from shared.places.districts import by_key
from shared.places.landmarks import landmarks_called
from shared.speech.say import say_outcome
from tests.dialog.talks import DAAN, RENAI, SEA, Talk, ask, like, name_of, with_pharmacies
from tests.small_world import NOW, SOURCE_TIME, heard_districts, heard_pharmacies

ADDRESS, PHONE, RULES = Act(Intent.ADDRESS), Act(Intent.PHONE), Act(Intent.RULES)
CHILD, ADULT, STOP = Act(Intent.CHILD), Act(Intent.ADULT), Act(Intent.STOP)
COMPARE = Act(Intent.COMPARE, names=heard_districts(DAAN), others=(heard_districts(SEA),))


def _kinds(*acts: Act, talk: Talk | None = None) -> list[type]:
    return [type(one) for one in (talk or Talk()).say(*acts).outcomes]


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        (ask(DAAN), RULES, [o.RulesTold, o.Found]),
        (CHILD, RULES, [o.RulesTold, o.Found]),
        (COMPARE, RULES, [o.RulesTold, o.Compared]),
        (ask(SEA), COMPARE, [o.Compared, o.Found]),
        (ADDRESS, RULES, [o.RulesTold, o.AddressTold]),
        (ADDRESS, CHILD, [o.Found, o.AddressTold]),
        (ADDRESS, ADULT, [o.Found, o.AddressTold]),
        (ADDRESS, ask(SEA), [o.Found, o.AddressTold]),
        (STOP, ADDRESS, [o.AddressTold, o.Goodbye]),
        (ADDRESS, PHONE, [o.AddressTold, o.PhoneTold]),
        (PHONE, ADDRESS, [o.PhoneTold, o.AddressTold]),
        (ADDRESS, Act(Intent.SLOWER), [o.Slower, o.AddressTold]),
    ],
)
def test_what_saves_a_walk_is_answered_first(first: Act, second: Act, told: list[type]) -> None:
    """May she buy today, then which product or place, then more about it, and goodbye at last."""
    talk = Talk()
    talk.say(ask(DAAN))
    assert _kinds(first, second, talk=talk) == told


@pytest.mark.parametrize(
    ("part", "said_too"), [("turn", Act(Intent.RULES, "day")), ("bring", CHILD)]
)
def test_what_a_rule_tells_already_is_not_told_twice(part: str, said_too: Act) -> None:
    """Her days hold today, 「我尾數八，哪一天可以買」; what to bring holds the child's card."""
    ends = "even" if part == "turn" else ""
    rules = Act(Intent.RULES, part, ends=ends)
    told = Talk().say(rules, replace(said_too, ends=ends)).outcomes
    assert [one.about for one in told] == [part]  # type: ignore[union-attr]


def test_a_topic_is_said_again_where_it_was_told_last() -> None:
    """And more slowly; kind words are not: then what was told before them is."""
    talk = Talk()
    talk.say(ask(DAAN))
    assert _kinds(Act(Intent.TOPIC, "wearing"), talk=talk) == [o.TopicTold]
    assert talk.say(Act(Intent.REPEAT)).outcomes == (o.TopicTold("wearing"),)
    slowly = talk.say(Act(Intent.SLOWER)).text
    assert say_outcome(o.TopicTold("wearing"), "zh-TW") in slowly
    talk.say(Act(Intent.TOPIC, "wait"))
    assert _kinds(Act(Intent.REPEAT), talk=talk) == [o.Found]


def test_two_topics_are_said_again_together() -> None:
    """Of what was told in one reply nothing is left out."""
    talk = Talk()
    talk.say(Act(Intent.TOPIC, "goods"), Act(Intent.TOPIC, "wearing"))
    told = talk.say(Act(Intent.REPEAT)).outcomes
    assert told == (o.TopicTold("goods"), o.TopicTold("wearing"))


@pytest.mark.parametrize("topic", ["ill", "fraud", "report", "online"])
def test_the_number_of_a_topic_is_told_again(topic: str) -> None:
    """「那個電話是幾號」 asks for 一九二二, and for no pharmacy's; with a name it does."""
    talk = Talk()
    talk.say(Act(Intent.TOPIC, topic))
    assert talk.say(PHONE).outcomes == (o.TopicTold(topic),)
    named = replace(PHONE, names=heard_pharmacies(RENAI, sure=True))
    assert _kinds(named, talk=talk) == [o.PhoneTold]


def test_the_number_of_who_sees_to_a_card_is_told_again() -> None:
    """The rules name it."""
    talk = Talk()
    talk.say(Act(Intent.RULES, "card"))
    told = talk.say(PHONE).outcome
    assert isinstance(told, o.RulesTold)
    assert told.about == "card"


def test_reporting_somebody_is_no_complaint_about_the_line() -> None:
    """「藥局把口罩藏起來，我要檢舉」 is told where, and no more."""
    acts = Act(Intent.TOPIC, "complaint"), Act(Intent.TOPIC, "report")
    assert Talk().say(*acts).outcomes == (o.TopicTold("report"),)


def test_three_answers_are_the_most() -> None:
    """A fourth nobody remembers."""
    talk = Talk()
    talk.say(ask(DAAN))
    acts = [Act(one) for one in (Intent.ADDRESS, Intent.PHONE, Intent.FLOOR, Intent.NAME)]
    assert _kinds(*acts, talk=talk) == [o.AddressTold, o.PhoneTold, o.FloorTold]
    assert MOST_ACTS == 3


def test_the_same_is_not_said_twice_in_one_reply() -> None:
    """「地址，地址在哪」: one address."""
    talk = Talk()
    talk.say(ask(DAAN))
    assert _kinds(ADDRESS, ADDRESS, talk=talk) == [o.AddressTold]


def test_a_pharmacy_is_told_once_whatever_it_was_asked_for() -> None:
    """「十幾片不夠，有沒有多一點的，還有幾片」: the one that has more, with its count."""
    more = Act(Intent.MORE, names=heard_districts(DAAN, sure=True), least=20)
    assert _kinds(more, Act(Intent.LEFT, names=more.names)) == [o.Found]


def test_an_act_that_was_read_twice_is_answered_once() -> None:
    """Not with two pharmacies, each of which has more."""
    more = Act(Intent.MORE, names=heard_districts(DAAN, sure=True), least=20)
    assert _kinds(more, more) == [o.Found]


def test_what_needs_no_place_is_told_before_one_is_asked_for() -> None:
    """「7-11有賣嗎，要去哪裡買」: first that, then 「哪一區」; the address waits."""
    talk = Talk()
    acts = (Act(Intent.ASK), Act(Intent.TOPIC, "shops"), ADDRESS)
    assert _kinds(*acts, talk=talk) == [o.TopicTold, o.AskPlace]
    assert _kinds(ask(DAAN), talk=talk) == [o.Found, o.AddressTold]


def test_what_is_asked_with_slower_is_all_that_is_told() -> None:
    """「地址慢慢講」: the address, and not the whole last answer behind it."""
    talk = Talk()
    count = talk.say(ask(DAAN)).text
    reply = talk.say(Act(Intent.SLOWER), ADDRESS)
    assert [type(one) for one in reply.outcomes] == [o.Slower, o.AddressTold]
    assert "片" in count
    assert "片" not in reply.text


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ((Intent.NEXT, Intent.PREVIOUS), "first"),
        ((Intent.PREVIOUS, Intent.NEXT), "first"),
        ((Intent.NEARER, Intent.NEXT), "third"),
        ((Intent.LIST, Intent.NEXT), "third"),
        ((Intent.NEXT, Intent.FIRST), "first"),
        ((Intent.ASK, Intent.NEXT), "third"),
    ],
)
def test_of_several_ways_on_one_is_gone(said: tuple[Intent, ...], told: str) -> None:
    """「太遠了，換一家」 asks for one other pharmacy, and going back is no going on."""
    talk = Talk()
    first, second = name_of(talk.say(ask(DAAN)).outcome), name_of(talk.ask(Intent.NEXT))
    reply = talk.say(*map(Act, said))
    assert len(reply.outcomes) == 1
    if told == "third":
        assert isinstance(reply.outcome, o.NoNext)
    else:
        assert name_of(reply.outcome) == first != second


def _three_more() -> Talk:
    """大安區 with five that have some."""
    more = [like(RENAI, id=f"910000000{n}", name=f"第{n}藥局") for n in "123"]
    return Talk(with_pharmacies(*more, left=90))


def test_all_are_told_by_threes() -> None:
    """「都念給我聽」: three where none was told of, else the next two; each by its own place."""
    talk = _three_more()
    told = talk.say(ask(DAAN, intent=Intent.LIST)).outcomes
    assert [one.ordinal for one in told if isinstance(one, o.Found)] == [1, 2, 3]
    more = talk.say(Act(Intent.LIST)).outcomes
    assert [one.ordinal for one in more if isinstance(one, o.Found)] == [4, 5]
    assert len({name_of(one) for one in (*told, *more)}) == 5
    assert [type(one) for one in talk.say(Act(Intent.LIST)).outcomes] == [o.NoNext]


def test_all_are_told_as_far_as_there_are_any() -> None:
    """Of two the one that is left, and that there is no other."""
    talk = Talk()
    talk.say(ask(DAAN))
    assert _kinds(Act(Intent.LIST), talk=talk) == [o.Found, o.NoNext]


def test_another_near_by_is_one() -> None:
    """「附近有別家嗎」 asks for the one nearest, and not for the next as well."""
    talk = _three_more()
    talk.say(ask(DAAN))
    assert _kinds(Act(Intent.NEARBY), Act(Intent.NEXT), talk=talk) == [o.Found]


def test_who_wants_to_hear_it_once_more_does_not_hang_up() -> None:
    """「好了，你說」, after 「等一下」: what was told, and no goodbye."""
    talk = Talk()
    talk.say(ask(DAAN))
    assert _kinds(Act(Intent.REPEAT), STOP, talk=talk) == [o.Found]


def test_the_place_that_was_counted_is_listed() -> None:
    """「大安區有幾家，給我三家」: how many, and then which, though it is the place of before."""
    listed = ask(DAAN, intent=Intent.LIST)
    told = Talk().say(ask(DAAN, intent=Intent.HOWMANY), replace(listed, that_one=True)).outcomes
    assert [type(one) for one in told[:3]] == [o.HowMany, o.Found, o.Found]


def test_a_way_on_with_a_place_in_it_is_another_question() -> None:
    """「下一家，還是海邊那邊的」: both are answered."""
    talk = Talk()
    talk.say(ask(DAAN))
    told = talk.say(Act(Intent.NEXT), ask(SEA, intent=Intent.NEXT)).outcomes
    assert len({name_of(one) for one in told}) == 2
    assert "海邊藥局" in [name_of(one) for one in told]


@pytest.mark.parametrize(
    ("intent", "told"),
    [
        (Intent.ADDRESS, [o.Found, o.AddressTold]),
        (Intent.PLATES, [o.Found, o.SaleTold]),
        (Intent.HOURS, [o.Found]),
        (Intent.NOTIFY, [o.Found, o.TopicTold]),
    ],
)
def test_what_is_asked_of_a_place_is_told_of_a_pharmacy_there(
    intent: Intent, told: list[type]
) -> None:
    """Which one, and then what was asked; one that is open is told first anyway."""
    assert _kinds(ask(DAAN, intent=intent)) == told


def test_what_is_asked_of_an_unsure_place_waits_for_the_choice() -> None:
    """「大安區，地址在哪」: which 大安區, then the pharmacy and its address, and that once."""
    talk = Talk()
    assert _kinds(ask(DAAN, SEA), ADDRESS, talk=talk) == [o.AmbiguousPlace]
    assert _kinds(Act(Intent.CHOOSE2), talk=talk) == [o.Found, o.AddressTold]
    assert _kinds(ask(DAAN), talk=talk) == [o.Found]


def test_all_that_waits_is_answered() -> None:
    """Two things are asked of a place that must be chosen first."""
    talk = Talk()
    assert _kinds(ask(DAAN, SEA), ADDRESS, PHONE, talk=talk) == [o.AmbiguousPlace]
    assert _kinds(Act(Intent.CHOOSE1), talk=talk) == [o.Found, o.AddressTold, o.PhoneTold]


def test_what_waited_is_forgotten_once_something_else_was_answered() -> None:
    """After the rules nobody thinks of the address any more."""
    talk = Talk()
    talk.say(ask(DAAN, SEA), ADDRESS)
    assert _kinds(RULES, talk=talk) == [o.RulesTold]
    assert _kinds(ask(DAAN), talk=talk) == [o.Found]


@pytest.mark.parametrize("intent", [Intent.HOWMANY, Intent.TOTAL])
def test_what_is_asked_of_a_place_itself_needs_no_pharmacy(intent: Intent) -> None:
    """「大安區還有幾家」, and which 大安區: the number alone."""
    talk = Talk()
    assert _kinds(ask(DAAN, SEA, intent=intent), talk=talk) == [o.AmbiguousPlace]
    outcomes = talk.say(Act(Intent.CHOOSE1)).outcomes
    assert [type(one) for one in outcomes] == [o.HowMany]
    assert isinstance(outcomes[0], o.HowMany)
    assert outcomes[0].total is (intent is Intent.TOTAL)


def test_what_could_not_be_heard_is_asked_for_and_then_answered() -> None:
    """「福利哪一家還有兩千片」: where, and there the one with the most."""
    talk = Talk()
    assert talk.ask(Intent.MOST, part=UNCLEAR) == o.AskPlace(None, UNCLEAR)
    told = talk.say(ask(DAAN)).outcomes
    assert [name_of(one) for one in told] == ["信義藥局"]
    assert isinstance(told[0], o.Found)
    assert told[0].why == "most"


def test_an_unclear_question_for_stock_asks_only_for_the_place() -> None:
    """Nothing waits: the place is the whole answer."""
    talk = Talk()
    assert talk.ask(Intent.ASK, part=UNCLEAR) == o.AskPlace(None, UNCLEAR)
    assert talk.state is not None
    assert talk.state.waiting == ()


def test_all_that_is_counted_is_told_where_all_was_asked() -> None:
    """「大人的跟小孩的各剩幾片」: both, also on the telephone, which tells one otherwise."""
    one = Talk().ask(Intent.ASK, names=heard_districts(DAAN, sure=True))
    both = Talk().ask(Intent.ASK, names=heard_districts(DAAN, sure=True), all_products=True)
    assert isinstance(one, o.Found)
    assert isinstance(both, o.Found)
    assert (one.with_others, both.with_others) == (False, True)


HINTS = [
    (Hint("ask", words="板橋"), "adult_mask"),
    (Hint("ask", words="板橋", product="child_mask"), "child_mask"),
    (Hint("ask"), "child_mask"),
    (Hint("howmany", words="板橋"), "child_mask"),
    (None, "child_mask"),
]


@pytest.mark.parametrize(("hint", "product"), HINTS)
def test_a_whole_question_of_a_platform_begins_with_the_usual_product(
    hint: Hint | None, product: str
) -> None:
    """Where its slots hold a place and no product; anything less goes on with the last one."""
    talk = Talk()
    talk.say(ask(DAAN), CHILD)
    talk.say(ask(SEA), utterance=Utterance(text="…", hint=hint))
    assert talk.state is not None
    expected = "" if product == "adult_mask" else "child_mask"
    assert talk.state.product == expected


@pytest.mark.parametrize(
    ("keys", "outcome"),
    [
        ("7", o.NotAChoice()),
        ("7#", o.NotAChoice()),
        ("77", o.UnknownPostalCode("77")),
        ("999#", o.UnknownPostalCode("999")),
        ("9" * 20, o.UnknownPostalCode("9" * LONGEST_CODE)),
        ("1*7", o.NotAChoice()),
    ],
)
def test_keys_that_mean_nothing_are_told_so(keys: str, outcome: o.Outcome) -> None:
    """A code is read back, as far as anybody listens; one key alone is no code."""
    assert LONGEST_CODE == 8
    assert Talk().say(utterance=Utterance(keys=keys)).outcome == outcome


def test_who_opens_with_words_is_not_greeted() -> None:
    """Only silence is: words that are not understood are told so."""
    opened = Utterance(text="嗯那個", opens=True)
    assert isinstance(Talk().say(utterance=opened).outcome, o.NotUnderstood)
    assert isinstance(Talk().say(utterance=Utterance(opens=True)).outcome, o.Greeting)
    assert isinstance(Talk().say(utterance=Utterance()).outcome, o.NotHeard)


def test_noise_is_counted_as_silence_is_and_forgotten_after_an_answer() -> None:
    """Each time in a row has its own words; an answer begins anew."""
    talk = Talk()
    noise = Utterance(text="嗯那個")
    outcomes = [talk.say(utterance=noise).outcome for _ in range(7)]
    assert outcomes == [o.NotUnderstood(times) for times in range(1, 8)]
    talk.say(ask(DAAN))
    assert talk.say(utterance=noise).outcome == o.NotUnderstood(1, offers=True)


def test_an_emergency_is_all_that_is_answered() -> None:
    """Whatever else was said with it."""
    acts = (ask(DAAN), Act(Intent.EMERGENCY), RULES)
    assert _kinds(*acts) == [o.Emergency]


@pytest.mark.parametrize(
    ("intent", "told"),
    [
        (Intent.ADDRESS, [o.AddressTold]),
        (Intent.NEXT, [o.Found]),
        (Intent.NEARBY, [o.Found]),
        (Intent.CHILD, [o.Found]),
        (Intent.ADULT, [o.Found]),
    ],
)
def test_who_asks_on_of_one_that_is_offered_has_said_yes(intent: Intent, told: list[type]) -> None:
    """「是信義藥局嗎」, 「地址呢」."""
    talk = Talk()
    talk.say(Act(Intent.ASK, names=heard_pharmacies("9001060001")))
    assert _kinds(Act(intent), talk=talk)[-1:] == told


def test_a_name_said_after_an_offer_is_no_yes() -> None:
    """「是信義藥局嗎」, 「海邊藥局的地址」: the address of that one."""
    talk = Talk()
    talk.say(Act(Intent.ASK, names=heard_pharmacies("9001060001")))
    told = talk.ask(Intent.ADDRESS, names=heard_pharmacies("9004390001", sure=True))
    assert isinstance(told, o.AddressTold)
    assert told.pharmacy.name == "海邊藥局"


def test_nothing_named_is_as_if_no_names_were_looked_for() -> None:
    """A resolution that found nothing leaves the talk where it was."""
    talk = Talk()
    talk.say(ask(DAAN))
    told = talk.ask(Intent.ADDRESS, names=Resolution("地址"))
    assert isinstance(told, o.AddressTold)


NAMESAKES = Act(Intent.ASK, names=heard_pharmacies("9002410001", "9002200001", namesakes=2))
THERE = Act(Intent.ASK, names=heard_districts("新北市板橋區", sure=True))


@pytest.mark.parametrize(
    ("last", "answer", "told"),
    [
        (ask(DAAN, SEA), ADDRESS, [o.AmbiguousPlace]),
        (ask(DAAN, SEA), CHILD, [o.AmbiguousPlace]),
        (ask(DAAN), Act(Intent.ASK), [o.Found]),
        (NAMESAKES, THERE, [o.Found]),
        (COMPARE, Act(Intent.YES), [o.Found]),
        (ask(DAAN), CHILD, [o.Found]),
        (Act(Intent.ASK, names=heard_districts(DAAN)), Act(Intent.YES), [o.Found]),
    ],
)
def test_the_last_of_several_answers_is_what_goes_on(
    last: Act, answer: Act, told: list[type]
) -> None:
    """The rules and then a question: it is the question that is answered next."""
    alone, behind = Talk(), Talk()
    alone.say(last)
    behind.say(RULES, last)
    assert _kinds(answer, talk=behind) == told
    alone.say(answer)
    assert alone.state is not None
    assert behind.state is not None
    assert behind.state.said == alone.state.said
    assert behind.state.place == alone.state.place


def test_namesakes_behind_the_rules_are_offered_by_their_districts_again() -> None:
    """After a silence too."""
    talk = Talk()
    asked = talk.say(RULES, NAMESAKES)
    assert [option.name for option in asked.options] == ["三重區", "板橋區"]
    assert talk.say(utterance=Utterance()).options == asked.options


def test_what_waits_is_answered_behind_the_rules_too() -> None:
    """Which 大安區, and 「第一個，今天可以買嗎」: the rules, the pharmacy, and the address."""
    talk = Talk()
    talk.say(ask(DAAN, SEA), ADDRESS)
    kinds = _kinds(Act(Intent.CHOOSE1), RULES, talk=talk)
    assert kinds == [o.RulesTold, o.Found, o.AddressTold]


def test_what_is_asked_first_is_told_apart_from_the_rest() -> None:
    """The first act of one or of several; none of none."""
    assert Understanding().first is None
    assert Understanding((ADDRESS,)).first is Intent.ADDRESS
    assert Understanding((PHONE, ADDRESS)).first is Intent.PHONE


def test_the_first_of_several_that_were_offered_is_a_choice() -> None:
    """「第一家」 in answer to 「請問是哪一個？」 chooses, and goes back to no pharmacy."""
    talk = Talk()
    talk.say(ask(DAAN, SEA))
    assert _kinds(Act(Intent.FIRST), Act(CHOICES[0]), talk=talk) == [o.Found]


def test_children_s_and_adults_are_told_in_one_answer() -> None:
    """「小孩的跟大人的都有嗎」 asks of one pharmacy for both, and hears it once."""
    talk = Talk()
    talk.say(ask(DAAN))
    reply = talk.say(CHILD, ADULT)
    (found,) = reply.outcomes
    assert isinstance(found, o.Found)
    assert found.with_others


def test_the_first_one_is_still_known_while_a_place_is_asked() -> None:
    """「太遠了」, and 「第一家的電話」 instead of a road: the one told of, and its number."""
    talk = Talk()
    first = name_of(talk.say(ask(DAAN)).outcome)
    assert isinstance(talk.say(Act(Intent.NEARER)).outcome, o.AskPlace)
    reply = talk.say(Act(CHOICES[0], that_one=True), PHONE)
    assert name_of(reply.outcomes[0]) == first
    assert isinstance(reply.outcomes[1], o.PhoneTold)


def test_who_was_misheard_is_asked_what_she_means() -> None:
    """「你聽錯了」 after an answer: no further pharmacy, and it is still talked about."""
    talk = Talk()
    talk.say(ask(DAAN))
    reply = talk.say(Act(Intent.NO, MISHEARD))
    assert reply.outcome == o.AskPlace(why=MISHEARD)
    assert isinstance(talk.say(Act(Intent.PHONE)).outcome, o.PhoneTold)


def test_of_a_part_of_the_country_the_county_is_asked() -> None:
    """「北部還有嗎」: too large to be answered, and said so."""
    assert Talk().say(Act(Intent.ASK, REGION)).outcome == o.AskPlace(why=REGION)


def test_another_one_asked_for_twice_is_one() -> None:
    """ "The other one, is there somewhere else" tells of one pharmacy, not of two."""
    talk = Talk()
    talk.say(ask(DAAN))
    assert len(talk.say(Act(Intent.NEXT), Act(Intent.ONLY)).outcomes) == 1


def test_a_place_with_all_that_is_asked_of_it_is_answered_whole() -> None:
    """ "Da'an, the address and the phone number" hears both, behind the pharmacy."""
    place = ask(DAAN)
    of_it = [replace(place, intent=intent) for intent in (Intent.ADDRESS, Intent.PHONE)]
    assert _kinds(place, *of_it) == [o.Found, o.AddressTold, o.PhoneTold]


def test_what_is_asked_before_any_place_is_told_behind_it() -> None:
    """「地址在哪」, 「請先告訴我您在哪一區」, 「大安」: the pharmacy there, and its address."""
    talk = Talk()
    assert _kinds(ADDRESS, talk=talk) == [o.NeedPharmacy]
    assert _kinds(ask(DAAN), talk=talk) == [o.Found, o.AddressTold]


def test_what_leads_to_the_answer_stands_before_it() -> None:
    """「我幫您看看哪裡還有」, then where that is."""
    topic = Act(Intent.TOPIC, "shortage")
    assert _kinds(ask(DAAN), topic) == [o.TopicTold, o.Found]


@pytest.mark.parametrize(
    "asked", [Act(Intent.PHONE), Act(Intent.NO), Act(Intent.TOPIC, "other"), Act(Intent.ASK)]
)
def test_what_goes_on_about_a_danger_is_told_the_number_again(asked: Act) -> None:
    """「我胸口好痛」, 「要打幾號」, 「是我爸爸」: 119, and not the number of a pharmacy."""
    talk = Talk()
    talk.say(Act(Intent.EMERGENCY))
    assert _kinds(asked, talk=talk) == [o.Emergency]


def test_after_a_danger_a_place_is_asked_for_as_ever() -> None:
    """「沒事了，大安區還有嗎」."""
    talk = Talk()
    talk.say(Act(Intent.EMERGENCY))
    assert _kinds(ask(DAAN), talk=talk) == [o.Found]


def test_one_pharmacy_is_told_for_one_wish() -> None:
    """「跟前一家比，哪家比較多」 was heard as three ways to another: the two are compared."""
    talk = Talk()
    talk.say(ask(DAAN))
    talk.say(Act(Intent.NEXT))
    wishes = [Act(Intent.PREVIOUS), Act(Intent.MORE), Act(Intent.COMPARE)]
    assert _kinds(*wishes, talk=talk) == [o.Compared]


def test_of_two_choices_the_likelier_is_taken() -> None:
    """「不要第一家，第二家」 may be heard as both."""
    talk = Talk()
    talk.say(ask(DAAN))
    second = talk.say(Act(Intent.NEXT)).outcome
    told = talk.say(Act(CHOICES[1], that_one=True), Act(CHOICES[0], that_one=True))
    assert [name_of(one) for one in told.outcomes] == [name_of(second)]


def test_who_has_a_residence_permit_needs_no_new_card() -> None:
    """「我有居留證，沒有健保卡」: yes, and nothing of a card that was lost."""
    acts = (Act(Intent.RULES, "card"), Act(Intent.RULES, "foreigner"))
    talk = Talk()
    reply = talk.say(*acts)
    assert [one.about for one in reply.outcomes if isinstance(one, o.RulesTold)] == ["foreigner"]


def test_the_last_of_several_answers_is_the_one_that_is_asked_about() -> None:
    """The rules and then which 仁愛路: what is chosen is on that road; what is told before a
    goodbye keeps nobody on the line."""
    roads = tuple(RoadMatch(by_key()[key], "仁愛路", 0.3) for key in (DAAN, SEA))
    road = Act(Intent.ASK, names=Resolution("…", Meant.ROAD, roads=roads))
    talk = Talk()
    assert _kinds(RULES, road, talk=talk) == [o.RulesTold, o.AmbiguousPlace]
    assert name_of(talk.ask(Intent.CHOOSE1)) == "仁愛藥局"
    ended = talk.say(ADDRESS, STOP)
    assert (ended.listens, ended.prompt) == (False, "")


def test_what_needs_no_place_is_told_before_it_is_asked_for_whatever_came_first() -> None:
    """「還有嗎，可以退嗎，幾號了」: both are told, then 「哪一區」, and nothing waits."""
    talk = Talk()
    acts = (Act(Intent.ASK), Act(Intent.TOPIC, "receipt"), Act(Intent.LOOKUP, "datatime"))
    assert _kinds(*acts, talk=talk) == [o.TopicTold, o.LookedUp, o.AskPlace]
    assert _kinds(ask(DAAN), talk=talk) == [o.Found]


def test_one_with_at_least_so_many_is_asked_for_and_nothing_compared() -> None:
    """「哪一家有兩百片以上」 may be heard as a comparison too."""
    talk = Talk()
    talk.say(Act(Intent.ASK, names=heard_pharmacies("9001060002", sure=True)))
    reply = talk.say(Act(Intent.COMPARE), Act(Intent.MORE, least=200))
    assert [one.why for one in reply.outcomes if isinstance(one, o.Found)] == ["more"]


def test_of_two_wishes_each_with_a_place_none_is_lost() -> None:
    """「大安區哪家最多，台中大安區哪家最多」: one of each."""
    acts = [ask(key, intent=Intent.MOST) for key in (DAAN, SEA)]
    told = Talk().say(*acts).outcomes
    assert [name_of(one) for one in told] == ["信義藥局", "海邊藥局"]


def test_old_counts_are_told_with_their_time_once_in_a_reply() -> None:
    """Two places in one sentence: the time of the counts behind the last, for both."""
    first, second = Talk(now=NOW + timedelta(hours=1)).say(ask(DAAN), ask(SEA)).outcomes
    assert isinstance(first, o.Found)
    assert isinstance(second, o.Found)
    assert (first.as_of, second.as_of) == (None, SOURCE_TIME)


def test_said_a_second_time_only_the_first_answer_is_introduced() -> None:
    """「我再跟您說一遍」 once, and then both."""
    talk = Talk()
    talk.say(ask(DAAN))
    first, again = (talk.say(ADDRESS, PHONE) for _ in range(2))
    assert first.outcomes == again.outcomes
    assert "再跟您說一遍" not in first.text
    assert again.text.count("再跟您說一遍") == 1


@pytest.mark.parametrize("intent", [*CHOICES, Intent.CHOOSELAST])
def test_a_choice_of_nothing_beside_another_wish_is_none(intent: Intent) -> None:
    """「三個都要」 with a question, before anything was offered or told; alone it is told so."""
    assert _kinds(ask(DAAN), Act(intent)) == [o.Found]
    assert _kinds(Act(intent)) == [o.NotAChoice]


def test_the_one_before_beside_another_wish_is_the_one_told_of() -> None:
    """「就剛剛那家，電話給我」 after one: its number; alone it is said that there was none; after
    two it is the first, and its number."""
    before = Act(Intent.PREVIOUS)
    talk = Talk()
    first = name_of(talk.say(ask(DAAN)).outcome)
    assert _kinds(before, PHONE, talk=talk) == [o.PhoneTold]
    assert _kinds(before, talk=talk) == [o.NoPrevious]
    talk.ask(Intent.NEXT)
    told = talk.say(before, PHONE).outcomes
    assert name_of(told[0]) == first
    assert [type(one) for one in told] == [o.Found, o.PhoneTold]


def test_a_wish_for_more_leads_on_behind_no_other() -> None:
    """「有沒有多一點的，換一家」: one pharmacy, the one with more."""
    talk = Talk()
    talk.say(Act(Intent.ASK, names=heard_pharmacies("9001060002", sure=True)))
    told = talk.say(Act(Intent.NEXT), Act(Intent.MORE)).outcomes
    assert [name_of(one) for one in told] == ["信義藥局"]


def test_who_asks_for_children_s_alone_or_adults_alone_hears_one() -> None:
    """All that is counted is told only where both were asked for."""
    for act in (CHILD, ADULT):
        talk = Talk()
        talk.say(ask(DAAN))
        (found,) = talk.say(act).outcomes
        assert isinstance(found, o.Found)
        assert not found.with_others


def test_how_far_a_landmark_is_looks_for_no_other_pharmacy() -> None:
    """「離台北車站多遠」 after an answer is of the one told of."""
    station = landmarks_called()["台北車站"][0]
    far = Act(
        Intent.DISTANCE, names=Resolution("…", Meant.LANDMARK, landmarks=(station,), sure=True)
    )
    talk = Talk()
    talk.say(ask(DAAN))
    assert _kinds(far, talk=talk) == [o.DistanceTold]


def test_what_is_said_louder_before_anything_was_said_is_a_topic() -> None:
    """And 「再說一次」 then is the greeting."""
    assert _kinds(Act(Intent.TOPIC, "louder")) == [o.TopicTold]
    assert _kinds(Act(Intent.REPEAT)) == [o.Greeting]


def test_again_with_another_wish_says_the_same_once() -> None:
    """「再說一次，地址呢」: the answer, and its address; after the address both once."""
    talk = Talk()
    talk.say(ask(DAAN))
    assert _kinds(Act(Intent.REPEAT), ADDRESS, talk=talk) == [o.Found, o.AddressTold]
    assert _kinds(ADDRESS, Act(Intent.REPEAT), talk=talk) == [o.AddressTold, o.Found]


@pytest.mark.parametrize(
    ("acts", "told"),
    [
        ((PHONE, Act(Intent.RULES)), [o.RulesTold, o.NeedPharmacy]),
        ((Act(Intent.ASK, product="child_mask"),), [o.AskPlace]),
        ((Act(Intent.ADDRESS, names=heard_districts(DAAN, sure=True)),), [o.Found, o.AddressTold]),
    ],
)
def test_after_a_danger_what_is_no_part_of_it_is_answered(
    acts: tuple[Act, ...], told: list[type]
) -> None:
    """Something else beside it, a product, a place."""
    talk = Talk()
    talk.say(Act(Intent.EMERGENCY))
    assert _kinds(*acts, talk=talk) == told


def test_a_danger_is_over_once_something_else_was_told() -> None:
    """「地址」 after the rules is no ambulance's."""
    talk = Talk()
    talk.say(Act(Intent.EMERGENCY))
    talk.say(RULES)
    assert _kinds(ADDRESS, talk=talk) == [o.NeedPharmacy]


@pytest.mark.parametrize("waits", [ADDRESS, Act(Intent.HOWMANY), Act(Intent.MOST)])
def test_what_must_be_chosen_first_waits(waits: Act) -> None:
    """One of two places, and more of it: asked again, and told behind the choice."""
    talk = Talk()
    talk.say(ask(DAAN, SEA))
    assert _kinds(waits, talk=talk) == [o.AmbiguousPlace]
    assert talk.state is not None
    assert talk.state.waiting == (waits.label,)


def test_what_waits_is_not_told_of_where_nothing_is_found() -> None:
    """「地址」, then a place that is sold out: that alone, and nothing waits any more."""
    talk = Talk()
    talk.say(ADDRESS)
    assert _kinds(ask("新北市坪林區"), talk=talk) == [o.SoldOut]
    assert _kinds(ask(DAAN), talk=talk) == [o.Found]


def test_what_waits_stays_while_nothing_is_heard() -> None:
    """A silence, and then the choice."""
    talk = Talk()
    talk.say(ask(DAAN, SEA), ADDRESS)
    talk.say(utterance=Utterance())
    assert _kinds(Act(Intent.CHOOSE1), talk=talk) == [o.Found, o.AddressTold]


def test_six_silences_end_a_call_and_five_do_not() -> None:
    """Nobody is there any more, and the line costs money."""
    talk = Talk()
    told = [type(talk.say(utterance=Utterance()).outcome) for _ in range(SILENCES_TO_END)]
    assert told == [o.NotHeard] * 5 + [o.Goodbye]
    assert SILENCES_TO_END == 6


def test_a_shared_place_is_answered_whatever_was_said_with_it() -> None:
    """Where something is near it; where nothing is, the words are answered."""
    point = Location(121.5, 25.0)
    reply = Talk().say(RULES, utterance=Utterance(text="…", point=point))
    assert [type(one) for one in reply.outcomes] == [o.RulesTold]
    near = like("9001060001", id="9100000001", location=point)
    told = Talk(with_pharmacies(near)).say(RULES, utterance=Utterance(text="…", point=point))
    assert [type(one) for one in told.outcomes] == [o.Found]


def test_an_unanswered_ring_is_told_whatever_was_said() -> None:
    """And the pharmacy is still talked about."""
    talk = Talk()
    talk.say(ask(DAAN))
    told = talk.say(RULES, utterance=Utterance(unanswered=True)).outcomes
    assert [type(one) for one in told] == [o.NoAnswer]
    assert _kinds(ADDRESS, talk=talk) == [o.AddressTold]


def test_of_what_waits_the_most_is_told_alone_and_the_rest_of_it() -> None:
    """「大安區哪家最多，地址在哪」, which 大安區: the one with the most, and its address."""
    talk = Talk()
    assert _kinds(ask(DAAN, SEA, intent=Intent.MOST), ADDRESS, talk=talk) == [o.AmbiguousPlace]
    found, address = talk.say(Act(Intent.CHOOSE1)).outcomes
    assert isinstance(found, o.Found)
    assert found.why == "most"
    assert isinstance(address, o.AddressTold)


def test_what_must_be_chosen_first_is_all_that_is_asked_again() -> None:
    """「地址，好」 before the choice: which one, and the address waits."""
    talk = Talk()
    talk.say(ask(DAAN, SEA))
    assert _kinds(ADDRESS, Act(Intent.TOPIC, "other"), talk=talk) == [o.AmbiguousPlace]
    assert _kinds(Act(Intent.CHOOSE1), talk=talk) == [o.Found, o.AddressTold]


def test_who_wants_to_be_put_through_hears_no_number_beside_it() -> None:
    """「幫我打給他，電話幾號」: put through, or told the number where that cannot be, once."""
    talk = Talk()
    talk.say(ask(DAAN))
    assert len(talk.say(PHONE, Act(Intent.CONNECT)).outcomes) == 1


def test_where_she_is_need_not_be_told_for_an_address() -> None:
    """「最近的」, 「您在哪裡」, 「講慢一點」, 「地址」: of the one just told of."""
    talk = Talk()
    talk.say(ask(DAAN))
    assert _kinds(Act(Intent.NEARER), talk=talk) == [o.AskPlace]
    talk.ask(Intent.SLOWER)
    assert _kinds(ADDRESS, talk=talk) == [o.AddressTold]


@pytest.mark.parametrize("intent", [Intent.DISTANCE, Intent.ADDRESS])
def test_what_is_asked_of_one_in_another_place_is_told_behind_it(intent: Intent) -> None:
    """「海邊那家多遠」 after another: that pharmacy, and then how far; so of one at a landmark."""
    station = landmarks_called()["台北車站"][0]
    shop = like("9001060001", id="9100000001", district=station.district.key)
    at_station = Resolution("…", Meant.LANDMARK, landmarks=(station,), sure=True)
    for act in (ask(SEA, intent=intent), Act(intent, names=at_station)):
        talk = Talk(with_pharmacies(shop))
        if act.names is not at_station or intent is Intent.ADDRESS:
            talk.say(ask(DAAN))
        told = _kinds(act, talk=talk)
        assert told == [o.Found, {Intent.ADDRESS: o.AddressTold}.get(intent, o.DistanceTold)]


def test_what_was_hardly_heard_behind_an_answer_was_not_heard() -> None:
    """The rules, and a place of which hardly anything was heard: with the next noise it is the
    second time."""
    weak = Resolution("…", Meant.DISTRICT, (PlaceMatch(by_key()[DAAN], 0.05),))
    talk = Talk()
    assert _kinds(RULES, Act(Intent.ASK, names=weak), talk=talk) == [o.RulesTold, o.NotUnderstood]
    assert talk.say(utterance=Utterance(text="嗯那個")).outcome == o.NotUnderstood(2)


def test_said_more_slowly_it_is_said_in_the_same_words() -> None:
    """「慢一點」: the answer as it was, and no 「我再跟您說一遍」 before it."""
    talk = Talk()
    first = talk.say(ask(DAAN))
    answer = first.text.removesuffix(first.prompt)
    for _ in range(2):
        assert answer in talk.say(Act(Intent.SLOWER)).text
        assert "再跟您說一遍" not in talk.say(Act(Intent.SLOWER)).text
