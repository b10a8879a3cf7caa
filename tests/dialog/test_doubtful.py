"""What may have been named is kept while no place is known, and offered where it is needed."""

from dataclasses import replace

import pytest

from shared import outcomes as o
from shared.dialog import take_turn as dialogue
from shared.dialog.acts import (
    Act,
    ChoosePharmacy,
    ChoosePlace,
    Intent,
    Phrase,
    RequestPlace,
    Say,
    TakeDistrict,
    TakePharmacy,
    TellRules,
    Told,
    Understanding,
)
from shared.dialog.doubtful import (
    KEPT,
    asks_for_a_place,
    candidates,
    decide_again,
    may_offer,
)
from shared.dialog.questions import REGION
from shared.dialog.values import Channel, Reply, State, Utterance, pack, unpack
from shared.names.resolution import Resolution
from tests.small_world import NOW, SNAPSHOT, heard_districts, heard_pharmacies

CHANNEL = Channel("test", operator="1922", keys=True)
DAAN, SEA = "台北市大安區", "台中市大安區"
MISHEARD = Understanding(doubtful=heard_districts(DAAN, SEA))


def turn(state: State | None, understood: Understanding) -> tuple[State, Reply]:
    """What follows an utterance that is understood so."""
    return dialogue.take_turn(state, Utterance(text="…"), understood, SNAPSHOT, NOW, CHANNEL)


def acts(*intents: Intent, names: Resolution | None = None) -> Understanding:
    """An utterance that asks these, in this order."""
    return Understanding(tuple(Act(one, names=names) for one in intents), names)


def test_nothing_is_offered_when_it_was_heard_for_the_first_time() -> None:
    """What is too unsure to be asked about is kept; the line says that it did not understand."""
    state, reply = turn(None, MISHEARD)
    assert isinstance(reply.outcome, o.NotUnderstood)
    assert reply.options == ()
    assert state.doubtful == (TakeDistrict(DAAN), TakeDistrict(SEA))


def test_what_is_likely_is_asked_about_rather_than_the_place() -> None:
    """「您說的是大安區嗎」 tells more than 「請問您在哪一區」 of what was half heard."""
    likely = replace(MISHEARD, likely=True)
    _, reply = turn(None, likely)
    assert isinstance(reply.outcome, o.AmbiguousPlace)
    asked = replace(likely, acts=(Act(Intent.ASK),))
    state, reply = turn(None, asked)
    assert isinstance(reply.outcome, o.AmbiguousPlace)
    state, reply = turn(state, acts(Intent.NO))
    assert isinstance(reply.outcome, o.AskPlace)


def test_what_needs_no_place_is_answered_whatever_may_have_been_named() -> None:
    """Who asks what to bring is told so; a name that was half heard is only kept."""
    topic = Understanding((Act(Intent.RULES, "bring"),), doubtful=MISHEARD.doubtful, likely=True)
    state, reply = turn(None, topic)
    assert not isinstance(reply.outcome, o.AmbiguousPlace)
    assert state.doubtful


def test_who_asks_on_is_offered_what_she_may_have_named() -> None:
    """「他們電話幾號」 after a place that was not heard: which one, and then its number."""
    state, _ = turn(None, MISHEARD)
    state, reply = turn(state, acts(Intent.PHONE))
    assert isinstance(reply.outcome, o.AmbiguousPlace)
    assert [place.key for place in reply.outcome.places] == [DAAN, SEA]
    _, reply = turn(state, acts(Intent.CHOOSE1))
    assert isinstance(reply.outcomes[0], o.Found)
    assert reply.outcomes[0].pharmacy.district.key == DAAN
    assert isinstance(reply.outcomes[1], o.PhoneTold)


def test_who_is_not_understood_twice_is_offered_what_was_found_twice_first() -> None:
    """What sounds like both utterances comes before what sounds like one of them."""
    state, _ = turn(None, MISHEARD)
    _, reply = turn(state, Understanding(doubtful=heard_districts(SEA, "新北市坪林區")))
    assert isinstance(reply.outcome, o.AmbiguousPlace)
    assert [place.key for place in reply.outcome.places][:2] == [SEA, DAAN]


def test_pharmacies_are_offered_like_places() -> None:
    """「澄和藥局」 that was not heard, and 「賣到幾點」."""
    ids = ("9002410001", "9002200001")
    state, _ = turn(None, Understanding(doubtful=heard_pharmacies(*ids)))
    assert state.doubtful == tuple(map(TakePharmacy, ids))
    _, reply = turn(state, acts(Intent.SALE))
    assert isinstance(reply.outcome, o.AmbiguousPharmacy)
    assert [one.id for one in reply.outcome.pharmacies] == list(ids)


def test_it_is_offered_once() -> None:
    """Who says that it is none of them is asked for the place."""
    state, _ = turn(None, MISHEARD)
    state, _ = turn(state, acts(Intent.NEXT))
    state, reply = turn(state, acts(Intent.NO))
    assert isinstance(reply.outcome, o.AskPlace)
    assert state.doubtful == ()


def test_once_a_place_is_known_nothing_is_kept() -> None:
    """A name that is heard, or a call begun anew, leaves nothing of what was misheard before."""
    state, _ = turn(None, MISHEARD)
    told, _ = turn(state, acts(Intent.ASK, names=heard_districts(DAAN, sure=True)))
    assert told.doubtful == ()
    anew, _ = turn(state, acts(Intent.RESTART))
    assert anew.doubtful == ()


def test_what_is_kept_travels_in_the_state_and_stays_small() -> None:
    """In its text form, and never more than those of two utterances."""
    state, _ = turn(None, MISHEARD)
    assert unpack(pack(state)) == state
    for keys in (("新北市坪林區", "新北市板橋區"), ("台北市中山區", "台北市士林區"), (DAAN,)):
        state, _ = turn(state, Understanding(acts(Intent.HELP).acts, None, heard_districts(*keys)))
    assert len(state.doubtful) <= KEPT


def test_what_is_far_less_likely_than_the_first_is_no_candidate() -> None:
    """Three options that hold one likely place only make the choice harder."""
    found = heard_districts(DAAN, SEA)
    one, other = found.districts
    weak = type(other)(other.district, one.score / 20)
    assert candidates(Resolution("…", found.meant, districts=(one, weak))) == (TakeDistrict(DAAN),)


@pytest.mark.parametrize(
    ("told", "asks", "offers"),
    [
        (RequestPlace(), True, True),
        (RequestPlace(why="nearer"), True, True),
        (RequestPlace("台北市"), False, False),
        (RequestPlace(why=REGION), True, False),
        (Say(Phrase.NEED_PHARMACY), True, True),
        (Say(Phrase.NOT_UNDERSTOOD, 1), False, True),
        (Say(Phrase.NOT_UNDERSTOOD, 2), True, True),
        (Say(Phrase.NOT_HEARD, 2), False, False),
        (Say(Phrase.HELP), False, False),
        (TellRules("price"), False, False),
        (ChoosePlace((DAAN, SEA)), False, False),
    ],
    ids=str,
)
def test_what_may_have_been_named_stands_in_for_a_question_for_the_place(
    told: Told, asks: bool, offers: bool
) -> None:
    """Where it is asked for, or nothing was understood for a second time; what was likely at once,
    but for a part of the country and where the county is known already."""
    assert (asks_for_a_place(told), may_offer(told)) == (asks, offers)


def test_what_is_likely_is_asked_about_behind_another_answer() -> None:
    """「一個人可以買幾片，大安期有嗎」: the rules, and 「是大安區嗎」."""
    acts = (Act(Intent.RULES, "bring"), Act(Intent.ASK))
    _, reply = turn(None, Understanding(acts, doubtful=MISHEARD.doubtful, likely=True))
    assert [type(one) for one in reply.outcomes] == [o.RulesTold, o.AmbiguousPlace]


def test_what_is_asked_of_what_was_misheard_waits_with_what_waited_before() -> None:
    """Its number alone: what asks of no pharmacy does not wait; what waits already stays."""
    state, _ = turn(None, MISHEARD)
    state, _ = turn(state, acts(Intent.PHONE, Intent.ASK))
    assert state.waiting == ("phone",)
    before = State(waiting=("address",), doubtful=(TakeDistrict(DAAN),))
    again = decide_again(before, before, (RequestPlace(),), acts(Intent.PHONE))
    assert again[0].waiting == ("address",)


def test_in_another_language_nothing_is_kept() -> None:
    """What was misheard in one is no word of the other; nor is it offered there."""
    state, _ = turn(None, MISHEARD)
    english = Understanding((Act(Intent.LANGUAGE, "english"),), doubtful=MISHEARD.doubtful)
    state, _ = turn(state, english)
    assert state.doubtful == ()


def test_three_of_the_first_one_s_kind_are_offered() -> None:
    """Of places and pharmacies that may have been named those that are like the likeliest."""
    places = tuple(TakeDistrict(key) for key in (DAAN, SEA, "新北市坪林區", "新北市板橋區"))
    shops = tuple(map(TakePharmacy, ("9001060001", "9001060002")))
    for doubtful, offered in (
        ((*shops[:1], *places, *shops[1:]), ChoosePharmacy(("9001060001", "9001060002"))),
        ((*places, *shops), ChoosePlace((DAAN, SEA, "新北市坪林區"))),
        ((*shops, *(TakePharmacy(f"{n}") for n in range(4))), None),
    ):
        before = State(doubtful=doubtful[:KEPT])
        _, told = decide_again(before, before, (RequestPlace(),), Understanding())
        wanted = offered or ChoosePharmacy(("9001060001", "9001060002", "0"))
        assert told == (wanted,)


def test_the_candidates_of_two_utterances_are_kept() -> None:
    """Six: three each, those found before them first."""
    old = tuple(TakeDistrict(f"{n}") for n in range(5))
    before = State(doubtful=old)
    kept, _ = decide_again(before, before, (Say(Phrase.HELP),), MISHEARD)
    assert kept.doubtful == (*old, TakeDistrict(DAAN))
    assert KEPT == 6
