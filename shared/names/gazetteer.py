"""The names of a catalogue: who goes by them, how they are pronounced, and how they are filed.

A name is that of a pharmacy, of a chain, or of a road that pharmacies lie on. Every distinct name
is filed under its most telling pairs of adjacent syllables, by the classes of the two; a class
holds the syllables that an accent makes one. In what was heard, only the likeliest classes of
each syllable are paired with those of the next, and only names filed under the best pairs are
aligned exactly: the work hardly grows with the catalogue.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shared.catalog import Pharmacy
from shared.compiled import SOUNDS
from shared.names import lexicon
from shared.names.chains import chains
from shared.phonetics.bulk import Numbers, Pattern, Patterns
from shared.phonetics.confusions import Matrix
from shared.phonetics.pronunciations import Pronunciation, pronunciation_of
from shared.places.address import Address
from shared.places.districts import all_districts

Places = NDArray[np.intp]

_TELLING = 4  # syllables by which candidates near a place are found
_PAIRS_OF_A_NAME = 3  # pairs of adjacent syllables it is filed under
_CLASSES = 20  # classes a heard syllable may be, of some 330
_CHAIN = -1.5
"""as a logarithm: a chain without the name of its shop (大樹) is said less often than the whole"""
_ROAD = -1.5
"""as a logarithm: one asks for a road less often than for a pharmacy"""


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """Numbers grouped under keys 0, 1, 2 …: those of key k are `members[first[k]:first[k + 1]]`."""

    first: Places
    members: Places

    @classmethod
    def made(cls, keys: NDArray[np.integer[Any]], count: int) -> "Groups":
        """Group 0 … len(keys) − 1 by their `keys`, of which there are `count`."""
        first = np.zeros(count + 1, np.intp)
        np.cumsum(np.bincount(keys, minlength=count), out=first[1:])
        return cls(first, np.argsort(keys, kind="stable"))

    def of(self, key: int) -> Places:
        """The members of one key."""
        found: Places = self.members[self.first.item(key) : self.first.item(key + 1)]
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Names:
    """The distinct names of a catalogue and who bears them."""

    texts: tuple[str, ...]
    numbers: Mapping[str, int]
    """name → its number"""
    telling: Numbers
    """(names, 4): the sounds that tell most, filled up with a silent one"""
    class_order: Places
    """the sounds of the inventory, ordered by class"""
    class_first: Places
    classes: int
    """how many there are, one for what is silent"""
    pairs: Places
    """by its number each pair that any name is filed under, ascending: first × classes + second"""
    pairs_of: NDArray[np.int32]
    """(names, 3): the pairs of each; their count fills it up"""
    filed: Groups
    """pair → names"""
    first_posting: Places
    """(names + 1,): a posting is a name in a district; those of one name follow each other"""
    named_in: Groups
    """district → the names that are borne there"""
    posting_district: Places
    posting_log_size: Matrix
    """logarithm of the number of pharmacies of that name there"""
    bearers: Groups
    """posting → pharmacies, by their place in `NameIndex.pharmacies`"""
    prior: Matrix
    """(names,): logarithm, how much rarer this name is than a pharmacy's own"""
    roads: NDArray[np.bool_]
    """(names,): whether it is that of a road"""

    def postings_of(self, name: int) -> range:
        """The postings of one name; each has some."""
        return range(self.first_posting.item(name), self.first_posting.item(name + 1))

    def likely(self, row: Matrix) -> tuple[NDArray[np.int32], Matrix]:
        """The likeliest classes of one heard sound, best first, and the evidence of each.

        `row`: of that sound, as `Inventory.row` gives it.
        """
        by_class = np.maximum.reduceat(row.take(self.class_order), self.class_first)
        count = min(_CLASSES, len(by_class))
        likely = np.argpartition(by_class, len(by_class) - count)[-count:]
        likely = likely[np.argsort(-by_class[likely], kind="stable")]
        return likely.astype(np.int32), by_class[likely]


@dataclass(frozen=True, slots=True, eq=False)
class Bearing:
    """Every name with every pharmacy that goes by it: its own name, or that of its chain."""

    texts: tuple[str, ...]
    """the longest to speak first"""
    prior: Matrix
    """(names,): logarithm, how much rarer each is than a pharmacy's own"""
    roads: NDArray[np.bool_]
    """(names,): whether it is that of a road"""
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
        prior = [0.0] * len(numbers)
        for chain in chains().values():
            shops = [i for i, pharmacy in enumerate(pharmacies) if chain.runs(pharmacy)]
            for said in chain.said if shops else ():
                if said not in numbers:  # else it is the very name of one of them
                    names += [numbers.setdefault(said, len(numbers))] * len(shops)
                    who += shops
        prior += [_CHAIN] * (len(numbers) - len(prior))
        others = len(numbers)
        for shop, pharmacy in enumerate(pharmacies):
            for road in streets(pharmacy.address):
                names.append(numbers.setdefault(road, len(numbers)))
                who.append(shop)
        prior += [_ROAD] * (len(numbers) - others)
        texts = tuple(numbers)
        order = np.array(sorted(range(len(texts)), key=lambda n: -len(_sounds(texts[n]))), np.intp)
        return cls(
            tuple(texts[number] for number in order),
            np.array(prior, np.float32)[order],
            order >= others,
            np.argsort(order)[names],
            np.array(who, np.intp),
        )


def streets(address: Address) -> tuple[str, ...]:
    """The names of the road of an address, with its section as it is spoken: 忠孝東路四段."""
    road, street = address.road, address.street
    if not road.endswith(_ROADS) or not _SHORTEST_ROAD <= len(road) <= _LONGEST_ROAD:
        return ()
    if street == road:
        return (road,)
    return road, street.translate(_SPOKEN)


_ROADS = ("路", "街", "道")
_SHORTEST_ROAD, _LONGEST_ROAD = 3, 6
"""characters of a road with its ending; two (「山路」) stand inside other words too often"""
_SPOKEN = str.maketrans("123456789", "一二三四五六七八九")


def plain_name(name: str) -> str:
    """`name` as it is compared: 臺安藥局 and 台安藥局 are one."""
    return name.replace("臺", "台")


def name_patterns(texts: Sequence[str], name_of: Places) -> list[Pattern]:
    """Names as patterns. A syllable that many names share may be missing at little cost.

    How many share it is counted by pairs of characters, so that 健保 tells little and 保和 much.
    """
    read = list(map(_sounds, texts))
    borne = np.bincount(name_of, minlength=len(texts))
    shared: Counter[str] = Counter()
    for number, sounds in enumerate(read):
        for pair in set(_pairs_in(sounds)):
            shared[pair] += borne.item(number)
    gap = {pair: _gap(times / len(name_of)) for pair, times in shared.items()}
    patterns = []
    for sounds in read:
        around = [gap[pair] for pair in _pairs_in(sounds)]
        gaps = map(max, [*around, lexicon.MISSED], [lexicon.MISSED, *around])
        patterns.append(Pattern(tuple(s for _, s in sounds), tuple(gaps)))
    return patterns


def _sounds(text: str) -> list[tuple[str, Pronunciation]]:
    """The characters of a name that are looked at, each with its sound."""
    return [(c, sound) for c in text if (sound := pronunciation_of(c))][:SOUNDS]


def _pairs_in(sounds: Sequence[tuple[str, Pronunciation]]) -> list[str]:
    """The characters that stand side by side."""
    return [one + other for (one, _), (other, _) in pairwise(sounds)]


def _gap(share: float) -> float:
    """Evidence lost for a syllable not heard, from the share of names that have it and its like.

    藥局 stands in 95 % of names and costs 1.0 a syllable, 健保 in 4 % and 3.3, 保和 the full 4.
    """
    return max(lexicon.MISSED, -(1.0 + 0.7 * math.log(1 / share)))


def file_names(
    pharmacies: Sequence[Pharmacy], bearing: Bearing, patterns: Patterns, class_of: Places
) -> Names:
    """Names by pairs of classes, by bearer and by district.

    `patterns`: the names backwards; `class_of`: the class of each sound, the silent one last.
    """
    telling = _telling(patterns)
    classes = int(class_of.max()) + 1
    pairs, pairs_of, filed = _pairs(patterns, class_of, classes)
    number = {district: index for index, district in enumerate(all_districts())}
    where = np.array([number[pharmacy.district] for pharmacy in pharmacies], np.intp)
    keys = bearing.name * len(number) + where[bearing.pharmacy]
    postings, posting_of = np.unique(keys, return_inverse=True)
    posting_name, posting_district = np.divmod(postings, len(number))
    posted_in = Groups.made(posting_district, len(number))
    bearers = Groups.made(posting_of, len(postings))
    sizes = np.bincount(posting_of, minlength=len(postings))
    return Names(
        texts=bearing.texts,
        numbers={text: index for index, text in enumerate(bearing.texts)},
        telling=telling,
        class_order=np.argsort(class_of[:-1], kind="stable"),
        class_first=np.unique(np.sort(class_of[:-1]), return_index=True)[1],
        classes=classes,
        pairs=pairs,
        pairs_of=pairs_of,
        filed=filed,
        first_posting=Groups.made(posting_name, len(bearing.texts)).first,
        named_in=Groups(posted_in.first, posting_name[posted_in.members]),
        posting_district=posting_district,
        posting_log_size=np.log(sizes).astype(np.float32),
        bearers=Groups(bearers.first, bearing.pharmacy[bearers.members]),
        prior=bearing.prior,
        roads=bearing.roads,
    )


def _telling(patterns: Patterns) -> Numbers:
    """For each name the sounds that cost most if missing."""
    order = np.argsort(patterns.gaps, axis=1, kind="stable")[:, :_TELLING]
    return np.take_along_axis(patterns.sounds, order, axis=1)


def _pairs(
    patterns: Patterns, class_of: Places, classes: int
) -> tuple[Places, NDArray[np.int32], Groups]:
    """The most telling pairs of adjacent syllables of each name, numbered, and who has them."""
    sounds, gaps = patterns.sounds, patterns.gaps
    tells = gaps[:, :-1] + gaps[:, 1:]
    chosen = np.argsort(tells, axis=1, kind="stable")[:, :_PAIRS_OF_A_NAME]
    behind = class_of[np.take_along_axis(sounds, chosen, axis=1)]  # the names stand backwards
    ahead = class_of[np.take_along_axis(sounds, chosen + 1, axis=1)]
    least = tells.min(axis=1, keepdims=True)
    useful = np.take_along_axis(tells, chosen, axis=1) <= np.minimum(_TELLS, least)
    keys = (ahead * classes + behind)[useful]
    kept = np.unique(keys)
    numbers = np.full((len(sounds), _PAIRS_OF_A_NAME), len(kept), np.int32)
    numbers[useful] = np.searchsorted(kept, keys)
    every = np.broadcast_to(np.arange(len(sounds))[:, None], useful.shape)
    groups = Groups.made(numbers[useful], len(kept))
    return kept, numbers, Groups(groups.first, every[useful][groups.members])


_TELLS = -5.0
"""a pair whose two gaps cost less tells too little to find a name by (藥局 costs 2)"""
