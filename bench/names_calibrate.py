"""Fits how far a reading can be trusted, and writes `calibration.yaml`.

    python -m bench.names_calibrate

A reading counts as trustworthy where it is right and more than a shadow of the name was heard
(tiers clean and hard). The features of each row come from a channel that was counted without it,
so that trust is not learned from rows that the channel knows by heart. Five or six weights for some
two hundred rows each, kept small by a ridge: too few to learn single rows.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.names_fit import count
from bench.spoken import Row, catalog, folds
from shared.catalog import Catalog
from shared.names.index import NameIndex
from shared.names.judge import Reading
from shared.names.resolution import Meant
from shared.names.resolve import best_reading, resolve
from shared.phonetics import channel

Features = NDArray[np.float64]
Weights = dict[str, dict[str, float]]

_TARGET = Path(__file__).parent.parent / "shared" / "names" / "calibration.yaml"
_RIDGE = 1.0
_NAMES = {
    "district": ("belief", "near", "alike", "length"),
    "pharmacy": ("belief", "near", "alike", "whole", "placed", "near_place"),
}


@dataclass(frozen=True, slots=True)
class Judged:
    """The best reading of one row, and whether it deserves trust."""

    row: Row
    kind: str
    """district, pharmacy"""
    reading: Reading
    good: bool


def judged(rows: list[Row], index: NameIndex) -> list[Judged]:
    """The best readings of all rows in which anything was recognised."""
    found = []
    for row in rows:
        resolution = resolve(row.heard, index)
        reading = best_reading(row.heard, index)
        if reading is None or resolution.meant not in (Meant.DISTRICT, Meant.PHARMACY):
            continue
        found.append(
            Judged(
                row, resolution.meant.value, reading, row.heard_well and row.answered_by(resolution)
            )
        )
    return found


def gather(names: Catalog) -> list[list[Judged]]:
    """The readings of each of five parts, through a channel counted on the other four."""
    parts = []
    for others, part in folds(5):
        parts.append(judged(part, NameIndex.of(names, channel.evidence(count(others)))))
    return parts


def fit(readings: list[Judged]) -> Weights:
    """The weights of both kinds."""
    weights = {}
    for kind, names in _NAMES.items():
        mine = [x for x in readings if x.kind == kind and not x.reading.doubtful]
        table = np.array([[x.reading.features[name] for name in names] for x in mine])
        good = np.array([x.good for x in mine], float)
        weights[kind] = dict(zip(("bias", *names), _logistic(table, good), strict=True))
    return weights


def _logistic(table: Features, good: Features) -> list[float]:
    """Bias and weights of a logistic regression with a ridge on the standardised columns."""
    mean, spread = table.mean(axis=0), table.std(axis=0) + 1e-9
    columns = np.column_stack([np.ones(len(table)), (table - mean) / spread])
    ridge = np.diag([1e-6] + [_RIDGE] * table.shape[1])
    weights = np.zeros(columns.shape[1])
    for _ in range(50):  # Newton's steps; ten are enough
        chance = 1 / (1 + np.exp(-columns @ weights))
        slope = columns.T @ (chance - good) + ridge @ weights
        bend = (columns.T * (chance * (1 - chance))) @ columns + ridge
        weights -= np.linalg.solve(bend, slope)
    plain = weights[1:] / spread
    return [float(weights[0] - plain @ mean), *map(float, plain)]


def _as_yaml(weights: Weights) -> str:
    lines = [
        "# Weights of the sums from which `judge.py` tells how far a reading can be trusted.",
        "# Fitted by `python -m bench.names_calibrate` (see there); not to be edited by hand.",
    ]
    for kind, mine in weights.items():
        cells = ", ".join(f"{name}: {weight:.2f}" for name, weight in mine.items())
        lines.append(f"{kind}: {{{cells}}}")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write the weights fitted on all rows."""
    weights = fit([x for part in gather(catalog()) for x in part])
    _TARGET.write_text(_as_yaml(weights), encoding="utf-8")
    print(_TARGET.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
