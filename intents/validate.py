"""Every fault of the contract and the sentences, all at once."""

from collections.abc import Iterator
from pathlib import Path

from intents.contract import (
    FOLDER,
    LOCALES,
    Contract,
    Sentences,
    load_contract,
    load_sentences,
    normal,
)
from intents.templates import expand, slots_of
from shared.dialog.values import Intent
from shared.errors import DataError
from shared.outcomes import RULE_PARTS


def validate(folder: Path = FOLDER) -> list[str]:
    """One line for each fault; empty where there is none."""
    try:
        contract = load_contract(folder)
    except DataError as error:
        return [str(error)]
    faults = list(_contract_faults(contract))
    for locale in LOCALES:
        try:
            sentences = load_sentences(locale, folder)
        except DataError as error:
            faults.append(str(error))
            continue
        faults += [f"{locale}: {fault}" for fault in _sentence_faults(contract, sentences)]
    return faults


def _contract_faults(contract: Contract) -> Iterator[str]:
    known = {str(intent) for intent in Intent}
    for name in sorted(known - contract.intents.keys()):
        yield f"contract: intent {name} is missing"
    for name in sorted(contract.intents.keys() - known):
        yield f"contract: intent {name} is none of the dialogue's"
    used: set[str] = set()
    for name, slots in contract.intents.items():
        used.update(slots)
        for slot in slots:
            if slot not in contract.slots:
                yield f"contract: intent {name} has unknown slot {slot}"
    for slot in sorted(contract.slots.keys() - used):
        yield f"contract: slot {slot} is in no intent"


def _sentence_faults(contract: Contract, sentences: Sentences) -> Iterator[str]:
    for part in sentences.about_rules.keys() - set(RULE_PARTS):
        yield f"about_rules: {part} is none of {', '.join(RULE_PARTS)}"
    for name in contract.intents:
        if not sentences.templates.get(name):
            yield f"intent {name} has no sentences"
    for name in sentences.templates:
        if name not in contract.intents:
            yield f"sentences for {name}, which is no intent"
    used_rules = {rule for rule in sentences.rules if _names(sentences, rule)}
    for rule in sorted(sentences.rules.keys() - used_rules):
        yield f"rule <{rule}> is used by no sentence"
    seen: dict[str, str] = {}
    for name, templates in sentences.templates.items():
        for template in templates:
            try:
                texts = expand(template, sentences.rules)
            except DataError as error:
                yield f"{name}: {error}"
                continue
            yield from _slot_faults(contract, name, template, texts)
            yield from _duplicates(seen, name, template, texts)


def _names(sentences: Sentences, rule: str) -> bool:
    texts = [item for items in sentences.templates.values() for item in items]
    texts += sentences.rules.values()
    return any(f"<{rule}>" in text for text in texts)


def _slot_faults(
    contract: Contract, name: str, template: str, texts: tuple[str, ...]
) -> Iterator[str]:
    allowed = contract.intents.get(name, ())
    for slot in sorted({slot for text in texts for slot in slots_of(text)} - set(allowed)):
        what = "not in its contract" if slot in contract.slots else "unknown"
        yield f"{name}: slot {{{slot}}} is {what}: {template}"


def _duplicates(
    seen: dict[str, str], name: str, template: str, texts: tuple[str, ...]
) -> Iterator[str]:
    """`seen`: sentence → where it stands; grows."""
    here = f"{name}: {template}"
    for text in texts:
        key = normal(text)
        if not key:
            yield f"{here}: stands for an empty sentence"
        elif key in seen:
            yield f"{here}: {text!r} stands already in {seen[key]}"
        seen.setdefault(key, here)
