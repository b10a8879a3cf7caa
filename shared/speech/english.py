"""The parts of a sentence in English: names by the official romanisation, digits for the engine."""

import re
from dataclasses import replace
from datetime import date, datetime, time
from functools import cache

from shared.locales import DEFAULT, locale_of
from shared.names.chains import Chain, chains
from shared.numbers import read_number
from shared.phonetics.romanised import english_of_landmarks
from shared.places.address import Address
from shared.places.districts import District, all_counties
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
from shared.speech.romanise import romanise
from shared.speech.telephone import phone_groups, spaced, write_phone
from shared.speech.wording import Wording

_LOCALE = "en-US"


def say_name_en(name: str, district: str = "") -> str:
    """What a pharmacy is called.

    >>> say_name_en("信義藥局"), say_name_en("金門縣金湖鎮衛生所", "金湖鎮")
    ('Xinyi Pharmacy', 'Jinhu Public Health Center')
    >>> say_name_en("杏一藥局台南成大店"), say_name_en("大樹松山藥局"), say_name_en("全聯")
    ('MedFirst Pharmacy, Tainanchengda Branch', 'Great Tree Songshan Pharmacy', 'Quanlian')
    """
    stem, kind, branch = split_ending(say_name(name, district, digits=False), _LOCALE)
    branch = branch.removesuffix("店").removesuffix("分")
    words = f"{_stem(stem or district[:-1], kind)} {kind}".strip()
    return f"{words}, {romanise(branch)} Branch" if branch else words


def say_chain_en(name: str) -> str:
    """What a chain is called.

    >>> say_chain_en("大樹藥局"), say_chain_en("躍獅藥局"), say_chain_en("春天藥局")
    ('Great Tree', 'Yueshi', 'Chuntian')
    """
    brand = next((one.english for one in _brands() if one.named in name), "")
    return brand or romanise(name.removesuffix("藥局"))


def _stem(stem: str, kind: str) -> str:
    """A name without its kind; of a chain as its signs write it: 大樹松山 → Great Tree Songshan."""
    chain = next((one for one in _brands() if one.named in stem), None) if kind else None
    if chain is None:
        return romanise(stem)
    before, _, behind = stem.partition(chain.named)
    parts = (romanise(before), chain.english, romanise(behind))
    return " ".join(part for part in parts if part)


@cache
def _brands() -> tuple[Chain, ...]:
    """The chains that write a name of their own in Latin letters on their signs."""
    return tuple(chain for chain in chains().values() if chain.english)


def say_landmark_en(name: str) -> str:
    """What a landmark is called.

    >>> say_landmark_en("捷運西門站"), say_landmark_en("台北榮總"), say_landmark_en("士林夜市")
    ('MRT Ximen Station', 'Taipei Veterans Hospital', 'Shilin Night Market')
    >>> say_landmark_en("捷運忠孝復興站"), say_landmark_en("忠孝里")
    ('MRT Zhongxiao Fuxing Station', 'Zhongxiao Village')
    """
    if name.endswith(VILLAGES):
        return say_road_en(name)
    counties = {county.short: county.short_english for county in all_counties()}
    return " ".join(known_parts(name, dict(english_of_landmarks()) | counties, romanise))


def say_district_en(district: District, with_county: bool) -> str:
    """Da'an District, with its county where that is needed."""
    return f"{district.english}, {district.county.english}" if with_county else district.english


_WAYS = "東西南北中"


def say_road_en(road: str, section: str = "") -> str:
    """A road with its section.

    >>> say_road_en("信義路", "4"), say_road_en("和平東路", "2"), say_road_en("建國三路")
    ('Xinyi Road Section 4', 'Heping East Road Section 2', 'Jianguo 3rd Road')
    >>> say_road_en("豐濱村"), say_road_en("圓環東路"), say_road_en("羅斯福路", "3")
    ('Fengbin Village', 'Yuanhuan East Road', 'Roosevelt Road Section 3')
    >>> say_road_en("河南路", "2"), say_road_en("興中一路")
    ('Henan Road Section 2', 'Xingzhong 1st Road')
    """
    stem, way, place, kind = split_road(road, _WAYS, _LOCALE)
    told = readings("directions", _LOCALE).get(way, "")
    words = [romanise(stem), told, _ordinal(place), kind] if stem else [kind or romanise(road)]
    if section:
        words.append(f"Section {section}" if section.isdigit() else f"{romanise(section)} Section")
    return " ".join(word for word in words if word)


def _ordinal(numerals: str) -> str:
    """三 → 3rd, 十二 → 12th."""
    if not numerals:
        return ""
    number = read_number(numerals)
    return f"{number}{_suffix(number)}"


def _suffix(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def say_address_en(address: Address) -> str:
    """The way to the door, the smallest part first.

    >>> say_address_en(Address("", road="信義路", section="4", lane="3", number="12之3"))
    'No. 12 dash 3, Lane 3, Xinyi Road Section 4'
    >>> say_address_en(Address("", village="鎖港里", number="240", floor="2"))
    '2nd floor, No. 240, Suogang Village'
    """
    number = first_of(address.number).replace("之", " dash ")
    floor, below = floor_of(address)
    parts = [
        ("basement" if below else f"{floor}{_suffix(floor)} floor") if floor else "",
        f"No. {number}" if number else "",
        f"Alley {address.alley}" if address.alley else "",
        _lane(address.lane),
        say_road_en(address.road or address.village, address.section)
        if address.road or address.village
        else "",
    ]
    return ", ".join(part for part in parts if part) or romanise(beyond_district(address))


def _lane(lane: str) -> str:
    if not lane:
        return ""
    return f"Lane {lane.replace('之', ' dash ')}" if lane[0].isdigit() else f"{romanise(lane)} Lane"


def say_count_en(number: int, unit: str) -> str:
    """A number and what is counted; `unit` is plural.

    >>> say_count_en(205, "adult masks"), say_count_en(1, "adult masks")
    ('205 adult masks', '1 adult mask')
    """
    return f"{number} {unit.removesuffix('s') if number == 1 else unit}"


def say_time_en(moment: time | datetime) -> str:
    """A time of day on a 12-hour clock.

    >>> [say_time_en(time(*at)) for at in ((8, 30), (13, 5), (12, 0), (9, 0))]
    ['8:30 AM', '1:05 PM', 'noon', '9 AM']
    """
    if (moment.hour, moment.minute) == (12, 0):
        return "noon"
    hour = (moment.hour + 11) % 12 + 1
    minutes = f":{moment.minute:02}" if moment.minute else ""
    return f"{hour}{minutes} {'AM' if moment.hour < 12 else 'PM'}"


def say_date_en(day: date) -> str:
    """Month and day: March 3."""
    return f"{day:%B} {day.day}"


def say_distance_en(metres: int) -> str:
    """Minutes on foot, kilometers beyond two.

    >>> say_distance_en(290), say_distance_en(3100), say_distance_en(40)
    ('about 5 minutes on foot', 'about 3 kilometers away', 'right next to it')
    """
    if metres < WALKING_METRES_A_MINUTE:
        return "right next to it"
    if metres <= WALKED_AT_MOST:
        minutes = round(metres / WALKING_METRES_A_MINUTE)
        return f"about {say_count_en(minutes, 'minutes')} on foot"
    return f"about {round(metres / 1000)} kilometers away"


def _names(name: str, district: str) -> tuple[str, ...]:
    return tuple(say_name_en(one, district) for one in names_of(name, district, digits=False))


_DIGIT_SYLLABLES = 1.3
"""Of the digits and tens, on average (seven: 2, five: 1, hundred: 2)."""


def _syllables(text: str) -> int:
    return round(sum(map(_syllables_of, re.findall(r"[a-zA-Z']+|\d", text))))


def _syllables_of(word: str) -> float:
    """A vowel group each; a last e is mute."""
    if word.isdigit():
        return _DIGIT_SYLLABLES
    groups = len(re.findall(r"[aeiouy]+", word.lower()))
    silent = word.lower().endswith("e") and groups > 1
    return max(1, groups - silent)


EAR = Wording(
    locale=_LOCALE,
    gap=locale_of(_LOCALE).gap,
    names=_names,
    chain=say_chain_en,
    landmark=say_landmark_en,
    wheres=lambda district, with_county: (say_district_en(district, with_county),),
    county=lambda county: county.english,
    count=say_count_en,
    tally=lambda number, _: str(number),
    shops=lambda number: "1 pharmacy" if number == 1 else f"{number} pharmacies",
    floor=lambda pharmacy: f"floor {floor}" if (floor := first_of(pharmacy.address.floor)) else "",
    number=str,
    ordinal=lambda number: f"Number {number}",
    digits=spaced,
    phone=lambda number: ", ".join(spaced(group) for group in phone_groups(number)),
    address=lambda pharmacy: say_address_en(pharmacy.address),
    road=say_road_en,
    distance=say_distance_en,
    time=say_time_en,
    day=say_date_en,
    weekday=lambda day: f"{day:%A}",
    syllables=_syllables,
    product=lambda product: (product.names.get(_LOCALE) or product.names[DEFAULT]).unit,
)

EYE = replace(
    EAR,
    eye=True,
    gap="\n",
    distance=lambda metres: f"{say_distance_en(metres)} ({written_distance(metres)})",
    digits=lambda digits: digits,
    phone=write_phone,
    road=lambda *_: "",
)
