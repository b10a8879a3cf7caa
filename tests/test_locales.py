"""What the records of the languages promise, each for itself and all together."""

import re

import pytest

from intents.contract import load_contract
from shared.locales import DEFAULT, Locale, all_locales, asked_by, codes, locale_of, spoken_as
from shared.speech.wordings import wording_of


@pytest.fixture(params=codes())
def locale(request: pytest.FixtureRequest) -> Locale:
    """Each language."""
    return all_locales()[request.param]


def test_taiwans_comes_first() -> None:
    """It is lent where a language is not spoken here."""
    assert codes()[0] == DEFAULT == "zh-TW"
    assert locale_of("fr-FR") is locale_of("") is all_locales()[DEFAULT]


def test_it_is_found_by_what_platforms_call_it(locale: Locale) -> None:
    """By its tag and its code, in whatever case, and with another country."""
    for told in (locale.tag, locale.code, locale.code.upper(), f"{locale.language}-XX"):
        assert spoken_as(told) == locale.code
    assert spoken_as("fr") == ""


def test_an_act_asks_for_it(locale: Locale) -> None:
    """One of the contract, and no other language's."""
    assert locale.intent in load_contract().intents
    assert asked_by(locale.intent) == locale.code
    assert asked_by("ask") == ""


def test_it_has_a_voice_of_its_own(locale: Locale) -> None:
    """For the ear and for the eye; only lines part two sentences for the eye."""
    for for_the_eye in (False, True):
        assert wording_of(locale.code, for_the_eye).locale == locale.code
    assert wording_of(locale.code).gap == locale.gap
    assert wording_of(locale.code, True).gap == "\n"


def test_its_own_name_is_written_in_it(locale: Locale) -> None:
    """日本語 has no kana, so Japanese is told by マスク."""
    sample = "マスク" if locale.language == "ja" else locale.name
    assert re.fullmatch(locale.letters, sample)
