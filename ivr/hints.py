"""The names a caller is likely to say next, for Twilio's recogniser."""

import re
from collections.abc import Iterable
from functools import cache

from ivr.voices import voice_of
from shared.catalog import Pharmacy, Snapshot
from shared.dialog.values import State
from shared.places.districts import County, District, all_counties, all_districts, by_key

PHRASES_LIMIT = 500
"""Twilio reads so many hints at most …"""

PHRASE_LIMIT = 100
"""… of so many characters each."""

_UNFIT = re.compile(r"[,\x00-\x1f\x7f]+")
"""A comma parts two hints; control characters have no place in XML."""


def hints(state: State, snapshot: Snapshot | None) -> str:
    """The value of `hints`: commands, the pharmacies of the place talked about, then all places.

    The order counts, since what is over the limit falls off at the end: after an answer the
    pharmacies are likeliest, but 「信義區呢」 may come at any point.
    """
    pharmacies = _pharmacies(state, snapshot)
    if not pharmacies:
        return _everywhere(state.locale)
    names = (_UNFIT.sub(" ", pharmacy.name).strip()[:PHRASE_LIMIT] for pharmacy in pharmacies)
    return _join((*voice_of(state.locale).commands, *filter(None, names), *_places(state.locale)))


@cache
def _everywhere(locale: str) -> str:
    return _join((*voice_of(locale).commands, *_places(locale)))


def _pharmacies(state: State, snapshot: Snapshot | None) -> tuple[Pharmacy, ...]:
    """The pharmacies in the district of `state`, for the ear that knows Chinese."""
    district = by_key().get(state.place)
    if snapshot is None or district is None or state.locale != "zh-TW":
        return ()
    return snapshot.catalog.by_district.get(district, ())


@cache
def _places(locale: str) -> tuple[str, ...]:
    """All counties and districts as they are called in `locale`; none where that is not known."""
    places: tuple[County | District, ...] = (*all_counties(), *all_districts())
    if locale == "zh-TW":
        return tuple(dict.fromkeys(place.name for place in places))
    return tuple(dict.fromkeys(place.english for place in places)) if locale == "en-US" else ()


def _join(phrases: Iterable[str]) -> str:
    return ",".join(list(dict.fromkeys(phrases))[:PHRASES_LIMIT])
