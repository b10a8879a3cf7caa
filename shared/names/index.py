"""All that is needed to hear the names of one catalogue."""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from shared.catalog import Catalog, Pharmacy
from shared.names import lexicon
from shared.names.background import Background, background
from shared.names.gazetteer import Bearing, Names, Places, file_names, name_patterns
from shared.names.similarity import Calibration, calibration
from shared.phonetics import channel
from shared.phonetics.bulk import Inventory, Patterns, lay_out
from shared.phonetics.confusions import Matrix
from shared.phonetics.pronunciations import pronunciation_of
from shared.phonetics.syllables import folded
from shared.places.districts import District, all_counties, all_districts

_DISTRICT = math.log(0.5)
_LANDMARK = math.log(0.1)


@dataclass(frozen=True, slots=True, eq=False)
class NameIndex:
    """All that is needed to hear the names of one catalogue. Made by `index_of`."""

    catalog: Catalog
    pharmacies: tuple[Pharmacy, ...]
    """those of the catalogue whose names can be read aloud"""
    inventory: Inventory
    spoken: Patterns
    """the names of the catalogue and then 藥局 and its like, backwards"""
    kinds: Places
    """where 藥局 and its like stand in `spoken`"""
    counties: lexicon.Forms
    places: lexicon.Forms
    county_of: Places
    """place → county, by number"""
    district_of: Places
    """place → district, by number: of a landmark the one it lies in"""
    districts_count: int
    place_share: Matrix
    """(places,): logarithm of how often each is asked for"""
    names: Names
    name_ends: frozenset[str]
    """the last two characters of every name"""
    possessive: int
    """the inventory's number of 的"""
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
        places = lexicon.learn(inventory, lexicon.district_forms() + lexicon.landmark_forms())
        possessive = inventory.number(pronunciation_of("的"))
        pharmacies = tuple(p for p in catalog.pharmacies if any(map(pronunciation_of, p.name)))
        bearing = Bearing.of(pharmacies)
        patterns = name_patterns(bearing.texts, bearing.name)
        every = patterns + lexicon.kinds()
        numbers = inventory.learn(every, backwards=True)
        inventory.settle()
        spoken = lay_out(inventory, every, numbers, backwards=True)
        kinds = np.arange(len(patterns), len(every))
        spoken.lengths[kinds] = len(spoken.sounds)  # so that they may stand before the longest
        named = spoken.of(np.arange(len(patterns)))
        at = {county: index for index, county in enumerate(all_counties())}
        district_at = {district: index for index, district in enumerate(all_districts())}
        located = [
            one if isinstance(one, District) else one.district for one in lexicon.all_places()
        ]
        count = len(district_at)
        share = np.full(len(located), _DISTRICT - math.log(count), np.float32)
        share[count:] = _LANDMARK - math.log(max(1, len(located) - count))
        return cls(
            catalog=catalog,
            pharmacies=pharmacies,
            inventory=inventory,
            spoken=spoken,
            kinds=kinds,
            counties=counties.laid_out(inventory),
            places=places.laid_out(inventory),
            county_of=np.array([at[district.county] for district in located]),
            district_of=np.array([district_at[district] for district in located]),
            districts_count=count,
            place_share=share,
            names=file_names(pharmacies, bearing, named, _classes(inventory)),
            name_ends=frozenset(text[-2:] for text in bearing.texts),
            possessive=possessive,
            weights=weights or calibration(),
            background=around or background(),
        )


def _classes(inventory: Inventory) -> Places:
    """The class of each sound of the inventory: its usual reading, with its accents made one."""
    numbers: dict[tuple[str, str], int] = {}
    found = [numbers.setdefault(folded()[sound[0]], len(numbers)) for sound in inventory.sounds()]
    return np.array([*found, len(numbers)], np.intp)


@lru_cache(maxsize=2)  # the one in use and the one that is about to be
def index_of(catalog: Catalog) -> NameIndex:
    """The index of `catalog`, made once: renewals in which only counts changed keep theirs."""
    return NameIndex.of(catalog, channel.evidence(channel.measured()))
