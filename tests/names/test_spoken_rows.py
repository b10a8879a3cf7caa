"""The promises of accuracy, on the spoken rows beside the checkout."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bench.names import Answer, Score, score
from bench.spoken import Row, rows
from shared.names.index import NameIndex
from shared.names.resolve import resolve


@pytest.fixture(scope="module")
def answers(material: Path, index: NameIndex) -> list[Answer]:
    """Every row with its answer."""
    return [(row, resolve(row.heard, index)) for row in rows()]


def _of(answers: list[Answer], wanted: Callable[[Row], bool]) -> Score:
    return score([answer for answer in answers if wanted(answer[0])])


@pytest.mark.parametrize(
    ("kind", "first", "among"), [("district", 0.92, 0.98), ("pharmacy", 0.82, 0.93)]
)
def test_names_are_found(kind: str, first: float, among: float, answers: list[Answer]) -> None:
    """Of what was heard at all, so many are the first answer, so many among three."""
    found = _of(answers, lambda row: row.heard_well and row.kind == kind)
    assert found.first >= first
    assert found.among >= among


def test_a_sure_answer_is_right(answers: list[Answer]) -> None:
    """Under 2 % of all rows are answered surely and wrongly."""
    assert _of(answers, lambda _: True).sure_wrong < 0.02


def test_most_callers_are_answered_at_once(answers: list[Answer]) -> None:
    """At least 65 % of what was heard at all is answered without asking back."""
    assert _of(answers, lambda row: row.heard_well).sure >= 0.65


def test_a_shadow_of_a_name_is_not_enough(answers: list[Answer]) -> None:
    """Under 3 % of rows with no more than a shadow of a name are answered surely."""
    assert _of(answers, lambda row: row.tier in ("faint", "lost")).sure < 0.03
