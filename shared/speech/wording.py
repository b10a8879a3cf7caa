"""How a locale says a sentence and its parts, for the ear or for the eye."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time

from shared.catalog import Pharmacy, Product
from shared.locales import DEFAULT, locale_of
from shared.outcomes import Weekday
from shared.places.districts import County, District
from shared.speech.texts import Texts, texts

WITHOUT_KEYS = "_voice"
"""What the key of a sentence ends with that is said in its place where there are no keys."""


@dataclass(frozen=True, slots=True)
class Wording:
    """The sentences of one locale, and the parts that fill their blanks."""

    locale: str
    gap: str
    """between two sentences"""
    names: Callable[[str, str], tuple[str, ...]]
    """a pharmacy's name and its district's → what it is called there, the fullest first"""
    chain: Callable[[str], str]
    """a chain by the name that we call it by: 大樹藥局, Great Tree"""
    landmark: Callable[[str], str]
    """a landmark by the first of its names: 台大醫院, 捷運西門站"""
    wheres: Callable[[District, bool], tuple[str, ...]]
    """a district, the fullest first; the flag: with its county"""
    county: Callable[[County], str]
    count: Callable[[int, str], str]
    """a number and a unit: 兩百零五片"""
    tally: Callable[[int, str], str]
    """a number and a unit where it is plain what is counted: 兩片, 2"""
    shops: Callable[[int], str]
    """so many pharmacies: 十二家, 12 pharmacies"""
    floor: Callable[[Pharmacy], str]
    """the floor that its address tells, 二樓; "" for none"""
    number: Callable[[int], str]
    ordinal: Callable[[int], str]
    """the how-manieth pharmacy: 第二家"""
    digits: Callable[[str], str]
    """one by one: 一零六"""
    phone: Callable[[str], str]
    address: Callable[[Pharmacy], str]
    """what follows the district"""
    road: Callable[[str, str], str]
    """a road and its section; "" where it is not said"""
    distance: Callable[[int], str]
    time: Callable[[time | datetime], str]
    day: Callable[[date], str]
    """month and day"""
    weekday: Callable[[date], str]
    syllables: Callable[[str], int]
    """how many there are in a text, pauses not counted; an estimate where letters do not tell"""
    product: Callable[[Product], str]
    """as it stands after 「沒有」: 成人口罩, adult masks"""
    eye: bool = False
    """it is read, not heard"""
    keys: bool = True
    """the caller has a keypad that may be spoken of"""
    turn: int = 0
    """how often the same was said in a row before: of several sentences the one whose turn it is"""

    @property
    def texts(self) -> Texts:
        """Every sentence."""
        return texts(self.locale)

    def say(self, key: str, /, **blanks: str) -> str:
        """The sentence of `key`, its blanks filled; those that it has not are left out."""
        if not self.keys and (without := key + WITHOUT_KEYS) in self.texts:
            key = without
        lines = self.texts[key]
        return lines[self.turn % len(lines)].format(**blanks)

    def seconds(self, text: str) -> float:
        """How long `text` takes to say at a calm pace, pauses not counted."""
        return self.syllables(text) / locale_of(self.locale).units_a_second

    def value(self, value: object) -> str:
        """`value` as its type is said: a time, a day, a number, a product, a pharmacy, a place."""
        match value:
            case time():
                return self.time(value)
            case date():
                return self.day(value)
            case Weekday(day):
                return self.weekday(day)
            case int():
                return self.number(value)
            case Product():
                return self.product(value)
            case Pharmacy():
                return self.name(value)
            case District():
                return self.district(value, True)
        raise TypeError(f"nothing says {type(value).__name__}")

    def road_of(self, pharmacy: Pharmacy) -> str:
        """The road of a pharmacy with its section; "" where its address has none."""
        address = pharmacy.address
        return self.road(address.road, address.section) if address.road else ""

    def name(self, pharmacy: Pharmacy) -> str:
        """What a pharmacy is called, in full."""
        return self.names(pharmacy.name, pharmacy.district.name)[0]

    def district(self, district: District, with_county: bool) -> str:
        """A district, in full."""
        return self.wheres(district, with_county)[0]

    def unit(self, product: Product) -> str:
        """片, adult masks."""
        return (product.names.get(self.locale) or product.names[DEFAULT]).unit

    def count_of(self, left: int, product: Product) -> str:
        """So many of a product: 兩百零五片."""
        return self.count(left, self.unit(product))


def letters(text: str) -> list[str]:
    """The letters and digits of a text: what is spoken of it."""
    return [char for char in text if unicodedata.category(char)[0] in "LN"]
