"""The parts of a sentence in Japanese: known readings, otherwise Mandarin in katakana."""

from dataclasses import replace
from datetime import date, datetime, time
from functools import cache

from opencc import OpenCC

from shared.locales import DEFAULT, locale_of
from shared.names.japanese_text import landmark_words
from shared.names.japanese_text import readings as japanese_readings
from shared.phonetics.kana import in_katakana
from shared.places.address import Address
from shared.places.districts import District
from shared.speech.names import names_of, say_name
from shared.speech.places import (
    WALKED_AT_MOST,
    WALKING_METRES_A_MINUTE,
    beyond_district,
    first_of,
    floor_of,
    written_distance,
)
from shared.speech.readings import VILLAGES, known_parts, readings, split_ending, split_road
from shared.speech.telephone import phone_groups, spaced, write_phone
from shared.speech.wording import Wording, letters

_LOCALE = "ja-JP"


def say_place_ja(name: str) -> str:
    """A county or district; only one of a single character or a direction keeps its character.

    >>> say_place_ja("台北市"), say_place_ja("高雄市"), say_place_ja("大安區"), say_place_ja("東區")
    ('タイペイ市', 'たかお市', 'ダーアン区', '東区')
    """
    stem, level = name[:-1], readings("levels", _LOCALE).get(name[-1:], "")
    if not level:
        return in_katakana(name)
    known = japanese_readings().get(stem) or readings("directions", _LOCALE).get(stem)
    return (known or in_katakana(stem)) + level


def say_district_ja(district: District, with_county: bool) -> str:
    """ダーアン区, with its county where that is needed."""
    county = say_place_ja(district.county.name) if with_county else ""
    return county + say_place_ja(district.name)


def say_name_ja(name: str, district: str = "") -> str:
    """What a pharmacy is called.

    >>> say_name_ja("信義藥局"), say_name_ja("金門縣金湖鎮衛生所", "金湖鎮")
    ('シンイー薬局', '保健所')
    >>> say_name_ja("杏一藥局台南成大店")
    'シンイー薬局、タイナンチョンダー店'
    """
    stem, kind, branch = split_ending(say_name(name, district, digits=False), _LOCALE)
    words = in_katakana(stem) + kind
    shop = "店" if branch.endswith("店") else ""
    return f"{words}、{in_katakana(branch.removesuffix('店'))}{shop}" if branch else words


def say_landmark_ja(name: str) -> str:
    """What a landmark is called.

    >>> say_landmark_ja("台北車站"), say_landmark_ja("捷運西門站"), say_landmark_ja("士林夜市")
    ('タイペイ駅', 'MRTシーメン駅', 'しりん夜市')
    >>> say_landmark_ja("竹科"), say_landmark_ja("溫泉里")
    ('しんちくサイエンスパーク', 'ウェンチュエン里')
    """
    if name.endswith(VILLAGES):
        return say_road_ja(name)
    known = dict(landmark_words()) | dict(japanese_readings())
    return "".join(known_parts(name, known, in_katakana))


_WAYS = "東西南北"


def say_road_ja(road: str, section: str = "") -> str:
    """A road with its section; what stands before 路 in Mandarin, the rest in Japanese.

    >>> say_road_ja("信義路", "4"), say_road_ja("和平東路"), say_road_ja("建國三路")
    ('シンイー路4段', 'ホーピン東路', 'ジエングオ三路')
    >>> say_road_ja("羅斯福路", "3"), say_road_ja("河南路")
    ('ルーズベルト路3段', 'ホーナン路')
    """
    stem, way, place, kind = split_road(road, _WAYS, _LOCALE)
    words = in_katakana(stem) + way + place + kind if stem else kind or in_katakana(road)
    if section:
        words += f"{section if section.isdigit() else in_katakana(section)}段"
    return words


def say_address_ja(address: Address) -> str:
    """The way to the door, from the road on.

    >>> say_address_ja(Address("", road="信義路", section="4", lane="3", number="12之3", floor="2"))
    'シンイー路4段3巷、12の3号、2階'
    """
    head = ""
    if address.road or address.village:
        head = say_road_ja(address.road or address.village, address.section)
    if address.lane:
        head += _numbers(address.lane) + "巷"
    if address.alley:
        head += _numbers(address.alley) + "弄"
    number = first_of(address.number)
    floor, below = floor_of(address)
    parts = [
        head,
        f"{_numbers(number)}号" if number else "",
        f"{'地下' if below else ''}{floor}階" if floor else "",
    ]
    return "、".join(part for part in parts if part) or in_katakana(beyond_district(address))


def _numbers(text: str) -> str:
    """12之3 → 12の3; a name in katakana."""
    return text.replace("之", "の") if text[0].isdigit() else in_katakana(text)


def say_time_ja(moment: time | datetime) -> str:
    """A time of day.

    >>> say_time_ja(time(8, 30)), say_time_ja(time(13, 23)), say_time_ja(time(12))
    ('午前8時半', '午後1時23分', '正午')
    """
    if (moment.hour, moment.minute) == (12, 0):
        return "正午"
    half = "午前" if moment.hour < 12 else "午後"
    minutes = "半" if moment.minute == 30 else f"{moment.minute}分" if moment.minute else ""
    return f"{half}{moment.hour % 12}時{minutes}"


_WEEKDAYS = "月火水木金土日"


def say_date_ja(day: date) -> str:
    """Month and day: 3月3日."""
    return f"{day.month}月{day.day}日"


def say_distance_ja(metres: int) -> str:
    """Minutes on foot, kilometres beyond two.

    >>> say_distance_ja(290), say_distance_ja(3100), say_distance_ja(40)
    ('歩いて約5分', '約3キロ', 'すぐ隣')
    """
    if metres < WALKING_METRES_A_MINUTE:
        return "すぐ隣"
    if metres <= WALKED_AT_MOST:
        return f"歩いて約{round(metres / WALKING_METRES_A_MINUTE)}分"
    return f"約{round(metres / 1000)}キロ"


@cache
def _converter() -> OpenCC:
    return OpenCC("t2jp")


def write_ja(text: str) -> str:
    """In the characters of Japan, for the eye: 藥局 → 薬局."""
    return str(_converter().convert(text))


def _names(name: str, district: str) -> tuple[str, ...]:
    return tuple(say_name_ja(one) for one in names_of(name, district, digits=False))


_SMALL_KANA = "ァィゥェォャュョぁぃぅぇぉゃゅょ"


def _morae(char: str) -> int:
    """An estimate: two for each Chinese character or digit."""
    if char in _SMALL_KANA:
        return 0
    return 1 if "\u3040" <= char <= "\u30ff" else 2


EAR = Wording(
    locale=_LOCALE,
    gap=locale_of(_LOCALE).gap,
    names=_names,
    chain=say_name_ja,
    landmark=say_landmark_ja,
    wheres=lambda district, with_county: (say_district_ja(district, with_county),),
    county=lambda county: say_place_ja(county.name),
    count=lambda number, unit: f"{number}{unit}",
    tally=lambda number, unit: f"{number}{unit}",
    shops=lambda number: f"{number}軒",
    floor=lambda pharmacy: f"{floor}階" if (floor := first_of(pharmacy.address.floor)) else "",
    number=str,
    ordinal=lambda number: f"{number}軒目",
    digits=spaced,
    phone=lambda number: "、".join(spaced(group) for group in phone_groups(number)),
    address=lambda pharmacy: say_address_ja(pharmacy.address),
    road=say_road_ja,
    distance=say_distance_ja,
    time=say_time_ja,
    day=say_date_ja,
    weekday=lambda day: f"{_WEEKDAYS[day.weekday()]}曜日",
    syllables=lambda text: sum(map(_morae, letters(text))),
    product=lambda product: (product.names.get(_LOCALE) or product.names[DEFAULT]).name,
)

EYE = replace(
    EAR,
    eye=True,
    gap="\n",
    distance=lambda metres: f"{say_distance_ja(metres)}（{written_distance(metres)}）",
    names=lambda name, district: (write_ja(say_name(name, district, digits=False)),),
    landmark=write_ja,
    wheres=lambda district, with_county: (
        write_ja(district.key if with_county else district.name),
    ),
    county=lambda county: write_ja(county.name),
    digits=lambda digits: digits,
    phone=write_phone,
    road=lambda *_: "",
)
