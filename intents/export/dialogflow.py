"""A Dialogflow ES agent as the zip file that its console restores.

The layout is that of an exported agent: agent.json, package.json, intents/<name>.json with
<name>_usersays_<language>.json, entities/<name>.json with <name>_entries_<language>.json. Every
intent asks the webhook; the state travels in a context that the webhook writes.
"""

import uuid
from collections.abc import Iterable
from typing import Any

from intents.contract import load_contract, sentences
from intents.export.encoding import json_bytes, zip_bytes
from intents.export.phrases import Filler, fair
from intents.export.platform_texts import words
from intents.export.slot_values import SLOTS, values_of
from intents.templates import expand
from shared.catalog import Catalog
from shared.locales import locale_of

LANGUAGES = {locale_of(code).tag.lower(): code for code in words("dialogflow")}
"""Dialogflow's language → our locale; the first is the agent's own"""

CONTEXT = "mask-line-state"
"""The context in which the webhook keeps the state (`skills.dialogflow` has the same name)."""

# Means something only as an answer: without a conversation the sentence goes to the fallback
# intent, and so to our own understanding.
_ANSWERS = ("yes", "no", "choose1", "choose2", "choose3", "chooselast")

# Dialogflow takes 2,000 phrases an intent and trains no better on ten thousand like ones.
_MOST_PHRASES = 1000

_NAMESPACE = uuid.UUID("6f0c2c1e-3a52-5d0b-9a65-7f7f3b1f2d10")
_NUMBER_TYPE = "@sys.number"


def agent_zip(catalog: Catalog, public_url: str) -> bytes:
    """The whole agent; its webhook is `public_url`/dialogflow."""
    files = {
        "agent.json": _agent(public_url),
        "package.json": {"version": "1.0.0"},
        **_entities(catalog),
        **_intents(catalog),
    }
    return zip_bytes({name: json_bytes(content) for name, content in files.items()})


def _agent(public_url: str) -> dict[str, Any]:
    own, *others = LANGUAGES
    return {
        "activeEnvironmentId": "",
        "customClassifierMode": "use.after",
        "defaultTimezone": "Asia/Taipei",
        "description": "口罩專線",
        "disableInteractionLogs": True,  # nothing that callers say is kept
        "disableStackdriverLogs": True,
        "displayName": "mask-line",
        "enableWebhooks": True,
        "examples": "",
        "isPrivate": True,
        "language": own,
        "linkToDocs": "",
        "mlMinConfidence": 0.4,
        "onePlatformApiVersion": "v2",
        "shortDescription": "",
        "supportedLanguages": others,
        "webhook": {
            "available": True,
            "cloudFunctionsEnabled": False,
            "cloudFunctionsInitialized": False,
            "headers": {},
            "url": f"{public_url}/dialogflow",
            "useForDomains": False,
            "username": "",
        },
    }


def _id(*names: str) -> str:
    """An id in Dialogflow's form, deterministic."""
    return str(uuid.uuid5(_NAMESPACE, "/".join(names)))


def _entities(catalog: Catalog) -> dict[str, Any]:
    files: dict[str, Any] = {}
    for slot in SLOTS:
        files[f"entities/{slot}.json"] = {
            "allowFuzzyExtraction": True,
            "automatedExpansion": False,
            "id": _id("entity", slot),
            "isEnum": False,
            "isOverridable": True,
            "isRegexp": False,
            "name": slot,
        }
        for language, locale in LANGUAGES.items():
            files[f"entities/{slot}_entries_{language}.json"] = [
                {"value": value.id, "synonyms": list(value.names)}
                for value in values_of(slot, catalog, locale)
            ]
    return files


def _intents(catalog: Catalog) -> dict[str, Any]:
    files = {
        **_special("Default Welcome Intent", events=["WELCOME"]),
        **_special("Default Fallback Intent", fallback=True),
    }
    for language, locale in LANGUAGES.items():
        welcome = [[_part(phrase, "")] for phrase in words("dialogflow")[locale]["welcome"]]
        name = f"intents/Default Welcome Intent_usersays_{language}.json"
        files[name] = _usersays("Default Welcome Intent", language, welcome)
    for intent, slots in load_contract().intents.items():
        contexts = [CONTEXT] if intent in _ANSWERS else []
        files[f"intents/{intent}.json"] = _intent(intent, slots=slots, contexts=contexts)
    for language, locale in LANGUAGES.items():
        filler = Filler(catalog, locale)
        data = sentences(locale)
        literal = {text.casefold() for texts in data.expanded().values() for text in texts}
        greetings = {text.casefold() for text in words("dialogflow")[locale]["welcome"]}
        for intent, templates in data.templates.items():
            groups = [expand(template, data.rules) for template in templates]
            phrases = [
                [_part(*part) for part in filler.fill(text)]
                for text in fair(groups, _MOST_PHRASES)
                if text.casefold() not in greetings  # those open the conversation
            ]
            # 「大人口罩」 is a command by itself; as a question with a product it would be both.
            phrases = [p for p in phrases if _is_own(p, literal)]
            name = f"intents/{intent}_usersays_{language}.json"
            files[name] = _usersays(intent, language, phrases)
    return files


def _special(
    name: str, events: Iterable[str] = (), fallback: bool = False
) -> dict[str, dict[str, Any]]:
    action = "input.unknown" if fallback else "input.welcome"
    return {f"intents/{name}.json": _intent(name, events=events, fallback=fallback, action=action)}


def _intent(
    name: str,
    slots: Iterable[str] = (),
    contexts: Iterable[str] = (),
    events: Iterable[str] = (),
    fallback: bool = False,
    action: str = "",
) -> dict[str, Any]:
    texts = words("dialogflow")
    messages = [
        {"condition": "", "lang": language, "speech": [texts[locale]["unreachable"]], "type": "0"}
        for language, locale in LANGUAGES.items()
    ]
    response = {
        "action": action or name,
        "affectedContexts": [],  # the webhook alone sets it: an intent could empty it
        "defaultResponsePlatforms": {},
        "messages": messages,  # spoken only where the webhook cannot be reached
        "parameters": [_parameter(name, slot) for slot in slots],
        "resetContexts": False,
        "speech": [],
    }
    return {
        "auto": True,
        "condition": "",
        "conditionalFollowupEvents": [],
        "conditionalResponses": [],
        "contexts": list(contexts),
        "events": [{"name": event} for event in events],
        "fallbackIntent": fallback,
        "id": _id("intent", name),
        "name": name,
        "priority": 500000,
        "responses": [response],
        "webhookForSlotFilling": False,
        "webhookUsed": True,
    }


def _parameter(intent: str, slot: str) -> dict[str, Any]:
    return {
        "dataType": _meta(slot),
        "defaultValue": "",
        "id": _id("parameter", intent, slot),
        "isList": False,
        "name": slot,
        "noInputPromptMessages": [],
        "noMatchPromptMessages": [],
        "outputDialogContexts": [],
        "promptMessages": [],
        "prompts": [],
        "required": False,
        "value": f"${slot}",
    }


def _meta(slot: str) -> str:
    return _NUMBER_TYPE if slot == "number" else f"@{slot}"


def _is_own(phrase: list[dict[str, Any]], literal: set[str]) -> bool:
    """Whether a phrase with its slots filled is not a sentence of another intent."""
    annotated = any(part["userDefined"] for part in phrase)
    return not annotated or "".join(part["text"] for part in phrase).casefold() not in literal


def _part(text: str, slot: str) -> dict[str, Any]:
    """A piece of a phrase, annotated where it fills a slot."""
    if not slot:
        return {"text": text, "userDefined": False}
    return {"alias": slot, "meta": _meta(slot), "text": text, "userDefined": True}


def _usersays(intent: str, language: str, phrases: list[list[dict[str, Any]]]) -> Any:
    return [
        {
            "count": 0,
            "data": phrase,
            "id": _id("phrase", intent, language, str(number)),
            "isTemplate": False,
            "lang": language,
            "updated": 0,
        }
        for number, phrase in enumerate(phrases)
    ]
