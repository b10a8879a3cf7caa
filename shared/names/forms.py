"""How counties, districts and questions are spoken: forms as patterns, each with its owner."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
import yaml
from numpy.typing import NDArray

from shared.names.patterns import Ear, Pattern, Patterns, lay_out
from shared.phonetics.confusions import Matrix
from shared.phonetics.pronunciations import read
from shared.places.districts import all_counties, all_districts
from shared.places.former import former_names

MISSED = -4.0
"""evidence lost where a syllable that matters was not heard: 1 in 500 was dropped"""
_ENDING_MISSED = -1.0
"""the same for 區, 市, 鄉, 鎮, 縣: every third caller leaves it out"""
_NICKNAME = -1.5
"""a nickname or former name is said less often than the name"""


_ENOUGH = 6  # sounds that a question word is known by
_ENOUGH_OF_A_PLACE = 4
_PEEK = 3  # sounds of a form by which it is looked up


@dataclass(frozen=True, slots=True)
class Form:
    """One way to say something, and what is meant by it."""

    text: str
    owner: int
    """number of the county or district"""
    prior: float = 0.0
    """logarithm: how much rarer this form is than the name itself"""

    def pattern(self) -> Pattern:
        """Its sounds; an ending such as 區 may be missing if two syllables stand before it."""
        sounds = read(self.text)[:_ENOUGH_OF_A_PLACE]
        gaps = [MISSED] * len(sounds)
        if len(sounds) > 2 and self.text[-1] in "區市鄉鎮縣":
            gaps[-1] = _ENDING_MISSED
        return Pattern(sounds, tuple(gaps))


@dataclass(frozen=True, slots=True, eq=False)
class Forms:
    """Forms laid out for an ear; `by_owner` groups them."""

    patterns: Patterns
    priors: Matrix
    """(forms,)"""
    owners: NDArray[np.intp]
    """(forms,)"""
    by_owner: NDArray[np.intp]
    """the forms, ordered by their owner"""
    first: NDArray[np.intp]
    """where the forms of each owner begin in `by_owner`; every owner has one"""

    def best(self, reached: Matrix) -> Matrix:
        """(forms, places) → (owners, places): for each owner its best form."""
        reached += self.priors[:, None]
        best: Matrix = np.maximum.reduceat(reached.take(self.by_owner, axis=0), self.first, axis=0)
        return best

    def likely(self, heard: Matrix, count: int) -> NDArray[np.intp]:
        """The `count` forms whose sounds were heard best, wherever, the longest first.

        `heard`: (known + 1,) the best evidence of each sound of the ear; 0 for the silent one.
        """
        scores = heard[self.patterns.sounds[:_PEEK]].sum(axis=0)
        chosen = np.argpartition(scores, len(scores) - count)[len(scores) - count :]
        chosen.sort()
        return chosen


def learn(ear: Ear, forms: Sequence[Form]) -> "Learned":
    """Teach the sounds of `forms` to `ear`."""
    ordered = sorted(forms, key=lambda form: -len(form.pattern().sounds))
    patterns = [form.pattern() for form in ordered]
    return Learned(ordered, patterns, ear.learn(patterns))


@dataclass(frozen=True, slots=True, eq=False)
class Learned:
    """Forms whose sounds an ear knows, before it is settled."""

    forms: list[Form]
    patterns: list[Pattern]
    numbers: NDArray[np.int32]

    def laid_out(self, ear: Ear) -> Forms:
        """The forms, ready to be followed by the settled `ear`."""
        owners = np.array([form.owner for form in self.forms])
        return Forms(
            lay_out(ear, self.patterns, self.numbers),
            np.array([form.prior for form in self.forms], np.float32),
            owners,
            np.argsort(owners, kind="stable"),
            np.unique(np.sort(owners), return_index=True)[1],
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
def _fillers() -> dict[str, list[str]]:
    text = resources.files(__package__).joinpath("fillers.yaml").read_text(encoding="utf-8")
    lists: dict[str, list[str]] = yaml.safe_load(text)
    return lists


@cache
def words_around() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The question words before and behind a name, as they are written, the longest first."""
    before, after = (
        sorted(_fillers()[kind], key=len, reverse=True) for kind in ("before", "after")
    )
    return tuple(before), tuple(after)


def fillers(kind: str) -> list[Pattern]:
    """The question words of one list of `fillers.yaml` as patterns."""
    return plain(_fillers()[kind], last=kind == "before")


def question_words() -> list[str]:
    """Every question word, as it is written."""
    return [*_fillers()["before"], *_fillers()["after"]]


def plain(names: Iterable[str], *, last: bool = False) -> list[Pattern]:
    """`names` as patterns of which no syllable may be missing lightly.

    Of a long one the first syllables are enough to know it by, or the `last`.
    """
    sounds = [read(name)[-_ENOUGH:] if last else read(name)[:_ENOUGH] for name in names]
    return [Pattern(found, (MISSED,) * len(found)) for found in sounds]
