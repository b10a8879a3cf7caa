"""The promises of accuracy, on spoken rows."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bench.names import Answer, Score, score
from bench.spoken import Row, rows
from samples import FEED, SAMPLES
from shared.feed.load import load_snapshot
from shared.names.index import NameIndex, index_of
from shared.names.resolve import resolve


def test_rows_of_our_own_are_heard() -> None:
    """Names with a character or two written as others that sound alike: 85 of 100 are found."""
    names = index_of(load_snapshot(str(SAMPLES / "data" / FEED)).catalog)
    heard = [(row, resolve(row.heard, names)) for row in rows(SAMPLES) if row.heard_well]
    found = score(heard)
    assert found.first >= 0.85
    assert found.sure_wrong < 0.02


@pytest.fixture(scope="module")
def answers(material: Path, index: NameIndex) -> list[Answer]:
    """Every row with its answer."""
    return [(row, resolve(row.heard, index)) for row in rows(material)]


def _of(answers: list[Answer], wanted: Callable[[Row], bool]) -> Score:
    return score([answer for answer in answers if wanted(answer[0])])


@pytest.mark.real
@pytest.mark.parametrize(
    ("kind", "first", "among"), [("district", 0.92, 0.98), ("pharmacy", 0.82, 0.93)]
)
def test_names_are_found(kind: str, first: float, among: float, answers: list[Answer]) -> None:
    """Of what was heard at all, so many are the first answer, so many among three."""
    found = _of(answers, lambda row: row.heard_well and row.kind == kind)
    assert found.first >= first
    assert found.among >= among


@pytest.mark.real
def test_a_sure_answer_is_right(answers: list[Answer]) -> None:
    """Under 2 % of all rows are answered surely and wrongly."""
    assert _of(answers, lambda _: True).sure_wrong < 0.02


@pytest.mark.real
def test_most_callers_are_answered_at_once(answers: list[Answer]) -> None:
    """At least 65 % of what was heard at all is answered without asking back."""
    assert _of(answers, lambda row: row.heard_well).sure >= 0.65


@pytest.mark.real
def test_a_shadow_of_a_name_is_not_enough(answers: list[Answer]) -> None:
    """Under 3 % of rows with no more than a shadow of a name are answered surely and wrongly.

    Of 「幫我查高雄四大療」 大寮 is left and sure, and the pharmacy in it is lost.
    """
    assert _of(answers, lambda row: row.tier in ("faint", "lost")).sure_wrong < 0.03
