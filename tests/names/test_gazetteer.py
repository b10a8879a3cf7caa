"""How names, roads, places and questions are laid out before anything is heard."""

import numpy as np
import pytest

from shared.catalog import Kind, Pharmacy
from shared.compiled import SOUNDS
from shared.names.gazetteer import Bearing, Groups, name_patterns, plain_name, streets
from shared.names.lexicon import (
    KINDS,
    Form,
    all_places,
    by_head,
    county_forms,
    district_forms,
    form_owners,
    kinds,
    landmark_forms,
    standing_in,
)
from shared.phonetics.pronunciations import read
from shared.places.address import Address
from shared.places.districts import District, all_counties, all_districts, by_key
from shared.places.former import former_names


def shop(number: int, name: str, road: str = "", section: str = "") -> Pharmacy:
    """A pharmacy of that name, on that road."""
    address = Address(f"台北市大安區{road}", road=road, section=section)
    district = by_key()["台北市大安區"]
    return Pharmacy(f"59{number:08}", name, Kind.PHARMACY, district, address, "0227001001")


@pytest.mark.parametrize(
    ("road", "section", "named"),
    [
        ("忠孝東路", "4", ("忠孝東路", "忠孝東路四段")),
        ("光明路", "", ("光明路",)),
        ("仁愛街", "", ("仁愛街",)),
        ("市民大道", "1", ("市民大道", "市民大道一段")),
        ("山路", "", ()),
        ("一二三四五路", "", ("一二三四五路",)),
        ("一二三四五六路", "", ()),
        ("光明巷", "", ()),
        ("", "", ()),
    ],
)
def test_a_road_is_called_as_it_is_spoken(road: str, section: str, named: tuple[str, ...]) -> None:
    """With its section and without; of three to six characters, for two stand inside other words,
    and seven are an address that was cut wrongly."""
    assert streets(shop(1, "光明藥局", road, section).address) == named


def test_groups_are_told_by_their_key() -> None:
    """Each member once, in order; a key may have none."""
    groups = Groups.made(np.array([2, 0, 2, 3]), 5)
    assert [groups.of(key).tolist() for key in range(5)] == [[1], [], [0, 2], [3], []]


def test_who_goes_by_which_name() -> None:
    """Its own, 台 for 臺; that of its chain, unless a shop is called just so; that of its road. The
    latter two are said four or five times less often."""
    shops = [
        shop(1, "躍獅藥局", "光明路"),
        shop(2, "躍獅忠誠藥局", "光明路", "2"),
        shop(3, "臺安藥局"),
        shop(4, "台安藥局"),
    ]
    found = Bearing.of(shops)
    borne = {
        text: (
            sorted(found.pharmacy[found.name == number].tolist()),
            found.prior.item(number),
            bool(found.roads[number]),
        )
        for number, text in enumerate(found.texts)
    }
    assert borne == {
        "躍獅藥局": ([0], 0, False),
        "躍獅忠誠藥局": ([1], 0, False),
        "台安藥局": ([2, 3], 0, False),
        "躍獅": ([0, 1], -1.5, False),
        "光明路": ([0, 1], -1.5, True),
        "光明路二段": ([1], -1.5, True),
    }
    lengths = [len(text) for text in found.texts]
    assert lengths == sorted(lengths, reverse=True)
    assert plain_name("臺安") == "台安"


def test_a_syllable_that_many_names_share_may_be_missing_at_little_cost() -> None:
    """藥局 in all of them costs 1.0 each, a pair in a twenty-fifth 3.3, one of few the full 4; and
    of two pairs that it stands in the commoner one tells."""
    texts = ["健保藥局", *(f"{a}{b}藥局" for a in "甲乙丙丁戊" for b in "吉祥如意安")]
    patterns = name_patterns(texts[:25], np.arange(25))
    assert patterns[0].gaps == pytest.approx((-3.25, -3.25, -1.0, -1.0), abs=0.01)
    many = name_patterns(["健保藥局", "光明路"], np.array([0] * 999 + [1]))
    assert many[1].gaps == pytest.approx((-4.0, -4.0, -4.0))
    assert many[0].gaps == pytest.approx((-1.0, -1.0, -1.0, -1.0), abs=0.01)
    assert name_patterns(["店"], np.array([0]))[0].gaps == (-4.0,)


@pytest.mark.parametrize(
    ("text", "missed", "gaps"),
    [
        ("板橋區", -4.0, (-4.0, -4.0, -1.0)),
        ("宜蘭縣", -4.0, (-4.0, -4.0, -1.0)),
        ("東區", -4.0, (-4.0, -4.0)),
        ("西門町", -4.0, (-4.0, -4.0, -4.0)),
        ("內埔鄉", -6.0, (-6.0, -6.0, -6.0)),
        ("一二三四五六七八九十", -4.0, (-4.0,) * SOUNDS),
    ],
)
def test_an_ending_may_be_left_out(text: str, missed: float, gaps: tuple[float, ...]) -> None:
    """Behind two syllables, and of no landmark; no more is heard than the library takes."""
    assert Form(text, 0, missed=missed).pattern().gaps == gaps


def test_a_kind_of_shop_is_heard_as_a_whole() -> None:
    """大藥局, 衛生所: each of its syllables counts."""
    assert [(one.sounds, set(one.gaps)) for one in kinds()] == [(read(k), {-4.0}) for k in KINDS]


def test_names_of_places_go_before_their_nicknames() -> None:
    """Nicknames are said four or five times less often, and mean their second place less still;
    a landmark of two syllables must be said clearly, and each of its syllables counts."""
    names = {one.name: 0.0 for one in all_districts()}
    forms = district_forms()
    assert {form.text: form.prior for form in forms[: len(all_districts())]} == names
    assert {form.prior for form in forms if form.text in former_names().districts} <= {0.0, -1.5}
    for nickname, places in former_names().nicknames.items():
        priors = [form.prior for form in forms if form.text == nickname and form.prior]
        assert priors[: len(places)] == [-1.5 * (1 + rank) for rank in range(len(places))]
    assert {form.prior for form in county_forms()[: len(all_counties())]} == {0.0}
    assert {form.prior for form in county_forms()[len(all_counties()) :]} == {-1.5}
    assert {form.prior for form in landmark_forms() if len(form.text) == 2} == {-4.0}
    assert {form.prior for form in landmark_forms() if len(form.text) > 2} == {0.0}
    assert {form.missed for form in landmark_forms()} == {-6.0}
    for form in landmark_forms():
        assert form.text in all_places()[form.owner].spoken  # type: ignore[union-attr]


def test_a_place_may_be_written_without_its_ending() -> None:
    """板橋; but 台東 is the county, and 東 nothing."""
    owners = form_owners()
    banqiao = owners["板橋"][-1:] if "板橋" in owners else ()
    assert [all_places()[one] for one in banqiao] == [by_key()["新北市板橋區"]]
    assert not any(isinstance(all_places()[one], District) for one in owners.get("台東", ()))
    assert "東" not in owners
    assert len(owners["東區"]) == len([one for one in all_districts() if one.name == "東區"]) + 1


def test_every_form_that_stands_in_a_text_is_told_with_its_place() -> None:
    """Two may stand in one place, and one at the very end."""
    heads = by_head(["板橋", "板橋區", "三重", "橋"])
    assert sorted(standing_in("去板橋區和三重", heads)) == [(1, "板橋"), (1, "板橋區"), (5, "三重")]
    assert list(standing_in("橋", heads)) == []
