"""What `bench.names` judges scores and baselines by, and what a score promises."""

import pytest

from bench.reliability import scored
from bench.sound_distance import SpokenNames
from shared.names import Meant, NameIndex, resolve


def test_a_name_that_stands_there_lies_nowhere_away() -> None:
    """And one that shares a syllable nearer than one that shares none."""
    far = SpokenNames.of(["板橋", "板新", "苓雅"]).distances_to("請問板橋還有口罩嗎")
    assert far[0] == pytest.approx(0)
    assert far[0] < far[1] < far[2]


def test_namesakes_share_what_was_heard(index: NameIndex) -> None:
    """大安區 was heard clearly, and each of the two is as likely: together they are sure."""
    found = resolve("大安區還有口罩嗎", index)
    assert found.districts[0].score == pytest.approx(0.5, abs=0.05)
    kind, score = scored(found) or ("", 0.0)
    assert (kind, found.sure) == ("place", False)
    assert score > 0.9


@pytest.mark.real
def test_pharmacies_that_sound_alike_have_scores_of_their_own(index: NameIndex) -> None:
    """御安, 裕安, 宇安: one of them was meant, so their scores are together no more than one."""
    found = resolve("與安藥局還有口罩嗎", index)
    assert found.meant is Meant.PHARMACY
    assert not found.sure
    names = {match.pharmacy.name for match in found.pharmacies}
    assert len(names & {"御安藥局", "裕安藥局", "宇安藥局"}) >= 2
    assert sum(match.score for match in found.pharmacies) <= 1.001


@pytest.mark.parametrize(("heard", "count"), [("板橋", 1), ("大安區", 2), ("106", 1)])
def test_what_stands_in_full_shares_one_chance(heard: str, count: int, index: NameIndex) -> None:
    """A place that is all of a sentence, or its code: sure where one bears it, else shared evenly;
    and never quite certain, for a recogniser may have written another."""
    found = resolve(heard, index)
    best = found.districts[:count]
    assert found.sure is (count == 1)
    assert {match.score for match in best} == {best[0].score}
    assert 0.9 < sum(match.score for match in best) < 1
    assert sum(match.score for match in found.districts) <= 1
