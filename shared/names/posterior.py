"""What may have been meant, with its probability, and sums of it over what is one to a caller."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from shared.names.gazetteer import Places
from shared.names.index import NameIndex
from shared.names.resolution import Meant
from shared.phonetics.confusions import Matrix
from shared.places.districts import all_districts

Ranked = list[tuple[float, int]]
"""candidates, each with what it is ranked by, the best first and of equal ones the first"""


@dataclass(frozen=True, slots=True, eq=False)
class Posterior:
    """Posterior probabilities, summing to 1, and what they are about."""

    place: Matrix
    """(places,): that district or landmark and no name"""
    unlisted: Matrix
    """(districts,): a pharmacy in that district, by a name that fits none"""
    county: Matrix
    """(22,): that county alone"""
    names: Places
    """(names,): candidates, by their number in the index"""
    alone: Matrix
    """(names,): that name, wherever"""
    postings: Places
    """(postings,): candidates, by their number in the index"""
    there: Matrix
    """(postings,): that name in that district"""
    beside: Places
    """(postings,): the place of their name in `names`"""
    nothing: float
    """no place and no name"""
    of_kind: Mapping[Meant, float]
    """the share of each kind; a pharmacy that is not listed counts as its district"""
    unlisted_share: float
    """of all pharmacies that are not listed"""
    in_district: Matrix
    """(districts,): the share of all that lies in each district, however it was meant"""
    of_name: Matrix
    """(names,): the share of each name, wherever it is borne"""
    place_ratio: Matrix
    """(places,): log-likelihood ratio of each place against everyday speech"""
    county_ratio: Matrix
    """(22,): the same of each county"""
    name_ratio: Matrix
    """(names,): the same of each candidate name, whatever stands before it"""
    shop_ratio: float
    """the same of 藥局 or its like, of whatever name"""
    told: Mapping[Meant, Ranked]
    """of each kind the three candidates with the highest ratio"""
    likeliest: Mapping[Meant, Ranked]
    """of each kind the six with the highest share, be it of a name or of all that lies in a
    district; a name's number is its place in `names`"""

    def best(self, meant: Meant) -> int:
        """The likeliest of a kind, of which there is one."""
        return self.likeliest[meant][0][1]

    def there_of(self, name: int) -> slice:
        """Where the postings of a candidate stand in `postings`; they follow their names."""
        first = self.beside.searchsorted(name)
        return slice(int(first), int(self.beside.searchsorted(name, "right")))


@cache
def namesakes() -> Mapping[str, list[int]]:
    """District name → its numbers: 大安區 is two districts."""
    groups: dict[str, list[int]] = {}
    for number, district in enumerate(all_districts()):
        groups.setdefault(district.name, []).append(number)
    return groups


def weighed_postings(name: int, posterior: Posterior, index: NameIndex) -> dict[int, float]:
    """The postings of a candidate name, and how much of the posterior lies in each."""
    postings = index.names.postings_of(posterior.names.item(name))
    sizes = np.exp(index.names.posting_log_size[postings.start : postings.stop]).astype(float)
    weights = posterior.alone.item(name) / sizes.sum() * sizes
    mine = posterior.there_of(name)
    weights[posterior.postings[mine] - postings.start] += posterior.there[mine]
    return dict(enumerate(weights.tolist(), postings.start))
