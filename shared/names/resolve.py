"""What was heard → which place or pharmacy was meant: sure, ask, or nothing."""

from functools import cache
from importlib import resources

import numpy as np
import yaml

from shared.names.index import NameIndex
from shared.names.judge import judge
from shared.names.resolution import Hints, Resolution
from shared.names.sounds import Matrix, read
from shared.names.weigh import Prior, weigh
from shared.places.districts import all_counties, all_districts

# What a hint adds to the evidence of a place, as a logarithm: a factor of 4, 12 and 55.
_AREA = 1.4
_LAST_PLACE = 2.5
_OFFERED_PLACE = 4.0


def resolve(heard: str, index: NameIndex, hints: Hints = Hints()) -> Resolution:  # noqa: B008  # a frozen value
    """The places and pharmacies that `heard` names. Any text is answered, and in milliseconds."""
    sounds = read(heard)
    if not sounds:
        return Resolution(heard)
    return judge(heard, sounds, weigh(sounds, index, _prior(hints, index)), index)


def _prior(hints: Hints, index: NameIndex) -> Prior:
    """What `hints` make likelier."""
    districts = _by_area(hints.area_code)
    if hints.place or hints.offered_places:
        districts = districts.copy()
        numbers = _numbers()
        if hints.place:
            districts[numbers[hints.place.key]] += _LAST_PLACE
        for place in hints.offered_places:
            districts[numbers[place.key]] += _OFFERED_PLACE
    offered = (index.names.numbers.get(p.name) for p in hints.offered_pharmacies)
    return Prior(districts, tuple(number for number in offered if number is not None))


@cache
def _numbers() -> dict[str, int]:
    return {district.key: number for number, district in enumerate(all_districts())}


@cache
def _counties_by_area() -> dict[str, list[str]]:
    text = resources.files(__package__).joinpath("area_codes.yaml").read_text(encoding="utf-8")
    counties: dict[str, list[str]] = yaml.safe_load(text)
    unknown = set(sum(counties.values(), [])) - {county.name for county in all_counties()}
    assert not unknown, f"area_codes.yaml: {unknown}"
    return counties


@cache
def _by_area(code: str) -> Matrix:
    """(368,): the districts of the counties that `code` is rung from are likelier."""
    counties = _counties_by_area().get(code, ())
    near = [district.county.name in counties for district in all_districts()]
    return np.where(near, _AREA, 0).astype(np.float32)
