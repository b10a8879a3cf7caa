"""Sentences for Home Assistant: custom_sentences/<language>/mask_line.yaml and its configuration.

Only for houses whose pipeline keeps Home Assistant's own agent: what it recognises by these
sentences it hands to ours, the conversation agent that `flask --app app assist` is over Wyoming.
They are few, and each carries a mask word or our name: Home Assistant tries every sentence of a
house against them, and a house says 「關掉」 and 「下一個」 to its lamps and players.
"""

import re
from collections.abc import Mapping
from typing import Any

from intents.contract import sentences
from intents.export.encoding import yaml_bytes
from intents.export.platform_texts import words
from shared.locales import locale_of

_TAGS = {locale_of(code).tag: code for code in words("assist")}
LANGUAGES = _TAGS | {tag.lower(): code for tag, code in _TAGS.items()}
"""Home Assistant's language → our locale. 2025.4 reads zh-tw, later ones zh-TW."""

AGENT = "conversation.mask_line"
"""The entity that Home Assistant makes of our Wyoming service; may be another, see its settings."""

PREFIX = "mask_line_"
ASK, CALL = "MaskLineAsk", "MaskLineCall"

_SLOT = re.compile(r"\{([a-z]+)\}")

_SENTENCES_NOTE = """\
Put into the folder custom_sentences/{language} of Home Assistant's configuration. Written by
`flask --app app export assist`: change intents/export/text instead of this file."""

_CONFIGURATION_NOTE = """\
Add to Home Assistant's configuration.yaml, in the one language that is spoken at home. First add
our service under Settings > Devices & services > Wyoming Protocol, and give its conversation
entity the id {agent}, or write that entity's id here."""


def configuration() -> Mapping[str, bytes]:
    """File name → content."""
    files = {}
    for language in LANGUAGES:
        note = _SENTENCES_NOTE.format(language=language)
        content = custom_sentences(language)
        files[f"custom_sentences/{language}/mask_line.yaml"] = yaml_bytes(content, note)
    for language, locale in _TAGS.items():
        note = _CONFIGURATION_NOTE.format(agent=AGENT)
        scripts = {"intent_script": _scripts(locale)}
        files[f"configuration.{language}.yaml"] = yaml_bytes(scripts, note)
    return files


def custom_sentences(language: str) -> dict[str, Any]:
    """The sentences of a language as hassil reads them."""
    locale = LANGUAGES[language]
    said = words("assist")[locale]
    return {
        "language": language,
        "intents": {
            ASK: {"data": [{"sentences": [_prefixed(text) for text in said["ask"]]}]},
            CALL: {"data": [{"sentences": [_prefixed(text) for text in said["call"]]}]},
        },
        "lists": {
            f"{PREFIX}place": {"wildcard": True},
            f"{PREFIX}words": {"wildcard": True},
            f"{PREFIX}product": {"values": _products(locale)},
        },
    }


def _products(locale: str) -> list[str]:
    named = sentences(locale).products.values()
    every = [words("assist")[locale]["product"], *(name for names in named for name in names)]
    return sorted(dict.fromkeys(every), key=lambda name: (-len(name), name))


def _prefixed(template: str) -> str:
    return _SLOT.sub(rf"{{{PREFIX}\1:\1}}", template)


def _scripts(locale: str) -> dict[str, Any]:
    """For each intent: ask our agent in its own words, and speak what it answers."""
    said = words("assist")[locale]
    asked = {ASK: said["asked"], CALL: f"{{{{ words | default('{said['hello']}') }}}}"}
    return {
        name: {
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
        for name, text in asked.items()
    }
