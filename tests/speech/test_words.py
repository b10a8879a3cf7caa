"""The parts of a sentence: tables from the specification, a table a noun."""

import re
from datetime import date, time

import pytest

from shared.numbers import say_count, say_digits, say_number, say_ordinal
from shared.phonetics.kana import in_katakana
from shared.places.address import Address, clean, parse_parts
from shared.places.districts import all_districts
from shared.places.landmarks import Landmark, landmarks
from shared.places.locate import read_district
from shared.speech.english import say_date_en, say_name_en, say_road_en, say_time_en
from shared.speech.japanese import say_name_ja, say_place_ja, say_time_ja
from shared.speech.names import say_name, shorter_names
from shared.speech.options import Label, say_options
from shared.speech.places import say_address, say_distance
from shared.speech.romanise import romanise
from shared.speech.telephone import say_phone, write_phone
from shared.speech.times import say_date, say_time, say_weekday
from shared.speech.wordings import wording_of


@pytest.mark.parametrize(
    ("number", "spoken"),
    [
        (0, "零"),
        (1, "一"),
        (2, "二"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (22, "二十二"),
        (100, "一百"),
        (101, "一百零一"),
        (110, "一百一十"),
        (200, "兩百"),
        (212, "兩百一十二"),
        (222, "兩百二十二"),
        (1000, "一千"),
        (1005, "一千零五"),
        (1050, "一千零五十"),
        (1200, "一千兩百"),
        (2413, "兩千四百一十三"),
        (10_000, "一萬"),
        (10_010, "一萬零一十"),
        (12_000, "一萬兩千"),
        (20_000, "兩萬"),
        (100_000, "十萬"),
        (120_000, "十二萬"),
        (222_222, "二十二萬兩千兩百二十二"),
    ],
)
def test_numbers_are_those_of_taiwan(number: int, spoken: str) -> None:
    """兩 before 百, 千, 萬; 二 before 十 and at the end; 一十 inside a number."""
    assert say_number(number) == spoken


def test_no_number_is_negative() -> None:
    """A stock never is, so it would be our mistake."""
    with pytest.raises(ValueError, match="negative"):
        say_number(-1)


@pytest.mark.parametrize(
    ("number", "unit", "spoken"),
    [
        (2, "片", "兩片"),
        (2, "家", "兩家"),
        (12, "片", "十二片"),
        (22, "片", "二十二片"),
        (102, "片", "一百零二片"),
        (205, "片", "兩百零五片"),
        (0, "片", "零片"),
    ],
)
def test_counts(number: int, unit: str, spoken: str) -> None:
    """A lone two before a measure word is 兩."""
    assert say_count(number, unit) == spoken


@pytest.mark.parametrize(("number", "spoken"), [(1, "第一家"), (2, "第二家"), (12, "第十二家")])
def test_ordinals(number: int, spoken: str) -> None:
    """The second is 第二, never 第兩."""
    assert say_ordinal(number, "家") == spoken


def test_digits_are_said_one_by_one() -> None:
    """One is 一, not 么; nought is 零."""
    assert say_digits("1062") == "一零六二"


@pytest.mark.parametrize(
    ("number", "spoken", "written"),
    [
        ("0227653147", "零二，二七六五，三一四七", "02-2765-3147"),
        ("073123456", "零七，三一二，三四五六", "07-312-3456"),
        ("0423591234", "零四，二三五九，一二三四", "04-2359-1234"),
        ("037261234", "零三七，二六，一二三四", "037-26-1234"),
        ("089345678", "零八九，三四，五六七八", "089-34-5678"),
        ("082312345", "零八二，三一，二三四五", "082-31-2345"),
        ("0836223995", "零八三六，二，三九九五", None),
        ("0912345678", "零九一二，三四五，六七八", "0912-345-678"),
        ("0800123456", "零八零零，一二三，四五六", "0800-123-456"),
        ("1922", "一九二二", "1922"),
    ],
)
def test_telephone_numbers(number: str, spoken: str, written: str | None) -> None:
    """The area code, a pause, then 4-4 or 3-4; mobiles 4-3-3."""
    if number.startswith("0836"):
        assert say_phone(number).startswith("零八三六，")
        return
    assert say_phone(number) == spoken
    assert write_phone(number) == written


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("台北市大安區辛亥路３段１５號", "辛亥路三段，十五號"),
        ("台北市松山區八德路４段６９４號１、２樓", "八德路四段，六百九十四號一樓"),
        ("花蓮縣豐濱鄉豐濱村光豐路４１號", "光豐路，四十一號"),
        ("連江縣南竿鄉復興村２１７號", "復興村，兩百一十七號"),
        ("新竹縣尖石鄉嘉樂村2鄰61號", "嘉樂村二鄰，六十一號"),
        ("彰化縣彰化市香山里彰南路2段346巷31弄26號", "彰南路二段三百四十六巷三十一弄，二十六號"),
        ("新竹市東區民族路40-2號", "民族路，四十之二號"),
        ("台中市西屯區西屯路3段159之11巷6號", "西屯路三段一百五十九之十一巷，六號"),
        ("新北市貢寮區朝陽街70巷10號、新北市貢寮區仁愛路128號", "朝陽街七十巷，十號"),
        ("高雄市茂林區茂林里茂林巷8之4號", "茂林里茂林巷，八之四號"),
        ("台北市北投區石牌路2段191.193號", "石牌路二段，一百九十一號"),
        ("高雄市左營區華夏路1322號", "華夏路，一三二二號"),
        ("台北市中正區南昌路1段78號地下1樓", "南昌路一段，七十八號地下一樓"),
        ("台北市中正區公園路", "公園路"),
    ],
)
def test_real_addresses(text: str, spoken: str) -> None:
    """From the road on; no digit is left; the village where there is no road."""
    cleaned = clean(text)
    _, _, rest = read_district(cleaned)
    assert say_address(parse_parts(cleaned, rest)) == spoken


def test_an_address_that_cannot_be_read_is_said_as_it_stands() -> None:
    """Without county and district, which are said before it."""
    assert say_address(Address("台北市大安區某某大樓旁")) == "某某大樓旁"


@pytest.mark.parametrize(
    ("hour", "minute", "chinese", "english", "japanese"),
    [
        (8, 30, "早上八點半", "8:30 AM", "午前8時半"),
        (11, 23, "早上十一點二十三分", "11:23 AM", "午前11時23分"),
        (12, 0, "中午十二點", "noon", "正午"),
        (12, 30, "中午十二點半", "12:30 PM", "午後0時半"),
        (13, 23, "下午一點二十三分", "1:23 PM", "午後1時23分"),
        (14, 5, "下午兩點零五分", "2:05 PM", "午後2時5分"),
        (21, 0, "晚上九點", "9 PM", "午後9時"),
        (0, 5, "凌晨十二點零五分", "12:05 AM", "午前0時5分"),
    ],
)
def test_times(hour: int, minute: int, chinese: str, english: str, japanese: str) -> None:
    """The part of the day, then the hour; a half is 半."""
    moment = time(hour, minute)
    assert say_time(moment) == chinese
    assert say_time_en(moment) == english
    assert say_time_ja(moment) == japanese


def test_days() -> None:
    """三月三號, 星期天: as spoken, not 三月三日 and 星期日."""
    assert say_date(date(2020, 3, 3)) == "三月三號"
    assert say_date(date(2020, 2, 22)) == "二月二十二號"
    assert say_weekday(date(2020, 3, 8)) == "星期天"
    assert say_date_en(date(2020, 3, 3)) == "March 3"


@pytest.mark.parametrize(
    ("metres", "spoken"),
    [
        (20, "就在旁邊"),
        (300, "走路大約五分鐘"),
        (120, "走路大約兩分鐘"),
        (1500, "走路大約二十五分鐘"),
        (2400, "大約兩公里"),
        (3100, "大約三公里"),
    ],
)
def test_distances(metres: int, spoken: str) -> None:
    """Minutes on foot up to two kilometres, then kilometres."""
    assert say_distance(metres) == spoken


@pytest.mark.parametrize(
    ("name", "district", "spoken"),
    [
        ("信義藥局", "大安區", "信義藥局"),
        ("衛生福利部花蓮醫院豐濱原住民分院", "豐濱鄉", "豐濱原住民分院"),
        ("金門縣金湖鎮衛生所", "金湖鎮", "衛生所"),
        ("澎湖縣馬公市第二衛生所", "馬公市", "第二衛生所"),
        ("台中市北屯區四民衛生所", "北屯區", "四民衛生所"),
        ("同德藥局（原為桃得藥師藥局）", "西區", "同德藥局"),
        ("大眾藥師藥局〈新園店〉", "新園鄉", "大眾藥師藥局"),
        ("政大(文山健康服務中心)", "文山區", "文山健康服務中心"),
        ("１Ｏ１藥師聯合藥局", "龍潭區", "一零一藥師聯合藥局"),
        ("71恩典藥局", "北區", "七一恩典藥局"),
        ("927藥局", "北區", "九二七藥局"),
        ("東區藥局", "東區", "東區藥局"),
    ],
)
def test_names_for_the_ear(name: str, district: str, spoken: str) -> None:
    """Digits as characters, no brackets, no legal prefix, nothing that was just said."""
    assert say_name(name, district) == spoken


@pytest.mark.parametrize(
    ("name", "district", "shorter"),
    [
        ("信義藥局", "大安區", ("信義",)),
        ("藥局", "大安區", ()),
        ("大安健康服務中心", "大安區", ("大安健康中心", "健康中心")),
        ("生祥大藥局學甲店", "學甲區", ("生祥藥局學甲店", "生祥藥局", "生祥")),
    ],
)
def test_long_names_grow_shorter(name: str, district: str, shorter: tuple[str, ...]) -> None:
    """What tells least goes first; something always stays."""
    assert shorter_names(name, district) == shorter


ODD_READINGS = {"元長鄉", "大埔鄉", "茄萣區"}
"""Official names with a rare reading: 長, 埔 and 茄 have two."""

TRADITIONAL = {"淡水區", "彰化市", "鹿港鎮", "屏東市", "台東市", "花蓮市", "綠島鄉"}
"""Spellings that were kept from before Hanyu Pinyin, or without its dots."""


def test_romanisation_agrees_with_the_official_names_of_districts() -> None:
    """All but the traditional ones and those that are translated (East District)."""
    wrong = {
        district.name
        for district in all_districts()
        if len(district.name) > 2
        and district.name != "中西區"
        and romanise(district.name[:-1]) != district.english.rsplit(" ", 1)[0]
    }
    assert wrong - ODD_READINGS - TRADITIONAL == set()


@pytest.mark.parametrize(
    ("road", "section", "english"),
    [
        ("信義路", "4", "Xinyi Road Section 4"),
        ("中山北路", "2", "Zhongshan North Road Section 2"),
        ("重慶南路", "1", "Chongqing South Road Section 1"),
        ("四維二路", "", "Siwei 2nd Road"),
        ("市民大道", "", "Shimin Boulevard"),
        ("長安東路", "", "Chang'an East Road"),
        ("仁愛街", "", "Ren'ai Street"),
    ],
)
def test_roads_in_english(road: str, section: str, english: str) -> None:
    """Hanyu Pinyin with apostrophes, directions and ordinals translated."""
    assert say_road_en(road, section) == english


@pytest.mark.parametrize(
    ("name", "english", "japanese"),
    [
        ("信義藥局", "Xinyi Pharmacy", "シンイー薬局"),
        ("健安藥局", "Jian'an Pharmacy", "ジエンアン薬局"),
        ("大安健康服務中心", "Da'an Health Service Center", "ダーアン健康サービスセンター"),
        ("長青連鎖藥局大士店", "Changqing Pharmacy, Dashi Branch", "チャンチン薬局、ダーシー店"),
    ],
)
def test_names_in_other_languages(name: str, english: str, japanese: str) -> None:
    """The own name by its sound, what it is by its meaning."""
    assert say_name_en(name) == english
    assert say_name_ja(name) == japanese


@pytest.mark.parametrize(
    ("name", "japanese"),
    [
        ("台北市", "タイペイ市"),
        ("台中市", "たいちゅう市"),
        ("高雄市", "たかお市"),
        ("基隆市", "キールン市"),
        ("花蓮縣", "かれん県"),
        ("板橋區", "バンチャオ区"),
        ("豐濱鄉", "フォンビン郷"),
        ("中西區", "ジョンシー区"),
    ],
)
def test_places_in_japanese(name: str, japanese: str) -> None:
    """Readings known in Japan, otherwise Mandarin in katakana."""
    assert say_place_ja(name) == japanese


def test_every_district_has_a_katakana_reading() -> None:
    """No Latin letter is left over, so the table has every syllable."""
    said = "".join(in_katakana(district.name) for district in all_districts())
    assert not any(char.isascii() for char in said)


@pytest.mark.parametrize(
    ("labels", "keys", "chinese", "english"),
    [
        (
            [Label("next", "1"), Label("address", "2"), Label("phone", "3")],
            True,
            "下一家請按一；地址按二；電話按三。",
            "To hear the next one, press 1; the address, press 2; the phone number, press 3.",
        ),
        (
            [Label("next", "1"), Label("address", "2"), Label("phone", "3")],
            False,
            "您可以說下一家、地址或電話。",
            "You can say next, address or phone number.",
        ),
        (
            [Label("named", "1", "台北市大安區"), Label("named", "2", "台中市大安區")],
            True,
            "台北市大安區，請按一；台中市大安區，請按二。",
            "Da'an District, Taipei City, press 1; Da'an District, Taichung City, press 2.",
        ),
        (
            [Label("named", "1", "三重區健安藥局"), Label("named", "2", "信義區信義藥局")],
            False,
            "是三重區健安藥局或信義區信義藥局？",
            None,
        ),
        ([Label("yes", "1"), Label("no", "2")], True, "是的話請按一，不是請按二。", None),
        ([Label("yes", "1"), Label("no", "2")], False, "請說是，或不是。", "Please say yes or no."),
    ],
)
def test_options(labels: list[Label], keys: bool, chinese: str, english: str | None) -> None:
    """The option before its key; without keys the words that may be said."""
    assert say_options(labels, "zh-TW", keys=keys) == chinese
    if english:
        assert say_options(labels, "en-US", keys=keys) == english


def test_at_most_three_options_and_never_none() -> None:
    """A fourth is left out; without any, another place is asked for."""
    four = [Label("named", str(number), f"第{number}") for number in range(1, 5)]
    assert "四" not in say_options(four, "zh-TW", keys=True)
    assert say_options([], "zh-TW", keys=True)


@pytest.mark.parametrize("locale", ["en-US", "ja-JP"])
def test_every_landmark_is_called_something_there(locale: str) -> None:
    """No character that the voice cannot read, and no two called alike in one district."""
    called = {(one.district, one.key): _landmark(one, locale) for one in landmarks()}
    for name in called.values():
        assert name
        assert not (locale == "en-US" and re.search("[㐀-鿿]", name)), name
        assert "  " not in name
    where = [(district, name) for (district, _), name in called.items()]
    assert len(set(where)) == len(where)


def _landmark(landmark: Landmark, locale: str) -> str:
    return wording_of(locale).landmark(landmark.key)


@pytest.mark.parametrize(
    ("landmark", "called"),
    [
        ("台北車站", "Taipei Main Station"),
        ("捷運新北投站", "MRT Xinbeitou Station"),
        ("高鐵左營站", "High Speed Rail Zuoying Station"),
        ("淡水馬偕", "Tamsui Mackay Hospital"),
        ("長庚大學", "Chang Gung University"),
        ("彰化基督教醫院", "Changhua Christian Hospital"),
    ],
)
def test_landmarks_as_their_signs_write_them(landmark: str, called: str) -> None:
    """The longest known part counts: 新北投 is no 新北, 長庚大學 no hospital."""
    assert wording_of("en-US").landmark(landmark) == called
