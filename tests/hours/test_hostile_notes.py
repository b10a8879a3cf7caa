"""Notes that were made to take long: time grows with the note and no faster."""

from time import process_time

import pytest

from shared.hours.note_tokens import tokens_of

SHORT, LONG = 1_250, 5_000
GROWTH = 3.0
"""How much more than four times as long four times the note may take; a square takes 4."""


def seconds(text: str) -> float:
    """The processor time of all patterns on it, the best of three."""
    taken = []
    for _ in range(3):
        started = process_time()
        list(tokens_of(text))
        taken.append(process_time() - started)
    return min(taken)


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "9:",
        "0900",
        "週一",
        "週一、",
        "3/4.",
        "3/4-",
        "(",
        "9-",
        "上午",
        "領",
        "一二三",
        "am ",
        " ",
        "口罩",
        "不",
        "-",
    ],
)
def test_time_grows_with_the_note(piece: str) -> None:
    """Four times as long a note takes about four times as long."""
    short, long = (seconds((piece * size)[:size]) for size in (SHORT, LONG))
    assert long <= 4 * GROWTH * max(short, 0.002)
