"""All that is needed to hear the names of one catalogue."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from shared.catalog import Catalog, Pharmacy
from shared.names import forms
from shared.names.closely import Calibration, calibration
from shared.names.naming import Bearing, Names, Places, file_names, name_patterns
from shared.names.patterns import Ear, Numbers, Pattern, Patterns, lay_out
from shared.phonetics import channel
from shared.phonetics.confusions import Matrix
from shared.phonetics.pronunciations import pronunciation_of
from shared.phonetics.syllables import folded
from shared.places.districts import all_counties, all_districts


@dataclass(frozen=True, slots=True, eq=False)
class NameIndex:
    """All that is needed to hear the names of one catalogue. Made by `index_of`."""

    catalog: Catalog
    pharmacies: tuple[Pharmacy, ...]
    """those of the catalogue whose names can be read aloud"""
    ear: Ear
    classes: Places
    """for each sound of the ear, ordered by class: where it stands"""
    class_first: Places
    around: Patterns
    """question words before a name, and those after it, backwards"""
    before: Places
    """where those before a name stand"""
    after: Places
    spoken: Patterns
    """the names of the catalogue and then 藥局 and its like, backwards"""
    kinds: Places
    """where 藥局 and its like stand in `spoken`"""
    counties: forms.Forms
    districts: forms.Forms
    county_of: Places
    """district → county, by number"""
    names: Names
    possessive: int
    """the ear's number of 的"""
    weights: Calibration

    @classmethod
    def of(
        cls, catalog: Catalog, evidence: Matrix, weights: Calibration | None = None
    ) -> "NameIndex":
        """Index `catalog`, to be heard through the channel that `evidence` describes.

        `weights`: of the trust in a reading; those of `calibration.yaml` if None.
        """
        ear = Ear(evidence)
        before = forms.fillers("before") + forms.fillers("alone")
        after, kinds = forms.fillers("after"), forms.fillers("kinds")
        numbers = (
            ear.learn(before),
            ear.learn(after, backwards=True),
            ear.learn(kinds, backwards=True),
        )
        counties = forms.learn(ear, forms.county_forms())
        districts = forms.learn(ear, forms.district_forms())
        possessive = ear.number(pronunciation_of("的"))
        pharmacies = tuple(p for p in catalog.pharmacies if any(map(pronunciation_of, p.name)))
        bearing = Bearing.of(pharmacies)
        patterns = name_patterns(bearing.texts, bearing.name)
        name_numbers = ear.learn(patterns, backwards=True)
        ear.settle()
        named = lay_out(ear, patterns, name_numbers, backwards=True)
        around, where = _around(ear, before, after, numbers)
        class_of = _classes(ear)
        at = {county: index for index, county in enumerate(all_counties())}
        return cls(
            catalog=catalog,
            pharmacies=pharmacies,
            ear=ear,
            classes=np.argsort(class_of, kind="stable"),
            class_first=np.unique(np.sort(class_of), return_index=True)[1],
            around=around,
            before=where[: len(before)],
            after=where[len(before) :],
            spoken=named.beside(lay_out(ear, kinds, numbers[2], backwards=True)),
            kinds=np.arange(len(kinds)) + len(patterns),
            counties=counties.laid_out(ear),
            districts=districts.laid_out(ear),
            county_of=np.array([at[district.county] for district in all_districts()]),
            names=file_names(
                pharmacies,
                bearing,
                named,
                class_of,
            ),
            possessive=possessive,
            weights=weights or calibration(),
        )


def _around(
    ear: Ear, before: Sequence[Pattern], after: Sequence[Pattern], numbers: Sequence[Numbers]
) -> tuple[Patterns, Places]:
    """Question words of both ends in one, and where each stands.

    Those after a name hear the sentence backwards: their sounds are numbered behind all others,
    and `weigh` sets both directions side by side.
    """
    first = lay_out(ear, before, numbers[0])
    last = lay_out(ear, after, numbers[1], backwards=True)
    shifted = Patterns(last.sounds + np.int32(ear.silent + 1), last.gaps, last.lengths)
    return first.beside(shifted).longest_first()


def _classes(ear: Ear) -> Places:
    """The class of each sound of the ear: its usual reading, with its accents made one."""
    numbers: dict[tuple[str, str], int] = {}
    found = [numbers.setdefault(folded()[sound[0]], len(numbers)) for sound in ear.sounds()]
    return np.array([*found, len(numbers)], np.intp)


@lru_cache(maxsize=2)  # the one in use and the one that is about to be
def index_of(catalog: Catalog) -> NameIndex:
    """The index of `catalog`, made once: renewals in which only counts changed keep theirs."""
    return NameIndex.of(catalog, channel.evidence(channel.measured()))
