"""Roads in what was heard: by their sound, as a Taiwanese accent folds it.

A road is known by the pharmacies on it. Its name is found where a sound of 路, 街 or 大道 ends it
and the sounds before are those of a known road. 中正路 lies in nearly every town, so the district
heard, the last place and the caller's area settle which one is meant.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from shared.catalog import Catalog
from shared.names.resolution import Hints, Meant, Resolution, RoadMatch
from shared.phonetics.pronunciations import Pronunciation, fold_all, pronunciation_of
from shared.places.districts import District
from shared.places.telephone import counties_of

_ENDINGS = ("路", "街", "道")
_NUMERALS = "一二三四五六七八九"
_SHORTEST, _LONGEST = 3, 6
"""Sounds of a road with its ending. Two (「山路」) stand inside other words too often."""

_OFFERED = 3
_A_PLACE_HEARD = 0.15
"""Score of a district that a road may lie in; the two 大安區 of one sound have 0.47 each."""
_IN_ITS_DISTRICT, _OF_THE_AREA, _SOMEWHERE = 0.95, 0.6, 0.3
"""How sure a road is that was heard with its district, from its area, or without either; the
first is the share of such questions in the small tables of the tests that are answered right."""

Folded = tuple[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class RoadIndex:
    """The roads of a catalogue by their sound."""

    districts: Mapping[tuple[Folded, ...], Mapping[str, tuple[District, ...]]]
    """sounds → road → the districts it runs through, most pharmacies first"""
    sections: Mapping[str, tuple[District, ...]]
    """road with its section, as `Address.street` writes it → the same"""


@lru_cache(maxsize=2)
def roads_of(catalog: Catalog) -> RoadIndex:
    """The roads on which the pharmacies of `catalog` lie."""
    counted: dict[str, Counter[District]] = defaultdict(Counter)
    sections: dict[str, Counter[District]] = defaultdict(Counter)
    for pharmacy in catalog.pharmacies:
        if pharmacy.address.road.endswith(_ENDINGS):
            counted[pharmacy.address.road][pharmacy.district] += 1
            sections[pharmacy.address.street][pharmacy.district] += 1
    found: dict[tuple[Folded, ...], dict[str, tuple[District, ...]]] = defaultdict(dict)
    for road, districts in counted.items():
        key = fold_all([pronunciation_of(character) for character in road])
        if _SHORTEST <= len(key) <= _LONGEST:
            found[key][road] = _most_first(districts)
    return RoadIndex(found, {street: _most_first(where) for street, where in sections.items()})


def _most_first(districts: Counter[District]) -> tuple[District, ...]:
    return tuple(district for district, _ in districts.most_common())


@dataclass(frozen=True, slots=True)
class RoadHeard:
    """A road in what was heard."""

    named: Mapping[str, tuple[District, ...]]
    """roads of that sound, with the section that was said → the districts they run through"""
    start: int
    end: int
    """its first sound and the one after its last"""
    beside_a_pharmacy: bool
    """藥 is heard too: the sound of a road may be part of a pharmacy's name"""


def find_road(sounds: Sequence[Pronunciation], roads: RoadIndex) -> RoadHeard | None:
    """The longest road in `sounds`; None where there is none."""
    heard = fold_all(sounds)
    endings = set(fold_all([pronunciation_of(character) for character in _ENDINGS]))
    ends = [place + 1 for place, sound in enumerate(heard) if sound in endings]
    for length in range(_LONGEST, _SHORTEST - 1, -1):
        for end in ends:
            named = roads.districts.get(heard[max(0, end - length) : end])
            if named and end >= length:
                medicine = fold_all([pronunciation_of("藥")])[0] in heard
                section = _section(heard[end : end + 2])
                start, end = end - length, end + (2 if section else 0)
                return RoadHeard(_on_section(named, section, roads), start, end, medicine)
    return None


def _section(heard: Sequence[Folded]) -> str:
    """四段 → 4; "" where no section was said."""
    return _sections().get(tuple(heard), "")


@cache
def _sections() -> Mapping[tuple[Folded, ...], str]:
    return {
        fold_all([pronunciation_of(numeral), pronunciation_of("段")]): str(number)
        for number, numeral in enumerate(_NUMERALS, start=1)
    }


def _on_section(
    named: Mapping[str, tuple[District, ...]], section: str, roads: RoadIndex
) -> Mapping[str, tuple[District, ...]]:
    """The roads with that section; without it where no pharmacy lies on any such section."""
    streets = {f"{road}{section}段" for road in named} if section else set()
    there = {street: roads.sections[street] for street in streets if street in roads.sections}
    return there or named


def with_road(found: Resolution, rest: Resolution, road: RoadHeard, hints: Hints) -> Resolution:
    """What `found` means together with `road`; `rest` is what was heard beside the road.

    A pharmacy that was heard stays. Sure where the road runs through one district that fits.
    """
    if found.meant is Meant.PHARMACY and road.beside_a_pharmacy:
        return found
    placed = found if found.meant is Meant.DISTRICT and found.sure else rest
    matches = _settle(road, placed, hints)
    if not matches and placed is found:  # 忠孝東路五段 sounds like 忠孝敦化, which is elsewhere
        placed = rest
        matches = _settle(road, placed, hints)
    if not matches or (placed is found and len(matches) > 1):
        return found
    return Resolution(
        found.heard,
        Meant.ROAD,
        placed.districts or found.districts,
        found.pharmacies,
        found.county or rest.county,
        roads=matches,
        sure=len(matches) == 1,
    )


def _settle(road: RoadHeard, placed: Resolution, hints: Hints) -> tuple[RoadMatch, ...]:
    """The districts of the road that fit, as far as anything tells them apart; at most three."""
    every = [(name, place) for name, places in road.named.items() for place in places]
    heard = {match.district for match in placed.districts if match.score >= _A_PLACE_HEARD}
    area = counties_of(hints.area_code)
    in_district = [pair for pair in every if pair[1] in heard]
    if heard and not in_district:
        return ()
    for fits, score in (
        (in_district, _IN_ITS_DISTRICT),
        ([pair for pair in every if pair[1].county == placed.county], _IN_ITS_DISTRICT),
        ([pair for pair in every if pair[1] == hints.place], _IN_ITS_DISTRICT),
        ([pair for pair in every if pair[1].county in area], _OF_THE_AREA),
        (every, _SOMEWHERE),
    ):
        if fits:
            return tuple(RoadMatch(place, name, score) for name, place in fits[:_OFFERED])
    return ()
