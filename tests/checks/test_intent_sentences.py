"""The check of contract and sentences: silent about ours, complete about a broken copy."""

from pathlib import Path

import pytest

from checks.intent_sentences import validate
from intents.contract import LOCALES, load_contract, sentences
from shared.dialog.acts import Intent, read_label
from shared.lookups import LOOKUPS

BROKEN = Path(__file__).parent / "broken"

FAULTS = {
    "an intent of the dialogue without a contract": "contract: intent stop is missing",
    "a contract for nothing": "contract: intent sing is none of the dialogue's",
    "a slot that is not declared": "contract: intent ask has unknown slot planet",
    "a slot that nobody uses": "contract: slot colour is in no intent",
    "an intent without sentences": "zh-TW: intent sing has no sentences",
    "sentences without an intent": "zh-TW: sentences for dance, which is no intent",
    "an unknown slot": "zh-TW: ask: slot {moon} is unknown: {moon}有嗎",
    "a slot that this intent has not": "zh-TW: ask: slot {colour} is not in its contract",
    "a rule that nobody uses": "zh-TW: rule <unused> is used by no sentence",
    "a rule that does not exist": "zh-TW: repeat: no rule <nobody>",
    "rules in a ring": "zh-TW: repeat: rules name each other in a ring",
    "a bracket left open": "zh-TW: repeat: ']' is missing in: 再[說一次",
    "a duplicate within an intent": "'{district}有口罩嗎' stands already in ask",
    "a duplicate across intents": "zh-TW: next: 再說一次: '再說一次' stands already in repeat",
    "a duplicate but for case and marks": "en-US: next: Again!: 'Again!' stands already in repeat",
    "an empty sentence": "zh-TW: next: [啊]: stands for an empty sentence",
    "a part of the rules that is none": "contract: rules.weather is not both here and in outcomes",
    "a topic without an answer": "zh-TW: topic.moon has no answer",
    "a kind of seller that is none": "zh-TW: kinds: kiosk is not both here and a kind of seller",
    "a file that is no table": "ja-JP.yaml is no table",
}


def test_ours_has_no_fault() -> None:
    """The contract and the sentences of all three locales are whole."""
    assert validate() == []


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_every_fault_of_a_broken_copy_is_listed(fault: str) -> None:
    """One run lists every kind of fault, each with the place where it stands."""
    assert any(fault in line for line in validate(BROKEN)), "\n".join(validate(BROKEN))


def test_a_missing_folder_is_one_line(tmp_path: Path) -> None:
    """Where there is no contract at all, the check says so and does not fall over."""
    assert len(validate(tmp_path)) == 1


@pytest.mark.parametrize("locale", LOCALES)
def test_every_intent_is_said_in_several_ways(locale: str) -> None:
    """A platform trains on at least six sentences for each intent, in each locale."""
    expanded = sentences(locale).expanded()
    few = {name: len(texts) for name, texts in expanded.items() if len(texts) < 6}
    assert few == {}


def test_the_contract_names_the_intents_of_the_dialogue() -> None:
    """What can be understood and what the dialogue acts on are the same list."""
    intents = {read_label(label)[0] for label in load_contract().intents}
    assert intents == set(Intent)
    assert {label for label in load_contract().intents if label in LOOKUPS} == set(LOOKUPS)
