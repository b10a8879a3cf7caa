"""Speech hints for the platform's recogniser: the names a caller is likely to say next."""

import re
from functools import cache, lru_cache

from ivr.voices import voice_of
from shared.catalog import Snapshot
from shared.dialog.values import State
from shared.locales import DEFAULT
from shared.places.districts import County, District, all_counties, all_districts, by_key

PHRASES_LIMIT = 500
"""Hints that Twilio reads at most."""

PHRASE_LIMIT = 100
"""Characters of a hint."""

_UNFIT = re.compile(r"[^\x20-\x2b\x2d-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]+")
"""A comma separates hints; the others are no characters of XML, or for control."""


def hints_for(state: State, snapshot: Snapshot | None) -> tuple[str, ...]:
    """Commands, the pharmacies of the current place, then all places.

    The order counts, since hints over the limit are cut at the end: after an answer the pharmacies
    are likeliest, but 「信義區呢」 may come at any point.
    """
    district = by_key().get(state.place)
    names: tuple[str, ...] = ()
    # A recogniser that is set to another language writes no Chinese names.
    if snapshot and district and state.locale == DEFAULT:
        names = tuple(one.name for one in snapshot.catalog.by_district.get(district, ()))
    return _phrases(state.locale, names)


@lru_cache(1024)  # more than there are districts: what is likely there changes with the catalog
def _phrases(locale: str, names: tuple[str, ...]) -> tuple[str, ...]:
    fit = (_UNFIT.sub(" ", name).strip()[:PHRASE_LIMIT] for name in names)
    phrases = (*voice_of(locale).commands, *filter(None, fit), *_places(locale))
    return tuple(dict.fromkeys(phrases))[:PHRASES_LIMIT]


@cache
def _places(locale: str) -> tuple[str, ...]:
    """All counties and districts as they are called in `locale`; none where that is not known."""
    places: tuple[County | District, ...] = (*all_counties(), *all_districts())
    if locale == DEFAULT:
        return tuple(dict.fromkeys(place.name for place in places))
    return tuple(dict.fromkeys(place.english for place in places)) if locale == "en-US" else ()
