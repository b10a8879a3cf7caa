"""Speech hints for the platform's recogniser: the names a caller is likely to say next."""

import re
from collections.abc import Iterable
from functools import cache

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
    names: Iterable[str] = ()
    # A recogniser that is set to another language writes no Chinese names.
    if snapshot and district and state.locale == DEFAULT:
        around = snapshot.catalog.by_district.get(district, ())
        names = (_UNFIT.sub(" ", one.name).strip()[:PHRASE_LIMIT] for one in around)
    phrases = (*voice_of(state.locale).commands, *filter(None, names), *_places(state.locale))
    return tuple(dict.fromkeys(phrases))[:PHRASES_LIMIT]


@cache
def _places(locale: str) -> tuple[str, ...]:
    """All counties and districts as they are called in `locale`; none where that is not known."""
    places: tuple[County | District, ...] = (*all_counties(), *all_districts())
    if locale == DEFAULT:
        return tuple(dict.fromkeys(place.name for place in places))
    return tuple(dict.fromkeys(place.english for place in places)) if locale == "en-US" else ()
