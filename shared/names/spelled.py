"""A place or a pharmacy that stands in an English sentence as our answers spell it.

"Linkou", "Qianhui Pharmacy in Nanzi": no sound needs to be weighed then, and none that is like it
is meant. What the line says in English it hears again.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice

from shared.catalog import Catalog, Pharmacy
from shared.names.exact import settle
from shared.names.resolution import (
    Hints,
    Meant,
    Mention,
    MentionKind,
    PharmacyMatch,
    PlaceMatch,
    Resolution,
)
from shared.names.transcript import READ_AT_MOST, Transcript
from shared.phonetics.pronunciations import pronunciation_of
from shared.phonetics.romanised import letters_of
from shared.places.districts import District, all_districts
from shared.places.landmarks import landmarks_called

_SHOWN = 3
_CLEAR = 20.0  # log-likelihood ratio of a spelled name
_SCORE = 0.97  # the share of spelled names that are right
_DOUBTED = 0.5  # score of a pharmacy that yields to a place that is spelled
_SELLER = re.compile(r"\b(?:pharmacy|drug ?store|chemist)\b")
_MOST_SELLERS = 3  # "pharmacy" in one sentence
_MOST_WORDS = 4  # of a pharmacy's name that is written in pieces
_SHORTEST = 5  # letters of the beginning of a name that stands for it: Fukang for Fukanghuoli
_KIND = re.compile("(?:健保|中西|藥師|連鎖|健康|大|西){0,3}藥[局妝粧房].*")


def with_spelled(
    found: Resolution, transcript: Transcript, catalog: Catalog, hints: Hints
) -> Resolution:
    """`found`, or the pharmacy or place that the sentence spells where that is another or sure."""
    places = _districts(transcript, found)
    named = _pharmacies(transcript.text, places, catalog)
    if not places and (there := [one for one in named if one.district.county == found.county]):
        named = there
    named = [one for one in named if one.district == hints.place] or named
    if named and not _is_one_of(found, named):
        return _as_pharmacy(found, named)
    return found if named or found.sure else _as_place(found, transcript, hints)


def _is_one_of(found: Resolution, named: Sequence[Pharmacy]) -> bool:
    """Whether it was found already, surely."""
    return found.sure and bool(found.pharmacies) and found.pharmacies[0].pharmacy in named


def _districts(transcript: Transcript, found: Resolution) -> Sequence[District]:
    """Where the pharmacies may lie that are named; () for anywhere."""
    names = set(transcript.spelled)
    places = [one for one in all_districts() if names & {one.name, one.name[:-1]}]
    return [one for one in places if one.county == found.county] or places


def _pharmacies(text: str, places: Sequence[District], catalog: Catalog) -> list[Pharmacy]:
    """The pharmacies at `places`, if any, that are spelled before "pharmacy"; else begin so."""
    known = _by_letters(catalog)
    plain = text[:READ_AT_MOST].lower().replace("'", "").replace("’", "")
    for met in islice(_SELLER.finditer(plain), _MOST_SELLERS):
        words = re.findall(r"[a-z0-9]+", re.split(r"[,;.?!]", plain[: met.start()])[-1])
        for count in range(min(_MOST_WORDS, len(words)), 0, -1):
            spelling = "".join(words[-count:])
            if there := _at_places(known.get(spelling, ()), places):
                return there
        if words and len(words[-1]) >= _SHORTEST and places:
            begun = [one for name in known if name.startswith(words[-1]) for one in known[name]]
            return _at_places(begun, places)
    return []


def _at_places(named: Sequence[Pharmacy], places: Sequence[District]) -> list[Pharmacy]:
    return [one for one in named if not places or one.district in places]


@lru_cache(maxsize=2)
def _by_letters(catalog: Catalog) -> Mapping[str, Sequence[Pharmacy]]:
    """A name in letters, without what kind of shop it is → its pharmacies."""
    found: dict[str, list[Pharmacy]] = defaultdict(list)
    for pharmacy in catalog.pharmacies:
        if own := _KIND.sub("", pharmacy.name):
            found[_letters(own)].append(pharmacy)
    return found


def _letters(name: str) -> str:
    return "".join(
        letters_of(sound[0]) if (sound := pronunciation_of(sign)) else sign.lower()
        for sign in name
        if sign.isalnum()
    )


def _as_pharmacy(found: Resolution, named: Sequence[Pharmacy]) -> Resolution:
    shown = named[:_SHOWN]
    share = _SCORE / len(shown)
    places = dict.fromkeys(one.district for one in shown)
    names = tuple(dict.fromkeys(one.name for one in shown))
    alike = len(named) if len({one.name for one in named}) == 1 else 1
    return Resolution(
        found.heard,
        Meant.PHARMACY,
        tuple(PlaceMatch(place, share) for place in places),
        tuple(PharmacyMatch(one, share) for one in shown),
        sure=len(named) == 1,
        namesakes=alike,
        named=_SCORE,
        mentions=(Mention(0, len(found.heard), MentionKind.PHARMACY, names, _CLEAR),),
    )


def _as_place(found: Resolution, transcript: Transcript, hints: Hints) -> Resolution:
    """`found`, or the one district or landmark that is spelled."""
    names = set(transcript.spelled)
    if len(names) != 1 or found.meant is Meant.ROAD or _is_shop(found):
        return found
    name = names.pop()
    if found.meant is Meant.COUNTY and found.county and found.county.name[:-1] == name:
        return found
    if owners := _districts(transcript, found):
        districts = list(settle(owners, hints))[:_SHOWN]
        return _at(found, Meant.DISTRICT, districts, [one.key for one in districts])
    marks = landmarks_called().get(name, ())
    left = settle([one.district for one in marks], hints)
    marks = tuple(one for one in marks if one.district in left)[:_SHOWN]
    if not marks:
        return found
    there = [one.district for one in marks]
    made = _at(found, Meant.LANDMARK, there, [one.spoken[0] for one in marks])
    return replace(made, landmarks=marks)


def _is_shop(found: Resolution) -> bool:
    """Whether a pharmacy's name was heard, and not a place alone."""
    return found.meant is Meant.PHARMACY and found.pharmacies[0].score > _DOUBTED


def _at(
    found: Resolution, meant: Meant, districts: Sequence[District], names: Sequence[str]
) -> Resolution:
    kind = MentionKind.DISTRICT if meant is Meant.DISTRICT else MentionKind.LANDMARK
    return Resolution(
        found.heard,
        meant,
        tuple(PlaceMatch(district, _SCORE / len(districts)) for district in districts),
        sure=len(districts) == 1,
        named=_SCORE,
        mentions=(Mention(0, len(found.heard), kind, tuple(names), _CLEAR),),
    )
