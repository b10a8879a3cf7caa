"""What is answered to a name that stands in full, and to the word for a kind of shop."""

from dataclasses import replace

import pytest

from shared.catalog import Catalog, Kind, Pharmacy
from shared.names import Hints, Meant, Mention, MentionKind, PharmacyMatch, PlaceMatch, Resolution
from shared.names.chains import ChainHeard, chains, decide_chain
from shared.names.health_centres import decide_centre
from shared.names.resolution import RoadMatch
from shared.names.stated import (
    Stated,
    decide_stated,
    districts_stated,
    landmarks_named,
    landmarks_stated,
    pharmacies_stated,
    settle,
)
from shared.places.address import Address
from shared.places.districts import by_key
from shared.places.landmarks import landmark_named, landmarks_called

STATED = 0.97
"""the chance that a name which stands in full was meant"""
DAAN = tuple(by_key()[key] for key in ("台北市大安區", "台中市大安區"))
BANQIAO, SANCHONG, SHILIN = (
    by_key()[key] for key in ("新北市板橋區", "新北市三重區", "台北市士林區")
)
MENTION = Mention(0, 2, MentionKind.DISTRICT, ("板橋",), 20.0)


def shop(number: int, name: str, key: str, kind: Kind = Kind.PHARMACY) -> Pharmacy:
    """A pharmacy of that name in that district."""
    return Pharmacy(f"59{number:08}", name, kind, by_key()[key], Address(key), "0227001001")


def named(*places: PlaceMatch, meant: Meant = Meant.DISTRICT, sure: bool = True) -> Resolution:
    """What was heard beside the word for a kind of shop."""
    return Resolution("beside", meant, places, sure=sure)


FOUND = Resolution("士林的躍獅", mentions=(MENTION,))


def test_what_names_nothing_promises_nothing() -> None:
    """Unless it is said."""
    nothing = Resolution("嗯")
    assert (nothing.meant, nothing.sure, nothing.written) == (Meant.NOTHING, False, False)
    assert (nothing.namesakes, nothing.named, nothing.heard_well) == (0, 0, 1)
    assert not nothing.holds
    assert not replace(nothing, meant=Meant.COUNTY).holds
    assert replace(nothing, meant=Meant.COUNTY, counties=(BANQIAO.county,)).holds
    assert replace(nothing, meant=Meant.COUNTY, county=BANQIAO.county).holds


def test_scores_are_plain_to_three_places() -> None:
    """As `flask resolve` and the API answer them."""
    match = PharmacyMatch(shop(1, "光明藥局", "新北市板橋區"), 0.12345)
    told = replace(named(PlaceMatch(BANQIAO, 0.98765)), pharmacies=(match,)).plain()
    assert str(told["districts"]).endswith("'score': 0.988}]")
    assert str(told["pharmacies"]).endswith("'score': 0.123}]")


@pytest.mark.parametrize("written", [True, False])
def test_one_that_stands_in_full_is_sure(written: bool) -> None:
    """Behind it comes what was found by sound, at what is left; at most three, none twice."""
    stated = districts_stated([BANQIAO], Hints(), (0, 2), written=written)
    assert stated is not None
    heard = [PlaceMatch(one, 0.5) for one in (BANQIAO, *DAAN, SANCHONG)]
    found = decide_stated("板橋", stated, heard)
    assert (found.heard, found.meant, found.sure) == ("板橋", Meant.DISTRICT, True)
    assert (found.written, found.namesakes, found.named) == (written, 0, STATED)
    assert [one.district for one in found.districts] == [BANQIAO, *DAAN]
    scores = [one.score for one in found.districts]
    assert scores == pytest.approx([STATED, 0.5 * (1 - STATED), 0.5 * (1 - STATED)])
    assert [one.candidates for one in found.mentions] == [("新北市板橋區",)]


def test_those_that_share_a_name_share_its_chance() -> None:
    """And none is sure."""
    stated = districts_stated(DAAN, Hints(), (0, 3), written=True)
    assert stated is not None
    found = decide_stated("大安區", stated)
    assert not found.sure
    assert [one.score for one in found.districts] == pytest.approx([STATED / 2] * 2)


def test_a_county_is_no_district() -> None:
    """Whatever was found by sound; which district is asked, so it is not sure."""
    county = BANQIAO.county
    stated = Stated(Meant.COUNTY, MENTION, county=county)
    found = decide_stated("新北市", stated, [PlaceMatch(BANQIAO, 0.5)])
    assert (found.county, found.districts, found.sure) == (county, (), False)


def test_landmarks_of_a_name_lie_each_in_a_district() -> None:
    """At most three are told; one alone is sure."""
    veterans = landmarks_called()["榮總"]
    found = decide_stated("榮總", landmarks_named(veterans, (0, 2)))
    assert (found.landmarks, found.sure, found.written) == (veterans[:3], False, False)
    assert [one.district for one in found.districts] == [one.district for one in veterans[:3]]
    four = landmarks_named([*veterans[:3], landmark_named()["台大醫院"]], (0, 2))
    assert (len(decide_stated("x", four).landmarks), len(four.mention.candidates)) == (3, 3)
    one = decide_stated("x", landmarks_named(veterans[:1], (0, 2), written=True))
    assert (one.sure, one.written, one.districts[0].score) == (True, True, STATED)


@pytest.mark.parametrize(
    ("names", "namesakes"), [(["甲"], 1), (["甲"] * 3, 3), (["甲"] * 4, 4), (["甲", "乙"], 1)]
)
def test_so_many_pharmacies_bear_a_name(names: list[str], namesakes: int) -> None:
    """Three are told; of other names there may be more, and it is the first that is counted."""
    shops = [shop(i, f"{name}藥局", "新北市板橋區") for i, name in enumerate(names)]
    found = decide_stated("甲藥局", pharmacies_stated(shops, "甲藥局", Hints()))
    assert (found.namesakes, found.sure) == (namesakes, len(shops) == 1)
    assert [one.pharmacy for one in found.pharmacies] == shops[:3]
    assert {one.score for one in found.pharmacies} == {STATED / len(shops)}
    assert [one.district for one in found.districts] == [BANQIAO]
    (mention,) = found.mentions
    assert (mention.start, mention.end) == (0, 3)
    assert mention.candidates == tuple(dict.fromkeys(one.name for one in shops[:3]))


def test_of_pharmacies_of_a_name_those_nearby_come_first() -> None:
    """The others behind them, in their order: one of them may be meant too."""
    keys = ("台北市大安區", "台中市大安區", "新北市板橋區", "台中市西屯區")
    shops = [shop(i, "甲藥局", key) for i, key in enumerate(keys)]
    stated = pharmacies_stated(shops, "甲藥局", Hints(area_code="04"))
    assert stated.pharmacies == tuple(shops[i] for i in (1, 3, 0, 2))


def test_of_one_name_what_was_offered_goes_before_what_is_near() -> None:
    """Then the place talked about, its county, the caller's area; else all."""
    taipei, taichung = DAAN
    for hints, left in (
        (Hints(area_code="04", place=taichung, offered_places=(taipei,)), [taipei]),
        (Hints(area_code="02", place=taichung), [taichung]),
        (Hints(area_code="02", place=by_key()["台中市西屯區"]), [taichung]),
        (Hints(area_code="04"), [taichung]),
        (Hints(area_code="07"), [taipei, taichung]),
        (Hints(), [taipei, taichung]),
    ):
        assert list(settle(DAAN, hints)) == left


def test_what_nothing_is_called_is_not_stated() -> None:
    """No district, and no landmark; of several landmarks those that the hints leave."""
    assert districts_stated([], Hints(), (0, 2), written=True) is None
    assert landmarks_stated("板橋區", Hints(), (0, 2)) is None
    found = landmarks_stated("榮總", Hints(area_code="04"), (1, 3))
    assert found is not None
    assert [one.name for one in found.landmarks] == ["台中榮總"]
    assert (found.mention.start, found.mention.end) == (1, 3)


CENTRE = shop(20, "新北市板橋衛生所", "新北市板橋區", Kind.HEALTH_CENTRE)
CENTRES = Catalog.of(
    (
        CENTRE,
        shop(21, "板橋藥局", "新北市板橋區"),
        *(shop(22 + i, f"第{i}衛生所", "台北市大安區", Kind.HEALTH_CENTRE) for i in range(2)),
        *(shop(25 + i, f"第{i}衛生所", "台中市大安區", Kind.HEALTH_CENTRE) for i in range(2)),
    )
)


def test_a_health_centre_by_its_own_name_is_that_one() -> None:
    """Surely, and a pharmacy of such a name is none."""
    found = Resolution("x", Meant.PHARMACY, pharmacies=(PharmacyMatch(CENTRE, 0.9),), sure=True)
    beside = named(PlaceMatch(DAAN[0], 0.9))
    assert decide_centre(found, beside, CENTRES) is found
    other = replace(found, pharmacies=(PharmacyMatch(CENTRES.pharmacies[1], 0.9),))
    for less in (replace(found, sure=False), replace(found, meant=Meant.DISTRICT), other):
        assert decide_centre(less, beside, CENTRES).kind is Kind.HEALTH_CENTRE


@pytest.mark.parametrize("meant", [Meant.DISTRICT, Meant.LANDMARK])
def test_the_centre_of_a_sure_place_is_told(meant: Meant) -> None:
    """With the chance of its district; near a landmark too. Where there are two, both are."""
    found = decide_centre(FOUND, named(PlaceMatch(BANQIAO, 0.9), meant=meant), CENTRES)
    assert (found.heard, found.meant, found.sure) == (FOUND.heard, Meant.PHARMACY, True)
    assert (found.pharmacies, found.kind) == ((PharmacyMatch(CENTRE, 0.9),), None)
    two = decide_centre(FOUND, named(PlaceMatch(DAAN[0], 0.9), meant=meant), CENTRES)
    assert (two.heard, two.meant, two.kind) == (FOUND.heard, Meant.DISTRICT, Kind.HEALTH_CENTRE)
    assert len(two.pharmacies) == 2


def test_of_places_that_are_not_sure_each_centre_is_offered() -> None:
    """At most three; of a sure place those of the first alone."""
    places = PlaceMatch(BANQIAO, 0.4), PlaceMatch(DAAN[0], 0.3), PlaceMatch(DAAN[1], 0.3)
    found = decide_centre(FOUND, named(*places, sure=False), CENTRES)
    assert (found.meant, found.kind) == (Meant.DISTRICT, Kind.HEALTH_CENTRE)
    assert [one.score for one in found.pharmacies] == [0.4, 0.3, 0.3]
    assert found.pharmacies[0].pharmacy is CENTRE
    one = decide_centre(FOUND, named(places[0], sure=False), CENTRES)
    assert (one.meant, one.kind) == (Meant.DISTRICT, Kind.HEALTH_CENTRE)
    assert decide_centre(FOUND, named(*places), CENTRES).meant is Meant.PHARMACY


@pytest.mark.parametrize("meant", [Meant.NOTHING, Meant.ROAD, Meant.PHARMACY])
def test_without_a_place_a_centre_is_wanted_anywhere(meant: Meant) -> None:
    """And nothing else is told."""
    found = decide_centre(FOUND, named(PlaceMatch(BANQIAO, 0.9), meant=meant), CENTRES)
    assert found == Resolution(FOUND.heard, kind=Kind.HEALTH_CENTRE)


YUESHI = ChainHeard(chains()["躍獅"], 3, 5, written=True)
SHOPS = Catalog.of(
    (
        shop(1, "躍獅忠誠藥局", "台北市士林區"),
        shop(2, "躍獅天母藥局", "台北市士林區"),
        shop(3, "躍獅板橋藥局", "新北市板橋區"),
        shop(4, "躍獅藥局", "新北市三重區"),
        shop(5, "光明藥局", "台北市大安區"),
    )
)


def _chain(place: Resolution, heard: ChainHeard = YUESHI, hints: Hints | None = None) -> Resolution:
    return decide_chain(FOUND, place, heard.chain, SHOPS, hints or Hints(), written=heard.written)


def test_the_one_shop_of_a_chain_in_a_sure_place_is_told() -> None:
    """With the chance of the place."""
    found = _chain(named(PlaceMatch(BANQIAO, 0.9)))
    assert (found.heard, found.meant, found.chain) == (FOUND.heard, Meant.PHARMACY, "躍獅")
    assert found.pharmacies == (PharmacyMatch(SHOPS.pharmacies[2], 0.9),)


@pytest.mark.parametrize(
    "place",
    [
        named(PlaceMatch(SHILIN, 0.9)),  # has two
        named(PlaceMatch(DAAN[0], 0.9)),  # has none
        named(PlaceMatch(BANQIAO, 0.9), sure=False),
        named(PlaceMatch(BANQIAO, 0.9), meant=Meant.LANDMARK),
        named(meant=Meant.COUNTY),
        replace(named(meant=Meant.ROAD), roads=(RoadMatch(BANQIAO, "文化路", 0.9),)),
    ],
)
def test_else_the_place_is_told_and_the_chain_that_is_wanted(place: Resolution) -> None:
    """And no pharmacy that was heard there."""
    heard = replace(place, pharmacies=(PharmacyMatch(SHOPS.pharmacies[4], 0.2),))
    assert _chain(heard) == replace(place, heard=FOUND.heard, chain="躍獅")


def test_a_chain_without_shops_leaves_the_place() -> None:
    """屈臣氏 sells nothing on the card."""
    place = named(PlaceMatch(SHILIN, 0.9))
    watsons = ChainHeard(chains()["屈臣氏"], 3, 6, written=True)
    assert _chain(place, watsons) == replace(place, heard=FOUND.heard)


@pytest.mark.parametrize("written", [True, False])
def test_without_a_place_the_shops_of_a_chain_share_the_chance(written: bool) -> None:
    """Three of four are told, first one that is called as was heard; one near by is sure."""
    nowhere, heard = Resolution("beside"), replace(YUESHI, written=written)
    found = decide_chain(
        replace(FOUND, heard="有躍獅藥局嗎"),
        nowhere,
        heard.chain,
        SHOPS,
        Hints(),
        written=heard.written,
    )
    assert (found.meant, found.sure, found.namesakes) == (Meant.PHARMACY, False, 4)
    assert (found.chain, found.written, found.named) == ("躍獅", written, STATED)
    assert [one.score for one in found.pharmacies] == [STATED / 4] * 3
    assert found.pharmacies[0].pharmacy.name == "躍獅藥局"
    assert found.mentions == FOUND.mentions
    one = _chain(nowhere, heard, Hints(place=BANQIAO))
    assert (one.sure, one.namesakes) == (True, 1)
    assert [match.pharmacy.name for match in one.pharmacies] == ["躍獅板橋藥局"]
