"""The telephone and the recogniser as a noisy channel: what a heard syllable tells of a said one.

Evidence is a natural logarithm: log P(heard | said) − log P(heard). 0 tells nothing, +4 speaks
strongly for the said syllable, −4 strongly against it. Evidence of several syllables adds up.

P(heard | said) is a product over initial, final and tone. Each factor starts from the published
table (`confusions.yaml`: exp(−steepness × cost)) and is moved by what was counted in recordings
(`measured.yaml`, written by `python -m bench.names_fit`), in proportion to how much was counted.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

import numpy as np
from numpy.typing import NDArray

from shared.data_tables import table_of
from shared.phonetics.confusions import Matrix, onset_steps, part_costs
from shared.phonetics.syllables import Syllable, syllables

Tally = Mapping[str, Mapping[str, float]]
"""what was said → what was heard for it → how often"""

# Chosen on one half of the spoken rows and confirmed on the other; none matters much within a
# factor of two (`python -m bench.names_fit` prints the figures).
_STEEPNESS = 8.0  # how fast a higher cost becomes less likely
_FLOOR = 0.005  # anything can be written for anything: background noise
_TRUST = 12.0  # counts weigh as much as the table when so many were seen
_OTHER_VOICE = 0.3
"""share of the table in every chance, however much was counted: the counts are of few voices, and
what these never confuse another may. Leaving the voice that is judged out of the fit, 0 finds 77.9
/ 86.3 % of the pharmacies of one other voice and 92.3 / 96.2 of a second, 0.3 finds 85.3 / 91.6 and
94.2 / 98.1; of the voice that most rows have both find the same"""
_TONE_KEPT = 2.3  # log of how much likelier the same tone is than another
_TONE_TRUST = 20.0
_WORST = -5.0  # one bad syllable must not outweigh two good ones


@dataclass(frozen=True, slots=True)
class ConfusionCounts:
    """How often each part of a syllable was heard as which."""

    initials: Tally = field(default_factory=dict)
    finals: Tally = field(default_factory=dict)
    tones: Tally = field(default_factory=dict)


@cache
def measured() -> ConfusionCounts:
    """What was counted in recordings."""
    tables = table_of(__package__, "measured.yaml")
    return ConfusionCounts(tables["initials"], tables["finals"], tables["tones"])


def evidence(counts: ConfusionCounts) -> Matrix:
    """Evidence for every said syllable, by what was heard: (heard, said), float32."""
    total = _tones(counts.tones)
    for part, tally in (("initial", counts.initials), ("final", counts.finals)):
        names, costs = part_costs(part)
        likely = _blend(np.exp(-_STEEPNESS * costs) + _FLOOR, tally, names, _TRUST, _OTHER_VOICE)
        share = _background(part, names)
        at = np.array([names.index(getattr(syllable, part)) for syllable in syllables()])
        total += (np.log(likely) - np.log(share))[np.ix_(at, at)].T
    alone = total.copy()
    for said, twin, cost in onset_steps():
        np.maximum(total[:, said], alone[:, twin] - _STEEPNESS * cost, out=total[:, said])
    return np.maximum(total, _WORST).astype(np.float32)


def _blend(
    prior: NDArray[np.floating],
    tally: Tally,
    names: tuple[str, ...],
    trust: float,
    table: float = 0.0,
) -> NDArray[np.float64]:
    """P(heard | said), (said, heard): the prior's rows, moved by the counts.

    `table`: how much of the prior stays, whatever was counted.
    """
    counted = np.zeros(prior.shape)
    for said, row in tally.items():
        for heard, count in row.items():
            counted[names.index(said), names.index(heard)] = count
    shares = prior / prior.sum(axis=1, keepdims=True)
    rows: NDArray[np.float64] = (counted + trust * shares) / (
        counted.sum(axis=1, keepdims=True) + trust
    )
    rows += table * (shares - rows)
    return rows


def _tones(tally: Tally) -> Matrix:
    names = tuple("12345")
    prior = np.where(np.eye(5, dtype=bool), np.exp(_TONE_KEPT), 1.0)
    likely = np.log(_blend(prior, tally, names, _TONE_TRUST) * len(names))
    table = np.zeros((6, 6))  # tone 0, unknown, tells nothing
    table[1:, 1:] = likely
    at = np.array([syllable.tone for syllable in syllables()])
    spread: Matrix = table[np.ix_(at, at)].T.astype(np.float32)
    return spread


@cache
def log_background() -> NDArray[np.float64]:
    """(syllables,): log P(heard) of each syllable where nothing is known of what was said."""
    total = np.zeros(len(syllables()))
    for part in ("initial", "final"):
        names, _ = part_costs(part)
        share = np.log(_background(part, names))
        total += share[[names.index(getattr(syllable, part)) for syllable in syllables()]]
    return total


def _background(part: str, names: tuple[str, ...]) -> NDArray[np.float64]:
    """How often a part comes up anyway: half as the syllables of Mandarin have it, half evenly."""
    bare: set[Syllable] = {syllable._replace(tone=0) for syllable in syllables()}
    found = np.array([sum(getattr(s, part) == name for s in bare) for name in names], float)
    mixed: NDArray[np.float64] = 0.5 * found / found.sum() + 0.5 / len(names)
    return mixed
