"""A road beside a place in which no pharmacy lies on it: 「中山區的南京東路」, 「花蓮市國聯一路」.

Those on it all lie elsewhere, or there are none, so the sounds alone tell of 松山區, or 國聯四路.
The place was said, so it is the road there that is meant.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from shared.names.exact import alone, districts_before
from shared.names.finding import whole_road
from shared.names.index import NameIndex
from shared.names.matches import as_in_address, districts_of
from shared.names.resolution import SHOWN, Hints, Meant, PlaceMatch, Resolution, RoadMatch
from shared.names.transcript import READ_AT_MOST
from shared.only_one import only_one
from shared.places.districts import District

_HEARD = 0.9
"""What is left without the road must name a district, or several of one name, as surely as this."""

_ROMANISED = re.compile(
    r"\b[a-z'-]+ (?:(?:north|south|east|west) )?(?:road|rd|street|st|avenue|boulevard)\b\.?"
    r"(?:,? (?:section|sec)\b\.? \w+)?",
    re.IGNORECASE,
)
_SECTION = "(?:[一二三四五六七八九1-9]段)?"


def without_road(found: Resolution) -> str:
    """What was heard without the road that was `found`; "" where that does not stand in it, and
    where words of a question are all that is left: most name no place beside a road."""
    road = re.compile(re.escape(whole_road(found.road.road)) + _SECTION + "上?")
    for pattern in (road, _ROMANISED):
        left, count = pattern.subn(" ", found.heard, count=1)
        if count:
            left = left.strip(" ,.")
            return left if alone(left) else ""
    return ""


def place_without_shops(found: Resolution, beside: Resolution) -> Resolution:
    """`found`, or the road in the district that is named `beside` it where none of the roads found
    lies in that; of a road that is not sure only where the district is written down, for both may
    have been misheard.

    Of several districts of one name the one in the county of the road is meant.
    """
    if beside.meant is not Meant.DISTRICT or not beside.districts:
        return found
    if not (found.sure or beside.written or found.heard.isascii()):
        return found
    name = beside.district.name
    if re.search(f"{beside.district.short}(?:路|街|大道)", beside.heard):  # 「中央路跟三民路口」
        return found
    alike = [one for one in beside.districts if one.district.name == name]
    if sum(one.score for one in alike) < _HEARD:
        return found
    if any(road.district.name == name for road in found.roads):
        return found
    counties = {road.district.county for road in found.roads}
    there = [one for one in alike if one.district.county in counties] or alike
    road = found.road.road
    return found.as_roads([RoadMatch(one.district, road, one.score) for one in there])


_DIGITS = "一二三四五六七八九"
_END = re.compile(rf"(?:路|街|大道)(?![燈邊口上人區竹鄉里村])(?:[{_DIGITS}]段)?")
_STEM = re.compile(r"[^\W\d_有沒在的是要找我你他哪那這條什怎到啦啊喔]+")
"""What a road is called before its 路: no word of a question."""

_BETWEEN = "的啦啊喔"
"""What may stand between a place and a road: 「泰山啦貴子路」."""

_STEMS = (2, 3, 4)
"""Characters of it."""

_MOST_ROADS = 4
"""So many of a text are looked at."""

_OF_A_NAME = re.compile("(?<![的間家個有])藥")
"""The 藥局 that a pharmacy is called by, and not 「那間藥局」."""

_ALIKE = 0.75
"""From this score on what sounds like the road that is written is that road, misheard."""


def road_as_written(found: Resolution, index: NameIndex, hints: Hints) -> Resolution:
    """`found`, or the road that is written behind a place: in the district where it is one, though
    no pharmacy lies on it; of a county those in which some lie on it.

    「花蓮市國聯一路」, 「新竹中正路」; 「三重仁美街」 asks for no 仁美藥局.
    """
    named = found.meant is Meant.PHARMACY and _OF_A_NAME.search(found.heard)
    settled = found.sure and found.meant not in (Meant.DISTRICT, Meant.ROAD)
    if settled or found.kind or named:
        return found
    for end in islice(_END.finditer(found.heard[:READ_AT_MOST]), _MOST_ROADS):
        for length in _STEMS:
            start = max(0, end.start() - length)
            at = len(found.heard[:start].rstrip(_BETWEEN))
            stem = _STEM.fullmatch(found.heard, start, end.start())
            if stem and (places := districts_before(found.heard, at, hints)):
                return _in_one_of(places, found.heard[start : end.end()], found, index)
    return _as_numbered(found)


_NUMBERS = _DIGITS + "十"


def _as_numbered(found: Resolution) -> Resolution:
    """`found`, or the road of another number where that is written, 「五福三路」; or the section of
    it on which no pharmacy lies, 「崇德路三段」."""
    if found.meant is not Meant.ROAD:
        return found
    name = found.road.road
    if _is_written(found):
        section = re.search(f"{re.escape(name)}[{_DIGITS}]段", found.heard)
        return _on(as_in_address(section[0]), found) if section else found
    for at, number in enumerate(name):
        if number in _NUMBERS and (met := re.search(_any_number(name, at), found.heard)):
            return _on(met[0], found)
    return found


def _on(road: str, found: Resolution) -> Resolution:
    """`found`, of that road."""
    return replace(found, roads=tuple(replace(one, road=road) for one in found.roads))


def _any_number(road: str, at: int) -> str:
    """A pattern of `road` with any number in that place."""
    return f"{re.escape(road[:at])}[{_NUMBERS}]{re.escape(road[at + 1 :])}"


def _is_written(found: Resolution) -> bool:
    """Whether the road that was found stands in what was heard, with its section or without."""
    return bool(found.roads) and whole_road(found.road.road) in found.heard


def _in_one_of(
    places: Sequence[District], road: str, found: Resolution, index: NameIndex
) -> Resolution:
    """`found`, as the `road` in those of the `places` in which pharmacies lie on it, or on the one
    that was found by its sound; in the only one where none does, else the county."""
    if _is_written(found) and found.road.district in places:
        return _as_numbered(found)
    there = [one for one in districts_of(road, index) if one in places]
    sounding = [one for one in found.roads if one.district in places and one.score > _ALIKE]
    if not there and sounding:
        return found.as_roads(sounding)
    if not there and len(places) > 1:
        return _somewhere_in(places, found)
    where = there or places
    share = _HEARD / len(where)
    return found.as_roads([RoadMatch(one, as_in_address(road), share) for one in where])


def _somewhere_in(places: Sequence[District], found: Resolution) -> Resolution:
    """`found`, as the county of the `places`, or the two that are called so; of districts of one
    name as these."""
    if len({one.name for one in places}) == 1:
        alike = tuple(PlaceMatch(one, _HEARD / len(places)) for one in places)
        return Resolution(
            found.heard, Meant.DISTRICT, alike[:SHOWN], named=found.named, mentions=found.mentions
        )
    counties = tuple(dict.fromkeys(one.county for one in places))
    one = only_one(counties)
    several = () if one else counties
    return Resolution(
        found.heard, Meant.COUNTY, county=one, counties=several, named=found.named,
        mentions=found.mentions,
    )  # fmt: skip
