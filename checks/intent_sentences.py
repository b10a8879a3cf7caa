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
from shared.catalog import Kind
from shared.dialog.acts import Intent
from shared.errors import DataError
from shared.locales import all_locales
from shared.lookups import LOOKUPS
from shared.outcomes import RULE_PARTS
from shared.speech.texts import texts as answers_of


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
    known = {str(intent) for intent in Intent if intent not in (Intent.LOOKUP, Intent.LANGUAGE)}
    known |= LOOKUPS.keys() | {locale.intent for locale in all_locales().values()}
    named = {name.partition(".")[0] for name in contract.intents}
    for name in sorted(known - named):
        yield f"contract: intent {name} is missing"
    for name in sorted(named - known):
        yield f"contract: intent {name} is none of the dialogue's"
    parts = {name.partition(".")[2] for name in contract.intents if name.startswith("rules.")}
    for part in sorted(parts ^ set(RULE_PARTS)):
        yield f"contract: rules.{part} is not both here and in outcomes.RULE_PARTS"
    used: set[str] = set()
    for name, slots in contract.intents.items():
        used.update(slots)
        for slot in slots:
            if slot not in contract.slots:
                yield f"contract: intent {name} has unknown slot {slot}"
    for slot in sorted(contract.slots.keys() - used):
        yield f"contract: slot {slot} is in no intent"


def _sentence_faults(contract: Contract, sentences: Sentences) -> Iterator[str]:
    for kind in sentences.kinds.keys() ^ set(Kind):
        yield f"kinds: {kind} is not both here and a kind of seller"
    for name in contract.intents:
        if name.startswith("topic.") and name.replace(".", "_") not in answers_of(sentences.locale):
            yield f"{name} has no answer: give it a {name.replace('.', '_')} in shared/speech/text"
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
