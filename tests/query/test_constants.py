"""The constants by which choices are put in order, each at its edge."""

import math
from collections import Counter

import pytest

from shared.places.districts import by_key
from shared.query import find_pharmacies
from shared.query.spread import BUSY, CHANCE, LEAST, Group, spread
from tests.products import ADULT
from tests.query.world import HERE, NOW, north, numbers, pharmacy, snapshot

DAAN = by_key()["台北市大安區"]


@pytest.mark.parametrize(("metres", "equal"), [(384, True), (385, False)])
def test_what_is_equally_near_ends_at_500_metres_of_walk(metres: float, *, equal: bool) -> None:
    """Of 384 m in a straight line one walks 499, of 385 one walks 500: that one never comes first,
    whatever it has."""
    feed = snapshot((pharmacy(1, at=north(1)), 20), (pharmacy(2, at=north(metres)), 900))
    firsts = {
        numbers(find_pharmacies(feed, DAAN, ADULT, NOW, near=HERE, seed=seed))[0]
        for seed in range(200)
    }
    assert (2 in firsts) == equal


def test_a_small_stock_is_spared_what_chance_may_send_it() -> None:
    """Of 10,000 callers 100 are its share, give or take 10: it is spared twice that; 9,900 give or
    take 99.5. One with so little that this would leave nothing keeps a tenth."""
    assert BUSY == 10_000
    small, large = Group.of((pharmacy(1), pharmacy(2)), [100, 9_900]).weights
    assert small == pytest.approx(100 - CHANCE * 10)
    assert (CHANCE, LEAST) == (2.0, 0.1)
    assert large == pytest.approx(9_900 - 2 * math.sqrt(9_900))
    tiny, _ = Group.of((pharmacy(1), pharmacy(2)), [1, 9_999]).weights
    assert tiny == pytest.approx(0.1)


def test_callers_in_a_row_are_spread_more_evenly_than_by_lot() -> None:
    """By the multiples of the golden ratio (Fibonacci hashing): of any n in a row each of ten
    equal ones comes first n/10 times, give or take one; by lot √(n·0.09), 9 of 1,000."""
    group = Group.of(tuple(map(pharmacy, range(10))), [50] * 10)
    for begin in (0, 12_345, 2**32 - 500):
        firsts = Counter(next(spread(seed, group)).id for seed in range(begin, begin + 1_000))
        assert len(firsts) == 10
        assert all(abs(times - 100) <= 1 for times in firsts.values())


def test_who_comes_second_is_drawn_in_proportion_to_stock_too() -> None:
    """After a first one, the others' chances are as their weights: of 1 to 3 a quarter."""
    group = Group.of((pharmacy(1), pharmacy(2), pharmacy(3)), [10_000, 10_000, 30_000])
    orders = [numbers(tuple(spread(seed, group))) for seed in range(6_000)]
    weights = dict(zip((1, 2, 3), group.weights, strict=True))
    for first in (1, 2, 3):
        second = [found[1] for found in orders if found[0] == first]
        for other in {1, 2, 3} - {first}:
            expected = weights[other] / (sum(weights.values()) - weights[first])
            assert second.count(other) / len(second) == pytest.approx(expected, abs=0.04)
