"""The sentences for Home Assistant, tried with hassil, which is what Assist recognises with."""

from typing import Any

import pytest
import yaml
from hassil import Intents, recognize_best

from intents.export.assist import LANGUAGES, configuration, custom_sentences

OURS = {
    "zh-TW": {
        "大安區還有口罩嗎": ("MaskLineAsk", {"place": "大安區", "product": "口罩"}),
        "北囤區有沒有兒童口罩": ("MaskLineAsk", {"place": "北囤區", "product": "兒童口罩"}),
        "永和哪裡買得到快篩": ("MaskLineAsk", {"place": "永和", "product": "快篩"}),
        "哪裡有口罩": ("MaskLineAsk", {"product": "口罩"}),
        "問口罩專線大安區的衛生所": ("MaskLineCall", {"words": "大安區的衛生所"}),
        "打給口罩專線": ("MaskLineCall", {}),
    },
    "en": {
        "are there any masks left in Banqiao": (
            "MaskLineAsk",
            {"product": "masks", "place": "Banqiao"},
        ),
        "where can I buy masks": ("MaskLineAsk", {"product": "masks"}),
        "ask the mask line about Banqiao": ("MaskLineCall", {"words": "Banqiao"}),
        "open the mask line": ("MaskLineCall", {}),
    },
}
OURS["zh-tw"] = OURS["zh-TW"]

THE_HOUSES = {
    "zh-TW": (
        *("現在幾點", "今天幾號", "今天星期幾", "關掉", "大聲一點", "好", "停", "一", "不要"),
        *("打電話", "繼續", "下一個", "打開客廳燈", "把口罩加到購物清單", "客廳還有開燈嗎"),
    ),
    "en": ("what time is it", "turn off the lamp", "add masks to my shopping list", "stop", "next"),
}
THE_HOUSES["zh-tw"] = THE_HOUSES["zh-TW"]
"""What real houses said and our sentences took, before they were few."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_hassil_hears_what_is_about_masks(language: str) -> None:
    """With the place as it was said, whatever a recogniser made of it."""
    known = Intents.from_dict(custom_sentences(language))
    for said, (name, meant) in OURS[language].items():
        result = recognize_best(said, known)
        assert result, said
        heard = {slot: str(entity.text).strip() for slot, entity in result.entities.items()}
        assert (result.intent.name, heard) == (name, meant), said


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_house_says_is_left_to_it(language: str) -> None:
    """No sentence without a mask word or our name is taken."""
    known = Intents.from_dict(custom_sentences(language))
    assert [said for said in THE_HOUSES[language] if recognize_best(said, known)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_of_home_assistants_own_is_overwritten(language: str) -> None:
    """Assist merges lists, rules and intents by name, so all of ours bear our prefix."""
    written = custom_sentences(language)
    assert written["language"] == language
    assert all(name.startswith("MaskLine") for name in written["intents"])
    assert all(name.startswith("mask_line_") for name in written["lists"])
    assert "expansion_rules" not in written


@pytest.mark.parametrize("language", ["zh-TW", "en"])
def test_the_configuration_answers_every_intent(language: str) -> None:
    """Each intent is handed to our agent with what was heard, and its answer spoken."""
    files = configuration()
    written: dict[str, Any] = yaml.safe_load(files[f"custom_sentences/{language}/mask_line.yaml"])
    assert written == custom_sentences(language)
    scripts = yaml.safe_load(files[f"configuration.{language}.yaml"])["intent_script"]
    assert set(scripts) == set(written["intents"])
    for script in scripts.values():
        ask, stop = script["action"]
        assert ask["action"] == "conversation.process"
        assert ask["response_variable"] == stop["response_variable"]
        assert "{{" in ask["data"]["text"]
        assert "action_response" in script["speech"]["text"]
