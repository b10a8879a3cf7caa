"""Speech hints for the platform's recogniser: the names a caller is likely to say next."""

import re
from collections.abc import Iterable
from functools import cache

from ivr.voices import voice_of
from shared.catalog import Pharmacy, Snapshot
from shared.dialog.values import State
from shared.locales import DEFAULT
from shared.places.districts import County, District, all_counties, all_districts, by_key
from web.kept import Kept

PHRASES_LIMIT = 500
"""Hints that Twilio reads at most."""

PHRASE_LIMIT = 100
"""Characters of a hint."""

_UNFIT = re.compile(r"[,\x00-\x1f\x7f]+")
"""A comma separates hints; control characters are not allowed in XML."""


class HintBook:
    """The hints for each state; those of a district are made once for each catalog."""

    def __init__(self) -> None:
        self._made: Kept[dict[str, str]] = Kept(lambda _: {}, by=lambda snapshot: snapshot.catalog)

    def hints(self, state: State, snapshot: Snapshot | None) -> str:
        """Separated by commas: commands, the pharmacies of the current place, then all places.

        The order counts, since hints over the limit are cut at the end: after an answer the
        pharmacies are likeliest, but 「信義區呢」 may come at any point.
        """
        district = by_key().get(state.place)
        # A recogniser that is set to another language writes no Chinese names.
        if snapshot is None or district is None or state.locale != DEFAULT:
            return _everywhere(state.locale)
        made = self._made.of(snapshot)
        if state.place not in made:
            made[state.place] = _around(snapshot.catalog.by_district.get(district, ()))
        return made[state.place]


def _around(pharmacies: tuple[Pharmacy, ...]) -> str:
    names = (_UNFIT.sub(" ", pharmacy.name).strip()[:PHRASE_LIMIT] for pharmacy in pharmacies)
    commands = voice_of(DEFAULT).commands
    return _join((*commands, *filter(None, names), *_places(DEFAULT)))


@cache
def _everywhere(locale: str) -> str:
    return _join((*voice_of(locale).commands, *_places(locale)))


@cache
def _places(locale: str) -> tuple[str, ...]:
    """All counties and districts as they are called in `locale`; none where that is not known."""
    places: tuple[County | District, ...] = (*all_counties(), *all_districts())
    if locale == DEFAULT:
        return tuple(dict.fromkeys(place.name for place in places))
    return tuple(dict.fromkeys(place.english for place in places)) if locale == "en-US" else ()


def _join(phrases: Iterable[str]) -> str:
    return ",".join(list(dict.fromkeys(phrases))[:PHRASES_LIMIT])
