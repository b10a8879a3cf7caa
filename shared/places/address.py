"""An address as the feed writes it → its parts."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from shared.numbers import read_number
from shared.places.former import former_names


@dataclass(frozen=True, slots=True)
class Address:
    """The parts of an address; "" where a part is missing. Numbers are half-width digits.

    >>> Address("台北市大安區辛亥路3段15號", road="辛亥路", section="3", number="15").road
    '辛亥路'
    """

    text: str
    """the whole address, cleaned: half-width, 台 for 臺"""
    village: str = ""
    """村 or 里 with its ending: 豐濱村"""
    neighbourhood: str = ""
    """鄰, the number alone: 12"""
    road: str = ""
    """road, street or named place without its section: 辛亥路, 中山街, 大業南路"""
    section: str = ""
    """段, the number alone: 3"""
    lane: str = ""
    """巷, what stands before it: 12, or a name"""
    alley: str = ""
    """弄, the number alone"""
    number: str = ""
    """號, what stands before it: 15, 12之3; several joined by 、"""
    floor: str = ""
    """樓, what stands before it: 2, 1、2, B1"""
    rest: str = ""
    """what could not be told apart, as it stands"""

    def off(self, road: str) -> int:
        """0 on the road that was named (忠孝東路, or 忠孝東路4段; "" for any), 1 on another section
        of it, 2 elsewhere."""
        there = road in ("", self.road, self.street)
        beside = there or (self.road and road.startswith(self.road))
        return (not there) + (not beside)

    @property
    def street(self) -> str:
        """The road with its section, where it has one: 辛亥路3段."""
        return f"{self.road}{self.section}段" if self.section else self.road


def split_street(street: str) -> tuple[str, str]:
    """`Address.street` → road and section.

    >>> split_street("辛亥路3段"), split_street("興豐路")
    (('辛亥路', '3'), ('興豐路', ''))
    """
    road = street.removesuffix("段").rstrip("0123456789")
    section = street.removeprefix(road).removesuffix("段")
    return (road, section) if section else (street, "")


_PARTS = re.compile(
    r"""
    (?:(?P<village>[路街]?[^\d路街]{1,3}?[路街]?[里村])(?![里村路街巷]|[東西南北]路))?
    (?:(?P<neighbourhood>\d{1,3})鄰)?
    (?:(?P<road>(?!臨\d)(?:[^\d]{1,9}?(?:\d*(?:大道|路|街)(?![頭路街])|道(?![路街]))
              (?:[一二三四五六七八九十\d]{1,3}[路街])?|[^\d巷弄號樓]{1,6}(?=\d)))
       (?:(?P<section>\d{1,2}|[^\d巷弄號樓、]{1,2}\d{0,2})段)?
       (?:(?P<late_village>[^\d]{1,3}里)(?![路街巷])(?P=road)?)?
       (?:(?P<late_neighbourhood>\d{1,3})鄰)?)?
    (?:(?P<lane>[\d之]{1,8}|[^\d]{1,6}?)巷)?
    (?:(?P<alley>[\d之]{1,8})弄)?
    (?:(?P<number>臨?\d[\d之、附~]{0,23})(?:號(?:之(?P<sub>\d{1,3})(?![樓\d])號?)?|(?=[(]|$)))?
    (?P<more>(?:[、及]?[\d之]{1,8}號(?:之\d{1,3}(?![樓\d]))?)*)
    (?:之(?=\d+樓))?[(〈]?(?:實際(?:使用|營業地址):?)?
    (?P<floor>(?:[、,.及;]?(?:(?:B|地下)?\d{1,2}(?:[、至之~](?:B|地下)?\d{1,2})*[樓F層]|B\d(?!\d)))*)[)〉]?
    (?P<rest>.*)
    """,
    re.VERBOSE | re.DOTALL,
)

_CHINESE_NUMBER = re.compile(
    r"[〇○Oo一二三四五六七八九十百廿卅\d]{1,9}(?=[段巷弄號樓層鄰之]|、[一二三四五六七八九十\d])"
    r"|(?<=之)[一二三四五六七八九十]{1,9}"
)
_DASHES = re.compile(r"(?<=[\d號])[-‐‑‒–—―─−ㄧ](?=\d)")
"""15－2號, 270號－1; ㄧ is the sound i, typed for a dash or for 一."""
_BEFORE_THE_COUNTY = re.compile(r"[\d()]*(?:中華民國)?(?:(?:台灣|福建)省)?")
"""Postal code, country, province."""

_AND = re.compile(r"(?<=\d)[.,;&。‧·\u0307及](?=\d)")
"""Between two house numbers; U+0307 is what NFKC leaves of ˙ (823˙825號)."""

_BETWEEN_FLOORS = re.compile(r"[樓F層]?[、,.及;至之~]|[樓F層](?=.)")


def clean(text: str) -> str:
    """Half-width, no spaces, characters that stand for others put right, numbers in digits.

    >>> clean("臺北巿大安區 辛亥路三段１５－２號")
    '台北市大安區辛亥路3段15之2號'
    """
    folded = unicodedata.normalize("NFKC", text).translate(_table())
    joined = _BEFORE_THE_COUNTY.sub("", "".join(folded.split()), count=1)
    joined = _AND.sub("、", _DASHES.sub("之", joined)).replace("ㄧ", "一")
    return _CHINESE_NUMBER.sub(_in_digits, joined)


def _in_digits(match: re.Match[str]) -> str:
    """一六八 → 168, 七十五 → 75; digits stay."""
    text = match.group()
    return text if text.isdecimal() else str(read_number(text))


@cache
def _table() -> dict[int, str]:
    return str.maketrans(dict(former_names().characters))


def parse_parts(cleaned: str, after_district: str) -> Address:
    """The parts of what follows the district; of two addresses joined by 、 the first."""
    match = _PARTS.match(after_district)
    if match is None:
        return Address(cleaned, rest=after_district)
    parts = {name: value or "" for name, value in match.groupdict().items()}
    number = parts["number"] + ("之" + parts["sub"] if parts["sub"] else "")
    more = parts["more"].replace("號", "").replace("及", "、")
    return Address(
        cleaned,
        village=parts["village"] or parts["late_village"],
        neighbourhood=parts["neighbourhood"] or parts["late_neighbourhood"],
        road=parts["road"],
        section=parts["section"],
        lane=parts["lane"],
        alley=parts["alley"],
        number=(number + ("、" + more.lstrip("、") if more else "")).strip("、"),
        floor=_BETWEEN_FLOORS.sub("、", parts["floor"].rstrip("樓F層")).strip("、"),
        rest=parts["rest"],
    )
