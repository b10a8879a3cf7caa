"""Callers spread over pharmacies that would serve them equally well, in proportion to stock.

Why so stands in docs/decisions/spreading.md.
"""

import hashlib
import math
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
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
    """Equally good choices, by their id, and what callers are spread over them by."""

    pharmacies: tuple[Pharmacy, ...]
    ids: tuple[bytes, ...]
    weights: tuple[float, ...]
    ends: tuple[float, ...]
    """of the weights laid end to end"""

    @classmethod
    def of(cls, pharmacies: tuple[Pharmacy, ...], stocks: Sequence[int]) -> "Group":
        """The group of `pharmacies`, at least one, which have so many left."""
        weights = tuple(_weights(stocks))
        ids = tuple(pharmacy.id.encode() for pharmacy in pharmacies)
        return cls(pharmacies, ids, weights, tuple(accumulate(weights)))


def spread(seed: int, group: Group) -> Iterator[Pharmacy]:
    """Equally good choices in an order of this caller's own.

    Who comes first: the weights laid end to end, and the caller's multiple of the golden ratio on
    them; over many callers each comes first in proportion to its weight, and callers numbered in a
    row more evenly than by lot. The others follow by lot in the same proportion (Efraimidis and
    Spirakis 2006: the largest of u^(1 / weight)).
    """
    mark = seed * _GOLDEN % 1 * group.ends[-1]
    first = bisect_left(group.ends, mark)
    yield group.pharmacies[first]
    lots = enumerate(_lots(seed, group.ids))
    order = sorted(
        ((lot ** (1 / group.weights[place]), place) for place, lot in lots), reverse=True
    )
    yield from (group.pharmacies[place] for _, place in order if place != first)


def _weights(stocks: Sequence[int]) -> Iterator[float]:
    """The stocks, each less what chance may send too many of many callers to it.

    A share p of n callers swings by √(p·n), for a small stock by much of what it has.
    """
    total = sum(stocks)
    for left in stocks:
        swing = CHANCE * math.sqrt(left * total / BUSY)
        yield max(left - swing, left * LEAST)


def _lots(seed: int, ids: Iterable[bytes]) -> Iterator[float]:
    """0–1 for each of them, drawn from the conversation's seed and the pharmacy's id."""
    begun = hashlib.blake2s(f"{seed}:".encode(), digest_size=_BYTES)
    for id_ in ids:
        drawn = begun.copy()
        drawn.update(id_)
        yield int.from_bytes(drawn.digest()) / _LARGEST
