"""The classifier in C gives what its definition gives: the weights of the features, added up."""

import math
from functools import cache

import numpy as np
import pytest

from intents.contract import LOCALES
from nlu.features import features
from nlu.model import FOLDER, NAMED, Classifier, classifier, text_of

SAID = (
    "大安區還有口罩嗎",
    "請 問 康熙 藥局，電話是多少？",
    "ＡＢＣ 100片 ㄅㄆㄇ",
    "where can my mother buy masks in Da'an District",
    "子供用のマスクはありますか",
    "",
    "啊",
    "\ud800\x00😷",
    "好" * 300,
    "ﷺ" * 200,
    "口罩 " * 90,
)


@cache
def _fitted(locale: str) -> tuple[dict[str, int], np.ndarray, np.ndarray, list[str]]:
    with np.load(FOLDER / f"{locale}.npz") as file:
        rows = {name: row for row, name in enumerate(text_of(file["features"]).split("\n"))}
        weights = file["weights"] * float(file["scale"])
        return rows, weights, file["bias"], text_of(file["labels"]).split("\n")


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("text", SAID)
def test_it_adds_up_the_weights_of_the_features(text: str, locale: str) -> None:
    """Each feature once, by its name; the shares are of all features, and of pairs."""
    rows, weights, bias, labels = _fitted(locale)
    found = features(text, locale)
    known = [one for one in found if one in rows]
    odds = bias + sum(weights[rows[one]] for one in known) / math.sqrt(max(1, len(known)))
    pairs = [one for one in found if (one[0] == "c" and len(one) == 3) or one.count(" ") == 2]
    told = classifier(locale).read(text)
    assert told.labels == tuple(labels)
    assert told.told == pytest.approx(list(1 / (1 + np.exp(-odds))), abs=1e-6)
    assert told.known == pytest.approx(len(known) / len(found) if found else 0)
    share = sum(one in rows for one in pairs) / len(pairs) if len(pairs) > 3 else 0
    assert told.familiar == pytest.approx(share)


def test_the_likeliest_wish_is_no_name() -> None:
    """「大安區」 names something and asks nothing more than that."""
    told = classifier("zh-TW").read("請問大安區")
    p, label = told.wish()
    assert label != NAMED
    chances = dict(zip(told.labels, told.told, strict=True))
    assert told.named() == chances.pop(NAMED)
    assert p == chances[label] == max(chances.values())


@pytest.mark.parametrize(
    ("labels", "names", "rows"),
    [
        ((NAMED, "ask"), "ca\ncb", 3),
        ((NAMED, "ask"), "ca\nca", 2),
        (("ask", "next"), "ca\ncb", 2),
        ((NAMED, *map(str, range(256))), "ca\ncb", 2),
    ],
)
def test_what_does_not_fit_together_is_not_read(
    labels: tuple[str, ...], names: str, rows: int
) -> None:
    """A row too few, one name twice, no label for a name, more labels than there is room for."""
    weights = np.zeros((rows, len(labels)), np.int8)
    with pytest.raises(ValueError, match=r"fit together|one key|first label"):
        Classifier("zh-TW", labels, names, weights, np.zeros(len(labels), np.float32), 1.0)
