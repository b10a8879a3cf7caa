"""What everyday speech foretells: how many sightings are believed, and how far it may go."""

import math

import pytest

from shared.names.background import (
    ANY,
    EDGE,
    NAME,
    Gram,
    Grams,
    background,
    classes,
    model,
    spelled,
)
from shared.phonetics.channel import log_background
from shared.phonetics.pronunciations import pronunciation_of
from shared.phonetics.syllables import folded, syllables

SOUND = (pronunciation_of("買") or (0,))[0]
CLASS = classes()[SOUND]


def _usual() -> float:
    """How often a syllable of this class is heard, wherever."""
    bare = {(s.initial, s.final): number for number, s in enumerate(syllables())}
    same = [number for number in bare.values() if folded()[number] == folded()[SOUND]]
    return sum(math.exp(log_background()[number]) for number in same)


def _gain(counts: dict[Gram, float]) -> float:
    """What one syllable at the beginning of an utterance gains by these counts."""
    return Grams(counts, {}).sums([SOUND], named=False)[-1]


@pytest.mark.parametrize(("before", "sightings"), [((), 20.0), ((EDGE,), 3.0), ((EDGE, EDGE), 1.5)])
def test_after_so_many_sightings_a_context_is_believed_by_half(
    before: Gram, sightings: float
) -> None:
    """Always this syllable behind it: then it is half certain, and half as likely as anywhere."""
    counts = {(*before, CLASS): sightings, (*before, ANY): sightings}
    half = (1 + _usual()) / 2
    assert _gain(counts) == pytest.approx(math.log(half / _usual()), abs=0.02)


@pytest.mark.parametrize("last", [(EDGE,), (EDGE, EDGE)])
def test_a_name_is_believed_after_three(last: Gram) -> None:
    """It stands next one time in ten; behind a context that had three names in three, half of all
    the times and half of those."""
    opened = Grams({(*last, NAME): 3.0, (*last, ANY): 3.0}, {}).sums([])[-1]
    assert opened == pytest.approx(math.log((1 + 0.1) / 2 / 0.1), abs=0.01)


def test_what_is_never_heard_speaks_for_a_name_only_so_far() -> None:
    """A syllable that everyday speech never has is a little evidence, and no more than that."""
    assert -0.75 < _gain({(ANY,): 1e6}) < -0.25


def test_where_a_name_never_stands_one_may_stand_all_the_same() -> None:
    """Some fifty times less likely: nobody has written down all that is said."""
    closed = Grams({(EDGE, ANY): 1e6, (EDGE, EDGE, ANY): 1e6}, {}).sums([])[-1]
    assert 1 / 100 < math.exp(closed) < 1 / 25
    rarer = Grams({(EDGE, ANY): 3.0}, {}).sums([])[-1]
    assert math.exp(rarer) == pytest.approx(1 / 2), "three times without a name"


def test_what_is_always_said_is_evidence_of_two_syllables_of_a_name() -> None:
    """However rare it is elsewhere: a name that sounds the same must be told by the rest."""
    rarest = min(range(len(syllables())), key=lambda number: log_background()[number])
    counts: dict[Gram, float] = {(classes()[rarest],): 1e9, (ANY,): 1e9}
    assert 5 < Grams(counts, {}).sums([rarest], named=False)[-1] < 9


def test_everyday_speech_stands_around_names_by_a_tenth() -> None:
    """Ten sightings without a name are worth one with a name."""
    gram = (EDGE, EDGE, CLASS)
    without, with_name = model({}, {gram: 10.0}, {}), model({gram: 1.0}, {}, {})
    for one, other in (
        (without.forward, with_name.forward),
        (without.backward, with_name.backward),
    ):
        assert list(one.sums([SOUND])) == pytest.approx(list(other.sums([SOUND])))
    assert without.everyday.sums([SOUND])[-1] > with_name.everyday.sums([SOUND])[-1]


def test_tones_are_told_as_often_as_they_were_heard() -> None:
    """Of a class heard eight times in one tone, and two sightings of each of five besides: ten of
    eighteen, against one of five; and of tones never heard with it two of eighteen."""
    tone = syllables()[SOUND].tone
    heard = model({}, {}, {(CLASS, tone): 8.0}).everyday
    without = model({}, {}, {}).everyday
    gained = heard.sums([SOUND], named=False)[-1] - without.sums([SOUND], named=False)[-1]
    assert gained == pytest.approx(math.log(10 / 18 * 5), abs=1e-3)
    for tone_of, sound in {s.tone: n for n, s in enumerate(syllables()) if s.tone}.items():
        told = model({}, {}, {(classes()[sound], tone_of): 8.0}).everyday
        assert told.sums([sound], named=False)[-1] == pytest.approx(gained)
    other = model({}, {}, {(CLASS, tone % 5 + 1): 4.0, (CLASS, (tone + 1) % 5 + 1): 4.0}).everyday
    lost = other.sums([SOUND], named=False)[-1] - without.sums([SOUND], named=False)[-1]
    assert lost == pytest.approx(max(math.log(2 / 18 * 5), -0.5), abs=1e-3)


def test_a_sentence_is_read_from_both_ends() -> None:
    """What stands before a name is learned in its order, what stands behind it backwards, each from
    its edge; what lies between two names tells nothing of either."""
    ask = (pronunciation_of("請") or (0,))[0]
    before = (EDGE, classes()[ask], CLASS)
    learned, nothing = model({before: 50.0}, {}, {}), model({}, {}, {})
    assert learned.forward.sums([ask, SOUND])[2] > nothing.forward.sums([ask, SOUND])[2] + 3
    assert learned.forward.sums([SOUND, ask])[2] < learned.forward.sums([ask, SOUND])[2] - 3
    behind = model({(CLASS, classes()[ask], EDGE): 50.0}, {}, {}).backward
    assert behind.sums([ask, SOUND])[2] > nothing.backward.sums([ask, SOUND])[2] + 3
    between = (CLASS, NAME, NAME), (CLASS, classes()[ask], EDGE)
    told = [list(one.forward.sums([ask, SOUND])) for one in (learned, nothing)]
    for gram in between:
        for counts, expected in (({gram: 50.0}, told[1]), ({gram: 50.0, before: 50.0}, told[0])):
            assert list(model(counts, {}, {}).forward.sums([ask, SOUND])) == expected


def test_an_utterance_has_a_sum_for_each_number_of_its_syllables() -> None:
    """Of none of them everyday words tell nothing; all of them are what no name is weighed by."""
    sounds = [pronunciation_of(one) for one in "請問還有口罩嗎"]
    around = background().around(sounds)
    assert {len(around.front), len(around.tail), len(around.everyday)} == {len(sounds) + 1}
    assert around.everyday[0] == 0
    assert around.nothing == around.everyday[-1] > 10


def test_a_character_counts_by_its_usual_reading() -> None:
    """Whatever else it may be read as."""
    usual, other = pronunciation_of("買"), pronunciation_of("罩")
    either = (*usual, *other)
    assert background().around([either]) != background().around([other])
    for told in ("front", "tail", "everyday"):
        alone = getattr(background().around([usual]), told)
        assert getattr(background().around([either]), told) == alone


def test_classes_are_spelled_as_they_stand_in_the_file() -> None:
    """An edge and a name have signs of their own."""
    assert (spelled(EDGE), spelled(NAME)) == ("^", "*")
    assert spelled(CLASS) == "mai"
    assert spelled(classes()[(pronunciation_of("安") or (0,))[0]]) == "0an"
