"""A name that stands in full and is not weighed by its sound: written, spelled, coded or offered.

The finders (`exact.py`, `spelled.py`, `offered.py`, a postal code) tell what stands there, with its
evidence; `decide_stated` tells what it is worth.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from shared.catalog import Pharmacy
from shared.names.resolution import (
    SHOWN,
    Hints,
    Meant,
    Mention,
    MentionKind,
    PharmacyMatch,
    PlaceMatch,
    Resolution,
)
from shared.places.districts import County, District
from shared.places.landmarks import Landmark, landmarks_called
from shared.places.telephone_numbers import counties_of

CLEAR = 20.0
"""log-likelihood ratio of a name that is all that was written"""


@dataclass(frozen=True, slots=True)
class Stated:
    """What stands in full; of several that fit, any may be meant."""

    meant: Meant
    mention: Mention
    districts: tuple[District, ...] = ()
    """of a landmark or a pharmacy: where each lies"""
    landmarks: tuple[Landmark, ...] = ()
    pharmacies: tuple[Pharmacy, ...] = ()
    county: County | None = None
    written: bool = False
    """character by character, and no everyday word"""


def districts_stated(
    districts: Sequence[District], hints: Hints, span: tuple[int, int], *, written: bool
) -> Stated | None:
    """Of districts of one name those that `hints` leave; None for none."""
    if not districts:
        return None
    left = tuple(settle(districts, hints))
    names = tuple(one.key for one in left[:SHOWN])
    mention = Mention(*span, MentionKind.DISTRICT, names, CLEAR)
    return Stated(Meant.DISTRICT, mention, left, written=written)


def landmarks_stated(name: str, hints: Hints, span: tuple[int, int]) -> Stated | None:
    """Of the landmarks called `name` those that `hints` leave; None for none."""
    called = landmarks_called().get(name, ())
    if not called:
        return None
    left = set(settle([one.district for one in called], hints))
    return landmarks_named([one for one in called if one.district in left], span)


def landmarks_named(
    marks: Sequence[Landmark], span: tuple[int, int], *, written: bool = False
) -> Stated:
    """These landmarks."""
    names = tuple(one.key for one in marks[:SHOWN])
    mention = Mention(*span, MentionKind.LANDMARK, names, CLEAR)
    places = tuple(one.district for one in marks)
    return Stated(Meant.LANDMARK, mention, places, landmarks=tuple(marks), written=written)


def pharmacies_stated(pharmacies: Sequence[Pharmacy], heard: str, hints: Hints) -> Stated:
    """These pharmacies, named by all of `heard`; those first that `hints` leave."""
    near = settle([one.district for one in pharmacies], hints)
    pharmacies = sorted(pharmacies, key=lambda one: one.district not in near)
    names = tuple(dict.fromkeys(one.name for one in pharmacies[:SHOWN]))
    mention = Mention(0, len(heard), MentionKind.PHARMACY, names, CLEAR)
    places = tuple(dict.fromkeys(one.district for one in pharmacies))
    return Stated(Meant.PHARMACY, mention, places, pharmacies=tuple(pharmacies))


def settle(districts: Sequence[District], hints: Hints) -> Sequence[District]:
    """Of several districts of one name the one just offered, or talked about, or of the area."""
    area = counties_of(hints.area_code)
    last = hints.place.county if hints.place else None
    for fits in (
        [district for district in districts if district in hints.offered_places],
        [district for district in districts if district == hints.place],
        [district for district in districts if district.county == last],
        [district for district in districts if district.county in area],
    ):
        if fits:
            return fits
    return districts


STATED = 0.97
"""the chance that a name which stands in full was meant: of 17 spoken rows that are a place and no
more it was in 16"""


def decide_stated(heard: str, stated: Stated, behind: Sequence[PlaceMatch] = ()) -> Resolution:
    """The answer to a name that stands in full: sure where one bears it.

    `behind`: the districts found by sound; a recogniser may have written another place's name.
    """
    options = stated.pharmacies or stated.landmarks or stated.districts
    share = STATED / max(1, len(options))
    places = [PlaceMatch(place, share) for place in stated.districts]
    places += [
        PlaceMatch(match.district, match.score * (1 - STATED))
        for match in behind
        if match.district not in stated.districts
    ]
    alike = len({pharmacy.name for pharmacy in stated.pharmacies}) == 1
    return Resolution(
        heard,
        stated.meant,
        () if stated.meant is Meant.COUNTY else tuple(places[:SHOWN]),
        tuple(PharmacyMatch(one, share) for one in stated.pharmacies[:SHOWN]),
        county=stated.county,
        sure=len(options) == 1,
        namesakes=len(options) if alike else int(bool(stated.pharmacies)),
        landmarks=stated.landmarks[:SHOWN],
        named=STATED,
        mentions=(stated.mention,),
        written=stated.written,
    )
