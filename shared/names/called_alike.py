"""A district that others are called like, of another county or a part of a town: 大安區, 公館."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache

from shared.names.resolution import Hints, Meant, PlaceMatch, Resolution
from shared.names.stated import settle
from shared.names.transcript import traditional
from shared.only_one import only_one
from shared.places.districts import District, all_districts
from shared.places.landmarks import Landmark, landmarks_called


def which_place(found: Resolution, hints: Hints) -> Resolution:
    """`found`, but both where its name is that of a district and of a landmark elsewhere, and
    neither the words nor the hints tell which: no area code, no place before. They share the
    score of the one that was found, for what was heard tells as much of either."""
    if not found.sure or found.meant not in (Meant.DISTRICT, Meant.LANDMARK):
        return found
    for name, (district, landmark) in _pairs().items():
        places = (district, landmark.district)
        if name in found.heard and found.district in places and not _is_told(found, name, hints):
            share = found.districts[0].score / len(places)
            both = tuple(PlaceMatch(place, share) for place in places)
            return replace(
                found, meant=Meant.LANDMARK, districts=both, landmarks=(landmark,), sure=False
            )
    return found


def _is_told(found: Resolution, name: str, hints: Hints) -> bool:
    """Whether anything tells which of the two that are called `name` was `found`."""
    district, landmark = _pairs()[name]
    if found.meant is Meant.LANDMARK and found.landmarks != (landmark,):  # 公館夜市
        return True
    places = (district, landmark.district)
    words = {district.name, *(one.county.short for one in places)}
    return any(word in found.heard for word in words) or len(settle(places, hints)) < len(places)


def in_its_county(found: Resolution) -> Resolution:
    """`found`, sure where the county of one of several districts of a name stands anywhere in the
    sentence: 「中山區，台北的」; also before a part of another town: 「台南的東區」."""
    if found.meant is Meant.LANDMARK:
        return _district_of_county(found)
    if found.sure or found.meant is not Meant.DISTRICT:
        return found
    name, score = found.district.name, sum(one.score for one in found.districts)
    heard = traditional(found.heard)
    if name not in heard or any(one.district.name != name for one in found.districts[:2]):
        return found
    alike = [one for one in all_districts() if one.name == name]
    there = _of_county_said(alike, heard) if len(alike) > 1 else None
    if there is None:
        return found
    return replace(found, districts=(PlaceMatch(there, min(1.0, score)),), sure=True)


def _district_of_county(found: Resolution) -> Resolution:
    """`found`, or the district called like the part of a town, in the county that is said."""
    mark, heard = found.landmark, traditional(found.heard)
    if mark.district.county.short in heard:
        return found
    alike = (one for one in all_districts() if one.name in mark.said and one.name in heard)
    there = _of_county_said(alike, heard)
    if there is None:
        return found
    places = (PlaceMatch(there, found.districts[0].score),)
    return replace(found, meant=Meant.DISTRICT, districts=places, landmarks=(), sure=True)


def _of_county_said(alike: Iterable[District], heard: str) -> District | None:
    """The only one of some districts whose county stands in `heard`."""
    there = [one for one in alike if one.county.short in heard]
    return only_one(there)


@cache
def _pairs() -> Mapping[str, tuple[District, Landmark]]:
    """What both are called → the one district and the one landmark in another."""
    pairs = {}
    for district in all_districts():
        name = district.short
        mark = only_one(landmarks_called().get(name, ()))
        if mark and mark.district != district:
            pairs[name] = (district, mark)
    return pairs
