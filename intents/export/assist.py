"""Sentences for Home Assistant: custom_sentences/<language>/mask_line.yaml and its configuration.

Only for houses whose pipeline keeps Home Assistant's own agent: what it recognises by these
sentences it hands to ours, the conversation agent that `flask --app app assist` is over Wyoming.
Lists and rules bear a prefix, because Home Assistant merges them with its own.
"""

import re
from collections.abc import Mapping
from typing import Any

from intents.contract import Sentences, load_contract, sentences
from intents.export.files import yaml_bytes
from intents.export.values import SLOTS, Value, values_of
from intents.templates import slots_of
from shared.catalog import Catalog

LANGUAGES = {"zh-TW": "zh-TW", "en": "en-US"}
"""Home Assistant's language → our locale"""

AGENT = "conversation.mask_line"
"""The entity that Home Assistant makes of our Wyoming service; may be another, see its settings."""

PREFIX = "mask_line_"
_FIRST_CODE, _LAST_CODE = 100, 983

_RULE = re.compile(r"<([a-z_]+)>")
_LIST = re.compile(r"\{([a-z_]+)\}")

_SENTENCES_NOTE = """\
Put into the folder custom_sentences/{language} of Home Assistant's configuration. Written by
`flask --app app export assist`: change intents/sentences/{locale}.yaml instead of this file."""

_CONFIGURATION_NOTE = """\
Add to Home Assistant's configuration.yaml, in the one language that is spoken at home. First add
our service under Settings > Devices & services > Wyoming Protocol, and give its conversation
entity the id {agent}, or write that entity's id here."""


def configuration(catalog: Catalog) -> Mapping[str, bytes]:
    """File name → content."""
    files = {}
    for language, locale in LANGUAGES.items():
        note = _SENTENCES_NOTE.format(language=language, locale=locale)
        content = custom_sentences(language, catalog)
        files[f"custom_sentences/{language}/mask_line.yaml"] = yaml_bytes(content, note)
        note = _CONFIGURATION_NOTE.format(agent=AGENT)
        scripts = {"intent_script": _scripts(sentences(locale))}
        files[f"configuration.{language}.yaml"] = yaml_bytes(scripts, note)
    return files


def intent_name(intent: str) -> str:
    """What one of our intents is called in Home Assistant.

    >>> intent_name("choose1")
    'MaskLineChoose1'
    """
    return f"MaskLine{intent.capitalize()}"


def custom_sentences(language: str, catalog: Catalog) -> dict[str, Any]:
    """The sentences of a language as hassil reads them."""
    data = sentences(LANGUAGES[language])
    intents = {
        intent_name(name): {"data": [{"sentences": [_prefixed(text) for text in templates]}]}
        for name, templates in data.templates.items()
    }
    lists: dict[str, Any] = {
        PREFIX + slot: {"values": _entries(slot, values_of(slot, catalog, data.locale))}
        for slot in SLOTS
    }
    lists[PREFIX + "number"] = {"range": {"from": _FIRST_CODE, "to": _LAST_CODE}}
    return {
        "language": language,
        "intents": intents,
        "lists": lists,
        "expansion_rules": {PREFIX + name: _prefixed(text) for name, text in data.rules.items()},
    }


def _prefixed(template: str) -> str:
    return _LIST.sub(rf"{{{PREFIX}\1:\1}}", _RULE.sub(rf"<{PREFIX}\1>", template))


def _entries(slot: str, values: tuple[Value, ...]) -> list[dict[str, str]]:
    """One entry a name; a product comes out by its usual name, which our agent understands."""
    return [
        {"in": _literal(name), "out": value.names[0] if slot == "product" else value.id}
        for value in values
        for name in value.names
    ]


def _literal(name: str) -> str:
    """`name` without what would be read as a template: 〈佳〉(A) → 〈佳〉A."""
    return re.sub(r"[\[\](){}<>|:]", "", name).strip()


def _scripts(data: Sentences) -> dict[str, Any]:
    """For each intent: ask our agent in its own words, and speak what it answers."""
    expanded = data.expanded()
    scripts = {}
    for name, slots in load_contract().intents.items():
        plain = next((text for text in expanded[name] if not slots_of(text)), "")
        named = "".join(f"{{{{ {slot} | default('') }}}}" for slot in slots if slot != "product")
        product = " {{ product | default('') }}" if "product" in slots else ""
        text = named + product if name == "ask" else " ".join(p for p in (named, plain) if p)
        scripts[intent_name(name)] = {
            "action": [
                {
                    "action": "conversation.process",
                    "data": {"agent_id": AGENT, "conversation_id": "mask_line", "text": text},
                    "response_variable": "answer",
                },
                {"stop": "", "response_variable": "answer"},
            ],
            "speech": {"text": "{{ action_response.response.speech.plain.speech }}"},
        }
    return scripts
