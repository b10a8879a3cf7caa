"""Many patterns followed at once reach what each of them reaches alone."""

import numpy as np
import pytest

from shared.phonetics.bulk import EXTRA, Patterns, follow
from shared.phonetics.confusions import Matrix

HEARD, KNOWN = 6, 5
SILENT = KNOWN  # fills shorter patterns up
WORD = [0, 1, 2]  # heard at places 2, 3 and 4
NAMES = ([3, 1, 0, 2, 4], WORD, [0, 1], [4])


@pytest.fixture
def rows() -> Matrix:
    """Evidence of six heard sounds for five known ones: 3 where a sound of `WORD` is heard."""
    table = np.full((HEARD, KNOWN + 1), -2.0, np.float32)
    for place, sound in enumerate(WORD, 2):
        table[place, sound] = 3.0
    table[:, SILENT] = -1e4
    return table


def laid_out(names: tuple[list[int], ...], gap: float = -1.0) -> Patterns:
    """`names`, the longest first, each of whose sounds may be missing at the cost of `gap`."""
    longest = len(names[0])
    sounds = [[*name, *[SILENT] * (longest - len(name))] for name in names]
    gaps = [[gap] * len(name) + [0.0] * (longest - len(name)) for name in names]
    lengths = np.array([len(name) for name in names], np.intp)
    return Patterns(np.array(sounds, np.int16).T, np.array(gaps, np.float32).T, lengths)


def alone(name: list[int], rows: Matrix, start: list[float], gap: float = -1.0) -> list[float]:
    """The same by definition: sound by sound, each heard, missing, or with one stray behind it."""
    reached = start
    for sound in name:
        missing = [before + gap for before in reached]
        heard = [-np.inf, *(b + float(row[sound]) for b, row in zip(reached, rows, strict=False))]
        best = [max(both) for both in zip(missing, heard, strict=True)]
        stray = [-np.inf, *(before + float(EXTRA) for before in best[:-1])]
        reached = [max(both) for both in zip(best, stray, strict=True)]
    return reached


def test_each_pattern_reaches_what_it_reaches_alone(rows: Matrix) -> None:
    """Long and short ones side by side, from a start that differs by place."""
    start = [0.5, -1.0, 0.25, 0.0, -0.5, 2.0, 1.0]
    reached = follow(rows, laid_out(NAMES), np.array(start, np.float32)[:, None])
    for column, name in enumerate(NAMES):
        assert reached[:, column].tolist() == pytest.approx(alone(name, rows, start))


def test_backwards_is_the_mirror_of_forwards(rows: Matrix) -> None:
    """Patterns laid out backwards, from what stands behind them."""
    start = np.array([0.5, -1.0, 0.25, 0.0, -0.5, 2.0, 1.0], np.float32)[:, None]
    turned = laid_out(tuple(name[::-1] for name in NAMES))
    forwards = follow(rows[::-1], turned, start[::-1])
    assert follow(rows, turned, start, backwards=True).tolist() == forwards[::-1].tolist()


def test_a_word_is_found_where_it_was_said(rows: Matrix) -> None:
    """Three sounds of 3 each, ending behind the fifth; one that is missing costs its gap."""
    patterns = laid_out((WORD, WORD[1:]))
    whole = follow(rows, patterns, np.zeros((HEARD + 1, 1), np.float32))
    assert whole[:, 0].argmax() == 5
    assert whole[5].tolist() == [9.0, 6.0]
    without = np.delete(rows, 3, axis=0)
    assert follow(without, patterns, np.zeros((HEARD, 1), np.float32))[4, 0] == 5.0


def test_no_pattern_leads_into_the_next(rows: Matrix) -> None:
    """What stands beside a pattern in the table changes nothing of it."""
    start = np.zeros((HEARD + 1, 1), np.float32)
    together = follow(rows, laid_out(NAMES), start)
    for column, name in enumerate(NAMES):
        assert together[:, column].tolist() == follow(rows, laid_out((name,)), start)[:, 0].tolist()
