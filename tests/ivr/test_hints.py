"""What the recogniser is told to expect."""

from dataclasses import replace

import pytest

from ivr.hints import PHRASE_LIMIT, PHRASES_LIMIT, hints_for
from ivr.voices import voice_of
from shared.catalog import Catalog, Snapshot
from shared.dialog.values import State
from shared.places.districts import all_counties, all_districts
from tests.small_world import CATALOG, SNAPSHOT

DAAN = State(place="台北市大安區")


def _phrases(state: State, snapshot: Snapshot | None = SNAPSHOT) -> list[str]:
    return list(hints_for(state, snapshot))


def test_where_no_place_is_known_every_county_and_district_is_expected() -> None:
    """All 22 counties and 368 districts, and the commands."""
    phrases = set(_phrases(State()))
    assert {county.name for county in all_counties()} <= phrases
    assert {district.name for district in all_districts()} <= phrases
    assert set(voice_of("zh-TW").commands) <= phrases


def test_where_a_place_is_known_its_pharmacies_are_expected_first() -> None:
    """The names of the district talked about stand before the places, the commands before all."""
    phrases = _phrases(DAAN)
    names = ["信義藥局", "仁愛藥局", "和平藥局"]
    commands = voice_of("zh-TW").commands
    assert phrases[len(commands) : len(commands) + 3] == names
    assert "健安藥局" not in phrases
    assert "信義區" in phrases


@pytest.mark.parametrize("state", [State(), DAAN, State(locale="en-US"), State(locale="ja-JP")])
def test_hints_stay_within_twilios_limits(state: State) -> None:
    """At most 500 phrases of 100 characters, none twice, none empty."""
    phrases = _phrases(state)
    assert 0 < len(phrases) <= PHRASES_LIMIT
    assert all(0 < len(phrase) <= PHRASE_LIMIT for phrase in phrases)
    assert len(set(phrases)) == len(phrases)


def test_a_district_with_hundreds_of_pharmacies_stays_within_the_limits() -> None:
    """What is too much falls off at the end: places, then pharmacies; never the commands."""
    first = CATALOG.pharmacies[0]
    many = tuple(
        replace(first, id=f"90010{n:05}", name=f"第{n},號\x00\ufffe藥局" + "長" * 200)
        for n in range(900)
    )
    phrases = _phrases(DAAN, replace(SNAPSHOT, catalog=Catalog.of(many)))
    assert len(phrases) == PHRASES_LIMIT
    assert max(map(len, phrases)) == PHRASE_LIMIT
    assert set(voice_of("zh-TW").commands) <= set(phrases)
    assert not any({*"\x00\ufffe,"} & {*phrase} for phrase in phrases)


def test_without_a_snapshot_the_places_are_still_expected() -> None:
    """The feed is away; the caller may still say where she is."""
    assert _phrases(DAAN, None) == _phrases(State(), None)


def test_each_language_expects_its_own_words() -> None:
    """An English recogniser gets English names, and no Chinese."""
    english = _phrases(State(locale="en-US", place="台北市大安區"))
    assert "Taipei City" in english
    assert all(phrase.isascii() for phrase in english)
    assert "住所" in _phrases(State(locale="ja-JP"))


def test_a_new_catalog_brings_new_names() -> None:
    """Yesterday's names are not told today."""
    renamed = tuple(replace(item, name=f"新{item.name}") for item in CATALOG.pharmacies)
    phrases = _phrases(DAAN, replace(SNAPSHOT, catalog=Catalog.of(renamed)))
    assert "新仁愛藥局" in phrases
    assert "仁愛藥局" not in phrases
