"""How well and how fast utterances are understood, beside plain RapidFuzz over the same sentences.

python -m bench.understanding

What is held out of the fit stands in tests/nlu/utterances; the spoken rows are a recogniser's.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from functools import cache
from pathlib import Path
from statistics import mean, median, quantiles
from unittest.mock import patch

from rapidfuzz import fuzz, process

from bench.callers import questions
from bench.spoken import catalog, rows
from intents.contract import LOCALES, normal, sentences
from intents.templates import slots_of
from nlu.model import classifier
from nlu.understand import understand
from samples import FEED, material
from shared.dialog.acts import TakeAbout, TakeNext, TellPharmacy
from shared.dialog.take_turn import take_turn
from shared.dialog.values import Channel, State, Utterance
from shared.feed.load import load_snapshot
from shared.names.index import NameIndex, index_of
from shared.names.resolution import Hints, Meant, Resolution
from shared.names.resolve import resolve
from shared.speech.wordings import wording_of

_UTTERANCES = Path(__file__).parent.parent / "tests" / "nlu" / "utterances"

_UNNAMED = _UTTERANCES.parent / "unnamed"

AFTER_AN_ANSWER = State(
    place="新北市板橋區",
    told=("5931000001",),
    at=0,
    said=(TellPharmacy("5931000001", "adult_mask"),),
    options=(TakeNext(), TakeAbout("address"), TakeAbout("phone")),
)
"""A pharmacy was just told of, and more about it is offered."""

_CALLS = 200

_FUZZ_LIMIT = 60
"""With a lower limit plain RapidFuzz finds wishes in what has no trace of one."""

Understand = Callable[[str, str], set[str]]
"""(text, locale) → labels"""


def main() -> None:
    """Print accuracy by kind and the time of an utterance."""
    index = index_of(catalog())
    ours = _ours(index)
    print(f"{'understanding, held out of the fit':40} {'rows':>5} {'ours':>7} {'RapidFuzz':>10}")
    for locale in LOCALES:
        for name, said in _held_out(locale).items():
            figures = [_share(said, way, locale) for way in (ours, _fuzzy)]
            print(f"{locale + ', ' + name:40} {len(said):5} {figures[0]:7.1%} {figures[1]:10.1%}")
    for name, commands in _spoken().items():
        figures = [_share_first(commands, way) for way in (ours, _fuzzy)]
        print(
            f"{'spoken commands, ' + name:40} {len(commands):5}"
            f" {figures[0]:7.1%} {figures[1]:10.1%}"
        )
    heard = [text for said in _held_out("zh-TW").values() for _, text in said]
    model = classifier("zh-TW")
    _speed("the classifier alone", model.read, heard)
    _speed("an utterance without a name, all of it", lambda text: ours(text, "zh-TW"), heard)
    with _names_known(index, heard):
        _speed("the same, its names known", lambda text: ours(text, "zh-TW"), heard)
    _speed("RapidFuzz", lambda text: _fuzzy(text, "zh-TW"), heard[:200])
    print_named_by_nobody(index)
    print_length()


def print_named_by_nobody(index: NameIndex) -> None:
    """Of everyday sentences without a name, how many are taken for one with a name."""
    for part in ("seen", "held"):
        file = _UNNAMED / f"{part}.txt"
        said = [line for line in file.read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
        for when, state in (("as a first turn", State()), ("after an answer", AFTER_AN_ANSWER)):
            named = sum(_names_any(text, state, index) for text in said)
            what = f"named by nobody, {part}, {when}"
            print(f"{what:40} {len(said):5} {named / len(said):7.2%}")


def _names_any(text: str, state: State, index: NameIndex) -> bool:
    acts = understand(Utterance(text=text), state, index).acts
    return any(act.names and act.names.meant is not Meant.NOTHING for act in acts)


def print_length() -> None:
    """Syllables of an answer with its options, of data of the same minute."""
    snapshot = load_snapshot(str(material() / "data" / FEED))
    index = index_of(snapshot.catalog)
    now = snapshot.source_time + timedelta(minutes=1)
    channel = Channel("bench", keys=True)
    lengths = []
    for text in questions(snapshot.catalog)[:_CALLS]:
        state = None
        for said in (text, "下一家", "地址"):
            utterance = Utterance(text=said)
            understood = understand(utterance, state or State(), index)
            state, reply = take_turn(state, utterance, understood, snapshot, now, channel)
            if any(option.label == "next" for option in reply.options):
                lengths.append(wording_of("zh-TW").syllables(reply.text))
    what = "an answer with its options"
    print(f"{what:40} {len(lengths):5} {mean(lengths):7.1f} syllables on average")


@contextmanager
def _names_known(index: NameIndex, said: Sequence[str]) -> Iterator[None]:
    """What the resolver tells of each text is looked up, so that only the rest is measured."""
    known: dict[tuple[str, Hints], Resolution] = {}

    def looked_up(text: str, names: NameIndex, hints: Hints) -> Resolution:
        key = (text, hints)
        if key not in known:
            known[key] = resolve(text, names, hints)
        return known[key]

    with patch("nlu.evidence.resolve", looked_up):
        for text in said:
            understand(Utterance(text=text), State(), index)
        yield


def _ours(index: NameIndex) -> Understand:
    def labels(text: str, locale: str) -> set[str]:
        understood = understand(Utterance(text=text), State(locale=locale), index)
        return {act.label for act in understood.acts}

    return labels


def _fuzzy(text: str, locale: str) -> set[str]:
    known = _plain(locale)
    found = process.extractOne(
        normal(text), known.keys(), scorer=fuzz.ratio, score_cutoff=_FUZZ_LIMIT
    )
    return {known[found[0]]} if found else set()


@cache
def _plain(locale: str) -> dict[str, str]:
    """Every sentence of the fit that names nothing → its label."""
    expanded = sentences(locale).expanded()
    return {
        normal(text): label
        for label, texts in expanded.items()
        for text in texts
        if not slots_of(text)
    }


def _held_out(locale: str) -> dict[str, list[tuple[set[str], str]]]:
    kinds: dict[str, list[tuple[set[str], str]]] = {}
    for labels, text in _lines(locale):
        name = ("no wish", "one wish", "two wishes", "three wishes")[min(len(labels), 3)]
        kinds.setdefault(name, []).append((labels, text))
    return dict(sorted(kinds.items()))


def _lines(locale: str) -> Iterator[tuple[set[str], str]]:
    file = _UTTERANCES / f"{locale}.tsv"
    for line in file.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            labels, text = line.split("\t")
            yield set(labels.split("+")) - {"none"}, text


def _spoken() -> dict[str, list[tuple[str, str]]]:
    """The spoken commands by tier; of what left no trace nothing may be understood."""
    tiers: dict[str, list[tuple[str, str]]] = {}
    for row in rows():
        if row.kind == "command":
            intent = row.intent if row.tier in ("clean", "hard") else ""
            tiers.setdefault(row.tier, []).append((intent, row.heard))
    return dict(sorted(tiers.items()))


def _share(said: Sequence[tuple[set[str], str]], way: Understand, locale: str) -> float:
    """All wishes, and at most an ASK beside them; of none, nothing but a kind word."""
    right = 0
    for wanted, text in said:
        got = way(text, locale)
        kind_word = all(label.startswith("topic.") for label in got)
        right += (wanted <= got and got <= wanted | {"ask"}) if wanted else kind_word
    return right / len(said)


def _share_first(said: Sequence[tuple[str, str]], way: Understand) -> float:
    right = 0
    for intent, text in said:
        got = way(text, "zh-TW")
        right += (intent in {label.split(".")[0] for label in got}) if intent else not got
    return right / len(said)


def _speed(name: str, way: Callable[[str], object], heard: Sequence[str]) -> None:
    times = []
    for text in heard:
        started = time.perf_counter()
        way(text)
        times.append((time.perf_counter() - started) * 1e6)
    ninety_nine = quantiles(times, n=100)[98]
    print(f"{name:40} median {median(times):7.0f} µs   99 % under {ninety_nine:7.0f} µs")


if __name__ == "__main__":
    main()
