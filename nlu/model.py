"""The act classifier: which acts an utterance holds; several, or none.

One logistic regression a label over the features of `nlu.features`. `make fit` writes the weights,
`weights/<locale>.npz`, from the sentences of `intents/`; here they are only read and added up.
"""

import ctypes
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from nlu.features import runs
from shared.compiled import CClassifier, library
from shared.errors import DataError

FOLDER = Path(__file__).parent / "weights"

LETTERS, _BYTES = f"utf-32-{sys.byteorder[0]}e", 4
"""How C reads a text: a number a letter."""

Weights = npt.NDArray[np.float32]


NAMED = "@named"
"""The label of an utterance that names something."""


@dataclass(frozen=True, slots=True, eq=False)
class Classification:
    """What the classifier tells of one text."""

    labels: tuple[str, ...]
    """`NAMED` first"""
    told: list[float]
    """how likely each is among the acts"""
    known: float
    """the share of all features that weigh anything: of noise, little"""
    familiar: float
    """the share of the pairs of characters or words that were seen in the fit; 0 of fewer than
    four pairs"""

    def named(self) -> float:
        """How likely something is named."""
        return self.told[0]

    def wish(self) -> tuple[float, str]:
        """How likely the likeliest label is that asks something, and which that is."""
        best = max(self.told[1:])
        return best, self.labels[self.told.index(best, 1)]


class Classifier:
    """Fitted weights of one locale, added up by `shared/compiled/classifier.c`."""

    def __init__(
        self,
        locale: str,
        labels: tuple[str, ...],
        features: str,
        weights: npt.NDArray[np.int8],
        bias: Weights,
        scale: float,
    ) -> None:
        """`features`: their names, a line each; `weights`: (features, labels), in `scale`;
        `bias`: (labels,)."""
        self.locale, self.labels = locale, labels
        slots = 1 << (2 * len(weights)).bit_length()
        table = np.zeros(slots, _SLOT)
        names = features.encode(LETTERS)
        shape = features.count("\n") + 1, len(labels)
        if weights.shape != shape or weights.dtype != np.int8 or len(labels) > _MOST_LABELS:
            raise ValueError("weights and names do not fit together")
        if labels[0] != NAMED:
            raise ValueError(f"{NAMED} is not the first label")
        if library().enter(table.ctypes.data, slots, names, len(names) // _BYTES):
            raise ValueError("two features have one key")
        self._arrays = table, np.ascontiguousarray(weights), np.ascontiguousarray(bias)
        pointers = (one.ctypes.data for one in self._arrays)
        self._table = CClassifier(*pointers, slots, len(labels), scale)
        self._at = ctypes.byref(self._table)
        self._told = ctypes.c_double * (len(labels) + 2)

    def read(self, text: str) -> Classification:
        """What `text` tells."""
        lines: list[str] = []
        for run in runs(text, self.locale):
            lines += f"{run.mark}{run.longest}", *run.items, ""
        letters = ("\n".join(lines) + "\n").encode(LETTERS, "surrogatepass")
        told = self._told()
        if library().classify(self._at, letters, len(letters) // _BYTES, told):
            raise MemoryError
        *chances, known, familiar = told[:]
        return Classification(self.labels, chances, known, familiar)


_MOST_LABELS = 256
_SLOT = np.dtype([("key", np.uint64), ("row", np.int64)])
"""of classifier.c"""


@cache
def classifier(locale: str) -> Classifier:
    """The one of `locale`, read once; DataError where `make fit` has not made it."""
    path = FOLDER / f"{locale}.npz"
    try:
        with np.load(path) as file:
            return Classifier(
                locale,
                tuple(text_of(file["labels"]).split("\n")),
                text_of(file["features"]),
                file["weights"],
                file["bias"].astype(np.float32),
                float(file["scale"]),
            )
    except (OSError, KeyError, ValueError) as problem:
        raise DataError(f"{path.name} cannot be read ({problem}): run `make fit`") from problem


@cache
def place_of(label: str, locale: str) -> int:
    """Where a label stands among those of the classifier of `locale`."""
    return classifier(locale).labels.index(label)


def text_of(kept: npt.NDArray[np.uint8]) -> str:
    """A text that `make fit` kept as bytes."""
    return kept.tobytes().decode()
