"""The one set of conversations, and how a channel plays it.

    recorder = Recorder()
    conversation = Conversation(small_feed.snapshot, lambda: NOW, recorder)
    play(conversations()["district"], say, recorder)

`say(row)` sends one turn through the real channel and returns the text that came back; the outcome
is what the conversation's observer was told. A channel with keys uses `row.keys` where it can, one
that understands by itself `row.intent` and `row.slots`, all others `row.say`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from conversation.observation import Observed
from shared.dialog.values import Reply
from shared.outcomes import Outcome


@dataclass(frozen=True, slots=True)
class Row:
    """One turn of a conversation, and what must come of it."""

    expect: str
    """class name of the outcome"""
    say: str = ""
    keys: str = ""
    intent: str = ""
    slots: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)


@cache
def conversations() -> dict[str, tuple[Row, ...]]:
    """Name → turns."""
    path = Path(__file__).with_name("conversations.yaml")
    tables = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {name: tuple(Row(**row) for row in rows) for name, rows in tables.items()}


class Recorder:
    """An observer of a conversation that keeps every reply."""

    def __init__(self) -> None:
        self.replies: list[Reply] = []

    def __call__(self, _seen: Observed, reply: Reply | None) -> None:
        if reply is not None:
            self.replies.append(reply)


def play(rows: tuple[Row, ...], say: Callable[[Row], str], recorder: Recorder) -> list[Outcome]:
    """Send each row through `say`; AssertionError where the outcome is another than expected."""
    outcomes = []
    for number, row in enumerate(rows, start=1):
        before = len(recorder.replies)
        text = say(row)
        assert len(recorder.replies) == before + 1, f"turn {number}: not one turn was taken"
        reply = recorder.replies[-1]
        found = facts_of(reply.outcome)
        wanted = {"outcome": row.expect, **row.facts}
        got = {name: found.get(name) for name in wanted}
        assert got == wanted, f"turn {number}: {row.say or row.keys}"
        assert text.strip(), f"turn {number}: an empty answer"
        outcomes.append(reply.outcome)
    return outcomes


def facts_of(outcome: Outcome) -> dict[str, Any]:
    """What a table may expect of an outcome, by name."""
    pharmacy = getattr(outcome, "pharmacy", None)
    place = getattr(outcome, "place", None) or (pharmacy and pharmacy.district)
    counts = getattr(outcome, "counts", ())
    product = getattr(outcome, "product", None) or (counts[0].product if counts else None)
    offered = getattr(outcome, "pharmacies", ())  # of HowMany a number
    facts = {
        "outcome": type(outcome).__name__,
        "pharmacy": pharmacy and pharmacy.name,
        "place": place and place.key,
        "left": [count.left for count in counts],
        "product": product and product.id,
        "places": sorted(place.key for place in getattr(outcome, "places", ())),
        "pharmacies": sorted(item.name for item in (offered if isinstance(offered, tuple) else ())),
    }
    for name in ("ordinal", "times", "number", "digits"):
        facts[name] = getattr(outcome, name, None)
    return facts
