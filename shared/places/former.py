"""Former, short and popular names of places; `former.yaml` holds them for everybody to extend."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml

from shared.errors import DataError
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
    """The data file, checked; DataError lists every name that leads nowhere, or the line misspelt.

    A nickname of one district may stand without brackets (西門町: 台北市萬華區).
    """
    try:
        data = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise DataError(f"former.yaml: {error}") from error
    counties = county_by_name()
    keys = by_key()
    nicknames = {
        name: [found] if isinstance(found, str) else found
        for name, found in data["nicknames"].items()
    }
    wanted_counties = [*data["counties"].values(), *data["short_counties"].values()]
    wanted_keys = [*data["districts"].values()]
    wanted_keys += [key for found in nicknames.values() for key in found]
    faults = [str(name) for name in wanted_counties if name not in counties]
    faults += [str(key) for key in wanted_keys if key not in keys]
    if faults:
        raise DataError(f"former.yaml: no such county or district: {', '.join(faults)}")
    return FormerNames(
        data["characters"],
        {name: counties[county] for name, county in data["counties"].items()},
        {name: counties[county] for name, county in data["short_counties"].items()},
        {name: keys[key] for name, key in data["districts"].items()},
        {name: tuple(keys[key] for key in found) for name, found in nicknames.items()},
    )
