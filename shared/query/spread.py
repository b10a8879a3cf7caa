"""Callers spread over pharmacies that would serve them equally well, in proportion to stock.

Why so stands in docs/decisions/spreading.md.
"""

import hashlib
import math
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from shared.catalog import Pharmacy

BUSY = 10_000
"""Calls over which the spread must be even: a district's on a bad day."""

CHANCE = 2.0
"""Standard deviations by which chance may favour one of them. With it, among 10,000 callers with
random seeds some pharmacy got over 1.2 times its share of the stock in 3 % of the districts of the
feed of 2020-03-03, without it in 18 %."""

LEAST = 0.1
"""A small stock keeps at least this part of its weight."""

_GOLDEN = (math.sqrt(5) - 1) / 2
"""The golden ratio: the fractions of its multiples spread evenly (Fibonacci hashing)."""

_BYTES = 8
_LARGEST = int.from_bytes(b"\xff" * _BYTES)
"""Of the numbers that are drawn."""


@dataclass(frozen=True, slots=True)
class Group:
    """Equally good choices, at least one, and what callers are spread over them by."""

    pharmacies: Sequence[Pharmacy]
    weights: Sequence[float]

    @classmethod
    def of(cls, pharmacies: Sequence[Pharmacy], stocks: Sequence[int]) -> "Group":
        """The group of `pharmacies`, which have so many left."""
        return cls(pharmacies, list(_weights(stocks)))


def spread(seed: int, group: Group) -> Iterator[Pharmacy]:
    """Equally good choices in an order of this caller's own.

    Who comes first: the weights laid end to end, and the caller's multiple of the golden ratio on
    them; over many callers each comes first in proportion to its weight, and callers numbered in a
    row more evenly than by lot. The others follow by lot in the same proportion (Efraimidis and
    Spirakis 2006: the largest of u^(1 / weight)).
    """
    ends = list(accumulate(group.weights))
    first = bisect_left(ends, seed * _GOLDEN % 1 * ends[-1])
    yield group.pharmacies[first]
    drawn = [
        (_lot(seed, pharmacy) ** (1 / weight), place)
        for place, (pharmacy, weight) in enumerate(
            zip(group.pharmacies, group.weights, strict=True)
        )
        if place != first
    ]
    yield from (group.pharmacies[place] for _, place in sorted(drawn, reverse=True))


def _weights(stocks: Sequence[int]) -> Iterator[float]:
    """The stocks, each less what chance may send too many of many callers to it.

    A share p of n callers swings by √(p·n), for a small stock by much of what it has.
    """
    total = sum(stocks)
    for left in stocks:
        swing = CHANCE * math.sqrt(left * total / BUSY)
        yield max(left - swing, left * LEAST)


def _lot(seed: int, pharmacy: Pharmacy) -> float:
    """0–1, drawn from the conversation's seed and the pharmacy's id."""
    drawn = hashlib.blake2s(f"{seed}:{pharmacy.id}".encode(), digest_size=_BYTES)
    return int.from_bytes(drawn.digest()) / _LARGEST
