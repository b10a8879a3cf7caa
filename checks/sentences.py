"""Every fault in the sentences at once: missing keys, unknown blanks, forbidden words."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from string import Formatter
from typing import Any, get_args

import yaml

from checks.schema_formats import ROOT
from shared.errors import DataError
from shared.locales import DEFAULT, codes, locale_of
from shared.lookups import LOOKUPS
from shared.outcomes import Outcome
from shared.speech.say import TOPIC
from shared.speech.texts import Texts, texts

KEYS = ROOT / "shared/speech/keys.yaml"

MEASURE = DEFAULT
"""In this locale each sentence must hold all its blanks; others may need fewer (in English a count
comes with its noun)."""

_NOT_SAID_IN_TAIWAN = re.compile(
    "視頻|信息|短信|軟件|硬件|質量|網絡|打印|默認|屏幕|鏈接|的士|手機號|座機|大夫|小區|地鐵|公交|查找"
)
"""Words of another country."""

_NOT_SAID_ALOUD = re.compile("查詢結果|請輸入|系統|資料庫|貴客|來電者|販售|機構|數據")
"""Words of an office."""

_LADDERS = ("not_heard", "not_heard_voice", "not_understood", "not_understood_voice")
_LADDER_STEPS = 4
"""Once, twice, then a person is offered in two ways taken in turn."""

_OFFERS = {"not_heard_offers": 2, "not_understood_offers": 2}
"""Said before the options, the first two times; then the ladder above goes on."""

_LISTS = (
    {"again": 2, "option_marks": 2, "or": 2, "or_short": 2}
    | _OFFERS
    | dict.fromkeys(_LADDERS, _LADDER_STEPS)
)
"""Keys that need so many entries."""


def check_texts() -> list[str]:
    """The faults of all locales, a line each; [] when there are none."""
    faults = [f"keys.yaml: {outcome} has no words: give it a key" for outcome in wordless()]
    for locale in codes():
        try:
            faults += check_locale(locale, texts(locale))
        except DataError as problem:
            faults.append(str(problem))
    return faults


def wordless() -> list[str]:
    """Outcomes that have no sentence."""
    return [name.__name__ for name in get_args(Outcome) if name.__name__ not in _data()["outcomes"]]


@cache
def all_keys() -> Mapping[str, frozenset[str]]:
    """Key → the blanks that are filled in its sentences; with ? those that may stay empty."""
    looked_up = (one.sentences for one in LOOKUPS.values())
    groups = (*_data()["outcomes"].values(), *looked_up, _data()["parts"])
    return {key: frozenset((told or "").split()) for group in groups for key, told in group.items()}


@cache
def _data() -> Mapping[str, Mapping[str, Any]]:
    data: Mapping[str, Mapping[str, Any]] = yaml.safe_load(KEYS.read_text(encoding="utf-8"))
    return data


def check_locale(locale: str, lines: Texts) -> list[str]:
    """The faults of one locale's sentences."""
    keys = all_keys()
    faults = [f"{locale}.yaml: {key} is missing" for key in keys if key not in lines]
    faults += [
        f"{locale}.yaml: {key} is never said"
        for key in lines
        if key not in keys and not key.startswith(TOPIC)
    ]
    for key, sentences in lines.items():
        least = _LISTS.get(key, 1)
        if len(sentences) < least:
            faults.append(f"{locale}.yaml: {key} needs {least} sentences")
        if len(set(sentences)) < len(sentences):
            faults.append(f"{locale}.yaml: {key} says the same twice")
        for sentence in sentences:
            found = _check_sentence(locale, key, sentence, keys.get(key, frozenset()))
            faults += [f"{locale}.yaml: {key}: {sentence!r}: {fault}" for fault in found]
    return faults


def _check_sentence(locale: str, key: str, sentence: str, filled: frozenset[str]) -> Iterator[str]:
    try:
        blanks = {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}
    except ValueError:
        yield "a bracket is not closed"
        return
    needed = {name for name in filled if not name.endswith("?")}
    known = {name.rstrip("?") for name in filled}
    yield from (f"unknown blank {{{name}}}" for name in sorted(blanks - known))
    if locale == MEASURE:
        yield from (f"blank {{{name}}} is not used" for name in sorted(needed - blanks))
        yield from _check_mandarin(sentence)
    if not sentence.strip() and key not in ("option_marks", "or", "or_short"):
        yield "is empty"
    if len(sentence) > (longest := locale_of(locale).longest):
        yield f"longer than {longest} characters"


def _check_mandarin(sentence: str) -> Iterator[str]:
    for words in (_NOT_SAID_IN_TAIWAN, _NOT_SAID_ALOUD):
        yield from (f"say not {word}" for word in words.findall(sentence))
    if re.search(r"\d", sentence):
        yield "write digits as characters"
    if re.search(r"[A-Za-z]", re.sub(r"\{[^{}]*\}", "", sentence)):
        yield "write it in Chinese"
