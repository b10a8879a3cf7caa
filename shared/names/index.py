"""The names of a catalogue, arranged so that few of them are looked at for what was heard.

Every distinct name is filed under the classes of its two most telling syllables; a class holds the
syllables that are easily confused. What was heard scores all pairs of classes at once, and only
names filed under the best pairs are aligned exactly. There are a few thousand pairs however large
the catalogue grows.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shared.catalog import Catalog, Pharmacy
from shared.names import channel, forms
from shared.names.closely import Calibration, calibration
from shared.names.patterns import Ear, Numbers, Pattern, Patterns, lay_out
from shared.names.sounds import Matrix, folded, sound_of
from shared.places.districts import all_counties, all_districts

Places = NDArray[np.intp]

_LONGEST = 10  # sounds of a name that are looked at; 23 names of 6,588 are longer
_TELLING = 4  # the syllables by which candidates are found


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
    patterns: Patterns
    """backwards: a name is followed from the end of what was heard"""
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


@dataclass(frozen=True, slots=True, eq=False)
class NameIndex:
    """All that is needed to hear the names of one catalogue. Made by `index_of`."""

    catalog: Catalog
    pharmacies: tuple[Pharmacy, ...]
    """those of the catalogue whose names can be read aloud"""
    ear: Ear
    classes: Places
    """for each sound of the ear, ordered by class: where it stands"""
    class_first: Places
    around: Patterns
    """question words before a name, and those after it, backwards"""
    before: Places
    """where those before a name stand"""
    after: Places
    kinds: Patterns
    """backwards"""
    counties: forms.Forms
    districts: forms.Forms
    county_of: Places
    """district → county, by number"""
    names: Names
    possessive: int
    """the ear's number of 的"""
    weights: Calibration

    @classmethod
    def of(
        cls, catalog: Catalog, evidence: Matrix, weights: Calibration | None = None
    ) -> "NameIndex":
        """Index `catalog`, to be heard through the channel that `evidence` describes.

        `weights`: of the trust in a reading; those of `calibration.yaml` if None.
        """
        ear = Ear(evidence)
        before = forms.fillers("before") + forms.fillers("alone")
        after, kinds = forms.fillers("after"), forms.fillers("kinds")
        numbers = (
            ear.learn(before),
            ear.learn(after, backwards=True),
            ear.learn(kinds, backwards=True),
        )
        counties = forms.learn(ear, forms.county_forms())
        districts = forms.learn(ear, forms.district_forms())
        possessive = ear.number(sound_of("的"))
        pharmacies = tuple(p for p in catalog.pharmacies if any(map(sound_of, p.name)))
        texts, name_of = _distinct(pharmacies)
        patterns = _name_patterns(texts, name_of)
        name_numbers = ear.learn(patterns, backwards=True)
        ear.settle()
        around, where = _around(ear, before, after, numbers)
        class_of = _classes(ear)
        at = {county: index for index, county in enumerate(all_counties())}
        return cls(
            catalog=catalog,
            pharmacies=pharmacies,
            ear=ear,
            classes=np.argsort(class_of, kind="stable"),
            class_first=np.unique(np.sort(class_of), return_index=True)[1],
            around=around,
            before=where[: len(before)],
            after=where[len(before) :],
            kinds=lay_out(ear, kinds, numbers[2], backwards=True),
            counties=counties.laid_out(ear),
            districts=districts.laid_out(ear),
            county_of=np.array([at[district.county] for district in all_districts()]),
            names=_file(
                pharmacies,
                texts,
                name_of,
                lay_out(ear, patterns, name_numbers, backwards=True),
                class_of,
            ),
            possessive=possessive,
            weights=weights or calibration(),
        )


def _around(
    ear: Ear, before: Sequence[Pattern], after: Sequence[Pattern], numbers: Sequence[Numbers]
) -> tuple[Patterns, Places]:
    """Question words of both ends in one, and where each stands.

    Those after a name hear the sentence backwards: their sounds are numbered behind all others,
    and `weigh` sets both directions side by side.
    """
    first = lay_out(ear, before, numbers[0])
    last = lay_out(ear, after, numbers[1], backwards=True)
    shifted = Patterns(last.sounds + np.int32(ear.silent + 1), last.gaps, last.lengths)
    return first.beside(shifted).longest_first()


def _distinct(pharmacies: Sequence[Pharmacy]) -> tuple[tuple[str, ...], Places]:
    """The distinct names, and for each pharmacy the number of its name."""
    numbers: dict[str, int] = {}
    name_of = [numbers.setdefault(pharmacy.name, len(numbers)) for pharmacy in pharmacies]
    return tuple(numbers), np.array(name_of, np.intp)


def _name_patterns(texts: Sequence[str], name_of: Places) -> list[Pattern]:
    """Names as patterns. A syllable that many names share may be missing at little cost.

    How many share it is counted by pairs of characters, so that 健保 tells little and 保和 much.
    """
    read = [[(c, s) for c in text if (s := sound_of(c))][:_LONGEST] for text in texts]
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


def _classes(ear: Ear) -> Places:
    """The class of each sound of the ear: its usual reading, with its accents made one."""
    numbers: dict[tuple[str, str], int] = {}
    found = [numbers.setdefault(folded()[sound[0]], len(numbers)) for sound in ear.sounds()]
    return np.array([*found, len(numbers)], np.intp)


def _file(
    pharmacies: Sequence[Pharmacy],
    texts: tuple[str, ...],
    name_of: Places,
    patterns: Patterns,
    class_of: Places,
) -> Names:
    """Names by pairs of classes, by bearer and by district."""
    silent = len(class_of) - 1
    telling = _telling(patterns, silent)
    pairs, filed = np.unique(class_of[telling[:2]], axis=1, return_inverse=True)
    district_number = {district: index for index, district in enumerate(all_districts())}
    where = np.array([district_number[p.district] for p in pharmacies], np.intp)
    keys = name_of * len(district_number) + where
    postings, posting_of = np.unique(keys, return_inverse=True)
    posting_name, posting_district = np.divmod(postings, len(district_number))
    return Names(
        texts=texts,
        numbers={text: number for number, text in enumerate(texts)},
        patterns=patterns,
        telling=telling,
        pair_classes=pairs,
        filed=Groups.of(filed.reshape(-1), pairs.shape[1]),
        borne=Groups.of(posting_name, len(texts)),
        posted_in=Groups.of(posting_district, len(district_number)),
        posting_name=posting_name,
        posting_district=posting_district,
        posting_log_size=np.log(np.bincount(posting_of, minlength=len(postings))).astype(
            np.float32
        ),
        bearers=Groups.of(posting_of, len(postings)),
    )


def _telling(patterns: Patterns, silent: int) -> NDArray[np.int32]:
    """For each name the sounds that cost most if missing, in their order (backwards)."""
    order = np.argsort(patterns.gaps, axis=0, kind="stable")[:_TELLING]
    order[:2].sort(axis=0)
    sounds = np.take_along_axis(patterns.sounds, order, axis=0)
    missing = max(0, _TELLING - len(sounds))
    return np.pad(sounds, ((0, missing), (0, 0)), constant_values=silent)


_KEPT: list[NameIndex] = []


def index_of(catalog: Catalog) -> NameIndex:
    """The index of `catalog`, made once: renewals in which only counts changed keep theirs."""
    for kept in _KEPT:
        if kept.catalog is catalog:
            return kept
    _KEPT[:] = [*_KEPT[-1:], NameIndex.of(catalog, channel.evidence(channel.measured()))]
    return _KEPT[-1]
