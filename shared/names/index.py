"""All that is needed to hear the names of one catalogue."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from shared.catalog import Catalog, Pharmacy
from shared.names import lexicon
from shared.names.background import Background, background
from shared.names.gazetteer import Bearing, Names, Places, file_names, name_patterns
from shared.names.similarity import Calibration, calibration
from shared.names.tables import (
    DISTRICT,
    LANDMARK,
    PHARMACY,
    UNLISTED,
    WITH_DISTRICT,
    WITHOUT,
    Tables,
)
from shared.phonetics import channel
from shared.phonetics.bulk import Inventory, Patterns, lay_out
from shared.phonetics.confusions import Matrix
from shared.phonetics.pronunciations import pronunciation_of
from shared.phonetics.syllables import folded
from shared.places.districts import District, all_counties, all_districts


@dataclass(frozen=True, slots=True, eq=False)
class NameIndex:
    """All that is needed to hear the names of one catalogue. Made by `index_of`."""

    catalog: Catalog
    pharmacies: tuple[Pharmacy, ...]
    """those of the catalogue whose names can be read aloud"""
    inventory: Inventory
    spoken: Patterns
    """the names of the catalogue and then 藥局 and its like, backwards; the owner of a name is its
    first posting"""
    counties: lexicon.Forms
    places: lexicon.Forms
    county_of: Places
    """place → county, by number"""
    district_of: Places
    """place → district, by number: of a landmark the one it lies in"""
    districts_count: int
    names: Names
    name_ends: frozenset[str]
    """the last two characters of every name"""
    tables: Tables
    """all of it that `likelihoods` weighs"""
    weights: Calibration
    background: Background

    @classmethod
    def of(
        cls,
        catalog: Catalog,
        evidence: Matrix,
        weights: Calibration | None = None,
        around: Background | None = None,
    ) -> "NameIndex":
        """Index `catalog`, to be heard through the channel that `evidence` describes.

        `weights`: of the confidence in a finding; `around`: of what stands around names; those of
        the data files if None.
        """
        inventory = Inventory(evidence)
        counties = lexicon.learn(inventory, lexicon.county_forms())
        places = lexicon.learn(inventory, lexicon.district_forms(), lexicon.landmark_forms())
        possessive = inventory.number(pronunciation_of("的"))
        pharmacies = tuple(p for p in catalog.pharmacies if any(map(pronunciation_of, p.name)))
        bearing = Bearing.of(pharmacies)
        patterns = name_patterns(bearing.texts, bearing.name)
        every = patterns + lexicon.kinds()
        numbers = inventory.learn(every, backwards=True)
        inventory.settle()
        spoken = lay_out(inventory, every, numbers, backwards=True)
        names = file_names(pharmacies, bearing, spoken.first(len(patterns)), _classes(inventory))
        first = names.first_posting
        spoken.owned(names.prior, np.pad(first, (0, len(every) - len(first)), "edge"))
        located = [
            one if isinstance(one, District) else one.district for one in lexicon.all_places()
        ]
        laid_out = counties.laid_out(inventory), places.laid_out(inventory)
        county_of = _numbers(all_counties(), [district.county for district in located])
        district_of = _numbers(all_districts(), located)
        return cls(
            catalog=catalog,
            pharmacies=pharmacies,
            inventory=inventory,
            spoken=spoken,
            counties=laid_out[0],
            places=laid_out[1],
            county_of=county_of,
            district_of=district_of,
            districts_count=len(all_districts()),
            names=names,
            name_ends=frozenset(text[-2:] for text in bearing.texts),
            tables=_tables(
                inventory,
                names,
                spoken,
                laid_out,
                (county_of, district_of),
                possessive,
                len(pharmacies),
            ),
            weights=weights or calibration(),
            background=around or background(),
        )


def _tables(
    inventory: Inventory,
    names: Names,
    spoken: Patterns,
    forms: tuple[lexicon.Forms, lexicon.Forms],
    located: tuple[Places, Places],
    possessive: int,
    shops: int,
) -> Tables:
    """All that `likelihoods` weighs; `forms`: of counties and of places; `located`: of each place
    the county and the district."""
    counties, places = forms
    county_of, district_of = located
    count, size = len(all_districts()), math.log(max(1, shops))
    share = np.full(len(county_of), DISTRICT - math.log(count), np.float32)
    share[count:] = LANDMARK - math.log(len(county_of) - count)
    return Tables(
        inventory,
        names,
        counties=len(all_counties()),
        districts=count,
        places=len(county_of),
        possessive=possessive,
        county_forms=counties.patterns.table,
        place_forms=places.patterns.table,
        spoken=spoken.table,
        county_of=county_of.astype(np.int32),
        district_of=district_of.astype(np.int32),
        place_heads=places.patterns.sounds[:, :3],
        place_share=share,
        of_unlisted=DISTRICT + UNLISTED - math.log(count),
        of_name=PHARMACY + WITHOUT - size,
        of_posting=PHARMACY + WITH_DISTRICT - size,
    )


def _numbers(every: Sequence[object], chosen: Sequence[object]) -> Places:
    """The places of the `chosen` among `every` one."""
    at = {one: number for number, one in enumerate(every)}
    return np.array([at[one] for one in chosen], np.intp)


def _classes(inventory: Inventory) -> Places:
    """The class of each sound of the inventory: its usual reading, with its accents made one."""
    numbers: dict[tuple[str, str], int] = {}
    found = [numbers.setdefault(folded()[sound[0]], len(numbers)) for sound in inventory.sounds()]
    return np.array([*found, len(numbers)], np.intp)


@lru_cache(maxsize=2)  # the one in use and the one that is about to be
def index_of(catalog: Catalog) -> NameIndex:
    """The index of `catalog`, made once: renewals in which only counts changed keep theirs."""
    return NameIndex.of(catalog, channel.evidence(channel.measured()))
