"""How far Mandarin syllables lie apart: the table `confusions.yaml`, as matrices.

Distances are graded between 0 (the same) and 1 (unrelated); the sources stand in the table.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shared.data_tables import table_of
from shared.phonetics.syllables import Syllable, numbers, syllables

Matrix = NDArray[np.float32]


@cache
def _table() -> Mapping[str, Any]:
    table: Mapping[str, Any] = table_of(__package__, "confusions.yaml")
    return table


@cache
def gaps() -> tuple[float, float]:
    """What a syllable costs that is missing from what was heard, and one that is heard too many."""
    costs = _table()["gaps"]
    return float(costs["missing"]), float(costs["extra"])


@cache
def distances() -> Matrix:
    """Distance of every syllable to every other, by number: (1,900, 1,900) float32, 0 to 1."""
    table = _table()
    number = {(s.initial, s.final): place for place, s in enumerate(_toneless())}
    bodies = _bodies()
    for rule in table["onsets"]:
        bodies = _with_onset(bodies, rule, number)
    rows = np.array([number[(s.initial, s.final)] for s in syllables()])
    tone = np.array([s.tone for s in syllables()])
    full: Matrix = bodies[np.ix_(rows, rows)] + _tone_costs(table["tones"])[np.ix_(tone, tone)]
    return np.minimum(full, np.float32(1))


def _toneless() -> Sequence[Syllable]:
    return [syllable for syllable in syllables() if not syllable.tone]


def _bodies() -> Matrix:
    """Weighed distances of initial and final together, tones left out."""
    total: Matrix = np.zeros((), np.float32)
    for part in ("initial", "final"):
        names, graded = part_costs(part)
        at = [names.index(getattr(syllable, part)) for syllable in _toneless()]
        total = total + np.float32(_table()["weights"][part]) * graded[np.ix_(at, at)]
    return total


def _graded(names: Sequence[str], rules: Iterable[Mapping[str, Any]]) -> Matrix:
    matrix = np.ones((len(names), len(names)), np.float32)
    np.fill_diagonal(matrix, 0)
    for rule in rules:
        for pair in rule["pairs"]:
            left, right = pair.split()
            a, b = names.index(left), names.index(right)
            matrix[a, b] = matrix[b, a] = min(matrix[a, b], rule["cost"])
    return matrix


def part_costs(part: str) -> tuple[tuple[str, ...], Matrix]:
    """The names of all initials or finals (`part`: initial, final) and their graded distances."""
    names = tuple(sorted({str(getattr(syllable, part)) for syllable in syllables()}))
    return names, _graded(names, _table()[part + "s"])


@cache
def onset_steps() -> tuple[tuple[int, int, float], ...]:
    """Syllables that pass for another as a whole: numbers of both, and the cost of the step."""
    steps = []
    for rule in _table()["onsets"]:
        for syllable, number in numbers().items():
            final = rule["finals"].get(syllable.final)
            other = numbers().get(Syllable(rule["to"], final, syllable.tone)) if final else None
            if syllable.initial == rule["from"] and other is not None:
                steps += [(number, other, rule["cost"]), (other, number, rule["cost"])]
    return tuple(steps)


def _with_onset(
    bodies: Matrix,
    rule: Mapping[str, Any],
    number: Mapping[tuple[str, str], int],
) -> Matrix:
    """`bodies`, where a syllable may also pass for what the onset `rule` turns it into."""
    step = np.float32(rule["cost"] * _table()["weights"]["initial"])
    best = bodies.copy()
    for initial, final in number:
        other = number.get((rule["to"], rule["finals"].get(final, "")))
        if initial == rule["from"] and other is not None:
            here = number[(initial, final)]
            through = np.minimum(best[here], bodies[other] + step)
            back = np.minimum(best[other], bodies[here] + step)
            best[here], best[:, here] = through, through
            best[other], best[:, other] = back, back
    np.fill_diagonal(best, 0)
    return best


def _tone_costs(rules: Mapping[str, float]) -> Matrix:
    matrix = np.full((6, 6), rules["cost"], np.float32)
    matrix[2, 3] = matrix[3, 2] = rules["third_second"]
    matrix[5, :] = matrix[:, 5] = matrix[0, :] = matrix[:, 0] = rules["neutral"]
    np.fill_diagonal(matrix, 0)
    return matrix


@cache
def other_reading() -> float:
    """What a reading of a character costs that is not its usual one."""
    return float(_table()["weights"]["other_reading"])
