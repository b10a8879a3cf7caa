"""Stations, hospitals, universities and markets in what was heard; nothing else lost to them."""

import pytest

from shared.names.index import NameIndex
from shared.names.resolution import Hints, Meant
from shared.names.resolve import resolve
from shared.places.districts import all_counties, all_districts, by_key
from shared.places.landmarks import landmark_named, landmarks, landmarks_called
from shared.speech.english import say_landmark_en


@pytest.mark.parametrize(
    ("heard", "name"),
    [
        ("我在板橋車站", "板橋"),
        ("龍山寺捷運站附近有口罩嗎", "龍山寺"),
        ("龍三寺捷運站附近", "龍山寺"),
        ("台大醫院附近還有口罩嗎", "台大醫院"),
        ("台大醫院附近的藥局", "台大醫院"),
        ("成大醫院", "成大醫院"),
        ("成大", "成功大學"),
        ("我在高醫", "高醫"),
        ("我在逢甲夜市", "逢甲夜市"),
        ("士林夜市哪裡買得到口罩", "士林夜市"),
        ("花蓮慈濟醫院", "花蓮慈濟"),
        ("台中的榮總", "台中榮總"),
        ("石牌榮總旁邊", "台北榮總"),
        ("奇美", "奇美醫院"),
        ("基隆廟口", "廟口夜市"),
        ("台北101捷運站附近", "台北101"),
        ("台北一零一站", "台北101"),
    ],
)
def test_a_landmark_is_a_place_to_be_near_to(heard: str, name: str, index: NameIndex) -> None:
    """By its name or its nickname, by its characters or its sound: that one, surely."""
    found = resolve(heard, index)
    assert found.meant is Meant.LANDMARK
    assert [one.name for one in found.landmarks] == [name]
    assert found.sure


def test_a_misheard_landmark_is_found(index: NameIndex) -> None:
    """By the same confusions as a district; whether it is sure is told by how near it is."""
    found = resolve("抬大一院附近", index)
    assert [one.name for one in found.landmarks] == ["台大醫院"]


@pytest.mark.parametrize(
    ("heard", "hints", "names"),
    [
        ("榮總旁邊", Hints(), ["台北榮總", "台中榮總", "高雄榮總"]),
        ("榮總旁邊", Hints(area_code="04"), ["台中榮總"]),
        ("榮總", Hints(place=by_key()["高雄市三民區"]), ["高雄榮總"]),
        ("馬偕醫院附近", Hints(area_code="02"), ["台北馬偕", "淡水馬偕"]),
        ("馬偕醫院附近", Hints(place=by_key()["新北市淡水區"], area_code="02"), ["淡水馬偕"]),
        ("長庚還有口罩嗎", Hints(area_code="07"), ["高雄長庚"]),
        ("仁愛醫院附近", Hints(), ["聯合醫院仁愛院區", "大里仁愛醫院"]),
    ],
)
def test_what_is_known_settles_a_shared_name(
    heard: str, hints: Hints, names: list[str], index: NameIndex
) -> None:
    """The last place, else the caller's area, tells which is meant; what they leave is asked."""
    found = resolve(heard, index, hints)
    assert found.meant is Meant.LANDMARK
    assert [one.name for one in found.landmarks] == names
    assert found.sure == (len(names) == 1)


@pytest.mark.parametrize(
    ("heard", "name"),
    [("林口", "林口長庚"), ("高雄的", "高雄長庚"), ("高雄長庚", "高雄長庚")],
)
def test_a_part_of_an_offered_name_chooses_it(heard: str, name: str, index: NameIndex) -> None:
    """After 「林口長庚、高雄長庚、基隆長庚」 a 「林口」 is that hospital, not the district."""
    offered = landmarks_called()["長庚"][:3]
    found = resolve(heard, index, Hints(offered_landmarks=offered))
    assert (found.meant, found.sure) == (Meant.LANDMARK, True)
    assert [one.name for one in found.landmarks] == [name]


@pytest.mark.parametrize(
    ("heard", "name"),
    [
        ("國泰藥局還有口罩嗎", "國泰藥局"),
        ("台大醫院旁邊的和平藥局", "和平藥局"),
        pytest.param(
            "豐濱鄉衛生福利部花蓮醫院豐濱原住民分院",
            "衛生福利部花蓮醫院豐濱原住民分院",
            marks=pytest.mark.real,
        ),
    ],
)
def test_a_pharmacy_called_after_a_landmark_stays_one(
    heard: str, name: str, index: NameIndex
) -> None:
    """Who names a pharmacy gets it, though a landmark stands in its name or beside it."""
    found = resolve(heard, index)
    assert found.meant is Meant.PHARMACY
    assert found.pharmacies[0].pharmacy.name == name


def test_no_pharmacy_of_the_feed_is_lost_to_a_landmark(index: NameIndex) -> None:
    """Of every thirtieth name, in a question with its district, a landmark takes none."""
    lost = {
        pharmacy.name
        for pharmacy in index.catalog.pharmacies[::30]
        if resolve(f"{pharmacy.district.name}{pharmacy.name}還有口罩嗎", index).meant
        is Meant.LANDMARK
    }
    assert lost == set()


@pytest.mark.parametrize("around", ["{}", "{}還有口罩嗎", "{}附近"])
def test_no_district_is_lost_to_a_landmark(around: str, index: NameIndex) -> None:
    """Every third district and every county stays one, whatever landmark is called alike."""
    names = [county.name for county in all_counties()]
    names += [name for district in all_districts()[::3] for name in (district.name, district.key)]
    for name in names:
        assert resolve(around.format(name), index).meant is not Meant.LANDMARK, name


@pytest.mark.parametrize("around", ["我在{}", "我在{}上班", "{}旁邊", "{}附近還有嗎", "人在{}"])
def test_no_district_said_as_a_place_is_lost_to_a_short_name(around: str, index: NameIndex) -> None:
    """「我在三重上班」 is no 三總, though it sounds like it; every other one without its ending."""
    for district in all_districts()[::2]:
        name = district.name[:-1] if len(district.name) > 2 else district.name
        found = resolve(around.format(name), index)
        places = {match.district for match in found.districts}  # 公館: asked which of the two
        assert district in places or not found.landmarks, name


@pytest.mark.parametrize("heard", ["太大聲了", "新學長跟我說", "七美鄉附近", "三種口罩"])
def test_a_short_name_in_other_words_is_none(heard: str, index: NameIndex) -> None:
    """台大, 長庚, 奇美, 三總 are no landmarks where they only sound like it."""
    assert resolve(heard, index).meant is not Meant.LANDMARK


@pytest.mark.parametrize(
    ("heard", "name"),
    [
        ("Banqiao Station", "板橋"),
        ("near Taipei Main Station", "台北"),
        ("any masks near Hsinchu train station", "新竹"),
        ("Ximen MRT station", "西門"),
        ("near Taipei 101 MRT station", "台北101"),
        ("Zuoying HSR station", "左營"),
        ("National Taiwan University Hospital", "台大醫院"),
        ("Chang Gung Hospital in Linkou", "林口長庚"),
        ("Mackay Memorial Hospital in Tamsui", "淡水馬偕"),
        ("Taipei Veterans General Hospital", "台北榮總"),
        ("Changhua Christian Hospital", "彰化基督教醫院"),
        ("Shilin Night Market", "士林夜市"),
        ("National Cheng Kung University", "成功大學"),
        ("National Tsing Hua University", "清華大學"),
        ("Soochow University", "東吳大學"),
        ("E-Da Hospital", "義大醫院"),
        ("I live in Nankan", "南崁"),  # in Wade-Giles 南竿, which is written Nangan
        ("CKS Memorial Hall", "中正紀念堂"),
    ],
)
def test_a_landmark_by_its_english_name(heard: str, name: str, index: NameIndex) -> None:
    """As signs and carers write it, the place it lies in before it or behind."""
    found = resolve(heard, index)
    assert found.meant is Meant.LANDMARK
    assert [one.name for one in found.landmarks] == [name]


_CALLED_OTHERWISE = {
    "Zhongli Station": "中壢",
    "Zhen'an Station": "竹南, by its sound",
    "MRT Daan Park Station": "the district and its nearest stop",
    "MRT Fu Jen University Station": "the university itself",
    "Tri-Service Hospital Songshan Branch": "the district",
    "Tong Hospital": "a short name of another",
    "Guo Hospital": "too short",
    "Ruan Hospital": "too short",
    "Minsheng Hospital": "敏盛, called alike",
    "Yuanshan": "員山鄉, called alike",
    "Gongguan": "公館鄉, called alike",
    "Nankan": "南竿 in Wade-Giles",
    "Puxin": "埔心鄉, called alike",
}
"""What the line calls a landmark and hears as another → as what."""


def test_the_line_hears_what_it_calls_a_landmark(index: NameIndex) -> None:
    """A caller may say the name again that was just said to her: "Formosa Boulevard"."""
    names = {say_landmark_en(key): found for key, found in landmark_named().items()}
    lost = {
        said
        for said, landmark in names.items()
        if not any(
            landmark.key in one.spoken or one.district == landmark.district
            for one in resolve(f"masks near {said}", index).landmarks
        )
    }
    assert lost <= _CALLED_OTHERWISE.keys()


AROUND = ("我家在{}附近有沒有藥局還有口罩", "請問{}附近的藥局", "那個{}旁邊的藥局有開嗎")


@pytest.mark.parametrize("around", AROUND)
def test_the_pharmacies_near_a_landmark_are_no_pharmacy_of_that_name(
    around: str, index: NameIndex
) -> None:
    """「基隆仁愛市場附近的藥局」 is no 基隆藥局; a town's station may be the town."""
    meant = {one: resolve(around.format(one.key), index).meant for one in landmarks()}
    assert sum(one is Meant.PHARMACY for one in meant.values()) <= 2
    assert sum(one is Meant.LANDMARK for one in meant.values()) > 0.85 * len(meant)


@pytest.mark.parametrize(
    "around", ["請問{}的{}附近", "{}{}還有口罩嗎", "我家在{}那個{} 附近有沒有藥局"]
)
def test_the_district_of_a_landmark_may_stand_before_it(around: str, index: NameIndex) -> None:
    """「萬華的西門町」, 「文山景美」: near it, or at least in its district."""
    right = 0
    for one in landmarks():
        found = resolve(around.format(one.district.name[:-1], one.key), index)
        named = found.meant is Meant.LANDMARK and one.name in {m.name for m in found.landmarks}
        right += named or (
            found.meant is Meant.DISTRICT and found.districts[0].district == one.district
        )
    assert right > 0.9 * len(landmarks())


@pytest.mark.parametrize(
    ("said", "station"),
    [
        ("something near Xinpu MRT", "新埔"),
        ("MRT Xinpu Station", "新埔"),
        ("is there one near Ximen MRT that has masks", "西門"),
        ("Guting metro please", "古亭"),
        ("the pharmacy near Shuanglian", "雙連"),
        ("near Taipei Arena", "台北小巨蛋"),
        ("台北アリーナの近くの薬局", "台北小巨蛋"),
    ],
)
def test_a_metro_station_without_the_word_or_with_it_behind(
    said: str, station: str, index: NameIndex
) -> None:
    """As callers say it, and as our own answers do; 新埔鎮 lies in another county."""
    found = resolve(said, index)
    assert (found.meant, found.sure) == (Meant.LANDMARK, True)
    assert found.landmarks[0].key == f"捷運{station}站"
