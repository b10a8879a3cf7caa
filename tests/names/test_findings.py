"""What a finding is judged by: each feature by what it says, of sentences that callers say."""

import math
from array import array
from types import SimpleNamespace
from typing import cast

import pytest

from shared.names import Hints, Meant, NameIndex
from shared.names.background import Around
from shared.names.finding import KIND_OF, Finding, UtteranceForms, finding_of, kinds_of
from shared.names.likelihood import likelihoods
from shared.names.matches import districts_of, roads
from shared.names.posterior import Posterior, namesakes
from shared.names.prior import prior_of
from shared.names.resolve import best_finding
from shared.names.similarity import AlignedName, Alignments, calibration
from shared.names.transcript import transcribe
from shared.places.districts import all_districts
from shared.places.telephone_numbers import counties_of

TONE_LOST = 1.2
"""what the tone of a syllable tells, of which Latin letters have none"""


class Heard:
    """A sentence with all that is known of it."""

    def __init__(self, text: str, index: NameIndex) -> None:
        self.text, self.index = text, index
        self.transcript = transcribe(text)
        sounds = index.tables.heard(self.transcript.sounds)
        self.english = not self.transcript.at
        prior = prior_of(text, Hints(), index)
        around = index.background.around(self.transcript.sounds)
        if self.english:  # of its other words nothing is left
            nothing = array("f", [0.0] * (len(self.transcript.sounds) + 1))
            around = Around(nothing, nothing, nothing)
        close = Alignments(sounds, index.tables, index.inventory)
        self.forms = UtteranceForms(self.transcript, close, around, prior.written_places)
        self.posterior: Posterior = likelihoods(sounds, around, index, prior)

    def finding(self, meant: Meant) -> Finding:
        """What the product makes of it."""
        return finding_of(meant, self.forms, self.posterior, self.index)

    def nearest(self, meant: Meant) -> AlignedName:
        """Where the best of a kind was heard."""
        close, best = self.forms.close, self.posterior.likeliest[meant][0][1]
        if meant is Meant.COUNTY:
            return close.nearest(best, self.index.counties)
        if KIND_OF[meant] == "place":
            return close.nearest(best, self.index.places)
        return close.of(int(self.posterior.names[best]), self.index.spoken)


SENTENCES = {
    "板橋區還有沒有口罩": Meant.DISTRICT,
    "請問一下我要找板喬區有沒有賣大人的口罩還有小孩的": Meant.DISTRICT,
    "大安區": Meant.DISTRICT,
    "台中市那邊的口罩": Meant.COUNTY,
    "我在台大醫院附近": Meant.LANDMARK,
    "永康區中正路有沒有": Meant.ROAD,
    "中正路那邊藥局": Meant.ROAD,
    "康熙藥局還有嗎": Meant.PHARMACY,
    "三重區康熙要局": Meant.PHARMACY,
    "桃園48.7家": Meant.DISTRICT,
    "any masks in Linkou": Meant.DISTRICT,
    "嗯喔這個藥局": Meant.PHARMACY,
    "我要找中西藥局": Meant.DISTRICT,
}


@pytest.fixture(params=SENTENCES)
def heard(request: pytest.FixtureRequest, index: NameIndex) -> Heard:
    """Each of them."""
    return Heard(request.param, index)


def _odds(chance: float) -> float:
    return math.log(chance / (1 - chance))


def test_the_share_and_whether_anything_was_named_are_log_odds(heard: Heard) -> None:
    """The former from -4 to 6; the latter in tens, to 15, as if English had tones."""
    meant = SENTENCES[heard.text]
    found, close = heard.finding(meant), heard.nearest(meant)
    odds = -math.inf if found.share <= 0 else math.inf if found.share >= 1 else _odds(found.share)
    assert found.features["posterior"] == pytest.approx(min(6, max(-4, odds)), abs=0.02)
    named = -_odds(min(0.99, max(1e-7, heard.posterior.nothing)))
    named += TONE_LOST * (close.end - close.start) * heard.english
    assert found.features["something"] == pytest.approx(min(15, named) / 10, abs=1e-3)


def test_how_near_it_is_and_what_stands_there(heard: Heard) -> None:
    """By its syllables; whether digits stand in it; 藥局 in tens, from -10 to 15; the length of the
    sentence in tens, to 20."""
    meant = SENTENCES[heard.text]
    found, close = heard.finding(meant).features, heard.nearest(meant)
    same = close.similarity()
    assert (found["near"], found["alike"], found["least"]) == (same.near, same.alike, same.least)
    told = heard.text[slice(*heard.transcript.span(close.start, close.end))]
    in_digits = any(one.isdigit() for one in told) and close.end > close.start
    assert found["digits"] == in_digits
    shop = heard.posterior.shop_ratio / 10
    assert found["shop"] == pytest.approx(min(1.5, max(-1, shop)))
    if KIND_OF[meant] == "place":
        assert found["length"] == pytest.approx(min(20, len(heard.transcript.sounds)) / 10)
        return
    assert found["whole"] == close.whole
    is_road = meant is Meant.ROAD
    assert found["road"] == is_road
    assert found["shop_in_road"] == pytest.approx(max(0, found["shop"]) * is_road)


def test_what_stands_beside_it_is_known_or_not(heard: Heard) -> None:
    """Log-likelihood ratio of everyday words a syllable, and two for the ends of the sentence, in
    fives; where they are known a name that is not near is odd. English keeps names alone."""
    meant = SENTENCES[heard.text]
    found, close = heard.finding(meant).features, heard.nearest(meant)
    if heard.english:
        assert (found["known"], found["odd"]) == (1, 0)
        return
    count, around = len(heard.transcript.sounds), heard.forms.around
    said = around.front[close.start] + around.tail[count - close.end]
    each = said / (close.start + count - close.end + 2)
    assert found["known"] == pytest.approx(each / 5)
    assert found["odd"] == pytest.approx(max(0, each) / 5 * (1 - found["near"]))


def test_a_district_shares_with_pharmacies_of_unknown_names(heard: Heard) -> None:
    """Of its namesakes together; and it is told whether it stands written."""
    if SENTENCES[heard.text] is not Meant.DISTRICT:
        return
    found, posterior = heard.finding(Meant.DISTRICT), heard.posterior
    best = posterior.likeliest[Meant.DISTRICT][0][1]
    alike = namesakes()[all_districts()[best].name]
    share = sum(float(posterior.place[one]) for one in alike)
    assert found.share == pytest.approx(share)
    unknown = posterior.unlisted_share
    assert found.features["unlisted"] == pytest.approx(unknown / (unknown + share), abs=1e-3)
    assert found.features["written"] == (best in heard.forms.written)


@pytest.mark.parametrize(
    ("text", "placed"),
    [("三重區康熙藥局", True), ("三重區康熙要局還有嗎", True), ("康熙藥局還有嗎", False)],
)
def test_a_name_is_placed_where_its_district_was_heard(
    text: str, placed: bool, index: NameIndex
) -> None:
    """And so near is the district; else as near as one usually is."""
    heard = Heard(text, index)
    found = heard.finding(Meant.PHARMACY).features
    assert found["placed"] == placed
    district = next(i for i, one in enumerate(all_districts()) if one.name == "三重區")
    near = heard.forms.close.nearest(district, index.places).similarity()
    expected = (near.near, near.least) if placed else (0.8, 0.8)
    assert (found["near_place"], found["least_place"]) == expected


def test_a_road_where_hints_leave_it_has_all_of_its_chance(index: NameIndex) -> None:
    """Whatever lies on it elsewhere: from 089 the 中正路 of 台東."""
    heard, tried = Heard("我在中正路附近", index), 0
    share = heard.posterior.likeliest[Meant.ROAD][0][0]
    for area in ("037", "038", "049", "082", "089"):
        every = districts_of("中正路", index)
        there = [one for one in every if one.county in counties_of(area)]
        prior = prior_of(heard.text, Hints(area_code=area), index)
        found = roads(heard.forms, heard.posterior, index, prior)
        if 1 <= len(there) <= 3 and len(there) < len(every):
            tried += 1
            assert {one.district for one in found} == {*there}
            assert sum(one.score for one in found) == pytest.approx(share)
    assert tried


def test_the_chances_are_logistic_sums_of_the_features() -> None:
    """By the weights of places or of names that it is right, by others that anything is named; what
    has no weight does not count."""
    weights = {
        "place": {"bias": -1.0, "near": 2.0},
        "name": {"bias": -1.0, "near": 4.0},
        "named": {"bias": 0.5, "near": 1.0, "is_name": 3.0},
    }
    found = Finding(0.5, {"near": 0.75, "digits": 9.0})
    for kind, right, named in (("place", 0.5, 1.25), ("name", 2.0, 4.25)):
        assert _odds(found.confidence(kind, weights)) == pytest.approx(right)
        assert _odds(found.named(kind, weights)) == pytest.approx(named)


def test_the_best_finding_is_of_the_kind_with_most_of_the_posterior(heard: Heard) -> None:
    """As the calibration takes it; of what cannot be read there is none."""
    best = best_finding(heard.text, heard.index)
    assert best is not None
    meant = max(heard.posterior.of_kind, key=heard.posterior.of_kind.__getitem__)
    assert best == (meant, heard.finding(meant))
    assert best_finding("。。", heard.index) is None


def test_a_rival_has_a_seventh_of_the_best_ones_share_or_more() -> None:
    """Less of the posterior, and it is not meant; a county is meant alone or not at all."""

    shares = {
        Meant.PHARMACY: 0.06, Meant.ROAD: 0.5, Meant.DISTRICT: 0.08, Meant.LANDMARK: 0.2,
        Meant.COUNTY: 0.16,
    }  # fmt: skip
    told = cast("Posterior", SimpleNamespace(of_kind=shares))
    assert kinds_of(told) == (Meant.ROAD, Meant.DISTRICT, Meant.LANDMARK)


def test_weights_are_of_features_that_there_are(index: NameIndex) -> None:
    """Each weight of places and names finds its feature: one that is misspelled would count 0."""
    for text, meant in SENTENCES.items():
        names = set(calibration()[KIND_OF[meant]]) - {"bias"}
        features = set(Heard(text, index).finding(meant).features)
        assert names <= features | {"unlisted", "written"}
