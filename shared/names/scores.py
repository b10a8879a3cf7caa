"""Shares of the posterior → scores: the calibrated chance that a match is right.

`confidence` tells whether a name was heard well enough to be relied on, so that one of which hardly
more than a shadow was heard counts as wrong when it is fitted, found or not. How often such a match
is right nevertheless is another question: its answer is a monotone curve over the confidence, which
`bench.names_calibrate` fits (beta calibration: Kull, Silva Filho and Flach 2017).
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shared.names.finding import sound_of
from shared.names.resolution import PharmacyMatch, PlaceMatch, RoadMatch
from shared.names.similarity import Calibration

SCORES = {"place": "place_score", "name": "name_score"}
"""kind of finding → its curve among the weights"""

BESIDE = {"place": "place_beside", "name": "name_beside"}
"""the same of what else is told: the places beside a pharmacy or a road, the pharmacies beside a
place; a curve over their share of the posterior, for of these no confidence is known"""

_HARDLY = 1e-6
"""keeps what is none from being divided by"""


def score_of(kind: str, confidence: float, weights: Calibration) -> float:
    """How often a finding of this `confidence` is right; without a curve as often as that."""
    return _on_curve(confidence, weights.get(SCORES[kind]))


def _on_curve(chance: float, curve: Mapping[str, float] | None) -> float:
    if curve is None:
        return chance
    low, high = curve_features(chance)
    return 1 / (1 + math.exp(-curve["bias"] - curve["low"] * low - curve["high"] * high))


def places_beside(found: Sequence[PlaceMatch], weights: Calibration) -> tuple[PlaceMatch, ...]:
    """Districts that are told beside a pharmacy, a road or a county, best first, with the scores
    of their shares."""
    scores = _beside("place", [match.score for match in found], weights)
    return tuple(map(PlaceMatch, [match.district for match in found], scores))


def names_beside(found: Sequence[PharmacyMatch], weights: Calibration) -> tuple[PharmacyMatch, ...]:
    """The same of pharmacies beside a place or a road."""
    scores = _beside("name", [match.score for match in found], weights)
    return tuple(map(PharmacyMatch, [match.pharmacy for match in found], scores))


def _beside(kind: str, shares: Sequence[float], weights: Calibration) -> list[float]:
    """`shares` → scores, each no more than those before it leave."""
    scores, left = [], 1.0
    for share in shares:
        scores.append(score := min(left, _on_curve(share, weights.get(BESIDE[kind]))))
        left -= score
    return scores


def curve_features(confidence: float) -> tuple[float, float]:
    """What the curve is a logistic of: log c and −log(1 − c)."""
    return math.log(max(confidence, _HARDLY)), -math.log(max(1 - confidence, _HARDLY))


@dataclass(frozen=True, slots=True)
class Scale:
    """How shares of the posterior become scores in one answer."""

    trusted: float
    """share → confidence, at most 1"""
    first: float
    """share → score, of the best match and of what is called or sounds like it"""
    others: float
    """the same of what else may be meant"""

    @classmethod
    def of(cls, share: float, shown: float, confidence: float, score: float) -> "Scale":
        """`share`: of the finding; `shown`: of the best matches together, which get the `score`.

        The others get no more than what is left, and no more for their share than the best.
        """
        first = score / max(shown, _HARDLY)
        left = (1 - score) / max(1 - shown, _HARDLY)
        return cls(confidence / max(share, confidence), first, min(first, left))

    @property
    def heard_well(self) -> float:
        """Score → confidence."""
        return min(1.0, self.trusted / max(self.first, _HARDLY))

    def districts(self, found: Sequence[PlaceMatch]) -> tuple[PlaceMatch, ...]:
        """Districts, best first; those of its name were heard as it was."""
        name = found[0].district.name if found else ""
        scaled = [
            PlaceMatch(m.district, self._scaled(m.score, m.district.name == name)) for m in found
        ]
        return tuple(sorted(scaled, key=lambda match: -match.score))  # a namesake may now be before

    def pharmacies(self, found: Sequence[PharmacyMatch]) -> tuple[PharmacyMatch, ...]:
        """Pharmacies, best first; those that sound like it were heard as it was."""
        first = sound_of(found[0].pharmacy.name) if found else ()
        alike = [sound_of(match.pharmacy.name) == first for match in found]
        scores = map(self._scaled, [match.score for match in found], alike)
        return tuple(map(PharmacyMatch, [match.pharmacy for match in found], scores))

    def roads(self, found: Sequence[RoadMatch]) -> tuple[RoadMatch, ...]:
        """One road, wherever it is."""
        return tuple(RoadMatch(m.district, m.road, self.share(m.score)) for m in found)

    def share(self, share: float) -> float:
        """The score of a match that is called like the best one."""
        return self._scaled(share, as_first=True)

    def _scaled(self, share: float, as_first: bool) -> float:
        return min(1.0, share * (self.first if as_first else self.others))
