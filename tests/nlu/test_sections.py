"""A section of the road that was just asked about, and one of several that is denied."""

import pytest

from nlu.understand import understand
from shared.catalog import Catalog, Kind, Pharmacy
from shared.dialog.acts import ChoosePlace, Intent, TellPharmacy
from shared.dialog.values import State, Utterance
from shared.names.index import NameIndex, index_of
from shared.places.address import Address
from shared.places.districts import all_districts, by_key
from tests.small_world import CATALOG

TOLD = TellPharmacy("9001060001", "adult_mask")
SECTIONS = [("en-US", "and section three"), ("ja-JP", "三段は"), ("zh-TW", "那三段呢")]
SECTIONS += [("ja-JP", "五段じゃなくて三段")]


@pytest.fixture(scope="module")
def small() -> NameIndex:
    return index_of(CATALOG)


@pytest.fixture(scope="module")
def index() -> NameIndex:
    """Shops on two sections of each road, and elsewhere on others."""
    roads = [
        ("台北市松山區", "南京東路", "3"),
        ("台北市松山區", "南京東路", "5"),
        ("台北市中山區", "中山北路", "3"),
        ("台北市士林區", "中山北路", "3"),
    ]
    roads += [(one.key, "光明路", "") for one in all_districts()]
    return index_of(Catalog.of(tuple(_shop(n, *one) for n, one in enumerate(roads))))


def _shop(number: int, key: str, road: str, section: str) -> Pharmacy:
    text = f"{key}{road}{section and section + '段'}{number}號"
    address = Address(text, road=road, section=section, number=str(number))
    code = f"59{number:08}"
    return Pharmacy(code, "永春藥局", Kind.PHARMACY, by_key()[key], address, "0227001001")


@pytest.mark.parametrize(("locale", "text"), SECTIONS)
def test_a_section_is_that_of_the_road_asked_about(
    locale: str, text: str, index: NameIndex
) -> None:
    """「南京東路」, 「三段呢」: 南京東路三段, also where the road was said with another section."""
    for road in ("南京東路", "南京東路5段"):
        state = State(locale=locale, place="台北市松山區", road=road, said=(TOLD,))
        heard = understand(Utterance(text=text), state, index)
        assert [act.intent for act in heard.acts] == [Intent.ASK]
        assert heard.names is not None
        assert heard.names.heard == "南京東路三段"


@pytest.mark.parametrize(("locale", "text"), SECTIONS)
def test_a_section_in_answer_to_which_road_is_of_that_road(
    locale: str, text: str, index: NameIndex
) -> None:
    """「請問是哪一區的中山北路」, 「三段」."""
    asked = ChoosePlace(("台北市士林區", "台北市中山區"), "中山北路")
    heard = understand(Utterance(text=text), State(locale=locale, said=(asked,)), index)
    assert heard.names is not None
    assert heard.names.heard == "中山北路三段"


@pytest.mark.parametrize(("locale", "text"), SECTIONS)
def test_without_a_road_a_section_is_none(locale: str, text: str, small: NameIndex) -> None:
    """Nothing tells of which road it is."""
    heard = understand(Utterance(text=text), State(locale=locale), small)
    assert heard.names is None or "段" in heard.names.heard


@pytest.mark.parametrize(
    ("locale", "text", "place"),
    [
        ("en-US", "not the first one", 0),
        ("en-US", "no, not the second pharmacy", 1),
        ("ja-JP", "最初のじゃないほう", 0),
        ("zh-TW", "不要第一家", 0),
    ],
)
def test_the_first_one_denied_is_no_choice_of_it(
    locale: str, text: str, place: int, small: NameIndex
) -> None:
    """Whoever does not want the first must not hear it again."""
    state = State(locale=locale, place="台北市大安區", told=(TOLD.id,), said=(TOLD,))
    (act,) = understand(Utterance(text=text), state, small).acts
    assert (act.intent, act.not_nth) == (Intent.NO, place)


@pytest.mark.parametrize(("locale", "text"), SECTIONS)
def test_a_section_that_the_county_has_not_is_the_road_itself(
    locale: str, text: str, index: NameIndex
) -> None:
    """「永康光明路」, 「三段」: no other county is offered for it."""
    state = State(locale=locale, place="台南市永康區", road="光明路", said=(TOLD,))
    heard = understand(Utterance(text=text), state, index)
    assert heard.names is not None
    assert heard.names.heard == "永康區光明路"
