"""Telephone numbers: of callers (→ area code) and of pharmacies (→ national digits)."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from shared.data_tables import table_of
from shared.places.districts import County, District, county_by_name

_NATIONAL = re.compile(
    r"02[2-8]\d{7}|03[2-9]\d{6}|037[2-9]\d{5}|04[2-3]\d{7}|04[7-8]\d{6}|049[2-9]\d{6}"
    r"|05[2-8]\d{6}|06[2-9]\d{6}|07[2-9]\d{6}|08[2-9]\d{6}|082[2-9]\d{5}|0826\d{5}"
    r"|0836\d{5}|089[2-9]\d{5}"
)
"""A landline as dialled inside Taiwan: area code and as many digits as that area has."""

_NOT_A_LANDLINE = re.compile(r"09\d{8}|0800\d{6}")
"""Mobile and freephone numbers."""

EIGHT = 8
"""Digits of a number within 02, and within 04 in 台中市. A number that lost its first 0 may have as
many, so it is taken for one only where that 0 makes the area code of the district: 82000560 is no
number of 屏東縣 (08) unless it stands there."""

_CALLER = re.compile(r"(?:\+?8860?|0)([2-9]\d{7,8})")
"""+886912345678, 0227653147; SIP trunks send it without its +. Withheld numbers come as words or as
foreign-looking digits (Twilio sends ANONYMOUS typed on a keypad), and must not pass for one
telephone."""


def subscriber_of(number: str) -> str:
    """A Taiwanese caller's number without +886 or 0, however written; "" for any other.

    >>> subscriber_of("+886227653147"), subscriber_of("02-2765-3147"), subscriber_of("+266696687")
    ('227653147', '227653147', '')
    """
    found = _CALLER.fullmatch(re.sub(r"[\s()-]", "", unicodedata.normalize("NFKC", number)))
    return found[1] if found else ""


@dataclass(frozen=True, slots=True)
class _Numbering:
    """What `area_codes.yaml` holds."""

    codes: Mapping[str, tuple[County, ...]]
    towns: Mapping[str, str]
    """district key → area code, where its county has another"""
    second: Mapping[str, str]
    """district key → the area code of a part of it, where that is another"""
    callers: Mapping[str, tuple[County, ...]]
    """first digits → where such callers live, where they tell it better than the area code"""


@cache
def _numbering() -> _Numbering:
    data = table_of(__package__, "area_codes.yaml")
    codes, callers = _of_counties(data["codes"]), _of_counties(data["callers"])
    return _Numbering(codes, data["towns"], data["second"], callers)


def _of_counties(data: Mapping[str, list[str]]) -> dict[str, tuple[County, ...]]:
    counties = county_by_name()
    return {digits: tuple(counties[name] for name in names) for digits, names in data.items()}


def area_codes() -> Mapping[str, tuple[County, ...]]:
    """Area code with its 0 → counties; longer codes first."""
    return _numbering().codes


def area_code_of(number: str) -> str:
    """The area code of a caller's number; "" for a mobile, a foreign number, or none.

    Where the next digits tell more of the caller's county, as 02-24 does, they stand behind it.

    >>> area_code_of("+886227653147"), area_code_of("037-323456"), area_code_of("+886912345678")
    ('02', '037', '')
    >>> area_code_of("886227653147")
    '02'
    >>> area_code_of("(02) 2422-1234")
    '0224'
    """
    digits = "0" + subscriber_of(number)
    if not _NATIONAL.fullmatch(digits):
        return ""
    known = (*_numbering().callers, *area_codes())
    return next(code for code in known if digits.startswith(code))


def counties_of(area_code: str) -> tuple[County, ...]:
    """Where callers of an area code are likely at home, the likeliest first; () for ""."""
    return _numbering().callers.get(area_code) or area_codes().get(area_code, ())


def counties_around(place: District | None, area_code: str) -> tuple[County, ...]:
    """The county of the place that was talked about; where there is none those that a caller of
    that area code may be in, the likeliest first; () for neither."""
    return (place.county,) if place else counties_of(area_code)


@cache
def _own_code(district: District) -> str:
    """The area code that people of a district dial: 082 in 金門縣, but 0826 in 烏坵鄉."""
    codes = [code for code, counties in area_codes().items() if district.county in counties]
    return _numbering().towns.get(district.key) or min(codes, key=len)


def parse_phone(text: str, district: District) -> str:
    """A feed's telephone number → digits as dialled inside Taiwan; "" when it cannot be one.

    Of two numbers the first; without an area code that of the district is put before.

    >>> from shared.places.districts import by_key
    >>> parse_phone("(03)8358141 分機12", by_key()["花蓮縣豐濱鄉"])
    '038358141'
    >>> parse_phone("8358141", by_key()["花蓮縣豐濱鄉"])
    '038358141'
    """
    half_width = unicodedata.normalize("NFKC", text)
    first = re.split(r"[、,;/~轉]|分機|ext|EXT|#|或", half_width.strip(), maxsplit=1)[0]
    stated, local = _split(first)
    own = _own_code(district)
    second = _numbering().second.get(district.key, own)
    candidates = [stated + local, local, own + local, second + local]
    if stated:
        candidates.append("0" + stated + local)
    if len(local) != EIGHT or ("0" + local).startswith(own):
        candidates.append("0" + local)
    return next((number for number in candidates if _can_be_dialled(number)), "")


def _split(text: str) -> tuple[str, str]:
    """Area code in brackets and the rest, as digits; +886 becomes 0."""
    digits = re.sub(r"[^\d()]", "", text.replace("+886", "0"))
    match = re.fullmatch(r"\((\d{1,4})\)(\d+)", digits)
    return (match[1], match[2]) if match else ("", re.sub(r"\D", "", digits))


def _can_be_dialled(number: str) -> bool:
    return bool(_NATIONAL.fullmatch(number) or _NOT_A_LANDLINE.fullmatch(number))
