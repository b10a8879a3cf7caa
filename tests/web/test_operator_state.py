"""The one large word: the worst of what is wrong."""

from datetime import datetime
from typing import Any

import pytest

from intents.contract import LOCALES
from shared.clock import TAIPEI
from tests.web.figures import figures
from web.labels import labels
from web.operator_state import state_of

NOON = datetime(2020, 3, 3, 12, tzinfo=TAIPEI)


def _with(**changed: Any) -> dict[str, Any]:
    return {**figures(NOON), **changed}


NOBODY = [{**worker, "asks": False} for worker in figures(NOON)["workers"]]


@pytest.mark.parametrize(
    ("found", "state"),
    [
        (figures(NOON), "fine"),
        (figures(NOON, feed="old"), "old"),
        (figures(NOON, feed="too_old"), "too_old"),
        (figures(NOON, feed="none"), "none"),
        (figures(NOON, unheard=3), "fine"),
        (figures(NOON, unheard=4), "unheard"),
        (figures(NOON, feed="old", unheard=12), "old"),
        (_with(workers=NOBODY), "nobody_asks"),
        ({**figures(NOON, feed="old"), "workers": NOBODY}, "nobody_asks"),
        ({**figures(NOON, feed="none"), "workers": NOBODY}, "none"),
        (_with(workers=[]), "fine"),
        (_with(workers=NOBODY, feed={**figures(NOON)["feed"], "recorded": True}), "fine"),
        (_with(workers=NOBODY, feed={**figures(NOON)["feed"], "demo": True}), "fine"),
    ],
)
def test_the_worst_is_said(found: dict[str, Any], state: str) -> None:
    """Of twelve turns a minute three unheard are borne, four are not."""
    assert state_of(found) == state


def test_few_turns_tell_nothing() -> None:
    """One caller with a dead microphone is no fault of the line."""
    found = figures(NOON)
    for minute in found["minutes"]:
        minute.update(turns=0, unheard=0)
    found["minutes"][-2].update(turns=3, unheard=3)
    assert state_of(found) == "fine"


def test_old_trouble_is_over() -> None:
    """What was not heard half an hour ago is history."""
    found = figures(NOON)
    for minute in found["minutes"][:30]:
        minute.update(unheard=12)
    assert state_of(found) == "fine"


@pytest.mark.parametrize("lang", LOCALES)
def test_every_state_has_its_words(lang: str) -> None:
    """A word and a reason for each, and for a page that lost its server or its session."""
    words = labels("operator", lang)
    every = {"fine", "old", "too_old", "none", "nobody_asks", "unheard", "lost", "ended"}
    assert set(words["states"]) == set(words["reasons"]) == every
