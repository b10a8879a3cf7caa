"""Hints, any input, and the index."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.catalog import Catalog
from shared.names.index import NameIndex, index_of
from shared.names.resolution import Hints, Meant
from shared.names.resolve import resolve
from shared.names.transcript import LONGEST, READ_AT_MOST, hear
from shared.places.districts import by_key
from tests.small_world import CATALOG

_SMALL = index_of(CATALOG)


@pytest.mark.parametrize(
    ("hints", "key"),
    [
        (Hints(area_code="02"), "台北市大安區"),
        (Hints(area_code="04"), "台中市大安區"),
        (Hints(place=by_key()["台中市大安區"]), "台中市大安區"),
        (Hints(offered_places=(by_key()["台北市大安區"],)), "台北市大安區"),
    ],
)
def test_what_is_known_settles_namesakes(hints: Hints, key: str, index: NameIndex) -> None:
    """大安區 lies in two counties: the caller's area, the last place or the offer decides."""
    found = resolve("大安區還有口罩嗎", index, hints)
    assert found.districts[0].district.key == key
    assert found.sure


def test_namesakes_without_a_hint_are_asked_about(index: NameIndex) -> None:
    """Both are offered, neither is taken."""
    found = resolve("大安區還有口罩嗎", index)
    assert not found.sure
    assert {match.district.county.name for match in found.districts[:2]} == {"台北市", "台中市"}


def test_a_name_borne_by_several_is_asked_about() -> None:
    """健安藥局 stands in four districts of the small world."""
    found = resolve("健安藥局", _SMALL)
    assert (found.meant, found.sure, found.namesakes) == (Meant.PHARMACY, False, 4)
    assert {match.pharmacy.name for match in found.pharmacies} == {"健安藥局"}


def test_the_district_tells_namesakes_apart() -> None:
    """With its district one is meant."""
    found = resolve("板橋區健安藥局", _SMALL)
    assert found.pharmacies[0].pharmacy.id == "9002200001"
    assert (found.sure, found.namesakes) == (True, 1)


def test_an_offered_pharmacy_is_likelier(index: NameIndex) -> None:
    """Of 御安 and 裕安, which sound the same, the one just read out is meant."""
    by_name = {pharmacy.name: pharmacy for pharmacy in index.catalog.pharmacies}
    for name in ("御安藥局", "裕安藥局"):
        found = resolve("與安藥局", index, Hints(offered_pharmacies=(by_name[name],)))
        assert found.pharmacies[0].pharmacy.name == name


def test_a_county_alone_is_a_county(index: NameIndex) -> None:
    """「台中市」 leaves the district open."""
    found = resolve("台中市還有口罩嗎", index)
    assert (found.meant, found.sure) == (Meant.COUNTY, False)
    assert found.county is not None
    assert found.county.name == "台中市"


def test_a_catalogue_is_indexed_once() -> None:
    """A renewal in which only counts changed keeps its catalogue, and so its index."""
    assert index_of(CATALOG) is index_of(CATALOG)


def test_a_catalogue_may_be_empty() -> None:
    """Districts are known without any pharmacy."""
    found = resolve("板橋區還有口罩嗎", index_of(Catalog.of(())))
    assert found.districts[0].district.key == "新北市板橋區"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "。，、！？",
        "Hello, is there anybody?",
        "0912345678",
        "🙂" * 50,
        "\x00\ufffd",
        "\ud800",
        "口罩" * 5_000,
        "大安區" * 3_334,
        "a" * 10_000,
        "9" * 10_000,
        "龘靐齉𪚥㐀",
        "‮嗎罩口",
    ],
)
def test_any_text_is_answered(text: str, index: NameIndex) -> None:
    """Nothing, punctuation, Latin, digits, emoji, 10,000 characters: an answer, and no more work
    than a caller's longest sentence makes (`python -m bench.names` prints the microseconds)."""
    found = resolve(text, index)
    begun = resolve(text[:READ_AT_MOST], index)
    assert len(hear(text)) <= LONGEST
    assert (found.districts, found.pharmacies) == (begun.districts, begun.pharmacies)


_WORDS = st.sampled_from(
    [*"大安三重區市的還有口罩藥局嗎", "台中市", "健安藥局", "106", "Da'an ", "🙂"]
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(), st.lists(_WORDS).map("".join)))
def test_no_text_is_an_error(text: str) -> None:
    """Any text has an answer: at most three matches, best first, each with a share of 1."""
    found = resolve(text, _SMALL)
    for matches in (found.districts, found.pharmacies):
        scores = [match.score for match in matches]
        assert len(scores) <= 3
        assert all(0 <= score <= 1 for score in scores)
        assert scores == sorted(scores, reverse=True)
    assert not found.sure or found.districts or found.pharmacies or found.roads
