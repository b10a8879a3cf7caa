"""How names of Taiwan are said in other languages: the data of `readings/`."""

import re
from collections.abc import Callable, Mapping
from functools import cache

from shared.locales import tables


@cache
def readings(group: str, locale: str) -> Mapping[str, str]:
    """A table of `readings/<locale>.yaml`, longest name first."""
    table = tables(__package__, "readings")[locale][group]
    return dict(sorted(table.items(), key=lambda item: -len(item[0])))


def split_ending(name: str, locale: str) -> tuple[str, str, str]:
    """A pharmacy's name → own name, what it is (in `locale`), branch; "" for what is missing.

    >>> split_ending("杏一藥局台南成大店", "en-US")
    ('杏一', 'Pharmacy', '台南成大店')
    """
    for ending, kind in readings("endings", locale).items():
        stem, found, branch = name.partition(ending)
        if found:
            return stem, kind, branch
    return name, "", ""


def known_parts(name: str, known: Mapping[str, str], otherwise: Callable[[str], str]) -> list[str]:
    """`name` from its front to its end: parts that are `known` (longest first), others said so.

    >>> known_parts("板橋車站", {"車站": "Station"}, str.upper)
    ['板橋', 'Station']
    """
    pattern = "|".join(map(re.escape, known))
    return [known.get(part) or otherwise(part) for part in re.split(f"({pattern})", name) if part]


VILLAGES = ("村", "里")
"""The ends of villages, whose names are said as those of roads: no part of them is a landmark."""

_NUMERALS = "一二三四五六七八九十"
_WHOLE = 2
"""Signs of a name that is never parted."""


def split_road(road: str, ways: str, locale: str) -> tuple[str, str, str, str]:
    """A road → stem, way, place, what it is in `locale`: 和平東路 → 和平, 東, "", Road.

    `ways`: the signs of directions. One sign before it makes a name with it: 河南, 濟南. The stem
    is "" where no ending is known, and of a road with a name of its own, which stands last.
    """
    for ending, kind in readings("roads", locale).items():
        if road == ending:
            return "", "", "", kind
        bare = road.removesuffix(ending)
        if bare != road:
            body = bare.rstrip(_NUMERALS) or bare[:1]
            way = body[-1] if len(body) > _WHOLE and body[-1] in ways else ""
            return body.removesuffix(way), way, bare[len(body) :], kind
    return "", "", "", ""
