"""Names that a caller is likely to say next, to bias the recogniser."""

import re
from collections.abc import Iterator, Sequence

from shared.catalog import Snapshot
from shared.dialog.values import State
from shared.names.index import index_of
from shared.names.resolution import Hints, Meant, Resolution
from shared.names.resolve import resolve
from shared.places.districts import District, all_districts, by_key
from shared.places.telephone_numbers import counties_around
from sip.recogniser import NAMES_LIMIT

LOCALE = "zh-TW"
"""A recogniser that is set to another language writes no Chinese names."""

AGAIN_LIMIT = 8
"""Names for the second pass. Sixty names draw it away from what was said: 「嘉義秉原藥局」 was
頂藥局 with sixty and itself with eight (docs/decisions/sip.md); and a short prompt is quicker."""

LEAST_NAMED = 0.4
"""Below this score there was hardly a name: with a list of eight, a recogniser writes one of them
all the same. 「全聯還有口罩嗎」 and 「我要找真人講」 both became 天蓮."""

LISTS = "、"
"""Separates names in a list; in speech a word or a pause does."""

_PARTED = re.compile(r"[、，,。. ]+")


def likely_names(state: State | None, snapshot: Snapshot | None, area_code: str) -> list[str]:
    """At most NAMES_LIMIT: the pharmacies just told of and those around, then the districts.

    Districts alone do harm to pharmacies: a recogniser that knows 三重區 and no 康希藥局 writes
    another district for the name. So speech that was not understood surely is transcribed again
    with `names_in` (docs/decisions/sip.md has the figures).
    """
    if state is not None and state.locale != LOCALE:
        return []
    names = dict.fromkeys([*_pharmacies(state, snapshot), *districts_around(state, area_code)])
    return list(names)[:NAMES_LIMIT]


def districts_around(state: State | None, area_code: str) -> list[str]:
    """Those of the county talked about, else of the caller's own; [] where neither is known."""
    here = by_key().get(state.place) if state else None
    counties = counties_around(here, area_code)
    return [one.name for one in all_districts() if one.county in counties]


def names_in(heard: str, snapshot: Snapshot | None, area_code: str = "") -> list[str]:
    """The candidates for `heard` and the pharmacies around them, for a second transcription.

    [] where it was understood surely, where hardly anything in it is like a name, and where the
    name is that of several districts (大安區), of one and a part of another town (公館), or of a
    city and a county (嘉義): a second transcription cannot tell which.
    """
    if snapshot is None:
        return []
    meant = resolve(heard, index_of(snapshot.catalog), Hints(area_code=area_code))
    one_name = len({match.district.name for match in meant.districts}) == 1
    called_alike = meant.meant is Meant.LANDMARK and len(meant.districts) > len(meant.landmarks)
    if meant.sure or meant.counties or meant.named < LEAST_NAMED:
        return []
    if (one_name or called_alike) and not meant.pharmacies:
        return []
    pharmacies = [match.pharmacy for match in meant.pharmacies]
    districts = dict.fromkeys(
        [match.district for match in meant.districts] + [one.district for one in pharmacies]
    )
    around = [name for one in districts for name in _around(one, snapshot)]
    names = dict.fromkeys(
        [*(one.name for one in pharmacies), *(one.name for one in districts), *around]
    )
    return list(names)[:AGAIN_LIMIT]


def is_recited(words: str, names: Sequence[str]) -> bool:
    """Whether a recogniser wrote a piece of its list of names and not what was said.

    With one or two syllables over a noisy line, Whisper base continues its prompt:
    「瑪夏區、林園區、」 for 左營, 「新莊區、」 for 平溪. A caller who does name two places is
    transcribed again without the list, and loses a second.

    >>> is_recited("瑪夏區、林園區、", ["那瑪夏區", "林園區"]), is_recited("林園區", ["林園區"])
    (True, False)
    """
    pieces = [piece for piece in _PARTED.split(words) if piece]
    return LISTS in words and all(any(name.endswith(one) for name in names) for one in pieces)


def is_listed(words: str, names: Sequence[str]) -> bool:
    """Whether one of `names` stands in `words` as in a list: 「承智藥局、幾點發號碼」 for 澄和."""
    return any(f"{name}{LISTS}" in words for name in names)


def surer(first: str, second: str, snapshot: Snapshot, area_code: str = "") -> str:
    """The one of two transcriptions that is understood with more confidence.

    The second was biased by names, the right one among them or not, and may lose what the first
    kept of the sounds: 「嘉義頂原要職」 is 鼎元 or 秉原, 「嘉義頂藥局」 is anything. It decides
    among what the first may have meant; a name from the list alone is none (密洗 → 米奇, for 敏新).
    """
    index, hints = index_of(snapshot.catalog), Hints(area_code=area_code)
    one, other = (resolve(text, index, hints) for text in (first, second))
    if other.sure and not _is_among(other, one):
        return first
    return second if _confidence(other) >= _confidence(one) else first


def _is_among(meant: Resolution, candidates: Resolution) -> bool:
    """Whether the pharmacy or district that is meant is one of the other's."""
    match meant.meant:
        case Meant.PHARMACY:
            names = {one.pharmacy.name for one in candidates.pharmacies}
            return any(one.pharmacy.name in names for one in meant.pharmacies[:1])
        case Meant.DISTRICT:
            places = {one.district for one in candidates.districts}
            return any(one.district in places for one in meant.districts[:1])
        case _:
            return True


def _confidence(meant: Resolution) -> tuple[bool, float]:
    """Whether it is sure, and how likely the best of the kind that is meant is right."""
    match meant.meant:
        case Meant.PHARMACY:
            best = meant.pharmacies[0].score if meant.pharmacies else 0.0
        case Meant.DISTRICT:
            best = meant.districts[0].score if meant.districts else 0.0
        case Meant.NOTHING:
            best = 0.0
        case _:
            best = meant.named
    return meant.sure, best


def _pharmacies(state: State | None, snapshot: Snapshot | None) -> Iterator[str]:
    if state is None or snapshot is None:
        return
    for key in state.told:
        if pharmacy := snapshot.catalog.by_id.get(key):
            yield pharmacy.name
    if district := by_key().get(state.place):
        yield from _around(district, snapshot)[: NAMES_LIMIT // 2]


def _around(district: District, snapshot: Snapshot) -> list[str]:
    return [one.name for one in snapshot.catalog.by_district.get(district, ())]
