"""Sentences that name no place and no pharmacy: none is offered in answer to them."""

from pathlib import Path

import pytest

from bench.understanding import AFTER_AN_ANSWER
from commands.common import snapshot_of
from nlu.understand import understand
from settings import Settings
from shared.dialog.values import State, Utterance
from shared.names.index import NameIndex, index_of
from shared.names.resolution import Meant
from tests.real import real_file

HELD = Path(__file__).parent / "unnamed" / "held.txt"
"""Nothing is fitted to these."""

MOST = 0.006
"""The share of them in which something may be found, as a question back: 5,500 names are many, and
some saying sounds like each."""

FIRST_TURN = State()


@pytest.fixture(scope="module")
def whole() -> NameIndex:
    """Every pharmacy of the real feed."""
    return index_of(
        snapshot_of(str(real_file("maskdata-20200303.csv")), Settings.from_environment({})).catalog
    )


@pytest.mark.real
@pytest.mark.parametrize("state", [FIRST_TURN, AFTER_AN_ANSWER], ids=["first", "after"])
def test_nothing_is_offered_that_nobody_named(state: State, whole: NameIndex) -> None:
    """Hardly any everyday sentence is taken for one with a name, and none surely."""
    said = [line for line in HELD.read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
    named = {}
    for text in said:
        for act in understand(Utterance(text=text), state, whole).acts:
            if act.names and act.names.meant is not Meant.NOTHING:
                named[text] = act.names
    assert len(named) / len(said) < MOST, list(named)
    assert [text for text, names in named.items() if names.sure] == []
