"""Stations in what was heard: by their sound, as a Taiwanese accent folds it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

from shared.names.resolution import Hints
from shared.names.sounds import Sound, fold_all, sound_of
from shared.places.landmarks import Landmark, landmarks
from shared.places.telephone import counties_of

Folded = tuple[str, str]

_SHORTEST, _LONGEST = 3, 9
"""Sounds of a station with its 站. Two are too few: 「東站」 stands inside other words."""


def find_landmark(sounds: Sequence[Sound], hints: Hints) -> Landmark | None:
    """The station with the longest name in `sounds`; of several of one name that of the caller's
    area, and none where that does not tell them apart."""
    heard = fold_all(sounds)
    ending = fold_all([sound_of("站")])[0]
    ends = [place + 1 for place, sound in enumerate(heard) if sound == ending]
    for length in range(_LONGEST, _SHORTEST - 1, -1):
        for end in ends:
            named = _by_sound().get(heard[max(0, end - length) : end], ())
            if named and end >= length:
                return _the_one(named, hints)
    return None


def _the_one(named: Sequence[Landmark], hints: Hints) -> Landmark | None:
    area = counties_of(hints.area_code)
    near = [landmark for landmark in named if landmark.district.county in area] or named
    counties = {landmark.district.county for landmark in near}
    return near[0] if len(counties) == 1 else None


@cache
def _by_sound() -> Mapping[tuple[Folded, ...], tuple[Landmark, ...]]:
    found: dict[tuple[Folded, ...], list[Landmark]] = defaultdict(list)
    for landmark in landmarks():
        for name in landmark.spoken:
            found[fold_all([sound_of(character) for character in name])].append(landmark)
    return {sounds: tuple(named) for sounds, named in found.items()}
