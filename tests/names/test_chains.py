"""「士林的躍獅」: any shop of a chain, where no shop is called by a name of its own."""

from dataclasses import replace

import pytest

from shared.catalog import Catalog, Kind, Pharmacy
from shared.names.chains import chains, find_chain, find_foreign, is_chain, is_own_shop
from shared.names.index import NameIndex, index_of
from shared.names.resolution import (
    Hints,
    Meant,
    Mention,
    MentionKind,
    PharmacyMatch,
    Resolution,
)
from shared.names.resolve import resolve
from shared.names.transcript import transcribe
from shared.places.address import Address
from shared.places.districts import all_districts, by_key

_SHOPS = (
    ("躍獅忠誠藥局", "台北市士林區"),
    ("躍獅天母藥局", "台北市士林區"),
    ("躍獅逢甲藥局", "台中市西屯區"),
    ("丁丁楠梓藥局", "高雄市楠梓區"),
    ("丁丁中山藥局", "花蓮縣花蓮市"),
    ("杏一永春藥局", "台北市信義區"),
    ("大樹松山藥局", "台北市松山區"),
    ("板橋大樹藥局", "新北市板橋區"),
    ("高雄市大樹區衛生所", "高雄市大樹區"),
)


@pytest.fixture(scope="module")
def chained() -> NameIndex:
    """An index of shops of chains, and of a pharmacy of no chain in every district."""
    rows = [*_SHOPS, *((f"{one.name[:-1]}光明藥局", one.key) for one in all_districts())]
    return index_of(Catalog.of(tuple(_pharmacy(i, *row) for i, row in enumerate(rows))))


def _pharmacy(number: int, name: str, key: str) -> Pharmacy:
    kind = Kind.HEALTH_CENTRE if name.endswith("衛生所") else Kind.PHARMACY
    address = Address(f"{key}光明路{number}號", road="光明路", number=str(number))
    return Pharmacy(f"59{number:08}", name, kind, by_key()[key], address, "0227001001")


@pytest.mark.parametrize(
    ("heard", "meant", "place", "chain"),
    [
        ("士林的躍獅還有口罩嗎", Meant.DISTRICT, "台北市士林區", "躍獅"),
        ("士林 躍獅藥局", Meant.DISTRICT, "台北市士林區", "躍獅"),
        ("林口長庚附近那個大樹藥局", Meant.LANDMARK, "桃園市龜山區", "大樹"),
        ("豐原有沒有丁丁藥局", Meant.DISTRICT, "台中市豐原區", "丁丁"),
    ],
)
def test_a_chain_narrows_what_is_looked_for_in_a_place(
    heard: str, meant: Meant, place: str, chain: str, chained: NameIndex
) -> None:
    """Whether the place has a shop of it or none, and whatever else there sounds like it."""
    found = resolve(heard, chained)
    assert (found.meant, found.sure, found.chain) == (meant, True, chain)
    assert found.districts[0].district.key == place


@pytest.mark.parametrize(
    ("heard", "name"),
    [
        ("楠梓的丁丁", "丁丁楠梓藥局"),
        ("西屯躍獅藥局還有嗎", "躍獅逢甲藥局"),
        ("躍獅忠誠藥局", "躍獅忠誠藥局"),
        ("大樹松山藥局還有嗎", "大樹松山藥局"),
    ],
)
def test_one_shop_is_told_at_once(heard: str, name: str, chained: NameIndex) -> None:
    """The only one of the place, or the one that is called by its own name."""
    found = resolve(heard, chained)
    assert (found.meant, found.sure) == (Meant.PHARMACY, True)
    assert found.pharmacies[0].pharmacy.name == name


def test_without_a_place_it_is_asked(chained: NameIndex) -> None:
    """Which of three shops in two counties is meant nobody can know; of one in her county all."""
    found = resolve("有沒有躍獅藥局", chained)
    assert (found.meant, found.sure, found.chain) == (Meant.PHARMACY, False, "躍獅")
    near = resolve("有沒有躍獅藥局", chained, Hints(area_code="04"))
    assert (near.sure, near.pharmacies[0].pharmacy.name) == (True, "躍獅逢甲藥局")


def test_a_road_beside_it_is_the_place(chained: NameIndex) -> None:
    """「光明路的躍獅」, wherever that is, and in a district that has one."""
    found = resolve("光明路那間躍獅藥局", chained)
    assert (found.meant, found.chain) == (Meant.ROAD, "躍獅")
    there = resolve("士林區光明路的躍獅藥局", chained)
    assert (there.meant, there.sure, there.chain) == (Meant.ROAD, True, "躍獅")
    assert there.roads[0].district.key == "台北市士林區"


@pytest.mark.parametrize(
    ("heard", "place"),
    [
        ("大樹區還有口罩嗎", "高雄市大樹區"),
        ("信義區還有嗎", "台北市信義區"),
        ("大樹", "高雄市大樹區"),
    ],
)
def test_a_place_is_no_chain(heard: str, place: str, chained: NameIndex) -> None:
    """大樹 is a district too, and 信義 sounds like 杏一."""
    found = resolve(heard, chained, Hints(area_code="02" if "信義" in heard else ""))
    assert (found.meant, found.chain) == (Meant.DISTRICT, "")
    assert found.districts[0].district.key == place


@pytest.mark.parametrize(
    ("heard", "place", "chain"),
    [
        ("is there a Great Tree in Banqiao that has masks", "新北市板橋區", "大樹"),
        ("any Dashu pharmacies in Shilin", "台北市士林區", "大樹"),
        ("グレートツリーは板橋にありますか", "新北市板橋區", "大樹"),
        ("does the MedFirst in Shilin have some", "台北市士林區", "杏一"),
        ("板橋有幾家大樹", "新北市板橋區", "大樹"),
    ],
)
def test_a_chain_goes_by_its_names_in_other_languages(
    heard: str, place: str, chain: str, chained: NameIndex
) -> None:
    """As its signs write it, romanised where nothing else is called so, in kana; and a word that is
    a district too is a chain where its shops are counted."""
    found = resolve(heard, chained, Hints(area_code="02"))
    assert (found.sure, found.chain) == (True, chain)
    assert found.districts[0].district.key == place


def test_a_shop_keeps_its_own_name_in_english(chained: NameIndex) -> None:
    """Not any Great Tree, but that of 松山."""
    found = resolve("the Great Tree Songshan pharmacy", chained)
    assert (found.sure, found.pharmacies[0].pharmacy.name) == (True, "大樹松山藥局")


def test_a_chain_that_sells_nothing_here_is_none(chained: NameIndex) -> None:
    """屈臣氏 has no shop in the feed: the place is told, and of it nothing."""
    found = resolve("is there a Watsons in Shilin", chained, Hints(area_code="02"))
    assert (found.meant, found.chain) == (Meant.DISTRICT, "")
    assert found.districts[0].district.key == "台北市士林區"


NOTHING = Resolution("x")


def _of_shop(name: str, *, sure: bool = True, score: float = 0.9, at: int = 0) -> Resolution:
    match = PharmacyMatch(_pharmacy(1, name, "台北市士林區"), score)
    mention = Mention(at, at + len(name), MentionKind.PHARMACY, (name,), 12.0)
    return Resolution("x", Meant.PHARMACY, pharmacies=(match,), sure=sure, mentions=(mention,))


@pytest.mark.parametrize(
    ("heard", "named", "span", "counted"),
    [
        ("士林 的 躍獅有嗎", "躍獅", (3, 5), False),
        ("士林躍獅藥局有嗎", "躍獅", (2, 6), False),
        ("大樹藥局", "大樹", (0, 4), False),
        ("板橋有幾家大樹", "大樹", (5, 7), True),
        ("那間全國在哪", "全國", (2, 4), True),
        ("有健康人生藥局嗎", "健康人生", (1, 7), False),
        ("春天生活藥局", "春天", (0, 6), False),
        ("去大樹區", None, (0, 0), False),
        ("大樹", None, (0, 0), False),
        ("全國都有", None, (0, 0), False),
    ],
)
def test_a_chain_is_heard_as_it_is_written(
    heard: str, named: str | None, span: tuple[int, int], counted: bool
) -> None:
    """With its 藥局, spaces aside; a word that is something else only with that, or counted."""
    found = find_chain(transcribe(heard), NOTHING, 0.8)
    if named is None:
        assert found is None
        return
    assert found is not None
    assert (found.chain.named, found.written, found.counted) == (named, True, counted)
    assert (found.start, found.end) == span


def test_a_shop_by_its_own_name_is_no_chain() -> None:
    """Where it is sure; where shops are counted, or it is another chain's, the chain is meant."""
    heard = transcribe("躍獅忠誠藥局")
    assert find_chain(heard, _of_shop("躍獅忠誠藥局"), 0.8) is None
    for other in (_of_shop("躍獅忠誠藥局", sure=False), _of_shop("丁丁楠梓藥局")):
        found = find_chain(heard, other, 0.8)
        assert found is not None
        assert found.chain.named == "躍獅"
    assert find_chain(transcribe("有幾家躍獅"), _of_shop("躍獅忠誠藥局"), 0.8) is not None


def test_a_chain_that_was_misheard_is_one_where_it_is_likely() -> None:
    """By the name that was found for it, and where that stands; not where that is a word too."""
    heard = transcribe("士林月師藥局有嗎")
    found = find_chain(heard, _of_shop("躍獅藥局", at=2), 0.8)
    assert found is not None
    assert (found.chain.named, found.start, found.end, found.written) == ("躍獅", 2, 6, False)
    assert not found.counted
    likely = _of_shop("躍獅藥局", at=2)
    (mention,) = likely.mentions
    several = replace(mention, candidates=("躍獅藥局", "光明藥局"))
    others = *likely.pharmacies, *_of_shop("光明藥局", score=0.05).pharmacies
    assert find_chain(heard, replace(likely, pharmacies=others, mentions=(several,)), 0.8) == found
    for less in (
        replace(likely, heard_well=0.8),
        _of_shop("躍獅藥局", score=0.7),
        _of_shop("光明藥局", sure=False),
        _of_shop("光明藥局"),
        _of_shop("全國"),
    ):
        assert find_chain(heard, less, 0.8) is None
    assert find_chain(transcribe("any yueshi around"), _of_shop("躍獅藥局"), 0.8) is None


@pytest.mark.parametrize(
    ("heard", "named", "romanised", "beside"),
    [
        ("the Great Tree in Wenshan", "大樹", "the dashu in wenshan", "the   in wenshan"),
        ("any MedFirst's stores?", "杏一", "any xingyi stores?", "any  ?"),
        ("Dashu pharmacies here", "大樹", "dashu here", "  here"),
        ("板橋のグレートツリー薬局は", "大樹", "板橋の大樹藥局は", "板橋のは"),
        ("Watsons", "屈臣氏", "quchenshi", " "),
        ("a great treehouse", None, "", ""),
    ],
)
def test_a_foreign_name_is_read_as_its_romanised_one(
    heard: str, named: str | None, romanised: str, beside: str
) -> None:
    """In its place; and what is left is where to look."""
    found = find_foreign(heard)
    assert (found and found.chain.named) == named
    if found:
        assert (found.romanised, found.beside) == (romanised, beside)


@pytest.mark.parametrize(
    ("name", "own"),
    [("大樹興隆藥局", True), ("大樹士林藥局", False), ("大樹藥局", False), ("光明藥局", False)],
)
def test_a_shop_called_after_its_place_has_no_name_of_its_own(name: str, own: bool) -> None:
    """It may be any there; and what is not sure is none."""
    assert is_own_shop(_of_shop(name), chains()["大樹"]) is own
    assert not is_own_shop(_of_shop(name, sure=False), chains()["大樹"])


def test_a_chain_runs_pharmacies_of_its_name() -> None:
    """大樹區衛生所 is none of them; and it goes by certain names alone."""
    tree = chains()["大樹"]
    assert tree.name == "大樹藥局"
    assert tree.runs(_pharmacy(1, "板橋大樹藥局", "新北市板橋區"))
    assert not tree.runs(_pharmacy(1, "高雄市大樹區衛生所", "高雄市大樹區"))
    assert not tree.runs(_pharmacy(1, "光明藥局", "高雄市大樹區"))
    assert is_chain("大樹藥局")
    assert not is_chain("板橋大樹藥局")
    assert not chains()["躍獅"].word
