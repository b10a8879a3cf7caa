"""An address as the feed writes it → its parts."""

import re
import unicodedata
from dataclasses import dataclass

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


_PARTS = re.compile(
    r"""
    (?:(?P<village>[^\d段弄號樓]{1,4}?[里村])(?![路街巷]))?
    (?:(?P<neighbourhood>\d{1,3})鄰)?
    (?:(?P<road>[^\d]{1,9}?(?:\d*(?:大道|路|街)(?!頭)|道)|[^\d巷弄號樓]{1,6}(?=\d))
       (?:(?P<section>\d{1,2}|[^\d]{2})段)?)?
    (?:(?P<lane>[\d之]{1,8}|[^\d]{1,6}?)巷)?
    (?:(?P<alley>[\d之]{1,8})弄)?
    (?:(?P<number>\d[\d之、.,&~]{0,23})號(?:之(?P<sub>\d{1,3}))?)?
    (?P<more>(?:[、及]?[\d之]{1,8}號(?:之\d{1,3})?)*)
    [(]?(?:(?P<floor>(?:B|地下)?\d{1,2}(?:[、.]\d{1,2})*)[樓F])?[)]?
    (?P<rest>.*)
    """,
    re.VERBOSE | re.DOTALL,
)

_CHINESE_NUMBER = re.compile(
    r"[〇○O一二三四五六七八九十百廿卅\d]+(?=[段巷弄號樓鄰之])|(?<=之)[一二三四五六七八九十]+"
)
_DIGITS = {char: place % 10 for place, char in enumerate("〇一二三四五六七八九")} | {"○": 0, "O": 0}
_TENS = {"十": 10, "廿": 20, "卅": 30}

_DASHES = re.compile(r"(?<=\d)[-‐‑–—－](?=\d)")


def clean(text: str) -> str:
    """Half-width, no spaces, characters that stand for others put right, numbers in digits.

    >>> clean("臺北巿大安區 辛亥路三段１５－２號")
    '台北市大安區辛亥路3段15之2號'
    """
    folded = unicodedata.normalize("NFKC", text).translate(_table())
    joined = _DASHES.sub("之", "".join(folded.split())).lstrip("0123456789()")
    return _CHINESE_NUMBER.sub(_in_digits, joined)


def _in_digits(match: re.Match[str]) -> str:
    """一六八 → 168, 七十五 → 75, 卅六 → 36; digits stay; 百 and longer stand as they are."""
    text = match.group()
    if text.isdigit() and text.isascii():
        return text
    if "百" in text:
        return text
    tens = next((char for char in text if char in _TENS), "")
    if not tens:
        return "".join(str(_DIGITS.get(char, char)) for char in text)
    before, _, after = text.partition(tens)
    if any(char not in _DIGITS for char in before + after):
        return text
    head = _DIGITS[before] * 10 if len(before) == 1 and tens == "十" else _TENS[tens]
    return str(head + (_DIGITS[after] if len(after) == 1 else 0))


_TABLE: dict[int, str] = {}


def _table() -> dict[int, str]:
    if not _TABLE:
        _TABLE.update(str.maketrans(dict(former_names().characters)))
    return _TABLE


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
        village=parts["village"],
        neighbourhood=parts["neighbourhood"],
        road=parts["road"],
        section=parts["section"],
        lane=parts["lane"],
        alley=parts["alley"],
        number=(number + more).strip("、"),
        floor=parts["floor"].replace(".", "、"),
        rest=parts["rest"],
    )
