"""「衛生所」 in what was heard: a kind of place that can be asked for, whatever each is called."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from shared.catalog import Catalog, Kind, Pharmacy
from shared.names.resolution import SHOWN, Meant, PharmacyMatch, Resolution
from shared.phonetics.pronunciations import Pronunciation, fold_all, pronunciation_of

_CALLED = ("健康服務中心", "衛生所")
"""What they are called; the first in 台北市. In the feed of 2020-03-03 each of 338 is."""


@dataclass(frozen=True, slots=True)
class CentreHeard:
    """The word for a health centre in what was heard."""

    start: int
    end: int
    """its first sound and the one after its last"""
    text_beside: str
    """what is written beside it"""


def find_centre(heard: str, sounds: Sequence[Pronunciation]) -> CentreHeard | None:
    """Where a health centre is asked for; None where none is."""
    folded = fold_all(sounds)
    for word, name in _folded().items():
        if not set(name).issubset(folded):  # as mostly
            continue
        for start in range(len(folded)):
            if folded[start : start + len(name)] == name:
                return CentreHeard(start, start + len(name), heard.replace(word, ""))
    return None


@cache
def _folded() -> Mapping[str, Sequence[tuple[str, str]]]:
    return {name: fold_all([pronunciation_of(character) for character in name]) for name in _CALLED}


def decide_centre(found: Resolution, place: Resolution, catalog: Catalog) -> Resolution:
    """What is meant by a question for a health centre; `place` is what was heard beside it.

    The one of the district where that is sure; `found` where it names one surely. Else the place,
    if there is one, and that a health centre is wanted.
    """
    if found.meant is Meant.PHARMACY and found.sure and _is_centre(found.pharmacy):
        return found
    if place.meant is Meant.LANDMARK:  # its walk is told, so it stays in `landmarks`
        place = replace(place, meant=Meant.DISTRICT)
    if place.meant not in (Meant.COUNTY, Meant.DISTRICT):
        return Resolution(found.heard, kind=Kind.HEALTH_CENTRE)
    districts = place.districts[:1] if place.sure else place.districts
    matches = tuple(
        PharmacyMatch(pharmacy, match.score)
        for match in districts
        for pharmacy in catalog.by_district.get(match.district, ())
        if _is_centre(pharmacy)
    )
    if place.sure and len(matches) == 1:
        return replace(place, heard=found.heard, meant=Meant.PHARMACY, pharmacies=matches)
    some = matches[:SHOWN]
    return replace(place, heard=found.heard, pharmacies=some, kind=Kind.HEALTH_CENTRE)


def _is_centre(pharmacy: Pharmacy) -> bool:
    return pharmacy.kind is Kind.HEALTH_CENTRE
