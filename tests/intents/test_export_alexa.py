"""The Alexa skill package, held to the limits that Amazon documents.

Sources: "Interaction Model Schema", "Create and Edit Custom Slot Types", "Create Intents,
Utterances, and Slots", "Choose the Invocation Name", "Skill Manifest Schema" on
developer.amazon.com.
"""

import json
import re
from typing import Any

import pytest

from intents.contract import load_contract
from intents.export.alexa import LOCALES, skill_package
from intents.export.slot_values import SLOTS, values_of
from intents.platform_intents import alexa_name, ends_of, label_named
from intents.templates import slots_of
from shared.catalog import Catalog, Snapshot
from shared.feed.parse import parse_feed
from shared.names.index import NameIndex, index_of
from shared.names.resolve import resolve
from shared.places.districts import all_districts, by_key

REQUIRED = {
    "AMAZON.CancelIntent",
    "AMAZON.FallbackIntent",
    "AMAZON.HelpIntent",
    "AMAZON.NavigateHomeIntent",
    "AMAZON.NextIntent",
    "AMAZON.NoIntent",
    "AMAZON.PreviousIntent",
    "AMAZON.RepeatIntent",
    "AMAZON.StartOverIntent",
    "AMAZON.StopIntent",
    "AMAZON.YesIntent",
}
BUILT_IN_TYPES = {"AMAZON.NUMBER"}
LAUNCH_WORDS = {
    *("launch", "ask", "tell", "load", "begin", "enable", "open", "start", "run", "use", "from"),
    *("alexa", "amazon", "echo", "computer", "skill", "app", "the", "a", "an", "for", "to", "of"),
}


@pytest.fixture(scope="module")
def catalog(any_feed: Snapshot) -> Catalog:
    return any_feed.catalog


@pytest.fixture(scope="module")
def package(catalog: Catalog) -> dict[str, bytes]:
    return dict(skill_package(catalog, "https://line.example.tw"))


@pytest.fixture(scope="module", params=sorted(LOCALES))
def content(request: pytest.FixtureRequest, package: dict[str, bytes]) -> bytes:
    return package[f"skill-package/interactionModels/custom/{request.param}.json"]


@pytest.fixture(scope="module")
def model(content: bytes) -> dict[str, Any]:
    language_model: dict[str, Any] = json.loads(content)["interactionModel"]["languageModel"]
    return language_model


def intents(model: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {intent["name"]: intent for intent in model["intents"]}


def test_the_package_holds_a_manifest_and_three_models(package: dict[str, bytes]) -> None:
    """`ask deploy` finds skill.json and one model for each locale; there is no Chinese one."""
    assert set(package) == {
        "skill-package/skill.json",
        *(f"skill-package/interactionModels/custom/{name}.json" for name in LOCALES),
    }
    assert set(LOCALES) == {"en-US", "en-GB", "ja-JP"}


def test_every_intent_is_there_under_a_name_that_comes_back(model: dict[str, Any]) -> None:
    """Each of our intents is in the model, once, by a name the skill understands."""
    names = [intent["name"] for intent in model["intents"]]
    assert len(names) == len(set(names))
    assert {alexa_name(label) for label in load_contract().intents} <= set(names)
    for name in names:
        assert re.fullmatch(r"(AMAZON\.)?[A-Za-z_]+", name)
        assert label_named(name) or name == "AMAZON.FallbackIntent"


def test_each_part_of_the_rules_is_an_intent(model: dict[str, Any]) -> None:
    """Alexa does not tell what was said, so the intent tells what is asked."""
    samples = {name: set(intent["samples"]) for name, intent in intents(model).items()}
    told = {
        "RulesPriceIntent": {"how much does it cost", "いくらですか"},
        "RulesAmountIntent": {"how many can i buy", "何枚買えますか"},
        "RulesBringIntent": {"what should i bring", "何が必要ですか"},
        "RulesDayIntent": {"can i buy today", "今日買えますか"},
        "RulesDayOddIntent": {
            "my id ends in seven can i buy today",
            "odd",
            "my number is odd",
            "番号の最後は三です今日買えますか",
            "奇数です",
            "私は奇数です",
            "じゃあ奇数は",
        },
        "RulesDayEvenIntent": {
            "my id ends in zero can i buy today",
            "even",
            "my number is even",
            "番号の最後は八です今日買えますか",
            "偶数です",
            "私は偶数です",
            "じゃあ偶数は",
        },
        "RulesIntent": {"what are the rules", "ルール", "ルールは"},
    }
    for name, said in told.items():
        assert samples[name] & said, name
    assert (label_named("RulesDayOddIntent"), ends_of("RulesDayOddIntent")) == ("rules.day", "odd")
    assert (label_named("RulesIntent"), ends_of("RulesIntent")) == ("rules.overview", "")


def test_all_required_built_in_intents_are_there(model: dict[str, Any]) -> None:
    """Amazon's required intents and those a conversation uses; the fallback has no samples."""
    assert set(intents(model)) >= REQUIRED
    assert intents(model)["AMAZON.FallbackIntent"]["samples"] == []


def test_samples_hold_only_what_may_be_spoken(model: dict[str, Any]) -> None:
    """Letters, spaces, apostrophes, hyphens and slots; at most 200 characters; no digits."""
    for intent in model["intents"]:
        for sample in intent["samples"]:
            assert 0 < len(sample) <= 200
            assert re.fullmatch(r"(?:[^\W\d_]|[ー々]|[ '-]|\{[a-z]+\})+", sample), sample
            assert "  " not in sample
            assert sample == sample.strip()


def test_no_sample_belongs_to_two_intents(model: dict[str, Any]) -> None:
    """Alexa refuses a model in which one utterance stands for two intents."""
    samples = [s.lower() for intent in model["intents"] for s in intent["samples"]]
    assert len(samples) == len(set(samples))


def test_slots_and_types_are_declared(model: dict[str, Any]) -> None:
    """Every slot of a sample is declared by its intent, every type by the model, and used."""
    types = {entry["name"] for entry in model["types"]}
    used = set()
    for intent in model["intents"]:
        declared = {slot["name"]: slot["type"] for slot in intent.get("slots", ())}
        in_samples = {slot for sample in intent["samples"] for slot in slots_of(sample)}
        assert in_samples == set(declared)
        used.update(declared.values())
    assert used <= types | BUILT_IN_TYPES
    assert types <= used
    assert all(re.fullmatch(r"[A-Z_]+", name) for name in types)


def test_slot_values_stay_within_the_limits(model: dict[str, Any], content: bytes) -> None:
    """50,000 values in all, 140 characters each, ids and names once a type, 1.5 MB a model."""
    total = 0
    for entry in model["types"]:
        ids = [value["id"] for value in entry["values"]]
        assert len(ids) == len(set(ids))
        names: list[str] = []
        for value in entry["values"]:
            names += [value["name"]["value"], *value["name"].get("synonyms", ())]
        assert len({name.casefold() for name in names}) == len(names)
        assert all(0 < len(name) <= 140 for name in names)
        total += len(names)
    assert total <= 50_000
    assert len(content) < 1_500_000


def test_every_district_is_a_value_that_its_county_makes_plain(model: dict[str, Any]) -> None:
    """368 districts by their keys, each with at least one name of its own beside its county's."""
    values = next(t for t in model["types"] if t["name"] == "DISTRICT_NAME")["values"]
    assert {value["id"] for value in values} >= {district.key for district in all_districts()}
    shared = [value["id"] for value in values if value["id"] not in by_key()]
    assert "大安區" in shared
    assert all(any(d.name.startswith(name) for d in all_districts()) for name in shared)


def test_english_values_have_english_letters(package: dict[str, bytes]) -> None:
    """An English model holds no Chinese but its ids."""
    content = package["skill-package/interactionModels/custom/en-US.json"]
    model = json.loads(content)["interactionModel"]["languageModel"]
    for entry in model["types"]:
        for value in entry["values"]:
            for name in (value["name"]["value"], *value["name"].get("synonyms", ())):
                assert name.isascii(), name


@pytest.mark.parametrize("locale", ["en-US", "en-GB"])
def test_the_invocation_name_keeps_amazons_rules(locale: str, package: dict[str, bytes]) -> None:
    """Two or more lower-case words, none of which is a launch word, a wake word or an article."""
    content = package[f"skill-package/interactionModels/custom/{locale}.json"]
    name = json.loads(content)["interactionModel"]["languageModel"]["invocationName"]
    assert re.fullmatch(r"[a-z]+( [a-z]+)+", name)
    assert not set(name.split()) & LAUNCH_WORDS


def test_the_manifest_is_complete(package: dict[str, bytes]) -> None:
    """Each locale has its words within Amazon's lengths; the endpoint is ours, over HTTPS."""
    manifest = json.loads(package["skill-package/skill.json"])["manifest"]
    assert manifest["manifestVersion"] == "1.0"
    endpoint = manifest["apis"]["custom"]["endpoint"]
    assert endpoint == {"uri": "https://line.example.tw/alexa", "sslCertificateType": "Trusted"}
    assert manifest["permissions"] == [{"name": "alexa::devices:all:address:full:read"}]
    locales = manifest["publishingInformation"]["locales"]
    assert set(locales) == set(LOCALES)
    for words in locales.values():
        assert 2 <= len(words["name"]) <= 50
        assert 0 < len(words["summary"]) <= 160
        assert 0 < len(words["description"]) <= 4000
        assert 1 <= len(words["examplePhrases"]) <= 3
        assert all(len(phrase) <= 200 for phrase in words["examplePhrases"])
        assert len(words["keywords"]) <= 30


def _finds_itself(slot: str, value_id: str, index: NameIndex) -> bool:
    """Whether what Alexa resolved is what our resolver then hears."""
    found = resolve(value_id, index)
    match slot:
        case "county":
            return found.county is not None and found.county.name == value_id
        case "district":
            best = found.districts[0].district if found.districts else None
            return best is not None and value_id in (best.key, best.name, best.name[:-1])
        case "pharmacy":
            return bool(found.pharmacies) and found.pharmacies[0].pharmacy.name == value_id
        case "road":
            return bool(found.roads) and found.roads[0].road == value_id
        case "landmark":
            return any(value_id in mark.spoken for mark in found.landmarks)
    return True


@pytest.mark.parametrize("locale", ["en-US", "ja-JP"])
def test_every_value_resolves_to_itself(catalog: Catalog, locale: str) -> None:
    """Alexa hands back the id of the value it heard: it must lead to that place and no other."""
    index = index_of(catalog)
    values = [(slot, value.id) for slot in SLOTS for value in values_of(slot, catalog, locale)]
    assert [one for one in values if not _finds_itself(*one, index)] == []


def test_health_centres_are_called_as_one_says_them() -> None:
    """By their district; with its county where another has that name; a station by its own."""
    called = {value.id: value.names for value in values_of("pharmacy", _centres(), "en-US")}
    assert called["南投縣中寮鄉衛生所"][0] == "Zhongliao Health Center"
    assert called["台中市北屯區四民衛生所"][0] == "Simin Health Center"
    assert "Keelung Zhongshan Health Center" in called["基隆市中山區衛生所"]
    assert "Zhongshan Health Center" not in called["基隆市中山區衛生所"]


def _centres() -> Catalog:
    addresses = {
        "南投縣中寮鄉衛生所": "南投縣中寮鄉永平路264號",
        "台中市北屯區四民衛生所": "台中市北屯區旅順路二段1號",
        "基隆市中山區衛生所": "基隆市中山區西定路90號",
        "台北市中山區衛生所": "台北市中山區松江路367號",
    }
    header = "醫事機構代碼,醫事機構名稱,醫事機構地址,醫事機構電話,"
    header += "成人口罩剩餘數,兒童口罩剩餘數,來源資料時間"
    rows = [
        f"23{number:08},{name},{address},02-27653147,1,1,2020/03/03 11:23:40"
        for number, (name, address) in enumerate(addresses.items())
    ]
    return parse_feed("\n".join((header, *rows)).encode()).snapshot.catalog
