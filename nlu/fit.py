"""Fits the act classifiers: `make fit`, within a minute a locale. Wants scikit-learn."""

import hashlib
import sys
import time
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path

import numpy as np
import numpy.typing as npt
from joblib import Parallel, delayed
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from intents.contract import FOLDER as INTENTS
from intents.contract import LOCALES
from nlu import corpus, features, model
from nlu.grammar import grammar

LEAST = 3
"""A feature of fewer utterances tells nothing."""

STRENGTH = 8.0
"""Inverse of the regularisation, chosen on the held-out utterances of tests/nlu/utterances."""

_SOURCES = ("features.py", "corpus.py")
"""What shapes the examples; the settings of the fit itself are named in the digest below."""


def made_from(locale: str) -> str:
    """Digest of everything that the weights of `locale` depend on."""
    spoken = grammar(locale)
    digest = hashlib.sha256(f"{LEAST} {STRENGTH} {spoken.read_by} {spoken.fit}".encode())
    folder = Path(__file__).parent
    files = [folder / name for name in _SOURCES]
    files += [INTENTS / "sentences" / f"{locale}.yaml", INTENTS / "everyday" / f"{locale}.tsv"]
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def stale() -> list[str]:
    """The locales whose weights were not fitted to the sentences that stand there now."""
    return [one for one in LOCALES if _fitted_to(one) != made_from(one)]


def _fitted_to(locale: str) -> str:
    """`made_from` at the time of the fit; "" where there was none."""
    try:
        with np.load(model.FOLDER / f"{locale}.npz") as file:
            return model.text_of(file["made_from"])
    except OSError:
        return ""


def fit(locale: str) -> None:
    """Write `weights/<locale>.npz`."""
    made = corpus.examples(locale)
    found = [features.features(one.text, locale) for one in made]
    counted = Counter(feature for one in found for feature in one)
    names = sorted(name for name, count in counted.items() if count >= LEAST)
    rows = {name: row for row, name in enumerate(names)}
    x = _matrix(found, rows)
    labels = sorted({label for one in made for label in one.labels})
    fitted = Parallel(n_jobs=-1, prefer="threads")(
        delayed(_fit_label)(x, np.array([label in one.labels for one in made])) for label in labels
    )
    weights = np.column_stack([weighs for weighs, _ in fitted])
    _save(locale, names, labels, weights, np.array([bias for _, bias in fitted], np.float32))


def _fit_label(x: csr_matrix, y: npt.NDArray[np.bool_]) -> tuple[model.Weights, float]:
    """The weights of one label, (features,), and its bias."""
    way = LogisticRegression(
        C=STRENGTH, solver="liblinear", dual=True, max_iter=60, tol=0.02, random_state=corpus.SEED
    )
    way.fit(x, y)
    return way.coef_[0].astype(np.float32), float(way.intercept_[0])


def _matrix(found: list[list[str]], rows: dict[str, int]) -> csr_matrix:
    columns, starts, values = [], [0], []
    for one in found:
        known = [rows[name] for name in one if name in rows]
        columns += known
        values += [1 / max(1, len(known)) ** 0.5] * len(known)
        starts.append(len(columns))
    made = csr_matrix((values, columns, starts), shape=(len(found), len(rows)), dtype=np.float32)
    made.sum_duplicates()  # now, and not when several threads read it
    return made


def _save(
    locale: str, names: list[str], labels: list[str], weights: model.Weights, bias: model.Weights
) -> None:
    """In bytes of eight bits a weight; features that weigh nothing anywhere are left out."""
    telling = np.abs(weights).max(axis=1) > 0.25
    weights = weights[telling]
    names = [name for name, keep in zip(names, telling, strict=True) if keep]
    scale = np.abs(weights).max() / 127
    model.FOLDER.mkdir(exist_ok=True)
    np.savez_compressed(
        model.FOLDER / f"{locale}.npz",
        features=np.frombuffer("\n".join(names).encode(), np.uint8),
        labels=np.frombuffer("\n".join(labels).encode(), np.uint8),
        weights=np.round(weights / scale).astype(np.int8),
        scale=np.float32(scale),
        bias=bias.astype(np.float32),
        made_from=np.frombuffer(made_from(locale).encode(), np.uint8),
    )


def main() -> int:
    """1 where `--check` finds that a locale has to be fitted anew."""
    parser = ArgumentParser(description="Fit the act classifiers to the sentences of intents/.")
    parser.add_argument("locale", nargs="*", help=f"{' '.join(LOCALES)}; all where none is named")
    parser.add_argument("--check", action="store_true", help="only tell which have to be fitted")
    asked = parser.parse_args()
    if unknown := set(asked.locale).difference(LOCALES):
        parser.error(f"no locale of ours: {' '.join(unknown)}")
    if asked.check:
        for locale in (old := stale()):
            print(f"{locale}: the sentences have changed since the fit: run `make fit`")  # noqa: T201
        return int(bool(old))
    for name in asked.locale or LOCALES:
        began = time.monotonic()
        fit(name)
        print(f"{name}: fitted in {time.monotonic() - began:.0f} s")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
