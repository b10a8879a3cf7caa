"""The names of a catalogue: who goes by them, how they are spoken, and how they are filed.

Every distinct name is filed under the classes of its two most telling syllables; a class holds the
syllables that an accent makes one. What was heard scores all pairs of classes at once, and only
names filed under the best pairs are aligned exactly. There are a few thousand pairs however large
the catalogue grows.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TypedDict

import numpy as np
import yaml
from numpy.typing import NDArray

from shared.catalog import Pharmacy
from shared.names import forms
from shared.names.patterns import Pattern, Patterns
from shared.phonetics.confusions import Matrix
from shared.phonetics.pronunciations import pronunciation_of
from shared.places.districts import all_districts

Places = NDArray[np.intp]

_LONGEST = 9  # sounds of a name that are looked at; 33 names of 6,588 are longer
_TELLING = 4  # the syllables by which candidates are found
_CHAIN = -1.5
"""as a logarithm: a chain without the name of its shop (大樹) is said less often than the whole"""


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """Numbers grouped under keys 0, 1, 2 …: those of key k are `members[first[k]:first[k + 1]]`."""

    first: Places
    members: Places

    @classmethod
    def of(cls, keys: Places, count: int) -> "Groups":
        """Group 0 … len(keys) − 1 by their `keys`, of which there are `count`."""
        first = np.zeros(count + 1, np.intp)
        np.cumsum(np.bincount(keys, minlength=count), out=first[1:])
        return cls(first, np.argsort(keys, kind="stable"))

    def under(self, keys: Places) -> tuple[Places, Places]:
        """The members of all `keys`, one after another, and beside each its place in `keys`."""
        sizes = self.first[keys + 1] - self.first[keys]
        beside = np.repeat(np.arange(len(keys)), sizes)
        ends = np.cumsum(sizes)
        steps = np.arange(int(ends[-1]) if len(ends) else 0) - np.repeat(ends - sizes, sizes)
        return self.members[self.first[keys][beside] + steps], beside


@dataclass(frozen=True, slots=True, eq=False)
class Names:
    """The distinct names of a catalogue and who bears them."""

    texts: tuple[str, ...]
    numbers: Mapping[str, int]
    """name → its number"""
    telling: NDArray[np.int32]
    """(4, names): the sounds that tell most, filled up with a silent one"""
    pair_classes: Places
    """(2, pairs): the classes of each pair that any name is filed under"""
    filed: Groups
    """pair → names"""
    borne: Groups
    """name → its postings; a posting is a name in a district"""
    posted_in: Groups
    """district → its postings"""
    posting_name: Places
    posting_district: Places
    posting_log_size: Matrix
    """logarithm of the number of pharmacies of that name there"""
    bearers: Groups
    """posting → pharmacies, by their place in `NameIndex.pharmacies`"""
    prior: Matrix
    """(names,): logarithm, how much rarer this name is than a pharmacy's own"""


@dataclass(frozen=True, slots=True, eq=False)
class Bearing:
    """Every name with every pharmacy that goes by it: its own name, or that of its chain."""

    texts: tuple[str, ...]
    own: int
    """so many of the names are pharmacies' own; those behind them are chains'"""
    name: Places
    """(pairs,): number of the name"""
    pharmacy: Places
    """(pairs,): place of the pharmacy"""

    @classmethod
    def of(cls, pharmacies: Sequence[Pharmacy]) -> "Bearing":
        """What all `pharmacies` go by."""
        numbers: dict[str, int] = {}
        names = [numbers.setdefault(plain_name(p.name), len(numbers)) for p in pharmacies]
        who = list(range(len(pharmacies)))
        own = len(numbers)
        for chain in _chains():
            shops = [i for i, pharmacy in enumerate(pharmacies) if chain["named"] in pharmacy.name]
            for said in chain["said"] if shops else ():
                if said not in numbers:  # else it is the very name of one of them
                    names += [numbers.setdefault(said, len(numbers))] * len(shops)
                    who += shops
        return cls(tuple(numbers), own, np.array(names, np.intp), np.array(who, np.intp))


def plain_name(name: str) -> str:
    """`name` as it is compared: 臺安藥局 and 台安藥局 are one."""
    return name.replace("臺", "台")


class _Chain(TypedDict):
    said: list[str]
    named: str


@cache
def _chains() -> list[_Chain]:
    text = resources.files(__package__).joinpath("chains.yaml").read_text(encoding="utf-8")
    chains: list[_Chain] = yaml.safe_load(text)
    return chains


def name_patterns(texts: Sequence[str], name_of: Places) -> list[Pattern]:
    """Names as patterns. A syllable that many names share may be missing at little cost.

    How many share it is counted by pairs of characters, so that 健保 tells little and 保和 much.
    """
    read = [[(c, s) for c in text if (s := pronunciation_of(c))][:_LONGEST] for text in texts]
    borne = np.bincount(name_of, minlength=len(texts))
    shared: Counter[str] = Counter()
    for sounds, times in zip(read, borne, strict=True):
        kept = "".join(c for c, _ in sounds)
        for pair in {kept[i : i + 2] for i in range(len(kept) - 1)}:
            shared[pair] += int(times)
    total = max(1, len(name_of))
    gap = {pair: _gap(times / total) for pair, times in shared.items()}
    patterns = []
    for sounds in read:
        kept = "".join(c for c, _ in sounds)
        around = [gap[kept[i : i + 2]] for i in range(len(kept) - 1)] or [forms.MISSED]
        gaps = map(max, zip([*around, around[-1]], [around[0], *around], strict=True))
        patterns.append(Pattern(tuple(s for _, s in sounds), tuple(gaps)[: len(sounds)]))
    return patterns


def _gap(share: float) -> float:
    """Evidence lost for a syllable not heard, from the share of names that have it and its like.

    藥局 stands in 95 % of names and costs 1.0 a syllable, 健保 in 4 % and 3.3, 保和 the full 4.
    """
    return max(forms.MISSED, -(1.0 + 0.7 * math.log(1 / share)))


def file_names(
    pharmacies: Sequence[Pharmacy], bearing: Bearing, patterns: Patterns, class_of: Places
) -> Names:
    """Names by pairs of classes, by bearer and by district.

    `patterns`: the names backwards; `class_of`: the class of each sound, the silent one last.
    """
    telling = _telling(patterns, len(class_of) - 1)
    pairs, filed = np.unique(class_of[telling[:2]], axis=1, return_inverse=True)
    number = {district: index for index, district in enumerate(all_districts())}
    where = np.array([number[pharmacy.district] for pharmacy in pharmacies], np.intp)
    keys = bearing.name * len(number) + where[bearing.pharmacy]
    postings, posting_of = np.unique(keys, return_inverse=True)
    posting_name, posting_district = np.divmod(postings, len(number))
    bearers = Groups.of(posting_of, len(postings))
    sizes = np.bincount(posting_of, minlength=len(postings))
    prior = np.zeros(len(bearing.texts), np.float32)
    prior[bearing.own :] = _CHAIN
    return Names(
        texts=bearing.texts,
        numbers={text: index for index, text in enumerate(bearing.texts)},
        telling=telling,
        pair_classes=pairs,
        filed=Groups.of(filed.reshape(-1), pairs.shape[1]),
        borne=Groups.of(posting_name, len(bearing.texts)),
        posted_in=Groups.of(posting_district, len(number)),
        posting_name=posting_name,
        posting_district=posting_district,
        posting_log_size=np.log(sizes).astype(np.float32),
        bearers=Groups(bearers.first, bearing.pharmacy[bearers.members]),
        prior=prior,
    )


def _telling(patterns: Patterns, silent: int) -> NDArray[np.int32]:
    """For each name the sounds that cost most if missing, in their order (backwards)."""
    order = np.argsort(patterns.gaps, axis=0, kind="stable")[:_TELLING]
    order[:2].sort(axis=0)
    sounds = np.take_along_axis(patterns.sounds, order, axis=0)
    missing = max(0, _TELLING - len(sounds))
    return np.pad(sounds, ((0, missing), (0, 0)), constant_values=silent)
