"""Where in a sentence each name stands, and sentences in which none does."""

from itertools import pairwise

import pytest

from shared.names import Meant, MentionKind, NameIndex, index_of, resolve
from tests.small_world import CATALOG


@pytest.mark.parametrize(
    ("heard", "kind", "span"),
    [
        ("請問板橋區還有口罩嗎", MentionKind.DISTRICT, "板橋區"),
        ("請 問 板 橋 區 還有口罩嗎", MentionKind.DISTRICT, "板 橋 區"),
        ("我在台北車站附近", MentionKind.LANDMARK, "台北車站"),
        ("大安區和平東路還有口罩嗎", MentionKind.ROAD, "和平東路"),
        ("台中市還有口罩嗎", MentionKind.COUNTY, "台中市"),
    ],
)
def test_a_mention_tells_where_its_name_stands(
    heard: str, kind: MentionKind, span: str, index: NameIndex
) -> None:
    """By characters of the utterance as it was given, spaces and all, so that it can be masked."""
    found = [one for one in resolve(heard, index).mentions if one.kind is kind]
    assert [heard[one.start : one.end] for one in found] == [span]


def test_a_mention_is_called_by_the_full_name(index: NameIndex) -> None:
    """Whatever it is called: 「明德」 is the station."""
    found = resolve("北投明德醫院", index).mentions
    (mark,) = (one for one in found if one.kind is MentionKind.LANDMARK)
    alone = resolve("北投明德站", index).mentions
    (station,) = (one for one in alone if one.kind is MentionKind.LANDMARK)
    assert mark.candidates[0] == station.candidates[0] == "捷運明德站"


def test_names_that_touch_are_all_mentioned() -> None:
    """A county, its district and a pharmacy that nothing parts, in the order of the sentence."""
    found = resolve("台北市大安區信義藥局還有嗎", index_of(CATALOG)).mentions
    assert [(one.kind, one.start, one.end) for one in found] == [
        (MentionKind.COUNTY, 0, 3),
        (MentionKind.DISTRICT, 3, 6),
        (MentionKind.PHARMACY, 6, 10),
    ]


@pytest.mark.parametrize(
    ("heard", "namesakes"),
    [("請問板橋區那邊還有嗎", 0), ("仁愛藥局還有嗎", 1), ("健安藥局還有嗎", 4)],
)
def test_namesakes_are_all_of_a_pharmacys_name(heard: str, namesakes: int) -> None:
    """None of a place; two or more are asked about."""
    assert resolve(heard, index_of(CATALOG)).namesakes == namesakes


def test_no_two_mentions_overlap(index: NameIndex) -> None:
    """In a sentence with a district, a road and a pharmacy."""
    mentions = resolve("台北市大安區和平東路上的和平藥局還有口罩嗎", index).mentions
    assert mentions
    for one, other in pairwise(mentions):
        assert one.end <= other.start


@pytest.mark.parametrize(
    "heard",
    ["我早上跑了三家都沒有", "那家電話幾號", "給我接藥局", "現在排隊要排多久", "多少錢一片"],
)
def test_an_everyday_sentence_names_nothing(heard: str, index: NameIndex) -> None:
    """A name that nobody said is worse than a name not found."""
    assert resolve(heard, index).meant is Meant.NOTHING


@pytest.mark.parametrize("around", ["{}的情況怎麼樣", "說說{}", "{}吧", "我外婆住{}"])
@pytest.mark.parametrize("place", ["板橋", "豐原", "中壢"])
def test_a_place_that_stands_written_is_never_lost(
    around: str, place: str, index: NameIndex
) -> None:
    """Whatever stands around it, the first district is the one that was written."""
    found = resolve(around.format(place), index)
    assert found.districts[0].district.name.startswith(place)


@pytest.mark.parametrize("heard", ["板橋", "台北車站", "台中市", "106", "Linkou"])
def test_what_stands_in_full_was_said_clearly(heard: str, index: NameIndex) -> None:
    """As `Mention.ratio` has it: from 8 on."""
    (mention,) = resolve(heard, index).mentions
    assert mention.ratio > 8
    assert heard[mention.start : mention.end] == heard


@pytest.mark.parametrize(
    ("heard", "name"), [("我在台北車站附近", "台北車站"), ("大安區和平東路還有嗎", "和平東路")]
)
def test_a_mention_is_called_by_its_usual_name(heard: str, name: str, index: NameIndex) -> None:
    """Of a landmark the first of what callers say."""
    assert name in {one.candidates[0] for one in resolve(heard, index).mentions}


def test_a_mention_tells_the_ratio_of_its_best_candidate(index: NameIndex) -> None:
    """Of several that are called alike the best, to two places."""
    (mention,) = (m for m in resolve("嗯我住大安去那邊", index).mentions)
    assert len(mention.candidates) == 2
    assert mention.ratio == round(mention.ratio, 2) != round(mention.ratio, 1)
