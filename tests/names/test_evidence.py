"""What each constant of evidence decides: utterances that are answered otherwise without it, or
with twice as much of it.

Each row names the constant, and fails where that is 0 or doubled (`_0`, `_2`: in which case). The
names are those of `tests.small_feed`: one invented pharmacy a district, 德昇藥局 beside 德生藥局.
"""

from dataclasses import dataclass

import pytest

from shared.catalog import Catalog
from shared.names import Hints, Meant, Resolution, resolve
from shared.names.index import index_of
from shared.names.similarity import Alignments
from shared.phonetics import read
from shared.places.districts import by_key
from shared.places.landmarks import landmarks
from tests import small_feed
from tests.small_world import CATALOG

INDEX = index_of(small_feed.snapshot().catalog)
NOTHING_KNOWN = Hints()


def around(area: str = "", place: str = "", offered: tuple[str, ...] = ()) -> Hints:
    """What is known before: an area code, the district talked about, those read out."""
    last = by_key()[place] if place else None
    return Hints(area_code=area, place=last, offered_places=tuple(by_key()[key] for key in offered))


@dataclass(frozen=True, slots=True)
class Row:
    """An utterance, and what it must be taken to mean."""

    constant: str
    heard: str
    meant: Meant
    best: str = ""
    """the district's key, the landmark's or the road's name, the pharmacy's, the county's"""
    sure: bool | None = None
    """None: either"""
    hints: Hints = NOTHING_KNOWN
    offered: tuple[str, ...] | None = None
    """the districts (their keys) or pharmacies (their names) that are listed, in order"""
    mentioned: tuple[str, ...] | None = None
    """what of the utterance names something"""


PHARMACY, DISTRICT, LANDMARK, ROAD, COUNTY, NOTHING = (
    *(Meant.PHARMACY, Meant.DISTRICT, Meant.LANDMARK, Meant.ROAD, Meant.COUNTY, Meant.NOTHING),
)
TAICHUNG_VETERANS = "台中市西屯區"
"""where 台中榮總 lies; the other two of the name are in 台北市 and 高雄市"""

ROWS = (
    # What of a shop is heard beside a place: 藥局 alone is none, and a whole name is one.
    Row("decision._BESIDE_0 with _BESIDE_NEAR_0", "逢甲夜市附近的藥局", LANDMARK, "逢甲夜市", True),
    Row("decision._BESIDE_2, _BESIDE_NEAR_2", "台北車站對面福星藥局", PHARMACY, "福星藥局", True),
    Row("decision._BESIDE_2, _BESIDE_NEAR_2", "台北榮總旁邊的海風藥局", PHARMACY, "海風藥局", True),
    # A district or a road that stands written is not asked back about, however little is sure.
    Row("decision.SURE_2, but of what is written", "鳳山去藥局", DISTRICT, "高雄市鳳山區", True),
    Row("decision.SURE_2, but of a road that is written", "西區光明路", ROAD, "光明路", True),
    # Beside a pharmacy that may be meant a district is not all that was said.
    Row("decision._PHARMACY_TOO_0", "小港區那邊的藥局", DISTRICT, "高雄市小港區", True),
    Row("decision._PHARMACY_TOO_2", "小港區那邊的佑春藥局", DISTRICT, "高雄市小港區", False),
    # Of two kinds the likelier is meant, unless the other was heard far better.
    Row("decision._LIKELIER_2", "花蓮縣府", LANDMARK, "花蓮縣政府"),
    # 藥局 and no name is nothing named.
    Row("decision._NOTHING_0", "附近的藥局", NOTHING),
    Row("finding._USUAL_PLACE_0, similarity._TELLS_0", "我要找藥局", NOTHING),
    Row("finding._USUAL_PLACE_2", "彰畫宏祥掉局", PHARMACY, "宏祥藥局", False),
    Row("similarity._TELLS_2", "請問宜蘭縣蘇澳鎮特繩藥局有沒有口罩", PHARMACY, "德昇藥局", True),
    # A name heard with its district is surer; so is one of which others sound alike elsewhere.
    Row("finding._PLACED_2", "我要找台背市大安區辛亥路散段", ROAD, "辛亥路3段", True),
    Row("finding._LOOKED_AT_0", "新北華春藥局", PHARMACY, "華春藥局", True),
    # Letters have no tones: as much is made of them as of a Chinese sentence, and not more.
    Row("similarity.TONE_0", "what about Ershui, Zhanghua", DISTRICT, "彰化縣二水鄉", True),
    Row("similarity.TONE_2", "Is there a pharmacy in Neipu District", DISTRICT, "屏東縣內埔鄉"),
    Row("finding._ENGLISH_0", "what about Renai, Jilong", DISTRICT, "基隆市仁愛區", True),
    Row("finding._ENGLISH_2", "Is there a pharmacy in Wuqiu District", DISTRICT, "金門縣烏坵鄉"),
    # A pharmacy that was hardly heard yields to a place that is spelled.
    Row("spelled._DOUBTED_0", "Minsheng Pharmacy Banqiao", DISTRICT, "新北市板橋區"),
    # What is offered beside the best: what sounds like it and nothing else.
    Row("finding.TOLD_0", "Mudan", DISTRICT, "屏東縣牡丹鄉", offered=("屏東縣牡丹鄉",)),
    Row("finding.TOLD_2", "經門", COUNTY, "金門縣", offered=("金門縣金城鎮",)),
    Row("matches._LEAST_PLACE_0", "埔里", DISTRICT, "南投縣埔里鎮", offered=("南投縣埔里鎮",)),
    Row("matches._LEAST_PLACE_2", "中山區", DISTRICT, "台北市中山區", True,
        around(area="04", place="台北市中山區"),
        offered=("台北市中山區", "基隆市中山區", "台北市松山區")),
    Row("matches._LEAST_0", "三地門鄉的佑昇藥局", PHARMACY, "佑昇藥局", True),
    Row("matches._ONE_NAME_2", "容泰鑰局", PHARMACY, "榮泰藥局", False,
        offered=("榮泰藥局", "榮泰藥局", "宏泰藥局")),
    # Landmarks and roads of one name, as far as they are about as likely.
    Row("matches._SHARED_0", "嗎豆新樓醫院", LANDMARK, "麻豆新樓", True),
    Row("matches._SHARED_ROAD_0", "那個淡水區廣明路的電話", ROAD, "光明路", True),
    # A landline's area and the last place are about as much: where they differ, both are offered.
    Row("prior.MARGIN_0", "榮總那邊還有沒有", LANDMARK, "台中榮總", False,
        around(area="02", place=TAICHUNG_VETERANS)),
    # A road of which a syllable was lost, and no district that is a little like it.
    Row("finding._RIVAL_0, gazetteer._ROAD_2", "請問個杉南路有沒有口罩", ROAD, "中山南路", False,
        around(area="03")),
    # Everyday words around a name, and a name behind its place.
    Row("background._MOST_0", "謝謝你喔", NOTHING),
    Row("background._LEAST_0, background._MOST_2, tables._WORTH_2", "馬公市那邊的華生藥局",
        PHARMACY, "華生藥局", True),
    Row("background._LEAST_2", "喂你好玉里車站今天有賣嗎", LANDMARK, "玉里車站"),
    # Of what sounds alike the name itself before a nickname, and whole landmarks before parts.
    Row("lexicon._NICKNAME_0", "喂你好息口今天有賣嗎", DISTRICT, "嘉義縣溪口鄉", True),
    Row("lexicon._WHOLE_0", "我要找葫蘆娃", DISTRICT, "台中市豐原區"),
    Row("lexicon._WHOLE_2", "韓溪夜還有口罩嗎", LANDMARK, "旱溪夜市"),
    Row("lexicon._FULL_2", "喂你好松山區台安醫院今天有賣嗎", LANDMARK, "台安醫院"),
    Row("lexicon.SHORT_2", "請問夢舺還有口罩嗎", LANDMARK, "艋舺", True),
    Row("gazetteer._ROAD_0", "那個劍南路彌的電話", LANDMARK, "捷運劍南路站", True),
    # What is mentioned: a road, and no everyday word beside it; what stands in shadow.
    Row("mentions._LEAST_0", "我在光明路附近", ROAD, "光明路", mentioned=("光明路",)),
    Row("mentions._WEAKER_2", "台北市那個信義區", DISTRICT, "台北市信義區", None,
        mentioned=("台北市", "信義區")),
)  # fmt: skip


def best_of(found: Resolution) -> str:
    """The name of the best of what is meant."""
    match found.meant:
        case Meant.PHARMACY:
            return found.pharmacies[0].pharmacy.name
        case Meant.LANDMARK:
            return found.landmarks[0].key
        case Meant.ROAD:
            return found.roads[0].road
        case Meant.DISTRICT:
            return found.districts[0].district.key
        case Meant.COUNTY if found.county:
            return found.county.name
    return ""


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.constant}-{row.heard}")
def test_each_constant_decides_what_it_is_for(row: Row) -> None:
    """In words that a caller might say."""
    found = resolve(row.heard, INDEX, row.hints)
    assert (found.meant, best_of(found)) == (row.meant, row.best)
    assert row.sure is None or found.sure is row.sure
    if row.offered is not None:
        places = tuple(match.district.key for match in found.districts)
        shops = tuple(match.pharmacy.name for match in found.pharmacies)
        assert row.offered == (shops if row.meant is PHARMACY else places)
    if row.mentioned is not None:
        told = tuple(found.heard[one.start : one.end] for one in found.mentions)
        assert told == row.mentioned


def _near(heard: str, name: str) -> float:
    alignments = Alignments(INDEX.tables.heard(read(heard)), INDEX.tables, INDEX.inventory)
    return alignments.of(INDEX.names.numbers[name], INDEX.spoken).similarity().near


def test_a_syllable_that_was_not_heard_is_as_far_as_one_that_is_quite_different() -> None:
    """長藥局, and 長樹藥局: of 長青藥局 one of two telling syllables was heard, in either."""
    missing, different = _near("長藥局", "長青藥局"), _near("長樹藥局", "長青藥局")
    assert missing == pytest.approx(different, abs=0.13)
    assert _near("長青藥局", "長青藥局") == pytest.approx(1)


@pytest.mark.parametrize(
    ("heard", "alike", "least"),
    [
        ("長青藥局", 1, 1),
        ("長千藥局", 0.75, 0.5),  # ㄑㄧㄢ for ㄑㄧㄥ
        ("長波藥局", 0.5, 0),
        ("波波藥局", 0, 0),
        ("長藥局", 0.5, 0),
    ],
)
def test_syllables_are_as_alike_as_their_initials_and_finals(
    heard: str, alike: float, least: float
) -> None:
    """Of the two that tell 長青藥局, in the mean and the one least alike; one not heard is none."""
    alignments = Alignments(INDEX.tables.heard(read(heard)), INDEX.tables, INDEX.inventory)
    found = alignments.of(INDEX.names.numbers["長青藥局"], INDEX.spoken).similarity()
    assert (found.alike, found.least) == (alike, least)


@pytest.mark.parametrize("shop", ["宏祥藥局", "福星藥局", "海風藥局"])
@pytest.mark.parametrize("place", ["七堵車站", "台北車站", "竹南車站", "台大醫院"])
@pytest.mark.parametrize("sentence", ["{}旁邊的{}還有嗎", "{}對面的{}", "{}附近的{}有沒有小孩的"])
def test_a_pharmacy_named_beside_a_landmark_is_told(place: str, shop: str, sentence: str) -> None:
    """Its name is clear, so it is meant, however likely the landmark is by itself."""
    found = resolve(sentence.format(place, shop), INDEX)
    assert (found.meant, best_of(found)) == (Meant.PHARMACY, shop)


def test_what_is_meant_is_there() -> None:
    """「要去」 sounds like 藥局: beside a landmark no pharmacy is meant without one to tell of."""
    for landmark in landmarks():
        found = resolve(f"我等一下要去{landmark.key}看醫生順便買口罩", INDEX)
        assert found.meant is not Meant.NOTHING
        assert best_of(found)


@pytest.mark.parametrize("bearers", [3, 4])
def test_so_many_of_a_name_are_offered_as_can_be_chosen_from(bearers: int) -> None:
    """Three, also of more where no other name sounds like it."""
    others = [one for one in CATALOG.pharmacies if one.name != "健安藥局"]
    alike = [one for one in CATALOG.pharmacies if one.name == "健安藥局"][:bearers]
    found = resolve("我要找健安藥局", index_of(Catalog.of((*others, *alike))))
    assert found.namesakes == bearers
    named = [match for match in found.pharmacies if match.pharmacy.name == "健安藥局"]
    assert len(named) == 3


@pytest.mark.parametrize("heard", ["板橋", "我住板橋區", "我在板橋那邊買"])
def test_what_stands_written_is_told_as_written(heard: str) -> None:
    """By itself, and in a sentence; and what only sounds so is not."""
    assert resolve(heard, INDEX).written
    assert not resolve(heard.replace("板橋", "闆喬"), INDEX).written


@pytest.mark.parametrize("heard", ["我在明祿附近", "芳原鄉光明陸", "我要找光銘漏", "光明路"])
def test_the_roads_that_are_offered_share_one_chance(heard: str) -> None:
    """One of them was meant, or none."""
    found = resolve(heard, INDEX)
    assert found.meant is ROAD
    assert sum(match.score for match in found.roads) <= found.named


@pytest.mark.parametrize(
    ("heard", "candidates"),
    [
        ("彰話員林", [("彰化縣",), ("彰化縣員林市",)]),
        ("台懂長濱鄉", [("台東縣", "屏東縣"), ("台東縣長濱鄉",)]),
        ("東區還有口罩嗎", [("新竹市東區", "台中市東區", "嘉義市東區")]),
    ],
)
def test_a_mention_has_the_candidates_that_are_about_as_likely(
    heard: str, candidates: list[tuple[str, ...]]
) -> None:
    """At most three; `mentions._BEHIND` and `_WEAKER` tell how far behind the first."""
    assert [one.candidates for one in resolve(heard, INDEX).mentions] == candidates
