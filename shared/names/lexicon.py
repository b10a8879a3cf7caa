"""How counties, districts and questions are spoken: forms as patterns, each with its owner."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from shared.compiled import SOUNDS
from shared.phonetics.bulk import Inventory, Numbers, Pattern, Patterns, lay_out
from shared.phonetics.confusions import Matrix
from shared.phonetics.pronunciations import read
from shared.places.districts import District, all_counties, all_districts
from shared.places.former import former_names
from shared.places.landmarks import Landmark, landmarks

MISSED = -4.0
"""evidence lost where a syllable that matters was not heard: 1 in 500 was dropped"""
_ENDING_MISSED = -1.0
"""the same for 區, 市, 鄉, 鎮, 縣: every third caller leaves it out"""
_NICKNAME = -1.5
"""a nickname or former name is said less often than the name"""


SHORT = -4.0
"""a landmark of two syllables (成大) stands inside other words: it must be said more clearly"""
_WHOLE = -6.0
"""evidence lost for a syllable of a landmark: 中壢市 is no 中壢夜市"""
_FULL = 3  # syllables from which a landmark's name is known anywhere
KINDS = ("藥局", "大藥局", "藥師藥局", "健保藥局", "中西藥局", "藥房", "衛生所")
"""How a question ends that asks for a pharmacy: heard, though its name was not, one was meant."""


@dataclass(frozen=True, slots=True)
class Form:
    """One way to say something, and what is meant by it."""

    text: str
    owner: int
    """number of the county, or of the place in `all_places`"""
    prior: float = 0.0
    """logarithm: how much rarer this form is than the name itself"""
    missed: float = MISSED
    """evidence lost where one of its syllables was not heard"""

    def pattern(self) -> Pattern:
        """Its sounds; an ending such as 區 may be missing if two syllables stand before it."""
        sounds = read(self.text)[:SOUNDS]
        gaps = [self.missed] * len(sounds)
        if len(sounds) > 2 and self.missed == MISSED and self.text[-1] in "區市鄉鎮縣":
            gaps[-1] = _ENDING_MISSED
        return Pattern(sounds, tuple(gaps))


@dataclass(frozen=True, slots=True, eq=False)
class Forms:
    """Forms laid out for an inventory; `by_owner` groups them."""

    patterns: Patterns
    priors: Matrix
    """(forms,)"""
    owners: NDArray[np.intp]
    """(forms,)"""
    texts: tuple[str, ...]
    by_owner: NDArray[np.intp]
    """the forms, ordered by their owner"""
    first: NDArray[np.intp]
    """(owners + 1,): where the forms of each owner begin in `by_owner`; every owner has one"""
    at: int
    """the address of `by_owner`"""

    def forms_of(self, owner: int) -> tuple[int, int]:
        """Where the forms of one owner stand in memory (in `by_owner`), and how many there are."""
        first, end = self.first.item(owner), self.first.item(owner + 1)
        return self.at + first * self.by_owner.itemsize, end - first


def learn(inventory: Inventory, *kinds: Sequence[Form]) -> "Learned":
    """Teach the sounds of forms to `inventory`, one of the `kinds` after the other."""
    ordered = [
        form
        for forms in kinds
        for form in sorted(forms, key=lambda form: -len(form.pattern().sounds))
    ]
    patterns = [form.pattern() for form in ordered]
    return Learned(ordered, patterns, inventory.learn(patterns))


@dataclass(frozen=True, slots=True, eq=False)
class Learned:
    """Forms whose sounds an inventory knows, before it is settled."""

    forms: list[Form]
    patterns: list[Pattern]
    numbers: Numbers

    def laid_out(self, inventory: Inventory) -> Forms:
        """The forms, ready to be followed by the settled `inventory`."""
        owners = np.array([form.owner for form in self.forms])
        priors = np.array([form.prior for form in self.forms], np.float32)
        patterns = lay_out(inventory, self.patterns, self.numbers)
        by_owner = np.argsort(owners, kind="stable")
        first = np.unique(owners[by_owner], return_index=True)[1]
        return Forms(
            patterns.owned(priors, owners),
            priors,
            owners,
            tuple(form.text.replace("臺", "台") for form in self.forms),
            by_owner,
            np.append(first, len(owners)),
            by_owner.ctypes.data,
        )


def county_forms() -> list[Form]:
    """Every county by its name, its short name (北市) and its former names (台北縣)."""
    numbers = {county: number for number, county in enumerate(all_counties())}
    former = former_names()
    others = {**former.counties, **former.short_counties}
    return [Form(county.name, number) for county, number in numbers.items()] + [
        Form(text, numbers[county], _NICKNAME) for text, county in others.items()
    ]


def district_forms() -> list[Form]:
    """Every district by its name, its former names and its nicknames."""
    numbers = {district: number for number, district in enumerate(all_districts())}
    former = former_names()
    forms = [Form(district.name, number) for district, number in numbers.items()]
    forms += [Form(text, numbers[found], _NICKNAME) for text, found in former.districts.items()]
    for text, places in former.nicknames.items():
        for rank, place in enumerate(places):
            forms.append(Form(text, numbers[place], _NICKNAME * (1 + rank)))
    return forms


@cache
def all_places() -> tuple[District | Landmark, ...]:
    """What is named as a place: every district, and behind them every landmark."""
    return (*all_districts(), *landmarks())


def landmark_forms() -> list[Form]:
    """Every landmark by all that callers say; of two syllables (榮總) only where hardly anything
    else is said so."""
    start = len(all_districts())
    return [
        Form(text, start + number, SHORT if len(text) < _FULL else 0.0, _WHOLE)
        for number, landmark in enumerate(landmarks())
        for text in landmark.spoken
    ]


def kinds() -> list[Pattern]:
    """藥局 and its like, as patterns."""
    return [Pattern(found, (MISSED,) * len(found)) for found in map(read, KINDS)]


@cache
def form_owners() -> Mapping[str, tuple[int, ...]]:
    """What a place may be called, as it is written → the numbers of the places called so.

    A district also without its ending (板橋), where no county is called that: 台東 is one.
    """
    found: dict[str, list[int]] = {}
    for form in district_forms() + landmark_forms():
        found.setdefault(form.text, []).append(form.owner)
    counties = {county.short for county in all_counties()}
    for number, district in enumerate(all_districts()):
        if len(district.name) > _WITH_ENDING and district.short not in counties:
            found.setdefault(district.short, []).append(number)
    return {text: tuple(dict.fromkeys(owners)) for text, owners in found.items()}


_WITH_ENDING = 2  # characters of a district that is never said without its ending: 東區


def by_head(forms: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """The first two characters of `forms` → those that begin so."""
    found: dict[str, list[str]] = {}
    for form in forms:
        found.setdefault(form[:2], []).append(form)
    return {head: tuple(forms) for head, forms in found.items()}


def standing_in(text: str, heads: Mapping[str, Sequence[str]]) -> Iterator[tuple[int, str]]:
    """Every form of `heads` (`by_head`) that stands in `text`, and where it begins."""
    for start in range(len(text) - 1):
        for form in heads.get(text[start : start + 2], ()):
            if text.startswith(form, start):
                yield start, form
