"""An Alexa skill package: the manifest and an interaction model for each locale.

Alexa speaks no Chinese, so the models are of other languages; the ids of the slot values are
Chinese. Limits are those of Amazon's "Interaction Model Schema", "Create Custom Slot Types" and
"Intents, Utterances, and Slots" pages; tests/intents/test_export_alexa.py holds the models to them.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from intents.contract import load_contract, sentences
from intents.export.encoding import json_bytes
from intents.export.phrases import fair
from intents.export.platform_texts import words
from intents.export.slot_values import SLOTS, values_of
from intents.platform_intents import alexa_name
from intents.templates import expand, slots_of, split
from shared.catalog import Catalog
from shared.locales import locale_of

LOCALES = {locale: ours for ours, text in words("alexa").items() for locale in text["locales"]}
"""Alexa's locale → the locale whose sentences it uses"""

_BY_ID_ENDS = ("rules.day", "rules.turn")
"""Labels whose sentences may say how the id ends, each ending an intent of its own: Alexa passes no
words on."""

REQUIRED = ("AMAZON.CancelIntent", "AMAZON.NavigateHomeIntent", "AMAZON.FallbackIntent")
"""Amazon's intents that every skill must have, and that correspond to none of ours."""

# A model of all combinations would be trained on little else than the longest template; and one may
# have 1.5 MB, of which the names of all pharmacies take up to half.
_MOST_SAMPLES = 200

_NUMBER_TYPE = "AMAZON.NUMBER"
# Digits are spelled out in sample utterances; punctuation but ' and - is not allowed there.
_NOT_SPOKEN = re.compile(r"[^\w\s'{}-]|\d")


def skill_package(catalog: Catalog, public_url: str) -> Mapping[str, bytes]:
    """File name → content, as `ask deploy` and the console read it."""
    files = {"skill-package/skill.json": json_bytes(_manifest(public_url))}
    for locale in LOCALES:
        name = f"skill-package/interactionModels/custom/{locale}.json"
        # Without indentation: a model may have 1.5 MB.
        files[name] = json_bytes(interaction_model(locale, catalog), indent=None)
    return files


def interaction_model(locale: str, catalog: Catalog) -> dict[str, Any]:
    """The interaction model of one of Alexa's locales."""
    ours = LOCALES[locale]
    data = sentences(ours)
    groups = {
        name: [expand(template, data.rules) for template in templates]
        for name, templates in data.templates.items()
    }
    contract = load_contract()
    intents = [
        _intent(alexa_name(name), contract.intents[name], groups[name], ours)
        for name in contract.intents
        if name not in _BY_ID_ENDS
    ]
    for name in _BY_ID_ENDS:
        intents += _by_ends(name, groups[name], ours)
    intents += [{"name": name, "samples": []} for name in REQUIRED]
    types = [_type(slot, catalog, ours) for slot in SLOTS]
    model = {
        "invocationName": words("alexa")[ours]["invocation"],
        "intents": sorted(intents, key=lambda intent: str(intent["name"])),
        "types": types,
    }
    return {"interactionModel": {"languageModel": model}}


def _intent(
    name: str, slots: tuple[str, ...], groups: Sequence[Sequence[str]], locale: str
) -> dict[str, Any]:
    """An intent with samples of each of `groups`, the sentences of one template each."""
    spoken = [[_sample(t, locale) for t in texts if not _NOT_SPOKEN.search(t)] for texts in groups]
    samples = fair([texts for texts in spoken if texts], _MOST_SAMPLES)
    used = {slot for sample in samples for slot in slots_of(sample)}
    intent: dict[str, Any] = {"name": name, "samples": samples}
    if used:
        intent["slots"] = [{"name": s, "type": _type_name(s)} for s in slots if s in used]
    return intent


def _by_ends(label: str, groups: Sequence[Sequence[str]], locale: str) -> list[dict[str, Any]]:
    """One intent for each end of an id that a sentence names, and one for those that name none."""
    asked: dict[str, list[list[str]]] = {}
    for texts in groups:
        own: dict[str, list[str]] = {}
        for text in texts:
            own.setdefault(alexa_name(label, _ends(text, locale)), []).append(text)
        for name, said in own.items():
            asked.setdefault(name, []).append(said)
    return [_intent(name, (), said, locale) for name, said in asked.items()]


def _ends(text: str, locale: str) -> str:
    """The ending of an id that a sentence names: odd, even; "" for neither or both."""
    data = sentences(locale)
    said = {
        ends
        for ends, words in data.id_ends.items()
        if any(re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", text) for word in words)
    }
    digit = next((n for n, word in enumerate(data.digits) if _last_digit(word, text)), None)
    if digit is not None:
        said.add("odd" if digit % 2 else "even")
    return said.pop() if len(said) == 1 else ""


def _last_digit(word: str, text: str) -> bool:
    return re.search(rf"(?:in|is|with|a|は|が)\s*{re.escape(word)}(?![a-z])", text) is not None


def _sample(text: str, locale: str) -> str:
    """A sample utterance; without spaces between words there must be some around its slots."""
    if locale_of(locale).gap:
        return text
    return " ".join(part or f"{{{slot}}}" for part, slot in split(text))


def _type_name(slot: str) -> str:
    return _NUMBER_TYPE if slot == "number" else f"{slot.upper()}_NAME"


def _type(slot: str, catalog: Catalog, locale: str) -> dict[str, Any]:
    values = []
    for value in values_of(slot, catalog, locale):
        name: dict[str, Any] = {"value": value.names[0]}
        if len(value.names) > 1:
            name["synonyms"] = list(value.names[1:])
        values.append({"id": value.id, "name": name})
    return {"name": _type_name(slot), "values": values}


def _manifest(public_url: str) -> dict[str, Any]:
    texts = {locale: words("alexa")[ours] for locale, ours in LOCALES.items()}
    locales = {
        locale: {
            "name": text["name"],
            "summary": text["summary"],
            "description": text["description"],
            "examplePhrases": text["phrases"],
            "keywords": text["keywords"],
        }
        for locale, text in texts.items()
    }
    endpoint = {"uri": f"{public_url}/alexa", "sslCertificateType": "Trusted"}
    privacy = {
        "allowsPurchases": False,
        "containsAds": False,
        "isChildDirected": False,
        "isExportCompliant": True,
        "usesPersonalInfo": True,  # the device's address, where the listener allows it
        "locales": {locale: {"privacyPolicyUrl": f"{public_url}/"} for locale in texts},
    }
    return {
        "manifest": {
            "manifestVersion": "1.0",
            "publishingInformation": {
                "category": "HEALTH_AND_FITNESS",
                "distributionCountries": ["GB", "JP", "US"],
                "isAvailableWorldwide": False,
                "locales": locales,
                "testingInstructions": texts["en-US"]["phrases"][1],
            },
            "apis": {"custom": {"endpoint": endpoint}},
            "permissions": [{"name": "alexa::devices:all:address:full:read"}],
            "privacyAndCompliance": privacy,
        }
    }
