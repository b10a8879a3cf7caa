"""The TwiML of whole conversations stays as it was found good."""

import pytest

from tests.ivr.golden import FOLDER, TALKS, record


@pytest.mark.parametrize("name", TALKS)
def test_a_conversation_keeps_its_twiml(name: str) -> None:
    """Word for word, attribute for attribute; `python -m tests.ivr.golden` accepts a change."""
    assert record(TALKS[name]) == (FOLDER / f"{name}.xml").read_text(encoding="utf-8")


def test_there_is_no_golden_file_without_its_conversation() -> None:
    """What is no longer played is deleted."""
    assert {path.stem for path in FOLDER.glob("*.xml")} == set(TALKS)
