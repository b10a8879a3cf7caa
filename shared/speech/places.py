"""Districts, addresses and distances as they are said."""

import re

from shared.numbers import say_count, say_digits, say_number
from shared.places.address import Address
from shared.places.districts import District

_NUMBER = re.compile(r"\d+")

SPOKEN_WHOLE = 3
"""House numbers of up to three digits are said as numbers (一百二十號), others digit by digit."""


def say_district(district: District, with_county: bool) -> str:
    """台北市大安區, or 大安區 where that is enough."""
    return district.key if with_county else district.name


def say_address(address: Address) -> str:
    """The way to the door, from the road on; the village only where there is no road.

    Of several house numbers or floors the first.

    >>> say_address(Address("", road="辛亥路", section="3", number="12之3", floor="2"))
    '辛亥路三段，十二之三號二樓'
    >>> say_address(Address("", village="鎖港里", number="240", rest="二樓之1"))
    '鎖港里，兩百四十號'
    """
    head = address.road + (f"{_whole(address.section)}段" if address.section else "")
    if not address.road:
        near = f"{_whole(address.neighbourhood)}鄰" if address.neighbourhood else ""
        head = address.village + near
    for part, name in ((address.lane, "巷"), (address.alley, "弄")):
        head += f"{part}{name}" if part else ""
    if not (head or address.number):
        return _in_characters(beyond_district(address))
    door = f"{_in_characters(first_of(address.number))}號" if address.number else ""
    door += say_floor(address)
    if not door:
        return _in_characters(head + address.rest)
    return f"{_in_characters(head)}，{door}" if head else door


_COUNTY_AND_DISTRICT = re.compile(r"^..[縣市].{1,3}?[區鄉鎮市]")


def beyond_district(address: Address) -> str:
    """What an address that could not be read tells beyond its county and district; "" nothing."""
    return address.rest or _COUNTY_AND_DISTRICT.sub("", address.text)


def first_of(numbers: str) -> str:
    """The first of several house numbers or floors: 191、193 → 191."""
    return re.split(r"[、.,&~]", numbers)[0]


def _whole(text: str) -> str:
    return say_number(int(text)) if text.isdigit() else text


def floor_of(address: Address) -> tuple[int, bool]:
    """The first floor that an address tells, 0 for none; and whether it is below the ground."""
    number = _NUMBER.search(address.floor)
    return int(number[0]) if number else 0, address.floor.startswith(("B", "地下"))


def say_floor(address: Address) -> str:
    """二樓, 地下一樓; "" for none."""
    floor, below = floor_of(address)
    return f"{'地下' if below else ''}{say_number(floor)}樓" if floor else ""


def _in_characters(text: str) -> str:
    """Every number in `text` in characters."""
    return _NUMBER.sub(_say_house_number, text)


def _say_house_number(match: re.Match[str]) -> str:
    digits = match.group()
    return say_number(int(digits)) if len(digits) <= SPOKEN_WHOLE else say_digits(digits)


def say_road(road: str, section: str = "") -> str:
    """The road alone, with its section."""
    return _in_characters(road + (f"{_whole(section)}段" if section else ""))


WALKING_METRES_A_MINUTE = 60
"""Of an elder; younger people walk 80 (高齡者步行速度約每秒 1 公尺)."""

WALKED_AT_MOST = 2000


def say_distance(metres: int) -> str:
    """How people say it: minutes on foot, kilometres beyond that.

    >>> say_distance(290), say_distance(3100), say_distance(40)
    ('走路大約五分鐘', '大約三公里', '就在旁邊')
    """
    if metres < WALKING_METRES_A_MINUTE:
        return "就在旁邊"
    if metres <= WALKED_AT_MOST:
        minutes = round(metres / WALKING_METRES_A_MINUTE)
        if minutes > 12:
            minutes = round(minutes / 5) * 5
        return "走路大約" + say_count(minutes, "分鐘")
    return "大約" + say_count(round(metres / 1000), "公里")


def written_distance(metres: int) -> str:
    """How far, to 100 m: a point that somebody shared is not kept more exactly.

    >>> written_distance(294), written_distance(3120)
    ('300 m', '3.1 km')
    """
    return f"{round(metres, -2)} m" if metres < 950 else f"{metres / 1000:.1f} km"
