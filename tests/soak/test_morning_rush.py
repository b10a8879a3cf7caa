"""The simulated morning: what there is too little of is what gives."""

import pytest

from soak.morning_rush import Morning, Simulation

FEW = 1_500


@pytest.mark.parametrize(
    ("lines", "turn_ms", "gives"),
    [(5_000, 3.0, "nothing"), (10, 3.0, "the lines"), (5_000, 2_000.0, "the cores")],
)
def test_what_gives_first(lines: int, turn_ms: float, gives: str) -> None:
    """With enough of both nobody rings twice; nobody is lost from the count whatever gives."""
    seen = Simulation(Morning(FEW, lines, 1), turn_ms).run()
    assert seen.gives_first() == gives
    assert seen.served + seen.gave_up == FEW
    assert (seen.served_at_once == FEW) == (gives == "nothing")
    assert seen.most_lines <= lines


def test_a_core_works_on_no_more_than_it_can() -> None:
    """2 s of work a turn: not more than one each two seconds is answered."""
    seen = Simulation(Morning(FEW, 5_000, 1), 2_000.0).run()
    assert seen.busiest <= 0.6
