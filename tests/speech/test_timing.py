"""How soon a caller hears what she asked for."""

import pytest

from shared import outcomes as o
from shared.catalog import Product, Snapshot
from shared.places.districts import all_districts
from shared.speech.say import say_outcome
from shared.speech.wordings import wording_of
from tests.products import ADULT, CHILD, TEST_KIT

LOCALES = ("zh-TW", "en-US", "ja-JP")
ONE_BREATH = 8.0
FIRST_BREATH = 6.0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("大安區信義藥局，成人口罩還有兩百零五片。", 18),
        ("您好！", 2),
        ("", 0),
        ("一千零五十", 5),
    ],
)
def test_a_character_is_a_syllable(text: str, expected: int) -> None:
    """In Mandarin; pauses are not counted."""
    assert wording_of("zh-TW").syllables(text) == expected


@pytest.mark.parametrize(
    ("text", "locale", "at_least", "at_most"),
    [
        ("two hundred and five adult masks", "en-US", 8, 10),
        ("205 adult masks", "en-US", 5, 10),
        ("ダーアン区", "ja-JP", 6, 7),
        ("シャオチュー", "ja-JP", 4, 5),
    ],
)
def test_other_languages_are_estimated(text: str, locale: str, at_least: int, at_most: int) -> None:
    """Vowel groups in English, morae in Japanese."""
    assert at_least <= wording_of(locale).syllables(text) <= at_most


@pytest.mark.parametrize("product", [ADULT, TEST_KIT], ids=["mask", "test"])
@pytest.mark.parametrize("demo", [False, True])
@pytest.mark.parametrize("locale", LOCALES)
def test_the_greeting_is_one_breath_and_a_question(
    locale: str, demo: bool, product: Product
) -> None:
    """Under eight seconds, ends with the question, and a demo says that it is one."""
    for times in range(4):
        text = say_outcome(o.Greeting(product, demo), locale, times=times)
        assert wording_of(locale).seconds(text) <= ONE_BREATH, text
        assert text.endswith(("？", "?", "か。")), text
        marked = {"zh-TW": "示範", "en-US": "demo", "ja-JP": "お試し"}[locale] in text
        assert marked == demo


def _needs_county(name: str) -> bool:
    return sum(district.name == name for district in all_districts()) > 1


@pytest.mark.parametrize("locale", LOCALES)
def test_every_pharmacy_is_told_within_six_seconds(any_feed: Snapshot, locale: str) -> None:
    """Place, pharmacy and count of all (6,588) end within 21 syllables.

    Asked for children's masks, four need one or two more: 台北中山區大直小太陽, 兒童口罩一千一百
    八十二片. To leave out more of the name would tell the wrong pharmacy.
    """
    voice = wording_of(locale)
    late = []
    for pharmacy in any_feed.catalog.pharmacies:
        counts = [o.Count(item, any_feed.left(pharmacy, item)) for item in any_feed.products]
        for asked in (counts, counts[::-1]):
            told = o.Found(
                pharmacy, tuple(asked), name_county=_needs_county(pharmacy.district.name)
            )
            first = _first_sentence(say_outcome(told, locale))
            if wording_of(locale).seconds(first) > FIRST_BREATH:
                late.append(first)
                assert asked[0].product.id == "child_mask", first
                assert wording_of(locale).seconds(first) < FIRST_BREATH + 0.6, "two syllables more"
            if asked[0].left:
                assert voice.count(asked[0].left, voice.unit(asked[0].product)) in first
            assert pharmacy.district.name in first or locale != "zh-TW"
    assert len(late) <= 4, f"{len(late)}: {late[:5]}"


def _first_sentence(text: str) -> str:
    end = min(at for mark in ("。", ". ") if (at := (text + " ").find(mark)) >= 0)
    return text[:end]


def test_a_short_name_is_said_in_full(any_feed: Snapshot) -> None:
    """Nothing is cut where there is time: 98 names of 100 are said as they are."""
    voice = wording_of("zh-TW")
    cut = 0
    for pharmacy in any_feed.catalog.pharmacies:
        counts = tuple(o.Count(item, any_feed.left(pharmacy, item)) for item in (ADULT, CHILD))
        told = o.Found(pharmacy, counts, name_county=_needs_county(pharmacy.district.name))
        cut += voice.name(pharmacy) not in say_outcome(told, "zh-TW")
    assert cut <= 0.02 * len(any_feed.catalog.pharmacies)
