"""Names of several places: asked where nothing tells which, and answered at once where one fits."""

import pytest

from conversation.service import Conversation
from shared import outcomes as o
from shared.dialog.values import Channel, Utterance
from shared.names import Hints, Meant, NameIndex, resolve
from shared.names.called_alike import which_place
from shared.names.index import index_of
from shared.names.resolution import PlaceMatch, Resolution
from shared.places.districts import by_key
from tests.small_feed import NOW, snapshot

ALIKE = {
    "公館還有沒有": "苗栗縣公館鄉",
    "埔心": "彰化縣埔心鄉",
    "公館鄉": None,
    "苗栗公館": None,
}


@pytest.mark.parametrize(("said", "place"), ALIKE.items())
def test_a_district_called_like_a_part_of_another_town_is_asked(
    said: str, place: str | None
) -> None:
    """「公館」 from nowhere: of 台北 or of 苗栗, each offered by its county; the key chooses."""
    talk = Conversation(snapshot, lambda: NOW)
    phone = Channel("twilio", keys=True)
    state, asked = talk.take(None, Utterance(text=said, opens=True), phone)
    if place is None:
        assert isinstance(asked.outcome, o.Found)
        return
    assert isinstance(asked.outcome, o.AmbiguousLandmark)
    first, second = (one.name for one in asked.options)
    assert first.endswith(said[:2])
    assert second == place
    _, chosen = talk.take(state, Utterance(keys="2"), phone)
    assert isinstance(chosen.outcome, o.Found)
    assert chosen.outcome.pharmacy.district.key == place


@pytest.mark.parametrize(
    ("heard", "places"),
    [
        ("公館", {"苗栗縣公館鄉", "台北市中正區"}),
        ("公館還有口罩嗎", {"苗栗縣公館鄉", "台北市中正區"}),
        ("埔心那邊還有嗎", {"彰化縣埔心鄉", "桃園市楊梅區"}),
    ],
)
def test_the_resolver_itself_takes_neither(heard: str, places: set[str], index: NameIndex) -> None:
    """Who only asks `resolve` (the API, what a recogniser is told to expect) is offered both too,
    and they share one chance; with an area code there is one, and it is sure."""
    found = resolve(heard, index)
    assert (found.meant, found.sure) == (Meant.LANDMARK, False)
    assert {match.district.key for match in found.districts} == places
    first, second = (match.score for match in found.districts)
    assert first == second
    assert 0.8 < first + second < 1
    told = resolve(heard, index, Hints(area_code="037" if "公館" in heard else "04"))
    assert told.sure
    assert len(told.districts) == 1 or told.districts[0].score > 0.8


@pytest.mark.parametrize(
    ("heard", "told"),
    [("公館的櫃台", False), ("公館的苗圃", False), ("台北公館", True), ("公館，苗栗的", True)],
)
def test_a_county_is_told_by_its_whole_name(heard: str, told: bool) -> None:
    """A counter (櫃台) is not in 台北, and a nursery garden (苗圃) not in 苗栗."""
    township = (PlaceMatch(by_key()["苗栗縣公館鄉"], 0.9),)
    found = Resolution(heard, Meant.DISTRICT, township, sure=True)
    assert (which_place(found, Hints()) is found) is told


def test_a_landmark_with_such_a_name_in_its_own_is_that_one(index: NameIndex) -> None:
    """公館夜市 and 埔心車站 are no 公館鄉 and no 埔心鄉."""
    for heard, district in (("公館夜市", "台北市中正區"), ("埔心車站", "桃園市楊梅區")):
        found = resolve(heard, index)
        assert (found.meant, found.sure) == (Meant.LANDMARK, True)
        assert [one.district.key for one in found.districts] == [district]


def test_an_area_code_tells_which_is_meant() -> None:
    """Who rings from Taipei means 公館 there, and from Miaoli the township."""
    for code, county in (("02", "台北市"), ("037", "苗栗縣")):
        talk = Conversation(snapshot, lambda: NOW)
        heard = Utterance(text="公館還有嗎", opens=True, area_code=code)
        _, reply = talk.take(None, heard, Channel("twilio", keys=True))
        assert isinstance(reply.outcome, o.Found)
        assert reply.outcome.pharmacy.district.county.name == county


@pytest.mark.parametrize("said", ["市區", "市區啦", "我在市區"])
def test_the_town_of_a_county_is_the_city_called_like_it(said: str) -> None:
    """「台東縣的哪個鄉鎮呢？」, 「市區」: 台東市."""
    talk = Conversation(snapshot, lambda: NOW)
    phone = Channel("twilio", keys=True)
    state, _ = talk.take(None, Utterance(text="台東縣", opens=True), phone)
    _, reply = talk.take(state, Utterance(text=said), phone)
    assert isinstance(reply.outcome, o.Found)
    assert reply.outcome.pharmacy.district.key == "台東縣台東市"


@pytest.mark.parametrize("said", ["天母", "士林天母", "我在天母", "士林 天母", "墾丁"])
def test_a_part_of_town_is_answered_at_once(said: str) -> None:
    """Alone, behind its district, in a sentence: nothing is asked back."""
    talk = Conversation(snapshot, lambda: NOW)
    _, reply = talk.take(None, Utterance(text=said, opens=True), Channel("twilio", keys=True))
    (told,) = reply.outcomes
    assert isinstance(told, o.Found)
    assert told.pharmacy.district.name in ("士林區", "恆春鎮")


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("中山區，台北的", "台北市中山區"),
        ("大安區 臺中的那個", "台中市大安區"),
        ("中山区、台北市です", "台北市中山區"),
        ("中山区、台北市", "台北市中山區"),
    ],
)
def test_a_county_behind_the_district_tells_which(said: str, key: str) -> None:
    """As people correct themselves, and as they say it in Japanese."""
    found = resolve(said, index_of(snapshot().catalog))
    assert found.sure
    assert found.districts[0].district.key == key


def test_two_counties_beside_a_district_tell_nothing() -> None:
    """「大安區，台北還是台中的」."""
    assert not resolve("大安區，台北還是台中的", index_of(snapshot().catalog)).sure


@pytest.mark.parametrize(
    ("heard", "place"),
    [
        ("台南的東區", "台南市東區"),
        ("我住台南的東區，有沒有", "台南市東區"),
        ("東區那邊", "台北市大安區"),
        ("台北東區那邊", "台北市大安區"),
    ],
)
def test_the_county_that_is_said_tells_a_district_from_a_part_of_another_town(
    heard: str, place: str, index: NameIndex
) -> None:
    """「東區」 from 02 is that of 台北, unless she says of which city."""
    found = resolve(heard, index, Hints(area_code="02"))
    assert found.sure
    assert found.district.key == place
