"""What a sentence may mean, weighed by what callers say: each share below is of a hundred callers.

The posterior of `shared/compiled` against the same by definition, reading by reading. A share or a
cost that is another in the product is seen here, by a factor that its reading has too much.
"""

import math
from collections.abc import Sequence

import pytest

from shared.names import Hints
from shared.names.index import index_of
from shared.names.likelihood import likelihoods
from shared.names.posterior import Posterior
from shared.names.prior import prior_of
from shared.places.districts import by_key
from tests import small_feed
from tests.names.test_likelihood import Definition

INDEX = index_of(small_feed.snapshot().catalog)
SHOPS = {pharmacy.name: pharmacy for pharmacy in INDEX.pharmacies}

A_PLACE, A_LANDMARK, A_SHOP = 50, 10, 50
"""of a hundred callers name a district, a landmark, a pharmacy; one sentence may do several"""
PLACE_TOO, NAME_ALONE = 75, 25
"""of those who name a pharmacy: with its district, and without"""
COUNTY_BEFORE_NAME = 11
"""name a pharmacy behind its county, and no district"""
UNKNOWN_SHOP = 2
"""name a pharmacy that no name of the feed fits"""
COUNTY_ALONE, NOTHING = 2, 5

ALIKE = 1.35
"""the sounds of one sentence are heard well or badly together: its evidence counts so much less"""
NEVER = -1e9


def share(*of_a_hundred: float) -> float:
    """The logarithm of the chance of these together."""
    return sum(math.log(one / 100) for one in of_a_hundred)


class Readings(Definition):
    """Each reading of a sentence with its weight: a logarithm."""

    def __init__(self, text: str, hints: Hints) -> None:
        super().__init__(text, INDEX)
        self.prior = prior_of(text, hints, INDEX)
        self.count = INDEX.districts_count
        self.lines = {number: self.line(number) for number in range(len(INDEX.names.texts))}
        self.kind = self.kinds()

    def weighed(self) -> Posterior:
        """What the library makes of it."""
        heard = INDEX.tables.heard(self.sounds)
        return likelihoods(heard, self.around, INDEX, self.prior)

    def line(self, number: int) -> list[float]:
        """A name and what stands behind it, by the place where it begins."""
        rows, self.rows = self.rows, self.rows[::-1]
        begun = self.follow(INDEX.spoken, number, self.tail[::-1])[::-1]
        self.rows = rows
        return begun

    def kinds(self) -> list[float]:
        """藥局 or its like, at each place or later."""
        every = [self.line(number) for number in range(len(self.lines), len(INDEX.spoken.lengths))]
        best = [max(column) for column in zip(*every, strict=True)]
        return [max(best[at:]) for at in range(len(best))]

    def ends(self, number: int) -> list[float]:
        """A place behind its county or without, by the place where it ends."""
        return [at + float(self.prior.places[number]) for at in self.ended(number)]

    def district(self, number: int) -> list[float]:
        """The same of a district, or of its county alone."""
        county = self.county(int(INDEX.county_of[number]))
        told = zip(self.ends(number), county, strict=True)
        return [max(e, c + share(COUNTY_BEFORE_NAME)) for e, c in told]

    def led_to(self, behind: Sequence[float]) -> list[float]:
        """What comes behind a place, with strangers between them, or 「的」."""
        led = [
            max(b - (at - i) for at, b in enumerate(behind) if at >= i) for i in range(len(behind))
        ]
        possessive = [row[INDEX.tables.lexicon.possessive] for row in self.rows]
        of = [b + max(row, -1.0) for row, b in zip(possessive, behind[1:], strict=True)]
        return [max(both) for both in zip(led, [*of, NEVER], strict=True)]

    def known(self, name: int) -> float:
        """What is likelier about a name by itself."""
        found = float(INDEX.names.prior[name])
        return found + 4.0 * (name in self.prior.written) + 4.0 * (name in self.prior.names)

    def of_place(self, number: int) -> float:
        """A district or a landmark, and no name."""
        landmarks = len(INDEX.county_of) - self.count
        said = share(A_PLACE) - math.log(self.count)
        said = said if number < self.count else share(A_LANDMARK) - math.log(landmarks)
        return best_sum(self.ends(number), self.tail) + said

    def of_county(self, number: int) -> float:
        """A county alone."""
        return best_sum(self.county(number), self.tail) + share(COUNTY_ALONE) - math.log(22)

    def of_unlisted(self, number: int) -> float:
        """A pharmacy of a name that nobody knows, in a district."""
        later = self.led_to([*self.kind[1:], NEVER])
        said = share(A_PLACE, UNKNOWN_SHOP) - math.log(self.count)
        return best_sum(self.district(number), later) + said

    def of_name(self, name: int) -> float:
        """A name alone: as likely as it has bearers in likely places; nothing that adds nothing."""
        evidence = best_sum(self.front, self.lines[name])
        if evidence < self.around.nothing + 2.0:
            return NEVER
        bearers = sum(
            math.exp(INDEX.names.posting_log_size[one] + self.prior.places[self.where(one)])
            for one in INDEX.names.postings_of(name)
        )
        said = share(A_SHOP, NAME_ALONE) - math.log(len(INDEX.pharmacies))
        return evidence + math.log(bearers) + self.known(name) + said

    def of_posting(self, posting: int, name: int) -> float:
        """A name in a district: better than the district alone, or nothing."""
        district = self.district(self.where(posting))
        best = best_sum(district, self.led_to(self.lines[name]))
        if best < best_sum(district, self.tail) + 2.0:
            return NEVER
        size = float(INDEX.names.posting_log_size[posting])
        said = share(A_SHOP, PLACE_TOO) - math.log(len(INDEX.pharmacies))
        return best + size + self.known(name) + said

    def of_nothing(self) -> float:
        """Everyday words alone, or a pharmacy of a name that nobody knows, wherever."""
        unnamed = best_sum(self.front[:-1], self.kind[1:]) + share(UNKNOWN_SHOP)
        return max(unnamed, self.around.nothing) + share(NOTHING)

    @staticmethod
    def where(posting: int) -> int:
        """The district of a posting."""
        return int(INDEX.names.posting_district[posting])


def best_sum(one: Sequence[float], other: Sequence[float]) -> float:
    """Where two meet best."""
    return max(a + b for a, b in zip(one, other, strict=True))


LAST = Hints(place=by_key()["台中市大安區"], offered_pharmacies=(SHOPS["德昇藥局"],))
SENTENCES = [
    ("台北市大安區的長青藥局", Hints()),
    ("大安那邊長青要局有嗎", LAST),
    ("花蓮的洄瀾藥局", Hints()),
    ("德生藥局", LAST),
    ("台中那邊", Hints(area_code="04")),
    ("大安區的藥局", Hints()),
    ("台大醫院附近", Hints()),
    ("文山那個景美", Hints()),
    ("和平東路", Hints()),
    ("宏民幺局還有沒有", Hints()),
]


@pytest.mark.parametrize(("text", "hints"), SENTENCES)
def test_each_reading_is_as_likely_as_callers_mean_it(text: str, hints: Hints) -> None:
    """Of the likeliest of each kind: by how much one is likelier than another."""
    told = Readings(text, hints)
    found = told.weighed()
    pairs = [(float(found.nothing), told.of_nothing())]
    for chances, weighed in (
        (found.place, told.of_place),
        (found.county, told.of_county),
        (found.unlisted, told.of_unlisted),
    ):
        pairs += [(float(chances[i]), weighed(i)) for i in chances.argsort()[-3:].tolist()]
    for i in found.alone.argsort()[-4:].tolist():
        pairs.append((float(found.alone[i]), told.of_name(int(found.names[i]))))
    for i in found.there.argsort()[-4:].tolist():
        name = int(found.names[found.beside[i]])
        weight = told.of_posting(int(found.postings[i]), name)
        pairs.append((float(found.there[i]), weight))
    most = max(pairs)
    for chance, weight in pairs:
        expected = (weight - most[1]) / ALIKE
        if expected > -25:
            assert math.log(chance / most[0]) == pytest.approx(expected, abs=5e-3)
        else:
            assert chance < most[0] * 1e-10
