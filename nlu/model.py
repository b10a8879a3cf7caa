"""The act classifier: which acts an utterance holds; several, or none.

One logistic regression a label over the features of `nlu.features`. `make fit` writes the weights,
`weights/<locale>.npz`, from the sentences of `intents/`; here they are only read and added up.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from nlu.features import features
from shared.errors import DataError

FOLDER = Path(__file__).parent / "weights"

Weights = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Classifier:
    """Fitted weights of one locale."""

    locale: str
    labels: tuple[str, ...]
    rows: Mapping[str, int]
    """feature → its row"""
    weights: Weights
    """(features, labels)"""
    bias: Weights
    """(labels,)"""
    made_from: str
    """digest of what it was fitted to"""

    def read(self, text: str) -> "Classification":
        """What `text` tells; its features are computed once."""
        rows = self.rows
        found = features(text, self.locale)
        known = [rows[one] for one in found if one in rows]
        odds = self.bias
        if known:
            odds = self.weights[known].sum(axis=0) / np.float32(len(known) ** 0.5) + odds
        chances = 1 / (1 + np.exp(-odds))
        return Classification(
            dict(zip(self.labels, chances.tolist(), strict=True)),
            len(known) / len(found) if found else 0.0,
            self._familiar(found),
        )

    def _familiar(self, found: list[str]) -> float:
        pairs = [one for one in found if one[0] in "cw" and _is_pair(one)]
        return sum(one in self.rows for one in pairs) / len(pairs) if len(pairs) > 3 else 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Classification:
    """What the classifier tells of one text."""

    chances: Mapping[str, float]
    """label → how likely it is among the acts"""
    known: float
    """the share of all features that weigh anything: of noise, little"""
    familiar: float
    """the share of the pairs of characters or words that were seen in the fit"""


def _is_pair(feature: str) -> bool:
    return len(feature) == 3 if feature[0] == "c" else feature.count(" ") == 2


@cache
def classifier(locale: str) -> Classifier:
    """The one of `locale`, read once; DataError where `make fit` has not made it."""
    path = FOLDER / f"{locale}.npz"
    try:
        with np.load(path) as file:
            names = file["features"].tobytes().decode().split("\n")
            scale = file["scale"].astype(np.float32)
            return Classifier(
                locale,
                tuple(file["labels"].tobytes().decode().split("\n")),
                {name: row for row, name in enumerate(names)},
                file["weights"].astype(np.float32) * scale,
                file["bias"].astype(np.float32),
                file["made_from"].tobytes().decode(),
            )
    except (OSError, KeyError, ValueError) as problem:
        raise DataError(f"{path.name} cannot be read ({problem}): run `make fit`") from problem
