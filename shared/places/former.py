"""Former, short and popular names of places; `former.yaml` holds them for everybody to extend."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml

from shared.places.districts import County, District, by_key, county_by_name


@dataclass(frozen=True, slots=True)
class FormerNames:
    """What places were called, or are called by people, → what they are."""

    characters: Mapping[str, str]
    """character that stands for another one → that other one"""
    counties: Mapping[str, County]
    """台北縣 → 新北市"""
    short_counties: Mapping[str, County]
    """北縣 → 新北市"""
    districts: Mapping[str, District]
    """台南市中區 → 中西區"""
    nicknames: Mapping[str, tuple[District, ...]]
    """西門町 → 萬華區; the likelier first"""


@cache
def former_names() -> FormerNames:
    """What `former.yaml` holds."""
    text = resources.files(__package__).joinpath("former.yaml").read_text(encoding="utf-8")
    return parse_former_names(text)


def parse_former_names(text: str) -> FormerNames:
    """What the data file holds.

    A nickname of one district may stand without brackets (西門町: 台北市萬華區).
    """
    data = yaml.safe_load(text)
    counties, districts = county_by_name(), by_key()
    nicknames = {
        name: [found] if isinstance(found, str) else found
        for name, found in data["nicknames"].items()
    }
    return FormerNames(
        data["characters"],
        {name: counties[county] for name, county in data["counties"].items()},
        {name: counties[county] for name, county in data["short_counties"].items()},
        {name: districts[key] for name, key in data["districts"].items()},
        {name: tuple(districts[key] for key in found) for name, found in nicknames.items()},
    )
