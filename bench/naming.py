"""Fits how the evidence that something was named is weighed, and tells how well that works.

    python -m bench.naming [ROWS.jsonl …]

Names: the spoken rows of which more than a shadow was heard, and roads and landmarks garbled by
the confusions of sounds. No names: tests/nlu/unnamed/seen.txt. It prints the weights of
`nlu/grammars`, what is kept of the names, and what passes of held.txt, which nothing was fitted to.
"""

import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from bench.spoken import catalog, fit_files, rows_in
from nlu.corpus import Example, misheard
from nlu.evidence import Evidence
from nlu.naming import features, is_named
from shared.dialog.values import State
from shared.names.index import NameIndex, index_of
from shared.names.resolution import Meant
from shared.places.landmarks import landmarks

_UNNAMED = Path(__file__).parent.parent / "tests" / "nlu" / "unnamed"

_FEATURES = ("ratio", "chance", "words", "wish", *(kind.value for kind in Meant))

_WAYS = ("{}", "{}還有口罩嗎", "我在{}", "{}那邊有沒有", "{}附近哪裡有", "我住{} 還有口罩嗎")

_GARBLED = 400
"""Roads, and landmarks."""

_NOTHING_PASSES = 2.5
"""A place that nobody named is worse than one that is asked for once more."""


@dataclass(frozen=True, slots=True)
class _Case:
    text: str
    is_name: bool
    kind: str
    """row, road, landmark, seen, held"""


def main(arguments: Sequence[str]) -> None:
    """Print the fitted weights, and what is kept and passes with those in force."""
    index = index_of(catalog())
    cases = [*_rows(arguments), *_garbled(index), *_unnamed("seen"), *_unnamed("held")]
    found = [case for case in cases if _names_any(case, index)]
    fitted = [case for case in found if case.kind != "held"]
    x = np.array([_features(case, index) for case in fitted])
    y = np.array([case.is_name for case in fitted])
    weight = np.array([_NOTHING_PASSES if case.kind == "seen" else 1.0 for case in fitted])
    way = LogisticRegression(max_iter=3000).fit(x, y, sample_weight=weight)
    for name, value in zip(_FEATURES, way.coef_[0], strict=True):
        print(f"{name:10} {value:6.2f}")
    print(f"{'bias':10} {way.intercept_[0]:6.2f}")
    for kind in ("row", "road", "landmark", "seen", "held"):
        every = [case for case in cases if case.kind == kind]
        passing = sum(is_named(case.text, _evidence(index)) for case in every)
        print(f"{kind:10} {passing / len(every):6.1%} of {len(every)} are taken for a name")


def _evidence(index: NameIndex) -> Evidence:
    return Evidence(State(), index)


def _names_any(case: _Case, index: NameIndex) -> bool:
    return _evidence(index).names(case.text).meant is not Meant.NOTHING


def _features(case: _Case, index: NameIndex) -> list[float]:
    evidence = _evidence(index)
    names, reading = evidence.names(case.text), evidence.reading(case.text)
    return [*features(names, reading), *(float(names.meant is kind) for kind in Meant)]


def _rows(files: Sequence[str]) -> Iterator[_Case]:
    for row in rows_in(fit_files(files)):
        if row.heard_well:
            yield _Case(row.heard, True, "row")


def _garbled(index: NameIndex) -> Iterator[_Case]:
    rng = random.Random(5)  # noqa: S311  # no secret
    roads = sorted({one.address.road for one in index.catalog.pharmacies if one.address.road})
    marks = sorted(name for mark in landmarks() for name in mark.spoken if len(name) > 2)
    for kind, names in (("road", roads), ("landmark", marks)):
        for _ in range(_GARBLED):
            name = misheard(Example(rng.choice(names), frozenset()), rng).text
            yield _Case(rng.choice(_WAYS).format(name), True, kind)


def _unnamed(part: str) -> Iterator[_Case]:
    for line in (_UNNAMED / f"{part}.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield _Case(line, False, part)


if __name__ == "__main__":
    main(sys.argv[1:])
