"""The Dialogflow agent zip, held to the layout of an agent that Dialogflow ES itself exports.

Sources: "Agents: export and restore" and "Quotas and limits" of Dialogflow ES: agent.json and
package.json at the root; intents/<name>.json with <name>_usersays_<language>.json; entities/
<name>.json with <name>_entries_<language>.json; 2,000 phrases an intent and language, 768
characters a phrase, 30,000 values an entity, 200 synonyms a value.
"""

import io
import json
import re
import uuid
import zipfile
from pathlib import Path
from typing import Any

import pytest

from intents.contract import load_contract
from intents.export.dialogflow import CONTEXT, LANGUAGES, agent_zip
from intents.platform_intents import label_named
from shared.catalog import Snapshot
from shared.places.districts import all_districts
from skills.dialogflow import webhook

SPECIAL = {"Default Welcome Intent", "Default Fallback Intent"}


@pytest.fixture(scope="module")
def archive(any_feed: Snapshot) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(agent_zip(any_feed.catalog, "https://line.example.tw")))


@pytest.fixture(scope="module")
def agent(archive: zipfile.ZipFile) -> dict[str, Any]:
    return {name: json.loads(archive.read(name)) for name in archive.namelist()}


def stems(agent: dict[str, Any], folder: str) -> set[str]:
    """Names of the intents or entities."""
    marks = "_usersays_|_entries_"
    return {Path(n).stem for n in agent if n.startswith(folder) and not re.search(marks, n)}


def phrases(agent: dict[str, Any], intent: str, language: str) -> list[list[dict[str, Any]]]:
    return [phrase["data"] for phrase in agent[f"intents/{intent}_usersays_{language}.json"]]


def test_the_layout_is_that_of_an_exported_agent(agent: dict[str, Any]) -> None:
    """Nothing is missing and nothing is there that the console would not know."""
    known = r"(agent|package)\.json|(intents|entities)/[^/]+\.json"
    assert all(re.fullmatch(known, name) for name in agent)
    assert agent["package.json"] == {"version": "1.0.0"}
    assert stems(agent, "intents/") == SPECIAL | set(load_contract().intents)
    for language in LANGUAGES:
        for intent in stems(agent, "intents/") - {"Default Fallback Intent"}:
            assert f"intents/{intent}_usersays_{language}.json" in agent
        for entity in stems(agent, "entities/"):
            assert f"entities/{entity}_entries_{language}.json" in agent


def test_the_agent_speaks_two_languages_and_calls_the_webhook(agent: dict[str, Any]) -> None:
    """Its own language is zh-tw, en beside it; the webhook is ours; nothing said is logged."""
    own = agent["agent.json"]
    assert (own["language"], own["supportedLanguages"]) == ("zh-tw", ["en"])
    assert own["webhook"]["available"]
    assert own["webhook"]["url"] == "https://line.example.tw/dialogflow"
    assert own["defaultTimezone"] == "Asia/Taipei"
    assert own["disableInteractionLogs"]


def test_every_intent_asks_the_webhook_and_lets_its_context_be(agent: dict[str, Any]) -> None:
    """All intents answer through the webhook; none touches the context that carries the state."""
    for name in stems(agent, "intents/"):
        intent = agent[f"intents/{name}.json"]
        assert intent["name"] == name
        assert intent["webhookUsed"]
        assert label_named(name) or name in SPECIAL
        (response,) = intent["responses"]
        assert response["affectedContexts"] == []
        assert {message["lang"] for message in response["messages"]} == set(LANGUAGES)


def test_the_context_is_the_webhooks(agent: dict[str, Any]) -> None:
    """Exporter and webhook mean the same context."""
    assert webhook.CONTEXT == CONTEXT
    waiting = {n for n in stems(agent, "intents/") if agent[f"intents/{n}.json"]["contexts"]}
    assert waiting == {"yes", "no", "choose1", "choose2", "choose3", "chooselast"}
    assert all(agent[f"intents/{name}.json"]["contexts"] == [CONTEXT] for name in waiting)


def test_there_is_one_welcome_and_one_fallback(agent: dict[str, Any]) -> None:
    """The console needs a fallback intent; integrations open with the WELCOME event."""
    intents = [agent[f"intents/{name}.json"] for name in stems(agent, "intents/")]
    assert [i["name"] for i in intents if i["fallbackIntent"]] == ["Default Fallback Intent"]
    welcome = [i["name"] for i in intents if {"name": "WELCOME"} in i["events"]]
    assert welcome == ["Default Welcome Intent"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_phrases_are_annotated_within_the_limits(agent: dict[str, Any], language: str) -> None:
    """Each phrase is whole; a slot's words name a declared parameter and its entity."""
    entities = stems(agent, "entities/")
    for name in stems(agent, "intents/") - {"Default Fallback Intent"}:
        parameters = {
            p["name"]: p["dataType"]
            for p in agent[f"intents/{name}.json"]["responses"][0]["parameters"]
        }
        said = phrases(agent, name, language)
        assert 5 <= len(said) <= 2000
        for parts in said:
            assert 0 < len("".join(part["text"] for part in parts)) <= 768
            for part in parts:
                assert part["text"]
                assert part["userDefined"] == ("alias" in part)
                if "alias" in part:
                    assert part["meta"] == parameters[part["alias"]]
                    assert part["meta"] == "@sys.number" or part["meta"][1:] in entities


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_phrase_belongs_to_two_intents(agent: dict[str, Any], language: str) -> None:
    """A phrase of two intents would make the agent guess; the console warns of it."""
    seen: dict[str, str] = {}
    for name in sorted(stems(agent, "intents/") - {"Default Fallback Intent"}):
        for parts in phrases(agent, name, language):
            text = "".join(part["text"] for part in parts).casefold()
            assert seen.setdefault(text, name) == name


@pytest.mark.parametrize("language", LANGUAGES)
def test_entities_name_all_districts_in_chinese(agent: dict[str, Any], language: str) -> None:
    """Whatever the language, an entity's value is what our resolver reads: a district's key."""
    values = {entry["value"] for entry in agent[f"entities/district_entries_{language}.json"]}
    assert values >= {district.key for district in all_districts()}
    for name in stems(agent, "entities/"):
        entries = agent[f"entities/{name}_entries_{language}.json"]
        assert 0 < len(entries) <= 30_000
        assert len({entry["value"] for entry in entries}) == len(entries)
        assert all(0 < len(entry["synonyms"]) <= 200 for entry in entries)


def test_ids_are_unique(agent: dict[str, Any]) -> None:
    """Intents, entities, parameters and phrases have one id each."""
    ids = re.findall(r'"id": "([^"]+)"', json.dumps(list(agent.values())))
    assert len(ids) == len(set(ids))
    assert all(str(uuid.UUID(id_)) == id_ for id_ in ids)
