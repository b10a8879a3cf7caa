"""A district that stands in a sentence as it is written, whatever stands around it.

「板橋的情況怎麼樣」: a recogniser that writes 板橋 heard it. What sounds alike or is asked around
it must not hide the place. A name that is also an everyday word (太平, 和平: `words` of
`words_around.yaml`) counts only where the posterior found a place anyway; 佳里 is none, for what
sounds like it is written 家裡.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from shared.names.background import Around
from shared.names.exact import settle, words_too
from shared.names.lexicon import by_head, county_forms, form_owners, standing_in
from shared.names.resolution import Hints, Meant, Mention, MentionKind, PlaceMatch, Resolution
from shared.names.transcript import Transcript
from shared.phonetics import best_cost, read
from shared.places.districts import District, all_counties, all_districts
from shared.places.telephone import counties_of

_SHOWN = 3
_KNOWN = 0.7
"""ratio of a sound beside it from which it is a known word's"""
_UNKNOWN = 1  # sounds beside it that need no explanation: 「板橋吧」
_UNKNOWN_HERE = 3  # the same where the place lies in the area that the caller rings from
_CLEAR = 20.0  # log-likelihood ratio of a written name
_SCORE = 0.97  # the share of written districts that are right, of one name
_LEADS_ON = (
    "路",
    "街",
    "大道",
    "東路",
    "西路",
    "南路",
    "北路",
    "車站",
    "火車站",
    "站",
    "夜市",
)
"""what makes a longer name of it: 板橋車站, 中山北路"""
_SHOPS = ("藥局", "藥房")
"""what may make a longer name of it: 中山藥局 is one, 三重藥局 none"""


@dataclass(frozen=True, slots=True)
class _Standing:
    """A form of districts in the sounds of an utterance."""

    start: int
    end: int
    districts: Sequence[District]
    word: bool
    """it is an everyday word too"""
    shop: bool
    """藥局 stands behind it"""


def with_written(
    found: Resolution, transcript: Transcript, around: Around, hints: Hints
) -> Resolution:
    """`found`, or the district that stands written where `found` is none, doubtful or that one."""
    standing = _standing(transcript)
    if standing is None:
        return found
    if found.sure and not standing.word and _is_best(found, standing):
        return replace(found, written=True)
    if not _yields(found, standing, transcript, around):
        return found
    districts = settle(_of_county(standing.districts, transcript.text), hints)
    share = _SCORE / len(districts)
    matches = [PlaceMatch(district, share) for district in districts]
    matches += [
        replace(match, score=min(match.score, 1 - _SCORE))
        for match in found.districts
        if match.district not in districts
    ]
    start, end = transcript.span(standing.start, standing.end)
    names = tuple(district.key for district in districts[:_SHOWN])
    others = tuple(m for m in found.mentions if m.end <= start or end <= m.start)
    heard = max((m.ratio for m in found.mentions if m not in others), default=0.0)
    ratio = heard if standing.word else _CLEAR
    mention = Mention(start, end, MentionKind.DISTRICT, names, ratio)
    return Resolution(
        found.heard,
        Meant.DISTRICT,
        tuple(matches[:_SHOWN]),
        found.pharmacies if found.meant is Meant.DISTRICT else (),
        sure=len(districts) == 1
        and (found.sure or _is_clear(standing, districts, transcript, around, hints)),
        named=max(found.named, _SCORE),
        mentions=tuple(sorted((mention, *others), key=lambda one: one.start)),
        written=not standing.word,
    )


def _is_clear(
    standing: _Standing,
    districts: Sequence[District],
    transcript: Transcript,
    around: Around,
    hints: Hints,
) -> bool:
    """Whether what stands beside it, and where the caller rings from, leave no doubt."""
    if standing.word or any(map(str.isdigit, transcript.text)):
        return False
    area = counties_of(hints.area_code)
    here = all(district.county in area for district in districts)
    return _heard_well(standing, around, _UNKNOWN_HERE if here else _UNKNOWN)


def _yields(found: Resolution, standing: _Standing, transcript: Transcript, around: Around) -> bool:
    """Whether what was found gives way to the district that stands written."""
    if found.sure:
        return False
    if _is_best(found, standing):
        return True
    if standing.word:
        return False
    if found.meant in (Meant.NOTHING, Meant.COUNTY):
        return True
    if found.meant in (Meant.DISTRICT, Meant.LANDMARK):
        return _heard_well(standing, around)
    if found.namesakes > 1:
        return False
    scores = [m.score for m in found.pharmacies[:1]] + [m.score for m in found.roads[:1]]
    if max(scores, default=0.0) >= _DOUBTED:
        return False
    if standing.shop:
        return _heard_well(standing, around)
    return not _names_a_shop(transcript)


def _is_best(found: Resolution, standing: _Standing) -> bool:
    """Whether what was found is the district that stands written."""
    best = found.districts[0] if found.districts else None
    return (
        found.meant is Meant.DISTRICT and best is not None and best.district in standing.districts
    )


def _names_a_shop(transcript: Transcript) -> bool:
    """Whether 藥局, 藥房 or a road's ending is heard: then a name was said that was not found."""
    return any(best_cost(read(word), transcript.sounds) < _AS_GOOD_AS_SAID for word in _ENDINGS)


_ENDINGS = ("藥局", "藥房", "東路", "西路", "南路", "北路", "中路", "街上")
_AS_GOOD_AS_SAID = 0.3
_DOUBTED = 0.5  # score of a pharmacy that yields to a place as it stands written


def _standing(transcript: Transcript) -> _Standing | None:
    """The longest form of a district that stands in the text; None where another follows it."""
    if not transcript.at:
        return None
    text = "".join(transcript.text[at] for at in transcript.at).replace("臺", "台")
    found = [
        (len(form), -start, form)
        for start, form in standing_in(text, _heads())
        if not text.startswith(_LEADS_ON, start + len(form))
        and not text.startswith(_counties(), start)
    ]
    if not found:
        return None
    length, start, form = max(found)
    shop = text.startswith(_SHOPS, length - start)
    return _Standing(-start, length - start, _written()[form], _is_word(form), shop)


def has_written_district(text: str) -> bool:
    """Whether any form of a district stands in `text`, be it in another word."""
    return any(True for _ in standing_in(text, _heads()))


@cache
def _heads() -> Mapping[str, tuple[str, ...]]:
    return by_head(_written())


def _is_word(form: str) -> bool:
    """Whether a form may stand for something else: an everyday word; a county whose ending was
    written otherwise, 「台東線」."""
    return form in words_too() or any(form == one.name[:-1] for one in all_counties())


@cache
def _counties() -> tuple[str, ...]:
    """桃園縣 and 新竹市 are no districts."""
    return tuple(form.text for form in county_forms() if len(form.text) > _SHORTEST)


@cache
def _written() -> Mapping[str, Sequence[District]]:
    """All that districts are called, with and without their ending (板橋) → those called so."""
    districts = all_districts()
    found: dict[str, list[District]] = {}
    for district in districts:
        if len(district.name) > _SHORTEST:
            found.setdefault(district.name[:-1], []).append(district)
    for form, owners in form_owners().items():  # 公館 is the station before it is 公館鄉
        found[form] = [districts[i] for i in owners if i < len(districts)]
    return {form: owners for form, owners in found.items() if owners}


_SHORTEST = 2  # characters of a district that is never said without its ending: 東區


def _of_county(districts: Sequence[District], text: str) -> Sequence[District]:
    """Those whose county is written too; all where none is."""
    plain = text.replace("臺", "台")
    return [one for one in districts if one.county.name[:-1] in plain] or districts


def _heard_well(standing: _Standing, around: Around, unknown: int = _UNKNOWN) -> bool:
    """Whether everyday words explain the sounds that stand beside it, or all but `unknown`."""
    explained = np.maximum(
        np.diff(around.everyday), np.maximum(np.diff(around.front), np.diff(around.tail)[::-1])
    )
    explained[standing.start : standing.end] = _KNOWN
    return int((explained < _KNOWN).sum()) <= unknown
