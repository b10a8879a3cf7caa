"""What may have been named is kept while no place is known, and offered where it is needed."""

from dataclasses import replace

from shared import outcomes as o
from shared.dialog import take_turn as dialogue
from shared.dialog.acts import Act, Intent, TakeDistrict, TakePharmacy, Understanding
from shared.dialog.doubtful import KEPT, candidates
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
