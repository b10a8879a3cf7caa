"""The sentences for Home Assistant, tried with hassil, which is what Assist recognises with."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from hassil import Intents, recognize_all

from intents.contract import sentences
from intents.export.assist import LANGUAGES, configuration, custom_sentences, intent_name
from intents.export.values import values_of
from intents.templates import expand, slots_of, split
from shared.dialog.values import Intent
from tests.small_world import CATALOG

PER_TEMPLATE = 6
"""Sentences of each template that are tried: all of most, an even choice of the longest."""


def said_and_meant(locale: str, sentence: str, number: int) -> tuple[str, dict[str, Any]]:
    """`sentence` with values in its slots, and what must be heard in them."""
    said, meant = "", {}
    for text, slot in split(sentence):
        word = text
        if slot == "number":
            word, meant[slot] = "106", 106
        elif slot:
            values = values_of(slot, CATALOG, locale)
            value = values[number % len(values)]
            word = value.names[number % len(value.names)]
            meant[slot] = value.names[0] if slot == "product" else value.id
        said += word
    return said, meant


def tried(locale: str) -> Iterator[tuple[str, str]]:
    data = sentences(locale)
    for name, templates in data.templates.items():
        for template in templates:
            texts = expand(template, data.rules)
            step = max(1, len(texts) // PER_TEMPLATE)
            yield from ((name, text) for text in texts[::step])


@pytest.mark.parametrize("language", LANGUAGES)
def test_hassil_recognises_every_template_and_hears_its_slots(language: str) -> None:
    """What people say comes out as the intent it was written for, with the places in Chinese."""
    known = Intents.from_dict(custom_sentences(language, CATALOG))
    locale = LANGUAGES[language]
    missed = []
    for number, (name, sentence) in enumerate(tried(locale)):
        said, meant = said_and_meant(locale, sentence, number)
        heard = [
            {slot: entity.value for slot, entity in result.entities.items()}
            for result in recognize_all(said, known)
            if result.intent.name == intent_name(name)
        ]
        if meant not in heard:
            missed.append((said, name, meant, heard))
    assert missed == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_of_home_assistants_own_is_overwritten(language: str) -> None:
    """Assist merges lists, rules and intents by name, so all of ours bear our prefix."""
    written = custom_sentences(language, CATALOG)
    assert written["language"] == language
    assert all(name.startswith("MaskLine") for name in written["intents"])
    for part in ("lists", "expansion_rules"):
        assert all(name.startswith("mask_line_") for name in written[part])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_configuration_answers_every_intent(language: str) -> None:
    """Each intent is handed to our agent with the places that were heard, and its answer spoken."""
    files = configuration(CATALOG)
    written = yaml.safe_load(files[f"custom_sentences/{language}/mask_line.yaml"])
    assert written == custom_sentences(language, CATALOG)
    scripts = yaml.safe_load(files[f"configuration.{language}.yaml"])["intent_script"]
    assert set(scripts) == {intent_name(intent) for intent in Intent} == set(written["intents"])
    for name, script in scripts.items():
        ask, stop = script["action"]
        assert ask["action"] == "conversation.process"
        assert ask["response_variable"] == stop["response_variable"]
        assert ask["data"]["text"]
        used = {s for t in written["intents"][name]["data"][0]["sentences"] for s in slots(t)}
        if name == "MaskLineAsk":
            assert all(slot in ask["data"]["text"] for slot in used)
        assert "action_response" in script["speech"]["text"]


def slots(template: str) -> list[str]:
    return re.findall(r"\{mask_line_\w+:(\w+)\}", template)


def test_slots_keep_their_names() -> None:
    """Behind the prefix, the slots are those of the contract."""
    rules = custom_sentences("zh-TW", CATALOG)["expansion_rules"].values()
    plain = sentences("zh-TW").rules.values()
    assert [slots(rule) for rule in rules] == [list(slots_of(rule)) for rule in plain]
