"""Names of pharmacies, fit for the ear."""

import re
import unicodedata
from functools import cache, lru_cache

from shared.numbers import say_digits
from shared.places.districts import all_counties

_LEGAL = re.compile(
    r"^(?:衛生福利部|行政院衛生署|國軍退除役官兵輔導委員會|財團法人|社團法人|醫療財團法人|醫療法人"
    r"|[\u4e00-\u9fff]{1,12}(?:股份)?有限公司(?:附設)?)"
)
_BRACKETS = re.compile(r"[(（〔\[【〈<][^(（〔\[【〈<)）〕\]】〉>]*[)）〕\]】〉>]")
_COUNTY = re.compile(r"^(?:..[縣市])(?=..)")

_OUTER_BRACKETS = re.compile(r"\A[^(]*+\(([^)]{6,})\)$")
"""政大(文山健康服務中心): what is in the brackets tells more than what stands before."""

_WIDER = re.compile(r"^.{0,40}?醫院(?=.{2,20}分院$)")
"""花蓮醫院豐濱原住民分院: the branch is known by its own name."""

_TRADE = re.compile(
    r"(?:連鎖|健保|藥師|複合式|中西|大眾化|保健|美妝|生活|活力|聯合|健康廣場|藥[妝粧]){1,6}+(?=.{0,40}藥局)"
    r"|大(?=藥局)|服務(?=中心)"
)
"""Words of the trade, which tell no pharmacy from another."""

_BRANCH = re.compile(r"(?<=藥局).*(?:店|分店)$")

_UNUSUAL = 8
"""Characters. Nine pharmacies in ten have shorter names (3 March 2020)."""


_KEPT = 16_384
"""Names that are kept as they are said: twice those of a feed, some 4 MB."""

_PLAINLY = str.maketrans({"〈": "(", "〉": ")", "臺": "台", "巿": "市"})


def say_name(name: str, district: str = "", *, digits: bool = True) -> str:
    """What a pharmacy is called: without legal prefixes, brackets, or the district said before it.

    `digits`: write them as characters.

    >>> say_name("金門縣金湖鎮衛生所", "金湖鎮"), say_name("全國藥局(總店)"), say_name("7號藥局")
    ('衛生所', '全國藥局', '七號藥局')
    >>> say_name("衛生福利部花蓮醫院豐濱原住民分院"), say_name("政大(文山健康服務中心)")
    ('豐濱原住民分院', '文山健康服務中心')
    """
    plain = unicodedata.normalize("NFKC", name).translate(_PLAINLY)
    if inner := _OUTER_BRACKETS.match(plain):
        plain = inner[1] if "藥局" not in inner[1] else plain
    plain = _BRACKETS.sub("", plain).strip() or name
    plain = re.sub(r"(?<=\d)O(?=\d)", "0", plain)  # １Ｏ１藥師聯合藥局
    short = _LEGAL.sub("", plain) or plain
    short = _WIDER.sub("", short)
    if district:
        after = _COUNTY.sub("", short)
        own = after.removeprefix(district)
        if own not in (after, "", "藥局"):
            short = own
        elif len(short) > _UNUSUAL:
            short = after
    if not digits:
        return short
    return re.sub(r"\d+", lambda match: say_digits(match.group()), short)


@lru_cache(_KEPT)
def names_of(name: str, district: str = "", *, digits: bool = True) -> tuple[str, ...]:
    """`say_name`, and shorter names by which it is still found, the fuller first."""
    full = say_name(name, district, digits=digits)
    return full, *shorter_names(full, district)


def shorter_names(name: str, district: str = "") -> tuple[str, ...]:
    """Shorter names by which it is still found, the fuller first; () where there is none.

    Away go words of the trade, the district (which is said before the name), the branch, and at
    last 藥局 itself and a city.

    >>> shorter_names("桂林活力藥師藥局鳳山店", "苓雅區")
    ('桂林藥局鳳山店', '桂林藥局', '桂林')
    >>> shorter_names("華盛頓虎尾藥局", "虎尾鎮")
    ('華盛頓藥局', '華盛頓')
    """
    shorter = dict[str, None]()
    for spare in (_TRADE, _stem(district), _BRANCH, _SHOP, _cities()):
        if spare:
            rest = spare.sub("", list(shorter)[-1] if shorter else name)
            if len(rest) >= _RECOGNISED and not rest.startswith("藥局"):
                shorter[rest] = None
    shorter.pop(name, None)
    return tuple(shorter)


_RECOGNISED = 2
"""Characters that a name keeps."""

_SHOP = re.compile(r"藥局$|區(?=衛生所$)")


@cache
def _cities() -> re.Pattern[str]:
    """杏一台北國泰: the city in the name of a chain's shop."""
    return re.compile("|".join(county.short for county in all_counties()))


@cache
def _stem(district: str) -> re.Pattern[str] | None:
    """虎尾鎮 → 虎尾, as it stands in a name with something else beside it."""
    stem = re.escape(district[:-1])
    return re.compile(f"{stem}店?") if len(district) > _RECOGNISED else None
