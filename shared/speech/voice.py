"""How each locale says the parts of a sentence: a set of functions, one for the ear and one for the
eye."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from shared.catalog import Pharmacy, Product
from shared.places.districts import County, District
from shared.speech.names import say_name
from shared.speech.numbers import say_count, say_digits, say_number
from shared.speech.places import say_address, say_distance, say_district, say_road
from shared.speech.telephone import say_phone, write_phone
from shared.speech.times import say_date, say_time, say_weekday


@dataclass(frozen=True, slots=True)
class Voice:
    """The parts of a sentence in one locale."""

    locale: str
    name: Callable[[Pharmacy], str]
    district: Callable[[District, bool], str]
    """the flag: with its county"""
    county: Callable[[County], str]
    count: Callable[[int, str], str]
    """a number and a unit: 兩百零五片"""
    number: Callable[[int], str]
    digits: Callable[[str], str]
    phone: Callable[[str], str]
    address: Callable[[Pharmacy], str]
    road: Callable[[Pharmacy], str]
    """"" where there is none"""
    distance: Callable[[int], str]
    time: Callable[[time | datetime], str]
    day: Callable[[date], str]
    """month and day"""
    weekday: Callable[[date], str]

    def product(self, product: Product) -> str:
        """成人口罩, adult mask."""
        return product.names[self.locale].name

    def unit(self, product: Product) -> str:
        """片, adult masks."""
        return product.names[self.locale].unit


ZH = Voice(
    locale="zh-TW",
    name=lambda pharmacy: say_name(pharmacy.name, pharmacy.district.name),
    district=say_district,
    county=lambda county: county.name,
    count=say_count,
    number=say_number,
    digits=say_digits,
    phone=say_phone,
    address=lambda pharmacy: say_address(pharmacy.address),
    road=say_road,
    distance=say_distance,
    time=say_time,
    day=say_date,
    weekday=say_weekday,
)

ZH_WRITTEN = replace(
    ZH,
    name=lambda pharmacy: pharmacy.name,
    count=lambda number, unit: f" {number} {unit}",
    number=lambda number: f" {number} ",
    digits=lambda digits: digits,
    phone=write_phone,
    address=lambda pharmacy: pharmacy.address.text,
    road=lambda pharmacy: pharmacy.address.road,
    time=lambda moment: f"{moment:%H:%M}",
    day=lambda day: f"{day.month}/{day.day} ",
)

VOICES = {("zh-TW", False): ZH, ("zh-TW", True): ZH_WRITTEN}
"""(locale, for the eye) → its voice"""


def voice_of(locale: str, for_the_eye: bool) -> Voice:
    """The voice of a locale; that of zh-TW for a locale without one."""
    return VOICES.get((locale, for_the_eye)) or VOICES["zh-TW", for_the_eye]
