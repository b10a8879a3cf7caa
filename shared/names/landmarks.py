"""Landmarks in what was heard: by their sound, as a Taiwanese accent folds it.

A full name (台大醫院, 板橋車站) is found anywhere. One of two syllables (榮總, 成大) stands inside
other words too often, so it must be all that was said, or be said as a place: 「榮總旁邊」.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from shared.names.exact import bare
from shared.names.hearing import traditional
from shared.names.resolution import Hints, Meant, PlaceMatch, Resolution
from shared.phonetics.pronunciations import Pronunciation, fold_all, read
from shared.places.districts import County, all_districts
from shared.places.landmarks import Landmark, landmarks, landmarks_called
from shared.places.telephone import counties_of

Folded = tuple[str, str]
Sounds = tuple[Folded, ...]

_FULL = 3
"""Sounds from which a name is known wherever it stands."""

_LONGEST = 10

_OFFERED = 3

_BEHIND = (
    "附近",
    "旁邊",
    "隔壁",
    "對面",
    "門口",
    "前面",
    "後面",
    "外面",
    "那邊",
    "那裡",
    "這邊",
    "這裡",
)
_BEFORE = ("我在", "人在")
"""What tells that a place was named, and not something called after it."""


@dataclass(frozen=True, slots=True)
class LandmarkHeard:
    """A landmark's name in what was heard."""

    named: tuple[Landmark, ...]
    """those that it may mean"""
    start: int
    end: int
    """its first sound and the one after its last"""
    as_a_place: bool
    """what stands around it says so: 「台大醫院附近的藥局」"""
    beside_a_pharmacy: bool
    """藥 is heard too: the name may be part of a pharmacy's"""

    def yields_to(self, found: Resolution) -> bool:
        """Whether `found` is a pharmacy, which must not be lost to the landmark.

        There are pharmacies beside one, and some that are called after it: 國泰藥局.
        """
        if found.meant is not Meant.PHARMACY:
            return False
        best = found.pharmacies[0].pharmacy.name
        bears_it = any(name in best for one in self.named for name in one.spoken)
        named_after = bears_it and "藥" not in best  # 花蓮醫院豐濱原住民分院
        return found.sure or named_after or (self.beside_a_pharmacy and not self.as_a_place)


def find_landmark(heard: str, sounds: Sequence[Pronunciation]) -> LandmarkHeard | None:
    """The landmark with the longest name in what was heard; None where there is none."""
    folded = fold_all(sounds)
    medicine = _folded("藥")[0] in folded
    alone = bare(heard).rpartition("的")[2]  # 榮總; 台中的榮總
    written = _folded(alone) if alone in landmarks_called() else ()
    best: LandmarkHeard | None = None
    for start in range(len(folded)):
        for name in _by_start().get(folded[start : start + 2], ()):
            end = start + len(name)
            if folded[start:end] != name or (best and best.end - best.start >= len(name)):
                continue
            placed = name == written or _is_a_place(folded, start, end)
            if name in _like_a_district() and not any(
                said in heard for one in _by_sound()[name] for said in one.spoken
            ):
                continue  # 「我在三重」 is no 三總
            if placed or len(name) >= _FULL:
                best = LandmarkHeard(_by_sound()[name], start, end, placed, medicine)
    return best


def among_offered(heard: str, hints: Hints) -> Resolution | None:
    """The landmark just read out of whose names `heard` is a part: 「林口」 of 林口長庚."""
    part = bare(heard)
    fits = [one for one in hints.offered_landmarks if any(part in name for name in one.spoken)]
    return _meaning(heard, tuple(fits)) if part and len(fits) == 1 else None


def _is_a_place(folded: Sounds, start: int, end: int) -> bool:
    before, behind = _around()
    return folded[max(0, start - 2) : start] in before or folded[end : end + 2] in behind


def with_landmark(
    found: Resolution, rest: Resolution, landmark: LandmarkHeard, hints: Hints
) -> Resolution:
    """What `found` means together with `landmark`; `rest` is what was heard beside it.

    Sure where the place heard with it, the last place or the caller's area leaves one.
    """
    named = _written(found.heard, landmark.named)
    if county := _county(rest):
        named = tuple(one for one in named if one.district.county == county)
        if not named:
            return found
    return _meaning(found.heard, _settle(named, hints)[:_OFFERED])


def _meaning(heard: str, named: tuple[Landmark, ...]) -> Resolution:
    places = tuple(PlaceMatch(one.district, 1 / len(named)) for one in named)
    return Resolution(heard, Meant.LANDMARK, places, sure=len(named) == 1, landmarks=named)


def _written(heard: str, named: tuple[Landmark, ...]) -> tuple[Landmark, ...]:
    """Those whose county is written beside the name; all where none is."""
    text = traditional(heard)
    return tuple(one for one in named if one.district.county.name[:-1] in text) or named


def _county(rest: Resolution) -> County | None:
    """The county that was heard, alone or by a district of it."""
    if rest.meant is Meant.DISTRICT and rest.sure:
        return rest.districts[0].district.county
    return rest.county if rest.meant is Meant.COUNTY else None


def _settle(named: tuple[Landmark, ...], hints: Hints) -> tuple[Landmark, ...]:
    """Those in the last place, else of its county, else of the caller's area; else all."""
    area = counties_of(hints.area_code)
    last = hints.place.county if hints.place else None
    for fits in (
        [one for one in named if one.district == hints.place],
        [one for one in named if one.district.county == last],
        [one for one in named if one.district.county in area],
    ):
        if fits:
            return tuple(fits)
    return named


def _folded(text: str) -> Sounds:
    return fold_all(read(text))


@cache
def _around() -> tuple[frozenset[Sounds], frozenset[Sounds]]:
    return frozenset(map(_folded, _BEFORE)), frozenset(map(_folded, _BEHIND))


@cache
def _by_sound() -> Mapping[Sounds, tuple[Landmark, ...]]:
    found: dict[Sounds, dict[Landmark, None]] = defaultdict(dict)
    for landmark in landmarks():
        for name in landmark.spoken:
            found[_folded(name)][landmark] = None
    return {sounds: tuple(named) for sounds, named in found.items() if len(sounds) <= _LONGEST}


@cache
def _like_a_district() -> frozenset[Sounds]:
    """Names of landmarks that sound like a district without its ending: 三總, 三重."""
    districts = {_folded(district.name[:-1]) for district in all_districts()}
    return frozenset(districts & _by_sound().keys())


@cache
def _by_start() -> Mapping[Sounds, tuple[Sounds, ...]]:
    """The first two sounds → the names that begin so, the longest first."""
    found: dict[Sounds, list[Sounds]] = defaultdict(list)
    for name in sorted(_by_sound(), key=len, reverse=True):
        found[name[:2]].append(name)
    return {start: tuple(names) for start, names in found.items()}
