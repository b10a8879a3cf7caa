"""A place written out and nothing beside it but the question: 「內湖」, 「台北市」, 「我住大安區」.

No sound needs to be weighed then, and no command that sounds a little like it can be meant.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from importlib import resources
from typing import Any

import yaml

from shared.catalog import Catalog, Pharmacy
from shared.names.lexicon import by_head, form_owners, standing_in
from shared.names.resolution import Hints, Meant, Mention, MentionKind, Resolution
from shared.names.stated import (
    CLEAR,
    Stated,
    districts_stated,
    landmarks_stated,
    pharmacies_stated,
    settle,
)
from shared.phonetics.pronunciations import Pronunciation, fold_all, pronunciation_of
from shared.places.districts import County, District, all_counties, all_districts, by_county
from shared.places.former import former_names
from shared.places.landmarks import landmarks_called

Folded = tuple[str, str]

_PUNCTUATION = re.compile(r"[\s，。、！？,.!?；：]+")
_PARTICLES = "呢啦咧喔啊耶"
"""What ends a sentence and names nothing: 「信義區呢」. No place ends so."""
_LONGEST = 30
_BOTH = ("嘉義", "新竹")
"""A city and a county are both called so."""


def written_place(heard: str, hints: Hints) -> Stated | None:
    """The place that is all of `heard`; None where anything else is in it.

    Of several districts of its name those that `hints` leave.
    """
    name = bare(heard)
    if not _is_place(name):
        return None
    span = span_of(heard, name)
    if county := _counties().get(name):
        mention = Mention(*span, MentionKind.COUNTY, (county.name,), CLEAR)
        return Stated(Meant.COUNTY, mention, county=county, written=True)
    called = _districts().get(name, ())
    landmarks = landmarks_called().get(name, ())
    near = settle((*called, *(one.district for one in landmarks)), hints)
    if landmarks and not set(near) & set(called):  # no district, or 公館 from 02
        return landmarks_stated(name, hints, span)
    return districts_stated(called, hints, span, written=True)


def said_once(heard: str) -> str:
    """`heard`, in which a place that is said twice in a row stands once: 「信義區，信義區有嗎」."""
    return _TWICE.sub(lambda met: "" if _is_place(met[1]) else met[0], heard)


_TWICE = re.compile(r"([^\W\d_]{2,6})(?:[，。、,\s]|啊|啦|喔|對|嗯|我說|我是說|就是){0,4}(?=\1)")


def _is_place(name: str) -> bool:
    return any(name in known for known in (_counties(), _districts(), landmarks_called()))


def districts_before(heard: str, end: int, hints: Hints) -> Sequence[District]:
    """The districts whose name is written right before `end`, those that `hints` leave; those of a
    county, or of two of one name, where it is that of a county."""
    before = heard[:end].replace("臺", "台")
    for start in range(end):
        name = before[start:]
        if found := _districts().get(name):
            return settle(found, hints)
        if found := _of_counties().get(name):
            return found
    return ()


def span_of(heard: str, name: str) -> tuple[int, int]:
    """Where `name` stands in `heard`, spaces and all; the whole where it is written otherwise."""
    at = [place for place, character in enumerate(heard) if not _PUNCTUATION.match(character)]
    start = "".join(heard[place] for place in at).replace("臺", "台").find(name)
    return (at[start], at[start + len(name) - 1] + 1) if start >= 0 else (0, len(heard))


def which_county(found: Resolution, sounds: Sequence[Pronunciation], hints: Hints) -> Resolution:
    """`found`, but both where a city and a county are called so and only that was heard."""
    if found.meant is not Meant.COUNTY or found.county is None:
        return found
    folded = fold_all(sounds)
    both = [one for one in all_counties() if one.short == found.county.short]
    if len(both) == 1 or any(stands_in(_folded(one.name), folded) for one in both):
        return found
    last = hints.place.county if hints.place else None
    if last in both:
        return replace(found, county=last)
    return replace(found, county=None, counties=tuple(both))


def stands_in(name: tuple[Folded, ...], folded: tuple[Folded, ...]) -> bool:
    """Whether the sounds of `name` stand somewhere in those that were heard."""
    return any(folded[start : start + len(name)] == name for start in range(len(folded)))


def _folded(text: str) -> tuple[Folded, ...]:
    return fold_all([pronunciation_of(character) for character in text])


def is_written_place(heard: str) -> bool:
    """Whether `heard` is a place and no more."""
    name = bare(heard)
    known = (_counties(), _districts(), landmarks_called(), _BOTH)
    return any(name in names for names in known)


def bare(heard: str) -> str:
    """`heard` without punctuation and without the words around a place."""
    text = _of_one_width(heard).replace("臺", "台")
    if len(parts := set(_PUNCTUATION.split(text)) - {""}) == 1:  # 「板橋 板橋」
        text = parts.pop()
    text = _PUNCTUATION.sub("", text)
    text = text.rstrip(_PARTICLES) or text
    before, after = words_around()
    if text.startswith(before):  # most are not: quicker to ask for all at once
        longest = next((word for word in before if text.startswith(word) and word != text), "")
        text = text.removeprefix(longest)
    if text.endswith(after):
        longest = next((word for word in after if text.endswith(word) and word != text), "")
        text = text.removesuffix(longest)
    return text.removesuffix("的")


def _of_one_width(heard: str) -> str:
    """As much of `heard` as may name a place, its signs as wide as those of the names."""
    return unicodedata.normalize("NFKC", heard[:_LONGEST])


def alone(heard: str) -> str:
    """`heard` without punctuation and without any words of a question, whatever is left."""
    text = _PUNCTUATION.sub("", _of_one_width(heard))
    while (shorter := _at_an_end().sub("", text)) != text:
        text = shorter
    return text


@cache
def _at_an_end() -> re.Pattern[str]:
    """Words of a question where an utterance begins or ends."""
    lists = _lists()
    words = sorted({*lists["before"], *lists["after"], *lists["aside"]}, key=len, reverse=True)
    any_one = "|".join(map(re.escape, words))
    return re.compile(f"^(?:{any_one})|(?:{any_one})$")


@cache
def words_around() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The question words before and behind a name, as they are written, the longest first."""
    before, after = (sorted(_lists()[kind], key=len, reverse=True) for kind in ("before", "after"))
    return tuple(before), tuple(after)


@cache
def nameless() -> Mapping[str, Sequence[str]]:
    """`LandmarkKind` → what one of it is called by no name of its own, in any language."""
    words: Mapping[str, Sequence[str]] = _lists()["nameless"]
    return words


@cache
def words_too() -> frozenset[str]:
    """Names of districts that are everyday words too: 山上, 和平."""
    return frozenset(_lists()["words"])


@cache
def named_after() -> Sequence[str]:
    """What stands behind the name of a village in that of a station or a school there."""
    words: Sequence[str] = _lists()["named_after_villages"]
    return words


@cache
def of_any_pharmacy() -> Sequence[str]:
    """Words that are in no pharmacy's name: 附近, 便宜."""
    words: Sequence[str] = _lists()["of_any_pharmacy"]
    return words


@cache
def village_words() -> frozenset[str]:
    """Names of villages that are everyday words without 村 or 里: 三家, 巷口."""
    return frozenset(_lists()["village_words"])


def has_written_district(text: str) -> bool:
    """Whether any form of a district stands in `text`, be it in another word: 「後壁一間」."""
    count, owners = len(all_districts()), form_owners()
    found = standing_in(text.replace("臺", "台"), written_heads())
    return any(min(owners[form]) < count for _, form in found)


@cache
def written_heads() -> Mapping[str, tuple[str, ...]]:
    """All that places are called, as `standing_in` takes it."""
    return by_head(form_owners())


@cache
def _lists() -> Mapping[str, Any]:
    text = resources.files(__package__).joinpath("words_around.yaml").read_text(encoding="utf-8")
    lists: dict[str, Any] = yaml.safe_load(text)
    return lists


@cache
def _counties() -> Mapping[str, County]:
    whole = {county.name: county for county in all_counties()}
    short = {one.short: one for one in all_counties() if one.short not in _BOTH}
    return whole | short | dict(former_names().counties) | dict(former_names().short_counties)


@cache
def _districts() -> Mapping[str, tuple[District, ...]]:
    found: dict[str, list[District]] = defaultdict(list)
    for district in all_districts():
        county = district.county.name
        names = {district.name, district.key, county[:-1] + district.name}
        if len(district.name) > 2:
            short = district.short
            names |= {short, county + short, county[:-1] + short}
        for name in names:
            found[name].append(district)
    for nickname, districts in former_names().nicknames.items():
        found[nickname] += [district for district in districts if district not in found[nickname]]
    return {name: tuple(districts) for name, districts in found.items()}


@cache
def _of_counties() -> Mapping[str, tuple[District, ...]]:
    """What a county is called, or two of them → all their districts."""
    found: dict[str, tuple[District, ...]] = {}
    for county, districts in by_county().items():
        for name in (county.name, county.short):
            found[name] = (*found.get(name, ()), *districts)
    return found


def written_pharmacy(heard: str, catalog: Catalog, hints: Hints) -> Stated | None:
    """The pharmacies whose name is all of `heard`, letter by letter; None for anything else.

    So a platform that resolved a name says it, and so does who reads it off the sign.
    """
    found = pharmacies_called(heard, catalog)
    return pharmacies_stated(found, heard, hints) if found else None


def pharmacies_called(name: str, catalog: Catalog) -> Sequence[Pharmacy]:
    """Those whose name is `name`, letter by letter."""
    return _by_name(catalog).get(_letters(name), ())


@lru_cache(maxsize=2)
def _by_name(catalog: Catalog) -> Mapping[str, tuple[Pharmacy, ...]]:
    named: dict[str, list[Pharmacy]] = defaultdict(list)
    for pharmacy in catalog.pharmacies:
        named[_letters(pharmacy.name)].append(pharmacy)
    return {name: tuple(found) for name, found in named.items()}


def _letters(name: str) -> str:
    return unicodedata.normalize("NFKC", name).strip().replace("臺", "台")
