"""A road beside a district in which no pharmacy lies on it: 「中山區的南京東路」.

Those on it all lie elsewhere, so the sounds alone tell of 松山區. The district was said, so it is
the road there that is meant.
"""

import re
from dataclasses import replace

from shared.names.exact import alone
from shared.names.finding import whole_road
from shared.names.resolution import Meant, Resolution, RoadMatch

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
    road = re.compile(re.escape(whole_road(found.roads[0].road)) + _SECTION)
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
    name = beside.districts[0].district.name
    alike = [one for one in beside.districts if one.district.name == name]
    if sum(one.score for one in alike) < _HEARD:
        return found
    if any(road.district.name == name for road in found.roads):
        return found
    counties = {road.district.county for road in found.roads}
    there = [one for one in alike if one.district.county in counties] or alike
    road = found.roads[0].road
    return replace(
        found,
        districts=tuple(there),
        roads=tuple(RoadMatch(one.district, road, one.score) for one in there),
        pharmacies=(),
        sure=len(there) == 1,
    )
