"""How well and how fast commands are heard, beside plain RapidFuzz over the same sentences.

python -m bench.commands
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import median, quantiles

import yaml
from rapidfuzz import fuzz, process

from bench.spoken import catalog, rows
from intents.contract import sentences
from nlu.commands import commands
from nlu.matching import close, plain_sentences
from nlu.understand import understand
from shared.dialog.values import Intent, State, Turn
from shared.names.index import NameIndex, index_of

_OWN_TABLE = Path(__file__).parent.parent / "tests" / "nlu" / "misheard_commands.yaml"

# With a lower limit plain RapidFuzz finds commands in what has no trace of one.
_FUZZ_LIMIT = 60

_FIRST = State()
_OFFERED = State(options=(("next",), ("address",), ("phone",)))

Understand = Callable[[str, State], Intent | None]


@dataclass(frozen=True, slots=True)
class _Said:
    """What was heard, and what should be understood."""

    heard: str
    intent: Intent | None
    state: State = _FIRST


def main() -> None:
    """Print accuracy by tier and the time of an utterance."""
    index = index_of(catalog())
    ours = _ours(index)
    print(f"{'commands':34} {'rows':>5} {'ours':>7} {'RapidFuzz':>10}")
    for name, said in _tiers().items():
        figures = [_share(said, way) for way in (ours, _fuzzy)]
        print(f"{name:34} {len(said):5} {figures[0]:7.1%} {figures[1]:10.1%}")
    questions = [
        _Said(r.heard, Intent.ASK) for r in rows() if r.kind != "command" and _audible(r.tier)
    ]
    asked = _share(questions, ours)
    print(f"{'places and pharmacies: a question':34} {len(questions):5} {asked:7.1%}")
    heard = [said.heard for tier in _tiers().values() for said in tier]
    known = commands("zh-TW")
    _speed("a command alone", lambda text: known.best(text, False), heard)
    _speed("a command, all of understanding", lambda text: ours(text, State()), heard)
    _speed("RapidFuzz", lambda text: _fuzzy(text, State()), heard)
    _speed(
        "a question, all of understanding", lambda t: ours(t, State()), [q.heard for q in questions]
    )


def _ours(index: NameIndex) -> Understand:
    return lambda heard, state: understand(Turn(heard=heard), state, index).intent


def _fuzzy(heard: str, state: State) -> Intent | None:  # noqa: ARG001  the signature of `_ours`
    intents = _plain()
    found = process.extractOne(
        close(heard), intents.keys(), scorer=fuzz.ratio, score_cutoff=_FUZZ_LIMIT
    )
    return intents[found[0]] if found else None


@cache
def _plain() -> dict[str, Intent]:
    texts = plain_sentences(sentences("zh-TW"))
    return {close(text): intent for text, intent in texts.items()}


def _audible(tier: str) -> bool:
    return tier in ("clean", "hard")


def _tiers() -> dict[str, list[_Said]]:
    """The spoken rows by tier, and the project's own table of misheard commands."""
    tiers: dict[str, list[_Said]] = {}
    for row in (row for row in rows() if row.kind == "command"):
        intent = Intent(row.intent) if _audible(row.tier) else None
        tiers.setdefault(f"spoken, {row.tier}", []).append(_Said(row.heard, intent))
    table = yaml.safe_load(_OWN_TABLE.read_text(encoding="utf-8"))
    del table["none"]
    tiers["thought out from the sound"] = [
        _Said(heard, Intent(name), _OFFERED if name.startswith("choose") else _FIRST)
        for name, entries in table.items()
        for heard in entries
    ]
    return dict(sorted(tiers.items()))


def _share(said: Sequence[_Said], way: Understand) -> float:
    return sum(way(s.heard, s.state) == s.intent for s in said) / len(said)


def _speed(name: str, way: Callable[[str], object], heard: Sequence[str]) -> None:
    times = []
    for text in heard:
        started = time.perf_counter()
        way(text)
        times.append((time.perf_counter() - started) * 1e6)
    ninety_nine = quantiles(times, n=100)[98]
    print(f"{name:34} median {median(times):7.0f} µs   99 % under {ninety_nine:7.0f} µs")


if __name__ == "__main__":
    main()
