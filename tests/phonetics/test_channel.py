"""What a syllable that was heard says of the one that was said: by the table, and by what was
counted in recordings."""

import math

import numpy as np
import pytest

from shared.phonetics.bulk import Inventory
from shared.phonetics.channel import ConfusionCounts, evidence, log_background, measured
from shared.phonetics.confusions import Matrix, part_costs
from shared.phonetics.syllables import syllables

BY_TABLE = evidence(ConfusionCounts())
"""(heard, said), where nothing was counted"""
NUMBER = {(one.initial, one.final, one.tone): i for i, one in enumerate(syllables())}


def _gain(matrix: Matrix, heard: tuple[str, str, int], said: tuple[str, str, int]) -> float:
    return float(matrix[NUMBER[heard], NUMBER[said]])


BA, PA = ("b", "a", 1), ("p", "a", 1)


def test_the_same_tone_is_ten_times_as_likely_as_another() -> None:
    """In the table; a recogniser that never heard this voice hears most tones right."""
    same, other = _gain(BY_TABLE, BA, BA), _gain(BY_TABLE, ("b", "a", 2), BA)
    assert math.exp(same - other) == pytest.approx(10, rel=0.1)


def test_twenty_tones_that_were_counted_are_believed_by_half() -> None:
    """All of them heard as the second: so is every other one by the counts."""
    counted = evidence(ConfusionCounts(tones={"1": {"2": 20.0}}))
    chance = math.exp(_gain(BY_TABLE, ("b", "a", 2), BA) - _gain(BY_TABLE, BA, BA)) / (1 + 4 / 10)
    expected = math.log((1 + chance) / 2 / chance)
    gained = _gain(counted, ("b", "a", 2), BA) - _gain(BY_TABLE, ("b", "a", 2), BA)
    assert gained == pytest.approx(expected, abs=0.05)


@pytest.mark.parametrize(("counted", "left"), [(1e9, 0.3), (12.0, 0.65)])
def test_what_these_voices_never_confuse_another_may(counted: float, left: float) -> None:
    """Three tenths of the table stay however much was counted, and twelve are believed by half of
    the rest: what was always heard rightly is so much less often heard as something else."""
    heard = evidence(ConfusionCounts(initials={"b": {"b": counted}}))
    lost = _gain(BY_TABLE, PA, BA) - _gain(heard, PA, BA)
    assert math.exp(-lost) == pytest.approx(left, rel=0.02)


def test_an_eighth_of_the_measure_is_a_third_of_the_chance() -> None:
    """ㄓ and ㄗ differ by little, and are written for each other by so much less (e-fold)."""
    names, costs = part_costs("initial")
    row = costs[names.index("zh")]
    near, far = float(row[names.index("z")]), float(row[names.index("ch")])
    bare = ConfusionCounts()
    assert 0 < near < far
    gained = {
        other: _gain(evidence(bare), (other, "a", 1), ("zh", "a", 1))
        - _gain(evidence(bare), (other, "a", 1), (other, "a", 1))
        for other in ("z", "ch")
    }
    assert gained["z"] - gained["ch"] == pytest.approx(8 * (far - near), abs=0.5)


def test_anything_may_be_written_for_anything() -> None:
    """Noise: two hundred times as rarely as what was said, however unlike it is."""
    names, costs = part_costs("initial")
    row = dict(zip(names, costs[names.index("b")].tolist(), strict=True))
    unlike = next((one, "a", 1) for one in names if row[one] == 1 and (one, "a", 1) in NUMBER)
    lost = _gain(BY_TABLE, BA, BA) - _gain(BY_TABLE, unlike, BA)
    usual = log_background()
    assert math.exp(lost + usual[NUMBER[BA]] - usual[NUMBER[unlike]]) == pytest.approx(200, rel=0.2)


def test_one_bad_syllable_does_not_outweigh_two_good_ones() -> None:
    """Nor is it nothing: it costs more than half of what a good one gains."""
    for matrix in (BY_TABLE, evidence(measured())):
        good = np.diag(matrix)
        worst = -float(matrix.min())
        assert float(np.median(good)) / 2 < worst < 2 * float(good.min())


def test_an_unusual_reading_is_taken_at_a_loss() -> None:
    """行 is read háng after xíng: heard so it is less sure, and still far from anything else."""
    usual, unusual, else_ = NUMBER[("x", "ing", 2)], NUMBER[("h", "ang", 2)], NUMBER[BA]
    inventory = Inventory(BY_TABLE)
    known = inventory.number((usual, unusual))
    inventory.settle()
    told = [float(inventory.row((heard,))[known]) for heard in (usual, unusual, else_)]
    assert told[0] - told[1] == pytest.approx(math.log(7.4), abs=0.6)
    assert told[1] - told[2] > math.log(100)
