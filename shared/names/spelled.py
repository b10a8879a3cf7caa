"""A place or a pharmacy that stands in an English sentence as our answers spell it.

"Linkou", "Qianhui Pharmacy in Nanzi": no sound needs to be weighed then, and none that is like it
is meant. What the line says in English it hears again.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, islice

from shared.catalog import Catalog, Pharmacy
from shared.names.resolution import Hints, Meant, Resolution
from shared.names.stated import (
    Stated,
    districts_stated,
    landmarks_stated,
    pharmacies_stated,
    settle,
)
from shared.names.transcript import READ_AT_MOST, Transcript
from shared.phonetics.pronunciations import pronunciation_of
from shared.phonetics.romanised import letters_of
from shared.places.districts import District, all_districts
from shared.places.landmarks import landmarks_called

_DOUBTED = 0.5  # score of a pharmacy that yields to a place that is spelled
_SELLER = re.compile(r"\b(?:pharmacy|drug ?store|chemist)\b")
_CALLED = re.compile(r"\b(?:called|named) (?=((?:[a-z0-9]+ ?){1,4}))")
_LEVEL = re.compile(r"\b(?:township|district|town|county)\b", re.IGNORECASE)
_MOST_SELLERS = 3  # "pharmacy" in one sentence
_MOST_WORDS = 4  # of a pharmacy's name that is written in pieces
_SHORTEST = 5  # letters of the beginning of a name that stands for it: Fukang for Fukanghuoli
_KIND = re.compile("(?:健保|中西|藥師|連鎖|健康|大|西){0,3}藥[局妝粧房].*")


def spelled_name(
    found: Resolution, transcript: Transcript, catalog: Catalog, hints: Hints
) -> Stated | None:
    """The pharmacy or place that the sentence spells where that is another than was `found`, or was
    not found surely."""
    places = _districts(transcript, found)
    named = _pharmacies(transcript.text, places, catalog)
    named = named or _called(transcript, places, catalog)
    if not places and (there := [one for one in named if one.district.county == found.county]):
        named = there
    named = [one for one in named if one.district == hints.place] or named
    if named and not _is_one_of(found, named):
        return pharmacies_stated(named, found.heard, hints)
    if named:
        return None
    if found.sure:
        return _landmark_nearer(found, transcript, hints)
    return _place(found, transcript, hints)


def _landmark_nearer(found: Resolution, transcript: Transcript, hints: Hints) -> Stated | None:
    """The landmark in the caller's own area that is spelled like the district found elsewhere:
    Gongguan from 02 is that of Taipei. Whoever says Township means the township."""
    names = set(transcript.spelled)
    if found.meant is not Meant.DISTRICT or len(names) != 1 or _LEVEL.search(transcript.text):
        return None
    name, district = names.pop(), found.district
    marks = [mark.district for mark in landmarks_called().get(name, ())]
    if not marks or district.short != name or district in settle((district, *marks), hints):
        return None
    return landmarks_stated(name, hints, (0, len(found.heard)))


def _is_one_of(found: Resolution, named: Sequence[Pharmacy]) -> bool:
    """Whether it was found already, surely."""
    return found.sure and found.meant is Meant.PHARMACY and found.pharmacy in named


def _districts(transcript: Transcript, found: Resolution) -> Sequence[District]:
    """Where the pharmacies may lie that are named; () for anywhere."""
    names = set(transcript.spelled)
    places = [one for one in all_districts() if names & {one.name, one.short}]
    return [one for one in places if one.county == found.county] or places


def _pharmacies(text: str, places: Sequence[District], catalog: Catalog) -> list[Pharmacy]:
    """The pharmacies at `places`, if any, that are spelled before "pharmacy"; else begin so."""
    known = _by_letters(catalog)
    plain = _plain(text)
    for met in islice(_SELLER.finditer(plain), _MOST_SELLERS):
        words = re.findall(r"[a-z0-9]+", re.split(r"[,;.?!]", plain[: met.start()])[-1])
        for start in range(len(words))[-_MOST_WORDS:]:
            spelling = "".join(words[start:])
            if there := _at_places(known.get(spelling, ()), places):
                return there
        if words and len(words[-1]) >= _SHORTEST and places:
            begun = [one for name in known if name.startswith(words[-1]) for one in known[name]]
            return _at_places(begun, places)
    return []


def _called(transcript: Transcript, places: Sequence[District], catalog: Catalog) -> list[Pharmacy]:
    """The pharmacies that "one called Qianhui" names, where that is no place too."""
    met = _CALLED.search(_plain(transcript.text))
    words = met[1].split() if met else []
    known, spelled = _by_letters(catalog), {_letters(one) for one in transcript.spelled}
    for name in reversed([*accumulate(words)]):
        if name not in spelled and (there := _at_places(known.get(name, ()), places)):
            return there
    return []


def _plain(text: str) -> str:
    return text[:READ_AT_MOST].lower().replace("'", "").replace("’", "")


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


def _place(found: Resolution, transcript: Transcript, hints: Hints) -> Stated | None:
    """The one district or landmark that is spelled, where nothing else was found."""
    names = set(transcript.spelled)
    if len(names) != 1 or found.meant is Meant.ROAD or _is_shop(found):
        return None
    name = names.pop()
    if found.meant is Meant.COUNTY and found.county and found.county.short == name:
        return None
    span = (0, len(found.heard))
    districts = districts_stated(_districts(transcript, found), hints, span, written=False)
    return districts or landmarks_stated(name, hints, span)


def _is_shop(found: Resolution) -> bool:
    """Whether a pharmacy's name was heard, and not a place alone."""
    return found.meant is Meant.PHARMACY and found.pharmacies[0].score > _DOUBTED
