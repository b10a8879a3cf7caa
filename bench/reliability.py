"""How often an answer of some score is right: whether a score that is called calibrated is one."""

from collections.abc import Sequence
from itertools import pairwise

from bench.spoken import Row
from shared.names.resolution import Meant, Resolution

_EDGES = (0.0, 0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 1.01)
_PHARMACY, _PLACE, _ROAD = "pharmacy", "place", "road"


def scored(got: Resolution) -> tuple[str, float] | None:
    """The kind and the score of the first answer; None for a county alone and for nothing.

    Of namesakes (大安區, wherever it is) the scores count together: they share what was heard.
    """
    match got.meant:
        case Meant.PHARMACY if got.pharmacies:
            return _PHARMACY, got.pharmacies[0].score
        case Meant.ROAD if got.roads:
            road = got.roads[0].road
            return _ROAD, sum(one.score for one in got.roads if one.road == road)
        case Meant.DISTRICT | Meant.LANDMARK if got.districts:
            name = got.districts[0].district.name
            return _PLACE, sum(m.score for m in got.districts if m.district.name == name)
    return None


def print_reliability(answers: Sequence[tuple[Row, Resolution]]) -> None:
    """Print, for each kind and bin of scores, how often the first answer was right."""
    print("score beside how often the first answer is right; of all rows, faint and lost too")
    found = [(one, row.answered_by(got)) for row, got in answers if (one := scored(got))]
    for kind in (_PLACE, _PHARMACY, _ROAD):
        mine = [(score, right) for (of, score), right in found if of == kind]
        for low, high in pairwise(_EDGES):
            inside = [(score, right) for score, right in mine if low <= score < high]
            if inside:
                mean = sum(score for score, _ in inside) / len(inside)
                right = sum(right for _, right in inside) / len(inside)
                edges = f"{low:4.2f}-{min(high, 1):4.2f}"
                print(f"{kind:9} {edges} {len(inside):5} {mean:6.1%} {right:6.1%}")
