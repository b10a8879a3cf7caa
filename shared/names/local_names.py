"""What is named only beside a place: 「火車站」 after 板橋, 「員林的火車站」, 「水門」 of 內埔."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, pairwise

from shared.names.exact import (
    Folded,
    alone,
    is_written_place,
    named_after,
    nameless,
    span_of,
    village_words,
)
from shared.names.resolution import Hints, Meant, Resolution
from shared.names.stated import decide_stated, landmarks_named
from shared.names.transcript import READ_AT_MOST
from shared.phonetics.pronunciations import fold_all, read
from shared.places.districts import County, District
from shared.places.landmarks import Landmark, LandmarkKind, landmarks
from shared.places.middles import kilometres, middle_of
from shared.places.telephone_numbers import counties_around
from shared.places.villages import villages

_NAMELESS = (
    r"(?:^|(?<=[在到去離從近往是那這找有區市鎮鄉縣的の，。、])|(?<=[^\x00-\x7f] )"
    r"|(?<=\bthe )|(?<=\bnear )|(?<=\bnearest )|(?<=\bclosest )|(?<=\ba )"
    r"|(?=\b(?:near|to|by) (?:the|an) ))"
)
"""What a station without a name stands behind: behind other words its name was misheard."""

_WITHIN_KM = {
    LandmarkKind.RAILWAY: 8.0,
    LandmarkKind.HIGH_SPEED_RAIL: 30.0,
    LandmarkKind.METRO: 0.0,
}
"""So far from the middle of a town people call a station theirs, beside those in it: 台中車站 in
西屯, 6 km. Of another kind there is one a county."""


def local_name(found: Resolution, hints: Hints) -> Resolution:
    """`found`; where it is a place or nothing sure and names a station or a village of it, that."""
    if found.sure and found.meant not in (Meant.DISTRICT, Meant.COUNTY):
        return found
    if nearby := _station_nearby(found, hints):
        return nearby
    place = _place(found, hints)
    if place is None:
        return found
    if not _kind_heads().isdisjoint(_pairs(found.heard)) and (met := _station(found, hints, place)):
        station, span = met
        return decide_stated(found.heard, landmarks_named([station], span))
    return _of_village(found, hints, place)


def _station(
    found: Resolution, hints: Hints, place: District | County
) -> tuple[Landmark, tuple[int, int]] | None:
    """The one of a kind that is named by no name of its own, and where that stands: the one talked
    about, else that of the `place`. A 車站 is the railway's before it is the metro's; of the metro
    Mandarin names none without its name: 「捷運站的人叫我戴好」."""
    kinds = ((kind, _spoken(pattern, found, place)) for kind, pattern in _patterns())
    said = [(kind, span) for kind, span in kinds if span]
    here = hints.near
    talked_about = [(here, span) for kind, span in said if here and here.kind is kind]
    if not found.heard.isascii():
        said = [(kind, span) for kind, span in said if kind is not LandmarkKind.METRO]
    nearest = ((one, span) for kind, span in said if (one := _nearest(place, kind)))
    return next(chain(talked_about, nearest), None)


def _spoken(
    pattern: re.Pattern[str], found: Resolution, place: District | County
) -> tuple[int, int] | None:
    """Where it stands in what was heard, also right behind the short name of a `place` that was
    surely named: 「烏日高鐵站」."""
    if met := pattern.search(found.heard):
        return met.span()
    short = place.short
    if not found.sure or short not in found.heard:
        return None
    start = found.heard.index(short) + len(short)
    behind = pattern.match(found.heard[start:])
    return (start + behind.start(), start + behind.end()) if behind else None


def _station_nearby(found: Resolution, hints: Hints) -> Resolution | None:
    """The station that is called so in the counties around her, where nothing is surely named that
    is: 「八堵」; or a district found far away: 「北門」 in 台北 is no 北門區."""
    near = counties_around(hints.place, hints.area_code)
    name = alone(found.heard) if found.meant is not Meant.COUNTY else ""
    stations = [one for one in _stations_called().get(name, ()) if one.district.county in near]
    if not stations:
        return None
    if found.sure:
        district = found.district
        other = district.county in near or name != district.short
    else:
        other = is_written_place(found.heard) or not {*found.landmarks}.issubset(stations)
    if other:
        return None
    span = span_of(found.heard, name)
    return decide_stated(found.heard, landmarks_named(stations[:1], span, written=True))


@cache
def _stations_called() -> Mapping[str, Sequence[Landmark]]:
    """Their names, without what they are → the stations of the metro and of the railway."""
    called: dict[str, list[Landmark]] = {}
    for one in landmarks():
        if one.kind in _STATIONS:
            called.setdefault(one.name, []).append(one)
    return called


_STATIONS = (LandmarkKind.METRO, LandmarkKind.RAILWAY)


def _place(found: Resolution, hints: Hints) -> District | County | None:
    """Where: in what is named beside it, else in what was talked about or asked for."""
    if found.sure:
        return found.district if found.meant is Meant.DISTRICT else found.county
    for match in found.districts:
        if len(stem := match.district.short) > 1 and stem in found.heard:
            return match.district
    asked = {one.county for one in hints.offered_places}
    return hints.place or (asked.pop() if len(asked) == 1 else None)


def _of_village(found: Resolution, hints: Hints, place: District | County) -> Resolution:
    """`found`, or the village where no more is said than its name, with or without its district's.

    One of the place that was talked about is likelier than a district of another county: 「東勢」
    after 內埔.
    """
    here = hints.place
    elsewhere = here and isinstance(place, District) and here.county != place.county
    for district in (here, place) if elsewhere else (place,):
        if isinstance(district, District) and (named := _village(found.heard, district)):
            landmark, name = named
            span = span_of(found.heard, name)
            return decide_stated(found.heard, landmarks_named([landmark], span, written=True))
    return found


def _village(heard: str, district: District) -> tuple[Landmark, str] | None:
    """The village of `district` that is all of `heard`, and what is written for it."""
    if _heads(district).isdisjoint(_pairs(heard)) and not _ENDING.search(heard[:READ_AT_MOST]):
        return None
    name = alone(heard)
    leads = (district.key, district.name, district.short)
    lead = next((lead for lead in leads if name.startswith(lead)), "")
    name = name.removeprefix(lead).removeprefix("的")
    name = next((name.removesuffix(end) for end in named_after() if name.endswith(end)), name)
    if len(name) < _SHORTEST or name in {*village_words(), district.short}:
        return None
    landmark = villages(district).get(name) or _by_sound(district).get(fold_all(read(name)))
    return (landmark, name) if landmark else None


_SHORTEST = 2
"""Characters of a village that is named without 村 or 里: 「東」 is none."""


def _pairs(text: str) -> Iterator[str]:
    """Each two characters that stand side by side in what is read of `text`."""
    return map("".join, pairwise(text[:READ_AT_MOST]))


@cache
def _heads(district: District) -> frozenset[str]:
    """The first two characters of its villages, of which most utterances hold none."""
    return frozenset(name[:2] for name in villages(district))


_ENDING = re.compile("[里裡理李哩村春](?:那|這|附|旁|的|有|還|，|。|$)")
"""How the ending of a village is written, which alone lets it be known by its sound."""


@cache
def _by_sound(district: District) -> Mapping[tuple[Folded, ...], Landmark]:
    """The sound of a village's name with its ending → the village."""
    every = (one for name, one in villages(district).items() if name == one.name)
    return {fold_all(read(one.name)): one for one in every}


def _nearest(place: District | County, kind: LandmarkKind) -> Landmark | None:
    """Of those near `place` the one called like it, else like its county, else the nearest."""
    county = place if isinstance(place, County) else place.county
    every = [one for one in landmarks() if one.kind is kind]
    if isinstance(place, County) or kind not in _WITHIN_KM:
        return _called(county, [one for one in every if one.district.county == county])
    middle = middle_of(place)
    far = {one.name: kilometres(middle, (one.longitude, one.latitude)) for one in every}
    near = [one for one in every if far[one.name] <= _WITHIN_KM[kind] or one.district == place]
    nearest = min(near, key=lambda one: far[one.name], default=None)
    return _called(place, near) or _called(county, near) or nearest


def _called(place: District | County, stations: Sequence[Landmark]) -> Landmark | None:
    """The one called like `place`: 板橋, 台中, 嘉義市政府."""
    return next((one for one in stations if one.name.startswith(place.short)), None)


@cache
def _kind_heads() -> frozenset[str]:
    """The first two characters of all that `_patterns` look for, which most utterances lack."""
    return frozenset(word[:2] for words in nameless().values() for word in words)


@cache
def _patterns() -> tuple[tuple[LandmarkKind, re.Pattern[str]], ...]:
    """Kind → what one of it is called where it has no name, in any language."""
    return tuple(
        (LandmarkKind(kind), re.compile(_NAMELESS + "(?:" + "|".join(map(re.escape, words)) + ")"))
        for kind, words in nameless().items()
    )
