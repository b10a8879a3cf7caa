"""What `bench.names` judges scores and baselines by, and what a score promises."""

from dataclasses import replace
from pathlib import Path

import pytest

from bench.names_calibrate import told_beside
from bench.reliability import scored
from bench.sound_distance import SpokenNames
from bench.spoken import Row, rows
from shared.names import Meant, NameIndex, Resolution, RoadMatch, resolve
from shared.names.resolution import PharmacyMatch, PlaceMatch
from shared.names.scores import BESIDE, SCORES, Scale, places_beside, score_of
from shared.names.similarity import calibration
from shared.places.districts import by_key
from tests.small_world import CATALOG


def test_a_name_that_stands_there_lies_nowhere_away() -> None:
    """And one that shares a syllable nearer than one that shares none."""
    far = SpokenNames.of(["板橋", "板新", "苓雅"]).distances_to("請問板橋還有口罩嗎")
    assert far[0] == pytest.approx(0)
    assert far[0] < far[1] < far[2]


def test_namesakes_share_what_was_heard(index: NameIndex) -> None:
    """大安區 was heard clearly, and each of the two is as likely: together they are sure."""
    found = resolve("大安區還有口罩嗎", index)
    assert found.districts[0].score == pytest.approx(0.5, abs=0.05)
    kind, score = scored(found) or ("", 0.0)
    assert (kind, found.sure) == ("place", False)
    assert score > 0.9


@pytest.mark.real
def test_pharmacies_that_sound_alike_have_scores_of_their_own(index: NameIndex) -> None:
    """御安, 裕安, 宇安: one of them was meant, so their scores are together no more than one."""
    found = resolve("與安藥局還有口罩嗎", index)
    assert found.meant is Meant.PHARMACY
    assert not found.sure
    names = {match.pharmacy.name for match in found.pharmacies}
    assert len(names & {"御安藥局", "裕安藥局", "宇安藥局"}) >= 2
    assert sum(match.score for match in found.pharmacies) <= 1.001


@pytest.mark.parametrize(("heard", "count"), [("板橋", 1), ("大安區", 2), ("106", 1)])
def test_what_stands_in_full_shares_one_chance(heard: str, count: int, index: NameIndex) -> None:
    """A place that is all of a sentence, or its code: sure where one bears it, else shared evenly;
    and never quite certain, for a recogniser may have written another."""
    found = resolve(heard, index)
    best = found.districts[:count]
    assert found.sure is (count == 1)
    assert {match.score for match in best} == {best[0].score}
    assert 0.9 < sum(match.score for match in best) < 1
    assert sum(match.score for match in found.districts) <= 1


@pytest.mark.parametrize("kind", SCORES)
def test_a_better_heard_match_never_has_a_lower_score(kind: str) -> None:
    """The curve rises from next to none to next to certain, and stays a chance."""
    told = [score_of(kind, n / 100, calibration()) for n in range(101)]
    assert told == sorted(told)
    assert told[0] < 0.01
    assert told[-1] > 0.99
    assert max(told) <= 1


def test_a_confidence_without_a_curve_is_the_score() -> None:
    """As while the weights are fitted."""
    assert score_of("place", 0.4, {"place": {"bias": 1.0}}) == 0.4


def _places(*shares: float) -> tuple[PlaceMatch, ...]:
    keys = ("台北市大安區", "台中市大安區", "新北市板橋區")
    return tuple(PlaceMatch(by_key()[key], one) for key, one in zip(keys, shares, strict=False))


@pytest.mark.parametrize(("score", "shown"), [(0.3, 0.8), (0.8, 0.8), (0.9, 0.8), (1.0, 1.0)])
def test_the_best_and_its_namesakes_share_the_score(score: float, shown: float) -> None:
    """What else may be meant has no more than is left, and no more for its share than the best."""
    scale = Scale.of(shown, shown, 0.5, score)
    first, second, other = (m.score for m in scale.districts(_places(0.5, 0.3, 1 - shown)))
    if shown == 0.8:
        assert first + second == pytest.approx(score)
        assert other / (1 - shown) <= first / 0.5 + 1e-9
    assert other <= 1 - score + 1e-9


@pytest.mark.parametrize(("share", "trusted"), [(0.5, 0.8), (0.4, 1.0), (0.2, 1.0)])
def test_a_score_times_how_well_it_was_heard_is_trusted(share: float, trusted: float) -> None:
    """Of the finding's share: as much of a share is relied on, and never more than all of it."""
    scale = Scale.of(share, share, 0.4, 0.6)
    assert scale.trusted == pytest.approx(trusted)
    assert 0.6 * scale.heard_well == pytest.approx(min(0.4, share))
    assert Scale.of(0.5, 0.5, 0.4, 0.1).heard_well == 1
    nothing = Scale.of(0.0, 0.0, 0.3, 0.0)
    assert (nothing.share(0.0), nothing.heard_well) == (0, 1), "of no share, and no error"


def test_what_is_called_like_the_best_is_scaled_as_it() -> None:
    """A road wherever it is, a landmark of one name, a pharmacy that sounds the same."""
    scale = Scale.of(0.5, 0.5, 0.5, 0.8)
    (road,) = scale.roads([RoadMatch(by_key()["新北市板橋區"], "光明路", 0.25)])
    assert (road.district.name, road.road, road.score) == ("板橋區", "光明路", pytest.approx(0.4))
    assert scale.share(0.25) == pytest.approx(0.4)
    assert scale.share(0.9) == 1
    names = "御安藥局", "裕安藥局", "光明藥局"
    shops = [replace(CATALOG.pharmacies[0], name=name) for name in names]
    found = scale.pharmacies([PharmacyMatch(one, 0.25) for one in shops])
    assert [match.pharmacy for match in found] == shops
    assert [match.score for match in found] == pytest.approx([0.4, 0.4, 0.1])
    assert scale.pharmacies([]) == ()
    assert scale.districts([]) == ()


def test_the_best_score_comes_first_once_scaled() -> None:
    """「安區」: another 大安區 is before 安樂區 once both share what was heard of their name."""
    taipei, taichung, other = _places(0.4, 0.1, 0.2)
    scores = [m.score for m in Scale.of(0.5, 0.5, 0.5, 0.9).districts([taipei, other, taichung])]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == 3


def test_what_is_told_beside_has_no_more_than_is_left() -> None:
    """Each by the curve of its share, until nothing is left; without a curve its share."""
    flat = {"bias": 0.0, "low": 0.0, "high": 0.0}  # a half, whatever the share
    told = places_beside(_places(0.4, 0.3, 0.2), {BESIDE["place"]: flat})
    assert [match.score for match in told] == pytest.approx([0.5, 0.5, 0.0])
    assert [match.score for match in places_beside(_places(0.4, 0.3), {})] == [0.4, 0.3]


@pytest.mark.parametrize("curve", BESIDE.values())
def test_a_larger_share_never_has_a_lower_score(curve: str) -> None:
    """Nor is one beyond a chance."""
    told = [
        places_beside(_places(n / 100), {BESIDE["place"]: calibration()[curve]})[0].score
        for n in range(101)
    ]
    assert told == sorted(told)
    assert told[0] < 0.05
    assert 0.3 < told[-1] <= 1


@pytest.mark.real
@pytest.mark.parametrize("kind", BESIDE)
def test_what_is_told_beside_is_as_often_right(kind: str, material: Path, index: NameIndex) -> None:
    """The districts beside a pharmacy, the pharmacies beside a district: right within 8 % of what
    is told, in two parts of the scale."""
    found = []
    for row in rows(material):
        found += [one[1:] for one in told_beside(row, resolve(row.heard, index)) if one[0] == kind]
    for low, high in ((0.0, 0.3), (0.3, 1.01)):
        mine = [one for one in found if low <= one[0] < high]
        if len(mine) < _ENOUGH:  # of pharmacies beside a place hardly any is so likely
            continue
        told, right = zip(*mine, strict=True)
        assert sum(told) / len(told) == pytest.approx(sum(right) / len(told), abs=0.08), low


_ENOUGH = 10


def test_of_what_is_faint_the_score_tells_more_than_the_confidence(index: NameIndex) -> None:
    """A district of which a shadow was heard is right more often than it is to be relied on."""
    found = resolve("但是 都還買得到口罩嗎?", index)
    assert found.meant is Meant.DISTRICT
    assert not found.sure
    assert found.heard_well < 0.8


@pytest.mark.real
def test_a_score_is_how_often_such_a_match_is_right(material: Path, index: NameIndex) -> None:
    """Of all spoken rows, in three parts of the scale: right within 9 % of what is told, twice the
    standard error of the smallest part (64 matches, 83 % right).

    By the confidence alone 21 % were told of the lowest where 45 % are right.
    """
    answers = [(row, resolve(row.heard, index)) for row in rows(material)]
    found = [(one[1], row.answered_by(got)) for row, got in answers if (one := scored(got))]
    for low, high in ((0.0, 0.5), (0.5, 0.9), (0.9, 1.01)):
        told, right = zip(*[one for one in found if low <= one[0] < high], strict=True)
        assert sum(told) / len(told) == pytest.approx(sum(right) / len(told), abs=0.09), low


@pytest.mark.real
@pytest.mark.parametrize("heard", ["安薪藥局還有口罩嗎", "又深藥局怎麼走", "我說離開藥局"])
def test_the_likeliest_are_offered_whatever_sounds_alike(heard: str, index: NameIndex) -> None:
    """祐生, 佑升 and 佑昇 before 永昇: none that is likelier is left out, nor a place left free."""
    found = resolve(heard, index)
    scores = [match.score for match in found.pharmacies]
    assert len(scores) == 3
    assert scores == sorted(scores, reverse=True)
    assert scores[2] > 0.25 * scores[0]


@pytest.mark.parametrize("road", ["長春路三段", "長春路3段"])
def test_a_section_counts_however_it_is_written(road: str) -> None:
    """Rows write it in characters, addresses in digits: either is the road that was said."""
    place = by_key()["新竹縣竹東鎮"]
    row = Row("r", "x", "road", "x", "clean", district="竹東鎮", road=road, district_said=True)
    for told, right in (("長春路3段", True), ("長春路2段", False)):
        match = RoadMatch(place, told, 0.9)
        assert row.hits(Resolution("x", Meant.ROAD, roads=(match,))) == [right]
